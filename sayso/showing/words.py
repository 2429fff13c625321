"""The words that the terminal shows, in one place."""

from __future__ import annotations

from sayso.model.statement import Form, Stance

SIDES = {
    Stance.ASSERTS: "ASSERTED",
    Stance.DENIES: "DENIED",
    Stance.QUESTIONS: "QUESTIONED",
    Stance.WITHDRAWS: "TAKEN BACK",
}
NO_STANCE = "takes no stance"
FORMS = {
    Form.FLAT: "flat denial",
    Form.NO_SUCH_DOCUMENT: "says there is no such document",
    Form.FORGED: "calls a document forged",
    Form.MISTAKEN: "calls it a mistake",
    Form.OUT_OF_CONTEXT: "says it is out of context",
    Form.CANNOT_CONFIRM: "cannot confirm",
    Form.NO_COMMENT: "no comment",
    Form.DID_NOT_DENY: "did not deny",
}
UNKNOWN_DATE = "date unknown"
NOTHING = "Nothing known about this on this desk."
NEXT = "Add what you have on it with: sayso add FILE…"
NEAR = "Not the same, but near:"


def counted(number: int, one: str, many: str) -> str:
    """ "1 voice", "2 voices"."""
    return f"{number} {one if number == 1 else many}"
