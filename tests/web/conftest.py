"""A server on a port of this machine, over the example case, for tests that need a real one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from sayso.api import Desk
from sayso.desk.sqlite import SqliteDesk
from sayso.model.account import Account, Role
from sayso.settings import Settings
from sayso.verbs.models import Models
from sayso.web.access import hash_password
from sayso.web.app import create_app
from sayso.web.limits import Bucket
from tests.conftest import EXAMPLE

ADA, PASSWORD = "ada", "a long enough password"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, models: Models) -> Iterator[str]:
    """The server's address; ada is an editor."""
    place = tmp_path_factory.mktemp("served") / "desk.db"
    with Desk(place, models=models) as desk:
        desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
    with SqliteDesk(str(place)) as kept:
        kept.writer().set_account(Account(ADA, Role.EDITOR, hash_password(PASSWORD)))
    app = create_app(Settings(desk=str(place)), models, bucket=Bucket(1e6, 1e6))
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join()
