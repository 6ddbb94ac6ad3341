"""What must be known to read a comparison of dates rightly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.journeys.results.merged import Named
from validator.logic.text import Text
from validator.logic.told import both
from validator.logic.trend import TrendNote


def notes_on(dates: Sequence[Named]) -> list[TrendNote]:
    """The notes, the gravest first."""
    return [{"code": code, "message": both(text)} for code, text in _notes(dates)]


def _notes(dates: Sequence[Named]) -> Iterator[tuple[str, Text]]:
    heads = [one.results.head for one in dates]
    if len({head["policy_set"]["digest"] for head in heads}) > 1:
        yield (
            "policies-differ",
            Text(
                "наборы политик на разные даты разные: вердикт мог измениться и от правки политики",
                "the policy sets of the dates differ: a verdict may also have changed with a policy",
            ),
        )
    if len({(head["tool"]["version"], head["tool"]["language_version"]) for head in heads}) > 1:
        yield (
            "versions-differ",
            Text(
                "результаты сделаны разными версиями программы",
                "the results were made by different versions of the program",
            ),
        )
    if any(head["law_date"] is not None for head in heads):
        yield (
            "law-date",
            Text(
                "не на все даты право взято на день сведений: смотрите даты права",
                "not every date is judged by the law of the day of its facts: see the law dates",
            ),
        )
    if short := [one for one in dates if not one.results.table["complete"]]:
        listed = ", ".join(one.name for one in short)
        yield (
            "incomplete",
            Text(
                f"сведения неполны, и суммы сравнивать нельзя: {listed}",
                f"the facts are incomplete, and sums can't be compared: {listed}",
            ),
        )
    if any(head["organizations"] != head["inputs"]["evaluated"] for head in heads):
        yield (
            "several-days",
            Text(
                "у части организаций в одних результатах несколько дней: в суммах все дни, в изменениях последний",
                "some organizations come with several days: sums hold all of them, changes the last one",
            ),
        )
    if any(entry["about_persons"] for one in dates for entry in one.results.policies.values()):
        yield (
            "persons",
            Text(
                "о людях показаны только суммы, малые числа скрыты; разность чисел двух дат о скрытом ничего"
                " точного не говорит",
                "of persons only sums are told, small numbers are hidden; the difference of two dates says nothing"
                " exact about what is hidden",
            ),
        )
