"""What a broken policy says: every file of `fixtures/broken-policies` holds one mistake and names its place.

A fixture is a file, or a folder of files that are wrong together. Comments at the top say where the file belongs
(`# place: norms/…`, of a file in a folder its own path) and what is to be reported (`# expect: line:column code |
piece of the help`). All fixtures stand on the policies that ship with the product.
"""

from __future__ import annotations

import ast
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from validator.language import library
from validator.language.library import Library, PolicyText, load, read_folder
from validator.language.limits import LIMITS
from validator.language.source import read_yaml
from validator.language.source_problems import SAID
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.problem import InputError, Problem
from validator.resources import policies_folder, schema_bytes

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures" / "broken-policies"
SHIPPED = ("sources", "registers", "parameters", "definitions")
SOURCES = (
    "structure",
    "operands",
    "conditions",
    "data_files",
    "policy_parts",
    "reading_files",
    "norm_files",
    "decision_files",
    "weights",
    "library",
    "policy_folder",
    "topic_files",
)
PLACE = re.compile(r"# place: (\S+)")
EXPECT = re.compile(r"# expect: (?:(\d+):(\d+)|-) ([a-z0-9-]+) \| (.*)")
# Codes of problems that are no text in a policy: tested below, not by a fixture.
NOT_IN_A_FILE = {"policy-folder"}


class Expected(NamedTuple):
    """One problem that a fixture must give: its file, line and column (0 for the file as a whole), code, help."""

    file: str
    line: int
    column: int
    code: str
    help: str


class Fixture(NamedTuple):
    """A broken policy, or several that are read together."""

    name: str
    texts: tuple[PolicyText, ...]
    expected: tuple[Expected, ...]


def read_fixture(path: Path) -> Fixture:
    """The files of a fixture and what they promise."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    texts: list[PolicyText] = []
    expected: list[Expected] = []
    for file in files:
        data = file.read_bytes()
        lines = data.decode().splitlines()
        place = file.relative_to(path).as_posix() if path.is_dir() else ""
        for line in lines:
            if match := PLACE.fullmatch(line):
                place = match[1]
            elif match := EXPECT.fullmatch(line):
                expected.append(Expected(place, int(match[1] or 0), int(match[2] or 0), match[3], match[4].strip()))
        assert place, f"{file.name} says no place"
        texts.append(PolicyText(place, place, data))
    return Fixture(path.name.removesuffix(".yaml"), tuple(texts), tuple(sorted(expected)))


ALL = [read_fixture(path) for path in sorted(FIXTURES.iterdir())]
every_fixture = pytest.mark.parametrize("fixture", ALL, ids=[fixture.name for fixture in ALL])


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(schema_bytes("snapshot"))


@cache
def shipped() -> tuple[PolicyText, ...]:
    """The data that broken policies rest on; shipped norms and decisions would only be read again and again."""
    texts = read_folder(policies_folder())
    return tuple(text._replace(file=text.place) for text in texts if text.place.split("/")[0] in SHIPPED)


@pytest.fixture(autouse=True)
def _read_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "read_yaml", _read_once)


_read_once = lru_cache(maxsize=4096)(read_yaml)


@cache
def problems_of(name: str) -> tuple[Problem, ...]:
    fixture = next(fixture for fixture in ALL if fixture.name == name)
    with pytest.raises(InputError) as refusal:
        load([*shipped(), *fixture.texts], vocabulary())
    return tuple(refusal.value.problems)


def load_with(*texts: tuple[str, str]) -> Library:
    return load([*shipped(), *(PolicyText(place, place, text.encode()) for place, text in texts)], vocabulary())


def refused(*texts: tuple[str, str]) -> list[Problem]:
    with pytest.raises(InputError) as refusal:
        load_with(*texts)
    return refusal.value.problems


def test_the_shipped_data_alone_are_sound() -> None:
    assert load(shipped(), vocabulary()).warnings == ()


@every_fixture
def test_each_mistake_is_told_at_its_own_place_and_nothing_else_is(fixture: Fixture) -> None:
    problems = problems_of(fixture.name)
    found = [(p.file, p.span.line if p.span else 0, p.span.column if p.span else 0, p.code) for p in problems]
    assert sorted(found) == [e[:4] for e in fixture.expected]


@every_fixture
def test_the_help_leads_on(fixture: Fixture) -> None:
    for problem, expected in zip(in_order(fixture), fixture.expected, strict=True):
        assert expected.help in problem.help.en


@every_fixture
def test_message_and_help_are_in_both_languages(fixture: Fixture) -> None:
    for problem in problems_of(fixture.name):
        for text in (problem.message, problem.help):
            assert re.search("[А-Яа-яЁё]", text.ru)
            assert text.en.strip()
            assert not re.search("[А-Яа-яЁё]", re.sub("`[^`]*`|“[^”]*”", "", text.en))
            assert "None" not in text.en
            assert "#" not in text.ru + text.en


@every_fixture
def test_an_unknown_name_is_quoted_as_it_is_written(fixture: Fixture) -> None:
    lines = {text.file: text.data.decode().splitlines() for text in fixture.texts}
    for problem in problems_of(fixture.name):
        if problem.span is None or not problem.code.startswith("unknown-") or "status" in fixture.name:
            continue
        line = lines[problem.file][problem.span.line - 1]
        token = line[problem.span.column - 1 : problem.span.end_column - 1].strip('"')
        for message in problem.message:
            assert f"`{token}`" in message


def in_order(fixture: Fixture) -> list[Problem]:
    """The problems in the order of what is expected, however files are named."""
    return sorted(problems_of(fixture.name), key=lambda p: (p.file, *(p.span[1:3] if p.span else (0, 0)), p.code))


# --- completeness ----------------------------------------------------------------------------------------------


def codes_in(source: str) -> set[str]:
    """Every problem code that a module can report: the literal first argument of the calls that report."""
    found: set[str] = set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _called(node)) in REPORTING:
            position = REPORTING[name]
            for code in ast.walk(node.args[position]):
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.add(code.value)
                assert not isinstance(code, ast.JoinedStr), f"line {node.lineno}: a code must be written out"
    return found


# The calls that take a problem code, and at which place among the arguments.
REPORTING = {"report": 0, "unknown_name": 0, "Problem": 0, "_replacements": 2}


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.mark.parametrize("module", SOURCES)
def test_every_code_has_a_fixture(module: str) -> None:
    source = (ROOT / "validator" / "language" / f"{module}.py").read_text(encoding="utf-8")
    codes = codes_in(source)
    assert codes
    assert codes - {e.code for fixture in ALL for e in fixture.expected} - NOT_IN_A_FILE == set()


def test_every_code_of_a_fixture_is_one_that_exists() -> None:
    known = {limit.id for limit in LIMITS} | set(SAID)
    for module in SOURCES:
        known |= codes_in((ROOT / "validator" / "language" / f"{module}.py").read_text(encoding="utf-8"))
    assert {e.code for fixture in ALL for e in fixture.expected} <= known
    assert known >= NOT_IN_A_FILE


def test_the_search_for_codes_sees_every_call() -> None:
    source = """
