"""Bytes to documents: one module a format, chosen by content. A new format is a new module and a line in FORMATS."""

from __future__ import annotations

from sayso.intake.base import Format, Named, Parsed
from sayso.intake.claimreview import ClaimReviews
from sayso.intake.csv_table import CsvTable
from sayso.intake.fediverse import Bluesky, Mastodon
from sayso.intake.feeds import Feed, JsonFeed, Sitemap
from sayso.intake.html import Html
from sayso.intake.jsonl import JsonLines
from sayso.intake.mail import Mail
from sayso.intake.office import Docx, Pdf
from sayso.intake.parquet import Parquet
from sayso.intake.telegram_export import TelegramExport
from sayso.intake.telegram_page import TelegramPage
from sayso.intake.text import Markdown, PlainText
from sayso.intake.warc import Warc
from sayso.intake.x_archive import XPosts

FORMATS: tuple[Format, ...] = (
    Warc(),
    Pdf(),
    Docx(),
    Parquet(),
    TelegramExport(),
    XPosts(),
    JsonFeed(),
    Mastodon(),
    Bluesky(),
    ClaimReviews(),
    JsonLines(),
    Feed(),
    Sitemap(),
    TelegramPage(),
    Html(),
    Mail(),
    CsvTable(),
    Markdown(),
    PlainText(),
)
"""In the order in which they are asked; the last one takes any text."""

__all__ = ["FORMATS", "Format", "Named", "Parsed"]
