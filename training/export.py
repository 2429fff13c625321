"""PyTorch module to a quantised ONNX file: dynamic int8, signed weights, per output channel, for one text at a time."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.fusing import fuse_attention, without_mask
from training.graph import Graph
from training.outliers import Inputs, reaches, tame


@dataclass(frozen=True, slots=True)
class Signature:
    """What goes into a network and comes out.

    Attributes:
        inputs: examples by name, the first of which has the shape that the mask has and one dimension more.
        outputs: names.
        axes: the dimensions that vary, by the name of input or output.
        mask: the input that hides places of shorter texts in training; the file has none.
        heads: of the attention.
    """

    inputs: dict[str, torch.Tensor]
    outputs: Sequence[str]
    axes: dict[str, dict[int, str]]
    mask: str
    heads: int


def signature_of_text(output: str, width: int, heads: int) -> Signature:
    """Of a network that makes one row, *output*, of a whole text."""
    return Signature(
        {"x": torch.randn(2, 9, width), "mask": torch.ones(2, 9, dtype=torch.long)},
        [output],
        {"x": {0: "B", 1: "L"}, "mask": {0: "B", 1: "L"}, output: {0: "B"}},
        "mask",
        heads,
    )


def export_int8(
    module: torch.nn.Module, signature: Signature, path: Path, samples: Iterable[Inputs] | None = None
) -> None:
    """Writes *module* to *path*.

    Args:
        samples: inputs of some texts, by which the values are found that 8 bits do not take well (training.outliers).
    """
    module.eval()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            module,
            tuple(signature.inputs.values()),
            str(plain),
            input_names=list(signature.inputs),
            output_names=list(signature.outputs),
            dynamic_axes=signature.axes,
            opset_version=17,
            dynamo=False,
        )
        model = onnx.load(str(plain))
        without_mask(Graph(model), signature.mask, next(iter(signature.inputs)))
        onnx.save(model, str(plain))
        reach = reaches(plain, samples) if samples is not None else {}
        quantize_dynamic(
            plain,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            # processors without VNNI add pairs of 8-bit products in 16 bits, which overflow at full range
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm"],
            extra_options={"MatMulConstBOnly": True},
        )
    model = onnx.load(str(path))
    graph = Graph(model)
    tame(graph, reach)
    fuse_attention(graph, signature.heads)
    graph.prune()
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
