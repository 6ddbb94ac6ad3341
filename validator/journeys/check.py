"""Check: typed facts and a policy set to results. Pure: no file, no clock, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from validator.interpreters.evidence import deciding
from validator.interpreters.judge import (
    DecisionVerdict,
    NormVerdict,
    case_of,
    environments,
    judge_decision,
    judge_norm,
    judge_rest,
)
from validator.interpreters.messages import fill
from validator.interpreters.missing import ways_to_settle
from validator.interpreters.naming import name_of
from validator.interpreters.outcome import Observed, Outcome
from validator.interpreters.prose import sentence
from validator.interpreters.readings import readings_of
from validator.interpreters.terms import Env, schema_order
from validator.journeys.cited import cited, sanction_of
from validator.journeys.organizations import optional_text, organization_id
from validator.logic.facts import Record, Snapshot
from validator.logic.policy import (
    Clauses,
    Criterion,
    Decision,
    Norm,
    Policy,
    PolicySet,
    Reading,
    Severity,
    Subject,
)
from validator.logic.problem import Span
from validator.logic.text import Text
from validator.logic.told import both
from validator.logic.truth import Truth
from validator.logic.ways import Gap, Way, Ways

if TYPE_CHECKING:
    from validator.logic.report import (
        AdviceText,
        BothTexts,
        CriterionResult,
        Evidence,
        Location,
        MissingFact,
        OtherReading,
        Result,
    )

MAX_ALTERNATIVES = 8
VIOLATING = ("violation", "advice")


def check(snapshot: Snapshot, policies: PolicySet, law_date: date | None = None) -> list[Result]:
    """Every judgement of every policy on a snapshot, ordered by policy and subject.

    The law is that of `law_date`, or of the snapshot's own day.
    """
    day = law_date or snapshot.as_of
    results: list[Result] = []
    for policy in policies.policies():
        checker = Checker(snapshot, policies, day, policy)
        found = list(checker.norm(policy) if isinstance(policy, Norm) else checker.decision(policy))
        results.extend(sorted(found, key=lambda result: schema_order(snapshot, result["subject"])))
    return results


def rest_of_list(
    snapshot: Snapshot, policies: PolicySet, law_date: date, norm: Norm, clauses: Clauses
) -> list[Result]:
    """What a norm says of items that an incomplete list may hold: one result, none when the list is complete.

    `check` leaves it out where a given item violates the norm; whoever waives that violation has to ask again.
    """
    return list(Checker(snapshot, policies, law_date, norm).rest_of_list(norm, clauses))


class Checker:
    """One policy on one snapshot."""

    def __init__(self, snapshot: Snapshot, policies: PolicySet, day: date, policy: Policy) -> None:
        self.snapshot = snapshot
        self.policies = policies
        self.day = day
        self.policy = policy
        self.chosen, *self.others = readings_of(policy)

    # --- norms --------------------------------------------------------------------------------------------

    def norm(self, norm: Norm) -> Iterator[Result]:
        for clauses in norm.clauses:
            violated = False
            for item, env in environments(self.snapshot, clauses.subject):
                result = self.norm_result(norm, clauses, item, env)
                violated = violated or result["verdict"] in VIOLATING
                yield result
            if not violated:
                yield from self.rest_of_list(norm, clauses)

    def _judge(self, norm: Norm, clauses: Clauses, env: Env, readings: tuple[Reading, ...]) -> NormVerdict:
        case = case_of(self.policies, self.snapshot, self.day, readings, env, clauses.window)
        return judge_norm(norm, clauses, case, env)

    def norm_result(self, norm: Norm, clauses: Clauses, item: Record, env: Env) -> Result:
        found = self._judge(norm, clauses, env, self.chosen)
        result = self._frame(clauses.subject, item)
        result["severity"] = self._severity(norm).value
        result["modality"] = norm.modality.value
        result["verdict"], result["reason"] = found.verdict, found.reason
        disputes = [(readings[-1], self._judge(norm, clauses, env, readings)) for readings in self.others]
        message = both(fill(norm.message, self.policies, clauses.subject, env))
        others = [(reading, other.verdict) for reading, other in disputes]
        result["disputed"] = _disputes(found.verdict, others, message=message)
        if found.verdict == "unknown":
            self._missing(result, found.missing())
        self._because(result, _deciding_parts(found), clauses.subject)
        if found.verdict in VIOLATING:
            result["message"] = message
            if norm.remedy is not None:
                result["remedy"] = both(fill(norm.remedy, self.policies, clauses.subject, env))
            result["sanction"] = sanction_of(norm, self.policies)
        elif found.reason == "met" and norm.remark is not None:
            result["message"] = both(fill(norm.remark, self.policies, clauses.subject, env))
        return result

    def _severity(self, norm: Norm) -> Severity:
        return next((reading.severity for reading in self.chosen if reading.severity), norm.severity)

    def rest_of_list(self, norm: Norm, clauses: Clauses) -> Iterator[Result]:
        """What the norm says of items that an incomplete list may hold: one result for the organization."""
        found = judge_rest(self.policies, norm, clauses, self.snapshot, self.day)
        if found is None:
            return
        result = self._frame(clauses.subject, self.snapshot.root)
        result["subject"], result["ref"] = clauses.subject.path, None
        result["severity"], result["modality"] = self._severity(norm).value, norm.modality.value
        result["verdict"], result["reason"] = found.verdict, found.reason
        result["location"] = _location(found.first.span)
        if found.open:
            gaps = [
                Gap(schema_order(self.snapshot, items.path), items.path, "list_incomplete", items.span)
                for items in found.open
            ]
            self._missing(result, (frozenset(gaps),))
        yield result

    # --- decisions ----------------------------------------------------------------------------------------

    def decision(self, decision: Decision) -> Iterator[Result]:
        for item, env in environments(self.snapshot, decision.subject):
            yield self.decision_result(decision, item, env)

    def _decide(self, decision: Decision, env: Env, readings: tuple[Reading, ...]) -> DecisionVerdict:
        case = case_of(self.policies, self.snapshot, self.day, readings, env, decision.window)
        return judge_decision(decision, case, env)

    def decision_result(self, decision: Decision, item: Record, env: Env) -> Result:
        found = self._decide(decision, env, self.chosen)
        result = self._frame(decision.subject, item)
        result["kind"] = "decision"
        result["verdict"], result["reason"] = found.verdict, found.reason
        if found.verdict in decision.outcomes:
            result["verdict_title"] = both(decision.outcomes[found.verdict])
        others = [(readings[-1], self._decide(decision, env, readings).verdict) for readings in self.others]
        result["disputed"] = _disputes(found.verdict, others, decision.outcomes)
        if found.verdict == "unknown":
            self._missing(result, found.missing())
        concerned = found.verdict != "ok"
        tests = [*zip(decision.criteria, found.criteria, strict=True)]
        bars = [*zip(decision.exclusions, found.exclusions, strict=True)]
        result["criteria"] = [self._criterion(c, o, exclusion=False) for c, o in tests if concerned]
        result["criteria"] += [self._criterion(c, o, exclusion=True) for c, o in bars if concerned]
        reasons = [(c, o) for c, o in tests if o.truth is Truth.FALSE] + [
            (c, o) for c, o in bars if o.truth is Truth.TRUE
        ]
        result["advice"] = []
        if found.verdict == decision.otherwise:
            result["advice"] = self._advice(decision, [criterion for criterion, _ in reasons], env)
            self._because(result, [outcome for _, outcome in reasons], decision.subject)
        elif found.verdict == decision.positive:
            self._because(result, [outcome for _, outcome in tests + bars], decision.subject)
        return result

    def _criterion(self, criterion: Criterion, outcome: Outcome, *, exclusion: bool) -> CriterionResult:
        ways = ways_to_settle(outcome) if outcome.truth is Truth.UNKNOWN else ()
        return {
            "id": criterion.id,
            "truth": outcome.truth.value,
            "missing": self._facts(ways[0]) if ways else [],
            "exclusion": exclusion,
            "title": both(criterion.title),
        }

    def _advice(self, decision: Decision, criteria: list[Criterion], env: Env) -> list[AdviceText]:
        found: list[AdviceText] = []
        for criterion in criteria:
            advice = decision.advice.get(criterion.id)
            if advice is not None:
                text = fill(advice, self.policies, decision.subject, env)
                found.append({"criterion": criterion.id, "ru": text.ru, "en": text.en})
        return found

    # --- shared -------------------------------------------------------------------------------------------

    def _frame(self, subject: Subject, item: Record) -> Result:
        policy, snapshot = self.policy, self.snapshot
        return {
            "organization": organization_id(snapshot),
            "organization_name": optional_text(snapshot.root.values.get("name")),
            "as_of": snapshot.as_of.isoformat(),
            "law_date": self.day.isoformat(),
            "policy": policy.id,
            "kind": "norm",
            "topic": policy.topic,
            "title": both(policy.title),
            "modality": None,
            "severity": None,
            "force": policy.force.value,
            "subject": item.path if subject.scopes else "organization",
            "ref": item.ref,
            "verdict": "unknown",
            "verdict_title": None,
            "reason": None,
            "disputed": None,
            "missing": [],
            "alternatives": [],
            "because": [],
            "citations": [cited(citation, self.policies) for citation in policy.cites],
            "message": None,
            "remedy": None,
            "sanction": None,
            "waiver": None,
            "location": _location(item.span),
        }

    def _missing(self, result: Result, ways: Ways) -> None:
        result["missing"] = self._facts(ways[0]) if ways else []
        result["alternatives"] = [self._facts(way) for way in ways[1 : MAX_ALTERNATIVES + 1]]
        # A question of law has its place in a policy, not in the snapshot that it leaves open.
        here = [gap for gap in sorted(ways[0]) if gap.span.file == self.snapshot.file] if ways else []
        if here:
            result["location"] = _location(here[0].span)

    def _facts(self, way: Way) -> list[MissingFact]:
        return [{"path": gap.path, "cause": gap.cause, "title": both(self._title(gap))} for gap in sorted(way)]

    def _title(self, gap: Gap) -> Text:
        """The name of a missing fact: of a parameter, of a field or list, or the question itself."""
        kind, _, name = gap.path.partition(".")
        if gap.cause == "parameter_gap" and kind == "parameters":
            return self.policies.parameters[name].title
        if gap.cause == "undecided":
            named = (act.clauses[gap.path].title for act in self.policies.acts.values() if gap.path in act.clauses)
            return next(named, Text(gap.path, gap.path))
        shape, title = self.snapshot.root.shape, Text(gap.path, gap.path)
        for part in gap.path.removeprefix("organization.").split("."):
            field = shape.fields.get(part.partition("[")[0])
            if field is None:
                break
            title = field.title
            if field.record is not None:
                shape = field.record
        return title

    def _because(self, result: Result, outcomes: list[Outcome], subject: Subject) -> None:
        """The evidence: each fact once, with the condition it decided; the first one is the place to show."""
        found: dict[str, Evidence] = {}
        for leaf in (leaf for outcome in outcomes for leaf in deciding(outcome)):
            for observed in leaf.observed:
                if observed.path not in found:
                    found[observed.path] = self._evidence(leaf, observed, subject)
        whole = result["subject"] == "organization"
        own = [evidence for path, evidence in found.items() if whole or path.startswith(result["subject"])]
        if result["verdict"] != "unknown" and found:
            result["location"] = (own or list(found.values()))[0]["location"]
        # What the item itself says comes first, in schema order, and then what surrounds it.
        result["because"] = sorted(
            found.values(), key=lambda e: (e not in own, schema_order(self.snapshot, e["path"]))
        )

    def _evidence(self, leaf: Outcome, observed: Observed, subject: Subject) -> Evidence:
        about = subject.scope
        told = sentence(leaf.condition, self.policies, negated=leaf.truth is Truth.FALSE, about=about)
        value = Text(observed.value, observed.value)
        if observed.typed is not None:
            value = name_of(observed.typed, observed.shape, self.policies)
        return {
            "path": observed.path,
            "value": observed.value,
            "title": both(observed.shape.title),
            "value_title": both(value),
            "statement": both(told),
            "location": _location(observed.span),
        }


def _deciding_parts(found: NormVerdict) -> list[Outcome]:
    """The parts of a norm that its verdict rests on, the requirement first: that is where to look."""
    exceptions = [outcome for _, outcome in found.exceptions]
    match found.reason:
        case "not_in_force":
            return [found.window]
        case "not_applicable":
            return [found.applies]
        case "exempt":
            return [o for o in exceptions if o.truth is Truth.TRUE][:1]
        case "met":
            return [found.requirement, found.applies]
        case "open":
            return [o for o in (found.window, found.applies, found.requirement) if o.truth is not Truth.UNKNOWN]
        case _:
            return [found.requirement, found.applies, found.window, *exceptions]


def _disputes(
    verdict: str,
    others: list[tuple[Reading, str]],
    outcomes: Mapping[str, Text] | None = None,
    message: BothTexts | None = None,
) -> list[OtherReading] | None:
    """The readings whose verdict is another one; of a decision with the name of the outcome."""
    found: list[OtherReading] = []
    for reading, other in others:
        if other != verdict:
            title = (outcomes or {}).get(other)
            found.append(
                {
                    "reading": reading.id,
                    "verdict": other,
                    "verdict_title": None if title is None else both(title),
                    "message": message if other in VIOLATING else None,
                    "why": both(reading.why or Text("", "")),
                }
            )
    return found or None


def _location(span: Span) -> Location:
    return {"file": span.file, "line": span.line, "column": span.column}
