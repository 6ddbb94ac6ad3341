"""Examples that are missing: for each mutant that lives on, facts on which it differs, told as an example.

An example is offered only after it was read, run and seen to kill, with the very facts with which it is offered. Of
all that are found the fewest are kept that kill what can be killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from validator.journeys.check import check
from validator.journeys.examples.cases import Case, alone, run
from validator.journeys.examples.embedded import inline_case
from validator.journeys.examples.facts import Inline
from validator.journeys.mutants.documents import Json, json_at, node_of
from validator.journeys.mutants.killing import Example
from validator.journeys.mutants.model import Mutant, policy_of
from validator.journeys.mutants.naming import name_for
from validator.journeys.mutants.study import Studied, Witness
from validator.journeys.mutants.told import Entry, Teller, put
from validator.language.library import Library
from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Node
from validator.language.structure import FileReader
from validator.logic.policy import Norm, Policy
from validator.logic.problem import InputError
from validator.logic.report import Result
from validator.logic.text import Language, Text

Body = dict[str, Json]
# The file that an example stands in before it is written anywhere.
_NOWHERE = "example"


class Proposal(NamedTuple):
    """An example to add to a policy: the case as it is to be written, and the mutants that it kills, by id."""

    policy: str
    body: Body
    kills: tuple[str, ...]


class _Tried(NamedTuple):
    """An example that was run and passed, and what it was made for."""

    policy: str
    body: Body
    example: Example
    result: Result
    mutant: Mutant


class Proposer:
    """Writes examples for one library, their names in one language.

    `own`: each example has a base of its own (for case files), else it stands on the base of its policy. `words`
    names verdicts and reasons.
    """

    def __init__(self, library: Library, words: Mapping[str, Text], language: Language, *, own: bool) -> None:
        self.library = library
        self.words = words
        self.language = language
        self.own = own

    def propose(self, studied: Iterable[Studied], taken: Mapping[str, Iterable[str]]) -> list[Proposal]:
        """The fewest examples found that kill all that can be killed, by policy and in the order of the mutants.

        `taken` are the names of the examples that each policy has already.
        """
        alive = [one for one in studied if one.survival.witness is not None]
        found: list[_Tried] = []
        for one in alive:
            assert one.survival.witness is not None
            tried = self._tried(one.mutant, one.survival.witness)
            if tried is not None:
                found.append(tried)
        return self._named(_fewest(found, [one.mutant for one in alive]), taken)

    # --- one example --------------------------------------------------------------------------------------

    def _tried(self, mutant: Mutant, witness: Witness) -> _Tried | None:
        """The example that tells the facts of a witness in few words and kills; None when none can."""
        policy = policy_of(self.library.policies, witness.policy)
        about = ".".join(step.partition("[")[0] for step in witness.subject.split("."))
        base = self._base(policy)
        told = Teller(self.library.vocabulary, base, own=self.own).tell(witness.facts, witness.subject, about)
        day: Entry = (("as_of",), witness.facts["as_of"])
        changed = mutant.make()

        def trial(entries: tuple[Entry, ...]) -> _Tried | None:
            tried = self._run(policy, self._body(policy, entries, about), mutant)
            return tried if tried is not None and tried.example.notices(changed) else None

        for entries in ((day, *told.entries), (day, *told.entries, *told.resets)):
            best = trial(entries)
            if best is not None:
                return _smallest(entries, best, trial)
        return None

    def _base(self, policy: Policy) -> Mapping[str, Json]:
        node = self._base_node(policy)
        found = json_at(node) if node is not None else {}
        assert isinstance(found, dict)
        return found

    def _base_node(self, policy: Policy) -> MappingNode | None:
        examples = None if self.own else self.library.examples.get(policy.id)
        node = examples.node.get("base") if examples else None
        return node if isinstance(node, MappingNode) else None

    def _day_node(self, policy: Policy) -> Node | None:
        """The day that the examples of a policy share."""
        examples = None if self.own else self.library.examples.get(policy.id)
        return examples.node.get("as_of") if examples else None

    def _body(self, policy: Policy, entries: tuple[Entry, ...], about: str) -> Body:
        """The facts of the example, and which list its item is of."""
        own = policy.clauses[0].subject.path if isinstance(policy, Norm) else policy.subject.path
        usual = self._base(policy).get("item_of", own)
        return put(list(entries)) if about == usual else {**put(list(entries)), "item_of": about}

    def _run(self, policy: Policy, body: Body, mutant: Mutant) -> _Tried | None:
        """The example with what the policy says of its facts, run; None when it can't be."""
        silent = self._case(policy, {**body, "expect": "ok"})
        try:
            snapshot = None if silent.errors else silent.facts()
        except InputError:
            snapshot = None
        if snapshot is None:
            return None
        results = check(snapshot, alone(self.library.policies, policy))
        result = next((one for one in results if one["subject"] == silent.subject), None)
        if result is None:
            return None
        body = {**body, **_stated(result)}
        case = self._case(policy, body)
        (ran,) = run([case], self.library.policies)
        if ran.ending != "passed":
            return None
        return _Tried(policy.id, body, Example(case, ran, self.library.policies), result, mutant)

    def _case(self, policy: Policy, body: Body) -> Case:
        node = node_of({"name": "example", **body})
        assert isinstance(node, MappingNode)
        own = node.get("base")
        base = own if isinstance(own, MappingNode) else self._base_node(policy)
        facts = Inline(node, base, self._day_node(policy), policy, _NOWHERE, self.library)
        return inline_case(policy, "example", node, facts, FileReader(_NOWHERE, []))

    # --- names --------------------------------------------------------------------------------------------

    def _named(
        self, chosen: list[tuple[_Tried, tuple[str, ...]]], taken: Mapping[str, Iterable[str]]
    ) -> list[Proposal]:
        """Each example under a name that no other one of its policy has."""
        known = {policy: set(names) for policy, names in taken.items()}
        found: list[Proposal] = []
        for tried, kills in chosen:
            policies, snapshot = self.library.policies, tried.example.snapshot
            name = name_for(tried.result, snapshot, tried.mutant, policies, self.words, self.language)
            names = known.setdefault(tried.policy, set())
            number = 1
            while (told := name if number == 1 else f"{name} ({number})") in names:
                number += 1
            names.add(told)
            found.append(Proposal(tried.policy, {"name": told, **tried.body}, kills))
        return found


