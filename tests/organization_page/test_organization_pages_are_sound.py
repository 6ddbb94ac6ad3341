"""Every page: in one language, without codes, the same bytes each time, and unharmed by hostile names."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from page_reader import Reader
from pages import ROOT, Given, both, decided, entry, examples, fact, fixtures, found, made, missing

from validator.logic.text import Language
from validator.render.organization_page import words as words_module
from validator.render.organization_page.words import ITEMS, WORDS, line_text
from validator.render.words import CAUSES, REASONS, SEVERITIES

TEMPLATE = ROOT / "validator/render/organization_page/templates/organization.html.j2"
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
NAUGHTY = (
    "Школа </title><script>alert(1)</script>",
    "<!-- --> ]]> <style>*{display:none}</style>",
    "\" onmouseover='x' autofocus=",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "a\x00\x07\x1b]0;x\x07\x9b31m\u202e\u2066\ufeff\ue000\u2028b\ud800",
    "=1+1|+cmd|' /C calc'!A0",
    "&lt;b&gt; &amp;amp; &#x3c;i&#x3e;",
)


# --- words ------------------------------------------------------------------------------------------------------


def test_every_word_is_in_both_languages_and_used() -> None:
    sources = TEMPLATE.read_text("utf-8") + "".join(
        file.read_text("utf-8") for file in TEMPLATE.parents[1].glob("*.py") if file.name != "words.py"
    )
    sources += Path(words_module.__file__).read_text("utf-8").partition("\ndef ")[2]
    for name, text in WORDS.items():
        assert CYRILLIC.search(text.ru), name
        assert not CYRILLIC.search(text.en), name
        assert re.search(rf"""words\.{name}\b|["']{name}["']""", sources), name
    assert set(re.findall(r"words\.(\w+)", TEMPLATE.read_text("utf-8"))) <= WORDS.keys()


def test_every_list_of_the_snapshot_has_a_name() -> None:
    schema = json.loads((ROOT / "schemas/snapshot.schema.json").read_text("utf-8"))
    records = [schema, *schema["$defs"].values()]
    lists = {
        name
        for record in records
        for name, field in record.get("properties", {}).items()
        if '"type": "array"' in json.dumps(field) and '"$ref": "#/$defs/' in json.dumps(field)
        if _of_records(field, schema)
    }
    assert {"people", "chats", "invitations", "channels"} <= lists
    assert lists == ITEMS.keys()


def _of_records(field: Any, schema: Any) -> bool:
    """Whether the items of a list have fields."""
    found = re.findall(r'"items": \{"\$ref": "#/\$defs/(\w+)"', json.dumps(field))
    return any("properties" in schema["$defs"][name] for name in found)


def english(value: Any) -> Any:
    """The same data with nothing but English in it."""
    if isinstance(value, dict):
        if value.keys() >= {"ru", "en"}:
            return {**value, "ru": "Русский"}
        return {key: english(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [english(inner) for inner in value]
    return CYRILLIC.sub("x", value) if isinstance(value, str) else value


def russian(value: Any) -> Any:
    """The same data with nothing but Russian in its texts."""
    if isinstance(value, dict):
        if value.keys() >= {"ru", "en"}:
            return {**value, "ru": re.sub(r"[A-Za-z]", "я", value["ru"])}
        return {key: russian(inner) for key, inner in value.items()}
    return [russian(inner) for inner in value] if isinstance(value, list) else value


def test_english_pages_have_no_russian_word() -> None:
    for given in examples().values():
        translated = Given(*(english(part) for part in given))
        # Messages are filled in with names of the organization, which are Russian.
        for result in translated.findings:
            for text in (result["message"], result["remedy"]):
                if text:
                    text["en"] = CYRILLIC.sub("x", text["en"])
        found = CYRILLIC.search(translated.page("en"))
        assert found is None, translated.page("en")[found.start() - 80 : found.start() + 80]


def test_russian_pages_have_no_english_word() -> None:
    for given in examples().values():
        plain = Given(*(russian(part) for part in given))
        names = {ref for result in plain.findings if (ref := result["ref"])} | {plain.row["file"]}
        text = Reader(plain.page("ru")).words()
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, " ")
        text = re.sub(r"набор [0-9a-f]{12}", "", text)
        assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"MAX", "sverka"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_page_shows_an_internal_code(language: Language) -> None:
    codes = {*REASONS, *CAUSES, *SEVERITIES} - {
        "met",
        "open",
        "high",
        "low",
        "medium",
        "critical",
        "absent",
        "stale",
        "exempt",
    }
    for given in (*fixtures(), *examples().values()):
        page = Reader(given.page(language))
        text = page.words()
        for name in sorted(_names(given), key=len, reverse=True):
            text = text.replace(name, " ")
        assert not re.search(r"\w\[\d*\]|\b[a-z]+(_[a-z0-9]+)+\b", text), text
        assert not codes & set(re.findall(r"\w+", text)) - {"info"}
        assert not re.search(r"\b(XF|US-PHONE)-[A-Z]", text), "no name of a criterion"
        assert not re.search(r"\bNone\b|\bundefined\b|\{\w*\}", text)


def _names(given: Given) -> set[str]:
    """Pseudonyms, which look like codes, and the file."""
    refs = {result["ref"] or "" for result in given.findings}
    refs |= {
        ref
        for result in given.findings
        for fact in result["because"]
        for ref in fact["value"].strip("[]").split(", ")
    }
    return {ref for ref in refs if "_" in ref} | {given.row["file"]}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Нарушений: 1, из них срочных: 0. Сведений хватило на все вопросы."),
        (1, "Нарушений: 2 по 1 требованию, из них срочных: 0. Не хватает сведений по 1 вопросу."),
        (2, "Нарушений: 3 по 2 требованиям, из них срочных: 0. Не хватает сведений по 2 вопросам."),
        (21, "Нарушений: 22 по 21 требованию, из них срочных: 0. Не хватает сведений по 21 вопросу."),
    ],
)
def test_numbers_have_their_plural_forms(number: int, words: str) -> None:
    findings = [found(f"V-{n}", severity="low") for n in range(number)]
    findings += [found(f"U-{n}", verdict="unknown") for n in range(number)]
    findings += [found("V-0", severity="low", subject="chats[1]")]
    assert words in " ".join(Reader(made(*findings).page()).lines("header"))


