"""Quick checks of questions: about verdicts, about two snapshots, about names that only a policy set knows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import test_smt_seconds
from differential import Trial, trial
from test_smt_seconds import SETTING, _condition, _due, _reversed, _turned
from worlds import AS_OF, TOY, read

from validator.interpreters.judge import case_of, environments, judge_decision, judge_norm
from validator.interpreters.outcome import Outcome
from validator.interpreters.readings import readings_of
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask, ask_each, session
from validator.interpreters.smt.query import (
    Both,
    ForSome,
    Judged,
    Mode,
    Other,
    Query,
    Setting,
    Then,
    applies,
    exempt,
    in_force,
    judged,
    met,
    moved,
    organization_mode,
    stays,
    surely,
    surely_not,
    verdicts,
)
from validator.interpreters.smt.replay import holds
from validator.interpreters.strategies import Menu, seeded, subject_of
from validator.interpreters.terms import Env
from validator.language.names import reference_names
from validator.logic.facts import Snapshot
from validator.logic.policy import Decision, Definition, Norm, Policy, PolicySet
from validator.logic.proof import Status
from validator.logic.text import Text
from validator.logic.truth import Truth

# Long enough for a machine that has much else to do.
LIMITS = Limits(timeout=600_000)


# --- verdicts --------------------------------------------------------------------------------------------------


@cache
def _kept_trial(seed: int) -> Trial:
    return trial(seed)


def check_verdicts(seeds: Iterable[int]) -> None:
    """That of the questions about a policy just those hold of an item that the reference answers with yes."""
    for seed in seeds:
        found = _kept_trial(seed)
        for policy in found.policies.policies():
            part = judged(found.policies, policy)
            for snapshot, _ in found.snapshots:
                for _, env in environments(snapshot, part.subject):
                    said = {name for name, query in _questions(part) if _holds(snapshot, query, env)}
                    assert said == {*_reference(found.policies, policy, snapshot, env)}, (seed, policy.id)


def _questions(part: Judged) -> Iterator[tuple[str, Query]]:
    """Everything that can be asked of an item that a policy judges."""
    yield from ((f"verdict {name}", query) for name, query in verdicts(part, "thing").items())
    yield from (("in force", in_force(part, "thing")), ("applies", applies(part, "thing")))
    yield from (("exempt", exempt(part, "thing")), ("met", met(part, "thing")))
    if isinstance(part.policy, Decision):
        yield from (("moved", moved(part, "thing")), ("stays", stays(part, "thing")))


def _holds(snapshot: Snapshot, query: Query, env: Env) -> bool:
    return holds(snapshot, query, {"thing": env})


def _reference(policies: PolicySet, policy: Policy, snapshot: Snapshot, env: Env) -> Iterator[str]:
    """What the ordinary evaluator says of an item under the chosen reading, in the same words."""
    assert isinstance(policy, Norm | Decision)
    window = policy.clauses[0].window if isinstance(policy, Norm) else policy.window
    case = case_of(policies, snapshot, snapshot.as_of, readings_of(policy)[0], env, window)
    if isinstance(policy, Norm):
        norm = judge_norm(policy, policy.clauses[0], case, env)
        yield f"verdict {norm.verdict}"
        yield from _surely(norm.window, norm.applies, [one for _, one in norm.exceptions], [norm.requirement])
        return
    decision = judge_decision(policy, case, env)
    yield f"verdict {decision.verdict}"
    yield from _surely(decision.window, decision.applies, [*decision.exclusions], [*decision.criteria])
    if decision.verdict in (policy.positive, policy.otherwise):
        yield "moved" if decision.verdict == policy.positive else "stays"


def _surely(window: Outcome, scope: Outcome, exempting: list[Outcome], wanted: list[Outcome]) -> Iterator[str]:
    if window.truth is Truth.TRUE:
        yield "in force"
        if scope.truth is Truth.TRUE:
            yield "applies"
    if any(outcome.truth is Truth.TRUE for outcome in exempting):
        yield "exempt"
    if all(outcome.truth is Truth.TRUE for outcome in wanted):
        yield "met"


# --- two snapshots -----------------------------------------------------------------------------------------------

# Small answers of every kind: more facts turn the condition, or they don't; a day turns it, or it doesn't.
SECONDS = (0, 2, 5, 6, 8, 13, 15, 16, 19, 21, 23, 29, 30, 38, 48, 68, 81, 96, 102, 108, 114, 125, 173, 201, 209)
TOLD: dict[str, Any] = json.loads(Path(__file__).with_name("smt_seconds.json").read_text(encoding="utf-8"))
MENU = Menu(known=True, ratios=False, depth=1)


def pair_questions(seed: int) -> dict[str, Query]:
    """The questions of a seed about two snapshots."""
    choose = seeded(seed)
    condition, mode = _condition(choose, MENU)
    due = _due(choose, condition, AS_OF)
    return {
        "more": _turned(condition, mode, Other.MORE_FACTS),
        "day": _turned(due, mode, Other.NEXT_DAY),
        "turned": _reversed(due, mode),
    }


def told(seeds: Iterable[int]) -> dict[str, Any]:
    """The answers: status, exactness, bounds, both snapshots and the items that play the parts."""
    session.cache_clear()
    found: dict[str, Any] = {}
    for seed in seeds:
        for name, query in pair_questions(seed).items():
            answer = ask(SETTING, query, limits=LIMITS)
            one = answer.witness
            shown = [one.document, one.then, dict(one.items)] if one is not None else None
            found[f"{name} {seed}"] = [answer.status.value, answer.exact, dict(answer.bounds), shown]
    return found


def check_seconds(seeds: Iterable[int]) -> None:
    """That questions about two snapshots are answered as they were."""
    found = json.loads(json.dumps(told(seeds)))
    assert {name: (now, TOLD[name]) for name, now in found.items() if now != TOLD[name]} == {}


def check_next_days() -> None:
    """What only the later day is asked about stands in the snapshot of the first, lists and texts included."""
    people = organization_mode(TOY.policies, subject_of(TOY, "people"))
    whole = organization_mode(TOY.policies, subject_of(TOY, "organization"))

    def shown(mode: Mode, path: str, now: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
        later = Then(surely(read(TOY, path, then), mode), Other.NEXT_DAY)
        query = ForSome(mode.subject, Both((surely(read(TOY, path, now), mode), later)))
        answer = ask(SETTING, query, limits=LIMITS)
        assert answer.witness is not None
        return dict(answer.witness.document)

    found: Any = shown(people, "people", {"load": 1}, {"skill": "cook"})
    assert found["people"] == [{"ref": "p_1", "load": 1, "skill": "cook"}]
    found = shown(people, "people", {"load": 1}, {"tasks": {"no": {"urgent": True}}})
    assert found["people"] == [{"ref": "p_1", "load": 1, "tasks_coverage": "complete"}]
    found = shown(whole, "organization", {"bound": True}, {"name": "Ромашка"})
    assert found["organization"]["name"] == "Ромашка"
    found = shown(people, "people", {"load": 1}, {"skills": {"contains": "sing"}})
    assert found["people"] == [{"ref": "p_1", "load": 1, "skills": ["sing"]}]


def check_invariants_of_pairs() -> None:
    """An invariant makes items appear that it needs, and binds both snapshots of a question about two."""
    when = read(TOY, "organization", {"people": {"some": {"status": "active"}}})
    rule = Definition("R", Text("", ""), "organization", (), when, (), when.span)
    setting = Setting(TOY.vocabulary, TOY.names, (rule,), TOY.policies)
    mode = organization_mode(TOY.policies, subject_of(TOY, "organization"))
    nobody = surely(read(TOY, "organization", {"people": {"no": {"status": "left"}}}), mode)
    answer = ask(setting, nobody, limits=LIMITS)
    assert answer.witness is not None
    document: Any = answer.witness.document
    assert document["people"] == [{"ref": "p_1", "status": "active"}]
    broken = surely_not(when, mode)
    for other in Other:
        for query in (Both((broken, Then(Both(()), other))), Then(broken, other)):
            assert ask(setting, query, limits=LIMITS).status is Status.PROVED
    both = Both((broken, *(Then(Both(()), other) for other in Other)))
    assert ask(setting, both, limits=LIMITS).status is Status.PROVED


def check_two_others() -> None:
    """Every other snapshot of a question follows from the first, whichever is named last."""
    mode = organization_mode(TOY.policies, subject_of(TOY, "people"))
    one, two = (surely(read(TOY, "people", {"load": load}), mode) for load in (1, 2))
    more, day = Then(two, Other.MORE_FACTS), Then(one, Other.NEXT_DAY)
    for parts in ((one, more, day), (one, day, more)):
        assert ask(SETTING, ForSome(mode.subject, Both(parts)), limits=LIMITS).status is Status.PROVED


def check_sound_cases() -> None:
    """Cases that no snapshot can show have no answer either."""
    mode = organization_mode(TOY.policies, subject_of(TOY, "people"))
    cases = tuple(
        ForSome(mode.subject, surely(read(TOY, "people", {"rank": rank, "places": 2}), mode)) for rank in (1, 5)
    )
    told = [answer.status for answer in ask_each(SETTING, Both(()), cases, limits=LIMITS)]
    assert told == [Status.WITNESS, Status.PROVED]


# --- names -------------------------------------------------------------------------------------------------------


def check_strange_names() -> None:
    """That a name which only the register of a policy set knows is told from those that nobody knows.

    Only `delta` has a name in the setting. A row of another register lists its own name all the same; of names that
    are on no row it is surely not listed only what some register knows.
    """
    session.cache_clear()
    setting = Setting(TOY.vocabulary, reference_names([TOY.policies.registers["home"]]))
    mode = organization_mode(TOY.policies, subject_of(TOY, "people"))
    for register, shown in {
        "home": ("delta", None),
        "foreign": ("alpha", "delta"),
        "whole": ("alpha", "delta"),
    }.items():
        listed = read(TOY, "people", {"service": {"listed_in": register}})
        for make, service in zip((surely, surely_not), shown, strict=True):
            answer = ask(setting, ForSome(mode.subject, make(listed, mode)), limits=LIMITS)
            found: Any = answer.witness.document if answer.witness is not None else {}
            assert [item["service"] for item in found.get("people", ())] == [service] * (service is not None)


def check_pseudonyms() -> None:
    """A given pseudonym is not analysed, in both languages; what can be none is no pseudonym of any item."""
    mode = organization_mode(TOY.policies, subject_of(TOY, "people"))
    why = Text("сравнивается псевдоним записи", "the pseudonym of an item is compared")
    for said in ({"ref": "p_1"}, {"ref": {"in": ["p_1", "p_2"]}}):
        for make in (surely, surely_not):
            answer = ask(SETTING, ForSome(mode.subject, make(read(TOY, "people", said), mode)), limits=LIMITS)
            assert (answer.status, answer.why) == (Status.NOT_ANALYSED, why)


def text() -> str:
    """The answers about two snapshots as JSON, one line for each."""
    lines = [f"{json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}" for name, one in told(SECONDS).items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _fresh(test: Callable[[], None]) -> None:
    session.cache_clear()
    test()


CHECKS: dict[str, Callable[[], None]] = {
    **{f"verdicts {seeds}": partial(check_verdicts, seeds) for seeds in ((1,), (2,), range(3, 7))},
    **{f"two snapshots {start}": partial(check_seconds, SECONDS[start : start + 5]) for start in range(0, 25, 5)},
    "strange names": check_strange_names,
    "pseudonyms": check_pseudonyms,
    "next days": check_next_days,
    "invariants of pairs": check_invariants_of_pairs,
    "two others": check_two_others,
    "sound cases": check_sound_cases,
    **{
        test.__name__: partial(_fresh, test)
        for test in (
            test_smt_seconds.test_nothing_turns_conditions_that_more_facts_can_only_settle,
            test_smt_seconds.test_the_next_day_has_the_same_facts_and_is_the_day_after,
            test_smt_seconds.test_the_second_encoding_has_no_word_on_two_snapshots,
            test_smt_seconds.test_items_that_only_the_second_snapshot_has_are_counted,
        )
    },
}

if __name__ == "__main__":
    sys.stdout.write(text())
