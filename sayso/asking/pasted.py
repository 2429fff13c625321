"""What people paste: posts with addresses, handles, hash signs and a platform's signature line around the rumour."""

from __future__ import annotations

import re

from sayso.asking.folding import fold

_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.me/|t\.co/)\S+", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"\s*[—–-]\s*[^—–\n]{1,60}?\(@\w{1,30}\)\s*(?:\w+\.? \d{1,2},? \d{4}|\d{1,2} \w+\.? \d{4})?\s*$"
)
_HANDLE = re.compile(r"(?<!\w)@(\w{1,30})")
_HASHTAG = re.compile(r"(?<!\w)#(\w{1,60})")
_HUMP = re.compile(r"(?<=[^\W\d_])(?<=[a-zа-я])(?=[A-ZА-Я])")
_RETWEET = re.compile(r"^RT\s+@\w{1,30}:\s*")
_LETTERS = re.compile(r"[^\W\d_]+")
WORD, SHORT = 4, 2
"""Letters, as folded, of a word that says something by itself, and of one that does beside another."""
_DESIGNATION = re.compile(r"\b[^\W\d_]+-?\d|\d-?[^\W\d_]|\b(?=[^\W\d_]{2})(?:(?![a-zа-яёіїєґ])[^\W\d_])+\b")
"""What goes by letters and digits, or by capitals: "MH17", "5G", "ВОЗ"."""


def without_trimmings(text: str) -> str:
    """*text* without addresses and signature lines, handles and hashtags as plain words; as it was where nothing
    else is in it."""
    bare = _RETWEET.sub("", _ADDRESS.sub(" ", text))
    bare = _SIGNATURE.sub("", bare)
    bare = _HASHTAG.sub(lambda match: _HUMP.sub(" ", match.group(1)), bare)
    bare = _HANDLE.sub(lambda match: _HUMP.sub(" ", match.group(1)).replace("_", " "), bare)
    bare = " ".join(bare.split())
    return bare or text


def says_something(text: str) -> bool:
    """Whether *text* holds words that a statement could be about: "?!", "why?", "да" or a row of signs do not."""
    words = [len(fold(word)) for word in _LETTERS.findall(text)]
    told = max(words, default=0) >= WORD or sum(length >= SHORT for length in words) > 1
    return told or _DESIGNATION.search(text) is not None
