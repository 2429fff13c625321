"""XML may define entities that unfold to gigabytes or read files; documents have no use for them."""

from __future__ import annotations

import re

from sayso.errors import InputRefused
from sayso.intake.base import Named

_ENTITY = re.compile(
    rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y|\x00<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.IGNORECASE
)


def refuse_entities(source: Named) -> None:
    """Refuses XML that defines entities of its own, in UTF-8 or UTF-16.

    Raises:
        InputRefused: it does.
    """
    if _ENTITY.search(source.data):
        raise InputRefused(
            "the XML defines entities of its own", where=source.name, remedy="this is how XML bombs look; leave it out"
        )
