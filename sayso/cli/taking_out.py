"""The commands that take something out of a desk: export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sayso.cli.options import Options, common

FORMATS = ("claim", "prov", "webannotation", "parquet", "jsonl")


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--question", "questions", multiple=True, help="For claim and prov: this rumour's dossier; repeatable.")
@click.option("--turtle", is_flag=True, help="For prov: Turtle (PROV-O) instead of PROV-JSON.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file (parquet needs one).")
@common
def export(options: Options, form: str, questions: Sequence[str], turtle: bool, out: Path | None) -> None:
    """Give what the desk holds to other programs: claim, prov, webannotation, parquet or jsonl.

    claim and prov export dossiers (without --question: of what circulates most), the others every document or statement.
    """
    from sayso.errors import UsageError
    from sayso.verbs.export import export_parquet, iter_lines, prov_text
    from sayso.verbs.models import Models
    from sayso.verbs.open import open_desk

    if form == "parquet" and out is None:
        raise UsageError("parquet is no text", remedy="name a file with --out statements.parquet")
    models = Models(options.settings.threads)
    with open_desk(options.settings, create=False) as desk:
        if form == "parquet" and out is not None:
            rows = export_parquet(desk, out)
            click.echo(f"{rows} statements written to {out}", err=True)
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
            raise UsageError(f"cannot write {out}: {error.strerror}", remedy="name another file with --out") from error
        finally:
            growing.unlink(missing_ok=True)
