"""The counts of a report in a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.logic.text import Language, Text
from validator.render.words import say

if TYPE_CHECKING:
    from validator.logic.report import Counts


def judgements(counts: Counts, language: Language) -> Iterator[str]:
    """How many judgements of norms there are of each verdict; nothing where nothing was judged."""
    ok = counts["ok"]
    judged = counts["violation"] + counts["advice"] + counts["waived"] + counts["unknown"]
    total = judged + ok["met"] + ok["exempt"] + ok["not_applicable"] + ok["not_in_force"] + ok["open"]
    parts = [
        (counts["violation"], "нарушений", "violations"),
        (counts["unknown"], "нет данных", "unknown"),
        (counts["advice"], "советов", "advice"),
        (counts["waived"], "отступлений", "waived"),
        (counts["disputed"], "спорных", "disputed"),
        (ok["met"], "соблюдено", "met"),
        (ok["exempt"], "исключение", "exempt"),
        (ok["not_applicable"], "не применимо", "not applicable"),
        (ok["not_in_force"], "не действует", "not in force"),
        (ok["open"], "нарушения нет (причина зависит от данных)", "no violation (reason open)"),
    ]
    told = ", ".join(f"{say(Text(ru, en), language)} {number}" for number, ru, en in parts)
    if total:
        yield f"{say(Text('Итог: оценок по нормам', 'Summary: judgements of norms'), language)} {total}: {told}"
