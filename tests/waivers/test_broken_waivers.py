"""What a broken waiver file says: every file of `fixtures/waivers/broken` holds the mistake that its name says.

Comments at the top say what is to be reported, and where: `# expect: line:column code | piece of the help`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft7Validator
from waiver_place import FIXTURES, published, tree_of

from validator.logic.problem import InputError, Problem
from validator.logic.waiver import Waiver
from validator.snapshots.stream import Delivered
from validator.snapshots.waivers import read_waivers

FILES = sorted((FIXTURES / "broken").iterdir())
EXPECT = re.compile(r"# expect: (\d+):(\d+) ([a-z0-9-]+) \| (.*)")
PERSONAL = ("Лопухов", "Анна", "912", "345", "example.com", "789901201000")
every_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
# What a schema of this kind can't say: sums of days, control digits, names that occur twice.
BEYOND_THE_SCHEMA = {
    "term-of-366-days",
    "ends-before-it-begins",
    "day-that-never-was",
    "id-twice",
    "slip-in-the-inn",
    "name-in-the-post",
    "name-with-initials-in-the-document",
    "phone-number-in-the-ground",
    "phone-as-id-twice",
    "duplicate-key",
}


class Expected(NamedTuple):
    """One problem that a fixture must give."""

    line: int
    column: int
    code: str
    help: str


def expected_of(path: Path) -> list[Expected]:
    found = [match for line in path.read_text("utf-8").splitlines() if (match := EXPECT.fullmatch(line))]
    assert found
    return [Expected(int(m[1]), int(m[2]), m[3], m[4].strip()) for m in found]


def problems_of(*files: Delivered) -> list[Problem]:
    with pytest.raises(InputError) as refusal:
        read_waivers(files)
    return refusal.value.problems


def broken(path: Path) -> list[Problem]:
    return problems_of(Delivered(path.name, path.read_bytes()))


@every_file
def test_each_mistake_is_told_at_its_own_place_and_nothing_else_is(path: Path) -> None:
    problems, expected = broken(path), expected_of(path)
    assert [(p.span.line, p.span.column, p.code) for p in problems if p.span] == [e[:3] for e in expected]
    for problem, (_, _, _, help_) in zip(problems, expected, strict=True):
        assert help_ in problem.help.en


@every_file
def test_message_and_help_are_in_both_languages(path: Path) -> None:
    for problem in broken(path):
        assert not problem.warning
        for text in (problem.message, problem.help):
            assert re.search("[А-Яа-яЁё]", text.ru)
            assert re.search("[A-Za-z]", text.en)
        assert not re.search("[А-Яа-яЁё]", problem.help.en)


@every_file
def test_what_looks_personal_is_never_repeated(path: Path) -> None:
    for problem in broken(path):
        told = " ".join((*problem.message, *problem.help, problem.path))
        assert [piece for piece in PERSONAL if piece in told] == []


def test_personal_data_are_told_by_their_path() -> None:
    [problem] = broken(FIXTURES / "broken" / "name-in-the-post.yaml")
    assert problem.path == "waivers[0].approved_by.post"
    [problem] = broken(FIXTURES / "broken" / "name-as-a-key.yaml")
    assert problem.path == "waivers[0].ground"


def test_mistakes_of_all_files_are_told_at_once() -> None:
    files = [FIXTURES / "broken" / name for name in ("bad-id.yaml", "no-ground.yaml", "misspelt-key.yaml")]
    problems = problems_of(*(Delivered(path.name, path.read_bytes()) for path in files))
    assert [(p.file, p.code) for p in problems] == [
        ("bad-id.yaml", "bad-id"),
        ("no-ground.yaml", "missing-key"),
        ("misspelt-key.yaml", "unknown-key"),
    ]


def test_an_id_may_stand_in_one_file_only() -> None:
    data = (FIXTURES / "school" / "waivers.yaml").read_bytes()
    [problem] = problems_of(Delivered("a.yaml", data), Delivered("b.yaml", data))
    assert (problem.code, problem.where()) == ("duplicate-name", "b.yaml:3:9")
    assert "a.yaml:3:9" in problem.message.ru
    assert "a.yaml:3:9" in problem.message.en


def test_what_is_no_yaml_file_is_refused() -> None:
    [problem] = problems_of(Delivered("waivers.json", b"{}"))
    assert (problem.code, problem.where()) == ("waiver-file", "waivers.json")


def whole(**changes: str) -> Waiver:
    """The waiver of the fixture with other texts in the place of some of its own."""
    text = (FIXTURES / "school" / "waivers.yaml").read_text("utf-8")
    for old, new in changes.items():
        assert VALUES[old] in text
        text = text.replace(VALUES[old], new)
    [found] = read_waivers([Delivered("w.yaml", text.encode())])
    return found


VALUES = {
    "item": "u_redirect",
    "through": "2025-12-31",
    "organization": '"7899012011"',
    "ground": """
      ru: В чате осталась только ссылка на новый чат в MAX
      en: Nothing but a link to the new chat in MAX is left""",
}


def test_365_days_are_not_too_long() -> None:
    assert whole(through="2026-09-30").last.isoformat() == "2026-09-30"


def test_one_day_is_a_term() -> None:
    assert whole(through="2025-10-01").days_left(whole().first) == 0


def test_a_ground_in_one_language_stands_for_both() -> None:
    assert whole(ground=" Ждём").ground == ("Ждём", "Ждём")
    assert whole(ground=" {ru: Ждём}").ground == ("Ждём", "Ждём")
    assert whole(ground=" {en: Waiting, ru: Ждём}").ground == ("Ждём", "Waiting")


def test_a_pseudonym_made_by_hashing_may_hold_the_digits_of_anything() -> None:
    assert whole(item="u_89123456789abc").item == "u_89123456789abc"


def test_an_entrepreneur_goes_by_the_id_of_the_report() -> None:
    assert whole(organization="entrepreneur:0123456789abcdef").organization == "entrepreneur:0123456789abcdef"


def test_every_value_has_its_place() -> None:
    found = whole()
    assert found.span.start() == "w.yaml:3:5"
    assert {key: span.start() for key, span in found.spans.items()}["through"] == "w.yaml:8:14"


@every_file
def test_the_schema_sees_what_a_schema_can_see(path: Path) -> None:
    valid = Draft7Validator(published("waivers")).is_valid(tree_of(path.read_text("utf-8")))
    assert valid == (path.stem in BEYOND_THE_SCHEMA)


def test_the_schema_admits_what_the_reader_admits() -> None:
    validator = Draft7Validator(published("waivers"))
    text = (FIXTURES / "school" / "waivers.yaml").read_text("utf-8")
    validator.validate(tree_of(text))
    validator.validate(tree_of(text.replace(VALUES["ground"], " Ждём")))
    validator.validate(tree_of(text.replace(VALUES["organization"], "entrepreneur:0123456789abcdef")))
    validator.validate(tree_of(text.replace("    item: u_redirect\n", "")))
    validator.validate(tree_of("waivers: []"))
