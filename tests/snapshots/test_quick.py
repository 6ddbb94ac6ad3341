"""The quick reader accepts only what the strict reader accepts without a word, and then gives the same facts."""

from __future__ import annotations

import copy
import json
import math
from pathlib import Path
from random import Random
from typing import Any

import pytest

from validator.interpreters.strategies import World, forget, random_document, seeded
from validator.language.source import read_json
from validator.logic.facts import Snapshot
from validator.logic.lean import COMPLETE, Lean, Types, lower
from validator.logic.problem import InputError
from validator.resources import policies_folder
from validator.snapshots.quick import DoubtError, QuickReader
from validator.snapshots.read import read_snapshot

ROOT = Path(__file__).parents[2]
SEEDS = 250


@pytest.fixture(scope="module")
def world() -> World:
    """The published vocabulary; a toy one lacks what integrity asks of an organization."""
    import sys

    sys.path.insert(0, str(ROOT / "tests" / "interpreters"))
    from worlds import REAL

    return REAL


def readers(world: World) -> tuple[QuickReader, Types]:
    types = Types()
    return QuickReader(world.vocabulary, world.names, types), types


def strictly(world: World, data: bytes) -> Snapshot | None:
    """The facts of a document of which the strict reader has nothing to say, else None."""
    try:
        snapshot, warnings = read_snapshot(read_json(data, "snapshot.json"), world.vocabulary, world.names)
    except InputError:
        return None
    return None if warnings else snapshot


def difference(one: Any, other: Any, path: str = "") -> str:
    """The first place where a record differs from the lean one that is expected, or nothing."""
    for slot in type(other).__slots__:
        left, right = getattr(one, slot), getattr(other, slot)
        if slot.startswith("c_"):
            found = "" if (left == COMPLETE) is (right == COMPLETE) else f"{path}{slot}"
        elif isinstance(right, Lean):
            found = difference(left, right, f"{path}{slot}.")
        elif slot.startswith("l_"):
            found = "" if len(left) == len(right) else f"{path}{slot}"
            pairs = enumerate(zip(left, right, strict=False))
            found = found or next((d for n, (a, b) in pairs if (d := difference(a, b, f"{path}{slot}[{n}]."))), "")
        else:
            never = isinstance(left, float) and isinstance(right, float) and math.isnan(left) and math.isnan(right)
            found = "" if never or (left == right and type(left) is type(right)) else f"{path}{slot}"
        if found:
            return found
    return ""


def compare(world: World, quick: QuickReader, types: Types, data: bytes) -> bool:
    """Whether the quick reader took the document; if so, the strict one took it too and found the same."""
    try:
        found = quick.read(data)
    except DoubtError:
        return False
    snapshot = strictly(world, data)
    assert snapshot is not None, data.decode()
    expected = lower(snapshot, types)
    assert difference(found.facts.root, expected.root) == ""
    assert {k: sorted(v) for k, v in found.facts.index.items()} == {k: sorted(v) for k, v in expected.index.items()}
    assert (found.facts.as_of, found.facts.region, found.facts.kind) == (
        expected.as_of,
        expected.region,
        expected.kind,
    )
    return True


def test_sound_documents_are_read_alike(world: World) -> None:
    quick, types = readers(world)
    taken = 0
    for seed in range(SEEDS):
        choose = seeded(seed)
        document = forget(world, choose, random_document(world, choose), 10)
        taken += compare(world, quick, types, json.dumps(document, ensure_ascii=False).encode())
    assert taken > SEEDS * 0.9


WRONG = (
    *(None, 0, 1, -1, 1.5, 2**60, True, False, "", " ", "unknown", "none", "never", "ongoing", "open_ended"),
    *("yes", "2025-02-30", "2026-01-01", "2025-09-25", "9999-12-31", "0000-01-01", "100.5", "1e3", [], ["x"], {}),
    *(["unknown"], [["x"]], {"x": 1}, "p_nobody", "c_nobody", "+7 912 345-67-89", "ivan@school.example"),
    *("Иванов И. И.", "112-233-445 95", "x" * 2_000, "а\u200bб", "\u0085", "ﬀ", "78", "7800000000", "ватсап"),
)


def damaged(document: Any, random: Random) -> Any:
    """The document with one value, key or item changed at random."""
    document = copy.deepcopy(document)
    places: list[tuple[Any, Any]] = []

    def gather(node: Any) -> None:
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            places.append((node, key))
            if isinstance(value, dict | list):
                gather(value)

    gather(document)
    holder, key = random.choice(places)
    match random.randrange(4):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[f"{key}x"] = holder.pop(key)
        case 2:
            other, place = random.choice(places)
            holder[key] = copy.deepcopy(other[place])
        case _:
            holder[key] = random.choice(WRONG)
    return document


