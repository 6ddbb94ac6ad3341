"""Snapshots that the solver finds for every verdict of every policy, and snapshots near them.

The solver meets what chance does not: five conditions at once, the last day of a window, the only region with a row
of its own. Needs the extra `prove`, and only when witnesses are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.mending import edited
from validator.interpreters.strategies.pools import Pools
from validator.interpreters.strategies.worlds import Json, World

if TYPE_CHECKING:
    from validator.interpreters.smt.answer import Limits
    from validator.logic.policy import PolicySet

EDITS = 3


def witnesses_of(world: World, policies: PolicySet, limits: Limits | None = None) -> Iterator[Json]:
    """A small sound snapshot for each verdict that a policy can have on some item, by policy and verdict.

    What the solver proves impossible or can't decide is left out.
    """
    from validator.interpreters.smt.answer import Limits as Bounds  # noqa: PLC0415 - with the solver only
    from validator.interpreters.smt.ask import ask  # noqa: PLC0415
    from validator.interpreters.smt.query import Setting, all_judged, somewhere, verdicts  # noqa: PLC0415

    invariants = tuple(world.vocabulary.invariants.values())
    setting = Setting(world.vocabulary, world.names, invariants, policies)
    for policy in policies.policies():
        for part in all_judged(policies, policy):
            for query in verdicts(part).values():
                answer = ask(setting, somewhere(part, query), limits=limits or Bounds())
                if answer.witness is not None:
                    yield dict(answer.witness.document)


def near_witness(world: World, choose: Chooser, witnesses: Sequence[Json], pools: Pools) -> Json:
    """One of the witnesses after none to three small changes."""
    return edited(world, choose, choose.one(witnesses), pools, most=EDITS)
