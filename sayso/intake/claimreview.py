"""ClaimReview (schema.org): in the JSON-LD of pages, and in dumps such as fact-checkers' data feeds.

A review is its author's statement and nothing more: the rating is passed on in the author's name, in a sentence that
says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, decode, opens_json
from sayso.intake.json_text import parse_json
from sayso.intake.posts import clean_name, moment, post, strings
from sayso.model.document import Relay

_LD = re.compile(
    r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.{1,200000}?)</script>", re.IGNORECASE | re.DOTALL
)
_TYPE = re.compile(rb'"@type"\s*:\s*"(?:DataFeed|ClaimReview)"|"claimReviewed"\s*:')
DEEPEST = 12


class ClaimReviews:
    """A dump: one review, a list, or a ``DataFeed`` with ``dataFeedElement``."""

    name = "claimreview"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the types that schema.org names, near the start of JSON."""
        return opens_json(head) and bool(_TYPE.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """A review a document."""
        found = False
        for number, one in enumerate(_reviews(parse_json(decode(source), source.name)), 1):
            found = True
            yield _document(one, f"{source.name}, review {number}")
        if not found:
            raise InputRefused("no ClaimReview in it", where=source.name, remedy="check that it is the whole dump")


def iter_page_reviews(html: str, where: str) -> Iterator[Parsed]:
    """The reviews in a page's JSON-LD; scripts that are no valid JSON are passed over, as search engines do."""
    if "ClaimReview" not in html:
        return
    for block in _LD.findall(html):
        try:
            value = json.loads(block)
        except (ValueError, RecursionError):
            continue
        for number, one in enumerate(_reviews(value), 1):
            yield _document(one, f"{where}, review {number}")


def _reviews(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _reviews(one, depth + 1)
    elif isinstance(value, dict):
        kind = value.get("@type")
        if kind == "ClaimReview" or (isinstance(kind, list) and "ClaimReview" in kind) or "claimReviewed" in value:
            yield value
            return
        for key in ("@graph", "dataFeedElement", "item", "review", "mainEntity", "itemListElement"):
            if key in value:
                yield from _reviews(value[key], depth + 1)


def _document(row: dict[str, Any], where: str) -> Parsed:
    claim = clean_name(row.get("claimReviewed"))
    rating = row.get("reviewRating")
    said = clean_name(strings(rating, "alternateName")) or clean_name(strings(rating, "name"))
    author = row.get("author")
    author = author[0] if isinstance(author, list) and author else author
    name = clean_name(strings(author, "name")) or clean_name(strings(row, "publisher", "name"))
    if not claim or not said or not name:
        missing = "claim" if not claim else "rating in words" if not said else "author"
        return InputRefused(f"a ClaimReview without {missing}", where=where, remedy="nothing to do: it is left out")
    reviewed = row.get("itemReviewed")
    speaker = clean_name(strings(reviewed, "author", "name"))
    lead = f"{speaker} said: “{claim}”" if speaker else f"The claim: “{claim}”"
    appearance = strings(reviewed, "appearance", "url") or strings(reviewed, "url")
    return post(
        f"{lead}\n\n{name} rated this claim: “{said}”.",
        where,
        outlet=name,
        channel="website",
        url=strings(row, "url"),
        title=claim,
        published=moment(row.get("datePublished")),
        identifier=strings(row, "url") or where,
        relays=[Relay("quote", speaker, appearance)],
    )
