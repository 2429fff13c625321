"""The commands of the contract. Rooms are imported inside the commands, so that ``--help`` answers at once."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence

import click

from sayso.cli.desk_commands import review, source, watch
from sayso.cli.opened import opened
from sayso.cli.options import Options, common
from sayso.cli.output import REFUSED, print_json, print_lines, print_refusal, width
from sayso.cli.putting_in import add, load
from sayso.cli.serving import mcp, serve, token, user
from sayso.cli.taking_out import backup, erase, export, restore, retention
from sayso.errors import InputRefused, SaysoError, UsageError

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sayso")
def cli() -> None:
    """On whose say-so? Who asserts a rumour, who denies it, who took it back, in which words, through whom.

    sayso attributes; it never says what is true.
    """


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@common
def read(options: Options, sources: Sequence[str]) -> None:
    """Print the statements found in files, folders, globs or standard input (-). Needs no desk."""
    from sayso.model.codec import reading_to_dict
    from sayso.showing.terminal import render_reading
    from sayso.verbs.arrivals import documents_only, iter_arrivals
    from sayso.verbs.fetching import fetcher_for
    from sayso.verbs.models import Models
    from sayso.verbs.open import read_registries
    from sayso.verbs.read import iter_readings

    refused = 0
    registry = read_registries(options.registries)
    with fetcher_for(sources, options.settings) as door:
        arrivals = iter_arrivals(sources, options.settings.max_bytes, door)
        for one in iter_readings(documents_only(arrivals), Models(options.settings.threads), registry):
            if isinstance(one, InputRefused):
                refused += 1
                print_refusal(one)
            elif options.json:
                print_json(reading_to_dict(*one))
            else:
                print_lines(render_reading(*one, width()))
    if refused:
        sys.exit(REFUSED)


@cli.command()
@click.argument("text", nargs=-1, required=True, metavar="TEXT | -")
@common
def ask(options: Options, text: Sequence[str]) -> None:
    """Print dossiers for a rumour in any language; - reads one question a line."""
    from sayso.model.codec import answer_to_dict
    from sayso.showing.terminal import render_answer
    from sayso.verbs.ask import iter_answers
    from sayso.verbs.models import Models

    with opened(options, create=False) as desk:
        for answer in iter_answers(_questions(text), desk, Models(options.settings.threads)):
            if options.json:
                print_json(answer_to_dict(answer))
            else:
                print_lines(render_answer(answer, width()))


def _questions(text: Sequence[str]) -> Iterator[str]:
    if tuple(text) != ("-",):
        yield " ".join(text).encode("utf-8", "replace").decode("utf-8")
        return
    if sys.stdin is None:
        raise UsageError("standard input is closed", remedy="pipe questions into it, one a line, or give one as text")
    for number, line in enumerate(sys.stdin.buffer):
        question = line.decode("utf-8" if number else "utf-8-sig", "replace")
        if question.strip():
            yield question


@cli.command()
@click.option("--smallest", default=2, show_default=True, help="Leave out claims in fewer documents.")
@click.option("--limit", default=20, show_default=True, help="How many to show.")
@common
def claims(options: Options, smallest: int, limit: int) -> None:
    """Print what circulates now: groups of statements, most active first."""
    from sayso.asking.circulating import circulating
    from sayso.model.codec import claim_to_dict
    from sayso.showing.terminal import render_claims

    with opened(options, create=False) as desk:
        found = circulating(desk.view(), smallest, limit)
    if options.json:
        for one in found:
            print_json(claim_to_dict(one))
    else:
        print_lines(render_claims(found, width()))


@cli.command()
@click.argument("identifier", metavar="ID")
@common
def show(options: Options, identifier: str) -> None:
    """Print one document or statement of the desk, or the dossier of a circulating claim."""
    from sayso.model.codec import answer_to_dict, kept_to_dict, shown_to_dict
    from sayso.model.dossier import Kept
    from sayso.showing.terminal import render_answer, render_kept, render_shown
    from sayso.verbs.ask import iter_answers
    from sayso.verbs.models import Models
    from sayso.verbs.show import claim_text, find_shown

    with opened(options, create=False) as desk:
        text = claim_text(identifier, desk.view())
        if text is not None:
            answer = next(iter_answers([text], desk, Models(options.settings.threads)))
            if options.json:
                print_json(answer_to_dict(answer))
            else:
                print_lines(render_answer(answer, width()))
            return
        found = find_shown(identifier, desk.view())
    if isinstance(found, Kept):
        if options.json:
            print_json(kept_to_dict(found))
        else:
            print_lines(render_kept(found, width()))
    elif options.json:
        print_json(shown_to_dict(found.document, found.seen, found.attributions, found.statements))
    else:
        print_lines(render_shown(found.document, found.statements, width()))


@cli.command()
@click.option("--rebuild", is_flag=True, help="Make the desk's indexes anew from its ledger.")
@common
def doctor(options: Options, rebuild: bool) -> None:
    """Tell what is installed, where the desk is, and what would fail."""
    from sayso.verbs.doctor import examine
    from sayso.verbs.doctor import rebuild as rebuild_desk
    from sayso.verbs.models import Models

    if rebuild:
        with opened(options, create=False) as desk:
            count = rebuild_desk(desk, Models(options.settings.threads))
        click.echo(f"indexes made anew for {count} statements", err=True)
    findings = examine(options.settings)
    for one in findings:
        if options.json:
            print_json({"what": one.what, "value": one.value, "good": one.good})
        else:
            click.echo(f"{'ok ' if one.good else 'BAD'} {one.what:20} {one.value}")
    if not all(one.good for one in findings):
        sys.exit(REFUSED)


@cli.command()
@common
def demo(options: Options) -> None:
    """A worked example, offline: a rumour, fourteen documents, the dossier."""
    from sayso.cli.progress import adding
    from sayso.model.codec import answer_to_dict
    from sayso.showing.terminal import render_answer
    from sayso.verbs.demo import run_demo
    from sayso.verbs.models import Models

    with adding(options.quiet) as show_progress:
        added, answer = run_demo(options.settings, Models(options.settings.threads), show_progress)
    if options.json:
        print_json(answer_to_dict(answer))
        return
    click.echo(f"{added.kept} documents of the example case, {added.statements} statements.\n")
    print_lines(render_answer(answer, width()))
    click.echo('Your own: sayso add FILE… then sayso ask "…" (see README.md and docs/tutorial.md)')


cli.add_command(source)
cli.add_command(serve)
cli.add_command(mcp)
cli.add_command(user)
cli.add_command(token)
cli.add_command(watch)
cli.add_command(review)
for _command in (add, load, export, erase, retention, backup, restore):
    cli.add_command(_command)


def main() -> None:
    """The program: errors become one line and an exit code."""
    interrupts: list[int] = []

    def interrupt(number: int, _frame: object) -> None:
        interrupts.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt) if threading.current_thread() is threading.main_thread() else None
    try:
        code = cli.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        code = _interrupted()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except SaysoError as error:
        if "--verbose" in sys.argv:
            traceback.print_exception(error)
        print_refusal(error)
        code = error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception:
        # a compiled library may turn the interrupt that it meets into an error of its own
        if not interrupts:
            raise
        code = _interrupted()
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    sys.exit(code if isinstance(code, int) else 0)


def _interrupted() -> int:
    click.echo("sayso: interrupted; what was finished is kept", err=True)
    return INTERRUPTED
