"""The commands by which people tend a desk: source, watch and review."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from sayso.cli.opened import opened
from sayso.cli.options import Options, common
from sayso.cli.output import REFUSED, print_each, print_json, print_refusal
from sayso.model.following import Change, FetchState
from sayso.model.review import Act, Review

if TYPE_CHECKING:
    from sayso.desk.base import Desk
    from sayso.verbs.models import Models

PAUSE = 60.0


@click.group()
def source() -> None:
    """The feeds and channels that the desk polls."""


@source.command("add")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS…")
@common
def source_add(options: Options, addresses: Sequence[str]) -> None:
    """Poll these addresses from now on (with: sayso watch)."""
    from sayso.verbs.sources import follow

    with opened(options) as desk:
        for address in addresses:
            follow(desk, address)


@source.command("list")
@common
def source_list(options: Options) -> None:
    """Print the sources with their last success, last error and next try."""

    with opened(options, create=False) as desk:
        print_each(desk.view().sources(), options.json, asdict, _source_line)


def _source_line(one: FetchState) -> str:
    state = f"failing: {one.error}" if one.error else "good" if one.succeeded else "not asked yet"
    last = f", last good {one.succeeded}" if one.succeeded else ""
    later = f", next try {one.next_try}" if one.next_try else ""
    return f"{one.address}  {state}{last}{later}"


@source.command("remove")
@click.argument("address")
@common
def source_remove(options: Options, address: str) -> None:
    """Poll this address no more; what it gave stays."""
    from sayso.verbs.sources import unfollow

    with opened(options, create=False) as desk:
        unfollow(desk, address)


@source.command("test")
@click.argument("address")
@common
def source_test(options: Options, address: str) -> None:
    """Fetch an address once and tell what it gives; nothing is kept."""
    from sayso.verbs.fetching import fetcher
    from sayso.verbs.sources import try_source

    with fetcher(options.settings) as door:
        found = try_source(address, door, options.settings.max_bytes, print_refusal)
    if options.json:
        print_json(asdict(found))
    else:
        click.echo(f"{found.documents} documents, {found.refused} refused; for example: {found.example or 'none'}")
    if found.refused:
        sys.exit(REFUSED)


@click.command()
@click.option("--question", help="Keep a question, and tell from now on what changes about it.")
@click.option("--forget", help="Keep a question no longer.")
@click.option("--list", "listing", is_flag=True, help="Print the kept questions.")
@click.option("--once", is_flag=True, help="Poll once and stop, instead of every minute.")
@click.option("--every", default=PAUSE, show_default=True, help="Seconds between two rounds.")
@common
def watch(options: Options, question: str | None, forget: str | None, listing: bool, once: bool, every: float) -> None:
    """Poll the desk's sources; print what changed about the kept questions."""
    from sayso.verbs.models import Models
    from sayso.verbs.watch import unwatch
    from sayso.verbs.watch import watch as keep

    with opened(options, create=question is not None) as desk:
        if question is not None:
            keep(desk, question)
        if forget is not None:
            unwatch(desk, forget)
        if listing:
            print_each(
                desk.view().watched(),
                options.json,
                lambda one: {"question": one.question, "since": one.since, "at": one.at, "known": len(one.seen)},
                lambda one: f"{one.question}  (since {one.since}, last looked {one.at or 'never'})",
            )
        if question is not None or forget is not None or listing:
            return
        models = Models(options.settings.threads)
        while True:
            refused = _round(options, desk, models)
            if once:
                sys.exit(REFUSED if refused else 0)
            time.sleep(max(1.0, every))


def _round(options: Options, desk: Desk, models: Models) -> int:
    from sayso.verbs.fetching import fetcher
    from sayso.verbs.sources import poll
    from sayso.verbs.watch import changes

    def tell(address: str) -> None:
        if not options.quiet:
            click.echo(f"asking {address}", err=True)

    with fetcher(options.settings) as door:
        done = poll(desk, models, door, options.settings.max_bytes, progress=tell)
    for refusal in done.refused:
        print_refusal(refusal)
    if not options.quiet:
        click.echo(f"{done.kept} new documents, {done.statements} statements", err=True)
    print_each(changes(desk, models), options.json, asdict, _change_lines)
    return len(done.refused)


def _change_lines(change: Change) -> str:
    side = f" ({change.side})" if change.side else ""
    return f"{change.question}\n  new {change.kind}{side}: {change.who} in {change.document}: {change.quote}"


@click.group()
def review() -> None:
    """Correct what was read, matched or folded; every change is kept with who and why, and can be undone."""


def _reviewing(act: Act, *names: str, text: str) -> None:
    """Makes the command of one act."""

    @common
    def command(options: Options, who: str | None, why: str, **given: str) -> None:
        from sayso.verbs.review import review as keep

        values = [given[name] for name in names]
        with opened(options, create=False) as desk:
            kept = keep(
                desk,
                act,
                values[0],
                values[1] if len(values) > 1 else None,
                who=who or getpass.getuser(),
                why=why,
            )
        if options.json:
            print_json({**asdict(kept), "act": kept.act.value})
        else:
            click.echo(f"review {kept.number} kept; take it back with: sayso review undo {kept.number} --why …")

    for name in reversed(names):
        command = click.argument(name)(command)
    command = click.option("--why", required=True, help="The reason, for those who read the log.")(command)
    command = click.option("--who", help="Your name (default: the name you are signed in with).")(command)
    command.__doc__ = text
    review.command(act.value, help=text)(command)


_reviewing(Act.WRONG, "statement", text="Leave out a statement that was misread.")
_reviewing(Act.STANCE, "statement", "stance", text="Set a statement's stance: asserts, denies, questions or withdraws.")
_reviewing(Act.MATCH, "statement", "question", text="Say that a statement is about a question.")
_reviewing(Act.UNMATCH, "statement", "question", text="Say that a statement is not about a question.")
_reviewing(Act.JOIN, "name", "actor", text="Say that a name means an actor.")
_reviewing(Act.SPLIT, "name", "actor", text="Say that two names never mean one actor.")
_reviewing(Act.COPY, "document", "original", text="Mark a document as a copy of another.")
_reviewing(Act.UNCOPY, "document", text="Say that a document copies none.")
_reviewing(Act.UNDO, "number", text="Take a review back.")


@review.command("log")
@common
def review_log(options: Options) -> None:
    """Print every review, oldest first."""
    from sayso.model.review import effective

    with opened(options, create=False) as desk:
        log = desk.view().reviews()
    counting = {one.number for one in effective(log)}

    def in_words(one: Review) -> str:
        undone = "" if one.number in counting or one.act is Act.UNDO else " (undone)"
        value = f" → {one.value}" if one.value else ""
        return f"{one.number} {one.at} {one.who}: {one.act.value} {one.target}{value}: {one.why}{undone}"

    print_each(
        log,
        options.json,
        lambda one: {**asdict(one), "act": one.act.value, "counts": one.number in counting},
        in_words,
    )
