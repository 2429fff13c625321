"""One thread owns the desk and the models; requests wait their turn there while the server goes on answering others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sayso.desk.base import Desk
from sayso.settings import Settings
from sayso.verbs.models import Models
from sayso.verbs.open import open_desk

Result = TypeVar("Result")


class DeskThread:
    """Runs functions of the desk on its own thread (a SQLite connection belongs to one).

    Args:
        settings: which desk.
        models: loaded models to share; made where none are given.
    """

    def __init__(self, settings: Settings, models: Models | None = None) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, "desk")
        self._desk: Desk | None = None
        self.models = models or Models(settings.threads)

    def _opened(self) -> Desk:
        if self._desk is None:
            self._desk = open_desk(self._settings)
        return self._desk

    async def run(self, work: Callable[[Desk], Result]) -> Result:
        """The result of *work* with the desk.

        Raises:
            SaysoError: as *work* does, or the desk cannot be opened.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(self._opened()))

    def close(self) -> None:
        """Closes the desk on its thread."""

        def shut() -> None:
            if self._desk is not None:
                self._desk.close()
                self._desk = None

        self._thread.submit(shut).result()
        self._thread.shutdown()
