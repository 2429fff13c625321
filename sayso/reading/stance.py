"""Stance toward the positive proposition: the sign of the cue times the polarity of the content.

The rules are small and readable; the words they look for are data (sayso/reading/lexicon). docs/attribution.md has the
accuracy on the stance table and the known failures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.model.statement import Form, Stance
from sayso.reading.lexicon import Lexicon

_QUOTED = re.compile(r"[«“„\"](.*?)[»”“\"]", re.DOTALL)
_CLAUSE_END = re.compile(r"[.!?,;:]\s")
_FORMS = (
    ("forged", Form.FORGED),
    ("no_such_document", Form.NO_SUCH_DOCUMENT),
    ("out_of_context", Form.OUT_OF_CONTEXT),
    ("mistaken", Form.MISTAKEN),
)
PROOF = 48
"""Characters of a content in which "asked what proof there was" is looked for."""
CLOSE = 18
"""Characters before a word in which a negation is its own."""
OWN = 6
"""Words of a content among which "its own report" stands."""
OPENING = 14
"""Words of a content in which a negation counts as that of its main clause."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A stance (None: no statement), its form, and whether words that deny or doubt settle it (not a mere negation)."""

    stance: Stance | None
    form: Form | None = None
    firm: bool = True


def judge(source: str, cue: str, content: str, words: Lexicon, *, outlet: bool = False) -> Judged:
    """Stance of *source* toward the proposition that *content* states, in its positive form.

    Args:
        source, cue, content: the words of the attribution; cue parts and content parts joined by a space.
        words: the lexicon of the text's language.
        outlet: whether the source is the document's own outlet (its "could not verify" is no statement).
    """
    said = f"{cue} {content}"
    if cue and not source:
        return Judged(None)
    if words.has("cue", "undisputed", f"{source} {said}") or words.has("kinds", "nobody", source):
        return Judged(None)
    if words.of("kinds", "hearsay").fullmatch(source):
        return Judged(None)
    if words.has("cue", "no_comment", cue) or (words.has("cue", "no_comment", said) and not _quoted(content)):
        return Judged(None, Form.NO_COMMENT)
    if words.has("cue", "open", cue) or (words.of("cue", "topic").fullmatch(cue) and not _quoted(content)):
        return Judged(None)
    if words.has("cue", "deny", cue):
        return _judge_denial(source, cue, content, words)
    if _withdraws(said, words):
        return Judged(Stance.WITHDRAWS)
    if words.has("cue", "cannot_confirm", cue) or words.has("content", "cannot_confirm", content):
        newsroom = outlet or words.has("kinds", "outlet", source)
        return Judged(None if newsroom else Stance.QUESTIONS, Form.CANNOT_CONFIRM)
    if words.has("cue", "withdraw", cue):
        return Judged(Stance.WITHDRAWS)
    doubted = words.of("negation", "not_really").sub(" ", said[: len(cue) + PROOF])
    if words.has("cue", "question", cue) or words.has("cue", "question", doubted):
        return Judged(Stance.ASSERTS if words.has("negation", "not_really", cue) else Stance.QUESTIONS)
    untrue = words.of("content", "untrue").search(said)
    if untrue and untrue.start() < len(cue) and not words.has("negation", "cue", cue[: untrue.start()]):
        return Judged(Stance.DENIES, _denying_form(content, words) or Form.FLAT)
    named = words.has("cue", "name", cue)
    form = _denying_form(content, words) or (_named_form(content, words) if named else None)
    if form is Form.NO_SUCH_DOCUMENT and words.has("content", "question", content):
        form = None
    if form is not None and (named or form is not Form.MISTAKEN or _short(content)):
        return Judged(Stance.DENIES, form, firm=True)
    quoted = _quoted(content)
    if words.has("cue", "appeal", cue) and not words.has("cue", "report", cue) and not quoted:
        return Judged(None)
    if (words.has("cue", "wish", cue) and not quoted) or words.has("content", "conditional", content):
        return Judged(None)
    return _judge_content(content, words)


