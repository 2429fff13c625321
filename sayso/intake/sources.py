"""SOURCE arguments of the command line to inputs: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import InputRefused
from sayso.intake.base import HEAD, Named, Streaming
from sayso.intake.detect import detect

if TYPE_CHECKING:
    from sayso.intake.fetch import Fetcher

STANDARD_INPUT = "-"
SHOWN = 60
"""Characters of what was taken for a path that a message repeats."""


def is_address(source: str) -> bool:
    """Whether a SOURCE argument is an address of the web rather than a path."""
    return "://" in source


def iter_inputs(sources: Sequence[str], most: int, fetcher: Fetcher | None = None) -> Iterator[Named | InputRefused]:
    """Every input that *sources* name, in order; folders are walked by name, hidden files left out.

    Args:
        sources: paths, folders, glob patterns, addresses, or ``-``.
        most: bytes above which a file is not held in memory.
        fetcher: for addresses; None refuses them.
    """
    for source in sources:
        if source == STANDARD_INPUT:
            yield from _iter_standard_input(most)
        elif is_address(source):
            yield _fetched(source, fetcher)
        else:
            yield from _iter_files(source, most)


def _iter_standard_input(most: int) -> Iterator[Named | InputRefused]:
    name = "standard input"
    if sys.stdin is None:
        yield InputRefused("closed", where=name, remedy="pipe a document into it, or name a file")
        return
    data = sys.stdin.buffer.read(most + 1)
    if len(data) <= most or not isinstance(detect(Named(name, data[:HEAD])), Streaming):
        yield Named(name, data)
        return
    # formats of many documents are streamed from a file, and a pipe cannot be read twice
    with tempfile.NamedTemporaryFile(prefix="sayso-") as file:
        try:
            file.write(data)
            shutil.copyfileobj(sys.stdin.buffer, file)
            file.flush()
        except OSError as error:
            yield InputRefused(f"cannot be put aside ({error.strerror})", where=name, remedy="save it to a file first")
            return
        yield Named(name, data[:HEAD], Path(file.name))


def _fetched(source: str, fetcher: Fetcher | None) -> Named | InputRefused:
    if fetcher is None:
        return InputRefused("the network is not asked here", where=source, remedy="use: sayso add ADDRESS")
    try:
        named = fetcher.fetch(source).named
    except InputRefused as refused:
        return refused
    return named or InputRefused("not changed", where=source)


def _iter_files(source: str, most: int) -> Iterator[Named | InputRefused]:
    try:
        files = _files_of(source)
    except OSError as error:
        yield InputRefused(f"no path ({error.strerror})", where=_short(source), remedy="pipe a text in with -")
        return
    except InputRefused as refused:
        yield refused
        return
    for file in files:
        yield _read(file, most)


def _files_of(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.is_file() and not _hidden(one.relative_to(path)))
        if not files:
            raise InputRefused("folder holds no files", where=source, remedy="check the path")
    elif path.exists() or not glob.has_magic(source):
        files = [path]
    else:
        files = sorted(Path(one) for one in glob.glob(source, recursive=True) if Path(one).is_file())
        if not files:
            raise InputRefused("no file matches", where=source, remedy="check the pattern")
    return files


def _short(source: str) -> str:
    return source if len(source) <= SHOWN else source[: SHOWN - 1] + "…"


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(path: Path, most: int) -> Named | InputRefused:
    try:
        if not path.exists():
            return InputRefused("no such file", where=str(path), remedy="check the path")
        if not path.is_file():
            return InputRefused("not a regular file", where=str(path), remedy="copy its content to a file first")
        size = path.stat().st_size
        if size > most:
            with path.open("rb") as stream:
                return Named(str(path), stream.read(HEAD), path)
        return Named(str(path), path.read_bytes())
    except PermissionError:
        return InputRefused("may not be read", where=str(path), remedy="change its permissions")
    except OSError as error:
        return InputRefused(f"cannot be read ({error.strerror})", where=str(path), remedy="check the disk and the path")
