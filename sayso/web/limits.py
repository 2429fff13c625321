"""Rate limits and metrics of one server, in memory."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from sayso.web.access import TooMany

MOST_ADDRESSES = 10_000


@dataclass(slots=True)
class Bucket:
    """A token bucket for each address: *rate* requests a second, *burst* at once."""

    rate: float = 5.0
    burst: float = 40.0
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, address: str) -> None:
        """Takes one request.

        Raises:
            TooMany: none is left.
        """
        now = self.clock()
        left, at = self._left.get(address, (self.burst, now))
        left = min(self.burst, left + (now - at) * self.rate)
        if left < 1:
            raise TooMany("too many requests", remedy="wait a few seconds")
        if len(self._left) > MOST_ADDRESSES:
            self._left.clear()
        self._left[address] = (left - 1, now)


BOUNDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Metrics:
    """Requests by path and status, and how long they took, in Prometheus' text format (0.0.4)."""

    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    buckets: Counter[tuple[str, float]] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def note(self, method: str, path: str, status: int, seconds: float) -> None:
        """One request; *path* is the route's pattern, so that no question gets into the metrics."""
        self.counts[method, path, status] += 1
        self.seconds[path] += seconds
        for bound in BOUNDS:
            if seconds <= bound:
                self.buckets[path, bound] += 1

    def told(self) -> str:
        """All of it."""
        lines = ["# TYPE sayso_requests_total counter"]
        for (method, path, status), count in sorted(self.counts.items()):
            lines.append(f'sayso_requests_total{{method="{method}",path="{path}",status="{status}"}} {count}')
        lines.append("# TYPE sayso_request_seconds histogram")
        for path in sorted(self.seconds):
            total = sum(count for (_, at, _), count in self.counts.items() if at == path)
            for bound in BOUNDS:
                lines.append(f'sayso_request_seconds_bucket{{path="{path}",le="{bound}"}} {self.buckets[path, bound]}')
            lines.append(f'sayso_request_seconds_bucket{{path="{path}",le="+Inf"}} {total}')
            lines.append(f'sayso_request_seconds_sum{{path="{path}"}} {self.seconds[path]:.6f}')
            lines.append(f'sayso_request_seconds_count{{path="{path}"}} {total}')
        return "\n".join(lines) + "\n"
