"""Which candidates are about the question, and on which side each stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from sayso.asking.folding import folded_stems, likeness, stems_of_text
from sayso.asking.kinship import kinship
from sayso.asking.passages import passage_of
from sayso.asking.relevance import Evidence, about_odds, first_odds, log_odds, relevance
from sayso.asking.retrieve import Candidate, retrieve, share, takes_back
from sayso.asking.veto import Names, vetoed
from sayso.desk.base import View
from sayso.model.dossier import Kept, Near
from sayso.model.statement import Form, Kind, Stance
from sayso.neural.encoder import Encoder
from sayso.neural.pairs import PairModel, Passage, Related

FIRM = 4
"""How many times more the reading's stance weighs where its words settle it."""
STEP = 16
"""Candidates that are looked at together."""
HOPE = 0.5
"""Probability of being about the question that one of them must reach for the next ones to be worth looking at."""
ASSERTED, DENIED, KNOWN = 0.63, 0.33, 0.66
"""How much the log-odds of the likeliest assertion and of the likeliest denial tell of whether the question is known, and what is
added; fitted by bench/calibrate.py on our own cases. A denial alone tells less: "these rumours do not correspond to reality" seems to refute anything."""
UNSAID = 0.1
"""Probability that stands for a side which nobody takes."""
SAME_AUTHOR = 0.75
"""Share of the shorter name's stems that the longer one has, from which a withdrawal is that of an earlier speaker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Probabilities from which things count; set by bench/calibrate.py on our own cases.

    Attributes:
        about: a statement counts as about the claim.
        plain: the same for an outlet's plain sentence, which nothing marks as a statement.
        sure: log-odds that the likeliest assertion and the likeliest denial together must reach for the question to be known at all.
        taken_back: the same for a withdrawal by an outlet or actor that the dossier holds anyway, and for a denial in so many words to
            settle on which side its source stands.
        mistaken: the same for a statement that calls something a mistake.
        denied: the same for a denial in so many words, which often names what it denies as "the message" only.
        near: a miss is worth showing as one.
        prior: how much the reading's own stance weighs against the pair model's, in log-odds.
        told: probability of a side from which the pair model overrules a doubt that the words show.
    """

    about: float = 0.35
    plain: float = 0.4
    sure: float = 0.3
    taken_back: float = 0.06
    mistaken: float = 0.15
    denied: float = 0.2
    near: float = 0.2
    prior: float = 2.5
    told: float = 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """A statement about the claim, with its stance toward it and the score of the match."""

    kept: Kept
    stance: Stance
    score: float
    related: Related

    @property
    def calls_mistake(self) -> bool:
        """Whether it calls what was said or done a mistake: a correction, not a denial."""
        return self.kept.statement.form is Form.MISTAKEN


def gather(view: View, question: str, encoder: Encoder, pairs: PairModel) -> list[Evidence]:
    """The candidates for a question with all that is known of each."""
    found = retrieve(view, question, encoder.encode([question])[0])
    if not found:
        return []
    looked = look(question, found, pairs)
    best = max(one.cosine for one in found)
    strongest = sorted(about_odds(relation) for _, _, relation in looked)[-2:]
    names = Names.of(question, (one.kept.document for one in found))
    asked = folded_stems(question)
    out = []
    for one, passage, relation in looked:
        document = one.kept.document
        missing = names.missing(document)
        out.append(
            Evidence(
                one.kept,
                one.vector,
                relation,
                one.cosine,
                best,
                strongest=sum(strongest) / len(strongest),
                shared=share(asked, stems_of_text(passage.text)),
                shared_document=share(asked, stems_of_text(document.text)),
                unnamed=bool(missing),
                vetoed=vetoed(question, names, missing, passage.text) is not None,
            )
        )
    kin = kinship(np.stack([one.vector for one in out]), [first_odds(one) for one in out])
    return [replace(one, kin=value) for one, value in zip(out, kin, strict=True)]


def look(question: str, found: Sequence[Candidate], pairs: PairModel) -> list[tuple[Candidate, Passage, Related]]:
    """Candidates with their relations, some at a time, likeliest first: after STEP of them in which the pair model sees
    nothing about the question, the rest is left unlooked at.

    On our own and the public cases 1 in 1,000 statements found is lost so, and a question of which the desk knows nothing takes 0.6 of
    the time; less on a desk that holds more than one affair.
    """
    looked: list[tuple[Candidate, Passage, Related]] = []
    hopeful = True
    while hopeful and len(looked) < len(found):
        some = _related(question, found[len(looked) : len(looked) + STEP], pairs)
        hopeful = _promising(some)
        looked += some
    # "we take it back" names nothing: it counts by what else is found
    back = [one for one in found[len(looked) :] if takes_back(one.kept)]
    if back and _promising(looked):
        looked += _related(question, back, pairs)
    return looked


def _related(question: str, some: Sequence[Candidate], pairs: PairModel) -> list[tuple[Candidate, Passage, Related]]:
    passages = [passage_of(one.kept) for one in some]
    return list(zip(some, passages, pairs.relate(question, passages), strict=True))


def _promising(looked: Sequence[tuple[Candidate, Passage, Related]]) -> bool:
    return any(relation.about >= HOPE for _, _, relation in looked)


