"""The product's own reading of web pages, over a folder of pages, for a scorer outside.

    python bench/article_text.py --html FOLDER --out PRED.json [--dates DATES.json]

FOLDER holds ``ID.html`` or ``ID.html.gz``. PRED.json is ``{ID: {"articleBody": text}}``, the text as ``sayso read`` gives it;
a page that sayso refuses has an empty text. ``--dates`` writes ``{ID: [date, htmldate's]}`` and prints how often they agree.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path

from tqdm import tqdm

from sayso.intake.base import Named
from sayso.intake.detect import iter_documents
from sayso.model.document import Document

MOST = 50_000_000


def read_page(path: Path) -> Document | None:
    """The page's document; None where it is refused."""
    for one in iter_documents(Named(path.name, path.read_bytes()), MOST):
        if isinstance(one, Document):
            return one
    return None


def peer_date(path: Path) -> str | None:
    """What htmldate makes of the page."""
    import htmldate

    data = path.read_bytes()
    html = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
    found: str | None = htmldate.find_date(html, original_date=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--html", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dates", type=Path)
    options = parser.parse_args()
    texts: dict[str, dict[str, str]] = {}
    dates: dict[str, tuple[str | None, str | None]] = {}
    for path in tqdm(sorted(options.html.glob("*.html*")), unit=" pages", file=sys.stderr):
        found = read_page(path)
        name = path.name.split(".html")[0]
        texts[name] = {"articleBody": found.text if found else ""}
        if options.dates:
            dates[name] = (found.published if found else None, peer_date(path))
    options.out.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    if options.dates:
        options.dates.write_text(json.dumps(dates, indent=1), "utf-8")
        both = [(ours, theirs) for ours, theirs in dates.values() if ours and theirs]
        print(
            f"{len(dates)} pages: both date {len(both)}, of these {sum(a[:10] == b[:10] for a, b in both)} alike; "
            f"only sayso {sum(bool(a and not b) for a, b in dates.values())}, only htmldate {sum(bool(b and not a) for a, b in dates.values())}"
        )


if __name__ == "__main__":
    main()
