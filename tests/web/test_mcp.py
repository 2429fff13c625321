"""The MCP server as an assistant's client meets it: over standard input and output, and over HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.conftest import EXAMPLE

QUESTION = "Is it true that the port of Lantern Bay will not let seasonal workers in?"


@pytest.fixture(scope="module")
def lantern(tmp_path_factory: pytest.TempPathFactory) -> str:
    from sayso.api import Desk

    place = tmp_path_factory.mktemp("mcp") / "desk.db"
    with Desk(place) as desk:
        desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
    return str(place)


@asynccontextmanager
async def over_stdio(desk: str) -> AsyncIterator[ClientSession]:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "sayso", "mcp", "--desk", desk], env=dict(os.environ)
    )
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        yield session


async def told(session: ClientSession, tool: str, **given: Any) -> dict[str, Any]:
    result = await session.call_tool(tool, given)
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)  # type: ignore[union-attr]


def test_every_sentence_leads_to_characters_of_its_document(lantern: str) -> None:
    async def converse() -> None:
        async with over_stdio(lantern) as session:
            tools = (await session.list_tools()).tools
            assert {tool.name for tool in tools} == {"ask", "show", "claims"}
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
            found = await told(session, "ask", text=QUESTION)
            assert found["answer"]["found"]
            assert found["sentences"]
            for sentence in found["sentences"]:
                shown = await told(session, "show", identifier=sentence["document"])
                quote = shown["document"]["text"][sentence["start"] : sentence["end"]]
                assert " ".join(quote.split()) in sentence["text"]
            unknown = await told(session, "ask", text="Has the lighthouse of Tarvik been sold to a film company?")
            assert (unknown["answer"]["found"], unknown["sentences"]) == (False, [])
            assert (await told(session, "claims", limit=1))["claims"]

    anyio.run(converse)


def test_what_is_not_there_is_an_error_with_a_remedy(lantern: str) -> None:
    async def converse() -> None:
        async with over_stdio(lantern) as session:
            result = await session.call_tool("show", {"identifier": "no-such-thing"})
            assert result.is_error
            assert "neither a document nor a statement" in str(result.content)

    anyio.run(converse)


def test_over_http(lantern: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sayso", "mcp", "--http", "--port", str(port), "--desk", lantern]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)

            async def converse() -> None:
                async with (
                    streamable_http_client(f"http://127.0.0.1:{port}/mcp") as streams,
                    ClientSession(streams[0], streams[1]) as session,
                ):
                    await session.initialize()
                    assert (await told(session, "claims"))["claims"]

            anyio.run(converse)
        finally:
            server.terminate()


def test_a_desk_that_is_not_there_is_told_of_before_any_tool(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sayso", "mcp", "--desk", str(tmp_path / "none.db")]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 3
    assert "none.db" in done.stderr
