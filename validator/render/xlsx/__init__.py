"""A workbook for officials: Сводка, Нарушения, Нет данных, Чаты, Исключения, Советы и спорное, Правила, Сведения.

No formulas, no macros, no links: figures are numbers, codes are text, days are days. Findings about persons are on
no sheet; of them only the figures of the roll-up are told.
"""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from validator.logic.result_set import Head, ResultSet
from validator.logic.text import Language, Text
from validator.render.waivers.words import day_text
from validator.render.words import say
from validator.render.xlsx import words
from validator.render.xlsx.about import fill_about, notices
from validator.render.xlsx.book import Book
from validator.render.xlsx.cells import EXCEL_ROWS
from validator.render.xlsx.findings import FindingSheets
from validator.render.xlsx.policies import fill_policies
from validator.render.xlsx.summary import fill_summary

# The document has to say when it was made; without any day in the results it is this one.
_NO_DAY = date(2000, 1, 1)


def write(
    results: ResultSet, file: BinaryIO, language: Language = "ru", *, rows_per_sheet: int = EXCEL_ROWS
) -> list[Text]:
    """Write the workbook; what did not fit into one sheet or one cell is returned, and told in the book.

    A sheet of more than `rows_per_sheet` rows, its header included, goes on in further ones: «Нарушения (2)». The
    same results give the same bytes.
    Raises ModuleNotFoundError when XlsxWriter (`sverka[xlsx]`) is not installed, OSError when writing fails.
    """
    head = results.head
    title = say(words.HEADLINE, language)
    with Book(file, language, title, _days(head, language), rows_per_sheet) as book:
        book.describe(title, f"{head['tool']['name']} {head['tool']['version']}", _created(head))
        fill_summary(book, results)
        sheets = FindingSheets(book, results)
        sheets.fill(results.findings())
        fill_policies(book, results)
        others = [*book.series]
        about = fill_about(book, results, others, book.cut_cells)
        return notices([*others, about], book.cut_cells)


def _days(head: Head, language: Language) -> str:
    """The days of the facts, for the head of every printed page."""
    days = dict.fromkeys(day_text(iso, language) for iso in head["fact_dates"] or ())
    told = " – ".join(days) or say(words.NOTHING_EVALUATED, language)
    return f"{say(words.AS_OF, language)}: {told}"


def _created(head: Head) -> date:
    """The day of the document: the last one that the results know of."""
    known = [head["law_date"], *(head["law_dates"] or ()), *(head["fact_dates"] or ())]
    try:
        return max((date.fromisoformat(iso) for iso in known if iso is not None), default=_NO_DAY)
    except ValueError:
        return _NO_DAY
