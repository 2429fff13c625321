"""The Python interface: ``sayso.read(…)``, ``sayso.Desk(…)``, ``desk.ask(…)``.

>>> import sayso
>>> with sayso.Desk("lantern.db") as desk:                              # doctest: +SKIP
...     desk.add("posts.jsonl", registry="registry.yaml")
...     answer = desk.ask("Will the port turn away seasonal workers?")
...     for line in answer.dossiers[0].lines:
...         print(line.source.name, line.stance, line.kept.statement.date)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from sayso.desk.base import View
from sayso.errors import InputRefused
from sayso.intake.base import USUAL_MOST
from sayso.intake.registry_file import read_registry
from sayso.model.document import Document
from sayso.model.dossier import Answer, Circulating
from sayso.model.registry import Registry
from sayso.model.statement import Reading
from sayso.settings import Settings
from sayso.verbs.add import Added, add_documents
from sayso.verbs.arrivals import Arrived, documents_only, iter_arrivals
from sayso.verbs.ask import iter_answers
from sayso.verbs.models import Models
from sayso.verbs.open import open_desk
from sayso.verbs.read import iter_readings

Source = str | os.PathLike[str] | Document


def read(*sources: Source, models: Models | None = None) -> Iterator[tuple[Document, Reading]]:
    """Reads documents: who says what in each.

    Args:
        sources: paths of files or folders, glob patterns, or Documents.
        models: loaded models to share between calls; loaded anew where none are given.

    Yields:
        Each document with its Reading: attributions (spans) and statements.

    Raises:
        InputRefused: an input cannot be read.
    """
    for one in iter_readings(documents_only(_iter_arrivals(sources)), models or Models()):
        if isinstance(one, InputRefused):
            raise one
        yield one


class Desk:
    """A store of documents and their statements that answers questions.

    Args:
        place: path of the desk's file; made if it is not there. ``:memory:`` keeps nothing.
        models: loaded models to share between desks.

    Raises:
        DeskError: it cannot be opened.
    """

    def __init__(self, place: str | os.PathLike[str] | None = None, *, models: Models | None = None) -> None:
        self._settings = Settings.from_environment(desk=None if place is None else str(place))
        self._models = models or Models()
        self._desk = open_desk(self._settings)

    @property
    def view(self) -> View:
        """For looking up single documents and statements."""
        return self._desk.view()

    def add(self, *sources: Source, registry: str | os.PathLike[str] | Registry | None = None) -> Added:
        """Reads and keeps documents; those that are kept already are left alone.

        Args:
            sources: paths, folders, glob patterns, or Documents.
            registry: what the desk's people know, as a YAML file or a Registry.

        Returns:
            Counts, and the inputs that were refused, each with its reason.

        Raises:
            DeskError: the desk cannot be written; what was finished is kept.
        """
        if registry is not None:
            known = registry if isinstance(registry, Registry) else read_registry(Path(registry))
            self._desk.writer().add_registry(known)
        return add_documents(_iter_arrivals(sources, self._settings.max_bytes), self._desk, self._models)

    def ask(self, question: str) -> Answer:
        """The answer to a rumour in any language: dossiers, or nothing known (``answer.found`` is False)."""
        return next(iter_answers([question], self._desk, self._models))

    def claims(self, smallest: int = 2) -> list[Circulating]:
        """What circulates now, in at least *smallest* documents, most active first."""
        from sayso.asking.circulating import circulating

        return circulating(self.view, smallest)

    def close(self) -> None:
        """Saves the caches and lets go of the file."""
        self._desk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _iter_arrivals(sources: tuple[Source, ...], most: int = USUAL_MOST) -> Iterator[Arrived | InputRefused]:
    for source in sources:
        if isinstance(source, Document):
            yield Arrived(source)
        else:
            yield from iter_arrivals([os.fspath(source)], most)
