"""Kills a desk's writer at random moments and counts what was acknowledged, kept and doubled.

    python bench/faults.py [--kills 300] [--desk postgresql://…]

A process adds documents and reviews (a third of the kills: brings an old desk up to today's tables) until it is killed with
SIGKILL after a random time; then the desk is opened and checked. Acknowledged is what the process was told to be kept; kept
is what the desk holds. Right is: all that was acknowledged is kept, nothing twice, no damage. In the moment of a kill a
document may be kept that nobody was told of.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

from sayso.desk.schema import MIGRATIONS
from sayso.desk.sqlite import SqliteDesk
from tests.desk.test_faults import SPAWN, bring_up, kill, kill_adding, make_old, opened

OLD_DOCUMENTS = 500
A_THIRD = 3


def kill_migrating(old: Path, folder: Path, chance: random.Random) -> bool:
    """Whether a desk that was killed while it was brought up is whole afterwards."""
    place = folder / "migrating.db"
    for left in folder.glob("migrating.db*"):
        left.unlink()
    shutil.copy(old, place)
    process = SPAWN.Process(target=bring_up, args=(str(place),))
    process.start()
    kill(process, chance.uniform(0.15, 0.6))
    with SqliteDesk(str(place)) as desk:
        health = desk.view().health()
        return health.problems == () and health.documents == OLD_DOCUMENTS and health.version == len(MIGRATIONS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--desk", help="an empty database, instead of a file")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place, told, old = options.desk or str(folder / "desk.db"), folder / "told", folder / "old.db"
        told.touch()
        make_old(old, OLD_DOCUMENTS)
        opened(place).close()
        broken = 0
        for number in tqdm(range(options.kills), unit=" kills"):
            if number % A_THIRD == 2 and options.desk is None:
                broken += not kill_migrating(old, folder, chance)
            else:
                kill_adding(place, told, number, chance.uniform(0, 0.1))
        lines = told.read_text().split()
        with opened(place) as desk:
            documents = [str(document.id).removeprefix("d") for document, _ in desk.view().documents()]
            reviews = [one.target.removeprefix("s") for one in desk.view().reviews()]
            problems = desk.view().health().problems
        lost = doubled = 0
        for what, acknowledged, held in (
            ("documents", [line for line in lines if line[0] != "r"], documents),
            ("reviews", [line[1:] for line in lines if line[0] == "r"], reviews),
        ):
            lost += len(set(acknowledged) - set(held))
            doubled += len(held) - len(set(held))
            print(f"{what}: acknowledged {len(acknowledged)}, of these kept {len(set(acknowledged) & set(held))}, "
                  f"kept without a word {len(set(held) - set(acknowledged))}, doubled {len(held) - len(set(held))}")  # fmt: skip
        print(f"migrations broken: {broken}; problems: {'; '.join(problems) or 'none'}")
        sys.exit(bool(lost or doubled or broken or problems))


if __name__ == "__main__":
    main()
