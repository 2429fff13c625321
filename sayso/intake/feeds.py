"""Feeds: RSS and Atom (feedparser), JSON Feed 1.1, and news sitemaps.

An entry's own ``source`` names the publisher from which a feed took it. An entry that holds only a teaser is kept as
the document that it is; ``sayso add ADDRESS`` follows it to its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import struct_time
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import Link, Named, Parsed, clean_text, decode, opening
from sayso.intake.json_text import parse_json
from sayso.intake.posts import clean_name, link_relays, moment, post, strings
from sayso.intake.xml_guard import refuse_entities
from sayso.model.document import Relay

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_SITEMAP = re.compile(rb"<(?:urlset|sitemapindex)[\s>]")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?://jsonfeed\.org/version/')
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_HREF = re.compile(r'href=["\'](https?://[^"\']{1,2000})["\']')


class Feed:
    """RSS or Atom: an entry a document."""

    name = "feed"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the root element."""
        return opening(head) == b"<" and bool(_FEED.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """Every entry with words, in the order of the feed."""
        import feedparser

        refuse_entities(source)
        found = feedparser.parse(source.data, sanitize_html=False, resolve_relative_uris=False)
        if not found.entries:
            reason = "the feed is not well formed" if found.bozo else "the feed has no entries"
            raise InputRefused(reason, where=source.name, remedy="open it in a browser and save it again")
        outlet = clean_name(found.feed.get("title"))
        for number, entry in enumerate(found.entries, 1):
            yield _entry(entry, outlet, found.feed.get("language"), f"{source.name}, entry {number}")


def _entry(entry: Any, outlet: str | None, lang: Any, where: str) -> Parsed:
    bodies = [one.get("value", "") for one in entry.get("content", [])]
    html = max([*bodies, entry.get("summary", "") or ""], key=len)
    original = entry.get("source")
    relays = []
    if original:
        name = clean_name(original.get("title") or original.get("value"))
        if name and name != outlet:
            relays.append(Relay("source", name, original.get("href") or original.get("url")))
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    language = lang if isinstance(lang, str) else None
    return post(
        plain(html) or clean_name(entry.get("title")) or "",
        where,
        outlet=outlet,
        channel="news",
        url=entry.get("link") or None,
        author=entry.get("author"),
        title=clean_name(entry.get("title")),
        lang=language[:2].casefold() if language else None,
        published=_time(when),
        identifier=entry.get("id") or entry.get("link"),
        relays=[*relays, *link_relays(_HREF.findall(html))],
    )


def _time(value: struct_time | None) -> str | None:
    if value is None:
        return None
    return moment("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*value[:6]))


def plain(html: str) -> str:
    """The words of a fragment of markup, a paragraph a line."""
    from html import unescape

    return clean_text(unescape(_TAG.sub("", _BREAK.sub("\n\n", html))))


class JsonFeed:
    """JSON Feed (jsonfeed.org): an item a document."""

    name = "json-feed"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By its version."""
        return opening(head) == b"{" and bool(_JSON_FEED.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """Every item with words, in the order of the feed."""
        value = parse_json(decode(source), source.name)
        items = value.get("items") if isinstance(value, dict) else None
        if not isinstance(items, list) or not items:
            raise InputRefused("the feed has no items", where=source.name, remedy="save it again")
        for number, item in enumerate(items, 1):
            where = f"{source.name}, item {number}"
            if not isinstance(item, dict):
                yield InputRefused("no item", where=where, remedy="save the feed again")
                continue
            html = strings(item, "content_html") or ""
            authors = item.get("authors")
            external = strings(item, "external_url")
            yield post(
                strings(item, "content_text") or plain(html) or strings(item, "summary") or "",
                where,
                outlet=strings(value, "title"),
                channel="news",
                url=strings(item, "url"),
                author=strings(authors[0], "name") if isinstance(authors, list) and authors else None,
                title=clean_name(item.get("title")),
                lang=(strings(item, "language") or strings(value, "language") or "")[:2].casefold() or None,
                published=moment(item.get("date_published")),
                identifier=strings(item, "id"),
                relays=link_relays([external, *_HREF.findall(html)]),
            )


class Sitemap:
    """Sitemaps and news sitemaps: addresses, no texts; they are followed where the network was asked for."""

    name = "sitemap"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the root element."""
        return opening(head) == b"<" and bool(_SITEMAP.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """A link for each address."""
        from lxml import etree

        refuse_entities(source)
        try:
            root = etree.fromstring(source.data, etree.XMLParser(resolve_entities=False, no_network=True))
        except (etree.LxmlError, ValueError) as error:
            raise InputRefused(f"not valid XML ({error})", where=source.name, remedy="download it again") from error
        found = False
        for entry in root:
            words = {str(one.tag).rsplit("}", 1)[-1]: (one.text or "").strip() for one in entry.iter()}
            address = words.get("loc", "")
            if address.startswith(("http://", "https://")):
                found = True
                yield Link(address, source.name)
        if not found:
            raise InputRefused("the sitemap names no address", where=source.name, remedy="download it again")
