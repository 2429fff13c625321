"""The commands that take something out of a desk, or a whole desk: export, erase, retention, backup, restore."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.opened import opened
from sayso.cli.options import Options, common
from sayso.cli.output import print_each, print_json
from sayso.model.erasure import Erasure

if TYPE_CHECKING:
    from sayso.errors import SaysoError

FORMATS = ("claim", "prov", "webannotation", "parquet", "jsonl", "warc")
BINARY = ("parquet", "warc")


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--question", "questions", multiple=True, help="For claim and prov: this rumour's dossier; repeatable.")
@click.option("--turtle", is_flag=True, help="For prov: Turtle (PROV-O) instead of PROV-JSON.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file (parquet and warc need one)."
)
@common
def export(options: Options, form: str, questions: Sequence[str], turtle: bool, out: Path | None) -> None:
    """Give what the desk holds to other programs: claim, prov, webannotation, parquet, jsonl or warc.

    claim and prov export dossiers (without --question: of what circulates most), warc the archived originals, the
    others every document or statement.
    """
    from sayso.errors import UsageError
    from sayso.verbs.export import export_parquet, export_warc, iter_lines, prov_text
    from sayso.verbs.models import Models

    if form in BINARY and out is None:
        raise UsageError(f"{form} is no text", remedy=f"name a file with --out desk.{form}")
    models = Models(options.settings.threads)
    with opened(options, create=False) as desk:
        if form in BINARY and out is not None:
            try:
                count = export_parquet(desk, out) if form == "parquet" else export_warc(desk, out)
            except OSError as error:
                raise _unwritable(out, error) from error
            click.echo(f"{count} {'statements' if form == 'parquet' else 'originals'} written to {out}", err=True)
            return
        if form == "prov":
            lines = iter([prov_text(desk, models, questions, "turtle" if turtle else "json")])
        else:
            lines = iter_lines(form, desk, models, questions)
        if out is None:
            for line in lines:
                click.echo(line)
            return
        growing = out.with_name(f".{out.name}.part")
        try:
            with open(growing, "w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
            growing.replace(out)
        except OSError as error:
            raise _unwritable(out, error) from error
        finally:
            growing.unlink(missing_ok=True)


def _unwritable(out: Path, error: OSError) -> SaysoError:
    from sayso.errors import UsageError

    return UsageError(f"cannot write {out}: {error.strerror}", remedy="name another file with --out")


@click.group()
def erase() -> None:
    """Take documents off the desk for good, index and archive included; only a record of the act stays."""


def _erasing(kind: str, text: str) -> None:
    @erase.command(kind, help=text)
    @click.argument("name")
    @click.option("--why", required=True, help="The reason, for those who read the log.")
    @click.option("--who", help="Your name (default: the name you are signed in with).")
    @common
    def command(options: Options, name: str, why: str, who: str | None) -> None:
        from sayso.verbs.keeping import erase_actor, erase_document

        act = erase_actor if kind == "actor" else erase_document
        with opened(options, create=False) as desk:
            done = act(desk, name, who=who or getpass.getuser(), why=why)
        if options.json:
            print_json(asdict(done))
        else:
            click.echo(_erasure_line(done))


_erasing("document", "Erase one document, by its id or hash.")
_erasing("actor", "Erase every document in which an actor speaks, relays or publishes, and its registry entries.")


@erase.command("log")
@common
def erase_log(options: Options) -> None:
    """Print what was erased, oldest first."""

    with opened(options, create=False) as desk:
        print_each(desk.view().erasures(), options.json, asdict, _erasure_line)


def _erasure_line(one: Erasure) -> str:
    gone = f"{one.documents} documents, {one.statements} statements"
    return f"{one.number} {one.at} {one.who}: erased by {one.kind}, {gone}: {one.why}"


@click.group()
def retention() -> None:
    """How long what comes from an outlet or channel is kept; what is older is erased, with a record."""


@retention.command("set")
@click.argument("source")
@click.argument("days", type=click.IntRange(1, 36500))
@common
def retention_set(options: Options, source: str, days: int) -> None:
    """Keep what comes from SOURCE (an outlet's name, or a channel such as telegram) for DAYS days."""
    from sayso.verbs.keeping import retain

    with opened(options) as desk:
        retain(desk, source, days)


@retention.command("remove")
@click.argument("source")
@common
def retention_remove(options: Options, source: str) -> None:
    """Let nothing go from SOURCE any more."""
    from sayso.verbs.keeping import retain

    with opened(options, create=False) as desk:
        retain(desk, source, None)


@retention.command("list")
@common
def retention_list(options: Options) -> None:
    """Print the rules."""

    with opened(options, create=False) as desk:
        print_each(
            desk.view().retentions(),
            options.json,
            asdict,
            lambda one: f"{one.source}: {one.days} days (rule of {one.since})",
        )


@retention.command("apply")
@click.option("--who", help="Your name (default: the name you are signed in with).")
@common
def retention_apply(options: Options, who: str | None) -> None:
    """Erase what the rules no longer keep; for a nightly job."""
    from sayso.verbs.keeping import let_go

    with opened(options, create=False) as desk:
        print_each(let_go(desk, who=who or getpass.getuser()), options.json, asdict, _erasure_line)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@common
def backup(options: Options, file: Path) -> None:
    """Write a copy of the desk to a new file; a desk may be served or added to meanwhile."""

    with opened(options, create=False) as desk:
        desk.backup(str(file))
    click.echo(f"written to {file}; bring it back with: sayso restore {file} --desk PATH", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Take the place of the desk that is there.")
@common
def restore(options: Options, file: Path, replace: bool) -> None:
    """Make a desk from a backup, after checking it whole."""
    from sayso.verbs.keeping import restore as bring_back

    bring_back(file, options.settings.desk, replace=replace)
    click.echo(f"{options.settings.desk} is what {file} was", err=True)
