"""``sayso ask``: dossiers for rumours in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.desk.base import Desk
from sayso.errors import UsageError
from sayso.model.dossier import Answer
from sayso.verbs.models import Models


def iter_answers(questions: Iterable[str], desk: Desk, models: Models) -> Iterator[Answer]:
    """An answer to each question, in order.

    Raises:
        UsageError: a question is empty.
    """
    from sayso.asking.asker import Asker
    from sayso.reading.language import detect_language

    asker: Asker | None = None
    for question in questions:
        if not question.strip():
            raise UsageError("the question is empty", remedy="give the rumour as text, or one a line with -")
        if asker is None:
            asker = Asker(desk.view(), models.encoder, models.pairs)
        yield asker.ask(question, detect_language(" ".join(question.split())))
