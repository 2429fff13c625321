"""Attributions that the network tends to miss, by plain patterns: "X reported this", and quotations that name their
own speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model.span import Span, trim
from sayso.reading.attribution import ROLE_NAMES, Found, names_source
from sayso.reading.lexicon import Lexicon
from sayso.reading.marks import DOUBLE_QUOTES
from sayso.reading.names import clean_name, named_person
from sayso.reading.sentences import sentence_at

CONFIDENCE = 0.75
"""Of a pattern: measured on the development sets these are right about three times in four."""
BEFORE_OFFICE = 3
"""Words before an office's noun that belong to its name."""
_OFFICE_TAIL = re.compile(
    r"(?:\s+(?!(?:в|во|у|на|по|со?|з|із|и|і|та|за|об?|про|после|після)\s)[^\W\d_][\w-]*){1,6}(?:\s+(?:в|во|у|по)\s+[^\W\d_a-zа-яёіїєґ][\w-]*)?"
)
WITHDRAWN = 0.6
"""Confidence of a withdrawal that only its words show."""
CLOSE = 14
"""Characters before a verb in which a negation is its own."""
LONGEST_SUBJECT = 8
"""Words of a subject that takes something back."""
LEFT_OVER = 2
"""Words after a content that are taken to be its end."""
_GOES_ON = re.compile(r"[“«\"„][^“”«»\"]{2,400}[”»\"]")
_NAME = r"[^\W\d_a-zа-яё][^.;:!?()«»“”\"\n]{2,140}?"