self.report("one-code", node, message)
self.unknown_name("two-codes" if x else "three-codes", node, what, known)
Problem("four-codes", message, help_)
"""
    assert codes_in(source) == {"one-code", "two-codes", "three-codes", "four-codes"}
    with pytest.raises(AssertionError, match="must be written out"):
        codes_in('self.report(f"unknown-{what}", node, message)')


# --- what fixtures can't show ------------------------------------------------------------------------------------

NORM = """norm: {id}
title: {{ru: Пробная норма, en: A trial norm}}
about: {about}
modality: prohibition
severity: critical
cites: [{{act: 41-fz-2025, at: ст. 15 ч. 1}}]
forbidden: {forbidden}
message: {{ru: Так нельзя, en: This is not allowed}}
examples: {{cases: []}}
"""


def norm(name: str = "T-NORM", *, about: str = "uses", forbidden: str = "{actor: bot}") -> tuple[str, str]:
    return f"norms/trial/{name}.yaml", NORM.format(id=name, about=about, forbidden=forbidden)


def test_a_sound_policy_is_taken() -> None:
    assert list(load_with(norm()).policies.norms) == ["T-NORM"]


def test_pack_p14_two_files_of_one_id_are_refused_with_both_places() -> None:
    place, text = norm()
    (problem,) = refused((place, text), ("norms/another/T-NORM.yaml", text))
    places = (problem.where(), *re.findall(r"norms/\S+:\d+:\d+", problem.message.en))
    assert set(places) == {"norms/another/T-NORM.yaml:1:7", "norms/trial/T-NORM.yaml:1:7"}


def test_a_norm_and_a_decision_can_not_share_an_id() -> None:
    decision = """decision: T-NORM
