"""Acts: read by a person or not, told apart or not, and dates that fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from validator.journeys.lint.pack import (
    Check,
    Pack,
    at,
    mappings_of,
    piece,
    place_of,
    text_of,
    weakness,
)
from validator.language.library import PolicyFile
from validator.language.names import spelling
from validator.language.nodes import Node, Scalar
from validator.language.structure import parse_day
from validator.logic.policy import Act
from validator.logic.problem import Problem
from validator.logic.text import Text, plural_ru

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(\D*)(\d+)(.*)\Z", re.DOTALL)
_LETTERS = str.maketrans("рфз", "rfz")  # of the endings «-р» and «-ФЗ», as English texts write them


def acts_of(pack: Pack) -> Iterator[tuple[Act, PolicyFile]]:
    for act in pack.policies.acts.values():
        file = pack.file_of(act.id, act.span)
        if file is not None:
            yield act, file


def spelled(number: str) -> str:
    """The number of an act as it is compared: `2240-р`, `2240-Р` and `2240-r` are one."""
    return number.casefold().replace(" ", "").replace("–", "-").translate(_LETTERS)


# --- read by a person ------------------------------------------------------------------------------------------


def never_checked(pack: Pack) -> Iterator[Problem]:
    """Acts whose official text nobody has read yet."""
    for act, file in acts_of(pack):
        if act.checked_on is None:
            yield weakness(
                "source-never-checked",
                place_of(file, file.root.get("checked_on")),
                Text(f"акт `{act.id}` не сверен с официальным текстом", f"nobody has read the text of `{act.id}`"),
                Text(
                    "прочтите официальный текст и запишите день сверки: `checked_on: ГГГГ-ММ-ДД`",
                    "read the official text and write the day: `checked_on: YYYY-MM-DD`",
                ),
            )


def checked_long_ago(pack: Pack) -> Iterator[Problem]:
    """Acts whose check is too old on the day of the run, or lies after it."""
    for act, file in acts_of(pack):
        if pack.day is None or act.checked_on is None:
            continue
        age = (pack.day - act.checked_on).days
        if 0 <= age <= pack.stale_after:
            continue
        days = plural_ru(age, "день", "дня", "дней")
        old = Text(f"акт `{act.id}` сверен {age} {days} назад", f"`{act.id}` was checked {age} days ago")
        ahead = Text("день сверки ещё не наступил", "the day of the check has not come yet")
        yield weakness(
            "stale-source-check",
            place_of(file, file.root.get("checked_on")),
            old if age > 0 else ahead,
            Text(
                "прочтите действующую редакцию заново и обновите `checked_on`",
                "read the text in force again and renew `checked_on`",
            ),
        )


# --- dates of an act -------------------------------------------------------------------------------------------


def dates_out_of_order(pack: Pack) -> Iterator[Problem]:
    """Dates of an act that lie before the act itself."""
    for act, file in acts_of(pack):
        for node in _later_dates(file):
            day = parse_day(text_of(node))
            if act.date is not None and day is not None and day < act.date:
                yield weakness(
                    "act-dates-out-of-order",
                    place_of(file, node),
                    Text(
                        f"{day} раньше самого акта ({act.date})", f"{day} lies before the act itself ({act.date})"
                    ),
                    Text("исправьте эту дату или `date`", "mend this date, or `date`"),
                )


def _later_dates(file: PolicyFile) -> Iterator[Node]:
    """Dates that can't lie before that of the act: it enters into force, is changed and is read after it."""
    for key in ("in_force_from", "checked_on"):
        if (node := file.root.get(key)) is not None:
            yield node
    for edition in mappings_of(file.root.get("editions")):
        if (node := edition.get("date")) is not None:
            yield node


# --- told apart ------------------------------------------------------------------------------------------------


def number_clash(pack: Pack) -> Iterator[Problem]:
    """Two acts of one weight that claim the same number: with two dates of one year, or with one date."""
    for (first, _), (second, file) in combinations(acts_of(pack), 2):
        if not first.number or first.force is not second.force or not _same_number(first, second):
            continue
        if first.date is None or second.date is None or first.date.year == second.date.year:
            place = first.span.start()
            yield weakness(
                "act-number-clash",
                place_of(file, file.root.get("number")),
                Text(
                    f"номер `{second.number}` уже у акта `{first.id}` ({place})",
                    f"`{first.id}` ({place}) has the number `{second.number}` already",
                ),
                Text(
                    "сверьте номера и даты обоих; если это один акт, оставьте один файл",
                    "check number and date of both; if it is one act, keep one file",
                ),
            )


def _same_number(first: Act, second: Act) -> bool:
    return spelled(first.number) == spelled(second.number)


def neighbours_of_one_title(pack: Pack) -> Iterator[Problem]:
    """Acts of one day with numbers one apart and one title: nobody can tell which of the two is meant."""
    for (first, _), (second, file) in combinations(acts_of(pack), 2):
        if first.date is None or first.date != second.date or first.force is not second.force:
            continue
        same = [
            language
            for language, one, other in (
                ("ru", first.title.ru, second.title.ru),
                ("en", first.title.en, second.title.en),
            )
            if spelling(one) == spelling(other)
        ]
        if same and one_apart(first.number, second.number):
            yield weakness(
                "neighbour-acts-of-one-title",
                place_of(file, at(file.root, "title", same[0])),
                Text(
                    f"акт `{first.id}` того же дня называется так же, номера соседние",
                    f"`{first.id}` of the same day has the same title, and the numbers are neighbours",
                ),
                Text(
                    "скажите в названии, чем акты различаются, и сверьте номера",
                    "say in the titles what tells the acts apart, and check the numbers",
                ),
            )


def one_apart(first: str, second: str) -> bool:
    """Whether two numbers of acts differ by one and in nothing else: `2240-р` and `2241-р`."""
    one, other = _NUMBER.match(spelled(first)), _NUMBER.match(spelled(second))
    if one is None or other is None or (one[1], one[3]) != (other[1], other[3]):
        return False
    return abs(int(one[2]) - int(other[2])) == 1


def id_disagrees(pack: Pack) -> Iterator[Problem]:
    """Ids of acts whose figures are neither in the number nor in the date."""
    for act, file in acts_of(pack):
        node = file.root.get("act")
        if not isinstance(node, Scalar):
            continue
        for start, token in _strange_figures(act):
            yield weakness(
                "act-id-disagrees",
                piece(file, node, start, token),
                Text(
                    f"`{token}` нет ни в номере `{act.number or '—'}`, ни в дате {act.date or '—'}",
                    f"`{token}` is neither in the number `{act.number or '—'}` nor in the date {act.date or '—'}",
                ),
                Text(
                    "исправьте `number`, `date` или имя акта вместе с именем файла",
                    "mend `number`, `date`, or the id together with the name of the file",
                ),
            )


def _strange_figures(act: Act) -> Iterator[tuple[int, str]]:
    of_date = {act.date.year, act.date.month, act.date.day} if act.date else set()
    of_number = {int(digits) for digits in _DIGITS.findall(act.number)}
    for found in re.finditer(r"(?<![a-z0-9])\d+(?![a-z0-9])", act.id):
        figure = int(found[0])
        if figure in of_date | of_number:
            continue
        is_year = bool(_YEAR.match(found[0]))
        if (is_year and act.date is not None) or (not is_year and act.number):
            yield found.start(), found[0]


SOURCES: tuple[Check, ...] = (
    never_checked,
    checked_long_ago,
    dates_out_of_order,
    number_clash,
    neighbours_of_one_title,
    id_disagrees,
)
