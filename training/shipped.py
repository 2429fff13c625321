"""Shipped weights back into PyTorch, so that a run can go on from them where no checkpoint is at hand.

The files hold 7-bit weights, so what comes back is the network as it ships, not the one that was trained; a few hundred steps make
up for the difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from training.outliers import FEW

_QUANTISED = "_quantized"
_OPERATION = re.compile(r"/(?:(?:Gemm_)?MatMul_quant|MatMul)$")


def load_shipped(module: nn.Module, path: Path) -> None:
    """Fills *module* with the weights of the ONNX file that ``export_int8`` made of it; heads that only training uses, which the
    file doesn't hold, stay as they are.

    Raises:
        ValueError: the file holds a weight that the module has no place for.
    """
    graph = onnx.load(str(path)).graph
    kept = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    own = dict(module.named_parameters())
    found = {name: value for name, value in kept.items() if name in own}
    for node in graph.node:
        weight = node.input[1] if len(node.input) > 1 else ""
        if node.op_type == "MatMulInteger" and weight.endswith(_QUANTISED):
            stem = weight.removesuffix(_QUANTISED)
            scale, zero = kept[f"{stem}_scale"], kept[f"{stem}_zero_point"]
            plain = (kept[weight].astype(np.float32) - zero.astype(np.float32)) * scale
        elif node.op_type == "MatMul" and weight in kept and not weight.endswith(FEW):
            plain = kept[weight]
        else:
            continue
        name = f"{_module_name(_OPERATION.sub('', node.name))}.weight"
        if name not in own:
            raise ValueError(f"{path.name} holds {name}, for which {type(module).__name__} has no place")
        # rows behind the module's own are those of channels that come several times
        found[name] = plain[: own[name].shape[1]].T
    with torch.no_grad():
        for name, value in found.items():
            own[name].copy_(torch.from_numpy(np.array(value)))


def _module_name(scope: str) -> str:
    """``/anchor/anchor.0`` (the exporter names a child of a sequence by its parent too) to ``anchor.0``."""
    parts = scope.strip("/").split("/")
    told = [part for part, below in zip(parts, [*parts[1:], ""], strict=True) if not below.startswith(f"{part}.")]
    return ".".join(told)
