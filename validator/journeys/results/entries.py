"""The policies as reports list them: what a rendered report says of a policy is in here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from validator.journeys.cited import cited, sanction_of
from validator.journeys.rollup.persons import is_about_persons, verdicts_of
from validator.language.names import SUBJECTS
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.expr import Literal, ParameterValue, Term
from validator.logic.policy import Decision, Norm, Policy, PolicySet, Reading, Window
from validator.logic.text import Text
from validator.logic.told import both

if TYPE_CHECKING:
    from validator.logic.report import BothTexts, NamedText, Names, PolicyEntry, ReadingText, Result
    from validator.logic.result_set import PoliciesDocument

POLICIES_SCHEMA = "sverka.policies/1"

_VIOLATED = {"prohibition": "violation", "obligation": "violation", "recommendation": "advice"}


def entries_of(policies: PolicySet, vocabulary: Vocabulary) -> list[PolicyEntry]:
    """The entries of the policies that judge, by id."""
    return [_entry(policy, policies, vocabulary) for policy in policies.policies()]


def policies_document(policies: PolicySet, vocabulary: Vocabulary) -> PoliciesDocument:
    """What the folder of a batch keeps of the policies."""
    return {
        "schema": POLICIES_SCHEMA,
        "policies": entries_of(policies, vocabulary),
        "names": names_of(policies, vocabulary),
    }


def _entry(policy: Policy, policies: PolicySet, vocabulary: Vocabulary) -> PolicyEntry:
    norm = policy if isinstance(policy, Norm) else None
    decision = policy if isinstance(policy, Decision) else None
    first, last, varies = _in_force(policy, policies)
    outcomes = {} if decision is None else decision.outcomes
    return {
        "policy": policy.id,
        "kind": "decision" if norm is None else "norm",
        "topic": policy.topic,
        "title": both(policy.title),
        "modality": None if norm is None else norm.modality.value,
        "severity": None if norm is None else norm.severity.value,
        "force": policy.force.value,
        "in_force_from": None if first is None else first.isoformat(),
        "in_force_through": None if last is None else last.isoformat(),
        "in_force_varies": varies,
        "citations": [cited(citation, policies) for citation in policy.cites],
        "sanction": None if norm is None else sanction_of(norm, policies),
        "about_persons": any(is_about_persons(path, vocabulary) for path in _lists(policy)),
        "verdicts": sorted(verdicts_of(policy)),
        "outcomes": [_named(name, both(title)) for name, title in outcomes.items()],
        "readings": [_reading(reading) for reading in policy.readings],
    }


def _named(name: str, title: BothTexts) -> NamedText:
    return {"id": name, "title": title}


def _reading(reading: Reading) -> ReadingText:
    why = Text("", "") if reading.why is None else reading.why
    return {"id": reading.id, "title": both(why), "chosen": reading.chosen}


def _lists(policy: Policy) -> tuple[str, ...]:
    if isinstance(policy, Norm):
        return tuple(clauses.subject.path for clauses in policy.clauses)
    return (policy.subject.path,)


# --- when a policy is in force ----------------------------------------------------------------------------------


def _in_force(policy: Policy, policies: PolicySet) -> tuple[date | None, date | None, bool]:
    """The first and the last day that anything is judged by a policy, and whether they differ by organization."""
    windows = [clauses.window for clauses in policy.clauses] if isinstance(policy, Norm) else [policy.window]
    firsts = [_days(window.first, policies) for window in windows]
    lasts = [_days(window.last, policies) for window in windows]
    first = None if not all(firsts) else min(day for days in firsts for day in days)
    last = None if not all(lasts) else max(day for days in lasts for day in days)
    return first, last, not _is_one(windows, policies)


def _days(term: Term | None, policies: PolicySet) -> set[date]:
    """The days that a bound may be; empty when there is none, or it depends on more than a parameter."""
    if isinstance(term, Literal):
        return {term.value} if isinstance(term.value, date) else set()
    if isinstance(term, ParameterValue):
        return {row.value for row in policies.parameters[term.name].rows if isinstance(row.value, date)}
    return set()


def _is_one(windows: list[Window], policies: PolicySet) -> bool:
    """Whether the window is one and the same for every list, region and kind of organization."""
    terms = {(window.first, window.last) for window in windows}
    return len(terms) == 1 and all(_is_fixed(term, policies) for term in terms.pop())


def _is_fixed(term: Term | None, policies: PolicySet) -> bool:
    if isinstance(term, ParameterValue):
        rows = policies.parameters[term.name].rows
        return len(rows) == 1 and rows[0].specificity == 0 and isinstance(rows[0].value, date)
    return term is None or isinstance(term, Literal)


# --- organizations in words ---------------------------------------------------------------------------------------


def names_of(policies: PolicySet, vocabulary: Vocabulary) -> Names:
    """Kinds of organizations as the snapshot schema has them, regions as the register of the policies has them."""
    subjects = policies.registers.get(SUBJECTS)
    return {
        "kinds": {code: both(title) for code, title in vocabulary.root.fields["kind"].values.items()},
        "regions": {} if subjects is None else {row.id: both(row.title) for row in subjects.rows},
    }


# --- entries of a report that has none --------------------------------------------------------------------------


def entries_told_by(results: Iterable[Result], vocabulary: Vocabulary) -> list[PolicyEntry]:
    """The entries of the policies that results tell of, by id: for a report of an older program, which has none.

    What judged nothing is not there; days and readings are not known, nor which verdicts are possible beside the
    usual ones. A list that the snapshot schema does not know counts as one about persons.
    """
    found: dict[str, PolicyEntry] = {}
    for result in results:
        entry = found.setdefault(result["policy"], _told_by(result))
        _add(entry, result, vocabulary)
    return [{**entry, "verdicts": sorted(entry["verdicts"])} for _, entry in sorted(found.items())]


def _told_by(result: Result) -> PolicyEntry:
    verdicts = ["unknown", "ok.open"]
    if result["kind"] == "norm":
        verdicts += ["ok.met", *([_VIOLATED[word]] if (word := result["modality"] or "") in _VIOLATED else [])]
    return {
        "policy": result["policy"],
        "kind": result["kind"],
        "topic": result["topic"],
        "title": result["title"],
        "modality": result["modality"],
        "severity": result["severity"],
        "force": result["force"],
        "in_force_from": None,
        "in_force_through": None,
        "in_force_varies": True,
        "citations": result["citations"],
        "sanction": None,
        "about_persons": False,
        "verdicts": verdicts,
        "outcomes": [],
        "readings": [],
    }


def _add(entry: PolicyEntry, result: Result, vocabulary: Vocabulary) -> None:
    """What one more result tells of its policy."""
    entry["sanction"] = entry["sanction"] or result["sanction"]
    entry["about_persons"] = entry["about_persons"] or _is_personal(result["subject"], vocabulary)
    verdict, reason = result["verdict"], result["reason"]
    if verdict == "ok":
        title = f"ok.{reason}"
    else:
        is_outcome = result["kind"] == "decision" and verdict != "unknown"
        title = f"decisions.{verdict}" if is_outcome else verdict
    if title not in entry["verdicts"] and title not in ("ok.not_applicable", "ok.not_in_force"):
        entry["verdicts"].append(title)
    outcome = result["verdict_title"]
    if outcome is not None and all(one["id"] != verdict for one in entry["outcomes"]):
        entry["outcomes"].append(_named(verdict, outcome))
    for other in result["disputed"] or ():
        if all(one["id"] != other["reading"] for one in entry["readings"]):
            entry["readings"].append({"id": other["reading"], "title": other["why"], "chosen": False})


def _is_personal(subject: str, vocabulary: Vocabulary) -> bool:
    path = ".".join(part.partition("[")[0] for part in subject.split("."))
    if path == ROOT:
        return False
    try:
        return is_about_persons(path, vocabulary)
    except KeyError:
        return True