def match(evidence: Sequence[Evidence], limits: Thresholds) -> tuple[list[Match], list[Near]]:
    """Statements about the question, best first, and the nearest misses.

    A question is known only if statements that take a side are surely about it; then weaker ones count too.
    """
    matches: list[Match] = []
    later: list[Match] = []
    near: list[Near] = []
    denying: set[tuple[str, str]] = set()
    for one in evidence:
        score = relevance(one)
        statement = one.kept.statement
        if _denies_outright(one.kept) and score >= limits.taken_back and not one.vetoed:
            denying.add(_speaker(one.kept))
        stance = stance_of(one.kept, one.related, limits)
        floor = limits.about if statement.own or statement.attribution else limits.plain
        if statement.form is Form.MISTAKEN:
            # "that was a mistake" names what it corrects only by pointing back, so it always scores low
            floor = min(floor, limits.mistaken)
        elif _denies_outright(one.kept):
            floor = min(floor, limits.denied)
        if stance is not None and score >= floor and not one.vetoed:
            matches.append(Match(one.kept, stance, score, one.related))
        elif stance is not None and score >= limits.taken_back and not one.vetoed and stance is Stance.WITHDRAWS:
            later.append(Match(one.kept, stance, score, one.related))
        elif score >= limits.near:
            near.append(_near(one.kept, score))
    matches = [_of_one_mind(one, denying) for one in matches]
    matches.sort(key=lambda one: -one.score)
    if knowing((one.stance, one.score) for one in matches) < limits.sure:
        near.extend(_near(one.kept, one.score) for one in matches)
        matches = []
    if matches:
        matches += _taken_back(later, matches)
    near.sort(key=lambda one: -one.score)
    return matches, near


def _denies_outright(kept: Kept) -> bool:
    """Whether the statement's own words settle that it denies."""
    return kept.statement.firm and kept.statement.stance is Stance.DENIES


def _speaker(kept: Kept) -> tuple[str, str]:
    """Who speaks in which document."""
    return kept.document.hash, kept.statement.source.name


def _of_one_mind(one: Match, denying: Set[tuple[str, str]]) -> Match:
    """A source that denies something in so many words does not assert the claim in the same document: what it says there instead
    ("the port admits workers and will go on admitting them") is its denial in other words.

    The denial itself ("the message does not correspond to reality") often names nothing, so that little is asked of its score.
    """
    mind_known = one.stance is Stance.ASSERTS and not one.kept.statement.firm and _speaker(one.kept) in denying
    return replace(one, stance=Stance.DENIES) if mind_known else one


def _taken_back(withdrawals: Sequence[Match], matches: Sequence[Match]) -> list[Match]:
    """The withdrawals of those who are known to have said it: an actor that another document of the dossier quotes, an
    outlet that published it elsewhere; then whoever takes something back in the same documents.

    "We take it back" names nothing, so the models see little in it; what its author said before tells what it is about.
    """
    said = [one for one in matches if one.stance is not Stance.WITHDRAWS]
    taken = [one for one in withdrawals if any(_same_author(one, earlier) for earlier in said)]
    documents = {
        one.kept.document.hash for one in (*taken, *(one for one in matches if one.stance is Stance.WITHDRAWS))
    }
    return [one for one in withdrawals if one in taken or one.kept.document.hash in documents]


def _same_author(withdrawal: Match, earlier: Match) -> bool:
    source, document = withdrawal.kept.statement.source, earlier.kept.document
    if document.hash == withdrawal.kept.document.hash:
        return False
    names = [earlier.kept.statement.source.name]
    if source.kind is Kind.OUTLET:
        names.append(document.outlet or "")
    return any(likeness(source.name, name) >= SAME_AUTHOR for name in names)


def _near(kept: Kept, score: float) -> Near:
    return Near(kept.statement.extent.quote(kept.document.text), round(score, 3))


def knowing(told: Iterable[tuple[Stance | None, float]]) -> float:
    """Log-odds that the desk knows the claim at all, from the stance and score of each statement about it."""
    asserted, denied = likeliest(told)
    return ASSERTED * asserted + DENIED * denied + KNOWN


def likeliest(told: Iterable[tuple[Stance | None, float]]) -> tuple[float, float]:
    """Log-odds of the likeliest assertion and of the likeliest denial."""
    best = {Stance.ASSERTS: UNSAID, Stance.DENIES: UNSAID}
    for stance, score in told:
        if stance in best:
            best[stance] = max(best[stance], score)
    return log_odds(best[Stance.ASSERTS]), log_odds(best[Stance.DENIES])


def stance_of(kept: Kept, relation: Related, limits: Thresholds) -> Stance | None:
    """The stance toward the claim: that of the reading where its words settle it, else the pair model's with the
    reading's as a prior. None where the statement takes none."""
    read = kept.statement.stance
    if read is None or read is Stance.WITHDRAWS:
        return read
    side = max(relation.supports, relation.refutes)
    if read is Stance.QUESTIONS and (kept.statement.firm or side < limits.told):
        return read
    if relation.discusses > limits.told:
        return None
    odds = math.log((relation.supports + 1e-4) / (relation.refutes + 1e-4))
    if read is not Stance.QUESTIONS:
        prior = limits.prior * (FIRM if kept.statement.firm else 1)
        odds += prior if read is Stance.ASSERTS else -prior
    return Stance.ASSERTS if odds >= 0 else Stance.DENIES
