"""Small changes to an ONNX graph: who makes a value and who uses it, new nodes in their place, what nothing needs taken out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[Any]


class Graph:
    """A model's graph, changed in place.

    Args:
        model: it. Its nodes stand in an order in which they can be run, and go on doing so.
    """

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self._graph = model.graph

    def nodes(self, kind: str) -> list[onnx.NodeProto]:
        """Those of one operation, in order."""
        return [node for node in self._graph.node if node.op_type == kind]

    def maker(self, value: str) -> onnx.NodeProto | None:
        """The node that gives a value; None for inputs and weights."""
        return next((node for node in self._graph.node if value in node.output), None)

    def users(self, value: str) -> list[onnx.NodeProto]:
        """The nodes that take a value in."""
        return [node for node in self._graph.node if value in node.input]

    def user(self, value: str, kind: str) -> onnx.NodeProto | None:
        """The one node that takes a value in, if it is the only one and of that operation."""
        users = self.users(value)
        return users[0] if len(users) == 1 and users[0].op_type == kind else None

    def weight(self, name: str) -> Array:
        """A weight by its name.

        Raises:
            ValueError: there is none.
        """
        for one in self._graph.initializer:
            if one.name == name:
                return numpy_helper.to_array(one)
        raise ValueError(f"the graph holds no weight {name}")

    def hold(self, name: str, value: Array) -> str:
        """Keeps a weight under *name*, in place of one that has it already; its name."""
        for number, one in enumerate(self._graph.initializer):
            if one.name == name:
                del self._graph.initializer[number]
                break
        self._graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def insert(self, before: onnx.NodeProto, nodes: Sequence[onnx.NodeProto]) -> None:
        """Puts *nodes* right before another one."""
        at = self._place(before)
        for number, node in enumerate(nodes):
            self._graph.node.insert(at + number, node)

    def replace(self, old: onnx.NodeProto, nodes: Sequence[onnx.NodeProto]) -> None:
        """Puts *nodes* in the place of one whose outputs they give."""
        self.insert(old, nodes)
        self._graph.node.remove(old)

    def rename_input(self, node: onnx.NodeProto, old: str, new: str) -> None:
        """Lets *node* take *new* where it took *old*."""
        node.input[list(node.input).index(old)] = new

    def first(self, nodes: Sequence[onnx.NodeProto]) -> onnx.NodeProto:
        """Of some nodes the one that stands first."""
        return min(nodes, key=self._place)

    def take_input_away(self, name: str, nodes: Iterable[onnx.NodeProto]) -> None:
        """Lets the graph itself give what was its input *name*, by *nodes*.

        Raises:
            ValueError: there is no such input.
        """
        number = [one.name for one in self._graph.input].index(name)
        del self._graph.input[number]
        for place, node in enumerate(nodes):
            self._graph.node.insert(place, node)

    def give(self, values: Iterable[str]) -> None:
        """Makes float values, whatever their shape, outputs too."""
        told = {one.name for one in self._graph.output}
        more = sorted(set(values) - told)
        self._graph.output.extend(helper.make_tensor_value_info(value, TensorProto.FLOAT, None) for value in more)

    def prune(self) -> None:
        """Takes out nodes and weights that no output needs."""
        needed = {one.name for one in self._graph.output}
        kept = []
        for node in reversed(list(self._graph.node)):
            if needed.intersection(node.output):
                kept.append(node)
                needed.update(node.input)
        weights = [one for one in self._graph.initializer if one.name in needed]
        del self._graph.node[:], self._graph.initializer[:]
        self._graph.node.extend(reversed(kept))
        self._graph.initializer.extend(weights)

    def use_domain(self, domain: str, version: int = 1) -> None:
        """Lets the graph use operations of another domain."""
        if all(one.domain != domain for one in self.model.opset_import):
            self.model.opset_import.append(helper.make_opsetid(domain, version))

    def _place(self, node: onnx.NodeProto) -> int:
        return next(number for number, one in enumerate(self._graph.node) if one.name == node.name and one == node)