def find_demonstrative(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """ "The embassies of A and B reported this": source, cue, and the demonstrative as content."""
    verbs = words.of("cue", "carries_this").pattern
    this = words.of("pronouns", "this").pattern
    pattern = re.compile(rf"^(?P<source>{_NAME})\s+(?P<cue>{verbs})\s+(?P<content>{this})")
    taken = [span for one in found for span in one.cue]
    out = []
    for sentence in sentences:
        match = pattern.search(sentence.quote(text))
        if match is None:
            continue
        out.extend(_placed(match, sentence.start, taken))
    return out


def _placed(match: re.Match[str], start: int, taken: Sequence[Span]) -> list[Found]:
    """The attribution whose roles *match* names, its text beginning at *start*; none where its cue is taken."""
    source, cue, content = (Span(start + match.start(role), start + match.end(role)) for role in ROLE_NAMES[1:])
    if any(cue.overlaps(span) for span in taken):
        return []
    return [Found((source,), (cue,), (content,), CONFIDENCE)]


def find_self_naming(text: str, found: Sequence[Found], words: Lexicon) -> list[Found]:
    """The attribution inside a quotation whose first words name the speaker: “The embassy states that …”."""
    verbs = words.of("cue", "self_naming").pattern
    pattern = re.compile(rf"^[«“„\"](?P<source>{_NAME})\s+(?P<cue>{verbs})\s+(?P<content>\S.{{12,}})$", re.DOTALL)
    taken = [span for one in found for span in one.cue]
    out = []
    for one in found:
        content = one.content[0]
        match = pattern.match(content.quote(text))
        if match is None or not words.has("kinds", "office", match.group("source")):
            continue
        out.extend(_placed(match, content.start, taken))
    return out


def find_told_by_cited(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """What a cited outlet told in a relative clause: "…, X notes, citing Y, which told the story of a man who …"."""
    citing, told = (words.of("cue", key).pattern for key in ("citing", "told_of"))
    pattern = re.compile(
        rf"(?:{citing})\s+(?P<source>[^,.;:!?()]{{2,60}}?),\s+(?P<cue>{told})\s+(?P<content>\S.{{12,}})$", re.DOTALL
    )
    taken = [span for one in found for span in one.cue]
    out = []
    for sentence in sentences:
        match = pattern.search(sentence.quote(text).rstrip(".!?… "))
        if match is not None:
            out.extend(_placed(match, sentence.start, taken))
    return out


def find_disclosed(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """What the sentences before said, where a sentence goes on to tell from whom it is known: "We have this from two people
    in the port". The content is what stands before it in the paragraph."""
    pattern = re.compile(
        rf"(?:{words.of('cue', 'have_from').pattern})\s+(?P<source>[^.;:!?()\n]{{3,100}})", re.IGNORECASE
    )
    taken = [span for one in found for span in one.cue]
    out = []
    for number, sentence in enumerate(sentences):
        match = pattern.search(sentence.quote(text))
        if match is None:
            continue
        first = number
        while first and "\n" not in text[sentences[first - 1].end : sentence.start]:
            first -= 1
        cue = Span(sentence.start + match.start(), sentence.start + match.start("source"))
        source = Span(sentence.start + match.start("source"), sentence.start + match.end("source"))
        if first < number and not any(cue.overlaps(span) for span in taken):
            content = Span(sentences[first].start, sentences[number - 1].end)
            out.append(Found((source,), (trim(cue, text),), (content,), CONFIDENCE))
    return out


def find_said_in(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """What "they" said in an office, where its language says so: "…, заявили в Министерстве транспорта"."""
    out: list[Found] = []
    for sentence in sentences:
        said = words.of("cue", "said_in").search(text, sentence.start, sentence.end)
        if said is None or not text[sentence.start : said.start()].rstrip().endswith((",", "»", "—", "–")):
            continue
        office = words.of("kinds", "office").search(text, said.end(), sentence.end)
        if office is None or len(text[said.end() : office.start()].split()) > BEFORE_OFFICE:
            continue
        tail = _OFFICE_TAIL.match(text, office.end(), sentence.end)
        source = trim(Span(said.end(), tail.end() if tail else office.end()), text, " .,")
        content = trim(Span(sentence.start, said.start()), text, " ,—–")
        if not names_source(found, source) and content.end > content.start:
            verb = Span(said.start(), said.start() + len(said.group().split()[0]))
            out.append(Found((source,), (verb,), (content,), CONFIDENCE))
    return out


def find_withdrawals(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """Withdrawals of a body or person that opens its sentence, where the network saw another attribution or none: "The ministry took
    back the assurance of its own office"."""
    out: list[Found] = []
    for sentence in sentences:
        verb = words.of("cue", "withdraw").search(text, sentence.start, sentence.end)
        if verb is None:
            continue
        cue = Span(*verb.span())
        if any(span.overlaps(cue) for one in found for span in one.cue):
            continue
        if any(mark in text[sentence.start : verb.start()] for mark in DOUBLE_QUOTES if mark != "«"):
            continue
        if words.has("negation", "cue", text[max(sentence.start, verb.start() - CLOSE) : verb.start()]):
            continue
        subject = trim(Span(sentence.start, verb.start()), text, " ,")
        if len(subject.quote(text).split()) > LONGEST_SUBJECT:
            # the verb may come last: "Gazete, … haberini geri çekti"
            subject = Span(subject.start, subject.start + len(subject.quote(text).partition(", ")[0]))
        name = clean_name(subject.quote(text), words)
        body = any(words.has("kinds", key, name) for key in ("office", "company", "outlet"))
        content = trim(Span(verb.end(), sentence.end), text, " .!,")
        if content.end <= content.start and subject.end < verb.start():
            content = trim(Span(subject.end, verb.start()), text, " ,")
        known = (body or named_person(name, words) is not None) and words.has("own", "said_thing", content.quote(text))
        if known and name[:1].isupper() and len(name.split()) <= LONGEST_SUBJECT and content.end > content.start:
            out.append(Found((subject,), (cue,), (content,), WITHDRAWN))
    return out


def with_split_quotes(found: Sequence[Found], text: str, sentences: Sequence[Span]) -> list[Found]:
    """Quotations that go on after the cue ("…,” she said, “and …”) joined to the content before it."""
    taken = [span for one in found for span in one.content]
    out = list(found)
    for number, one in enumerate(found):
        last = max(one.content)
        if text[last.start] not in DOUBLE_QUOTES or max(one.cue).start < last.start:
            continue
        sentence = sentences[sentence_at(sentences, max(one.cue).start)]
        for match in _GOES_ON.finditer(text, max(one.cue).end, min(len(text), sentence.end + 1)):
            more = Span(*match.span())
            if not any(more.overlaps(span) for span in taken):
                out[number] = Found(one.source, one.cue, (*one.content, more), one.confidence)
                break
    return out


def with_whole_ends(found: Sequence[Found], text: str, sentences: Sequence[Span]) -> list[Found]:
    """Contents that stop a word or two before their sentence's end ("in St. | Petersburg") taken to that end."""
    taken = [span for one in found for part in (one.source, one.cue, one.content) for span in part]
    out = []
    for one in found:
        last = max(one.content)
        sentence = sentences[sentence_at(sentences, max(last.start, last.end - 1))]
        rest = trim(Span(last.end, max(last.end, sentence.end)), text, ' .!?…»”"\t')
        words = text[rest.start : rest.end].split()
        free = not any(rest.overlaps(span) for span in taken)
        if 0 < len(words) <= LEFT_OVER and free and not text[last.end : rest.start].strip(" ."):
            content = tuple(Span(span.start, rest.end) if span == last else span for span in one.content)
            out.append(Found(one.source, one.cue, content, one.confidence))
        else:
            out.append(one)
    return out


def find_passive_acts(text: str, sentences: Sequence[Span], words: Lexicon) -> list[tuple[Span, Span]]:
    """(actor, place of the verb) of acts told in the passive: "the same message was published by X on Monday"."""
    pattern = re.compile(
        rf"(?P<cue>{words.of('cue', 'passive_act').pattern})\s+(?:the\s+)?(?P<source>{_NAME})(?=\s+(?:on|in its|at)\s|[.,;])"
    )
    out = []
    for sentence in sentences:
        match = pattern.search(sentence.quote(text))
        if match:
            out.append(
                (
                    Span(sentence.start + match.start("source"), sentence.start + match.end("source")),
                    Span(sentence.start + match.start("cue"), sentence.start + match.end("cue")),
                )
            )
    return out
