"""Problems of policies for people: notes in short, then what should be mended with what to do, then the totals.

Notes come first, because the end of the output is what a terminal shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from validator.logic.text import Language, Text
from validator.render.problems.words import LEVELS, ProblemReport, ProblemRow, for_people, where
from validator.render.safe import log_line
from validator.render.words import count_ru_en, say


def render(report: ProblemReport, language: Language = "ru") -> str:
    """The whole report as text."""
    return "".join(log_line(line) + "\n" for line in _lines(report, language))


def _lines(report: ProblemReport, language: Language) -> Iterator[str]:
    rows = for_people(report)
    notes = [row for row in rows if row["level"] == "note"]
    most = Counter(row["code"] for row in notes)
    for code in sorted(most, key=lambda code: (-most[code], code)):
        yield from _notes(code, [row for row in notes if row["code"] == code], language)
    for row in rows:
        if row["level"] != "note":
            level = say(LEVELS[row["level"]], language)
            yield f"{where(row)}: {level}: {say(row['message'], language)} [{row['code']}]"
            if say(row["help"], language):
                yield "    " + say(row["help"], language)
    yield _totals(report, language)
    if counted := report["totals"]["only_counted"]:
        text = Text(
            f"Из них заметок о встроенном наборе: {counted}, они здесь не перечислены; показать их: `--all-notes`",
            f"Of these, notes about the shipped set: {counted}, not listed here; to see them: `--all-notes`",
        )
        yield say(text, language)
    if report["day"] is None:
        text = Text(
            "Давность сверки актов не проверялась: назовите день, `--today ГГГГ-ММ-ДД`",
            "How old the checks of acts are was not looked at: name the day, `--today YYYY-MM-DD`",
        )
        yield say(text, language)


def _notes(code: str, rows: list[ProblemRow], language: Language) -> Iterator[str]:
    """The notes of one code: what is said of all of them once, then each place."""
    yield f"{say(LEVELS['note'], language)} [{code}]: {len(rows)}"
    helps = {say(row["help"], language) for row in rows}
    if len(helps) == 1:
        yield "    " + helps.pop()
    for row in rows:
        yield f"  {where(row)}: {say(row['message'], language)}"
    yield ""


def _totals(report: ProblemReport, language: Language) -> str:
    totals = report["totals"]
    counts = (
        count_ru_en(report["files"], ("файл", "файла", "файлов"), ("file", "files")),
        count_ru_en(totals["error"], ("ошибка", "ошибки", "ошибок"), ("error", "errors")),
        count_ru_en(totals["finding"], ("замечание", "замечания", "замечаний"), ("finding", "findings")),
        count_ru_en(totals["note"], ("заметка", "заметки", "заметок"), ("note", "notes")),
    )
    told = ", ".join(say(count, language) for count in counts)
    if totals["left_out"]:
        left = totals["left_out"]
        told += say(Text(f"; не показано по вашему выбору: {left}", f"; left out as you asked: {left}"), language)
    return told
