"""What waits for what: an ask that takes long holds up no page."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import httpx

from sayso.api import Desk
from sayso.model.document import Document
from sayso.neural.pairs import Passage, Related
from sayso.settings import Settings
from sayso.verbs.add import add_documents
from sayso.verbs.arrivals import Arrived
from sayso.verbs.models import Models
from sayso.web.app import create_app
from sayso.web.desk_threads import DeskThreads
from tests.conftest import EXAMPLE


class Slow:
    """A pair model that answers only when it is let go."""

    name = "slow"

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Event(), threading.Event()

    def relate(self, question: str, passages: Sequence[Passage]) -> list[Related]:
        self.asked.set()
        assert self.let_go.wait(60)
        return [Related(0.0, 0.0, 0.0, 1.0) for _ in passages]


def test_a_page_does_not_wait_for_an_ask(tmp_path: Path, models: Models) -> None:
    place = tmp_path / "desk.db"
    with Desk(place, models=models) as desk:
        desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
    slow = Slow()
    app = create_app(Settings(desk=str(place)), Models(encoder=models.encoder, pairs=slow))

    async def visit() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk.test") as page:
            asking = asyncio.create_task(page.get("/api/v1/ask", params={"text": "Has the lighthouse been sold?"}))
            while not slow.asked.is_set():
                await asyncio.sleep(0.01)
            listed = await asyncio.wait_for(page.get("/api/v1/documents"), 30)
            assert listed.status_code == 200
            assert listed.json()["documents"]
            assert not asking.done()
            slow.let_go.set()
            assert (await asking).json()["found"] is False

    asyncio.run(visit())
    app.state.desk.close()


def test_a_desk_in_memory_is_one_for_asks_and_pages(models: Models) -> None:
    async def visit() -> list[str | None]:
        threads = DeskThreads(Settings(desk=":memory:"), models)
        document = Document(text="The quay of Brine closes on Monday, the Harbour Office said.", id="quay")
        await threads.run_long(lambda desk: add_documents([Arrived(document)], desk, models))
        shown = await threads.run(lambda desk: [one.id for one, _ in desk.view().documents()])
        threads.close()
        return shown

    assert asyncio.run(visit()) == ["quay"]
