"""Facts found by the solver as an example of a policy, on the base of its other examples or on one of its own.

The one way in which examples are written, for proofs and for changes that no example notices. What is written was
read and run like any other example; whether it shows what it is to show, the caller says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from validator.journeys.check import check
from validator.journeys.examples.cases import Case, CaseResult, alone, run
from validator.journeys.examples.embedded import inline_case
from validator.journeys.examples.facts import Inline
from validator.journeys.mutants.documents import Facts, Json, json_at, node_of
from validator.journeys.mutants.told import Entry, Teller, put
from validator.language.library import Library
from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Node
from validator.language.structure import FileReader
from validator.language.vocabulary import ROOT
from validator.logic.policy import Norm, Policy
from validator.logic.problem import InputError
from validator.logic.report import Result

Body = dict[str, Json]
T = TypeVar("T")
# The file that an example stands in before it is written anywhere.
_NOWHERE = "example"


class Written(NamedTuple):
    """An example without a name, what came out of running it, and what the policy says of the judged item."""

    body: Body
    case: Case
    ran: CaseResult
    result: Result


class ToWrite(NamedTuple):
    """What an example may say: the facts, what only takes back what would be filled in, where the item stands."""

    entries: tuple[Entry, ...]
    resets: tuple[Entry, ...]
    about: str
    subject: str | None = None


class Writer:
    """Writes examples of the policies of a library.

    `own`: each example has a base of its own (for case files), else it stands on the base of its policy.
    """

    def __init__(self, library: Library, *, own: bool) -> None:
        self.library = library
        self.own = own

    def to_write(self, policy: Policy, facts: Facts, subject: str) -> ToWrite | None:
        """The facts as entries, the day first; None for an item deeper than examples can say.

        `subject` is the judged item, or a list of which nothing more is known.
        """
        about = ".".join(step.partition("[")[0] for step in subject.split("."))
        whole = "[" not in subject and subject != ROOT
        about = ROOT if whole else about
        if about.count(".") > 1:
            return None
        told = Teller(self.library.vocabulary, self._base(policy), own=self.own).tell(facts, subject, about)
        day: Entry = (("as_of",), facts["as_of"])
        return ToWrite((day, *told.entries), told.resets, about, subject if whole else None)

    def written(self, policy: Policy, entries: tuple[Entry, ...], given: ToWrite) -> Written | None:
        """The example that says these entries and what the policy says of them; None when it can't be run."""
        body = self._body(policy, entries, given)
        silent = self._case(policy, {**body, "expect": "ok"})
        try:
            snapshot = None if silent.errors else silent.facts()
        except InputError:
            snapshot = None
        if snapshot is None:
            return None
        results = check(snapshot, alone(self.library.policies, policy))
        subject = given.subject or silent.subject
        result = next((one for one in results if one["subject"] == subject), None)
        if result is None:
            return None
        body = {**body, **_stated(result)}
        case = self._case(policy, body)
        (ran,) = run([case], self.library.policies)
        return Written(body, case, ran, result)

    def shared_day(self, policy: Policy) -> Node | None:
        """The day that the examples of a policy share."""
        examples = None if self.own else self.library.examples.get(policy.id)
        return examples.node.get("as_of") if examples else None

    def _base(self, policy: Policy) -> Mapping[str, Json]:
        node = self._base_node(policy)
        found = json_at(node) if node is not None else {}
        assert isinstance(found, dict)
        return found

    def _base_node(self, policy: Policy) -> MappingNode | None:
        examples = None if self.own else self.library.examples.get(policy.id)
        node = examples.node.get("base") if examples else None
        return node if isinstance(node, MappingNode) else None

    def _body(self, policy: Policy, entries: tuple[Entry, ...], given: ToWrite) -> Body:
        """The facts of the example, which list its item is of, and what is judged where that is no item."""
        own = policy.clauses[0].subject.path if isinstance(policy, Norm) else policy.subject.path
        usual = self._base(policy).get("item_of", own)
        body = put(list(entries))
        if given.about != usual:
            body["item_of"] = given.about
        if given.subject is not None:
            body["subject"] = given.subject
        return body

    def _case(self, policy: Policy, body: Body) -> Case:
        node = node_of({"name": "example", **body})
        assert isinstance(node, MappingNode)
        own = node.get("base")
        base = own if isinstance(own, MappingNode) else self._base_node(policy)
        facts = Inline(node, base, self.shared_day(policy), policy, _NOWHERE, self.library)
        return inline_case(policy, "example", node, facts, FileReader(_NOWHERE, []))


def shortened(
    entries: tuple[Entry, ...],
    best: T,
    droppable: tuple[Entry, ...],
    trial: Callable[[tuple[Entry, ...]], T | None],
) -> T:
    """What comes of the entries without each of the droppable ones that it can do without, from the last one on.

    `best` is what came of all of them.
    """
    for entry in reversed(droppable):
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