def test_days_are_written_as_the_language_writes_them() -> None:
    assert "01.10.2025" in made(found()).page("ru")
    assert "2025-10-01" not in made(found()).page("ru")
    assert "2025-10-01" in made(found()).page("en")
    assert line_text(7, "en") == "line 7"


# --- structure --------------------------------------------------------------------------------------------------


def renamed(name: str) -> Given:
    """A page with all sections, on which everything that others write has this name."""
    text = both(f"{name} ru", f"{name} en")
    named: Any = {"title": text, "ref": name, "organization_name": name}
    gaps = [missing("chats[0].kind", ru=name, en=name), missing("p", "parameter_gap", name)]
    dispute = {"reading": name, "verdict": "ok", "verdict_title": None, "message": text, "why": text}
    approved = {"post": name, "document": name}
    place = {"file": name, "line": 1, "column": 1}
    days: Any = {"from": "2025-01-01", "through": "2025-12-31", "days_left": 91}
    waiver = {"id": name, "ground": text, **days, "approved_by": approved, "location": place}
    advice = [{"criterion": "E-1", "ru": name, "en": name}]
    told: Any = {"message": text, "remedy": text, "because": [fact("chats[0].kind", name, name, name)]}
    findings = [
        found("T-1", **told, disputed=[dispute], **named),
        *(found("T-2", subject=f"chats[{n}]", **told, **named) for n in range(30)),
        found("T-3", verdict="unknown", missing=gaps, disputed=[dispute], **named),
        found("T-4", verdict="advice", **told, **named),
        found("T-5", verdict="waived", waiver=waiver, **told, **named),
        decided(1, **named, verdict_title=text, advice=advice),
    ]
    row = {"name": name, "municipality": name, "file": name, "region": name, "kind": name}
    return made(*findings, row=row, policies={"T-9": entry(found("T-9", title=text))})


