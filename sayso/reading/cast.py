"""The actors of one document: who a source's words mean, resolved to the fullest name that the document uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sayso.model.document import Document
from sayso.model.span import Span
from sayso.model.statement import Kind, Mention
from sayso.reading.countries import last_country
from sayso.reading.introductions import iter_aged, iter_introductions
from sayso.reading.lexicon import Lexicon
from sayso.reading.names import (
    body_of,
    clean_name,
    full_person,
    iter_people,
    kind_of,
    named_person,
    person_in,
    same_name,
    stems,
)
from sayso.reading.outlets import KnownOutlets, fold_case
from sayso.reading.speakers import Candidate, Stage
from sayso.reading.titles import bearer_of

CLAUSE = 160
"""Characters before an "it" in which the office that it means may open the sentence."""
SHORT_NAME = 4
"""Letters up to which a name before a word in small letters is as likely a word of its own ("The Post office")."""
AROUND = 40
"""Characters beside a word in capitals which show whether all is written so."""
REACH = 60
"""Mentions, and actors found to speak, among which one that a pronoun means is looked for."""
CITED = 40
"""Characters before a source in which the word stands by which somebody cites it."""
_PROPER = r"(?-i:[A-ZА-ЯЁІЇЄҒҚӨҮҰҺӘҢÇĞİÖŞÜÁÉÍÓÚÑ])\w*"
_SPEECHLESS = (Kind.DOCUMENT, Kind.OFFICE, Kind.OUTLET)
"""Kinds for which no "he" or "she" stands."""
_PEOPLE = (Kind.PERSON, Kind.ANONYMOUS)
_BODIES = {Kind.OFFICE, Kind.OUTLET, Kind.ORGANISATION}
_DEFINITE_KINDS = (
    ("outlet", (Kind.OUTLET,)),
    ("office", (Kind.OFFICE,)),
    ("company", (Kind.ORGANISATION, Kind.OFFICE)),
    ("document", (Kind.DOCUMENT,)),
    ("man", (Kind.PERSON, Kind.ANONYMOUS)),
)


@dataclass(slots=True)
class Cast:
    """Actors in the order in which the document's attributions name them.

    Args:
        document: the document.
        words: the lexicon of its language.
        outlets: the outlets that the desk knows.
        credited: whom a credit line names as publisher, for documents that came without an outlet.
        sentences: the document's sentences.
    """

    document: Document
    words: Lexicon
    outlets: KnownOutlets = field(default_factory=KnownOutlets)
    credited: str | None = None
    sentences: Sequence[Span] = ()
    _seen: list[Mention] = field(default_factory=list)
    _people: list[tuple[int, str]] = field(default_factory=list)
    _aged: frozenset[str] = frozenset()
    _stage: Stage = field(init=False)

    def __post_init__(self) -> None:
        text = self.document.text
        named = [one for one in iter_people(text, self.words) if not self.known_outlet(one[1])]
        aged = list(iter_aged(text, self.words))
        self._aged = frozenset(name for _, name in aged)
        self._people = sorted([*named, *aged, *iter_introductions(text, self.sentences, self.words)])
        self._stage = Stage(text, self.sentences, self._people, self.words)

    def outlet(self) -> Mention:
        """The document's own outlet; an office where its name says so and it is no newsroom."""
        name = self._own_name()
        office = self.document.channel != "news" and self.words.has("kinds", "office", name)
        return Mention(name, Kind.OFFICE if office else Kind.OUTLET)

    def _own_name(self) -> str:
        return self.document.outlet or self.credited or self.document.author or "the document itself"

    def is_outlet(self, name: str) -> bool:
        """Whether *name* is the document's own outlet, or says "we"."""
        first_person = self.words.of("pronouns", "we").match(name)
        if first_person and len(name.split()) <= 4:
            return True
        own = self.document.outlet or self.credited
        if (
            own
            and self.document.channel != "news"
            and name[:1].islower()
            and set(stems(name.split()[0])) <= set(stems(own))
        ):
            return True
        return (
            bool(own)
            and (same_name(name, own or "") or _same_quoted(name, own or ""))
            and abs(len(stems(name)) - len(stems(own or ""))) <= 2
        )

    def resolve(self, name: str, span: Span) -> Mention:
        """The actor that *name* means at *span*; it is remembered for what follows."""
        mention = self._resolve(name, span)
        self.remember(mention)
        return mention

    def remember(self, mention: Mention) -> None:
        """Makes an actor available to later pronouns and descriptions."""
        self._seen.append(mention)

    def _resolve(self, name: str, span: Span) -> Mention:
        ours = self.words.of("pronouns", "we").fullmatch(span.quote(self.document.text))
        if ours or self.is_outlet(name):
            return Mention(self.outlet().name, self.outlet().kind, span)
        known = self.known_outlet(name)
        if known:
            return Mention(known, Kind.OUTLET, span)
        pronoun = self._pronoun(name, span)
        if pronoun:
            return replace(pronoun, span=span)
        kind = kind_of(name, self.words)
        if kind in _PEOPLE:
            bearer = bearer_of(name, span, self.document.text, self._people, self.words)
            if bearer:
                return replace(self._known(bearer), span=span)
        if kind is Kind.OFFICE and self.words.has("kinds", "unnamed", span.quote(self.document.text)):
            kind = Kind.ANONYMOUS
        if kind is Kind.PERSON:
            return self._person(name, span)
        earlier = self._definite(name, kind, span)
        if earlier:
            return replace(earlier, span=span)
        surname = self._surname(name)
        if surname:
            return Mention(surname, Kind.PERSON, span)
        head, comma, rest = name.partition(", ")
        described = kind is Kind.ANONYMOUS or (kind in _BODIES and (rest[:1].islower() or rest[:1] in "«“"))
        if comma and described and len(head) > 2:
            name = head
        inner = re.search(r"«([^»]+)»|“([^”]+)”", name) if kind is Kind.OUTLET else None
        if inner:
            return Mention(inner.group(1) or inner.group(2), kind, span)
        return Mention(self._with_country(name, span), kind, span)

    def known_outlet(self, name: str) -> str | None:
        """The desk's name for an outlet, if *name* is one of its names ("the website X" and "«X»" count)."""
        name = name.strip("«»“”\"' ")
        bare = fold_case(name)
        known = self.outlets.get(bare)
        if known:
            return known
        for one in self.outlets.iter_in(bare, least=4):
            # "Brine Post correspondents"
            follows = name[one.end :].startswith(" ") and name[one.end + 1 :][:1].islower()
            follows = follows and one.end - one.start > SHORT_NAME
            rest = f"{bare[: one.start]} {bare[one.end :]}"
            if not rest.strip() or (one.start == 0 and follows) or self.words.has("kinds", "outlet", rest):
                return one.outlet
        return None

    def _person(self, name: str, span: Span) -> Mention:
        person = named_person(name, self.words) or name
        parts = person.split()
        if len(parts) > 2 and self.words.of("kinds", "speaker").fullmatch(parts[0]):
            parts = parts[-2:]
            person = " ".join(parts)
        if len(parts) > 2 and self._stands_apart(parts[0], parts[1]):
            person = " ".join(parts[1:])
            parts = parts[1:]
        full = person if len(parts) > 1 else full_person(person, self.document.text)
        for earlier in reversed(self._seen):
            if earlier.kind is Kind.PERSON and same_name(earlier.name, full):
                longer = earlier.name if len(earlier.name) >= len(full) else full
                return Mention(longer, Kind.PERSON, span, earlier.body or body_of(name, person, self.words))
        return Mention(full, Kind.PERSON, span, body_of(name, person, self.words))

    def _stands_apart(self, word: str, after: str) -> bool:
        """Whether *word* is used without *after* elsewhere: then it is the end of a title, not a first name."""
        apart = re.compile(rf"(?<!\w){re.escape(word[:-1])}\w{{0,2}}(?!\w)(?!\s+{re.escape(after)})")
        return apart.search(self.document.text) is not None

    def _surname(self, name: str) -> str | None:
        if len(name.split()) > 1 or not name[:1].isupper() or len(name) < 3:
            return None
        full = full_person(name, self.document.text)
        return full if full != name else None

    def _pronoun(self, name: str, span: Span) -> Mention | None:
        first, _, _ = name.partition(" ")
        if self.is_acronym(first, span):
            return None
        bare = name.casefold()
        if self.words.of("pronouns", "relative").fullmatch(first):
            return self._named_before(span)
        for key, kinds in (
            ("he", (Kind.PERSON, Kind.ANONYMOUS)),
            ("she", (Kind.PERSON, Kind.ANONYMOUS)),
            ("they", (Kind.OFFICE, Kind.ORGANISATION, Kind.OUTLET, Kind.PUBLIC)),
        ):
            if self.words.of("pronouns", key).fullmatch(bare):
                others = [one for one in self._seen if not self._is_own(one)]
                if key != "they":
                    both = self.words.of("pronouns", "she").fullmatch(bare) and key == "he"
                    return self.person_before(span, "" if both else key)
                if self._stage.is_quoted(span.start):
                    return None
                fitting = [one for one in others if one.kind in kinds] or others
                named = self._body_before(span)
                if named and not (fitting and same_name(fitting[-1].name, named)):
                    return Mention(named, kind_of(named, self.words))
                return fitting[-1] if fitting else None
        return None

    def _body_before(self, span: Span) -> str | None:
        """The office that opens the clause before an "it" ("The embassy of X denied it: it called … a lie"), else the paper in it ("A
        circular went out, and it reads: …")."""
        clause = self.document.text[max(0, span.start - CLAUSE) : span.start]
        clause = re.split(r"[.!?]\s|\n", clause)[-1]
        match = self.words.of("kinds", "office").search(clause)
        if match is None or clause[: match.start()].strip():
            paper = self.words.of("kinds", "document").search(clause)
            return paper.group() if paper else None
        tail = re.match(rf"(?:\s+(?:of|in|de|в|по|del|des)?\s*{_PROPER})*", clause[match.end() :])
        return clean_name(clause[: match.end() + (tail.end() if tail else 0)], self.words)

    def person_before(self, span: Span, pronoun: str = "") -> Mention | None:
        """Whom a "he" or "she" at *span* means, or a verb that needs no subject; the last actor where no person was named."""
        likeliest = self._stage.likeliest(self._on_stage(span.start), span.start, pronoun)
        if likeliest:
            return self._known(likeliest.name)
        able = [one for one in self._seen if not self._is_own(one) and one.kind not in _SPEECHLESS]
        return able[-1] if able else None

    def _on_stage(self, place: int) -> list[Candidate]:
        """The candidates for a pronoun at *place* but for whom only quotations name, and the unnamed whom somebody else cites ("quoting an
        unnamed friend"), if others are left: the text goes on about those whom it brings on, and who speak to it."""
        all_ = self.candidates(place)
        told = [one for one in all_ if self._stage.is_quoted(place) or not self._stage.is_quoted(one.start)] or all_
        return [one for one in told if not (one.cited and one.kind is Kind.ANONYMOUS)] or told

    def candidates(self, place: int) -> list[Candidate]:
        """The last mentions of persons before a place in the text, in order: named, introduced, or found to speak."""
        out = {one.start: one for one in self._stage.named_before(place, REACH)}
        for one in self._seen[-REACH:]:
            if one.span is None or one.span.start >= place or self._is_own(one) or one.kind in _SPEECHLESS:
                continue
            within = (at for at in out if one.span.start <= at < one.span.end and same_name(out[at].name, one.name))
            at = next(within, one.span.start)
            out[at] = Candidate(at, one.span.end, one.name, one.kind, spoke=True, cited=self._is_cited(one))
        return [out[at] for at in sorted(out)]

    def _first_hand(self, mentions: list[Mention]) -> list[Mention]:
        """*mentions* without the unnamed whom somebody else cites ("quoting an unnamed friend"), if others are left: the text goes on
        about those who speak to it."""
        others = [one for one in mentions if one.kind is not Kind.ANONYMOUS or not self._is_cited(one)]
        return others or mentions

    def _is_cited(self, mention: Mention) -> bool:
        if mention.span is None:
            return False
        before = self.document.text[max(0, mention.span.start - CITED) : mention.span.start].rstrip()
        head, _, last = before.rpartition(" ")
        if last.casefold() in self.words.plain("coordination", "articles"):
            before = head
        return self.words.ending("cue", "referring", before) is not None

    def named_before(self, offset: int) -> Mention | None:
        """The person whom the text names or introduces last before a place in it."""
        name = next((name for at, name in reversed(self._people) if at < offset), None)
        return self._known(name) if name else None

    def _known(self, name: str) -> Mention:
        """The actor of that name, as the document named it before."""
        known = next((one for one in self._seen if same_name(one.name, name)), None)
        return known or Mention(name, Kind.PERSON if name in self._aged else kind_of(name, self.words))

    def last_outlet(self, before: int) -> str | None:
        """The outlet, other than the document's own, that was named last before a place in the text."""
        named = [
            one.name
            for one in self._seen
            if one.kind is Kind.OUTLET and not self._is_own(one) and (one.span is None or one.span.start < before)
        ]
        known = self.outlet_in(self.document.text[:before])
        if known and not self.is_outlet(known):
            return known
        return named[-1] if named else None

    def _named_before(self, span: Span) -> Mention | None:
        """What a relative pronoun points back to: an outlet or person named just before it, else the last actor."""
        before = self.document.text[max(0, span.start - 80) : span.start].rstrip(" ,")
        known = self.outlet_in(before, tail=True)
        if known:
            return Mention(known, Kind.OUTLET)
        person = person_in(before.split(",")[-1])
        if person:
            return Mention(person, Kind.PERSON)
        introduced = next((name for at, name in reversed(self._people) if at < span.start), None)
        if introduced and before.endswith(introduced):
            return Mention(introduced, kind_of(introduced, self.words))
        return self._seen[-1] if self._seen else None

    def outlet_in(self, text: str, *, tail: bool = False) -> str | None:
        """The known outlet that *text* names last; with *tail*, only where it ends in that name."""
        end = len(text.rstrip("«»“”\"' "))
        named = [one.outlet for one in self.outlets.iter_in(text, least=3) if not tail or one.end >= end]
        return named[-1] if named else None

    def _is_own(self, mention: Mention) -> bool:
        return mention.name == self._own_name()

    def _definite(self, name: str, kind: Kind, span: Span) -> Mention | None:
        """ "the embassy", "the newspaper", "ведомство": the last actor with that head word, else of that kind."""
        if self.is_acronym(name, span):
            return self._abbreviated(name)
        if len(name.split()) > 3 or re.search(r"[^\W\d_].*\s[A-ZА-ЯЁ]", name) or (name[:1].isupper() and " " in name):
            return None
        if name.casefold() in ("press", "media", "сми"):
            return None
        heads = set(stems(name))
        for earlier in reversed(self._seen):
            same = earlier.kind is kind or {earlier.kind, kind} <= _BODIES
            if not self._is_own(earlier) and heads & set(stems(earlier.name)) and same:
                return earlier
        if name[:1].isupper() and not self._opens_definite(name, span):
            return None
        for key, kinds in _DEFINITE_KINDS:
            if self.words.of("kinds", key).fullmatch(name.casefold()):
                fitting = [one for one in self._seen if one.kind in kinds and not self._is_own(one)]
                if key == "man":
                    return self.person_before(span)
                if fitting:
                    return self._first_hand(fitting)[-1]
        if kind is Kind.ANONYMOUS and self._describes(name, span):
            brought = [one for at, one in self._people if at < span.start and heads & set(stems(one))]
            return self._known(brought[-1]) if brought else self.person_before(span)
        return None

    def is_acronym(self, word: str, span: Span) -> bool:
        """Whether a word is written in capitals where the text around is not: "WHO" and "IT" are bodies then, no pronouns."""
        text = self.document.text
        around = text[max(0, span.start - AROUND) : span.start] + text[span.end : span.end + AROUND]
        return word.isupper() and len(word) > 1 and any(letter.islower() for letter in around)

    def _abbreviated(self, name: str) -> Mention | None:
        """The body named before whose words begin with the letters of *name*: "МВД" for "Министерство внутренних дел Тарвии"."""
        letters = name.casefold()
        for earlier in reversed(self._seen):
            initials = "".join(word[0] for word in re.findall(r"\w{3,}", earlier.name.casefold()))
            if earlier.kind in _BODIES and not earlier.name.isupper() and initials.startswith(letters):
                return earlier
        return None

    def _describes(self, name: str, span: Span) -> bool:
        """Whether a lone noun behind a definite article tells what somebody is whom the text has named ("the shot-firer said")."""
        article, _, noun = span.quote(self.document.text).partition(" ")
        lone = noun == name and " " not in name and name.islower() and not self.words.has("kinds", "public", name)
        person = any(self.words.of("kinds", key).fullmatch(name) for key in ("bearer", "person_noun", "speaker"))
        return lone and person and article.casefold() in self.words.plain("coordination", "definite")

    def _opens_definite(self, name: str, span: Span) -> bool:
        """Whether a capital is only that of the sentence which a description of an office opens ("The ministry said"); an acronym
        or, where the language has an article, a name without one ("Parliament said") is a body of its own."""
        man = self.words.of("kinds", "man").fullmatch(name.casefold())
        if not man and not self.words.has("kinds", "office", name):
            return False
        definite = self.words.plain("coordination", "definite")
        return not definite or span.quote(self.document.text).partition(" ")[0].casefold() in definite

    def _with_country(self, name: str, span: Span) -> str:
        """ "the ministry of the republic": the last country that the text names before stands for the word."""
        match = self.words.of("kinds", "republic").search(name)
        if not match:
            return name
        country = last_country(self.document.text[: span.start], self.words.language)
        if not country:
            return name
        lead = "of " if match.group().startswith("of ") else ""
        return f"{name[: match.start()]}{lead}{country}{name[match.end() :]}"


def _same_quoted(name: str, own: str) -> bool:
    """Whether a name in quotation marks is *own* in another case ("стало известно «Ярогорскому листку»")."""
    one, other = (stems(part.strip('«»“”„" '), 4) for part in (name, own))
    return name[:1] in "«“„" and one == other
