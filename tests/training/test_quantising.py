"""Networks as they are exported: near to what they were, without a mask, and back again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

NEEDED = "training needs an environment of its own: training/requirements.txt"
torch = pytest.importorskip("torch", reason=NEEDED)
onnx = pytest.importorskip("onnx", reason=NEEDED)

from training.export import export_int8, signature_of_text  # noqa: E402
from training.shipped import load_shipped  # noqa: E402
from training.torch_encoder import Embedder, Encoder  # noqa: E402

WIDTH, HEADS, INNER = 32, 4, 64


def embedder(*, far: float = 1.0) -> Embedder:
    """A small encoder; one channel before its wide product reaches *far* times as far as the others."""
    torch.manual_seed(3)
    encoder = Encoder(WIDTH, HEADS, INNER, layers=1, positions=16, eps=1e-6)
    with torch.no_grad():
        encoder.positions.normal_()
        for weight in encoder.parameters():
            weight.add_(torch.randn_like(weight) / 20)
        for layer in encoder.layers:
            layer.norm_1.weight[5] = far
            layer.inner.weight[:, 5] /= far
    return Embedder(encoder).eval()


def exported(network: Embedder, path: Path, samples: list[dict[str, np.ndarray]] | None) -> Path:
    export_int8(network, signature_of_text("embedding", WIDTH, HEADS), path, samples)
    return path


def texts(count: int, seed: int) -> list[dict[str, np.ndarray]]:
    rng = np.random.default_rng(seed)
    return [{"x": rng.standard_normal((1, 5 + number % 9, WIDTH)).astype(np.float32)} for number in range(count)]


def loss(network: Embedder, path: Path) -> float:
    """The greatest difference to the network in float, over texts that it was not measured by."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    out = []
    for text in texts(20, seed=2):
        x = torch.from_numpy(text["x"])
        with torch.inference_mode():
            meant = network(x, torch.ones(x.shape[:2], dtype=torch.long)).numpy()
        out.append(float(np.abs(session.run(None, text)[0] - meant).max()))
    return max(out)


def test_a_channel_that_dwarfs_the_others_takes_no_precision_from_them(tmp_path: Path) -> None:
    network = embedder(far=60.0)
    plain = loss(network, exported(network, tmp_path / "plain.onnx", None))
    tamed = loss(network, exported(network, tmp_path / "tamed.onnx", texts(20, seed=1)))
    assert tamed < plain / 2


def test_the_file_takes_no_mask_and_has_attention_in_one_operation(tmp_path: Path) -> None:
    model = onnx.load(str(exported(embedder(), tmp_path / "some.onnx", texts(3, seed=1))))
    assert [one.name for one in model.graph.input] == ["x"]
    kinds = [node.op_type for node in model.graph.node]
    assert kinds.count("MultiHeadAttention") == 1
    assert "Softmax" not in kinds


@pytest.mark.parametrize("far", [1.0, 60.0])
def test_weights_come_back_out_of_the_file(tmp_path: Path, far: float) -> None:
    network = embedder(far=far)
    path = exported(network, tmp_path / "some.onnx", texts(20, seed=1))
    back = embedder()
    load_shipped(back, path)
    held = back.state_dict()
    for name, weight in network.state_dict().items():
        step = float(weight.abs().max()) / 60
        assert torch.allclose(held[name], weight, atol=step), name
