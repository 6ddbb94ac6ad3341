"""The quick reader of YAML accepts only what the strict reader accepts without a word, and gives the same facts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
import yaml
from test_quick import SEEDS, damaged, difference, readers, world

from validator.interpreters.strategies import World, forget, random_document, seeded
from validator.language.library import load, read_folder
from validator.language.source import read_document
from validator.logic.facts import Snapshot
from validator.logic.lean import Types, lower
from validator.logic.problem import InputError
from validator.resources import policies_folder
from validator.snapshots.quick import DoubtError, QuickReader
from validator.snapshots.read import read_snapshot

__all__ = ["world"]
ROOT = Path(__file__).parents[2]


def written(document: object, random: Random) -> str:
    """The document in YAML, in one of several styles, long lines broken or not."""
    return yaml.dump(
        document,
        allow_unicode=random.random() < 0.8,
        sort_keys=random.random() < 0.5,
        default_flow_style=random.choice((None, True, False)),
        default_style=random.choice((None, None, None, "'", '"')),
        width=random.choice((40, 10_000)),
        explicit_start=random.random() < 0.3,
        explicit_end=random.random() < 0.3,
    )


def unquoted(text: str, random: Random) -> str:
    """Some quotation marks taken away: what is text in the document may then be read as something else."""
    return re.sub(r"'([^'\n]*)'", lambda found: found.group(random.random() < 0.3), text)


SPOILT = (
    "&a ",
    "*a ",
    "!t ",
    "!!str ",
    "<<: ",
    "- ",
    ": ",
    "# ",
    "~",
    "null",
    "\t",
    "\n",
    "---\n",
    "...\n",
    "%TAG\n",
)
WORDS = (
    "",
    "~",
    "null",
    "Null",
    "007",
    "+1",
    "-0",
    "1_000",
    "0x1F",
    "1.0",
    "True",
    "yes",
    "[]",
    "{}",
    "&a x",
    "*a",
)
MORE = (
    "'",
    '"',
    "|\n  ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\u00a0",
    "\\",
    "yes",
    "0x1F",
    "1_000",
    "12:30",
    ".inf",
    "{a: 1}",
)


def spoilt(text: str, random: Random) -> str:
    """The text with something put into it, or a piece of it taken away or repeated."""
    place = random.randrange(len(text))
    end = min(len(text), place + random.randrange(1, 60))
    values = [found for found in re.finditer(r"(?:: |- )([^\n,}\]]*)", text) if found.group(1)]
    value = random.choice(values)
    match random.randrange(5):
        case 0:
            return text[:place] + random.choice(SPOILT + MORE) + text[place:]
        case 1:
            return text[:place] + text[end:]
        case 2:
            return text[:end] + text[place:end] + text[end:]
        case 3:
            return text[: value.start(1)] + random.choice(SPOILT + MORE) + text[value.start(1) :]
        case _:
            other = random.choice((*WORDS, f'"{value.group(1)}"', f"'{value.group(1)}'"))
            return text[: value.start(1)] + other + text[value.end(1) :]


def strictly(world: World, data: bytes) -> Snapshot | None:
    try:
        snapshot, warnings = read_snapshot(read_document(data, "snapshot.yaml"), world.vocabulary, world.names)
    except InputError:
        return None
    return None if warnings else snapshot


def compare(world: World, quick: QuickReader, types: Types, text: str) -> bool:
    """Whether the quick reader took the document; if so, the strict one took it too and found the same."""
    data = text.encode()
    try:
        found = quick.read_yaml(data)
    except DoubtError:
        return False
    snapshot = strictly(world, data)
    assert snapshot is not None, text
    expected = lower(snapshot, types)
    assert difference(found.facts.root, expected.root) == "", text
    assert found.facts.as_of == expected.as_of
    return True


def test_sound_documents_are_read_alike(world: World) -> None:
    quick, types = readers(world)
    taken = sound = 0
    for seed in range(SEEDS):
        choose, random = seeded(seed), Random(seed)
        document = forget(world, choose, random_document(world, choose), 10)
        text = written(document, random)
        taken += compare(world, quick, types, text)
        sound += strictly(world, text.encode()) is not None
    # Numbers in quotation marks and texts with backslashes are left to the strict reader.
    assert taken > SEEDS * 0.4
    assert sound > taken * 0.9


def test_what_the_strict_reader_refuses_or_remarks_on_is_never_taken(world: World) -> None:
    quick, types = readers(world)
    taken = refused = 0
    for seed in range(SEEDS):
        choose, random = seeded(seed), Random(seed)
        text = written(random_document(world, choose), random)
        for change in (lambda t: unquoted(t, random), lambda t: spoilt(t, random), lambda t: spoilt(t, random)):  # noqa: B023
            other = change(text)
            taken += compare(world, quick, types, other)
            refused += strictly(world, other.encode()) is None
    assert taken > 50
    assert refused > 100


def test_damaged_values_are_never_taken(world: World) -> None:
    quick, types = readers(world)
    refused = 0
    for seed in range(SEEDS):
        choose, random = seeded(seed), Random(seed)
        document = random_document(world, choose)
        for _ in range(4):
            text = written(damaged(document, random), random)
            compare(world, quick, types, text)
            refused += strictly(world, text.encode()) is None
    assert refused > 100


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "---\n" + text,
        lambda text: text + "as_of: 2025-09-25\n",
        lambda text: text.replace("organization:", "organization: &a", 1),
        lambda text: text.replace("organization:", "organization: !t", 1),
        lambda text: "%YAML 1.1\n---\n" + text,
        lambda text: text + "people: ~\n",
        lambda text: text + "people: *a\n",
        lambda text: text.replace("school", "&a school", 1),
        lambda text: text.replace("school", "!!str school", 1),
        lambda text: text + '  name: "a\\u0085b"\n',
        lambda text: text + "  name: \u00a0 x\n",
        lambda text: "%TAG ! tag:example.org,2025:\n---\n" + text,
        lambda text: text + "  name: ~\n",
        lambda text: text + "  name:\n",
        lambda text: text + "  name: null\n",
        lambda text: text + "classes: [{ref: c_1, grade: 007}]\n",
        lambda text: text + 'classes: [{ref: c_1, grade: "7"}]\n',
        lambda text: text + 'chats: [{ref: h_1, in_sferum: "true"}]\n',
        lambda text: text + "  legal_form: ~\n",
        lambda text: text + "  legal_form:\n",
        lambda text: text + "services: [{name: [~]}]\n",
        lambda text: text + "people:\n",
        lambda text: "[" + text.replace("\n", " ") + "]",
        lambda _: "",
        lambda _: "text",
        lambda _: "[]",
    ],
)
def test_what_needs_the_eye_of_the_strict_reader_is_left_to_it(world: World, change: object) -> None:
    quick, types = readers(world)
    text = (
        "schema: sverka.snapshot/1\nas_of: 2025-09-25\n"
        'organization:\n  inn: "7800000002"\n  region: "78"\n  kind: school\n'
    )
    assert compare(world, quick, types, text)
    assert callable(change)
    with pytest.raises(DoubtError):
        quick.read_yaml(change(text).encode())


def test_the_organizations_of_the_examples_are_read_quickly(world: World) -> None:
    library = load(read_folder(policies_folder()), world.vocabulary)
    quick = QuickReader(library.vocabulary, library.names, Types())
    files = sorted((ROOT / "fixtures" / "organizations").glob("*.yaml"))
    taken = []
    for file in files:
        try:
            quick.read_yaml(file.read_bytes())
            taken.append(file)
        except DoubtError:
            pass
    assert len(taken) >= len(files) - 5, [file.name for file in files if file not in taken]


def test_json_and_yaml_of_one_document_are_the_same_facts(world: World) -> None:
    quick, _ = readers(world)
    choose = seeded(1)
    document = random_document(world, choose)
    one = quick.read(json.dumps(document).encode())
    other = quick.read_yaml(yaml.safe_dump(document, allow_unicode=True).encode())
    assert difference(one.facts.root, other.facts.root) == ""
