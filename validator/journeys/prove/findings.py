"""From what an analysis found to what the report tells: places, the witness as the reference engine judges it, a
digest, and how to acknowledge it."""

from __future__ import annotations

import json
from collections import Counter

from validator.interpreters.smt.answer import Witness
from validator.journeys.check import check
from validator.journeys.prove.digests import digest
from validator.journeys.prove.ground import Found, Ground, days_told
from validator.journeys.prove.known import Ledger, by_reading
from validator.journeys.prove.pasted import case_text, snapshot_text
from validator.journeys.prove.remedies import REMEDY
from validator.language.source import read_document
from validator.language.vocabulary import ROOT
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Period, PolicySet
from validator.logic.problem import Span
from validator.logic.proof import ANALYSES, Finding, Involved, Judgement, Shown, Status, Weight
from validator.logic.report import Location, Result, both
from validator.logic.text import Text
from validator.snapshots.read import read_snapshot

_KNOWN = Text(
    "Если так и задумано: внесите `{}` в файл признанных находок (`--known`)",
    "If it is meant so: add `{}` to the file of known findings (`--known`)",
)
_READING = Text(
    "Если так и задумано: запишите в политике прочтение, при котором этого нет, или внесите `{}` в файл признанных "
    "находок (`--known`)",
    "If it is meant so: record a reading in the policy under which it goes away, or add `{}` to the file of known "
    "findings (`--known`)",
)
# What these find is no fault that somebody would have to take upon themselves.
_NOT_TO_BE_KNOWN = ("ANA-A7", "ANA-A8", "ANA-A14", "ANA-A15")
# A recorded reading may acknowledge what these find.
_BY_READING = ("ANA-A1", "ANA-A3", "ANA-A4", "ANA-A5", "ANA-A12")
# What these find was proved for every day.
ON_ALL_DAYS = ("ANA-A1", "ANA-A2", "ANA-A3", "ANA-A4", "ANA-A7", "ANA-A8", "ANA-A18")
# Of more policies than that, only what is amiss is told.
_FEW = 2


def finding_of(ground: Ground, found: Found, ledger: Ledger) -> Finding:
    """The finding as the report tells it; the question that led to it names it from now on."""
    name = digest(found.analysis, *found.core, *found.known_by, *ground.meanings.all(found.policies))
    if found.question is not None:
        ground.answered[found.question]["finding"] = name
    witness = found.answer.witness if found.answer is not None else None
    acknowledged = ledger.of(name)
    if acknowledged is None and found.reading is not None:
        acknowledged = by_reading(found.reading)
    status = Status.WITNESS if witness is not None else Status.PROVED
    return {
        "digest": name,
        "analysis": found.analysis,
        "title": both(found.title or ANALYSES[found.analysis]),
        "weight": found.weight.value,
        "status": status.value,
        "policies": [_involved(ground, one) for one in found.policies],
        "message": both(found.message),
        "because": [both(text) for text in found.because],
        "core": list(found.core),
        "days": days_told(Period() if found.days is None and found.analysis in ON_ALL_DAYS else found.days),
        "witness": None if witness is None else _shown(ground, found, witness, name),
        "help": both(_help(found, name)),
        "acknowledged": acknowledged,
    }


def _help(found: Found, name: str) -> Text:
    """What to do: the advice of the analysis, and how to acknowledge what is meant so."""
    if found.analysis in _NOT_TO_BE_KNOWN:
        return found.help
    readable = found.analysis in _BY_READING and found.weight is not Weight.INFO and found.core[:1] != (REMEDY,)
    more = _READING if readable else _KNOWN
    ru, en = (f"{own}. " if own else "" for own in found.help)
    return Text(f"{ru}{more.ru.format(name)}", f"{en}{more.en.format(name)}")


def _involved(ground: Ground, name: str) -> Involved:
    policies = ground.policies
    thing = policies.norms.get(name) or policies.decisions.get(name) or policies.parameters.get(name)
    return {"id": name, "location": None if thing is None else _location(thing.span)}


def _location(span: Span) -> Location:
    return {"file": span.file, "line": span.line, "column": span.column}


# --- witnesses -------------------------------------------------------------------------------------------------


def snapshot_of(ground: Ground, witness: Witness) -> Snapshot:
    """The witness as the ordinary reader reads it."""
    data = json.dumps(witness.document, ensure_ascii=False).encode()
    document = read_document(data, "witness.json")
    return read_snapshot(document, ground.vocabulary, ground.library.names)[0]


def _shown(ground: Ground, found: Found, witness: Witness, name: str) -> Shown:
    snapshot = snapshot_of(ground, witness)
    judged = check(snapshot, _only(ground.policies, found.policies))
    told = [result for result in judged if result["verdict"] != "ok" or len(found.policies) <= _FEW]
    example = _example(ground, found, witness, judged, name)
    return {
        "law_date": witness.law_date.isoformat(),
        "snapshot": snapshot_text(witness.document),
        "document": witness.document,
        "policy": found.show if example is not None else None,
        "example": example,
        "says": [_says(result) for result in told if not _of_a_whole_list(result, told)],
    }


def _only(policies: PolicySet, names: tuple[str, ...]) -> PolicySet:
    norms = {name: policies.norms[name] for name in names if name in policies.norms}
    decisions = {name: policies.decisions[name] for name in names if name in policies.decisions}
    return replace(policies, norms=norms, decisions=decisions, drafts={})


def _of_a_whole_list(result: Result, told: list[Result]) -> bool:
    """Whether it only says that a list, of which an item is judged as well, may hold more."""
    start = f"{result['subject']}["
    return any(one["policy"] == result["policy"] and one["subject"].startswith(start) for one in told)


def _says(result: Result) -> Judgement:
    return {
        "policy": result["policy"],
        "subject": result["subject"],
        "verdict": result["verdict"],
        "verdict_title": result["verdict_title"],
        "reason": result["reason"],
    }


def _example(ground: Ground, found: Found, witness: Witness, judged: list[Result], name: str) -> str | None:
    """A case for the policy that shows the finding, about the item that plays its part, named by the digest."""
    if found.show is None:
        return None
    policy = ground.policies.norms.get(found.show) or ground.policies.decisions.get(found.show)
    own = [result for result in judged if result["policy"] == found.show]
    places = set(witness.items.values())
    own.sort(key=lambda result: (result["subject"] not in places, _told_first(result)))
    if policy is None or not own:
        return None
    policies = _only(ground.policies, found.policies)
    wanted = _verdicts(judged)

    def shows(snapshot: Snapshot) -> bool:
        return _verdicts(check(snapshot, policies)) == wanted

    return case_text(ground.library, policy, witness.document, own[0], f"{found.analysis} {name}", shows)


def _verdicts(results: list[Result]) -> Counter[tuple[str, str, str | None]]:
    """What is said of items, whichever they are. A case need not leave open whether lists hold more."""
    return Counter(
        (one["policy"], one["verdict"], one["reason"])
        for one in results
        if "[" in one["subject"] or one["subject"] == ROOT
    )


def _told_first(result: Result) -> int:
    """What shows a finding best comes first: a violation, then what is settled."""
    return {"violation": 0, "advice": 1, "ok": 2}.get(result["verdict"], 3)
