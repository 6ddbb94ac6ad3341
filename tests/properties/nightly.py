"""The long run of the laws: random seeds, as many as the time allows; what breaks a law is kept, made small.

    python tests/properties/nightly.py --minutes 60        every law, on seeds of its own
    python tests/properties/nightly.py --seed 17           one seed, every law, both sources

Ends with 1 when a law was broken; the files are in `fixtures/divergences`, and CI replays them from then on.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent / "interpreters", HERE.parent / "policies"):
    sys.path.insert(0, str(folder))

import laws_of_conditions  # noqa: E402, F401
import laws_of_facts  # noqa: E402, F401
import laws_of_policies  # noqa: E402, F401
import laws_of_runs  # noqa: E402, F401
import laws_of_time  # noqa: E402, F401
from divergences import FOLDER, Divergence, keep  # noqa: E402
from laws import LAWS, Law  # noqa: E402
from trials import SOURCES, drawn  # noqa: E402

from validator.interpreters.strategies import seeded  # noqa: E402

MOST_KEPT = 5


def main() -> int:
    """Runs the laws and says how many pairs of a policy and a snapshot were judged."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--law", help="a name or an id; all without it")
    arguments = parser.parse_args()
    laws = [law for law in LAWS if arguments.law in (None, law.id, law.name)]
    end = time.monotonic() + 60 * arguments.minutes
    first = random.SystemRandom().randrange(1 << 40) if arguments.seed is None else arguments.seed
    last = first if arguments.seed is not None else first + (1 << 40)
    pairs, broken = 0, Counter[str]()
    seed = first
    while seed <= last and time.monotonic() < end:
        for law in laws:
            pairs += _run(law, seed, broken)
        seed += 1
    print(f"seeds {first} to {seed - 1}: {pairs:,} pairs, {sum(broken.values())} broken")
    for name, count in broken.most_common():
        print(f"  {name}: {count}")
    return 1 if broken else 0


def _run(law: Law, seed: int, broken: Counter[str]) -> int:
    """How many pairs of a policy and a snapshot were judged by each engine."""
    pairs = 0
    for source in SOURCES:
        trial = drawn(source, seed)
        made, wrong = law.faults(trial, seeded(seed))
        if made:
            pairs += len(trial.policies.policies()) * len(law.engines)
        if wrong:
            broken[f"{law.id} {law.name}"] += 1
            print(f"{law.id} {law.name}, {source} policies, seed {seed}: {wrong[0][:300]}", flush=True)
            if sum(broken.values()) <= MOST_KEPT:
                print(f"  kept as {keep(Divergence(law, trial, seed)).relative_to(FOLDER.parents[1])}", flush=True)
    return pairs


if __name__ == "__main__":
    sys.exit(main())
