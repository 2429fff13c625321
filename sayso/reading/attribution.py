"""Attributions out of the reader network's scores: one pass, any nesting and overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sayso.model.span import Span
from sayso.neural.reader_network import ReaderNetwork
from sayso.neural.tokens import Subwords
from sayso.reading.marks import ANY_QUOTES
from sayso.reading.windows import Window, iter_windows

ROLE_NAMES = ("none", "source", "cue", "content")
NONE, SOURCE, CUE, CONTENT = range(4)


ENTRY = (0.0, 0.6, 1.4, 2.2)
"""Cost, in log-probability, of beginning a stretch of each role; keeps spans whole. A source costs little: it is short,
and an attribution that loses it is wrong, while a content cut in two is only less exact (chosen on the dev set)."""

CALIBRATION = (0.515, -0.936)
"""Slope and shift that turn the log-odds of the network's confidence into those of being right (Platt, 1999), fitted by
``bench/confidence.py``; docs/attribution.md has the error that is left."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """Source, cue and content spans as the network saw them, with its confidence."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


def certainty_of(raw: float, calibration: tuple[float, float] = CALIBRATION) -> float:
    """The probability that an attribution is right, from the network's own confidence, both 0 to 1."""
    held = min(max(raw, 1e-4), 1 - 1e-4)
    slope, shift = calibration
    return 1 / (1 + math.exp(-(slope * math.log(held / (1 - held)) + shift)))


def find_attributions(
    texts: Sequence[str], subwords: Subwords, network: ReaderNetwork, *, raw: bool = False
) -> list[list[Found]]:
    """The attributions of each text, in order of their cues. Windows of all texts share batches.

    Args:
        raw: leave the network's confidence as it is, for calibrating it.
    """
    windows: list[Window] = []
    owner: list[int] = []
    for number, text in enumerate(texts):
        for window in iter_windows(text, subwords):
            windows.append(window)
            owner.append(number)
    found: list[list[Found]] = [[] for _ in texts]
    for number, anchors, chance, roles in network.score(windows):
        found[owner[number]].extend(decode(windows[number].words, texts[owner[number]], anchors, chance, roles))
    for attributions in found:
        attributions.sort(key=lambda one: (one.cue[0], one.content[0]))
    if raw:
        return found
    return [[replace(one, confidence=certainty_of(one.confidence)) for one in some] for some in found]


def names_source(found: Iterable[Found], span: Span) -> bool:
    """Whether some attribution has its source there."""
    return any(part.overlaps(span) for one in found for part in one.source)


def is_attributed(found: Iterable[Found], span: Span) -> bool:
    """Whether some attribution gives what stands there to a source."""
    return any(part.overlaps(span) for one in found if one.source for part in one.content)


def decode(
    words: Sequence[tuple[int, int]], text: str, anchors: Sequence[int], chance: Floats, roles: Floats
) -> list[Found]:
    """Attributions of one window: each cue start takes its best role sequence; overlapping cues are settled in favour
    of the likelier.

    Args:
        words: spans of the window's words.
        anchors: numbers of the words that start a cue, likeliest first; ``chance`` their probabilities.
        roles: ``[anchors, words, 4]`` logits.
    """
    if not len(anchors):
        return []
    rows = roles.astype(np.float64)
    rows = rows - np.logaddexp.reduce(rows, axis=2)[:, :, None]
    each = np.arange(len(anchors))
    rows[each, list(anchors), :] = -50.0
    rows[each, list(anchors), CUE] = 0.0
    taken: set[int] = set()
    out: list[Found] = []
    for number, (anchor, row, path) in enumerate(zip(anchors, rows, _best_paths(rows), strict=True)):
        if anchor in taken:
            continue
        runs = _runs(path)
        contents = [run for run in runs if run[0] == CONTENT]
        if not contents:
            continue
        sources = [run for run in runs if run[0] == SOURCE]
        cues = [run for run in runs if run[0] == CUE]
        taken.update(place for _, a, b in cues for place in range(a, b))
        best_source = max(sources, key=lambda run: float(np.exp(row[run[1] : run[2], SOURCE]).sum()), default=None)
        certainty = float(np.exp(row[np.arange(len(path)), path])[path != NONE].mean())

        def span(run: tuple[int, int, int]) -> Span:
            return Span(words[run[1]][0], words[run[2] - 1][1])

        out.append(
            Found(
                (span(best_source),) if best_source else (),
                tuple(span(run) for run in cues),
                tuple(_joined(_opened([span(run) for run in contents], [span(run) for run in cues], text), text)),
                float(chance[number]) * certainty,
            )
        )
    return out


def _best_paths(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Viterbi over the roles of the words in order, with a cost of beginning each; all cues of a window side by side.

    Args:
        rows: ``[cues, words, roles]`` log-probabilities.
    """
    count, length, kinds = rows.shape
    change = np.tile(-np.array(ENTRY[:kinds]), (kinds, 1))
    np.fill_diagonal(change, 0.0)
    score = rows[:, 0].copy()
    back = np.zeros((length, count, kinds), np.int64)
    for at in range(1, length):
        step = score[:, :, None] + change
        back[at] = step.argmax(1)
        score = step.max(1) + rows[:, at]
    paths = np.zeros((count, length), np.int64)
    paths[:, -1] = score.argmax(1)
    each = np.arange(count)
    for at in range(length - 1, 0, -1):
        paths[:, at - 1] = back[at, each, paths[:, at]]
    return paths


def _runs(path: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """(role, first word, word after the last) of every stretch that is not NONE."""
    runs = []
    start = 0
    for at in range(1, len(path) + 1):
        if at == len(path) or path[at] != path[start]:
            if path[start] != NONE:
                runs.append((int(path[start]), start, at))
            start = at
    return runs


def _opened(contents: list[Span], cues: list[Span], text: str) -> list[Span]:
    """Contents with the quotation mark before them that holds the place of a cue where no word attributes them."""
    marks = {cue.end: cue for cue in cues if cue.quote(text) in ANY_QUOTES}
    return [Span(marks[one.start].start, one.end) if one.start in marks else one for one in contents]


def _joined(spans: list[Span], text: str) -> list[Span]:
    """Neighbouring spans with nothing but white space between them made one."""
    out: list[Span] = []
    for span in spans:
        if out and not text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out
