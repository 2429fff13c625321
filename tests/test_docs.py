"""The documents stay true: commands exist, files that are named exist, dependencies are explained."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sayso.cli.main import cli

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_named_in_a_page_exist(page: Path) -> None:
    named = set(re.findall(r"\bsayso ([a-z]+)\b", page.read_text("utf-8")))
    planned = {"watch", "review", "export", "serve"} if page.name == "README.md" else set()
    words = {
        "is",
        "says",
        "prints",
        "reads",
        "never",
        "attributes",
        "exists",
        "authors",
        "answers",
        "finds",
        "writes",
        "raises",
        "calls",
        "holds",
        "itself",
        "runs",
        "does",
        "sees",
        "folds",
    }
    assert named - words - planned <= set(cli.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for command in set(cli.commands) - {"demo"}:
        assert f"sayso {command}" in text


def test_every_dependency_is_explained() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").casefold()
    for line in listed:
        assert re.split(r"[<>=]", line)[0].casefold() in page


def test_every_model_file_has_a_card() -> None:
    folder = ROOT / "sayso" / "neural" / "weights"
    cards = " ".join(card.read_text("utf-8") for card in folder.glob("*.md"))
    for path in folder.glob("*.onnx"):
        assert path.name in cards or re.sub(r"-\w+\.onnx", "-*.onnx", path.name) in cards
