"""Bytes to documents: one module a format, chosen by content. A new format is a new module and a line in FORMATS."""

from __future__ import annotations

from sayso.intake.base import Format, Named, Parsed
from sayso.intake.csv_table import CsvTable
from sayso.intake.html import Html
from sayso.intake.jsonl import JsonLines
from sayso.intake.text import Markdown, PlainText

FORMATS: tuple[Format, ...] = (JsonLines(), Html(), CsvTable(), Markdown(), PlainText())
"""In the order in which they are asked; the last one takes any text."""

__all__ = ["FORMATS", "Format", "Named", "Parsed"]
