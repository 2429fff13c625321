"""Telegram Desktop exports (``result.json``): of one chat, or of an account with all its chats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, decode, opening
from sayso.intake.json_text import parse_json
from sayso.intake.posts import link_relays, moment, post
from sayso.model.document import Relay

_CHAT = re.compile(rb'"type"\s*:\s*"(?:(?:public|private)_)?(?:channel|group|supergroup)"|"type"\s*:\s*"personal_chat"')
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')


class TelegramExport:
    """A message a document. In a channel the channel speaks; in a group the member does, the group passes it on."""

    name = "telegram-export"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the kind of chat, or the account export's opening, near the start of a JSON object."""
        if opening(head) != b"{":
            return False
        whole = b'"chats"' in head and b'"about"' in head
        return whole or bool(_CHAT.search(head) and (_MESSAGES.search(head) or b'"id"' in head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """Every message with words, in order; service messages are left out."""
        value = parse_json(decode(source), source.name)
        chats = _chats(value)
        if not chats:
            raise InputRefused("no chat in the export", where=source.name, remedy="export the chat again as JSON")
        for chat in chats:
            known = {
                row["id"]: row
                for row in chat["messages"]
                if isinstance(row, dict) and isinstance(row.get("id"), int | str)
            }
            for number, row in enumerate(chat["messages"], 1):
                where = f"{source.name}, message {number}"
                if not isinstance(row, dict):
                    yield InputRefused("no message", where=where, remedy="export the chat again")
                elif row.get("type", "message") == "message" and _words(row):
                    yield _document(chat, row, known, where)


def _chats(value: Any) -> list[dict[str, Any]]:
    listed = value.get("chats", {}) if isinstance(value, dict) else {}
    rows = listed.get("list", []) if isinstance(listed, dict) else []
    found = rows if isinstance(rows, list) and rows else [value]
    return [one for one in found if isinstance(one, dict) and isinstance(one.get("messages"), list)]


def _pieces(row: dict[str, Any]) -> list[Any]:
    for key in ("text_entities", "text"):
        value = row.get(key)
        if isinstance(value, str) and value:
            return [value]
        if isinstance(value, list) and value:
            return value
    return []


def _words(row: dict[str, Any]) -> str:
    texts = [one if isinstance(one, str) else one.get("text") if isinstance(one, dict) else "" for one in _pieces(row)]
    return "".join(one for one in texts if isinstance(one, str))


def _document(chat: dict[str, Any], row: dict[str, Any], known: dict[Any, dict[str, Any]], where: str) -> Parsed:
    name = chat.get("name")
    speaker = row.get("from") or row.get("actor")
    channel = "channel" in str(chat.get("type", ""))
    relays = []
    if row.get("forwarded_from"):
        relays.append(Relay("forwarded", str(row["forwarded_from"])[:200]))
    if not channel and isinstance(name, str) and speaker:
        relays.append(Relay("via", name))
    reply = row.get("reply_to_message_id")
    answered = known.get(reply) if isinstance(reply, int | str) else None
    if answered is not None:
        asked = answered.get("from") or name
        relays.append(Relay("reply", str(asked)[:200] if asked else None, _address(chat, answered)))
    links = [
        one.get("href") or (one.get("text") if one.get("type") == "link" else None)
        for one in _pieces(row)
        if isinstance(one, dict)
    ]
    return post(
        _words(row),
        where,
        outlet=name if channel or not speaker else speaker,
        channel="telegram",
        url=_address(chat, row),
        author=row.get("author") if channel else None,
        published=moment(row.get("date_unixtime")) or moment(row.get("date")),
        identifier=f"{chat.get('id', '')}/{row.get('id', '')}",
        relays=[*relays, *link_relays(links)],
    )


def _address(chat: dict[str, Any], row: dict[str, Any]) -> str | None:
    """The post's address as Telegram writes it for chats without a public name."""
    chat_id, message = chat.get("id"), row.get("id")
    return f"https://t.me/c/{chat_id}/{message}" if isinstance(chat_id, int) and isinstance(message, int) else None
