"""P14, P16, P19, P20: waivers, batches, the two engines, and a vocabulary that grows."""

from __future__ import annotations

import copy
import functools
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from laws import Claim, law, same
from trials import Engine, Trial, by_program, by_reference, restricted
from worlds import TOY

from validator.interpreters.compile.program import Program
from validator.interpreters.strategies import DAY, Chooser, Json, World, random_document
from validator.journeys.batch.judging import EvidenceLevel, Judge, Terms
from validator.journeys.batch.records import encode
from validator.journeys.check import check, organization_id
from validator.journeys.waivers.waiving import Waiving
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.expr import NOWHERE
from validator.logic.policy import PolicySet
from validator.logic.report import Result
from validator.logic.text import Text
from validator.logic.waiver import Waiver
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.stream import Delivered

TOY_SCHEMA = Path(__file__).parents[1] / "interpreters" / "toy.schema.json"

# --- P14: waivers --------------------------------------------------------------------------------------------


@law("P14", engines=("reference",))
def a_waiver_changes_its_own_violations_on_its_days_and_nothing_else(
    trial: Trial, choose: Chooser, _: Engine
) -> Iterator[Claim]:
    if not trial.policies.norms:
        return
    snapshot = trial.snapshot
    before = check(snapshot, trial.policies, trial.day)
    violated = [result for result in before if result["verdict"] == "violation"]
    policy, item = choose.one([*trial.policies.norms]), None
    if violated:
        about = choose.one(violated)
        policy, item = about["policy"], named(about, trial.document)
    first = trial.day + choose.one((0, -1, -5, 1)) * DAY
    last = first + choose.one((0, 1, 5)) * DAY
    found = Waiver("W", policy, organization_id(snapshot), item, first, last, Text("", ""), "", "", NOWHERE, {})
    waiving = Waiving((found,), trial.policies, trial.world.vocabulary.root)
    after = waiving.apply(snapshot, before, trial.day)
    yield from _only_own_cells(before, after, found, trial)
    nobody = Waiving((), trial.policies, trial.world.vocabulary.root)
    yield Claim("without it", before, nobody.apply(snapshot, before, trial.day))


def named(result: Result, document: Json) -> str | None:
    """What names the item of a result: its `ref`, else that of the item that holds it."""
    name, _, rest = result["subject"].partition("[")
    if not rest:
        return None
    ref: str | None = document[name][int(rest.partition("]")[0])].get("ref")
    return ref


def _only_own_cells(before: list[Result], after: list[Result], waiver: Waiver, trial: Trial) -> Iterator[Claim]:
    told = {(result["policy"], result["subject"]): result for result in after}
    waivable = trial.policies.norms[waiver.policy].waivable
    waived = False
    for result in before:
        key = (result["policy"], result["subject"])
        concerned = waiver.policy == result["policy"] and waiver.item in (None, named(result, trial.document))
        meant = concerned and result["verdict"] == "violation" and waiver.first <= trial.day <= waiver.last
        if meant and waivable is True:
            waived = True
            yield Claim(key, "waived", told[key]["verdict"])
        elif not meant:
            yield Claim(key, result, told[key])
    if not waived and isinstance(waivable, bool):
        yield Claim("results", before, after)


# --- P16: batches --------------------------------------------------------------------------------------------


@law("P16", engines=("program",))
def a_batch_says_what_is_said_of_each_document_alone(trial: Trial, choose: Chooser, _: Engine) -> Iterator[Claim]:
    if trial.world.vocabulary is TOY.vocabulary:
        return
    library = Library(trial.policies, {}, trial.world.names, trial.world.vocabulary, ())
    program = Program(trial.policies, trial.world.vocabulary)
    level = choose.one((EvidenceLevel.NONE, EvidenceLevel.ALL))
    terms = Terms(trial.day, level)
    items = [_delivered(document) for document in (trial.document, random_document(trial.world, choose))]

    def judged(order: list[Delivered]) -> dict[str, bytes]:
        judge = Judge(library, program, terms)
        return {item.file: encode(judge.judge(item, _digest(item))) for item in order}

    together = judged(items)
    yield Claim("twice", together, judged(items))
    yield Claim("turned", together, judged(items[::-1]))
    yield Claim("apart", together, {**judged(items[1:]), **judged(items[:1])})
    results = check(trial.snapshot, trial.policies, trial.day)
    counted = Counter((r["policy"], r["verdict"], r["reason"], bool(r["disputed"])) for r in results)
    record = Judge(library, program, terms).judge(items[0], _digest(items[0]))
    yield Claim("counted", dict(counted), {tuple(tally[:4]): tally.number for tally in record.tallies})


def _delivered(document: Json) -> Delivered:
    data = json.dumps(document, ensure_ascii=False).encode()
    return Delivered(f"{hashlib.sha256(data).hexdigest()[:8]}.json", data)


def _digest(item: Delivered) -> str:
    return f"sha256:{hashlib.sha256(item.data).hexdigest()}"


# --- P19: engines --------------------------------------------------------------------------------------------


@law("P19", engines=("reference",))
def the_program_says_what_the_reference_says(trial: Trial, _: Chooser, __: Engine) -> Iterator[Claim]:
    yield from same(trial.judged(by_reference), trial.judged(by_program))


# --- P20: a vocabulary that grows ----------------------------------------------------------------------------


@law("P20")
def a_new_field_and_new_words_change_no_verdict(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    grown = _grown(trial.world)
    policies = trial.policies
    if trial.world.policies.norms:
        policies = restricted(_shipped_over(), {policy.id for policy in policies.policies()})
    facts = copy.deepcopy(trial.document)
    for record in _records(facts):
        if choose.chance(50):
            record["grown"] = choose.one((True, False, "unknown"))
    larger = trial._replace(world=trial.world._replace(vocabulary=grown), policies=policies, document=facts)
    yield from same(trial.judged(judge), larger.judged(judge))


def _records(document: Json) -> list[Json]:
    found = [document["organization"]]
    for value in document.values():
        found += [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return found


def _grown(world: World) -> Vocabulary:
    return _grown_vocabulary(world.vocabulary is TOY.vocabulary)


@functools.cache
def _grown_vocabulary(toy: bool) -> Vocabulary:
    """The vocabulary with one more field in the organization and every item, one more word in every enumeration."""
    text = TOY_SCHEMA.read_bytes() if toy else schema_bytes("snapshot")
    schema = json.loads(text)
    _grow(schema, top=True)
    return read_vocabulary(json.dumps(schema, ensure_ascii=False).encode())


def _grow(node: Any, *, top: bool = False) -> None:
    if isinstance(node, list):
        for part in node:
            _grow(part)
    if not isinstance(node, dict):
        return
    for key, part in list(node.items()):
        if key not in ("coverage", "coverage_value"):
            _grow(part)
    if not top and "properties" in node and node.get("x-type") != "coverage":
        node["properties"]["grown"] = {
            "title": "Новое", "x-title-en": "New", "description": "Новое.", "x-description-en": "New.",
            "x-type": "boolean", "x-role": "given", "x-pd": "none",
            "anyOf": [{"type": "boolean"}, {"const": "unknown"}],
        }  # fmt: skip
    if "x-values" in node and "enum" in node:
        node["x-values"]["grown"] = {"ru": "новое", "en": "new"}
        node["enum"].append("grown")


@functools.cache
def _shipped_over() -> PolicySet:
    """The shipped policies, read with the vocabulary that has grown."""
    return load(read_folder(policies_folder()), _grown_vocabulary(False)).policies
