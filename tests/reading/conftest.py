"""A reader that knows three outlets, and what it makes of a text."""

from __future__ import annotations

import pytest

from sayso.model.document import Document
from sayso.model.registry import Outlet, Registry
from sayso.model.statement import Statement
from sayso.reading.reader import Reader
from sayso.verbs.models import Models


@pytest.fixture(scope="session")
def reader(models: Models) -> Reader:
    return models.reader(
        Registry(outlets=(Outlet("Brine Post", ("the Post",)), Outlet("Tide Daily"), Outlet("Saltwire")))
    )


def read(reader: Reader, text: str, **more: str | None) -> list[Statement]:
    """The statements of a text, by default an English article of the Tide Daily."""
    fields = {"outlet": "Tide Daily", "channel": "news", "lang": "en", "published": "2034-08-09T10:00:00+00:00"} | more
    (reading,) = reader.read([Document(text=text, **fields)])  # type: ignore[arg-type]
    return list(reading.statements)
