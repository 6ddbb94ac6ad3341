"""The pages about codes: one for each code the program has, and their examples are true.

What a page shows as wrong is quoted from a fixture and gives the code; with what it shows as right in its place,
the code is gone.
"""

from __future__ import annotations

import ast
import re
from functools import cache, lru_cache
from typing import NamedTuple

import pytest
from lint_fixtures import ROOT, Fixture, base, broken_policies, fixtures, laid_over, shipped_data, vocabulary

from validator.journeys.lint.codes import CODES, ERRORS
from validator.journeys.lint.levels import Level
from validator.journeys.lint.run import lint
from validator.language import library
from validator.language.library import PolicyText
from validator.language.limits import LIMIT
from validator.language.source import POLICY_LIMITS, read_yaml
from validator.language.source_problems import SAID
from validator.resources import lint_pages_folder

PAGES = lint_pages_folder()
LANGUAGES = {"ru": ".md", "en": ".en.md"}
LEVELS = {
    "ru": {Level.ERROR: "Ошибка", Level.FINDING: "Замечание", Level.NOTE: "Заметка"},
    "en": {Level.ERROR: "Error", Level.FINDING: "Finding", Level.NOTE: "Note"},
}
# Codes whose mistake can't be shown as a piece of YAML: bytes, sizes, the folder, the file as a whole.
WITHOUT_EXAMPLE = {
    *("not-utf-8", "encoding-cp1251", "encoding-utf-16", "byte-order-mark", "empty-document", "object-expected"),
    *("policy-folder", "unknown-policy-file"),
    *(code for code in ERRORS if code.startswith("limit-")),
}
# What is still to do after that: data that come into use must also be named by the place they are taken from.
BESIDES = {code: {"citation-not-listed"} for code in ("unused-parameter", "unused-register")}
# The modules whose codes a policy file can provoke, with the calls that take a code.
READERS = (
    *("structure", "operands", "conditions", "data_files", "policy_parts", "reading_files", "norm_files"),
    *("decision_files", "weights", "library", "policy_folder", "source_tree", "source_text", "source_yaml"),
    "source_yaml_mistakes",
)
CHECKED = ("embedded", "facts", "cases", "expectations")  # of journeys/examples; `files` reads what is no policy
CALLS = {
    **{"report": 0, "unknown_name": 0, "Problem": 0, "_replacements": 2, "weakness": 0, "problem": 0},
    **{"refuse": 0, "stop_over": 0, "refuse_over": 0, "over_limit": 0, "_known": 2},
}
# What these modules can report, but not of a policy file: the end of a snapshot, a text that no parser here lets
# through, a fallback, a tree that can't grow so large, and what `sverka test` finds by running examples.
NOT_OF_A_POLICY = {
    *("no-end-marker", "lone-surrogate", "yaml-syntax", "limit-nodes"),
    *("example-mismatch", "unknown-subject"),
}


class Page(NamedTuple):
    """A page: its heading, its text, what is wrong and what is right."""

    heading: str
    text: str
    blocks: tuple[str, ...]


def read_page(code: str, language: str) -> Page:
    lines = (PAGES / f"{code}{LANGUAGES[language]}").read_text(encoding="utf-8").split("\n")
    blocks = re.findall(r"```yaml\n(.*?)\n```", "\n".join(lines), re.DOTALL)
    return Page(lines[0], lines[2], tuple(blocks))


# --- the three sets of codes ----------------------------------------------------------------------------------


