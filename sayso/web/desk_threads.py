"""Two threads that each have a connection to the desk: one for what is done at once, one for what takes long.

An ask fills the processor for a second or more, and reading a document longer; a list or a page that only looks something up does not wait
behind it. Several asks still wait for one another: each uses every processor by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sayso.desk.base import Desk
from sayso.desk.sqlite import MEMORY
from sayso.settings import Settings
from sayso.verbs.models import Models
from sayso.verbs.open import open_desk

Result = TypeVar("Result")


class DeskThreads:
    """Runs functions of the desk on threads that own their connections (one of SQLite belongs to one thread).

    Args:
        settings: which desk.
        models: loaded models to share; made where none are given. Only what runs long may use them.
    """

    def __init__(self, settings: Settings, models: Models | None = None) -> None:
        self._quick = _Lane(settings, "desk")
        # a desk in memory is there for one connection alone
        self._long = self._quick if settings.desk == MEMORY else _Lane(settings, "asking")
        self.models = models or Models(settings.threads)

    async def run(self, work: Callable[[Desk], Result]) -> Result:
        """The result of *work* with the desk, which takes milliseconds.

        Raises:
            SaysoError: as *work* does, or the desk cannot be opened.
        """
        return await self._quick.run(work)

    async def run_long(self, work: Callable[[Desk], Result]) -> Result:
        """The same for work that runs a model or goes over the whole desk."""
        return await self._long.run(work)

    def close(self) -> None:
        """Closes the connections, each on its thread."""
        for lane in {self._quick, self._long}:
            lane.close()


class _Lane:
    """One thread and its connection, opened at first use."""

    def __init__(self, settings: Settings, name: str) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, name)
        self._desk: Desk | None = None

    def _opened(self) -> Desk:
        if self._desk is None:
            self._desk = open_desk(self._settings)
        return self._desk

    async def run(self, work: Callable[[Desk], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(self._opened()))

    def close(self) -> None:
        def shut() -> None:
            if self._desk is not None:
                self._desk.close()
                self._desk = None

        self._thread.submit(shut).result()
        self._thread.shutdown()
