"""One organization over time: facts change, the clock moves, waivers begin and end, policies come and go.

After every step the laws between neighbouring states hold: less said makes verdicts unknown and nothing else (P1),
a change of policy or waiver is felt by its own results alone (P14, P15), the two engines agree (P19).
"""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from laws import is_item
from laws_of_facts import says_no_more
from laws_of_runs import named
from planted_faults import FAULTS
from trials import Verdicts, by_program, by_reference, with_policies
from worlds import NIGHTLY, TOY, often, snapshot_of

from validator.interpreters.strategies import (
    DAY,
    Chooser,
    Json,
    Menu,
    Pools,
    choosers,
    directed_document,
    edited,
    forget,
    random_norm,
    shuffle,
)
from validator.journeys.check import check, organization_id
from validator.journeys.waivers.waiving import Waiving
from validator.logic.expr import NOWHERE
from validator.logic.frozen import replace
from validator.logic.policy import PolicySet
from validator.logic.report import Result
from validator.logic.text import Text
from validator.logic.waiver import Waiver

MENU = Menu(depth=1)
PATHS = ("organization", *TOY.vocabulary.lists)


class Organization(RuleBasedStateMachine):
    """The state: policies, a document, the day of the law, waivers; and what was said after the last step."""

    def __init__(self) -> None:
        super().__init__()
        self.policies: PolicySet = TOY.policies
        self.document: Json = {}
        self.day: date = TOY.as_of
        self.waivers: list[Waiver] = []
        self.said: Verdicts = {}

    @initialize(choose=choosers())
    def begin(self, choose: Chooser) -> None:
        norms = [replace(random_norm(TOY, choose, choose.one(PATHS), MENU), id=f"N{n}") for n in range(2)]
        self.policies = with_policies(TOY.policies, [*norms])
        self.document = directed_document(TOY, choose, self.policies, Pools(self.policies))
        self.day = date.fromisoformat(self.document["as_of"])
        self.said = self._judged()

    def _judged(self) -> Verdicts:
        return by_reference(TOY, self.policies, snapshot_of(TOY, self.document), self.day)

    # --- facts --------------------------------------------------------------------------------------------

    @rule(choose=choosers())
    def facts_change(self, choose: Chooser) -> None:
        self.document = edited(TOY, choose, self.document, Pools(self.policies), most=2)
        self.said = self._judged()

    @rule(choose=choosers())
    def facts_are_forgotten(self, choose: Chooser) -> None:
        self.document = forget(TOY, choose, self.document)
        less = self._judged()
        for key in less.keys() & self.said.keys():
            assert says_no_more(less[key], self.said[key]), key
        self.said = less

    @rule(choose=choosers())
    def lists_are_told_in_another_order(self, choose: Chooser) -> None:
        self.document = shuffle(choose, self.document)
        after = self._judged()
        assert sorted(map(repr, after.values())) == sorted(map(repr, self.said.values()))
        self.said = after

    # --- the clock ----------------------------------------------------------------------------------------

    @rule(days=st.integers(-3, 40))
    def the_clock_moves(self, days: int) -> None:
        self.day = max(self.day + days * DAY, TOY.as_of - 30 * DAY)
        self.said = self._judged()

    # --- policies -----------------------------------------------------------------------------------------

    @rule(choose=choosers(), number=st.integers(0, 3))
    def a_policy_is_put_in_place_of_another(self, choose: Chooser, number: int) -> None:
        new = replace(random_norm(TOY, choose, choose.one(PATHS), MENU), id=f"N{number}")
        norms = {**self.policies.norms, new.id: new}
        self.policies = with_policies(TOY.policies, [*norms.values()])
        after = self._judged()
        others = {key: verdict for key, verdict in self.said.items() if key[0] != new.id}
        assert {key: verdict for key, verdict in after.items() if key[0] != new.id} == others
        self.said = after

    # --- waivers ------------------------------------------------------------------------------------------

    @precondition(lambda self: bool(self.said))
    @rule(choose=choosers(), first=st.integers(-5, 5), days=st.integers(0, 5))
    def a_waiver_is_given(self, choose: Chooser, first: int, days: int) -> None:
        """Of something that is violated, or of the first policy when nothing is."""
        snapshot = snapshot_of(TOY, self.document)
        results = check(snapshot, self.policies, self.day)
        about = choose.one([result for result in results if result["verdict"] == "violation"] or results[:1])
        start = self.day + first * DAY
        told: dict[str, Any] = {"ground": Text("", ""), "post": "", "document": "", "span": NOWHERE}
        name, item = f"W{len(self.waivers)}", named(about, self.document)
        who = organization_id(snapshot)
        self.waivers.append(Waiver(name, about["policy"], who, item, start, start + days * DAY, **told))

    @rule()
    def the_oldest_waiver_is_withdrawn(self) -> None:
        self.waivers = self.waivers[1:]

    # --- what always holds --------------------------------------------------------------------------------

    @invariant()
    def the_two_engines_agree(self) -> None:
        if self.document:
            snapshot = snapshot_of(TOY, self.document)
            assert by_program(TOY, self.policies, snapshot, self.day) == self.said

    @invariant()
    def waivers_change_their_own_violations_and_nothing_else(self) -> None:
        if not self.document:
            return
        snapshot = snapshot_of(TOY, self.document)
        before = check(snapshot, self.policies, self.day)
        kept = copy.deepcopy(before)
        after = {
            _key(r): r
            for r in Waiving(self.waivers, self.policies, TOY.vocabulary.root).apply(snapshot, before, self.day)
        }
        assert before == kept
        valid = {waiver.policy for waiver in self.waivers if waiver.first <= self.day <= waiver.last}
        for result in before:
            changed = after[_key(result)]
            if changed != result:
                assert result["policy"] in valid
                assert (result["verdict"], changed["verdict"]) == ("violation", "waived")

    @invariant()
    def nothing_violated_is_out_of_force(self) -> None:
        for (policy, path), (verdict, _) in self.said.items():
            window = self.policies.norms[policy].clauses[0].window
            if verdict[0] == "violation" and is_item((policy, path)) and window.first is not None:
                assert window.first.value <= self.day  # type: ignore[union-attr, operator]


def _key(result: Result) -> tuple[str, str]:
    return result["policy"], result["subject"]


class TestOrganization(Organization.TestCase):  # type: ignore[misc, name-defined]
    """Runs the machine."""

    settings = settings(often, max_examples=400 if NIGHTLY else 20, stateful_step_count=30 if NIGHTLY else 12)


@pytest.mark.parametrize("fault", ["what may be a violation is one", "a waiver holds for good"])
def test_the_machine_sees_a_planted_fault(fault: str) -> None:
    found = settings(often, derandomize=True, max_examples=150, stateful_step_count=10, phases=[Phase.generate])
    with pytest.MonkeyPatch.context() as patch:
        FAULTS[fault](patch)
        with pytest.raises(AssertionError):
            run_state_machine_as_test(Organization, settings=found)
