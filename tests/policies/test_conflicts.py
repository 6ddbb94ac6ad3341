"""The open and settled questions of law, C01…C35; `conflicts.yaml` beside this file says how each shows itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
import yaml
from shipped import (
    ROOT,
    definition_of,
    disputes_of,
    example_of,
    judged,
    library,
    missing_of,
    snapshot_of,
    stated,
    verdict_of,
)

from validator.interpreters.lookup import parameter_row
from validator.journeys.catalogue import DESIGN, citations, conflicts
from validator.language.library import PolicyText, load, read_folder
from validator.logic.facts import Snapshot
from validator.logic.policy import Act, Modality, Norm
from validator.logic.problem import InputError
from validator.logic.report import Result
from validator.logic.shape import RecordShape
from validator.logic.values import UnregisteredName, spell
from validator.resources import policies_folder
from validator.snapshots.read import read_snapshot

Shown = dict[str, Any]
CONFLICTS: list[dict[str, Any]] = stated("conflicts.yaml")
NUMBERS = [f"C{number:02}" for number in range(1, 36)]
CASES = [(entry["conflict"], shown) for entry in CONFLICTS for shown in entry["shows"]]
SCENARIOS = ROOT / "fixtures" / "scenarios"
# Every word but `kind` and `about` that a line of a kind may say, so that a slip of the pen is no silent pass.
EXAMPLE = {"example", "change"}
WORDS = {
    "judged": {
        *("policy", "subject", "verdict", "missing", "disputed", "criteria", "sanction", "force", "message"),
        *("severity", "advice", "cites", "cites_no", "snapshot"),
        *EXAMPLE,
    },
    "definition": {"definition", "subject", "truth", "missing", *EXAMPLE},
    "refusal": {"code", "warned", *EXAMPLE},
    "refused_norm": {"cites", "message", "code"},
    "same": {"service", "names"},
    "apart": {"service", "names"},
    "row": {"register", "row", "from", "announced_on", "quality", "note", "cites", "rows"},
    "parameter": {"parameter", "day", "value"},
    "exception": {"norm", "exception"},
    "modality": {"modality", "policies"},
    "values": {"sets"},
    "draft": {"policies"},
    "act": {"act", "number", "date", "quality"},
    "unbound": {"acts"},
    "no_field": {"word"},
    "why": {"words"},
}


def _facts(shown: Shown) -> Snapshot:
    if "snapshot" in shown:
        return snapshot_of((SCENARIOS / shown["snapshot"]).read_bytes(), shown["snapshot"])
    document = example_of(shown["example"], shown.get("change"))
    return read_snapshot(document, library().vocabulary, library().names)[0]


def _judged(shown: Shown) -> None:
    subject = shown["subject"]
    found = judged(_facts(shown), [shown["policy"]])
    result = next(result for result in found if subject in (result["ref"], result["subject"]))
    told = (verdict_of(result), disputes_of(result), missing_of(result))
    assert told == (shown["verdict"], shown.get("disputed", {}), sorted(shown.get("missing", ())))
    criteria = {criterion["id"]: criterion["truth"] for criterion in result.get("criteria", [])}
    assert {name: criteria[name] for name in shown.get("criteria", {})} == shown.get("criteria", {})
    _judged_besides(shown, result)


def _judged_besides(shown: Shown, result: Result) -> None:
    for name, got in (("force", result["force"]), ("severity", result["severity"])):
        assert shown.get(name, got) == got
    if "sanction" in shown:
        assert result["sanction"] is not None
        assert result["sanction"]["applies"] == shown["sanction"]
    if "message" in shown:
        assert result["message"] is not None
        assert shown["message"] in result["message"]["en"]
    if "advice" in shown:
        assert [advice["criterion"] for advice in result["advice"]] == shown["advice"]
    assert set(shown.get("cites", ())) <= {place["act"] for place in result["citations"]}
    assert not set(shown.get("cites_no", ())) & {place["force"] for place in result["citations"]}


def _definition(shown: Shown) -> None:
    answer = definition_of(_facts(shown), shown["definition"], shown["subject"])
    assert answer == (shown["truth"], shown.get("missing", []))


def _refusal(shown: Shown) -> None:
    document = example_of(shown["example"], shown.get("change"))
    if "warned" in shown:
        _, warnings = read_snapshot(document, library().vocabulary, library().names)
        assert [warning.code for warning in warnings] == [shown["warned"]]
    else:
        with pytest.raises(InputError) as refused:
            read_snapshot(document, library().vocabulary, library().names)
        assert [problem.code for problem in refused.value.problems] == [shown["code"]]


NORM = """\
norm: T-DUTY
title: {{ru: Пробная обязанность, en: A trial duty}}
about: organization
modality: obligation
severity: high
cites: [{{act: {act}, at: "{at}"}}]
required: {{sferum_connected: true}}
message: {{ru: Пробное сообщение, en: {message}}}
examples: {{cases: []}}
"""


def _refused_norm(shown: Shown) -> None:
    text = NORM.format(**shown["cites"], message=shown["message"]).encode()
    place = "norms/trial/T-DUTY.yaml"
    texts = [*read_folder(policies_folder()), PolicyText(place, place, text)]
    with pytest.raises(InputError) as refused:
        load(texts, library().vocabulary)
    assert [(problem.code, problem.file) for problem in refused.value.problems] == [(shown["code"], place)]


def _same(shown: Shown) -> None:
    assert {name: library().names.service(name) for name in shown["names"]} == dict.fromkeys(
        shown["names"], shown["service"]
    )


def _apart(shown: Shown) -> None:
    services = [library().names.service(name) for name in shown["names"]]
    assert shown["service"] not in services
    known = [service for service in services if not isinstance(service, UnregisteredName)]
    assert len(known) == len(set(known))


def _row(shown: Shown) -> None:
    rows = {row.id: row for row in library().policies.registers[shown["register"]].rows}
    row = rows[shown["row"]]
    assert len(rows) == int(shown.get("rows", len(rows)))
    told = {
        "from": row.period.first and row.period.first.isoformat(),
        "announced_on": row.announced_on and row.announced_on.isoformat(),
        "quality": row.facts.get("quality"),
        "cites": [citation.act for citation in row.cites],
    }
    wanted = {name: shown[name] for name in told if name in shown}
    assert {name: told[name] for name in wanted} == wanted
    assert shown.get("note", "") in (row.note.en if row.note else "")


def _parameter(shown: Shown) -> None:
    parameter, day = library().policies.parameters[shown["parameter"]], date.fromisoformat(shown["day"])
    row = parameter_row(parameter, "50", "school", day, admit_press=False)
    assert row is not None
    assert row.value is not None
    assert spell(row.value) == shown["value"]


def _exception(shown: Shown) -> None:
    exceptions = {exception.id: exception for exception in library().policies.norms[shown["norm"]].exceptions}
    assert exceptions[shown["exception"]].cites


def _modality(shown: Shown) -> None:
    for name in shown["policies"]:
        assert library().policies.norms[name].modality is Modality(shown["modality"]), name


def _values(shown: Shown) -> None:
    folder = policies_folder() / "definitions"
    files = [yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in shown["sets"]]
    sets = [frozenset(file["members"]) for file in files]
    assert len(set(sets)) == len(sets)


def _draft(shown: Shown) -> None:
    policies = library().policies
    running = {policy.id for policy in policies.policies()}
    for name in shown["policies"]:
        assert name in policies.drafts
        assert name not in running


def _act(shown: Shown) -> None:
    act: Act = library().policies.acts[shown["act"]]
    told = {"number": act.number, "date": act.date and act.date.isoformat(), "quality": act.quality}
    assert {name: told[name] for name in told if name in shown} == {n: shown[n] for n in told if n in shown}


def _unbound(shown: Shown) -> None:
    for norm in library().policies.norms.values():
        if norm.modality is not Modality.PERMISSION:
            assert not {citation.act for citation in norm.cites} & set(shown["acts"]), norm.id


def _no_field(shown: Shown) -> None:
    names = set(_field_names(library().vocabulary.document))
    assert "counterpart" in names
    # `citizens` is one of the people that a message may be for, a value and not a field.
    assert not [name for name in names if shown["word"] in name]


def _field_names(shape: RecordShape) -> Iterator[str]:
    for name, field in shape.fields.items():
        yield name
        if field.record is not None:
            yield from _field_names(field.record)


def _why(conflict: str, shown: Shown) -> None:
    clause = library().policies.acts[DESIGN].clauses[conflict]
    assert clause.coverage == "not_checkable"
    assert clause.why is not None
    assert any(words in clause.why.en for words in shown["words"].split("|"))


PROOFS: dict[str, Callable[[Shown], None]] = {
    "judged": _judged,
    "definition": _definition,
    "refusal": _refusal,
    "refused_norm": _refused_norm,
    "same": _same,
    "apart": _apart,
    "row": _row,
    "parameter": _parameter,
    "exception": _exception,
    "modality": _modality,
    "values": _values,
    "draft": _draft,
    "act": _act,
    "unbound": _unbound,
    "no_field": _no_field,
}


def test_every_conflict_of_the_catalogue_is_here() -> None:
    assert [entry["conflict"] for entry in CONFLICTS] == NUMBERS
    assert all(entry["shows"] for entry in CONFLICTS)
    assert [conflict.id for conflict in conflicts(library().policies)] == NUMBERS


@pytest.mark.parametrize(
    ("conflict", "shown"),
    CASES,
    ids=[f"{conflict}-{index}-{shown['kind']}" for index, (conflict, shown) in enumerate(CASES)],
)
def test_a_conflict_shows_itself(conflict: str, shown: Shown) -> None:
    assert set(shown) - {"kind", "about"} <= WORDS[shown["kind"]]
    proof = PROOFS.get(shown["kind"]) or partial(_why, conflict)
    proof(shown)


@pytest.mark.parametrize("conflict", NUMBERS)
def test_a_conflict_is_recorded_where_it_is_decided(conflict: str) -> None:
    found = {c.id: c for c in conflicts(library().policies)}[conflict]
    if found.clause.coverage == "not_checkable":
        assert found.clause.why
    else:
        assert found.records, f"nothing cites {conflict}"


def test_no_norm_rests_on_our_own_rules_alone() -> None:
    policies = library().policies
    for policy in policies.policies():
        if isinstance(policy, Norm) and policy.modality is not Modality.RECOMMENDATION:
            assert {citation.act for citation in policy.cites} - {DESIGN}, policy.id


def test_every_citation_of_a_conflict_is_of_one_that_exists() -> None:
    cited = {c.at for _, _, _, c, _ in citations(library().policies) if c.act == DESIGN and c.at.startswith("C")}
    assert cited <= set(NUMBERS)
