"""Source spans mended where the network cuts them amiss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.model.span import Span, word_before
from sayso.reading.attribution import Found
from sayso.reading.lexicon import Lexicon
from sayso.reading.sentences import sentence_at

_MEDIUM = re.compile(
    r"^(?:on|in|at|в|на)\s+(?:(?:its|their|the|своём|своем|своей)\s+)?"
    r"(?:Telegram|Twitter|X|Facebook|Telegram-канале|Телеграме|Твиттере|website|page|сайте|странице),\s+",
    re.IGNORECASE,
)
_QUOTE_AND_SPEAKER = re.compile(
    r"^(?P<quote>[“\"«„].*[”\"»],?)\s+(?P<speaker>[^\W\d_][^\n”\"»“«„]{0,120}?),?$", re.DOTALL
)
_APART = re.compile(r"[:;]\s+")
_DATELINE = re.compile(r"(?=[^\W\d_])[^\n—–]{2,60}?\s[—–]\s+")
_RUN_ON = re.compile(r"\s*,\s+(?=\d)")
_NAME_BEFORE = re.compile(r"(?:[^\W\d_a-zа-яё][\w’'-]*\s+){1,2}$")
LONGEST_DESCRIBED = 14
"""Words of a name that a clause describes."""
LONGEST_NAME = 60
"""Characters before a source in which the beginning of its name is looked for."""


def with_mended_sources(found: Iterable[Found], text: str, sentences: Sequence[Span], words: Lexicon) -> list[Found]:
    """Takes a medium off the start of a source ("on Telegram, Saltwire"), and a speaker off the end of a quotation
    that has none ("“It is a lie,” she" before "told"); puts the paper for "seen by the Courier", and the subject or who
    spoke before in the sentence for a place ("написало на своей странице") and for a verb of naming without a subject; the pronoun right
    before a cue ("On Monday *we* wrote") where the network took nobody; nobody for what a quotation is about."""
    out: list[Found] = []
    for one in found:
        if one.source and _is_topic(one, text, words):
            one = replace(one, source=())
        if one.source:
            one = _without_margins(_described(_of_subject(one, text, words), text, sentences, words), text)
            one = _whole(_without_viewer(one, text, sentences, words), text, words)
            one = _without_place(one, out, text, sentences, words)
        elif _goes_on(one, text, words):
            one = replace(one, source=_spoke_before(one, out, sentences))
        else:
            one = replace(one, source=_pronoun_before(one, text, words))
        if one.source:
            first = one.source[0]
            medium = _MEDIUM.match(first.quote(text))
            if medium and medium.end() < first.end - first.start:
                one = replace(one, source=(Span(first.start + medium.end(), first.end), *one.source[1:]))
        elif one.content and one.cue and 0 <= one.cue[0].start - one.content[-1].end <= 2:
            last = one.content[-1]
            match = _QUOTE_AND_SPEAKER.match(last.quote(text))
            if match:
                speaker = Span(last.start + match.start("speaker"), last.start + match.end("speaker"))
                quoted = Span(last.start, last.start + match.end("quote"))
                one = replace(one, source=(speaker,), content=(*one.content[:-1], quoted))
        out.append(one)
    return out


def _of_subject(one: Found, text: str, words: Lexicon) -> Found:
    """*one* with the pronoun right before its cue as its source, where the network took a noun further off ("my cousin works in the
    *harbour office* and he says")."""
    last, cue = one.source[-1], one.cue[0]
    between = text[last.end : cue.start] if last.end < cue.start else ""
    subjects = list(words.of("pronouns", "subject").finditer(between))
    if not subjects or between[subjects[-1].end() :].strip():
        return one
    subject = subjects[-1]
    return replace(one, source=(Span(last.end + subject.start(), last.end + subject.end()),))


def _pronoun_before(one: Found, text: str, words: Lexicon) -> tuple[Span, ...]:
    """The subject right before a cue to which the network gave none ("On Monday *we* wrote …"); empty where none stands there."""
    word = word_before(text, one.cue[0].start)
    if word is None:
        return ()
    return (word,) if any(words.of("pronouns", key).fullmatch(word.quote(text)) for key in ("first", "subject")) else ()


def _described(one: Found, text: str, sentences: Sequence[Span], words: Lexicon) -> Found:
    """*one* with whom a clause describes as its source, where the network took the clause alone ("el dueño de un bar, que *no quiso dar
    su nombre*, afirmó")."""
    first = one.source[0]
    if not words.of("kinds", "unnamed").match(first.quote(text)) or first.start > one.cue[0].start:
        return one
    sentence = sentences[sentence_at(sentences, first.start)]
    before = re.split(r"[»”“\".:;—–]\s", text[sentence.start : first.start])[-1]
    named = re.sub(rf"[\s,]+(?:{words.of('pronouns', 'relative').pattern})?\s*$", "", before).strip(" ,")
    if not named or len(named.split()) > LONGEST_DESCRIBED:
        return one
    start = text.rindex(named, sentence.start, first.start)
    return replace(one, source=(Span(start, start + len(named)), *one.source[1:]))


def _is_topic(one: Found, text: str, words: Lexicon) -> bool:
    """Whether the source only tells, before a colon, what the quotation is about ("On the ferries: “…”")."""
    first = one.source[0]
    if any(char.isalnum() for char in one.cue[0].quote(text)):
        return False
    lead = re.split(r"[.!?”»\n]\s*", text[max(0, first.start - LONGEST_NAME) : first.end])[-1].split()
    return bool(lead) and lead[0].casefold() in words.plain("coordination", "topic")


def _without_margins(one: Found, text: str) -> Found:
    """*one* without the dateline before its source ("BRINOR — The harbour office") and without a number that runs on after a
    comma ("газеты , 4 мая")."""
    first = one.source[0]
    quote = first.quote(text)
    dateline = _DATELINE.match(quote)
    start = dateline.end() if dateline and dateline.group().split()[0].strip(",").isupper() else 0
    run_on = _RUN_ON.search(quote, start)
    span = Span(first.start + start, first.start + run_on.start() if run_on else first.end)
    return replace(one, source=(span, *one.source[1:])) if start or run_on else one


def _whole(one: Found, text: str, words: Lexicon) -> Found:
    """*one* without what a colon sets apart from its source ("Of schools he would not talk: he"), and with the name before a
    source that begins within it ("Ana Brill | of the dockers' union")."""
    first = one.source[0]
    apart = [match.span() for match in _APART.finditer(first.quote(text))]
    if apart:
        after = one.cue[0].start >= first.end
        span = Span(first.start + apart[-1][1], first.end) if after else Span(first.start, first.start + apart[0][0])
        one = replace(one, source=(span, *one.source[1:]))
        first = span
    opener = first.quote(text).partition(" ")[0]
    if opener in words.plain("coordination", "of"):
        name = _NAME_BEFORE.search(text[max(0, first.start - LONGEST_NAME) : first.start])
        if name:
            span = Span(first.start - len(name.group()), first.end)
            one = replace(one, source=(span, *one.source[1:]))
    return one


def _without_viewer(one: Found, text: str, sentences: Sequence[Span], words: Lexicon) -> Found:
    """*one* with what was seen as its source where the network took who saw it."""
    first = one.source[0]
    if not words.of("cue", "seen_by").match(first.quote(text)):
        return one
    sentence = sentences[sentence_at(sentences, first.start)]
    joint = "|".join(map(re.escape, words.plain("coordination", "and")))
    seen = re.sub(rf"[\s,]+(?:{joint})?\s*$", "", text[sentence.start : first.start])
    return replace(one, source=(Span(sentence.start, sentence.start + len(seen)),)) if seen.strip() else one


def _without_place(one: Found, before: Sequence[Found], text: str, sentences: Sequence[Span], words: Lexicon) -> Found:
    """*one* with the last speaker of its sentence as its source, or none, where the network took a place for one."""
    first = one.source[0]
    opener, _, rest = first.quote(text).partition(" ")
    if not rest or opener.casefold() not in words.plain("coordination", "placing"):
        return one
    number = sentence_at(sentences, one.cue[0].start)
    subject = _subject_before(sentences[number].start, one.cue[0].start, text, words)
    if subject:
        return replace(one, source=(subject,))
    return replace(one, source=_spoke_before(one, before, sentences))


def _goes_on(one: Found, text: str, words: Lexicon) -> bool:
    """Whether the cue is a verb of naming whose language lets it stand without a subject ("… и назвала это вымыслом")."""
    cue = one.cue[0].quote(text)
    return bool(words.plain("cue", "dropped")) and words.of("cue", "name").match(cue) is not None


def _spoke_before(one: Found, before: Sequence[Found], sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The source of the last attribution of the same sentence; empty where there is none."""
    number = sentence_at(sentences, one.cue[0].start)
    sources = [
        other.source for other in before if other.source and sentence_at(sentences, other.cue[0].start) == number
    ]
    return sources[-1] if sources else ()


def _subject_before(start: int, cue: int, text: str, words: Lexicon) -> Span | None:
    """The office or outlet that stands right before a cue ("the embassy | wrote"), where its sentence begins at *start*."""
    for key in ("office", "outlet", "company"):
        for match in words.of("kinds", key).finditer(text, start, cue):
            if not text[match.end() : cue].strip():
                return Span(*match.span())
    return None
