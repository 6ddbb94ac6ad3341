"""How many mutants of the shipped policies each way of making snapshots kills, on one budget of examples.

    python benchmarks/strategies.py                                    # 200 mutants, 100/300/1000 examples
    python benchmarks/strategies.py --policies FM-BAN,XF-AUTO --mutants 40 --examples 50,100

A mutant is killed by a snapshot on which a policy that it touches says something else, readings included. Shares
are of the mutants that any of the strategies kills; the others may be equivalent.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from validator.interpreters.compile.program import Program  # noqa: E402
from validator.interpreters.strategies import (  # noqa: E402
    Chooser,
    Json,
    Pools,
    World,
    directed_document,
    near_witness,
    random_document,
    seeded,
    witnesses_of,
)
from validator.journeys.mutants.all import mutants_of  # noqa: E402
from validator.journeys.mutants.model import Mutant  # noqa: E402
from validator.language.library import Library, load, read_folder  # noqa: E402
from validator.language.scopes import Known  # noqa: E402
from validator.language.source import read_json  # noqa: E402
from validator.language.vocabulary import read_vocabulary  # noqa: E402
from validator.logic.facts import Snapshot  # noqa: E402
from validator.logic.frozen import replace  # noqa: E402
from validator.logic.lean import lower  # noqa: E402
from validator.logic.policy import PolicySet  # noqa: E402
from validator.resources import policies_folder, schema_bytes  # noqa: E402
from validator.snapshots.read import read_snapshot  # noqa: E402

Make = Callable[[Chooser], Json]
Said = list[tuple[str, str, tuple[int, ...], int | None]]


class Strategy(NamedTuple):
    """A way of making snapshots: what it is called, what it made, and how long that took (ms for one)."""

    name: str
    snapshots: list[Snapshot]
    cost: float


def library() -> Library:
    """The shipped policies."""
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def world_of(found: Library) -> World:
    """The published vocabulary with the shipped policies."""
    policies = found.policies
    families = [register for register in policies.registers.values() if register.family]
    services = tuple(sorted({row.id for register in families for row in register.rows}))
    known = Known({}, {}, {}, {}, frozenset(services))
    fixed = {"inn": ("7800000002",), "region": ("78", "27", "35", "77")}
    texts = {"name": ("Ромашка",), "url": ("https://school.example/order",)}
    day = date(2025, 10, 20)
    return World(found.vocabulary, policies, found.names, known, day, (*services, "stranger"), fixed, texts)


def strategies(world: World, wanted: set[str], count: int) -> Iterator[Strategy]:
    """Each strategy with so many snapshots."""
    policies = restricted(world.policies, wanted)
    pools = Pools(policies)
    begun = time.process_time()
    witnesses = list(witnesses_of(world, policies))
    print(f"{len(witnesses)} witnesses found in {time.process_time() - begun:.1f} s of CPU time", flush=True)

    def directed(choose: Chooser) -> Json:
        return directed_document(world, choose, policies, pools)

    def near(choose: Chooser) -> Json:
        return near_witness(world, choose, witnesses, pools)

    makers: dict[str, Make] = {
        "typed, no constants": lambda choose: random_document(world, choose),
        "pools of constants": lambda choose: random_document(world, choose, pools),
        "directed at a policy": directed,
        "witnesses, 0-3 edits": near,
        "mixed, 1 directed : 2 witnesses": lambda choose: (directed, near, near)[choose.below(3)](choose),
    }
    for name, make in makers.items():
        begun = time.process_time()
        documents = [make(seeded(seed)) for seed in range(count)]
        cost = (time.process_time() - begun) * 1000 / count
        yield Strategy(name, [_read(world, document) for document in documents], cost)


def _read(world: World, document: Json) -> Snapshot:
    data = json.dumps(document, ensure_ascii=False).encode()
    return read_snapshot(read_json(data, "snapshot.json"), world.vocabulary, world.names)[0]


def restricted(policies: PolicySet, wanted: set[str]) -> PolicySet:
    """The policy set with the named policies alone."""
    return replace(
        policies,
        norms={name: norm for name, norm in policies.norms.items() if name in wanted},
        decisions={name: decision for name, decision in policies.decisions.items() if name in wanted},
    )


def said(program: Program, snapshot: Snapshot) -> Said:
    """What a program says of a snapshot, all readings included."""
    found = program.judge(lower(snapshot, program.types), snapshot.as_of.toordinal())
    return [(one.part.policy.id, one.part.subject.path, tuple(one.codes), one.rest) for one in found]


def killed_by(world: World, mutant: Mutant, made: list[Strategy]) -> list[int | None]:
    """For each strategy the number of the first snapshot that kills the mutant."""
    touched = set(mutant.touches)
    before = Program(restricted(world.policies, touched), world.vocabulary)
    after = Program(restricted(mutant.make(), touched), world.vocabulary)

    def differs(snapshot: Snapshot) -> bool:
        return said(before, snapshot) != said(after, snapshot)

    return [next((n for n, snapshot in enumerate(one.snapshots) if differs(snapshot)), None) for one in made]


def main(arguments: list[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--policies", default="", help="ids, separated by commas; all without it")
    parser.add_argument("--mutants", type=int, default=200)
    parser.add_argument("--examples", default="100,300,1000")
    given: Any = parser.parse_args(arguments)
    budgets = [int(text) for text in given.examples.split(",")]
    world = world_of(library())
    wanted = set(given.policies.split(",")) if given.policies else {p.id for p in world.policies.policies()}
    found = list(mutants_of(world.policies, wanted))
    chosen = found[:: max(len(found) // given.mutants, 1)][: given.mutants]
    made = list(strategies(world, wanted, max(budgets)))
    first = [killed_by(world, mutant, made) for mutant in chosen]
    killable = [numbers for numbers in first if any(number is not None for number in numbers)]
    print(f"{len(chosen)} of {len(found)} mutants, {len(killable)} of them killed by some strategy\n")
    print("| strategy | " + " | ".join(str(budget) for budget in budgets) + " | ms/example |")
    print("|" + "---|" * (len(budgets) + 2))
    for place, one in enumerate(made):
        shares = [sum(_within(numbers[place], budget) for numbers in killable) for budget in budgets]
        cells = " | ".join(f"{100 * share / max(len(killable), 1):.0f} %" for share in shares)
        print(f"| {one.name} | {cells} | {one.cost:.1f} |")


def _within(number: int | None, budget: int) -> bool:
    return number is not None and number < budget


if __name__ == "__main__":
    main()
