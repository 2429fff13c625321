"""Registry files: what the desk's people know, as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from sayso.errors import InputRefused
from sayso.model.registry import Actor, Handle, Outlet, Registry

SHAPE = "a registry has the lists 'outlets', 'handles' and 'actors'; see docs/tutorial.md"


def read_registry(path: Path) -> Registry:
    """The registry in a YAML file.

    Raises:
        InputRefused: the file cannot be read or is of another shape.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputRefused(
            f"registry cannot be read ({error.strerror})", where=str(path), remedy="check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise InputRefused("registry is not UTF-8", where=str(path), remedy="save it as UTF-8") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        raise InputRefused(
            "registry is not valid YAML", where=where, remedy="check indents and quotes there"
        ) from error
    if content is None:
        return Registry()
    if not isinstance(content, dict):
        raise InputRefused("registry is not a table", where=str(path), remedy=SHAPE)
    rows = {key: _rows(content, key, path) for key in ("outlets", "handles", "actors")}
    return Registry(
        tuple(
            Outlet(
                _text(row, "name", path),
                _texts(row, "aliases", path),
                _maybe(row, "domain", path),
                _maybe(row, "owner", path),
            )
            for row in rows["outlets"]
        ),
        tuple(
            Handle(_text(row, "handle", path), _text(row, "channel", path), _text(row, "actor", path))
            for row in rows["handles"]
        ),
        tuple(
            Actor(_text(row, "name", path), _texts(row, "aliases", path), _maybe(row, "parent", path))
            for row in rows["actors"]
        ),
    )


def _rows(content: dict[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    rows = content.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputRefused(f"{key!r} is not a list of entries", where=str(path), remedy=SHAPE)
    return rows


def _text(row: dict[str, Any], key: str, path: Path) -> str:
    value = row.get(key)
    if not isinstance(value, str | int) or not str(value).strip():
        raise InputRefused(f"an entry has no {key!r}", where=str(path), remedy=SHAPE)
    return str(value)


def _maybe(row: dict[str, Any], key: str, path: Path) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str | int) or not str(value).strip():
        raise InputRefused(
            f"{key!r} of {row.get('name')!r} is not a name", where=str(path), remedy="write one name, in quotes"
        )
    return str(value)


def _texts(row: dict[str, Any], key: str, path: Path) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list):
        raise InputRefused(
            f"{key!r} of {row.get('name')!r} is not a list", where=str(path), remedy="write it as [a, b]"
        )
    return tuple(str(value) for value in values)
