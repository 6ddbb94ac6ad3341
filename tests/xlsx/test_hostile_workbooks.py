"""Whatever an organization, a municipality, a file or a chat is called: the workbook stays as it is."""

from __future__ import annotations

import json
import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from workbooks import HOSTILE, MAIN, cells, made, report, rows_of, shape, trees

from validator.render.xlsx import words
from validator.render.xlsx.cells import EXCEL_LINE_ENDS, inert

_MOST = 12


@cache
def _models() -> str:
    """A report without findings, one of each sort beside it, and a place."""
    small = report()
    about = {entry["policy"] for entry in small["policies"] if entry["about_persons"]}
    kept = [row for row in small["results"] if row["policy"] not in about]
    models = [
        next(row for row in kept if row["verdict"] == "violation"),
        next(row for row in kept if row["verdict"] == "unknown" and row["missing"] and row["kind"] == "norm"),
        next(row for row in kept if row["verdict"] in ("moved", "stays") and row["ref"]),
        next(row for row in kept if row["verdict"] == "waived"),
    ]
    place = small["organizations"][0]
    small |= {"organizations": [], "results": [], "quarantine": [], "warnings": []}
    return json.dumps([small, models, place])


def several(names: tuple[str, ...]) -> Any:
    """A report of violations and chats, as many as there are names; each name is everywhere in its own row."""
    small, models, place = json.loads(_models())
    for number, name in enumerate(names):
        inn = f"{number:010}"
        small["organizations"].append({**place, "organization": inn, "municipality": name, "file": name})
        small["results"] += [_named(json.loads(json.dumps(model)), inn, place["as_of"], name) for model in models]
        record = {"code": "bad", "file": name, "digest": None, "size": 1, "line": 1, "column": 1, "path": name}
        small["quarantine"].append({**record, "message": _both(name), "help": _both(name)})
    return small


def _both(text: str) -> dict[str, str]:
    return {"ru": text, "en": text}


def _named(result: Any, inn: str, as_of: str, name: str) -> Any:
    result |= {"organization": inn, "organization_name": name, "as_of": as_of, "ref": name, "message": _both(name)}
    result["location"]["file"] = name
    if result["waiver"]:
        result["waiver"] |= {"id": name, "approved_by": {"post": name, "document": name}}
    return result


@cache
def plain(number: int) -> Any:
    return shape(made(several(tuple(f"Школа {one}" for one in range(number))))[0])


def assert_inert(names: tuple[str, ...]) -> None:
    """The workbook has the elements that it has with plain names, and every name where it belongs."""
    data = made(several(names))[0]
    assert shape(data) == plain(len(names))
    for part in trees(data).values():
        tags = {element.tag.rpartition("}")[2] for element in part.iter()}
        assert not tags & {"f", "hyperlink", "hyperlinks"}
    shown = [inert(name) for name in names]
    for table in (words.VIOLATIONS, words.UNKNOWNS, words.CHATS, words.WAIVERS):
        rows = rows_of(data, table)
        assert [row[words.NAME.ru] for row in rows] == shown
        assert [row[words.MUNICIPALITY.ru] for row in rows] == shown
        assert [row[words.FILE.ru] for row in rows] == shown
    assert [row[words.CHAT.ru] for row in rows_of(data, words.CHATS)] == shown
    assert [row[words.WAIVER.ru] for row in rows_of(data, words.WAIVERS)] == shown
    assert [row[words.POST.ru] for row in rows_of(data, words.WAIVERS)] == shown
    below = cells(data)["Сведения"]
    assert [row[2] for row in below if row[5] == "bad"] == shown


def test_hostile_texts_stay_texts() -> None:
    assert_inert(HOSTILE)


@pytest.mark.skipif("SVERKA_CORPORA" not in os.environ, reason="SVERKA_CORPORA is not set")
def test_the_collections_of_hostile_texts_stay_texts() -> None:
    folder = Path(os.environ["SVERKA_CORPORA"])
    naughty = json.loads((folder / "big-list-of-naughty-strings" / "blns.json").read_text("utf-8"))
    payloads = sorted((folder / "csv-injection").rglob("*.txt"))
    lines = [line for file in payloads for line in file.read_text("utf-8", "replace").splitlines()]
    names = tuple(dict.fromkeys(name for name in [*naughty, *lines] if name.strip()))
    assert len(names) > 500
    assert_inert(names)


_TEXT = st.text(min_size=1, max_size=40)


# A workbook takes its time: what fails is not made smaller.
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(_TEXT, min_size=_MOST, max_size=_MOST, unique=True))
def test_any_texts_stay_texts(names: list[str]) -> None:
    assert_inert(tuple(names))


@settings(max_examples=300, deadline=None)
@given(st.text())
@example("a\r\nb\tc\x85d")
@example("\U000e0001\ufff9")
def test_an_inert_text_has_no_control_character_and_is_left_alone_after_that(text: str) -> None:
    shown = inert(text)
    unsafe = {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert unsafe <= {"\n"}
    assert not {"\ufffe", "\uffff"} & set(shown)
    assert inert(shown) == shown
    shown.encode("utf-8")


def test_more_line_ends_than_a_cell_may_have_are_written_otherwise() -> None:
    lines = [str(number) for number in range(EXCEL_LINE_ENDS + 3)]
    shown = inert("\n".join(lines))
    assert shown.count("\n") == EXCEL_LINE_ENDS
    assert shown.replace("; ", "\n").split("\n") == lines
    assert inert("\n".join(lines[:-2])) == "\n".join(lines[:-2])


@pytest.mark.parametrize("name", ["=1+1", "+7 999", "-1", "@x", "\t=1"])
def test_what_looks_like_a_formula_stays_a_text_when_somebody_edits_it(name: str) -> None:
    """Excel keeps as text what is marked as such by a quote before it, or by the format of its cell."""
    data = made(several((name,)))[0]
    found = trees(data)
    forms = list(found["xl/styles.xml"].find(f"{MAIN}cellXfs") or ())
    tree = found["xl/worksheets/sheet2.xml"]
    named = [cell for cell in tree.iter(f"{MAIN}c") if "".join(cell.itertext()) == inert(name)]
    assert len(named) > 3
    assert all(forms[int(cell.get("s", "0"))].get("quotePrefix") == "1" for cell in named)


def test_a_title_with_a_command_of_page_headers_is_a_text() -> None:
    from validator.render.xlsx.book import _unheard

    assert _unheard("a & b &P") == "a && b &&P"
