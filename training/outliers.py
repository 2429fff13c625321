"""Values that dwarf all others taken out of the way of 8-bit rounding.

Dynamic quantisation gives all that goes into a product one scale. In this encoder one or two channels hold values up to two
hundred times the usual (Dettmers et al., LLM.int8(), NeurIPS 2022, find the same in large models), so the rest was left some
five steps of 255. Before a wide product each such channel is *spread*: it comes several times, each time with its share of the value
(Zhao et al., Improving Neural Network Quantization without Retraining using Outlier Channel Splitting, ICML 2019). Before a narrow one
it is *set apart* and multiplied in float. Weights stay what they were, so that all that changes is the rounding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper

from training.graph import Graph

Floats = npt.NDArray[np.float32]
Inputs = Mapping[str, npt.NDArray[np.generic]]

PRODUCTS = re.compile(r"layers\.\d+/(?:inner|outer)/MatMul$")
"""The two products of a layer whose inputs have such channels; those of the attention have none."""
SPREAD, APART = 4, 2
"""Channels that may stand out before a wide and a narrow product: the next largest sets the measure."""
STANDS_OUT = 1.5
"""How many times the next one the largest must be to be worth the trouble."""
FEW = "/few_weights"
"""How the names of weights end that are a copy in float of some rows of others."""


def reaches(plain: Path, samples: Iterable[Inputs]) -> dict[str, Floats]:
    """The greatest absolute value of each channel that goes into a product, by the product's name, over *samples*.

    Args:
        plain: the network before it is quantised.
        samples: its inputs for some texts, by name.

    Raises:
        ValueError: it has no product of the names that are looked for.
    """
    model = onnx.load(str(plain))
    graph = Graph(model)
    products = {node.name: node.input[0] for node in graph.nodes("MatMul") if PRODUCTS.search(node.name)}
    if not products:
        raise ValueError("no product of an encoder's layers found: do they have other names now?")
    graph.give(products.values())
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    out: dict[str, Floats] = {}
    for inputs in samples:
        values = session.run(list(products.values()), dict(inputs))
        for name, value in zip(products, values, strict=True):
            most = np.abs(value).reshape(-1, value.shape[-1]).max(0)
            out[name] = np.maximum(out[name], most) if name in out else most
    return out


def tame(graph: Graph, reach: Mapping[str, Floats]) -> None:
    """Spreads or sets apart what stands out before each quantised product of which *reach* tells."""
    for product in graph.nodes("MatMulInteger"):
        most = reach.get(product.name.removesuffix("_quant"))
        if most is None:
            continue
        rows, columns = graph.weight(product.input[1]).shape
        wide = columns > rows
        order = np.argsort(-most)
        limit = most[order[SPREAD if wide else APART]]
        if limit <= 0 or most[order[0]] < STANDS_OUT * limit:
            continue
        if wide:
            _spread(graph, product, np.maximum(1, np.ceil(most / (limit * 1.05))).astype(np.int64))
        else:
            _set_apart(graph, product, order[:APART].astype(np.int64))


def _spread(graph: Graph, product: onnx.NodeProto, times: npt.NDArray[np.int64]) -> None:
    """Lets each channel come *times* times."""
    scope = product.name.rpartition("/")[0]
    again = np.repeat(np.arange(len(times)), times - 1)
    weights = graph.weight(product.input[1])
    graph.hold(product.input[1], np.concatenate([weights, weights[again]]))
    share = graph.hold(f"{scope}/share", (1 / times).astype(np.float32))
    place = graph.hold(f"{scope}/again", again)
    _requantise(
        graph,
        product,
        f"{scope}/spread",
        lambda value: [
            helper.make_node("Mul", [value, share], [f"{scope}/shared"], name=f"{scope}/sharing"),
            helper.make_node(
                "Gather", [f"{scope}/shared", place], [f"{scope}/more"], axis=-1, name=f"{scope}/repeating"
            ),
            helper.make_node(
                "Concat", [f"{scope}/shared", f"{scope}/more"], [f"{scope}/spread"], axis=-1, name=f"{scope}/joining"
            ),
        ],
    )


def _set_apart(graph: Graph, product: onnx.NodeProto, few: npt.NDArray[np.int64]) -> None:
    """Multiplies the channels *few* in float."""
    scope = product.name.rpartition("/")[0]
    summed = _biased(graph, product)
    weights, zero = graph.weight(product.input[1]), graph.weight(product.input[3])
    scale = _scale_of(graph, product)
    rows = graph.hold(f"{scope}{FEW}", ((weights.astype(np.float32) - zero.astype(np.float32)) * scale)[few])
    place = graph.hold(f"{scope}/few", few)
    keep = np.ones(len(weights), np.float32)
    keep[few] = 0
    kept = graph.hold(f"{scope}/keep", keep)
    value = _requantise(
        graph,
        product,
        f"{scope}/kept",
        lambda value: [helper.make_node("Mul", [value, kept], [f"{scope}/kept"], name=f"{scope}/keeping")],
    )
    users = graph.users(summed)
    for user in users:
        graph.rename_input(user, summed, f"{scope}/whole")
    graph.insert(
        graph.first(users),
        [
            helper.make_node("Gather", [value, place], [f"{scope}/taken"], axis=-1, name=f"{scope}/taking"),
            helper.make_node("MatMul", [f"{scope}/taken", rows], [f"{scope}/apart"], name=f"{scope}/few_product"),
            helper.make_node("Add", [summed, f"{scope}/apart"], [f"{scope}/whole"], name=f"{scope}/adding"),
        ],
    )


def _requantise(
    graph: Graph, product: onnx.NodeProto, value: str, making: Callable[[str], Sequence[onnx.NodeProto]]
) -> str:
    """Lets *product* take *value*, which the nodes that *making* gives make of what it took, in 8 bits; what it took.

    Raises:
        ValueError: it took nothing in 8 bits, or is not scaled afterwards.
    """
    scope = product.name.rpartition("/")[0]
    old = graph.maker(product.input[0])
    if old is None or old.op_type != "DynamicQuantizeLinear":
        raise ValueError(f"{product.name} takes nothing in 8 bits: was this file made by export_int8?")
    new = [f"{scope}/rounded", f"{scope}/scale", f"{scope}/zero"]
    users = [product]
    product.input[0], product.input[2] = new[0], new[2]
    for user in graph.users(old.output[1]):
        if user.name.startswith(f"{scope}/"):
            graph.rename_input(user, old.output[1], new[1])
            users.append(user)
    if len(users) == 1:
        raise ValueError(f"nothing scales {product.name}: was this file made by export_int8?")
    quantise = helper.make_node("DynamicQuantizeLinear", [value], new, name=f"{scope}/rounding")
    graph.insert(graph.first(users), [*making(old.input[0]), quantise])
    return str(old.input[0])


def _scale_of(graph: Graph, product: onnx.NodeProto) -> Floats:
    """Of a product's weights: what its scale is multiplied with."""
    stem = product.input[1].removesuffix("_quantized")
    return graph.weight(f"{stem}_scale").astype(np.float32)


def _biased(graph: Graph, product: onnx.NodeProto) -> str:
    """The product as the network goes on with it: product → float → scaled → with its bias.

    Raises:
        ValueError: something else is made of it.
    """
    value = str(product.output[0])
    for kind in ("Cast", "Mul", "Add"):
        node = graph.user(value, kind)
        if node is None:
            raise ValueError(f"no {kind} follows {product.name}: was this file made by export_int8?")
        value = str(node.output[0])
    return value