def codes_in(source: str) -> set[str]:
    """Every code that a module can report: the literals in the argument that takes the code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        name = "" if not isinstance(node, ast.Call) else getattr(node.func, "attr", getattr(node.func, "id", ""))
        if isinstance(node, ast.Call) and name in CALLS and len(node.args) > CALLS[name]:
            for part in ast.walk(node.args[CALLS[name]]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found.add(part.value)
    return found


def program_codes() -> set[str]:
    """The codes of every module that reads or checks policies."""
    folder = ROOT / "validator"
    files = [folder / "language" / f"{name}.py" for name in READERS]
    files += [folder / "journeys" / "examples" / f"{name}.py" for name in CHECKED]
    files += sorted((folder / "journeys" / "lint").glob("*.py"))
    found = set().union(*(codes_in(file.read_text(encoding="utf-8")) for file in files))
    # The names of tables that are no call: what the YAML parser says, what is unused.
    source = (folder / "language" / "source_yaml_mistakes.py").read_text(encoding="utf-8")
    found |= {code for code in re.findall(r'"([a-z-]+)"', source) if code in SAID}
    source = (folder / "language" / "source_text.py").read_text(encoding="utf-8")
    found |= {code for code in re.findall(r'"([a-z0-9-]+)"', source) if code in SAID}
    source = (folder / "language" / "source_tree.py").read_text(encoding="utf-8")
    found |= {code for code in re.findall(r'"([a-z0-9-]+)"', source) if code in SAID or code in LIMIT}
    source = (folder / "journeys" / "lint" / "usage.py").read_text(encoding="utf-8")
    found |= set(re.findall(r'"(unused-[a-z-]+)"', source))
    return {code for code in found if re.fullmatch(r"[a-z]+[a-z0-9-]*-[a-z0-9-]+", code)} | {POLICY_LIMITS.bytes_id}


def test_the_table_of_codes_is_what_the_program_can_say() -> None:
    assert program_codes() - NOT_OF_A_POLICY == set(CODES)


def test_there_is_a_page_in_each_language_for_each_code_and_no_other() -> None:
    wanted = {f"{code}{ending}" for code in CODES for ending in LANGUAGES.values()}
    assert {path.name for path in PAGES.iterdir()} == wanted


def test_every_code_is_shown_by_a_fixture_or_made_by_a_test() -> None:
    shown = {
        expected.code
        for known in (fixtures(), broken_policies())
        for f in known.values()
        for expected in f.expected
    }
    assert set(CODES) - shown == set(MADE) | {"policy-folder"}


# --- what a page says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_its_code_and_level_in_its_language(code: str, language: str) -> None:
    page = read_page(code, language)
    assert re.fullmatch(rf"# `{code}` — \S.*", page.heading)
    assert page.text.startswith(LEVELS[language][CODES[code]] + ". ")
    said = re.sub(r"`[^`]*`|“[^”]*”", "", page.heading + page.text)
    assert bool(re.search("[а-яё]", said)) is (language == "ru")


@pytest.mark.parametrize("code", sorted(CODES))
def test_both_languages_show_the_same_example(code: str) -> None:
    blocks = read_page(code, "ru").blocks
    assert blocks == read_page(code, "en").blocks
    assert len(blocks) == (0 if code in WITHOUT_EXAMPLE else 2)


# --- the examples are true ------------------------------------------------------------------------------------


@cache
def quoted_from(code: str) -> tuple[Fixture, str]:
    """The fixture whose files hold what the page shows as wrong, and the text as it is indented there."""
    wrong = read_page(code, "ru").blocks[0]
    for known in (fixtures(), broken_policies()):
        for fixture in known.values():
            if code in {expected.code for expected in fixture.expected}:
                for text in fixture.texts:
                    for width in range(0, 14, 2):
                        if (indented := _indented(wrong, width)) in text.data.decode():
                            return fixture, indented
    raise AssertionError(f"{code}: no fixture holds what the page shows")


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line for line in text.split("\n")) if width else text


def _codes_of(fixture: Fixture, texts: tuple[PolicyText, ...]) -> set[str]:
    below = base() if fixture.name in fixtures() else shipped_data()
    return {told.problem.code for told in lint(laid_over(texts, below), vocabulary(), fixture.day)}


@pytest.fixture(autouse=True)
def _read_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "read_yaml", _read_once)


_read_once = lru_cache(maxsize=4096)(read_yaml)


@pytest.mark.parametrize("code", sorted(set(CODES) - WITHOUT_EXAMPLE))
def test_what_a_page_shows_as_wrong_gives_the_code_and_what_it_shows_as_right_does_not(code: str) -> None:
    fixture, wrong = quoted_from(code)
    width = len(wrong) - len(wrong.lstrip(" ")) - (len(b := read_page(code, "ru").blocks[0]) - len(b.lstrip(" ")))
    right = _indented(read_page(code, "ru").blocks[1], width)
    mended = tuple(text._replace(data=text.data.decode().replace(wrong, right).encode()) for text in fixture.texts)
    assert code in _codes_of(fixture, fixture.texts)
    left = _codes_of(fixture, mended)
    assert code not in left
    if fixture.name in fixtures():
        assert left == BESIDES.get(code, set()), "the mended example has faults of its own"
    else:
        assert not left & set(ERRORS)


# --- what no file of ours can hold ----------------------------------------------------------------------------

NORM = "norms/trial/T-BIG.yaml"
MADE = {
    "not-utf-8": b"norm: T-BIG\ntitle: caf\xe9 au lait\n",
    "encoding-cp1251": "norm: T-BIG\ntitle: Переписка с гражданами\n".encode("cp1251"),
    "encoding-utf-16": "norm: T-BIG\n".encode("utf-16"),
    "limit-policy-bytes": b"# " + b"x" * POLICY_LIMITS.file_bytes,
    "limit-keys": "".join(f"k{n}: v\n" for n in range(POLICY_LIMITS.keys + 1)).encode(),
    "limit-items": b"norm: [" + b"1," * (POLICY_LIMITS.items + 1) + b"]\n",
    "limit-string-bytes": b'norm: "' + b"x" * (POLICY_LIMITS.string_bytes + 1) + b'"\n',
    "limit-key-bytes": b"k" * (POLICY_LIMITS.key_bytes + 1) + b": v\n",
}


@pytest.mark.parametrize("code", sorted(MADE))
def test_what_no_fixture_can_hold_is_told_too(code: str) -> None:
    told = lint([*base(), PolicyText(NORM, NORM, MADE[code])], vocabulary())
    assert [(found.problem.code, found.problem.file) for found in told] == [(code, NORM)]
