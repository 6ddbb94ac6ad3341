"""Checks of what `prove` says: its types, its words, and the schema that tells others of them."""

from __future__ import annotations

import json
import re
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints, is_typeddict

from jsonschema import Draft202012Validator

from validator.logic import proof, report
from validator.logic.proof import ANALYSES, ProofReport, Status, Weight
from validator.resources import schema_bytes

# Where the schema has each type; "" is the whole.
NAMES: dict[str, Any] = {
    "": ProofReport,
    "both": report.BothTexts,
    "location": report.Location,
    "involved": proof.Involved,
    "days": proof.Days,
    "shown": proof.Shown,
    "judgement": proof.Judgement,
    "acknowledged": proof.Acknowledged,
    "finding": proof.Finding,
    "question": proof.Answered,
    "switched_off": proof.SwitchedOffTold,
    "entry": proof.Entry,
    "counts": proof.ProofCounts,
}


@cache
def schema() -> dict[str, Any]:
    """The published schema."""
    found: dict[str, Any] = json.loads(schema_bytes("prove"))
    return found


def part_of(name: str) -> dict[str, Any]:
    """The part of the schema that describes a type."""
    found: dict[str, Any] = schema()["$defs"][name] if name else schema()
    return found


def check_the_schema_of_proofs_has_the_keys_of_the_types() -> None:
    """Each key, in order; none may be missing."""
    own = {found for found in vars(proof).values() if is_typeddict(found)}
    assert own == {*NAMES.values()}
    assert {*schema()["$defs"]} == {*NAMES} - {""}
    for name, type_ in NAMES.items():
        keys = [*get_type_hints(type_)]
        assert [*part_of(name)["properties"]] == part_of(name)["required"] == keys, name
        assert type_.__required_keys__ == {*keys}, name


def check_the_schema_of_proofs_knows_what_may_be_missing() -> None:
    """A key may be null exactly where the type says None; of a document anything may be shown."""
    for name, type_ in NAMES.items():
        for key, hint in get_type_hints(type_).items():
            own = {"$defs": schema()["$defs"], **part_of(name)["properties"][key]}
            if hint is not object:
                assert Draft202012Validator(own).is_valid(None) is (NoneType in get_args(hint)), (name, key)


def check_the_words_of_proofs_are_those_of_the_schema() -> None:
    """Analyses, weights and how a question came out."""
    for name in ("finding", "question", "switched_off"):
        assert part_of(name)["properties"]["analysis"]["enum"] == [*ANALYSES]
    assert schema()["properties"]["scope"]["properties"]["analyses"]["items"]["enum"] == [*ANALYSES]
    statuses = [status.value for status in Status]
    assert part_of("question")["properties"]["status"]["enum"] == statuses
    assert part_of("finding")["properties"]["weight"]["enum"] == [weight.value for weight in Weight]
    counts = [*get_type_hints(proof.ProofCounts)]
    assert counts[: len(statuses)] == statuses
    weights = [f"{weight.value}s" for weight in Weight]
    assert counts[len(statuses) :] == [*weights, "acknowledged", *part_of("entry")["properties"]["problem"]["enum"]]


def check_every_analysis_has_a_name_in_both_languages() -> None:
    """In the order of their numbers, and no two alike."""
    assert [*ANALYSES] == [f"ANA-A{number}" for number in range(20)]
    for name, text in ANALYSES.items():
        assert re.fullmatch(r"[А-яёЁ ,:«»]+", text.ru), name
        assert re.fullmatch(r"[A-Za-z' ,:]+", text.en), name
        assert not text.ru.endswith((" ", ".", ",", ":")), name
        assert not text.en.endswith((" ", ".", ",", ":")), name
    assert len({text.ru for text in ANALYSES.values()}) == len({text.en for text in ANALYSES.values()}) == 20
