"""Telegram's public preview pages (``t.me/s/channel``), saved as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed
from sayso.intake.html import decode_page, parse_tree
from sayso.intake.posts import link_relays, moment, post
from sayso.model.document import Relay

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WIDGET = b"tgme_widget_message"


class TelegramPage:
    """A post a document; "Forwarded from" and the post that it answers become relays."""

    name = "telegram-page"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the page's own style sheet or wrapper class."""
        return head.lstrip()[:1] == b"<" and (b"tgme_" in head or b"telegram.org/css/widget" in head)

    def parse(self, source: Named) -> Iterator[Parsed]:
        """Every post with words, in the order of the page."""
        if WIDGET not in source.data:
            raise InputRefused(
                "no posts on the preview page",
                where=source.name,
                remedy="the channel may be private or empty; use Telegram Desktop's export",
            )
        tree = parse_tree(decode_page(source), source.name)
        for number, element in enumerate(tree.iterfind(".//*[@data-post]"), 1):
            text = _first(element, "tgme_widget_message_text", not_in="tgme_widget_message_reply")
            if text is not None:
                yield _document(element, text, f"{source.name}, post {number}")


def _with_class(element: HtmlElement, name: str) -> Iterator[HtmlElement]:
    for one in element.iter():
        if isinstance(one.tag, str) and name in (one.get("class") or "").split():
            yield one


def _first(element: HtmlElement, name: str, not_in: str = "") -> HtmlElement | None:
    for one in _with_class(element, name):
        above = any(not_in in (up.get("class") or "").split() for up in one.iterancestors()) if not_in else False
        if not above:
            return one
    return None


def _document(element: HtmlElement, text: HtmlElement, where: str) -> Parsed:
    path = element.get("data-post") or ""
    owner = _first(element, "tgme_widget_message_owner_name")
    relays = []
    forwarded = _first(element, "tgme_widget_message_forwarded_from_name")
    if forwarded is not None:
        relays.append(Relay("forwarded", _words(forwarded), forwarded.get("href")))
    answered = _first(element, "tgme_widget_message_reply")
    if answered is not None:
        author = _first(answered, "tgme_widget_message_author_name")
        relays.append(Relay("reply", _words(author) if author is not None else None, answered.get("href")))
    when = next((one.get("datetime") for one in element.iter("time") if one.get("datetime")), None)
    signature = _first(element, "tgme_widget_message_from_author")
    return post(
        _words(text),
        where,
        outlet=_words(owner) if owner is not None else path.split("/")[0],
        channel="telegram",
        url=f"https://t.me/{path}" if path else None,
        author=_words(signature) if signature is not None else None,
        published=moment(when),
        identifier=path or None,
        relays=[*relays, *link_relays([one.get("href") for one in text.iter("a")])],
    )


def _words(element: HtmlElement) -> str:
    """The text of an element, line breaks kept."""
    parts: list[str] = []
    for one in element.iter():
        if one.tag == "br":
            parts.append("\n")
        elif isinstance(one.tag, str) and one.text:
            parts.append(one.text)
        if one.tail and one is not element:
            parts.append(one.tail)
    return "".join(parts).strip()
