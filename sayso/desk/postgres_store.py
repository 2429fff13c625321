"""A PostgreSQL database as a store: pooled connections, one transaction a thread, errors in the desk's own words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from sayso.desk.store import Fetched
from sayso.errors import DeskError

Result = TypeVar("Result")
MOST_CONNECTIONS = 8
WAIT_SECONDS = 20.0
"""For a connection, while the server restarts for example."""
EXPANSION = 128
"""Candidates that a vector search holds, as in the index beside a SQLite desk."""
ERRORS = (psycopg.Error, PoolTimeout)


class Row(tuple[Any, ...]):
    """A row whose values are found by column name or by position."""

    __slots__ = ()
    columns: ClassVar[dict[str, int]] = {}

    def __getitem__(self, key: Any, /) -> Any:
        return tuple.__getitem__(self, self.columns[key] if isinstance(key, str) else key)

    def keys(self) -> Iterable[str]:
        """The column names."""
        return self.columns


class PostgresStore:
    """See sayso.desk.store.Store.

    Args:
        address: ``postgresql://user@host:port/database``; passwords rather in ``~/.pgpass`` or ``PGPASSWORD``.
        clock: what time it is.

    Raises:
        DeskError: nothing answers there.
    """

    def __init__(self, address: str, clock: Callable[[], str]) -> None:
        self.place = without_password(address)
        self.clock = clock
        self._mine = threading.local()
        self._pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
            address,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=WAIT_SECONDS,
            kwargs={"autocommit": True, "options": f"-c hnsw.ef_search={EXPANSION} -c client_min_messages=warning"},
            check=ConnectionPool.check_connection,
            open=False,
        )
        try:
            # asked once by itself, since a pool tries for long what a wrong address cannot answer
            psycopg.connect(address, connect_timeout=5).close()
            self._pool.open(wait=True, timeout=WAIT_SECONDS)
        except ERRORS as error:
            self._pool.close()
            raise translated(error, self.place) from error

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Fetched:
        """Runs one statement, in this thread's transaction if there is one."""
        return self._run(lambda connection: _fetched(connection, sql, values))

    def many(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Runs one statement for each row of values."""

        def run(connection: psycopg.Connection[Any]) -> None:
            with connection.cursor() as cursor:
                cursor.executemany(_marked(sql), rows)

        self._run(run)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything within is kept, or nothing."""
        if self._current() is not None:
            yield
            return
        try:
            with self._pool.connection() as connection, connection.transaction():
                self._mine.connection = connection
                try:
                    yield
                finally:
                    self._mine.connection = None
        except ERRORS as error:
            raise translated(error, self.place) from error

    def close(self) -> None:
        """Lets go of the connections."""
        self._pool.close()

    def _current(self) -> psycopg.Connection[Any] | None:
        return getattr(self._mine, "connection", None)

    def _run(self, work: Callable[[psycopg.Connection[Any]], Result]) -> Result:
        mine = self._current()
        if mine is not None:
            # left to the transaction to translate
            return work(mine)
        try:
            with self._pool.connection() as connection:
                return work(connection)
        except ERRORS as error:
            raise translated(error, self.place) from error


def _fetched(connection: psycopg.Connection[Any], sql: str, values: Sequence[Any]) -> Fetched:
    with connection.cursor() as cursor:
        # without values several statements may stand in one text, as the migrations' do
        cursor.execute(_marked(sql), list(values)) if values else cursor.execute(_literal(sql))
        if cursor.description is None:
            return Fetched([])
        columns = {column.name: at for at, column in enumerate(cursor.description)}
        kind = type("Row", (Row,), {"__slots__": (), "columns": columns})
        return Fetched([kind(row) for row in cursor.fetchall()])


def _literal(sql: str) -> Any:
    return sql


def _marked(sql: str) -> Any:
    """Marks for values as psycopg has them; the desk's own SQL holds no other question marks."""
    return sql.replace("%", "%%").replace("?", "%s")


def without_password(address: str) -> str:
    """The address as it may be shown."""
    scheme, _, rest = address.partition("://")
    user, at, host = rest.rpartition("@")
    return f"{scheme}://{user.split(':')[0]}{at}{host}"


def translated(error: Exception, place: str) -> DeskError:
    """What went wrong in PostgreSQL, and what to do about it."""
    first = str(error).strip().split("\n")[0]
    if isinstance(error, psycopg.errors.DiskFull):
        return DeskError(
            "the server's disk is full", where=place, remedy="free some space, then repeat: what was finished is kept"
        )
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction | psycopg.errors.InsufficientPrivilege):
        return DeskError(f"may not be written ({first})", where=place, remedy="sign in as a user that owns the tables")
    if isinstance(error, psycopg.OperationalError | PoolTimeout):
        return DeskError(
            f"the server does not answer ({first})", where=place, remedy="start it, or check the address and the user"
        )
    return DeskError(f"cannot be used ({first})", where=place, remedy="run: sayso doctor")
