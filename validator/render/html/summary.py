"""The head of the page: what was checked, on which days, how much of it, and what came of it in a sentence."""

from __future__ import annotations

from typing import NamedTuple

from validator.logic.batch import RollUpTable
from validator.logic.result_set import Head
from validator.logic.text import Language, Text, plural_ru
from validator.render.rollup.words import number_text, percent_text, person_text
from validator.render.waivers.words import day_text
from validator.render.words import say


class Figure(NamedTuple):
    """A number that matters, what it counts, the name of its colour, and a link to what it counts, or nothing."""

    number: str
    what: str
    colour: str
    link: str


class Summary(NamedTuple):
    """What is always visible (`coverage`, `facts`, `law`, `digest`), and the first section.

    `alarm` says why the figures don't stand for the whole; it is empty when they do.
    """

    coverage: str
    facts: str
    law: str
    digest: str
    alarm: str
    sentences: list[str]
    figures: list[Figure]


def spaced(number: int) -> str:
    """A number in groups of three that stay on one line."""
    return number_text(number).replace(" ", "\N{NO-BREAK SPACE}")


def counted(number: int, ru: tuple[str, str, str], en: tuple[str, str]) -> Text:
    """A number in groups of three with its noun."""
    told = spaced(number)
    return Text(f"{told} {plural_ru(number, *ru)}", f"{told} {en[0] if number == 1 else en[1]}")


def summary_of(head: Head, table: RollUpTable, language: Language) -> Summary:
    """The summary of a run."""
    return Summary(
        coverage=_coverage(table, language),
        facts=days(head["fact_dates"], language),
        law=_law(head, language),
        digest=head["policy_set"]["digest"].removeprefix("sha256:")[:12],
        alarm=alarm(head, table, language),
        sentences=_sentences(head, table, language),
        figures=_figures(head, table, language),
    )


def days(found: tuple[str, str] | None, language: Language) -> str:
    """A day, or the first and the last."""
    if found is None:
        return "—"
    first, last = (day_text(day, language) for day in found)
    return first if first == last else f"{first} – {last}"


def _law(head: Head, language: Language) -> str:
    told = days(head["law_dates"], language)
    if head["law_date"] is not None or head["law_dates"] is None:
        return told
    return say(Text(f"{told} (на день сведений)", f"{told} (the day of the facts)"), language)


def _coverage(table: RollUpTable, language: Language) -> str:
    run = table["coverage"]
    if run["percent"] is None:
        return "—"
    percent = percent_text(run["percent"], language)
    if run["expected"] is not None:
        here, of = run["expected"] - (run["missing"] or 0), run["expected"]
        told = Text(
            f"{percent} % (организаций {spaced(here)} из {spaced(of)})",
            f"{percent} % ({spaced(here)} of {spaced(of)} organizations)",
        )
    else:
        here, of = run["evaluated"], run["documents"]
        told = Text(
            f"{percent} % (документов {spaced(here)} из {spaced(of)})",
            f"{percent} % ({spaced(here)} of {spaced(of)} documents)",
        )
    return say(told, language)


def alarm(head: Head, table: RollUpTable, language: Language) -> str:
    """Why nobody should judge the whole by these figures."""
    if table["complete"]:
        return ""
    floor = percent_text(table["coverage"]["floor_percent"], language)
    if head["inputs"]["not_reached"]:
        why = Text("проверка прервана", "the run ended early")
    else:
        why = Text(f"проверено меньше {floor} %", f"less than {floor} % was evaluated")
    silent = sum(not row["organizations"]["evaluated"] for row in table["by_municipality"])
    more = Text("", "")
    if silent:
        more = Text(
            f" Муниципалитетов, откуда не пришло ничего: {spaced(silent)}.",
            f" Municipalities that sent nothing: {spaced(silent)}.",
        )
    told = Text(
        f"{why.ru}; судить по отчёту о целом нельзя.{more.ru}",
        f"{why.en}; don't judge the whole by this report.{more.en}",
    )
    return say(told, language)


def _sentences(head: Head, table: RollUpTable, language: Language) -> list[str]:
    organizations, exact = table["total"]["organizations"], table["total"]["judgements"]
    evaluated = organizations["evaluated"]
    if not evaluated:
        nothing = Text(
            "Ничего не проверено: ни одного документа прочитать не удалось.",
            "Nothing was evaluated: no document could be read.",
        )
        return [say(nothing, language)]
    checked = counted(evaluated, ("организация", "организации", "организаций"), ("organization", "organizations"))
    found = counted(exact["violation"], ("нарушение", "нарушения", "нарушений"), ("violation", "violations"))
    told = [
        Text(f"Проверено: {checked.ru}.", f"Evaluated: {checked.en}."),
        Text(
            f"Нарушения есть у {spaced(organizations['with_violation'])}, "
            f"сведений не хватает у {spaced(organizations['with_unknown'])}.",
            f"{spaced(organizations['with_violation'])} have violations, "
            f"{spaced(organizations['with_unknown'])} lack facts.",
        ),
        Text(
            f"Всего {found.ru} (не считая политик о людях); "
            f"{percent_text(exact['unknown_percent'], language)} % применимых оценок дать нельзя: нет данных.",
            f"{found.en} in all (policies about persons not counted); "
            f"{percent_text(exact['unknown_percent'], language)} % of what applies lacks facts to be judged.",
        ),
    ]
    return [say(text, language) for text in (*told, *_about_persons(table, language), *_quarantined(head))]


def _about_persons(table: RollUpTable, language: Language) -> list[Text]:
    if not table["persons_rule"]["policies"]:
        return []
    persons, threshold = table["total"]["persons"], table["persons_rule"]["threshold"]
    number = person_text(persons["violation"], persons["hidden"].get("violation"), threshold, language)
    return [
        Text(f"Нарушений по политикам о людях: {number}.", f"Violations of policies about persons: {number}."),
    ]


def _quarantined(head: Head) -> list[Text]:
    number = head["inputs"]["quarantined"]
    if not number:
        return []
    told = counted(number, ("документ", "документа", "документов"), ("document", "documents"))
    return [
        Text(
            f"Не удалось прочитать: {told.ru}; о них ничего не известно.",
            f"Not readable: {told.en}; of them nothing is known.",
        )
    ]


def _figures(head: Head, table: RollUpTable, language: Language) -> list[Figure]:
    total = table["total"]
    exact = total["judgements"]
    told = (
        (total["organizations"]["evaluated"], Text("организаций", "organizations"), "", "#places"),
        (
            total["organizations"]["with_violation"],
            Text("организаций с нарушениями", "organizations with violations"),
            "violation",
            "#places",
        ),
        (exact["violation"], Text("нарушений", "violations"), "violation", "#?verdict=violation"),
        (exact["unknown"], Text("нет данных", "unknown"), "unknown", "#?verdict=unknown"),
        (exact["advice"], Text("советов", "advice"), "advice", "#?verdict=advice"),
        (exact["waived"], Text("отступлений", "waived"), "waived", "#?verdict=waived"),
        (exact["disputed"], Text("спорных", "disputed"), "", "#?disputed=1"),
        (
            head["inputs"]["quarantined"],
            Text("документов не прочитано", "documents not evaluated"),
            "",
            "#quarantine",
        ),
    )
    return [Figure(spaced(number), say(what, language), colour, link) for number, what, colour, link in told]