def _judge_denial(source: str, cue: str, content: str, words: Lexicon) -> Judged:
    """The cue denies; a negation before it, or a denial inside what it denies, takes that back."""
    match = words.of("cue", "deny").search(cue)
    before = cue[: match.start()] if match else cue
    nobody = source.casefold().startswith(("neither ", "none of ", "ни один", "никто"))
    if nobody or words.has("negation", "cue", before):
        return Judged(None, Form.DID_NOT_DENY)
    if _of_oneself(content, words):
        return Judged(Stance.WITHDRAWS)
    if words.has("content", "denial", content) and not _quoted(content):
        return Judged(None)
    for key, form in _FORMS:
        if form is not Form.MISTAKEN and words.has("content", key, content):
            return Judged(Stance.DENIES, form)
    return Judged(Stance.DENIES, Form.FLAT)


def _judge_content(content: str, words: Lexicon) -> Judged:
    """A plain verb of saying: the content decides."""
    if words.has("content", "question", content):
        return Judged(Stance.QUESTIONS, firm=False)
    if words.has("content", "nonexistent", content):
        return Judged(Stance.DENIES, Form.FLAT)
    if negated(content, words) and not words.of("content", "untrue").match(content.lstrip('«“"')):
        return Judged(Stance.DENIES, Form.FLAT, firm=False)
    return Judged(Stance.ASSERTS, firm=False)


def _of_oneself(content: str, words: Lexicon) -> bool:
    """Whether what is denied is what the source said itself ("denied its own report")."""
    opening = " ".join(content.split()[:OWN])
    own = words.of("own", "itself").search(opening)
    return own is not None and words.has("own", "said_thing", opening[own.end() :])


def _withdraws(said: str, words: Lexicon) -> bool:
    """Whether what is said takes something back ("nobody recalls you" does not), or recalls what one said and calls it wrong."""
    match = words.of("content", "withdraw").search(said)
    if match is not None and not _negated_before(said, match.start(), words):
        return True
    recalled = words.of("own", "recalled").search(said)
    return recalled is not None and words.of("own", "taken_back").search(said, recalled.end()) is not None


def _negated_before(content: str, at: int, words: Lexicon) -> bool:
    """Whether a negation stands close before a place of *content*, in the same clause."""
    return words.has("negation", "words", _CLAUSE_END.split(content[max(0, at - CLOSE) : at])[-1])


def _named_form(content: str, words: Lexicon) -> Form | None:
    """The form of "called X a mistake": the noun need not follow a verb of being."""
    return Form.MISTAKEN if words.has("content", "mistaken", content) else None


def _denying_form(content: str, words: Lexicon) -> Form | None:
    """The form of a denial that the content itself makes ("X is a forgery"), if it does and is not negated."""
    for key, form in (*_FORMS[:3], ("untrue", Form.FLAT), _FORMS[3]):
        match = words.of("content", key).search(content)
        if match:
            if key in ("untrue", "forged", "mistaken") and _negated_before(content, match.start(), words):
                return None
            verb = words.has("content", "mistaken_verb", match.group())
            if form is Form.MISTAKEN and not verb and not _is_predicate(content, match.start(), words):
                return None
            if key == "untrue" and match.start() < 12 and negated(content[match.end() :], words):
                return None
            return form
    return None


def _is_predicate(content: str, at: int, words: Lexicon) -> bool:
    """Whether a mistake is what the content speaks of ("it was a mistake"), not a detail ("misprint and all")."""
    if not words.plain("content", "mistaken_is"):
        return True
    before = content[max(0, at - 40) : at].rstrip(' «“"')
    return not before.strip() or words.ending("content", "mistaken_is", before) is not None


def negated(content: str, words: Lexicon) -> bool:
    """Whether the main clause of *content* is negative; two negations in it cancel only in languages that say so."""
    opening = words.of("negation", "not_really").sub(" ", " ".join(content.split()[:OPENING]))
    return words.has("negation", "words", opening)


def _short(content: str) -> bool:
    return len(content.split()) <= 16


def _quoted(content: str) -> bool:
    """Whether most of *content* stands in quotation marks."""
    inside = sum(len(match.group(1)) for match in _QUOTED.finditer(content))
    return inside * 2 > len(content)
