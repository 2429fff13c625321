"""Pairs from our own topics (training/topics): rumours and statements about them in many languages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TOPICS = Path(__file__).parents[1] / "topics"
LABELS = ("supports", "refutes", "discusses", "unrelated")
HELD_OUT = 9
"""Every ninth topic is for development."""

ELLIPTIC = {
    "refutes": (
        "The ministry called these reports untrue.", "“This is a lie from beginning to end,” he said.",
        "The embassy said the information does not correspond to reality.", "It called the document a fabrication.",
        "That report was wrong and we withdraw it.", "“We take our words back,” the editor said.", "She denied it.",
        "The agency later called the message a mistake.", "“Nothing of the kind,” the spokeswoman said.",
        "В ведомстве назвали эту информацию не соответствующей действительности.", "«Это ложь», — сказал он.",
        "Мы ошиблись и отзываем это утверждение.", "Документ назвали поддельным.", "Она это опровергла.",
        "Посольство заявляет: данная информация не соответствует действительности.", "Bu doğru değil, dedi.",
        "Bu xabar haqiqatga to‘g‘ri kelmaydi, deyiladi bayonotda.", "Бұл ақпарат шындыққа жанаспайды.",
        "Це неправда, заявили у відомстві.", "Es falso, dijo la portavoz.",
    ),
    "supports": (
        "The agency confirmed this on Tuesday.", "“It is true, I saw it myself,” she said.", "He confirmed the report.",
        "Об этом сообщили в ведомстве.", "«Да, это так», — подтвердил он.", "Это подтвердил источник в министерстве.",
        "Bu haber doğrulandı.", "Бұл ақпарат расталды.", "The notice is real and it stands, the mayor said.",
    ),
    "discusses": (
        "The ministry declined to comment.", "He said he knew nothing about it.", "“Show me the paper,” she said.",
        "The company did not deny it.", "Officials could not confirm the report.", "От комментариев в ведомстве отказались.",
        "Подтвердить это пока не удалось.", "«Я ничего об этом не слышал», — сказал он.", "Отрицать это он не стал.",
        "Yorum yapmaktan kaçındı.", "Министрлік түсініктеме берген жоқ.",
    ),
}  # fmt: skip
"""Statements that mean something only after what stands before them."""


Nearest = dict[tuple[str, str], list[str]]
"""(topic id, statement) to claims of other topics, nearest first."""


@dataclass(frozen=True)
class Pair:
    """A question, a statement with what stands before it, and the label (an index of LABELS, or RELATED)."""

    question: str
    context: str
    statement: str
    label: int


def load_topics() -> list[dict[str, Any]]:
    """All topics, in the order of the files."""
    return [topic for path in sorted(TOPICS.glob("*.yaml")) for topic in yaml.safe_load(path.read_text("utf-8"))]


def _texts(topic: dict[str, Any], key: str) -> list[str]:
    return [text for texts in (topic.get(key) or {}).values() for text in texts]


def claims_of(topics: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(topic id, claim) of every claim of every topic."""
    return [(topic["id"], claim) for topic in topics for claim in _texts(topic, "claims")]


def iter_topic_pairs(
    topics: list[dict[str, Any]], rng: random.Random, near: Nearest, *, other_claims: int = 2
) -> Iterator[Pair]:
    """Every statement of every topic against a claim of its own, and against claims of other topics.

    Claims of other topics are drawn from those that lie nearest to the statement, so that likeness alone does not
    decide. Contexts are drawn so that the statement's own words decide, but for elliptic ones, where the context does.

    Args:
        near: for a statement's text, the claims of other topics that lie nearest to it.
        other_claims: how many of these for each statement; a look-alike, being a negative already, gets one fewer.
    """
    unrelated = LABELS.index("unrelated")
    for topic in topics:
        claims = _texts(topic, "claims")
        told = [text for label in LABELS[:3] for text in _texts(topic, label)]
        for label in LABELS:
            for statement in _texts(topic, label):
                yield Pair(rng.choice(claims), _context(topic, told, rng), statement, LABELS.index(label))
                pool = near[topic["id"], statement]
                for claim in rng.sample(pool, min(len(pool), other_claims - (label == "unrelated"))):
                    yield Pair(claim, _context(topic, told, rng), statement, unrelated)
        for label, statements in ELLIPTIC.items():
            for _ in range(4):
                before = rng.choice([*_texts(topic, "supports"), *claims])
                statement = rng.choice(statements)
                yield Pair(rng.choice(claims), before, statement, LABELS.index(label))
                other = rng.choice(topics)
                if other is not topic:
                    yield Pair(rng.choice(_texts(other, "claims")), before, statement, unrelated)
        for _ in range(4):
            before = rng.choice(_texts(topic, "unrelated"))
            statement = rng.choice([text for texts in ELLIPTIC.values() for text in texts])
            yield Pair(rng.choice(claims), before, statement, unrelated)


def _context(topic: dict[str, Any], told: list[str], rng: random.Random) -> str:
    draw = rng.random()
    if draw < 0.4:
        return ""
    if draw < 0.85:
        return rng.choice(told)
    return rng.choice(_texts(topic, "unrelated"))
