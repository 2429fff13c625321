"""Names as strings: kinds of actors, person names inside titles, coordinated offices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso.model.span import Span, holding
from sayso.model.statement import Kind
from sayso.reading.lexicon import Lexicon

EDGES = " \t\r\n,;:—–-.«»“”„\"'‘’()"
PLACING = frozenset((
    "of", "in", "at", "from", "near", "the", "this", "outside", "в", "из", "на", "под", "у",
    "de", "del", "du", "des", "di", "da", "aus", "im", "am",
))  # fmt: skip
"""Words before a capitalised run that make it a place or a title's part rather than a person."""
LONGEST_PLACING = 20
"""Characters before a name in which such a word stands."""
_LOWER = "".join(re.escape(letter) for letter in map(chr, range(0x61, 0x530)) if letter.islower())
_CAPITAL = rf"[^\W\d_{_LOWER}][\w’'.-]*"
_PERSON = re.compile(rf"{_CAPITAL}(?:\s+(?:de|van|von|bin|al|el|da|di|der)\b)?(?:\s+{_CAPITAL}){{1,3}}$")
HEAD = 3
"""Words at the start of a description among which its noun for a person stands."""
_WORDS = re.compile(r"\w+")


@lru_cache(maxsize=20_000)
def stems(name: str, length: int = 5) -> tuple[str, ...]:
    """Lower-cased word beginnings, for comparing names across inflections."""
    return tuple(word[:length] for word in _WORDS.findall(name.casefold().replace("ё", "е")))


def same_name(one: str, other: str) -> bool:
    """Whether two names agree in every word of the shorter one, inflections aside, and in its first letters' order."""
    return same_stems(stems(one), stems(other))


