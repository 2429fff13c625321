"""Imports point one way: cli → verbs → rooms → neural → model → errors; rooms do not import one another."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "sayso"
ROOMS = {"intake", "reading", "desk", "asking", "showing", "exports", "scale"}
BELOW = {
    "errors": set(),
    "settings": {"errors"},
    "model": {"errors"},
    "neural": {"errors", "model"},
    **{room: {"errors", "model", "neural"} for room in ROOMS},
    "verbs": {"errors", "settings", "model", "neural", *ROOMS},
    "api": {"errors", "settings", "model", "neural", "verbs", *ROOMS},
    "web": {"errors", "settings", "model", "verbs", *ROOMS},
    "cli": {"web", "errors", "settings", "model", "verbs", *ROOMS},
}
ALLOWED_BESIDES = {("asking", "desk")}


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name for name in names if name.startswith("sayso.")}


def test_imports_point_one_way() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        room = parts[0]
        if room in ("__init__", "__main__"):
            continue
        for name in imports_of(path):
            other = name.split(".")[1]
            if other != room and other not in BELOW[room] and (room, other) not in ALLOWED_BESIDES:
                wrong.append(f"{'/'.join(parts)} imports {name}")
    assert wrong == []


def test_asking_knows_only_the_interface_of_the_desk() -> None:
    used = {name for path in (PACKAGE / "asking").glob("*.py") for name in imports_of(path) if ".desk" in name}
    assert used <= {"sayso.desk.base"}


def test_no_file_is_long() -> None:
    long = {str(path): n for path in PACKAGE.rglob("*.py") if (n := len(path.read_text("utf-8").splitlines())) > 400}
    assert long == {}
