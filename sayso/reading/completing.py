"""The network's attributions made ready: what is none taken out, spans mended, what plain patterns show added."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model.document import POSTS, Document
from sayso.model.span import Span
from sayso.reading.attribution import Found
from sayso.reading.cast import Cast
from sayso.reading.citing import find_cited, split_citations, with_trailing_citations
from sayso.reading.lexicon import Lexicon
from sayso.reading.own import speaks_for_itself, with_own_findings
from sayso.reading.papers import find_read_out
from sayso.reading.patterns import (
    find_demonstrative,
    find_disclosed,
    find_said_in,
    find_self_naming,
    find_told_by_cited,
    find_withdrawals,
    with_split_quotes,
    with_whole_ends,
)
from sayso.reading.retold import find_retold
from sayso.reading.sources import with_mended_sources
from sayso.reading.standing import find_standing_quotes
from sayso.reading.trimming import with_trimmed_contents
from sayso.reading.whole import with_whole_quotations

TRUSTED = 0.48
"""Confidence from which an attribution in a post or release takes a sentence away from the author's own word."""
_ACTORS = ("anonymous", "office", "document", "outlet", "company", "speaker", "man", "person_noun", "public")
_PRONOUNS = ("he", "she", "they", "we", "relative")


def completed(
    found: Sequence[Found], document: Document, sentences: Sequence[Span], words: Lexicon, cast: Cast
) -> list[Found]:
    """The attributions of a document in the order of its text, from those that the network found in it."""
    text = document.text
    kept = [one for one in found if _trusts(one, document) and not _drafts(one, text, words)]
    kept = [one for one in kept if not _exclaims(one, document, words)]
    kept = with_trimmed_contents(with_mended_sources(kept, text, sentences, words), text, sentences, words)
    kept = with_whole_quotations(kept, text)
    kept = with_split_quotes(with_whole_ends(kept, text, sentences), text, sentences)
    kept = split_citations(with_trailing_citations(kept, text, sentences, words), text, sentences, words)
    kept = with_own_findings(kept, text, sentences, cast)
    kept += find_cited(text, sentences, kept, words)
    papers = find_read_out(text, sentences, kept, words)
    spoken = [one for one in (*kept, *papers) if one.source or words.has("cue", "dropped", one.cue[0].quote(text))]
    more = [
        *find_demonstrative(text, sentences, kept, words),
        *find_disclosed(text, sentences, kept, words),
        *find_self_naming(text, kept, words),
        *find_told_by_cited(text, sentences, kept, words),
        *find_said_in(text, sentences, kept, words),
        *find_withdrawals(text, sentences, kept, words),
        *papers,
        *find_standing_quotes(text, sentences, spoken, words),
        *(find_retold(text, sentences, kept, words) if document.channel in POSTS else ()),
    ]
    # two citations of one source may come down to the same spans
    distinct = {(one.source, one.cue, one.content): one for one in (*kept, *more)}
    return sorted(distinct.values(), key=lambda one: (one.cue[0], one.content[0]))


def _trusts(found: Found, document: Document) -> bool:
    """Whether an attribution is sure enough to stand against what the document says for itself."""
    return found.confidence >= TRUSTED or not speaks_for_itself(document)


def _drafts(found: Found, text: str, words: Lexicon) -> bool:
    """Whether the cue's verb calls somebody up ("призывают в армию"), in a language in which calling up and calling on are one word."""
    said = " ".join(span.quote(text) for span in (*found.cue, *found.content))
    return words.has("cue", "drafting", said)


def _exclaims(found: Found, document: Document, words: Lexicon) -> bool:
    """Whether words before a colon, in a post before any cue, name nobody ("Heads up if you fly to Tarvia: …")."""
    cue = "".join(span.quote(document.text) for span in found.cue)
    if not found.source or (document.channel not in POSTS and any(map(str.isalnum, cue))):
        return False
    name = found.source[0].quote(document.text)
    known = any(words.has("kinds", key, name) for key in _ACTORS) or any(
        words.of("pronouns", key).match(name) for key in _PRONOUNS
    )
    return name[:1].islower() and not known
