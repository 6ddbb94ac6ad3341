"""What a report says of the run as a whole: that it is cut short, or not whole, and what was known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.logic.report import Report
from validator.logic.text import Language
from validator.render import baseline
from validator.render.findings import Level
from validator.render.partial import selected
from validator.render.safe import one_line


class Aside(NamedTuple):
    """One remark, under a stable code."""

    code: str
    level: Level
    text: str


def asides(report: Report, language: Language) -> Iterator[Aside]:
    """The remarks, the gravest first."""
    not_reached = report["inputs"]["not_reached"]
    if not_reached:
        ru, en = (
            "проверка не закончена, не дошла очередь до документов",
            "the run is incomplete, documents not reached",
        )
        yield Aside("not-reached", "error", f"{ru if language == 'ru' else en}: {not_reached}")
    selection = report["policy_set"].get("selection")
    if selection is not None:
        yield Aside("partial", "warning", one_line(selected(selection, language)))
    use = report.get("baseline")
    if use is not None:
        numbers = (use["known"], len(use["fixed"]), len(use["outgrown"]), use["not_judged"])
        ru = "список известного: известных выводов {}; записей больше не нужно {}, превышено {}, не проверялось {}"
        en = "baseline: known results {}; entries not needed any more {}, outgrown {}, not judged {}"
        yield Aside("baseline", "note", (ru if language == "ru" else en).format(*numbers))
        yield from (Aside(code, "note", one_line(text)) for code, text in baseline.remarks(use, language))
