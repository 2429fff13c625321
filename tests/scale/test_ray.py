"""Reading on a Ray cluster of two nodes: the same desk, and a node that dies loses and doubles nothing."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sayso.desk.sqlite import SqliteDesk
from sayso.errors import DeskError

ray = pytest.importorskip("ray", reason="Ray is not installed (it has no wheel for this system)")

from ray.cluster_utils import Cluster  # noqa: E402

from sayso.scale.base import WorkersDied  # noqa: E402
from sayso.scale.ray_cluster import RayCluster  # noqa: E402

DOCUMENTS = 96
# the workers cannot import a test's module, so its functions travel whole
ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Two nodes on this machine, one processor each."""
    # workers import sayso as it is here, not from a copy
    monkeypatch.setenv("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "1")
    node = {
        "num_cpus": 1,
        "memory": 2_000_000_000,
        "object_store_memory": 80_000_000,
        "include_dashboard": False,
    }
    try:
        made = Cluster(initialize_head=True, head_node_args=node)
        made.add_node(**{key: value for key, value in node.items() if key != "include_dashboard"})
        host, port = made.address.rsplit(":", 1)
        socket.create_connection((host, int(port)), 10).close()
    except (OSError, RuntimeError, TimeoutError) as error:
        pytest.skip(f"no Ray cluster can be started on this machine: {error}")
    yield made
    ray.shutdown()
    made.shutdown()


def make_doubling(folder: str) -> Any:
    """Work that leaves a note when it is made."""
    (Path(folder) / f"made-{time.time_ns()}").touch()
    return partial(_double, folder)


def _double(folder: str, batch: list[int]) -> list[int]:
    time.sleep(0.05)
    if 7 in batch and not (Path(folder) / "died").exists():
        (Path(folder) / "died").touch()
        sys.stdout.flush()
        import os

        os._exit(1)
    if 99 in batch:
        import os

        os._exit(1)
    return [2 * one for one in batch]


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_two_nodes(cluster: Cluster, tmp_path: Path) -> None:
    ray.init(address=cluster.address, log_to_driver=False)
    runner = RayCluster(cluster.address, memory=100_000_000)

    # in order, made once a worker, and a worker that dies costs no batch
    batches = [[n] for n in range(40)]
    told = list(runner.map(partial(make_doubling, str(tmp_path)), batches))
    assert told == [(batch, [2 * batch[0]]) for batch in batches]
    assert (tmp_path / "died").exists()
    assert len(list(tmp_path.glob("made-*"))) <= 3

    # a batch that kills every worker is given up
    with pytest.raises(WorkersDied, match=r"killed its worker 3 times.*--jobs 1") as told:
        list(runner.map(partial(make_doubling, str(tmp_path)), [[1], [99]]))
    assert told.value.batch == [99]

    # a node without sayso is told as such
    with pytest.raises(DeskError, match=r"cannot start.*install the same sayso"):
        list(runner.map(make_nothing, [[1]]))
    ray.shutdown()

    # the command line, with a node killed in the middle
    many, place = tmp_path / "many.jsonl", tmp_path / "desk.db"
    texts = [f"The quay of Brine will be closed on day {n}, the Harbour Office said." for n in range(DOCUMENTS)]
    rows = [{"url": f"https://post.example/{n}", "outlet": "Brine Post", "text": text} for n, text in enumerate(texts)]
    many.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "sayso", "add", str(many), "--ray", cluster.address, "--desk", str(place)]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adding:
        while adding.poll() is None and not _some_are_there(place):
            time.sleep(0.2)
        cluster.remove_node(cluster.list_all_nodes()[1], allow_graceful=False)
        out, errors = adding.communicate(timeout=300)
    assert adding.returncode == 0, errors
    assert json.loads(out)["added"] == DOCUMENTS
    with SqliteDesk(str(place)) as desk:
        kept = [document.url for document, _ in desk.view().documents()]
        assert sorted(kept) == sorted(row["url"] for row in rows)
        assert desk.view().health().problems == ()


def _some_are_there(place: Path) -> bool:
    if not place.exists():
        return False
    with SqliteDesk(str(place)) as desk:
        return 0 < desk.view().size() < DOCUMENTS


@pytest.mark.filterwarnings("ignore")
def make_nothing() -> Any:
    """Work that cannot be made."""
    raise ModuleNotFoundError("no module named 'sayso'")


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_does_not_answer_is_named() -> None:
    with pytest.raises(DeskError, match=r"no Ray cluster answers.*ray start"):
        RayCluster("127.0.0.1:1")
