"""The words of a comparison of dates, and its figures as texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.logic.batch import PersonJudgements
from validator.logic.text import Language, Text
from validator.logic.trend import Figures, PlaceTrend, PolicyTrend, State, Trend
from validator.render.rollup.words import number_text, percent_text, person_text
from validator.render.words import say

TITLE = Text("Как менялись результаты", "How results changed")
DATES = Text("Даты", "Dates")
TOTAL = Text("Всего", "In all")
TRANSFER = Text("Ход перехода", "How the transfer goes")
POLICIES = Text("По политикам", "By policy")
PLACES = Text("По муниципалитетам", "By municipality")
ORGANIZATIONS = Text("Какие организации появились и выбыли", "Which organizations came and went")
CHANGES = Text("Что изменилось с первой даты по последнюю", "What changed from the first date to the last")
NOTES = Text("Важно", "Note")
NOTHING = Text("ничего", "nothing")
NO_PLACE = Text("муниципалитет не указан", "no municipality given")
ABSENT = "-"

FACTS = Text("сведения на", "facts of")
LAW = Text("право на", "law of")
SOURCE = Text("результаты", "results")
NUMBER = Text("организаций", "organizations")
COVERAGE = Text("проверено, %", "evaluated, %")
SET = Text("набор политик", "policy set")
POLICY = Text("политика", "policy")
FIGURE = Text("показатель", "figure")
ORGANIZATION = Text("организация", "organization")
NAME = Text("наименование", "name")
REGION = Text("регион", "region")
PLACE = Text("муниципалитет", "municipality")
FIRST = Text("на первую дату", "on the first date")
LAST = Text("на последнюю дату", "on the last date")
APPEARED = Text("появилась", "came")
LEFT = Text("выбыла", "went")
WHAT = Text("что", "what")
WHEN = Text("к дате", "by the date")

EVALUATED = Text("проверено организаций", "organizations evaluated")
WITH_VIOLATION = Text("организаций с нарушениями", "organizations with violations")
WITH_UNKNOWN = Text("организаций с пробелами в данных", "organizations with missing facts")
VIOLATIONS = Text("нарушений", "violations")
UNKNOWNS = Text("нет данных", "unknown")
ADVICE = Text("советов", "advice")
WAIVED = Text("отступлений", "waived")
UNKNOWN_PERCENT = Text("нет данных, %", "unknown, %")
MET = Text("соблюдено", "met")
ABOUT_PERSONS = Text("о людях", "about persons")

CHANGED = Text("У кого изменилось", "Where it changed")

STATES: dict[State, Text] = {
    "violation": Text("нарушение", "violation"),
    "unknown": Text("нет данных", "unknown"),
    "fine": Text("без замечаний", "nothing found"),
}


def more(number: int) -> Text:
    """What is said where a list is cut."""
    return Text(
        f"… и ещё {number}; все — в -o json=ФАЙЛ или -o xlsx=ФАЙЛ",
        f"… and {number} more; all of them in -o json=FILE or -o xlsx=FILE",
    )


def days_text(days: Sequence[str], language: Language) -> str:
    """A day, or the first and the last of several; the Russian way in Russian."""
    told = [day_text(day, language) for day in dict.fromkeys(days)]
    return " - ".join(told) or ABSENT


def day_text(day: str, language: Language) -> str:
    """`2025-11-21`, in Russian `21.11.2025`."""
    return ".".join(reversed(day.split("-"))) if language == "ru" else day


def headings(trend: Trend, language: Language) -> list[str]:
    """The dates as headings of columns: the last day of the facts, numbered where two have the same."""
    days = [date["fact_dates"][-1] for date in trend["dates"]]
    numbered = len(set(days)) < len(days)
    told = [day_text(day, language) for day in days]
    return [f"{number}) {day}" for number, day in enumerate(told, 1)] if numbered else told


def place_text(region: str, municipality: str | None, language: Language) -> str:
    """A municipality with the code of its region."""
    return f"{region} {municipality if municipality is not None else say(NO_PLACE, language)}"


# --- figures ------------------------------------------------------------------------------------------------------


class Line:
    """One figure over all dates, `values` as texts; `numbers` as they are, None where there is none to tell."""

    __slots__ = ("numbers", "title", "values")

    def __init__(self, title: Text, numbers: Sequence[int | float | None], values: Sequence[str]) -> None:
        self.title = title
        self.numbers = tuple(numbers)
        self.values = tuple(values)

    @property
    def is_idle(self) -> bool:
        """Whether it tells nothing but noughts and blanks."""
        return all(value in ("0", ABSENT) for value in self.values)


def lines_of(dates: Sequence[Figures | None], language: Language, threshold: int) -> list[Line]:
    """The figures of a row over all dates, without those about persons."""
    found = [
        _exact(title, dates, key, language)
        for title, key in (
            (EVALUATED, "evaluated"),
            (WITH_VIOLATION, "with_violation"),
            (WITH_UNKNOWN, "with_unknown"),
            (VIOLATIONS, "violation"),
            (UNKNOWNS, "unknown"),
            (UNKNOWN_PERCENT, "unknown_percent"),
            (ADVICE, "advice"),
            (WAIVED, "waived"),
        )
    ]
    return [*found, *_outcome_lines(dates, (), language, threshold)]


def policy_lines(policy: PolicyTrend, language: Language, threshold: int) -> list[Line]:
    """The figures of a policy over all dates; of one about persons, as the roll-up tells them."""
    dates = policy["dates"]
    if policy["about_persons"]:
        titles = {"violation": VIOLATIONS, "unknown": UNKNOWNS, "advice": ADVICE, "waived": WAIVED}
        found = [_of_persons(title, dates, key, language, threshold) for key, title in titles.items()]
    else:
        keys = (
            (VIOLATIONS, "violation"),
            (UNKNOWNS, "unknown"),
            (ADVICE, "advice"),
            (WAIVED, "waived"),
            (WITH_VIOLATION, "with_violation"),
        )
        found = [_exact(title, dates, key, language) for title, key in keys]
    outcomes = tuple((one["id"], Text(one["title"]["ru"], one["title"]["en"])) for one in policy["outcomes"])
    return [*found, *_outcome_lines(dates, outcomes, language, threshold)]


def met_line(policy: PolicyTrend, language: Language, threshold: int) -> Line:
    """How often a norm was met."""
    if policy["about_persons"]:
        return _of_persons(MET, policy["dates"], "ok.met", language, threshold)
    numbers = [_judged(one, "ok.met") for one in policy["dates"]]
    return Line(MET, numbers, [_told(number, language) for number in numbers])


def _exact(title: Text, dates: Sequence[Figures | None], key: str, language: Language) -> Line:
    numbers = [_judged(one, key) for one in dates]
    return Line(title, numbers, [_told(number, language) for number in numbers])


def _judged(figures: Figures | None, key: str) -> int | float | None:
    """A figure that is told as it is."""
    if figures is None:
        return None
    organizations, judgements = figures["organizations"], figures["judgements"]
    match key:
        case "evaluated" | "with_violation" | "with_unknown":
            return None if organizations is None else organizations[key]
        case "violation" | "unknown" | "advice" | "waived" | "unknown_percent":
            return None if judgements is None else judgements[key]
        case "ok.met":
            return None if judgements is None else judgements["ok"]["met"]
        case _:
            outcome = key.removeprefix("decisions.")
            return None if judgements is None else judgements["decisions"].get(outcome, 0)


def _told(number: float | None, language: Language) -> str:
    if number is None:
        return ABSENT
    return number_text(number) if isinstance(number, int) else percent_text(number, language)


def _outcome_lines(
    dates: Sequence[Figures | None], outcomes: Sequence[tuple[str, Text]], language: Language, threshold: int
) -> list[Line]:
    """How many judgements of a decision had each outcome."""
    about_persons = all(one is None or one["judgements"] is None for one in dates)
    if about_persons:
        return [_of_persons(title, dates, f"decisions.{name}", language, threshold) for name, title in outcomes]
    return [_exact(title, dates, f"decisions.{name}", language) for name, title in outcomes]


def _of_persons(title: Text, dates: Sequence[Figures | None], key: str, language: Language, threshold: int) -> Line:
    numbers: list[int | None] = []
    values: list[str] = []
    for one in dates:
        persons = None if one is None else one["persons"]
        number = None if persons is None else _of(persons, key)
        numbers.append(number)
        mark = None if persons is None else persons["hidden"].get(key)
        values.append(ABSENT if persons is None else person_text(number, mark, threshold, language))
    return Line(title, numbers, values)


def _of(persons: PersonJudgements, key: str) -> int | None:
    match key:
        case "violation" | "unknown" | "advice" | "waived":
            return persons[key]
        case "ok.met":
            return persons["ok"]["met"]
        case _:
            return persons["decisions"].get(key.removeprefix("decisions."), 0)


def transfer(trend: Trend) -> list[PolicyTrend]:
    """The policies that tell how the transfer goes, decisions first."""
    found = [policy for policy in trend["by_policy"] if policy["transfer"]]
    return sorted(found, key=lambda policy: policy["kind"] != "decision")


def policy_rows(trend: Trend, language: Language, *, of_transfer: bool) -> Iterator[tuple[PolicyTrend, Line]]:
    """The figures of policies that tell something; those about the transfer, or the others."""
    policies = transfer(trend) if of_transfer else [one for one in trend["by_policy"] if not one["transfer"]]
    for policy in policies:
        lines = policy_lines(policy, language, trend["threshold"])
        if of_transfer and policy["kind"] == "norm":
            lines = [met_line(policy, language, trend["threshold"]), *lines]
        yield from ((policy, line) for line in lines if not line.is_idle)


# What is told of a municipality.
OF_PLACES = (EVALUATED, WITH_VIOLATION, VIOLATIONS, UNKNOWNS)


def place_lines(place: PlaceTrend, language: Language, threshold: int) -> list[Line]:
    """The figures of a municipality."""
    return [line for line in lines_of(place["dates"], language, threshold) if line.title in OF_PLACES]
