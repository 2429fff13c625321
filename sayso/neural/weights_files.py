"""Where the packaged model files lie, and how one is opened."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import WeightsMissing

if TYPE_CHECKING:
    import onnxruntime

    from sayso.neural.table import Table
    from sayso.neural.tokens import Subwords


SLOW = ["SkipLayerNormFusion"]
"""Of onnxruntime's optimisations those that make the networks slower: on a processor its sum and norm in one operation takes three
times as long as the two by themselves, a tenth of all."""


def weights_folder() -> Path:
    """The folder of model files inside the installed package."""
    return Path(str(files("sayso.neural"))) / "weights"


def weights_file(name: str) -> Path:
    """One model file.

    Raises:
        WeightsMissing: it is not there.
    """
    path = weights_folder() / name
    if not path.exists():
        raise WeightsMissing("model file is missing", where=str(path), remedy="reinstall sayso")
    return path


def open_session(name: str) -> onnxruntime.InferenceSession:
    """An onnxruntime session on one packaged model; a run takes one processor thread, runs go side by side (see Lanes)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(weights_file(name)), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
    )


@cache
def shared_subwords() -> Subwords:
    """The one vocabulary of this process."""
    from sayso.neural.tokens import Subwords

    return Subwords(weights_file("vocabulary.npz"))


@cache
def shared_table() -> Table:
    """The one embedding table of this process (memory-mapped)."""
    from sayso.neural.table import Table

    weights_file("table-scales.npy")
    return Table(weights_folder())
