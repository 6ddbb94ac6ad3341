"""What reports for people say of a baseline: how much is known, and where the list is not as the facts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.logic.text import Language, Text
from validator.render.words import say

if TYPE_CHECKING:
    from validator.logic.report import BaselineEntry, BaselineUse

_SHOWN = 20


def known(language: Language) -> str:
    """The mark of a finding that is known."""
    return "есть в списке известного, не блокирует" if language == "ru" else "in the baseline, does not block"


def told(use: BaselineUse, language: Language) -> Iterator[str]:
    """The lines at the end of a report."""
    yield say(
        Text(
            f"Список известного {use['file']}: записей {use['entries']}, известных выводов {use['known']}",
            f"Baseline {use['file']}: entries {use['entries']}, known results {use['known']}",
        ),
        language,
    )
    for _, what, help_, entries in _kinds(use):
        heading = (
            f"{say(what, language)}; {say(help_, language)}" if say(help_, language) else f"{say(what, language)}:"
        )
        yield f"    {heading[:1].upper()}{heading[1:]}"
        yield from (f"        {place_of_entry(entry)}  {entry_told(entry, language)}" for entry in entries[:_SHOWN])
        yield from (f"        {more}" for more in _more(entries, language))
    if use["not_judged"]:
        yield say(
            Text(
                f"    Не проверялись (нет снимка или политика не выбрана) записи: {use['not_judged']}",
                f"    Not judged (no snapshot, or a policy not selected) are entries: {use['not_judged']}",
            ),
            language,
        )


def remarks(use: BaselineUse, language: Language) -> Iterator[tuple[str, str]]:
    """The entries that are not as the facts are, each kind under its code in a sentence that names them."""
    for code, what, help_, entries in _kinds(use):
        names = [entry_told(entry, language) for entry in entries[:_SHOWN]]
        told = [f"{say(what, language)}: {names[0]}", *names[1:], *_more(entries, language), say(help_, language)]
        yield code, "; ".join(filter(None, told))


def _kinds(use: BaselineUse) -> Iterator[tuple[str, Text, Text, list[BaselineEntry]]]:
    what, help_ = Text("больше или хуже, чем известно", "more or graver than is known"), Text("", "")
    if use["outgrown"]:
        yield "baseline-outgrown", what, help_, use["outgrown"]
    command = f"sverka check … --write-baseline {use['file']}"
    what = Text("больше не нужно", "not needed any more")
    help_ = Text(f"убрать из списка: {command}", f"to take it off the list: {command}")
    if use["fixed"]:
        yield "baseline-fixed", what, help_, use["fixed"]


def place_of_entry(entry: BaselineEntry) -> str:
    """Where the entry stands in its file."""
    return f"{entry['location']['file']}:{entry['location']['line']}:{entry['location']['column']}"


def entry_told(entry: BaselineEntry, language: Language) -> str:
    """The entry by name, and how much of it is there."""
    found, number = entry["found"], entry["number"]
    numbers = Text(f"найдено {found} из {number}", f"found {found} of {number}")
    return f"{entry['organization']} {entry['policy']} {entry['item']}: {say(numbers, language)}"


def _more(entries: list[BaselineEntry], language: Language) -> Iterator[str]:
    rest = len(entries) - _SHOWN
    if rest > 0:
        yield say(Text(f"и ещё {rest}", f"and {rest} more"), language)