def test_what_the_strict_reader_refuses_or_remarks_on_is_never_taken(world: World) -> None:
    quick, types = readers(world)
    taken = refused = 0
    for seed in range(SEEDS):
        choose, random = seeded(seed), Random(seed)
        document = random_document(world, choose)
        for _ in range(12):
            data = json.dumps(damaged(document, random), ensure_ascii=random.random() < 0.3).encode()
            taken += compare(world, quick, types, data)
            refused += strictly(world, data) is None
    assert taken > 100
    assert refused > 100


@pytest.mark.parametrize(
    "text",
    [
        '{"schema": "sverka.snapshot/1", "schema": "sverka.snapshot/1"}',
        "[]",
        "",
        "null",
        '{"schema": "sverka.snapshot/1", "as_of": "2025-09-25", "organization": NaN}',
        '{"schema": "sverka.snapshot/2", "as_of": "2025-09-25"}',
        "{" * 1_000,
        '"text"',
        '{"as_of": "2025-09-25"}',
    ],
)
def test_what_is_no_snapshot_is_left_to_the_strict_reader(world: World, text: str) -> None:
    quick, _ = readers(world)
    with pytest.raises(DoubtError):
        quick.read(text.encode())


def sound(**lists: Any) -> str:
    """A small document that is taken."""
    document = {
        "schema": "sverka.snapshot/1",
        "as_of": "2025-09-25",
        "organization": {"inn": "7800000002", "region": "78", "kind": "school"},
        **lists,
    }
    return json.dumps(document)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"region": "78"', '"region": "78", "region": "78"'),
        ('"status": "active"', '"status": "left", "status": "active"'),
        ('"status": "active"', '"status" : "left","status"\t:"active"'),
        ('"status": "active"', '"status": "active", "\\u0073tatus": "active"'),
        ('"Школа"', '"Школа", "name": "Школа\\u002c 1"'),
        ('["student"]', '["student", "student"]'),
        ('"coverage": {', '"coverage": {"people": "complete", '),
        ('"ref": "p_1"', '"ref": "p_1", "up": null'),
        ('"services": [{}]', '"services": [{"up": null}]'),
        ('"ref": "p_1"', '"ref": "p_1", "status": null'),
        ('"ref": "p_1"', '"ref": "p_1\\np_2"'),
        ('"bound": true', '"bound": 1'),
    ],
)
def test_what_a_decoder_would_pass_over_is_left_to_the_strict_reader(world: World, old: str, new: str) -> None:
    quick, _ = readers(world)
    person = {"ref": "p_1", "status": "active", "roles": ["student"], "bound": True}
    text = sound(people=[person], services=[{}], coverage={"people": "complete"}).replace(
        '"kind"', '"name": "Школа", "kind"'
    )
    assert quick.read(text.encode()).inn == "7800000002"
    assert old in text
    with pytest.raises(DoubtError):
        quick.read(text.replace(old, new, 1).encode())


def test_a_large_document_is_taken_unless_it_may_hold_too_many_values(world: World) -> None:
    quick, _ = readers(world)
    text = sound(people=[{"ref": "p_1"}]).encode()
    assert quick.read(text + b" " * 1_100_000).inn == "7800000002"
    with pytest.raises(DoubtError):
        quick.read(text + b" " * 6_000_000)
    with pytest.raises(DoubtError):
        quick.read(sound(people=[{"ref": f"p_{n}", "roles": []} for n in range(90_000)]).encode())


@pytest.mark.parametrize("spelling", ["unknown", "\\u0075nknown"])
def test_the_word_unknown_is_no_value_however_it_is_written(world: World, spelling: str) -> None:
    quick, _ = readers(world)
    text = sound(people=[{"ref": "p_1", "status": "WORD", "bound": "WORD", "roles": "WORD"}])
    person = quick.read(text.replace("WORD", spelling).encode()).facts.root.l_people[0]
    assert (person.v_status, person.v_bound, person.v_roles) == (None, None, None)


def test_the_organizations_of_the_examples_are_read_quickly(world: World) -> None:
    from validator.language.library import load, read_folder

    library = load(read_folder(policies_folder()), world.vocabulary)
    quick = QuickReader(library.vocabulary, library.names, Types())
    files = sorted((ROOT / "fixtures" / "organizations").glob("*.json"))
    assert files
    for file in files:
        quick.read(file.read_bytes())
