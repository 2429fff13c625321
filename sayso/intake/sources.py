"""SOURCE arguments of the command line to inputs: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.errors import InputRefused
from sayso.intake.base import Named

STANDARD_INPUT = "-"


def iter_inputs(sources: Sequence[str], most: int) -> Iterator[Named | InputRefused]:
    """Every input that *sources* name, in order; folders are walked by name, hidden files left out.

    Args:
        sources: paths, folders, glob patterns, or ``-``.
        most: bytes above which a file is not even read.
    """
    for source in sources:
        if source == STANDARD_INPUT:
            yield Named("standard input", sys.stdin.buffer.read(most + 1))
        elif "://" in source:
            yield InputRefused(
                "addresses are not fetched by this version", where=source, remedy="save the page and add the file"
            )
        else:
            yield from _iter_files(source, most)


def _iter_files(source: str, most: int) -> Iterator[Named | InputRefused]:
    path = Path(source)
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.is_file() and not _hidden(one.relative_to(path)))
        if not files:
            yield InputRefused("folder holds no files", where=source, remedy="check the path")
    elif path.exists() or not glob.has_magic(source):
        files = [path]
    else:
        files = sorted(Path(one) for one in glob.glob(source, recursive=True) if Path(one).is_file())
        if not files:
            yield InputRefused("no file matches", where=source, remedy="check the pattern")
    for file in files:
        yield _read(file, most)


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
            return InputRefused(
                f"{size} bytes, more than the limit of {most}",
                where=str(path),
                remedy="split it, or raise SAYSO_MAX_BYTES",
            )
        return Named(str(path), path.read_bytes())
    except PermissionError:
        return InputRefused("may not be read", where=str(path), remedy="change its permissions")
    except OSError as error:
        return InputRefused(f"cannot be read ({error.strerror})", where=str(path), remedy="check the disk and the path")