def _smallest(
    entries: tuple[Entry, ...], best: _Tried, trial: Callable[[tuple[Entry, ...]], _Tried | None]
) -> _Tried:
    """The example without every entry that it can do without, tried from the last one on."""
    for entry in reversed(entries):
        fewer = tuple(other for other in entries if other is not entry)
        smaller = trial(fewer)
        if smaller is not None:
            entries, best = fewer, smaller
    return best


def _stated(result: Result) -> Body:
    """What an example states of a result: the verdict or reason, the facts that are missing, the disputes."""
    body: Body = {"expect": result["reason"] or result["verdict"]}
    if result["verdict"] == "unknown" and result["missing"]:
        prefix = f"{result['subject']}."
        body["missing"] = [fact["path"].removeprefix(prefix) for fact in result["missing"]]
    if result["disputed"]:
        body["disputed"] = {other["reading"]: other["verdict"] for other in result["disputed"]}
    return body


def _fewest(found: list[_Tried], mutants: list[Mutant]) -> list[tuple[_Tried, tuple[str, ...]]]:
    """A small group of examples that together kill all that any of them kills, each with what it kills."""
    changed = {mutant.id: mutant.make() for mutant in mutants}
    touched: dict[str, list[str]] = {}
    for mutant in mutants:
        for policy in mutant.touches:
            touched.setdefault(policy, []).append(mutant.id)
    kills = [tuple(id_ for id_ in touched[one.policy] if one.example.notices(changed[id_])) for one in found]
    open_ones = {id_ for some in kills for id_ in some}
    chosen: list[int] = []
    while open_ones:
        best = max(range(len(found)), key=lambda place: (len(open_ones.intersection(kills[place])), -place))
        chosen.append(best)
        open_ones.difference_update(kills[best])
    chosen.sort(key=lambda place: (found[place].policy, place))
    return [(found[place], kills[place]) for place in chosen]
