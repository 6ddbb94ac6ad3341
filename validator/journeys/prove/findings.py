"""From what an analysis found to what the report tells: places, the witness as the reference engine judges it, a
digest, and how to acknowledge it."""

from __future__ import annotations

import json

from validator.interpreters.smt.answer import Witness
from validator.journeys.check import check
from validator.journeys.prove.digests import digest
from validator.journeys.prove.ground import Found, Ground, days_told
from validator.journeys.prove.known import Ledger, by_reading
from validator.journeys.prove.pasted import case_text, snapshot_text
from validator.language.source import read_document
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Period, PolicySet
from validator.logic.problem import Span
from validator.logic.proof import Finding, Involved, Shown, Status
from validator.logic.report import Location, Result, both
from validator.logic.text import Text
from validator.snapshots.read import read_snapshot

_HELP = Text(
    "Если так и задумано: запишите толкование в политике или внесите `{}` в файл признанных находок (`--known`)",
    "If it is meant so: record a reading in the policy, or add `{}` to the file of known findings (`--known`)",
)


# What these find was proved for every day.
ON_ALL_DAYS = ("ANA-A1", "ANA-A2", "ANA-A3", "ANA-A4", "ANA-A7", "ANA-A8", "ANA-A18")


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
        "weight": found.weight.value,
        "status": status.value,
        "policies": [_involved(ground, one) for one in found.policies],
        "message": both(found.message),
        "because": [both(text) for text in found.because],
        "core": list(found.core),
        "days": days_told(Period() if found.days is None and found.analysis in ON_ALL_DAYS else found.days),
        "witness": None if witness is None else _shown(ground, found, witness),
        "help": both(_help(found.help, name)),
        "acknowledged": acknowledged,
    }


def _help(own: Text, name: str) -> Text:
    more = Text(_HELP.ru.format(name), _HELP.en.format(name))
    return Text(f"{own.ru}. {more.ru}" if own.ru else more.ru, f"{own.en}. {more.en}" if own.en else more.en)


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


def _shown(ground: Ground, found: Found, witness: Witness) -> Shown:
    snapshot = snapshot_of(ground, witness)
    judged = check(snapshot, _only(ground.policies, found.policies))
    told = [result for result in judged if result["verdict"] != "ok" or len(found.policies) <= 2]
    example = _example(ground, found, witness, judged)
    return {
        "law_date": witness.law_date.isoformat(),
        "snapshot": snapshot_text(witness.document),
        "document": witness.document,
        "policy": found.show if example is not None else None,
        "example": example,
        "says": [_says(result) for result in told],
    }


def _only(policies: PolicySet, names: tuple[str, ...]) -> PolicySet:
    norms = {name: policies.norms[name] for name in names if name in policies.norms}
    decisions = {name: policies.decisions[name] for name in names if name in policies.decisions}
    return replace(policies, norms=norms, decisions=decisions, drafts={})


def _says(result: Result) -> str:
    reason = f" ({result['reason']})" if result["reason"] else ""
    return f"{result['policy']} {result['subject']}: {result['verdict']}{reason}"


def _example(ground: Ground, found: Found, witness: Witness, judged: list[Result]) -> str | None:
    """A case for the policy that shows the finding, about the item that plays its part."""
    if found.show is None:
        return None
    policy = ground.policies.norms.get(found.show) or ground.policies.decisions.get(found.show)
    own = [result for result in judged if result["policy"] == found.show]
    places = set(witness.items.values())
    meant = next((result for result in own if result["subject"] in places), own[0] if own else None)
    if policy is None or meant is None:
        return None
    name = f"found by {found.analysis}"
    return case_text(ground.library, policy, witness.document, meant, name)
