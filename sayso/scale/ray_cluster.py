"""Workers on a Ray cluster: one actor a processor, each of which loads the models once.

Moritz and others, "Ray: A Distributed Framework for Emerging AI Applications", OSDI 2018. What an actor had in hand when
it or its machine died is given to another; since the desk knows documents by their hash, a batch that was written
already is known the second time.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic

from sayso.errors import DeskError, UsageError
from sayso.scale.base import AHEAD, DEATHS, Batch, Result, WorkersDied

AUTO = "auto"
CONNECT_SECONDS = 5.0
LOOK_SECONDS = 1.0
"""Between two looks at whether the cluster has room for more workers."""


class _Worker:
    """Runs in an actor."""

    def __init__(self, make_work: Callable[[], Callable[[Any], Any]]) -> None:
        self._work = make_work()

    def started(self) -> None:
        """Answers once the work is made."""

    def run(self, batch: Any) -> Any:
        return self._work(batch)


@dataclass(slots=True)
class _Task(Generic[Batch]):
    """A batch on its way."""

    number: int
    batch: Batch
    deaths: int = 0


@dataclass(slots=True)
class _Hand:
    """An actor, whether it has started, and what it has in hand, by object reference.

    An actor may wait long for a place on the cluster: until it has started, it is given nothing.
    """

    actor: Any
    starting: Any
    up: bool = False
    tasks: dict[Any, _Task[Any]] = field(default_factory=dict)


class RayCluster:
    """See Runner.

    Args:
        address: of a running cluster (``host:port`` or ``ray://host:port``); ``auto`` takes the one that runs on this
            machine, or starts one for this run.
        workers: how many actors at most; None takes a processor each.
        memory: bytes that an actor needs, by which Ray keeps machines from being overfull.

    Raises:
        UsageError: Ray is not installed.
        DeskError: no cluster answers.
    """

    def __init__(self, address: str = AUTO, workers: int | None = None, memory: int = 600_000_000) -> None:
        # Ray runs workers by the uv command where it finds one, which would build another environment for each
        os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
        try:
            import ray
        except ImportError as error:
            raise UsageError("Ray is not installed", remedy='install it: pip install "sayso[ray]"') from error
        self._ray: Any = ray
        self._most = workers
        self._memory = memory
        self._mine = not ray.is_initialized()
        if self._mine:
            _check(address)
            try:
                ray.init(address=None if address == AUTO else address, log_to_driver=False, logging_level=logging.ERROR)
            except (ConnectionError, RuntimeError, ValueError) as error:
                first = str(error).split("\n", 1)[0]
                raise DeskError(
                    f"no Ray cluster answers ({first})", where=address, remedy="start one: ray start --head"
                ) from error
        self._kind = ray.remote(num_cpus=1, memory=memory, max_restarts=0, scheduling_strategy="SPREAD")(_Worker)

    def map(
        self, make_work: Callable[[], Callable[[Batch], Result]], batches: Iterable[Batch]
    ) -> Iterator[tuple[Batch, Result]]:
        """See Runner."""
        ray = self._ray
        made = ray.put(make_work)
        hands = [self._hired(made)]
        coming = enumerate(batches)
        again: list[_Task[Batch]] = []
        done: dict[int, tuple[Batch, Result]] = {}
        following = taken = 0
        exhausted = False

        def take() -> _Task[Batch] | None:
            """The next batch, unless results already wait for a slow one before them: that is the back-pressure."""
            nonlocal taken, exhausted
            if again:
                return again.pop(0)
            if exhausted or taken - following >= 2 * AHEAD * len(hands):
                return None
            found = next(coming, None)
            if found is None:
                exhausted = True
                return None
            taken += 1
            return _Task(*found)

        try:
            while True:
                if all(hand.up for hand in hands) and self._has_room(len(hands)):
                    hands.append(self._hired(made))
                for hand in sorted((one for one in hands if one.up), key=lambda one: len(one.tasks)):
                    while len(hand.tasks) < AHEAD and (task := take()) is not None:
                        hand.tasks[hand.actor.run.remote(task.batch)] = task
                under_way = [reference for hand in hands for reference in hand.tasks]
                if exhausted and not again and not under_way:
                    return
                starting = [hand.starting for hand in hands if not hand.up]
                ready, _ = ray.wait(under_way + starting, timeout=LOOK_SECONDS)
                for reference in ready:
                    hand = next(one for one in hands if reference in one.tasks or reference == one.starting)
                    try:
                        result = ray.get(reference)
                    except ray.exceptions.RayActorError as error:
                        hands.remove(hand)
                        again += self._survivors(hand, error)
                        again.sort(key=lambda one: one.number)
                        if not hands:
                            hands.append(self._hired(made))
                        break
                    if reference == hand.starting:
                        hand.up = True
                        continue
                    task = hand.tasks.pop(reference)
                    done[task.number] = (task.batch, result)
                while following in done:
                    yield done.pop(following)
                    following += 1
        finally:
            for hand in hands:
                ray.kill(hand.actor)
            if self._mine:
                ray.shutdown()

    def _hired(self, made: Any) -> _Hand:
        actor: Any = self._kind.remote(made)
        return _Hand(actor, actor.started.remote())

    def _has_room(self, hands: int) -> bool:
        """Whether the cluster can take on another actor."""
        if self._most is not None and hands >= self._most:
            return False
        free = self._ray.available_resources()
        return bool(free.get("CPU", 0) >= 1 and free.get("memory", 0) >= self._memory)

    def _survivors(self, hand: _Hand, error: Exception) -> list[_Task[Any]]:
        """What a dead actor had in hand, to be done again."""
        if getattr(error, "actor_init_failed", False):
            cause = str(error).strip().rsplit("\n", 1)[-1]
            raise DeskError(
                f"a worker cannot start ({cause})", where="Ray", remedy="install the same sayso on every node"
            ) from error
        for task in hand.tasks.values():
            task.deaths += 1
            if task.deaths >= DEATHS:
                raise WorkersDied(task.batch, task.deaths) from error
        return list(hand.tasks.values())


def _check(address: str) -> None:
    """Refuses at once what Ray would try for minutes.

    Raises:
        DeskError: nothing listens at an address.
    """
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not port.isdecimal():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS).close()
    except OSError as error:
        raise DeskError(
            f"no Ray cluster answers ({error.strerror or error})", where=address, remedy="start one: ray start --head"
        ) from error
