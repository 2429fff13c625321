"""Statements as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), one JSON-LD object each.

Text positions count Unicode code points, as the model demands of TextPositionSelector and as sayso does everywhere.
"""

from __future__ import annotations

from typing import Any

from sayso.model.dossier import Kept

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
BESIDE = 32
"""Characters before and after a quote by which another reader finds it again."""


def to_annotation(kept: Kept) -> dict[str, Any]:
    """The annotation of one statement: whose words, on which side, through whom, at which place of the document."""
    statement, document = kept.statement, kept.document
    start, end = statement.extent
    told = {
        "source": statement.source.name,
        "kind": statement.source.kind.value,
        "via": [mention.name for mention in statement.via],
        "stance": statement.stance.value if statement.stance else None,
        "form": statement.form.value if statement.form else None,
        "date": statement.date,
        "confidence": statement.confidence,
    }
    return {
        "@context": CONTEXT,
        "id": f"urn:sayso:statement:{statement.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "created": kept.seen,
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": _in_words(told)},
            {"type": "Dataset", "purpose": "classifying", "value": told},
        ],
        "target": {
            "source": document.url or f"urn:sayso:document:{document.hash}",
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": document.text[start:end],
                    "prefix": document.text[max(0, start - BESIDE) : start],
                    "suffix": document.text[end : end + BESIDE],
                },
            ],
        },
    }


def _in_words(told: dict[str, Any]) -> str:
    through = f", through {', '.join(told['via'])}" if told["via"] else ""
    return f"{told['source']} {told['stance'] or 'takes no stance'}{through}"
