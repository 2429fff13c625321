"""People whom a sentence introduces without a name: "A cashier at the Mill Street branch, who … . “…,” she said."

Newsrooms bring an unnamed speaker on stage as the subject of the sentence before the quotation; the pronoun beside the
quotation then means that subject, and no person named further up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.model.span import Span
from sayso.reading.lexicon import Lexicon
from sayso.reading.marks import OPENING_QUOTES
from sayso.reading.names import clean_name, named_person

_NAMES = re.compile(r"\s+([^\W\d_][\w’'-]*)(?![\w’'-])(?:\s+([^\W\d_]))?")
LONGEST = 9
"""Words that the introducing phrase may have."""
HEAD = 4
"""Words from its start among which the noun for a person must stand."""


def iter_introductions(text: str, sentences: Sequence[Span], words: Lexicon) -> Iterator[tuple[int, str]]:
    """(place, phrase) of the sentence subjects that introduce somebody unnamed."""
    for sentence in sentences:
        quote = sentence.quote(text)
        if quote[:1] in OPENING_QUOTES:
            continue
        phrase, ending = _subject(quote, words)
        if phrase.partition(" ")[0].casefold() in words.plain("coordination", "topic"):
            continue
        short = len(phrase.split()) <= LONGEST
        head = " ".join(phrase.split()[:HEAD])
        if not phrase or named_person(phrase if short else head, words):
            continue
        nouns = _person_nouns(head, words)
        described = None if nouns or words.of("kinds", "anonymous").match(phrase) else _described(quote, words)
        if described is not None:
            yield sentence.start + described.start, clean_name(described.quote(quote), words)
            continue
        unnamed = words.of("kinds", "anonymous").match(phrase)
        if not nouns and _is_no_person(head, words):
            continue
        if short and ending and (ending == "who" or unnamed or nouns):
            yield sentence.start, clean_name(phrase, words)
        elif unnamed or (nouns and ending in ("", "who")):
            noun = min((match.end() for match in nouns), default=len(" ".join(head.split()[:2])))
            hyphen = re.match(r"(?:-\w+)*", head[noun:])
            yield sentence.start, clean_name(head[: noun + (hyphen.end() if hyphen else 0)], words)


def iter_aged(text: str, words: Lexicon) -> Iterator[tuple[int, str]]:
    """(place, name) of people by one name whom the text brings on with their age ("31-year-old *Odo* from Tarvia")."""
    for age in words.of("kinds", "aged").finditer(text):
        name = _NAMES.match(text, age.end())
        alone = name is not None and not (name.group(2) or "").isupper()
        if name and alone and name.group(1).istitle() and not _person_nouns(name.group(1), words):
            yield name.start(1), name.group(1)


def _person_nouns(text: str, words: Lexicon) -> list[re.Match[str]]:
    return [match for key in ("man", "person_noun", "speaker") for match in words.of("kinds", key).finditer(text)]


def _described(quote: str, words: Lexicon) -> Span | None:
    """Whom a clause describes behind the verb: "Иначе смотрит на дело *педиатр больницы*, попросивший …"."""
    clause = re.search(rf",\s(?:{words.of('pronouns', 'who').pattern})", quote)
    if clause is None or any(mark in quote[: clause.start()] for mark in "«“„,"):
        return None
    nouns = _person_nouns(quote[: clause.start()], words)
    if not nouns or named_person(quote[nouns[-1].start() : clause.start()], words):
        return None
    return Span(nouns[-1].start(), clause.start())


def _subject(sentence: str, words: Lexicon) -> tuple[str, str]:
    """What stands before the first comma, dash or verb that the lexicon knows; and what ended it: "who" (a relative
    pronoun), "," or "verb"; empty where nothing did."""
    ends: list[tuple[int, str]] = []
    comma = re.search(r",\s|\s[–—-]\s", sentence)
    if comma:
        relative = words.of("pronouns", "who").match(sentence, comma.end())
        ends.append((comma.start(), "who" if relative else ","))
    described = re.search(rf"\s(?:{words.of('pronouns', 'who').pattern})\s", sentence)
    if described:
        ends.append((described.start(), "who"))
    verb = words.of("pronouns", "clause").search(sentence, 1)
    if verb:
        ends.append((verb.start(), "verb"))
    if not ends:
        return sentence, ""
    at, kind = min(ends)
    return sentence[:at].strip(), kind


def _is_no_person(head: str, words: Lexicon) -> bool:
    start = " ".join(head.split()[:2])
    return any(
        words.has("kinds", key, start) for key in ("office", "document", "outlet", "public", "company", "nobody")
    )
