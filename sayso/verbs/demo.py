"""``sayso demo``: a worked example, offline: our own fictional case, put on a desk in memory and asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sayso
from sayso.desk.sqlite import MEMORY, SqliteDesk
from sayso.intake.registry_file import read_registry
from sayso.model.dossier import Answer
from sayso.settings import Settings
from sayso.verbs.add import Added, add_documents
from sayso.verbs.arrivals import iter_arrivals
from sayso.verbs.ask import iter_answers
from sayso.verbs.models import Models

QUESTION = "Is it true that the port of Lantern Bay will turn away foreign seasonal workers?"


def example_folder() -> Path:
    """Where the example case lies: inside the installed package, or in ``examples`` of a checkout."""
    package = Path(sayso.__file__).parent
    packaged = package / "example"
    return packaged if packaged.is_dir() else package.parent / "examples" / "lantern-bay"


def run_demo(
    settings: Settings, models: Models, progress: Callable[[Added], None] | None = None
) -> tuple[Added, Answer]:
    """Adds the example case and asks its rumour."""
    folder = example_folder()
    with SqliteDesk(MEMORY) as desk:
        desk.writer().add_registry(read_registry(folder / "registry.yaml"))
        added = add_documents(
            iter_arrivals([str(folder / "documents.jsonl")], settings.max_bytes), desk, models, progress
        )
        answer = next(iter_answers([QUESTION], desk, models))
    return added, answer
