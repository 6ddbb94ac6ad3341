"""P19 with the solver, P21: what snapshots show the solver finds possible, and mutants are noticed.

More of the first is in `tests/smt`, of the second in `tests/mutants`, where every live mutant is accounted for.
"""

from __future__ import annotations

import pytest
from trials import Trial, by_reference, drawn, restricted, shipped_world
from worlds import snapshot_of

from validator.interpreters.smt.query import Setting, judged, somewhere, verdicts
from validator.interpreters.strategies import Pools, near_witness, seeded, witnesses_of
from validator.journeys.examples.cases import run
from validator.journeys.examples.embedded import examples_of
from validator.journeys.mutants.all import mutants_of
from validator.journeys.mutants.killing import Examples
from validator.journeys.mutants.study import State, study
from validator.logic.policy import Norm
from validator.logic.proof import Status

pytest.importorskip("z3")


@pytest.mark.parametrize("source", ["random", "shipped"])
def test_p19_what_a_snapshot_shows_is_never_proved_impossible(source: str) -> None:
    from validator.interpreters.smt.ask import ask

    asked = 0
    for seed in range(8):
        trial = drawn(source, seed)
        setting = Setting(trial.world.vocabulary, trial.world.names, (), trial.policies)
        for policy, path, verdict in sorted(_shown(trial)):
            found = trial.policies.norms.get(policy) or trial.policies.decisions[policy]
            lists = found.clauses if isinstance(found, Norm) else (None,)
            parts = [judged(trial.policies, found, clauses) for clauses in lists]
            part = next(part for part in parts if part.subject.path == path)
            answer = ask(setting, somewhere(part, verdicts(part)[verdict]), witness=False)
            assert answer.status not in (Status.PROVED, Status.BOUNDED_OK), (seed, policy, verdict)
            asked += answer.status is Status.WITNESS
    assert asked > 8


def _shown(trial: Trial) -> set[tuple[str, str, str]]:
    """The verdicts on given items, on the day of the snapshot: the solver knows no other law date."""
    today = trial._replace(day=trial.snapshot.as_of)
    found = set()
    for (policy, path), (verdict, _) in today.judged(by_reference).items():
        if path == "organization" or path.endswith("]"):
            bare = "".join(part.partition("]")[2] if "]" in part else part for part in path.split("["))
            found.add((policy, bare, verdict[0]))
    return found


def test_p19_witnesses_are_sound_and_show_what_was_asked() -> None:
    world = shipped_world()
    chosen = restricted(world.policies, {"FM-BAN", "PL-SAFE", "XF-WHEN"})
    witnesses = list(witnesses_of(world, chosen))
    shown = set()
    for document in witnesses:
        snapshot = snapshot_of(world, document)
        told = by_reference(world, chosen, snapshot, snapshot.as_of)
        shown |= {(policy, verdict[0]) for (policy, _), (verdict, _) in told.items()}
    assert {("FM-BAN", word) for word in ("violation", "unknown", "ok")} <= shown
    assert {("PL-SAFE", word) for word in ("advice", "unknown", "ok")} <= shown
    pools = Pools(chosen)
    for seed in range(40):
        snapshot_of(world, near_witness(world, seeded(seed), witnesses, pools))


def test_p21_the_examples_of_a_policy_notice_its_mutants() -> None:
    from shipped import library

    from validator.journeys.mutants.equivalence import Equivalence

    found = library()
    chosen = ["LNA-ALT", "PL-SAFE"]
    cases = examples_of(found, chosen)
    examples = Examples(zip(cases, run(cases, found.policies), strict=True), found.policies)
    own = [mutant for mutant in mutants_of(found.policies, chosen) if mutant.owner in chosen]
    states = [one.state for one in study(own, examples, Equivalence(found))]
    assert states.count(State.KILLED) >= 0.85 * len(states)
    assert State.UNCHECKED not in states
