"""Workbooks to look into: of the fixtures, and of results that a test has changed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from validator.journeys.results.of_report import results_of
from validator.logic.text import Language, Text
from validator.render.xlsx import words, write

ROOT = Path(__file__).parents[2]
PATHS = (
    "fixtures/organizations",
    "fixtures/waivers/school/snapshot.yaml",
    "fixtures/broken-snapshots/archived-before-the-notice.yaml",
    "fixtures/broken-snapshots/decimal-as-number.json",
)
WAIVERS = ("fixtures/waivers/school/waivers.yaml",)
TABLES = (words.VIOLATIONS, words.UNKNOWNS, words.CHATS, words.WAIVERS, words.ADVICE, words.POLICIES)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LANGUAGES: tuple[Language, ...] = ("ru", "en")
# A small list of hostile texts that is always there; the collections have hundreds.
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.invalid","school")',
    "=cmd|'/C calc'!A0",
    "{=1+1}",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+79991234567",
    "-2+3",
    "\t=1+1",
    "\r=1+1",
    "http://example.invalid/",
    "mailto:x@example.invalid",
    "internal:Сведения!A1",
    "external:c:\\school.xlsx",
    "<r><t>x</t></r>",
    "<r></t></is></c><c r='A9'><f>1+1</f></c><c><is><t></r>",
    "_x0041_ _x000D_",
    "a\x00\x07\x1b]0;x\x07",
    "\u202eabc\u2066",
    "\ufffe\uffff",
    "\ud800 alone",
    "😀 𝟘",
    "</t></is></c>",
    "<![CDATA[x]]>",
    "&amp;&#10;&bogus;",
    "'quoted",
    "0123456789",
    "1E5",
    "2025-11-01",
    "TRUE",
    "#REF!",
    " leading and trailing ",
    "line one\nline two",
    "&P &D &A",
)


@cache
def _report() -> str:
    from validator.cli.check import evaluate
    from validator.cli.context import load_library
    from validator.journeys.results.entries import entries_of, names_of

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SVERKA_CACHE", "off")
        report = evaluate(PATHS, (), None, WAIVERS)
        library = load_library(())
        report["policies"] = entries_of(library.policies, library.vocabulary)
        report["names"] = names_of(library.policies, library.vocabulary)
    assert report["counts"]["waived"]
    assert report["quarantine"]
    return json.dumps(report)


def report() -> Any:
    """A report of the fixtures that has some of everything; the test's own copy."""
    return json.loads(_report())


def made(of: Any, language: Language = "ru", **options: int) -> tuple[bytes, list[Text]]:
    """The workbook of a report, and what was said of it."""
    file = io.BytesIO()
    said = write(results_of(of), file, language, **options)
    return file.getvalue(), said


@cache
def fixtures(language: Language = "ru") -> bytes:
    """The workbook of the fixtures."""
    return made(report(), language)[0]


@lru_cache(16)
def cells(data: bytes) -> dict[str, list[list[Any]]]:
    """The values of every sheet by its name, rows from the first one on."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def rows_of(data: bytes, name: Text, language: Language = "ru") -> list[dict[str, Any]]:
    """The rows of a table, also of the sheets on which it goes on, by heading."""
    title = name.in_language(language)
    found = []
    for sheet, rows in cells(data).items():
        if re.fullmatch(re.escape(title) + r"( \(\d+\))?", sheet):
            head, *below = rows
            found += [dict(zip(head, row, strict=True)) for row in below]
    return [row for row in found if row[next(iter(row))] != words.NO_ROWS.in_language(language)]


def parts(data: bytes) -> dict[str, bytes]:
    """The files of which the workbook consists."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def trees(data: bytes) -> dict[str, ET.Element]:
    """The same as XML, which each of them must be."""
    return {name: ET.fromstring(part) for name, part in parts(data).items()}


def shape(data: bytes) -> dict[str, list[tuple[str, ...]]]:
    """The elements and attributes of every part that holds cells or names sheets.

    Without looks, heights and what is within the text of a cell, where several runs are as good as one.
    """
    return {
        name: list(_shape(tree))
        for name, tree in trees(data).items()
        if "worksheets/" in name or name == "xl/workbook.xml" or name.endswith(".rels")
    }


def _shape(element: ET.Element) -> Iterator[tuple[str, ...]]:
    yield element.tag, *sorted(set(element.keys()) - {"ht", "customHeight", "s"})
    if element.tag != f"{MAIN}is":
        for below in element:
            yield from _shape(below)


def sheet_tree(data: bytes, name: Text, language: Language = "ru") -> ET.Element:
    """The XML of one sheet."""
    found = trees(data)
    names = [sheet.get("name") for sheet in found["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    return found[f"xl/worksheets/sheet{names.index(name.in_language(language)) + 1}.xml"]


def every_text(data: bytes) -> str:
    """All texts of all cells, one a line."""
    return "\n".join(
        value for rows in cells(data).values() for row in rows for value in row if isinstance(value, str)
    )
