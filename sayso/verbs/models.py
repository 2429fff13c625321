"""The loaded models of one process, each opened at first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sayso.model.registry import Registry

if TYPE_CHECKING:
    from sayso.neural.encoder import Encoder
    from sayso.neural.pairs import PairModel
    from sayso.reading.reader import Reader


class Models:
    """Encoder, pair model and reader, loaded late and once.

    Args:
        threads: processor threads for each; 0 for as many as there are processors.
        encoder, pairs: other models to use in place of the packaged ones.
    """

    def __init__(self, threads: int = 0, *, encoder: Encoder | None = None, pairs: PairModel | None = None) -> None:
        self._threads = threads
        self._given_encoder = encoder
        self._given_pairs = pairs

    @cached_property
    def encoder(self) -> Encoder:
        """Sentence embeddings."""
        if self._given_encoder is not None:
            return self._given_encoder
        from sayso.neural.encoder import E5Encoder

        return E5Encoder(self._threads)

    @cached_property
    def pairs(self) -> PairModel:
        """Question and statement to relation."""
        if self._given_pairs is not None:
            return self._given_pairs
        from sayso.neural.pairs import CrossEncoder, Remembering

        return Remembering(CrossEncoder(self._threads))

    @property
    def encoder_name(self) -> str:
        """The encoder's name, without loading it."""
        from sayso.neural.encoder import E5Encoder

        return E5Encoder.name if self._given_encoder is None else self._given_encoder.name

    def reader(self, registry: Registry) -> Reader:
        """A reader that knows the registry's outlets."""
        from sayso.reading.outlets import outlet_names
        from sayso.reading.reader import Reader

        return Reader(outlet_names([(one.name, one.aliases) for one in registry.outlets]), self._threads)


def reader_name() -> str:
    """The name under which readings are kept, without loading the reader."""
    from sayso.neural.reader_network import ReaderNetwork
    from sayso.reading.reader import Reader

    return f"{ReaderNetwork.name}/{Reader.version}"
