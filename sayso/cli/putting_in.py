"""The commands that put something on a desk: add, and load."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.opened import opened
from sayso.cli.options import Options, common
from sayso.cli.output import REFUSED, print_json, print_refusal

if TYPE_CHECKING:
    from sayso.verbs.add import Added

LISTED = 8


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--archive/--no-archive", default=True, help="Keep the original bytes (default: yes).")
@click.option("--strict", is_flag=True, help="Stop at the first input that is refused.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Worker processes that read.")
@click.option("--ray", metavar="ADDRESS", help="Read on a Ray cluster: its address, or auto.")
@click.option(
    "--to-parquet",
    "parts",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write to Parquet parts instead of the desk, for sayso load.",
)
@common
def add(
    options: Options,
    sources: Sequence[str],
    archive: bool,
    strict: bool,
    jobs: int,
    ray: str | None,
    parts: Path | None,
) -> None:
    """Put documents on the desk. Safe to repeat: what is there already is not added again."""
    from sayso.cli.progress import adding
    from sayso.errors import UsageError
    from sayso.verbs.add import add_documents
    from sayso.verbs.arrivals import iter_arrivals
    from sayso.verbs.fetching import fetcher_for
    from sayso.verbs.models import Models
    from sayso.verbs.open import read_registries
    from sayso.verbs.parts import add_to_parts
    from sayso.verbs.preparing import runner_of

    if not sources and (not options.registries or parts is not None):
        raise UsageError("nothing to add", remedy="name files or folders, - for standard input, or --registry FILE")
    fetching = fetcher_for(sources, options.settings)
    models = Models(options.settings.threads)
    # Ray prints its own notices to standard output, where results alone belong
    aside = redirect_stdout(sys.stderr) if ray is not None else nullcontext()
    with adding(options.quiet) as show, fetching as door, aside:
        arrivals = iter_arrivals(sources, options.settings.max_bytes, door)
        how = {"archive": archive, "strict": strict}
        if parts is not None:
            registry = read_registries(options.registries)
            done = add_to_parts(arrivals, parts, models, registry, show, **how, runner=runner_of(jobs, ray))
        else:
            with opened(options) as desk:
                done = add_documents(arrivals, desk, models, show, **how, runner=runner_of(jobs, ray))
    _tell(options, done)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@common
def load(options: Options, folder: Path) -> None:
    """Put on the desk what sayso add --to-parquet wrote to FOLDER. Safe to repeat."""
    from sayso.cli.progress import adding
    from sayso.verbs.parts import load_parts

    with opened(options) as desk, adding(options.quiet) as show:
        done = load_parts(folder, desk, show)
    _tell(options, done)


def _tell(options: Options, done: Added) -> None:
    for refusal in done.refused:
        print_refusal(refusal)
    told = {
        "added": done.kept,
        "known": done.known,
        "statements": done.statements,
        "copies": done.copies,
        "changed": done.changed,
        "refused": len(done.refused),
    }
    if options.json:
        print_json({**told, "outlets": dict(done.outlets), "languages": dict(done.languages)})
    else:
        click.echo(", ".join(f"{name} {count}" for name, count in told.items()))
        for title, counts in (("outlets", done.outlets), ("languages", done.languages)):
            if counts:
                listed = ", ".join(f"{name} {count}" for name, count in counts.most_common(LISTED))
                rest = len(counts) - LISTED
                click.echo(f"  {title}: {listed}" + (f" and {rest} more" if rest > 0 else ""))
    if done.refused:
        sys.exit(REFUSED)
