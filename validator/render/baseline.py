"""What reports for people say of a baseline: how much is known, and where the list is not as the facts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.logic.text import Language

if TYPE_CHECKING:
    from validator.logic.report import BaselineEntry, BaselineUse

_SHOWN = 20


def known(language: Language) -> str:
    """The mark of a finding that is known."""
    return "есть в списке известного, не блокирует" if language == "ru" else "in the baseline, does not block"


def told(use: BaselineUse, language: Language) -> Iterator[str]:
    """The lines at the end of a report."""

    def say(ru: str, en: str) -> str:
        return ru if language == "ru" else en

    yield say(
        f"Список известного {use['file']}: записей {use['entries']}, известных выводов {use['known']}",
        f"Baseline {use['file']}: entries {use['entries']}, known results {use['known']}",
    )
    if use["outgrown"]:
        yield say("    Больше или хуже, чем известно:", "    More or graver than is known:")
        yield from _entries(use["outgrown"], language)
    if use["fixed"]:
        yield say(
            f"    Больше не нужно; убрать из списка: sverka check … --write-baseline {use['file']}",
            f"    Not needed any more; to take it off the list: sverka check … --write-baseline {use['file']}",
        )
        yield from _entries(use["fixed"], language)
    if use["not_judged"]:
        yield say(
            f"    Не проверялись (нет снимка или политика не выбрана) записи: {use['not_judged']}",
            f"    Not judged (no snapshot, or a policy not selected) are entries: {use['not_judged']}",
        )


def _entries(entries: list[BaselineEntry], language: Language) -> Iterator[str]:
    for entry in entries[:_SHOWN]:
        place = f"{entry['location']['file']}:{entry['location']['line']}:{entry['location']['column']}"
        what = f"{entry['organization']} {entry['policy']} {entry['item']}"
        found, number = entry["found"], entry["number"]
        numbers = f"найдено {found} из {number}" if language == "ru" else f"found {found} of {number}"
        yield f"        {place}  {what}: {numbers}"
    if len(entries) > _SHOWN:
        rest = len(entries) - _SHOWN
        yield f"        и ещё {rest}" if language == "ru" else f"        and {rest} more"
