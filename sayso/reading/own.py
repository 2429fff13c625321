"""What a document asserts on its own authority: the sentences that it attributes to nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.model.document import POSTS, Document
from sayso.model.span import Span, trim
from sayso.model.statement import Stance, Statement
from sayso.reading.attribution import Found
from sayso.reading.cast import Cast
from sayso.reading.lexicon import Lexicon
from sayso.reading.marks import OPENING_QUOTES
from sayso.reading.names import clean_name
from sayso.reading.sentences import sentence_at

UPHELD = 24
"""Characters after what somebody recalls in which they say that it stands."""
BEHIND = 160
"""Characters after what somebody recalls in which they take it back."""
SURE = 0.9
LONGEST_FINDER = 10
"""Words in which a sentence's end names who found it out."""
LONGEST_CALL = 9
"""Words of a sentence that does nothing but call on its readers."""
SHORTEST = 3
"""Words that a sentence needs to assert anything."""


def speaks_for_itself(document: Document) -> bool:
    """Whether the document's every plain sentence is its outlet's word: posts and press releases."""
    return document.channel in (*POSTS, "press")


def iter_own(
    document: Document, sentences: Sequence[Span], covered: Sequence[Span], skipped: Sequence[Span]
) -> list[Span]:
    """Sentences of which attributions cover less than half, credit lines left out.

    Args:
        sentences: the document's sentences.
        covered: source, cue and content spans of its attributions.
        skipped: spans of credit lines.
    """
    held = [0] * len(sentences)
    for one in covered:
        for number in range(sentence_at(sentences, one.start), sentence_at(sentences, one.end) + 1):
            sentence = sentences[number]
            held[number] += max(0, min(one.end, sentence.end) - max(one.start, sentence.start))
    out = []
    for sentence, length in zip(sentences, held, strict=True):
        if any(sentence.overlaps(one) for one in skipped) and sentence.end - sentence.start < 80:
            continue
        if len(re.findall(r"\w+", sentence.quote(document.text))) < SHORTEST:
            continue
        # a sentence that opens with a mark goes on quoting whoever spoke last
        if sentence.quote(document.text)[0] in OPENING_QUOTES and not speaks_for_itself(document):
            continue
        if length * 2 < sentence.end - sentence.start:
            out.append(sentence)
    return out


def claims_own_finding(sentence: str, words: Lexicon) -> bool:
    """Whether the words say that the outlet itself found it out ("this newspaper has established")."""
    return words.has("own", "words", sentence)


def merely_calls(sentence: str, words: Lexicon) -> bool:
    """Whether a short sentence only asks its readers to do something ("Pass it on!", "Scan below"): it asserts nothing."""
    return len(sentence.split()) <= LONGEST_CALL and words.has("content", "call", sentence)


def with_withdrawn_recalled(statements: list[Statement], text: str, words: Lexicon) -> list[Statement]:
    """*statements*, those withdrawn too in which somebody who takes something back in the same document recalls what it was.

    "On Monday we reported that the quay was shut. We take that back": the first sentence asserts nothing any more, and only it
    tells what is withdrawn. "That was wrong" right behind it takes it back as well.
    """
    sorry = {one.source.name for one in statements if one.stance is Stance.WITHDRAWS}
    undone = [(one, _taken_back_after(one, text, words)) for one in statements if _recalls(one, text, words)]
    mended = [place for _, place in undone if place is not None]
    recalled = {one.id for one, place in undone if place is not None or one.source.name in sorry}
    return [
        replace(one, stance=Stance.WITHDRAWS, form=None, firm=False)
        if one.stance in (Stance.ASSERTS, Stance.DENIES)
        and (one.id in recalled or (one.own and any(one.extent.holds(place) for place in mended)))
        else one
        for one in statements
    ]


def _taken_back_after(one: Statement, text: str, words: Lexicon) -> Span | None:
    """Where the words right behind a statement take it back, in the same paragraph."""
    end = text.find("\n", one.extent.end)
    match = words.of("own", "taken_back").search(
        text, one.extent.end, min(end if end >= 0 else len(text), one.extent.end + BEHIND)
    )
    return Span(*match.span()) if match else None


def _recalls(one: Statement, text: str, words: Lexicon) -> bool:
    """Whether a statement tells what its source said before ("we reported", the outlet "reported") and does not stand by it."""
    if words.has("own", "upheld", text[one.extent.start : one.extent.end + UPHELD]):
        return False
    cue = " ".join(span.quote(text) for span in one.cue)
    if not one.own:
        return words.has("own", "recalled", cue)
    reports = words.has("cue", "report", cue) or words.has("cue", "carries_this", cue)
    return reports or words.has("own", "recalled", one.extent.quote(text))


def with_own_findings(found: Sequence[Found], text: str, sentences: Sequence[Span], cast: Cast) -> list[Found]:
    """*found*, with sentences that end in who found it out ("…, the Courier has established") given to that outlet."""
    out = list(found)
    for sentence in sentences:
        one = _finding(sentence, text, cast)
        if one is not None:
            out = [other for other in out if not sentence.holds(other.cue[0])]
            out.append(one)
    return out


def _finding(sentence: Span, text: str, cast: Cast) -> Found | None:
    quote = sentence.quote(text)
    comma = quote.rfind(", ")
    if comma < 0 or quote[0] in OPENING_QUOTES or len(quote[comma:].split()) > LONGEST_FINDER:
        return None
    cue = cast.words.of("own", "finding").search(quote, comma)
    if cue is None:
        return None
    before, after = (
        Span(sentence.start + comma + 1, sentence.start + cue.start()),
        Span(sentence.start + cue.end(), sentence.end),
    )
    for part in (before, after):
        source = trim(part, text, " .,!")
        name = clean_name(source.quote(text), cast.words) if source.start < source.end else ""
        if name and (cast.outlet_in(name) or cast.is_outlet(name)):
            content = trim(Span(sentence.start, sentence.start + comma), text)
            return Found((source,), (Span(sentence.start + cue.start(), sentence.start + cue.end()),), (content,), SURE)
    return None
