"""The channel on which something was said, where the text tells it."""

from __future__ import annotations

from sayso.model.document import CHANNELS
from sayso.reading.lexicon import Lexicon


def channel_of(sentence: str, words: Lexicon, own: str | None) -> str:
    """The channel that *sentence* names ("on its Telegram channel"); *own*, or ``other``, where it names none."""
    for channel in CHANNELS:
        if words.has("channels", channel, sentence):
            return channel
    return own or "other"
