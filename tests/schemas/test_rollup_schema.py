"""The public contract of a roll-up: the schema describes what the program writes, key by key."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from jsonschema import Draft202012Validator

from validator.journeys.rollup.accumulate import RollUp
from validator.logic import batch as types
from validator.logic.batch import Coverage, Expected, ExpectedGroups, Group, Tally
from validator.logic.report import OkCounts
from validator.resources import schema_bytes

SCHEMA: dict[str, Any] = json.loads(schema_bytes("rollup"))
NAMES = {
    types.RollUpTable: "",
    types.RunCoverage: "run_coverage",
    types.RowCoverage: "row_coverage",
    types.PersonsRule: "persons_rule",
    types.Organizations: "organizations",
    OkCounts: "ok_counts",
    types.Judgements: "judgements",
    types.PersonOk: "person_ok",
    types.PersonJudgements: "person_judgements",
    types.TotalRow: "total",
    types.RegionRow: "region",
    types.MunicipalityRow: "municipality",
    types.KindRow: "kind",
    types.PolicyRow: "policy",
    types.CrossRow: "cross",
}


def mapping_of(type_: Any) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][NAMES[type_]] if NAMES[type_] else SCHEMA
    return found


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_type_has_its_part_of_the_schema() -> None:
    assert {found for found in vars(types).values() if is_typeddict(found)} == set(NAMES)
    assert set(NAMES.values()) == {"", *SCHEMA["$defs"]}


@pytest.mark.parametrize("type_", NAMES, ids=lambda found: found.__name__)
def test_the_schema_has_the_keys_of_the_type_and_null_where_it_has_none(type_: Any) -> None:
    mapping = mapping_of(type_)
    hints = get_type_hints(type_)
    assert list(mapping["properties"]) == list(hints)
    assert mapping["required"] == list(hints)
    for key, hint in hints.items():
        nullable = get_origin(hint) in (Union, UnionType) and type(None) in get_args(hint)
        own = {"$defs": SCHEMA["$defs"], **mapping["properties"][key]}
        assert Draft202012Validator(own).is_valid(None) == nullable, key


def test_every_key_and_word_is_explained_in_both_languages() -> None:
    texts = ("title", "x-title-en", "description", "x-description-en")
    for type_ in NAMES:
        for key, part in (("", mapping_of(type_)), *mapping_of(type_)["properties"].items()):
            assert all(part.get(text) for text in texts), (type_, key)
            for words in (part, *part.get("anyOf", ()), part.get("additionalProperties", {})):
                if "enum" in words:
                    assert words["enum"] == list(words["x-values"])
                    assert all(text["ru"] and text["en"] for text in words["x-values"].values())


def test_the_words_are_those_of_the_program() -> None:
    marks = mapping_of(types.PersonJudgements)["properties"]["hidden"]["additionalProperties"]
    assert marks["enum"] == list(get_args(types.Mark))
    reasons = mapping_of(types.RegionRow)["properties"]["no_coverage"]["anyOf"][0]
    assert reasons["enum"] == list(get_args(types.NoRowCoverage))
    assert SCHEMA["properties"]["schema"]["const"] == types.SCHEMA


# --- tables ---------------------------------------------------------------------------------------------


def _table() -> dict[str, Any]:
    """A table with rows of every kind, hidden numbers, coverage of rows, and a municipality that sent nothing."""
    persons = {
        "PE-1": frozenset({"violation", "unknown", "ok.met"}),
        "XF-P": frozenset({"unknown", "decisions.moved"}),
    }
    rolled = RollUp(persons)
    for name, number in (("Невинномысск", 2), ("Ессентуки", 1), (None, 50)):
        tallies = [
            Tally("FM-BAN", "violation", None, True, number),
            Tally("FM-BAN", "ok", "not_applicable", False, 1),
            Tally("XF-AUTO", "moved", None, False, number),
            Tally("PE-1", "violation", None, False, number),
            Tally("XF-P", "moved", None, False, 7),
        ]
        rolled.add(Group("26", name, "school"), tallies)
    groups = {
        Group("26", "Невинномысск", "school"): Expected(1, 0),
        Group("26", "Лермонтов", "school"): Expected(2, 2),
    }
    coverage = Coverage(4, 3, 1, 0, 3, 2, 2)
    table = rolled.table(coverage, ExpectedGroups(frozenset({"region", "municipality"}), groups))
    return json.loads(json.dumps(table, ensure_ascii=False))  # type: ignore[no-any-return]


def _closed() -> dict[str, Any]:
    """The schema without room for other keys: what this version writes must hold exactly these."""
    found = copy.deepcopy(SCHEMA)
    for part in (found, *found["$defs"].values()):
        part["additionalProperties"] = False
    return found


def test_a_table_with_everything_in_it_is_valid() -> None:
    table = _table()
    assert {"below"} <= {mark for row in table["by_municipality"] for mark in row["persons"]["hidden"].values()}
    assert any(row["coverage"] is None for row in table["by_municipality"])
    assert any(row["coverage"] is not None for row in table["by_municipality"])
    Draft202012Validator(_closed()).validate(table)


def test_the_table_of_nothing_is_valid() -> None:
    table = RollUp({}).table(Coverage(0, 0, 0, 0, None, None, None))
    Draft202012Validator(_closed()).validate(table)


def test_a_table_with_a_later_key_is_valid_for_consumers() -> None:
    table = _table()
    table["invented"] = table["by_region"][0]["invented"] = 1
    assert Draft202012Validator(SCHEMA).is_valid(table)
    assert not Draft202012Validator(_closed()).is_valid(table)


SPOILS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a key is left out": lambda table: table.pop("complete"),
    "a nested key is left out": lambda table: table["by_region"][0]["organizations"].pop("evaluated"),
    "a number is negative": lambda table: table["total"]["judgements"].update(violation=-1),
    "an exact number is null": lambda table: table["total"]["judgements"].update(violation=None),
    "a number is a text": lambda table: table["total"]["persons"].update(violation="<5"),
    "a mark is invented": lambda table: table["total"]["persons"]["hidden"].update(violation="small"),
    "a reason is invented": lambda table: table["by_policy"][0].update(no_coverage="unknown"),
    "a share is above the whole": lambda table: table["coverage"].update(percent=100.1),
    "the threshold hides nothing": lambda table: table["persons_rule"].update(threshold=2),
    "a region has no code": lambda table: table["by_region"][0].update(region=""),
    "the format is another": lambda table: table.update(schema="sverka.rollup/2"),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_table_is_refused(spoil: str) -> None:
    table = _table()
    SPOILS[spoil](table)
    assert not Draft202012Validator(SCHEMA).is_valid(table)