def same_stems(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """same_name, for names whose stems are at hand."""
    if not a or not b:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return set(short) <= set(long)


def clean_name(text: str, words: Lexicon) -> str:
    """A source's words without edge punctuation and leading articles, white space folded."""
    name = " ".join(text.split()).strip(EDGES)
    articles = words.plain("coordination", "articles")
    first, _, rest = name.partition(" ")
    while rest and first.casefold() in articles:
        name = rest
        first, _, rest = name.partition(" ")
    if rest and words.of("pronouns", "we").fullmatch(first) and words.of("kinds", "anonymous").match(rest):
        name = rest
    name = _without_clause(name, words)
    head, _, last = name.rpartition(" ")
    spilled = any(words.of(*key).fullmatch(last) for key in (("cue", "dropped"), ("pronouns", "opener")))
    if head and last.islower() and spilled:
        name = head
    first, _, rest = name.partition(" ")
    relative = words.of("pronouns", "relative").search(name, max(0, name.rfind(",")))
    if relative and relative.end() == len(name) and relative.start() > 2:
        name = name[: relative.start()].strip(EDGES)
    for key in ("he", "she"):
        if rest and words.of("pronouns", key).fullmatch(first) and not person_in(name):
            return first
    if name.count("«") != name.count("»") and (text.count("«") == text.count("»")):
        name = " ".join(text.split()).strip(" ,;:—–-.")
    return name


def _without_clause(name: str, words: Lexicon) -> str:
    """*name* up to a comma after which a relative clause describes it ("a friend, who has known him for years")."""
    pronoun = "|".join(words.of("pronouns", key).pattern for key in ("relative", "who"))
    who = words.of("pronouns", "who").pattern
    clause = re.search(rf",\s+(?:\w+\s+)?(?:{pronoun})|\s(?:{who})(?:['’]\w+)?\s", name, re.IGNORECASE)
    return name[: clause.start()].strip() if clause and clause.start() > 2 else name


def kind_of(name: str, words: Lexicon) -> Kind:
    """What an actor is, by its words alone."""
    if words.has("kinds", "anonymous", name) and not person_in(name):
        return Kind.ANONYMOUS
    if named_person(name, words):
        return Kind.PERSON
    head = " ".join(name.split()[:HEAD])
    if name[:1].islower() and words.has("kinds", "person_noun", head):
        return Kind.ANONYMOUS
    if words.of("kinds", "document").match(name):
        return Kind.DOCUMENT
    if words.has("kinds", "document", name) and not words.has("kinds", "office", name.split(" of ")[0]):
        return Kind.DOCUMENT
    if words.has("kinds", "office", name):
        return Kind.OFFICE
    if words.has("kinds", "outlet", name):
        return Kind.OUTLET
    if words.has("kinds", "public", name):
        return Kind.PUBLIC
    if words.has("kinds", "company", name):
        return Kind.ORGANISATION
    if words.has("kinds", "speaker", name):
        return Kind.PERSON if name[:1].isupper() or " " not in name else Kind.ANONYMOUS
    return Kind.ORGANISATION if name[:1].isupper() else Kind.ANONYMOUS


def person_in(name: str) -> str | None:
    """A personal name that stands whole at the end of *name* or before its first comma: two to four capitalised words."""
    for part in (name.split(",")[0], name):
        match = _PERSON.search(part.strip())
        if match:
            found = match.group()
            before = part.strip()[: match.start()].strip()
            last = before.split()[-1] if before else ""
            if not before or (last[:1].islower() and last not in PLACING) or before.endswith(","):
                return found
    return None


def named_person(name: str, words: Lexicon) -> str | None:
    """The personal name in a source's words, if there is one: at its end, before a comma, or before a place; the words
    of a body that run into it are cut off ("МВД Велмарии Павел Дрожин")."""
    person = person_in(name) or _placed_person(name, words) or _titled_person(name, words)
    if person and _is_body(person, words):
        last = person.split()[-2:]
        person = " ".join(last) if len(person.split()) == LONGEST_NAME else None
    return None if person is None or _is_body(person, words) else person


def _titled_person(name: str, words: Lexicon) -> str | None:
    """The last two of three or more capitalised words behind a speaker's title: "speaker of the Ministry of X Anna Holt"."""
    match = _PERSON.search(name)
    if match is None or len(match.group().split()) <= PAIR or not words.has("kinds", "speaker", name[: match.start()]):
        return None
    return " ".join(match.group().split()[-PAIR:])


def _is_body(name: str, words: Lexicon) -> bool:
    return any(words.has("kinds", key, name) for key in ("office", "company", "outlet", "document"))


def _placed_person(name: str, words: Lexicon) -> str | None:
    """The personal name before a place ("Mira Dolan of Cutler Rise"), where no word in it is one for a body."""
    match = re.match(rf"({_CAPITAL} {_CAPITAL}) (?:of|from|из|с|aus|von|de) (?={_CAPITAL})", name)
    if match is None or any(
        words.has("kinds", key, match.group(1)) for key in ("office", "company", "outlet", "document")
    ):
        return None
    return match.group(1)


_RUN = re.compile(r"(?<!\w)[^\W\d_](?:\.|[\w’'-]*)(?:[^\S\n]+[^\W\d_](?:\.|[\w’'-]*))+")
_LONGEST_QUOTED = 4000
"""Characters of a quotation, so that a mark that nothing closes costs no more."""
_ANY_QUOTED = "|".join(
    rf"{opening}[^{closing}\n]{{0,{_LONGEST_QUOTED}}}[{closing}]"
    for opening, closing in (("“", "”"), ("„", "“”"), ('"', '"'))
)
_QUOTED = re.compile(rf"{_ANY_QUOTED}|«[^»\n]{{0,{_LONGEST_QUOTED}}}»")
_QUOTED_INWARD = re.compile(rf"{_ANY_QUOTED}|»[^«\n]{{0,{_LONGEST_QUOTED}}}«")
_TITLES = ("speaker", "man", "person_noun", "office")
LONGEST_NAME = 4
SHORTEST_SURNAME = 4
"""Letters of a surname that is looked for by itself."""
LONGEST_TITLE = 5
"""Characters of an initial or a title before a surname, its full stop included ("Prof.")."""
PAIR = 2
"""Words of a personal name where what stands before it belongs to its title."""
_FEMALE = re.compile(r"(?:ова|ева|ёва|ина|ына|ская|цкая|ая)$", re.IGNORECASE)


def iter_people(text: str, words: Lexicon) -> Iterator[tuple[int, str]]:
    """Personal names in running text, with their places: two or three capitalised words that are no office.

    What stands in quotation marks is left out: people there are spoken of, they do not speak.
    """
    quoted = quotations(text)
    opener = words.of("pronouns", "opener")
    for start, run in _iter_capitalised(text):
        if holding(quoted, start):
            continue
        name = run
        first, _, rest = name.partition(" ")
        while rest and (opener.fullmatch(first) or any(words.has("kinds", key, first) for key in _TITLES)):
            # what stands between an office's word and the last two names is the office's ("МВД Велмарии Павел Дрожин")
            inner = words.has("kinds", "office", first) and len(rest.split()) == LONGEST_NAME - 1
            skipped = len(first) + 1 + (len(rest.split()[0]) + 1 if inner else 0)
            start, name = start + skipped, name[skipped:]
            first, _, rest = name.partition(" ")
        before = text[max(0, start - LONGEST_PLACING) : start].rsplit(None, 1)[-1:] or [""]
        place = before[0].casefold() in PLACING
        if rest and len(name.split()) in (2, 3) and not place and not _is_body(name, words):
            yield start, name


def iter_surnames(text: str, people: Sequence[tuple[int, str]], words: Lexicon) -> Iterator[tuple[int, str]]:
    """(place, whole name) where the last word of one of *people*'s names stands by itself, inflected or not.

    Args:
        people: (place, name) in the order of the text.
    """
    surnames: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for name in sorted({name for _, name in people if " " in name and kind_of(name, words) is Kind.PERSON}):
        surname = name.rpartition(" ")[2]
        if len(surname) >= SHORTEST_SURNAME:
            pattern = re.compile(rf"{re.escape(surname[:-1])}\w{{0,2}}(?!\w)")
            surnames.setdefault(surname[: SHORTEST_SURNAME - 1], []).append((pattern, name))
    following, covered = 0, 0
    for word in _WORDS.finditer(text) if surnames else ():
        at = word.start()
        while following < len(people) and people[following][0] <= at:
            covered = max(covered, people[following][0] + len(people[following][1]))
            following += 1
        if at >= covered:
            for pattern, name in surnames.get(text[at : at + SHORTEST_SURNAME - 1], ()):
                if pattern.match(text, at):
                    yield at, name


def quotations(text: str) -> list[Span]:
    """Where a line's quotation marks open and close; guillemets that point inward (»so«) where the text's first does."""
    first = re.search("[«»]", text)
    pattern = _QUOTED_INWARD if first and first.group() == "»" else _QUOTED
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _iter_capitalised(text: str) -> Iterator[tuple[int, str]]:
    """Runs of two to four words that each begin with a capital letter of any script, single spaces between."""
    for match in _RUN.finditer(text):
        kept: list[re.Match[str]] = []
        for word in [*re.finditer(r"\S+", match.group()), None]:
            if word is not None and word.group()[0].isupper() and len(kept) < LONGEST_NAME:
                kept.append(word)
                continue
            if len(kept) > 1:
                yield match.start() + kept[0].start(), " ".join(one.group() for one in kept)
            kept = [word] if word is not None and word.group()[0].isupper() else []


def gender_of(name: str) -> str | None:
    """ "he" or "she" where a name's ending tells, in the ways of Russian surnames and of first names in -a; else None."""
    words = name.split()
    first, last = words[0], words[-1]
    if len(words) > 1 and _FEMALE.search(last):
        return "she"
    if re.search(r"[аяa]$", first, re.IGNORECASE):
        return "she"
    return None


def full_person(surname: str, text: str) -> str:
    """The fullest name that *text* gives somebody of that surname; the surname itself where there is none."""
    pattern = re.compile(rf"({_CAPITAL}(?:\s+{_CAPITAL})?)\s+{re.escape(surname)}(?!\w)")
    best = surname
    for match in pattern.finditer(text):
        before = text[: match.start()].rstrip()
        sentence_start = not before or before[-1] in ".!?\n"
        given = match.group(1).split()
        if given[-1].endswith(".") and len(given[-1]) > LONGEST_TITLE:
            continue  # a sentence ends there
        if sentence_start and len(given) > 1:
            given = given[-1:]
        candidate = " ".join([*given[-1:], surname])
        if len(candidate) > len(best):
            best = candidate
    return best


def body_of(source: str, person: str, words: Lexicon) -> str | None:
    """The body for which a named person speaks, where the source's own words tell: "ministry spokesman A B"."""
    rest = source.replace(person, " ").strip(EDGES)
    match = words.of("kinds", "speaker").search(rest)
    if not match:
        return None
    before = clean_name(rest[: match.start()], words)
    after = re.sub(r"^(?:of|at|for|from|the|\s|,)+", "", rest[match.end() :]).strip(EDGES)
    for part in (after, before):
        if part and (part[:1].isupper() or words.has("kinds", "office", part) or words.has("kinds", "company", part)):
            return part
    return None
