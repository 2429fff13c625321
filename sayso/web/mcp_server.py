"""The desk for assistants, by the Model Context Protocol (https://modelcontextprotocol.io): three tools that only read.

Every sentence that a tool returns carries the document and the characters that it rests on, so that an assistant that
passes it on can be held to them. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from sayso.errors import SaysoError
from sayso.model.codec import answer_to_dict, claim_to_dict, kept_to_dict, shown_to_dict
from sayso.model.dossier import Answer, Dossier, Kept
from sayso.web.desk_threads import DeskThreads

INSTRUCTIONS = (
    "sayso tells who asserts, denies, questions or took back a rumour, in which exact words. It never says what is true: "
    "pass on who says what, with the quoted words and their documents, and add no verdict. found=false means that "
    "this desk knows nothing about it."
)
READING = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
MOST_CLAIMS = 20

Result = TypeVar("Result")


def create_mcp_server(desk: DeskThreads) -> MCPServer:
    """The server over one desk; the caller runs it."""
    server = MCPServer("sayso", instructions=INSTRUCTIONS)

    @server.tool(annotations=READING)
    async def ask(text: str) -> dict[str, Any]:
        """Who says what about a rumour, given in any language as it was pasted or asked.

        ``sentences`` is the dossier in words, each with its document and characters; ``answer`` the same as data.
        """
        return await _asked(desk, text)

    @server.tool(annotations=READING)
    async def show(identifier: str) -> dict[str, Any]:
        """One document, statement or circulating claim (its dossier) of the desk by the id that ask or claims gave."""
        from sayso.verbs.show import claim_text, find_shown

        claim = await _told(desk.run(lambda opened: claim_text(identifier, opened.view())))
        if claim is not None:
            return await _asked(desk, claim)
        found = await _told(desk.run(lambda opened: find_shown(identifier, opened.view())))
        if isinstance(found, Kept):
            return kept_to_dict(found)
        return shown_to_dict(found.document, found.seen, found.attributions, found.statements)

    @server.tool(annotations=READING)
    async def claims(limit: int = MOST_CLAIMS) -> dict[str, Any]:
        """What circulates on this desk, most active first."""
        from sayso.asking.circulating import circulating

        found = await _told(desk.run(lambda opened: circulating(opened.view(), 2)))
        return {"claims": [claim_to_dict(one) for one in found[: max(1, limit)]]}

    return server


async def _asked(desk: DeskThreads, text: str) -> dict[str, Any]:
    from sayso.verbs.ask import iter_answers

    answer = await _told(desk.run_long(lambda opened: next(iter_answers([text], opened, desk.models))))
    return {"sentences": sentences_of(answer), "answer": answer_to_dict(answer)}


async def _told(waiting: Awaitable[Result]) -> Result:
    try:
        return await waiting
    except SaysoError as error:
        raise ToolError(str(error)) from error


def sentences_of(answer: Answer) -> list[dict[str, Any]]:
    """The statements and corrections of an answer as sentences, in the order of their timelines."""
    return [sentence for dossier in answer.dossiers for sentence in _sentences(dossier)]


def _sentences(dossier: Dossier) -> list[dict[str, Any]]:
    lines = {line.kept.statement.id: line for line in dossier.lines}
    out = []
    for name in dossier.timeline:
        line = lines[name]
        statement, document = line.kept.statement, line.kept.document
        through = f", through {', '.join(mention.name for mention in statement.via)}" if statement.via else ""
        quote = " ".join(statement.extent.quote(document.text).split())
        when = f" on {statement.date}" if statement.date else ""
        out.append(
            {
                "text": f"{line.source.name} {line.stance.value}{when}{through}: “{quote}”",
                "document": document.shown_id,
                "url": document.url,
                "start": statement.extent.start,
                "end": statement.extent.end,
            }
        )
    out.extend(
        {
            "text": f"{one.by} corrects what stood in {one.corrects}: “{' '.join(one.quote.split())}”",
            "document": one.document,
            "start": one.start,
            "end": one.end,
        }
        for one in dossier.corrections
    )
    return out