title: {ru: Пробное решение, en: A trial decision}
about: chats
cites: [{act: 41-fz-2025, at: ст. 15 ч. 1}]
outcomes: {moved: {ru: да, en: yes}, stays: {ru: нет, en: no}}
criteria: [{id: T-C1, title: {ru: нужен, en: is needed}, when: {need: keep}}]
then: {all_criteria_and_no_exclusion: moved, otherwise: stays}
examples: {cases: []}
"""
    (problem,) = refused(norm(), ("decisions/trial/T-NORM.yaml", decision))
    assert problem.code == "duplicate-name"


def test_pack_p8_an_id_with_a_zero_character_is_refused_when_read() -> None:
    place, text = norm()
    (problem,) = refused((place, text.replace("T-NORM", '"T-NORM\\0"')))
    assert (problem.code, problem.span and problem.span.column) == ("control-character", 7)


def test_pack_p19_thirty_two_levels_are_allowed() -> None:
    deep = "{not: " * 31 + "{actor: bot}" + "}" * 31  # the whole file is one level, the innermost mapping the 32nd
    problems = refused(norm(forbidden="{not: " + deep + "}"))
    assert [p.code for p in problems] == ["limit-depth"]
    assert load_with(norm(forbidden=deep[6:-1])).policies.norms


def test_pack_p20_a_condition_of_a_million_nodes_is_refused_at_once() -> None:
    many = "{any: [" + "{actor: bot}, " * 1_000_000 + "]}"
    (problem,) = refused(norm(forbidden=many))
    assert problem.code == "limit-policy-bytes"


def test_pack_p9_to_p12_nothing_is_included_or_looked_up() -> None:
    place, text = norm()
    problems = refused((place, text + '$ref: "http://127.0.0.1/x"\ninclude: ../../x\n'))
    assert [(p.code, p.span and p.span.line) for p in problems] == [("unknown-key", 10), ("unknown-key", 11)]


def test_a_mistake_in_a_policy_about_two_lists_is_told_once() -> None:
    (problem,) = refused(norm(about="[uses, chats]", forbidden="{organization: {kind: scool}}"))
    assert (problem.code, problem.help.en) == ("unknown-value", "did you mean `school`?")


def test_the_mistakes_of_all_files_come_in_the_order_of_files_and_lines() -> None:
    problems = problems_of("mistakes-of-all-files-at-once")
    places = [(p.file, p.span.line if p.span else 0) for p in problems]
    assert places == sorted(places)
    assert len({file for file, _ in places}) == 7


def test_the_order_of_the_files_does_not_matter() -> None:
    fixture = next(fixture for fixture in ALL if fixture.name == "mistakes-of-all-files-at-once")
    with pytest.raises(InputError) as refusal:
        load([*reversed(fixture.texts), *reversed(shipped())], vocabulary())
    assert tuple(refusal.value.problems) == problems_of(fixture.name)


def test_a_long_token_is_shortened() -> None:
    (problem,) = refused(norm(forbidden="{" + "a" * 200 + ": bot}"))
    assert "a" * 79 + "…`" in problem.message.en
    assert "a" * 80 not in problem.message.en


def test_the_place_of_a_placeholder_in_a_text_of_several_lines_is_that_of_the_text() -> None:
    place, text = norm()
    folded = text.replace("{ru: Так нельзя,", '{ru: "Так\n   {servce} нельзя",')
    (problem,) = refused((place, folded))
    assert (problem.code, problem.span and problem.span[1:3]) == ("unknown-placeholder", (8, 15))


# --- the folder --------------------------------------------------------------------------------------------------


def folder_problem(folder: Path) -> Problem:
    with pytest.raises(InputError) as refusal:
        read_folder(folder)
    (problem,) = refusal.value.problems
    assert problem.code == "policy-folder"
    assert problem.help.ru
    assert problem.help.en
    return problem


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    assert "no such policy folder" in folder_problem(tmp_path / "x").message.en


def test_a_folder_without_policies(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("only this", encoding="utf-8")
    (tmp_path / ".hidden").write_text("and this", encoding="utf-8")
    assert "holds no policy" in folder_problem(tmp_path).message.en


def test_a_folder_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as huge:
        huge.truncate(10**12)  # takes no room, but can't be read into memory
    assert "too large" in folder_problem(tmp_path).message.en


def test_a_folder_of_too_many_files(tmp_path: Path) -> None:
    for number in range(2_001):
        (tmp_path / f"{number}.yaml").touch()
    assert "too large" in folder_problem(tmp_path).message.en


def test_a_broken_link_in_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert folder_problem(tmp_path).file.endswith("a.yaml")