@cache
def harmless() -> Any:
    """The structure of the page with a harmless name."""
    return Reader(renamed("Школа").page()).skeleton


def assert_harmless(name: str) -> None:
    text = renamed(name).page()
    assert Reader(text).skeleton == harmless()
    unsafe = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert unsafe <= {"\n"}
    text.encode("utf-8")


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_hostile_name_changes_nothing_but_words(name: str) -> None:
    assert_harmless(name)


def test_the_names_are_on_the_page() -> None:
    text = renamed("<b>Школа</b>").page()
    assert text.count("&lt;b&gt;Школа&lt;/b&gt;") > 20


def collected() -> Iterator[str]:
    folder = Path(os.environ["SVERKA_CORPORA"])
    yield from json.loads((folder / "big-list-of-naughty-strings" / "blns.json").read_text("utf-8"))
    for file in sorted((folder / "csv-injection").rglob("*.txt")):
        yield from file.read_text("utf-8", "replace").splitlines()


@pytest.mark.skipif("SVERKA_CORPORA" not in os.environ, reason="the corpora are not here")
def test_no_name_of_the_corpora_changes_anything_but_words() -> None:
    names = [name for name in dict.fromkeys(collected()) if name.strip()]
    assert len(names) > 500
    for name in names:
        assert_harmless(name)


def test_a_page_asks_for_nothing_and_runs_nothing() -> None:
    for given in examples().values():
        page = given.page()
        tags = {entry[0] for entry in Reader(page).skeleton}
        assert not tags & {"script", "img", "link", "iframe", "form", "object", "base", "a href"}
        assert "script-src 'none'" in page
        assert "default-src 'none'" in page
        links = [dict(entry[1:])["href"] for entry in Reader(page).skeleton if entry[0] == "a"]  # type: ignore[arg-type]
        assert all(str(link).startswith("#") for link in links)
        ids = [dict(entry[1:]).get("id") for entry in Reader(page).skeleton if entry[0] != "/"]  # type: ignore[arg-type]
        named = [name for name in ids if name]
        assert len(named) == len(set(named))
        assert {str(link)[1:] for link in links} <= set(named)


def test_tables_have_heads_and_sections_have_headings_in_order() -> None:
    for given in (*fixtures(), *examples().values()):
        page = Reader(given.page())
        levels = [int(str(entry[0])[1]) for entry in page.skeleton if re.fullmatch("h[1-6]", str(entry[0]))]
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        heads = [dict(entry[1:]) for entry in page.skeleton if entry[0] == "th"]  # type: ignore[arg-type]
        assert all(head.get("scope") in ("col", "row") for head in heads)


def test_the_page_names_its_language() -> None:
    assert '<html lang="ru">' in made(found()).page("ru")
    assert '<html lang="en">' in made(found()).page("en")


def test_the_same_findings_give_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests/organization_page'); import pages;"
        "print(*(hashlib.sha256(given.page(l).encode()).hexdigest()"
        " for given in pages.examples().values() for l in ('ru', 'en')))"
    )
    here = " ".join(
        hashlib.sha256(given.page(language).encode()).hexdigest()
        for given in examples().values()
        for language in ("ru", "en")
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SVERKA_CACHE": "off"}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == here


def test_the_order_in_which_findings_come_within_a_policy_is_kept_and_nothing_else_matters() -> None:
    given = examples()["transfer"]
    again = Given(given.row, sorted(given.findings, key=lambda result: result["policy"], reverse=True), *given[2:])
    first, second = Reader(given.page()), Reader(again.page())
    assert first.lines("wrong") == second.lines("wrong")
    assert first.lines("advice") == second.lines("advice")
