"""The coverage of the sources and the list of conflicts as Markdown pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from validator.journeys.catalogue import Conflict, Place
from validator.logic.text import Language, Text
from validator.render.words import FORCES, say

COVERAGES = {
    "automated": Text("проверяется", "checked"),
    "partial": Text("проверяется частично", "checked in part"),
    "manual": Text("проверяет человек", "checked by a person"),
    "pending": Text("отложено", "pending"),
    "not_checkable": Text("не проверяемо", "not checkable"),
}
KINDS = {
    "policy": Text("политика", "policy"),
    "reading": Text("прочтение", "reading"),
    "exception": Text("исключение", "exception"),
    "criterion": Text("признак", "criterion"),
    "definition": Text("определение", "definition"),
    "register": Text("перечень", "register"),
    "parameter": Text("параметр", "parameter"),
    "sanction": Text("санкция", "sanction"),
    "undecided": Text("открытый вопрос", "open question"),
}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def render_coverage(places: list[Place], language: Language) -> str:
    """Every place of every act, and which policy covers it or why none does."""
    return "\n".join(_coverage(places, language)) + "\n"


def _coverage(places: list[Place], language: Language) -> Iterator[str]:
    ru = language == "ru"
    yield "# Покрытие источников" if ru else "# Coverage of the sources"
    yield ""
    totals = Counter(place.clause.coverage for place in places)
    told = ", ".join(f"{say(COVERAGES[name], language)} {totals[name]}" for name in COVERAGES)
    yield f"{'Мест в актах' if ru else 'Places in acts'}: {len(places)}: {told}."
    for act, group in groupby(places, key=lambda place: place.act):
        yield ""
        checked = "—" if act.checked_on is None else act.checked_on.isoformat()
        yield f"## {say(act.short, language)} (`{act.id}`)"
        yield ""
        word = "сверено с текстом" if ru else "checked against the text"
        yield f"{say(FORCES[act.force.value], language)}; {word}: {checked}"
        yield ""
        yield (
            "| место | о чём | покрытие | политики | почему |"
            if ru
            else "| place | about | coverage | policies | why |"
        )
        yield "|---|---|---|---|---|"
        for place in group:
            yield _place(place, language)


def _place(place: Place, language: Language) -> str:
    clause = place.clause
    names = dict.fromkeys((*clause.policies, *place.cited_by))
    cells = (
        clause.at,
        say(clause.title, language),
        say(COVERAGES[clause.coverage], language),
        ", ".join(f"`{name}`" for name in names),
        say(clause.why, language) if clause.why else "",
    )
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def render_conflicts(conflicts: list[Conflict], language: Language) -> str:
    """Every conflict of law: what was decided and where it is recorded."""
    return "\n".join(_conflicts(conflicts, language)) + "\n"


def _conflicts(conflicts: list[Conflict], language: Language) -> Iterator[str]:
    ru = language == "ru"
    yield "# Противоречия и неясности" if ru else "# Conflicts and ambiguities"
    yield ""
    if ru:
        yield "Страница составлена по политикам командой `sverka docs --conflicts`; вручную её не правят."
    else:
        yield "Made from the policies by `sverka docs --conflicts --lang en`; not edited by hand."
    for conflict in conflicts:
        yield ""
        yield f"## {conflict.id}. {say(conflict.clause.title, language)}"
        yield ""
        yield f"{'Покрытие' if ru else 'Coverage'}: {say(COVERAGES[conflict.clause.coverage], language)}."
        if conflict.clause.why:
            yield say(conflict.clause.why, language)
        if conflict.records:
            yield ""
        for record in conflict.records:
            text = f": {say(record.text, language)}" if record.text else ""
            of = "" if record.name == record.policy else f" (`{record.policy}`)"
            yield f"- {say(KINDS[record.kind], language)} `{record.name}`{of}{text}"
