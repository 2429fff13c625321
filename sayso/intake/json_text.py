"""JSON that may be hostile: parsed within limits, with a refusal for whatever breaks them."""

from __future__ import annotations

import json
from typing import Any

from sayso.errors import InputRefused


def parse_json(text: str, where: str) -> Any:
    """The value of a JSON text; of keys given twice the last counts, as everywhere.

    Raises:
        InputRefused: it is not valid, or nested too deep to be data.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputRefused("JSON nested too deep", where=where, remedy="export it again") from error
    except json.JSONDecodeError as error:
        raise InputRefused(
            f"not valid JSON ({error.msg}, line {error.lineno})",
            where=where,
            remedy="it may be cut off; export it again",
        ) from error
    except ValueError as error:
        raise InputRefused("a number too long to be data", where=where, remedy="export it again") from error
