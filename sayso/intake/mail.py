"""Mail (``.eml``, RFC 5322 and MIME): the letter, what was forwarded in it, and its attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from sayso.errors import InputRefused
from sayso.intake.base import USUAL_MOST, Named, Parsed
from sayso.intake.feeds import plain
from sayso.intake.posts import moment, post
from sayso.model.document import Relay

_HEADERS = re.compile(
    rb"^(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|X-[\w-]+|Reply-To|"
    rb"DKIM-Signature|ARC-[\w-]+|Authentication-Results|Content-Type):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED = re.compile(
    r"^[-_ >]{0,40}(?:-+ ?(?:Forwarded message|Original Message|Пересылаемое сообщение|Пересланное сообщение|"
    r"Исходное сообщение|Перенаправленное сообщение|İletilen mesaj|Mensaje reenviado|Message transféré|"
    r"Weitergeleitete Nachricht) ?-+|Begin forwarded message:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^>?[ \t]*\*?(?P<name>[^\W\d_]{2,14})\*?:\*?[ \t]*(?P<value>[^\n]{1,300})$")
_FROM = ("from", "от", "de", "von", "kimden", "від")
_DATE = ("date", "sent", "дата", "отправлено", "fecha", "datum", "tarih")
_SUBJECT = ("subject", "тема", "asunto", "objet", "betreff", "konu")
MOST_PARTS = 200


class Mail:
    """One letter: its words, each forwarded letter in it, each attachment that sayso can read."""

    name = "mail"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By two or more header fields at the very start."""
        top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
        return bool(_HEADERS.match(head)) and len(_HEADERS.findall(top)) >= 3

    def parse(self, source: Named) -> Iterator[Parsed]:
        """The letter, then what it carries."""
        from sayso.intake.detect import iter_documents

        try:
            letter = message_from_bytes(source.data, policy=default)
            parts = [part for _, part in zip(range(MOST_PARTS), letter.walk(), strict=False)]
            yield from _letter(letter, source.name)
        except (MessageError, LookupError, ValueError, RecursionError, AttributeError, IndexError, KeyError) as error:
            raise InputRefused("not a readable letter", where=source.name, remedy="save it again as .eml") from error
        for number, part in enumerate(parts):
            name = part.get_filename()
            if name and part.get_content_disposition() == "attachment" and not part.is_multipart():
                data = part.get_payload(decode=True)
                if isinstance(data, bytes) and data.strip():
                    where = f"{source.name}, attachment {name}"
                    yield from iter_documents(Named(where, data), max(len(data), USUAL_MOST))
            elif part.get_content_type() == "message/rfc822" and number:
                inner = part.get_payload()
                if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
                    yield from _letter(inner[0], f"{source.name}, enclosed letter", via=_sender(letter["From"]))


def _sender(value: object) -> str | None:
    name, address = parseaddr(str(value or ""))
    return name or address or None


def _sent(value: object) -> str | None:
    try:
        return moment(parsedate_to_datetime(str(value)).isoformat())
    except (ValueError, TypeError, IndexError):
        return None


def _letter(letter: EmailMessage, where: str, via: str | None = None) -> Iterator[Parsed]:
    body = letter.get_body(preferencelist=("plain", "html"))
    words = body.get_content() if body is not None else ""
    if not isinstance(words, str):
        words = ""
    if body is not None and body.get_content_type() == "text/html":
        words = plain(words)
    sender = _sender(letter["From"])
    pieces = _FORWARDED.split(words.replace("\r\n", "\n"))
    if pieces[0].strip() or len(pieces) == 1:
        yield post(
            pieces[0],
            where,
            outlet=sender,
            channel="other",
            title=str(letter["Subject"]) if letter["Subject"] else None,
            published=_sent(letter["Date"]),
            identifier=str(letter["Message-ID"] or where).strip("<> "),
            relays=[Relay("via", via)] if via else [],
        )
    passed_on = [one for one in (via, sender) if one]
    for number, piece in enumerate(pieces[1:], 1):
        fields, text = _fields(piece)
        author = next((fields[key] for key in _FROM if key in fields), None)
        yield post(
            text,
            f"{where}, forwarded letter {number}",
            outlet=_sender(author) if author else None,
            channel="other",
            title=next((fields[key] for key in _SUBJECT if key in fields), None),
            published=_sent(next((fields[key] for key in _DATE if key in fields), None)),
            identifier=f"{str(letter['Message-ID'] or where).strip('<> ')}#{number}",
            relays=[Relay("via", name) for name in passed_on],
        )
        if author:
            passed_on = [*passed_on, _sender(author) or author]


def _fields(piece: str) -> tuple[dict[str, str], str]:
    """The header lines at the start of a forwarded letter, and what follows them."""
    fields: dict[str, str] = {}
    lines = piece.strip("\n").split("\n")
    at = 0
    for at, line in enumerate(lines):  # noqa: B007
        match = _FIELD.match(line)
        if match is None:
            break
        fields.setdefault(match.group("name").casefold(), match.group("value").strip())
    return fields, "\n".join(lines[at:]) if fields else piece
