"""How a desk behaves as it grows: time to add, to ask, to list claims and to find a copy, size and memory, at several numbers
of statements; drawn as docs/scale.svg with --draw (needs matplotlib).

    python bench/scale.py [--sizes 1000 10000 100000] [--asks 12] [--draw docs/scale.svg] [--keep DESK.db]

Statements are generated: invented offices deny or assert invented measures, a document each four. Their vectors are those
of a few thousand real sentences turned a little at random, so that the index has a natural spread to search. What a desk
does with a document after it has been read is measured (`add`), not the reading. Ratios: `ask` beside the pair model alone on
as many pairs, and search beside a flat scan over all vectors, in the same run. Exponents are of a least squares fit in
logarithms over the sizes.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sayso.api import Desk
from sayso.asking.copies import bands_of, original_of
from sayso.asking.passages import passage_of
from sayso.asking.retrieve import CANDIDATES, retrieve
from sayso.desk.base import Entry
from sayso.desk.sqlite import SqliteDesk
from sayso.desk.vectors import to_int8
from sayso.model.document import Document
from sayso.model.span import Span
from sayso.model.statement import Kind, Mention, Reading, Stance, Statement, statement_id
from sayso.neural.pairs import CrossEncoder
from sayso.verbs.add import Added, Keeper
from sayso.verbs.models import Models

PLACES = [
    f"{a}{b}"
    for a in ("Brin", "Tarv", "Ostr", "Quil", "Hesk", "Merr", "Dorn", "Kelv")
    for b in ("or", "ania", "mouth", "holt", "ey")
]
OFFICES = [
    f"{field} {kind}"
    for field in (
        "transport",
        "health",
        "harbour",
        "customs",
        "schools",
        "mines",
        "forest",
        "water",
        "housing",
        "labour",
    )
    for kind in ("ministry", "board", "agency", "department", "commission", "inspectorate")
]
MEASURES = [
    f"{act} the {thing}"
    for act in ("close", "ration", "recall", "tax", "sell", "move", "ban", "fence off", "pull down", "register")
    for thing in ("bridges", "fuel", "milk", "ferries", "hospitals", "exams", "markets", "deposits", "wells", "buses")
]
SAYING = {
    Stance.ASSERTS: ("said", "announced", "wrote", "stated", "confirmed", "let it be known"),
    Stance.DENIES: ("denied", "disputed", "called untrue", "rejected", "contradicted", "dismissed"),
}
SYLLABLES = ("ba", "re", "mi", "to", "lu", "san", "ker", "dov", "ith", "ona", "pel", "gar")
VOCABULARY = ["".join(parts) for parts in itertools.product(SYLLABLES, repeat=4)]
_BY_RANK = 1 / (np.arange(len(VOCABULARY)) + 2.7)
COMMON = _BY_RANK / _BY_RANK.sum()
"""How likely each word is, by its rank (Zipf and Mandelbrot)."""
FILLING = 22
"""Words of no meaning in each statement, so that texts differ as news texts do: 2 in 10,000 pairs share a copy band, of news
articles 3 (PolNeAR dev)."""
EACH = 4
"""Statements in a document."""
TEMPLATES = 1500
TURNED = 0.25
TOGETHER = 2000
"""Documents that are generated at once, so that memory shows the desk's needs and not the bench's."""
BLOCK = 100_000


def iter_documents(rng: np.random.Generator, first: int, count: int) -> Iterator[tuple[Document, Reading]]:
    """Documents with their readings, unlike one another in number, place and measure."""
    for number in range(first, first + count):
        parts, spans, stances, sources = [], [], [], []
        at = 0
        for _ in range(EACH):
            place, office, measure = (str(rng.choice(some)) for some in (PLACES, OFFICES, MEASURES))
            stance = Stance.DENIES if rng.integers(2) else Stance.ASSERTS
            words = [VOCABULARY[one] for one in rng.choice(len(VOCABULARY), FILLING, p=COMMON)]
            source = f"{place} {office}"
            told = f"{words[0]} {words[1]} {source} {' '.join(words[2:6])} {rng.choice(SAYING[stance])} {' '.join(words[6:8])} will {measure} {' '.join(words[8:])} {number}."
            parts.append(told)
            spans.append(Span(at, at + len(told)))
            stances.append(stance)
            sources.append(source)
            at += len(told) + 1
        text = " ".join(parts)
        document = Document(
            text=text,
            id=f"g{number}",
            outlet=f"Outlet {number % 97}",
            channel="news",
            lang="en",
            published="2034-08-07",
        )
        statements = tuple(
            Statement(
                id=statement_id(document.hash, (), None, (), (span,), 0), document=document.hash, attribution=None,
                source=Mention(source, Kind.OFFICE), content=(span,), extent=span,
                stance=stance, date="2034-08-07", channel="news", own=True, confidence=0.9,
            )
            for span, stance, source in zip(spans, stances, sources, strict=True)
        )  # fmt: skip
        yield document, Reading(document.hash, "generated/1", "en", (), statements)


def templates(models: Models) -> np.ndarray:
    """Vectors of real sentences of the generated kind."""
    rng = np.random.default_rng(1)
    texts = [
        span.extent.quote(document.text)
        for document, reading in iter_documents(rng, 0, TEMPLATES // EACH)
        for span in reading.statements
    ]
    return models.encoder.encode(texts)


def fill(desk: SqliteDesk, models: Models, known: np.ndarray, first: int, count: int) -> float:
    """Adds *count* documents; seconds that it took, copies looked for as ``sayso add`` does."""
    rng = np.random.default_rng(first + 2)
    keeper = Keeper(desk, Added())
    coming = iter_documents(rng, first, count)
    seconds = 0.0
    while some := list(itertools.islice(coming, TOGETHER)):
        vectors = [
            known[rng.integers(len(known), size=EACH)]
            + TURNED * rng.standard_normal((EACH, known.shape[1])) / known.shape[1] ** 0.5
            for _ in some
        ]
        packed = [to_int8(one / np.linalg.norm(one, axis=1, keepdims=True)) for one in vectors]
        began = time.perf_counter()
        for (document, reading), vector in zip(some, packed, strict=True):
            keeper.keep(Entry(document, reading, vector, models.encoder_name))
        seconds += time.perf_counter() - began
    return seconds


def seconds_of_flat_scan(known: np.ndarray, size: int, vector: np.ndarray) -> float:
    """To multiply *size* vectors with one and take the nearest; no more than BLOCK of them are held."""
    block = np.repeat(known, min(size, BLOCK) // len(known) + 1, axis=0)[: min(size, BLOCK)]
    began = time.perf_counter()
    told = np.concatenate([block @ vector for _ in range(max(1, size // len(block)))])
    np.argpartition(told, -min(80, len(told) - 1))
    return time.perf_counter() - began


def exponent(sizes: list[int], values: list[float]) -> float:
    """Of a power law through the points."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--asks", type=int, default=12)
    parser.add_argument("--draw", type=Path, help="write a picture of it")
    parser.add_argument("--keep", type=Path, help="make the desk here and leave it, for bench/page_load.py")
    options = parser.parse_args()
    models = Models()
    known = templates(models)
    alone = CrossEncoder()
    rng = np.random.default_rng(5)
    questions = [
        f"Will the {rng.choice(PLACES)} {rng.choice(OFFICES)} {rng.choice(MEASURES)}?" for _ in range(options.asks)
    ]
    adds, medians, finds, lists, copies, memories = [], [], [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder) / "desk.db"
        held = 0
        for size in options.sizes:
            with SqliteDesk(str(place)) as desk:
                documents = size // EACH - held
                seconds = fill(desk, models, known, held, documents)
                held += documents
            adds.append(seconds / documents)
            with Desk(place, models=models) as desk:
                desk.ask(questions[0])
                times, again, searches, pairs, flat = [], [], [], [], []
                for question in questions:
                    vector = models.encoder.encode([question])[0]
                    began = time.perf_counter()
                    desk.ask(question)
                    times.append(time.perf_counter() - began)
                    began = time.perf_counter()
                    desk.ask(question)
                    again.append(time.perf_counter() - began)
                    began = time.perf_counter()
                    found = retrieve(desk.view, question, vector)
                    searches.append(time.perf_counter() - began)
                    passages = [passage_of(one.kept) for one in found]
                    began = time.perf_counter()
                    alone.relate(question, passages)
                    pairs.append(time.perf_counter() - began)
                for question in questions[:5]:
                    flat.append(seconds_of_flat_scan(known, size, models.encoder.encode([question])[0]))
                began = time.perf_counter()
                desk.claims()
                lists.append(time.perf_counter() - began)
            copies.append(seconds_to_find_copies(place, held))
            memories.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            disk = sum(one.stat().st_size for one in place.parent.glob(f"{place.name}*"))
            ask, search = statistics.median(times), statistics.median(searches)
            medians.append(ask)
            finds.append(search)
            print(
                f"{size:8} statements: add {adds[-1] * 1000:6.2f} ms a document; ask p50 {ask * 1000:6.0f} p95 {sorted(times)[int(0.95 * (len(times) - 1))] * 1000:6.0f} ms, again {statistics.median(again) * 1000:4.0f} ms, "
                f"{ask / statistics.median(pairs):.2f} of the pair model alone on {CANDIDATES}; search {search * 1000:5.0f} ms, "
                f"{search / statistics.median(flat):5.2f} of a flat scan; claims {lists[-1] * 1000:5.0f} ms, copies {copies[-1] * 1000:5.2f} ms a document; {disk / size:6.0f} bytes a statement; "
                f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
                flush=True,
            )
    if len(options.sizes) > 1:
        # of the whole run for add and copies, of one call for the others
        fitted = {
            "add": exponent(options.sizes, adds) + 1,
            "copies": exponent(options.sizes, copies) + 1,
            "ask": exponent(options.sizes, medians),
            "search in it": exponent(options.sizes, finds),
            "claims": exponent(options.sizes, lists),
            "memory": exponent(options.sizes, memories),
        }
        print("exponents: " + ", ".join(f"{name} {value:.2f}" for name, value in fitted.items()))
        if options.draw:
            milliseconds = {"add (a document)": adds, "copies (a document)": copies, "ask": medians, "search in it": finds, "claims": lists}  # fmt: skip
            draw(options.draw, options.sizes, milliseconds, memories)


def seconds_to_find_copies(place: Path, held: int, tried: int = 200) -> float:
    """To look for the original of a document that copies none of the desk's, as most do not."""
    rng = np.random.default_rng(9)
    documents = [document for document, _ in iter_documents(rng, held + 1, tried)]
    with SqliteDesk(str(place)) as desk:
        view = desk.view()
        began = time.perf_counter()
        for document in documents:
            original_of(document, view.documents_in_bands(bands_of(document.text)))
        return (time.perf_counter() - began) / tried


def draw(place: Path, sizes: list[int], seconds: dict[str, list[float]], memories: list[float]) -> None:
    """The lines; the axes of size and time are logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "sayso"
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for name, values in seconds.items():
        left.loglog(sizes, [1000 * value for value in values], marker="o", label=name)
    left.set(xlabel="statements on the desk", ylabel="milliseconds")
    figure.legend(loc="outside lower center", ncols=len(seconds))
    right.semilogx(sizes, memories, marker="o", color="black")
    right.set(xlabel="statements on the desk", ylabel="peak memory, MB", ylim=(0, None))
    for axes in (left, right):
        axes.grid(visible=True, which="major", alpha=0.3)
    figure.savefig(place, metadata={"Date": None})


if __name__ == "__main__":
    main()
