"""Progress on standard error: a bar on a terminal, nothing when asked to be quiet or when nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.verbs.add import Added


@contextmanager
def adding(quiet: bool) -> Iterator[Callable[[Added], None]]:
    """A callback for add_documents that shows documents, their pace, and what was refused."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from tqdm import tqdm

    with tqdm(unit=" documents", file=sys.stderr, leave=False) as bar:

        def show(done: Added) -> None:
            bar.n = done.kept + done.known
            bar.set_postfix(statements=done.statements, refused=len(done.refused))

        yield show
