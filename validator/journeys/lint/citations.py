"""Acts that texts name by number and date, against what the acts are registered with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.journeys.lint.pack import Check, Pack, both_texts, piece, weakness
from validator.journeys.lint.sources import acts_of, one_apart, spelled
from validator.language.library import PolicyFile
from validator.language.nodes import Scalar
from validator.logic.policy import Act
from validator.logic.problem import Problem
from validator.logic.text import Text

_MONTHS_RU = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_MONTHS_EN = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAY = (
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<dotted>\d\d\.\d\d\.\d{4})"
    rf"|(?P<d>\d\d?)\s+(?P<m>{'|'.join((*_MONTHS_RU, *_MONTHS_EN))})\s+(?P<y>\d{{4}}))"
)
_OF = r"(?:от|of|dated)\s+"
_NR = r"(?:№\s*|No\.?\s*|Order\s+|Law\s+)(?P<number>[\w][\w/–-]*\w|\d)"
_CITED = tuple(
    re.compile(form, re.IGNORECASE) for form in (rf"{_NR}\s+{_OF}{_DAY}", rf"{_OF}{_DAY}(?:\s*г\.)?\s*{_NR}")
)


class _Cited(NamedTuple):
    """An act as a text names it: its number, where that starts in the text, and the date `YYYY-MM-DD`."""

    number: str
    day: str
    start: int


def _cited_in(text: str) -> Iterator[_Cited]:
    for form in _CITED:
        for found in form.finditer(text):
            yield _Cited(found["number"], _iso(found), found.start("number"))


def _iso(found: re.Match[str]) -> str:
    if found["iso"]:
        return found["iso"]
    if found["dotted"]:
        return "-".join(reversed(found["dotted"].split(".")))
    name = found["m"].casefold()
    month = (_MONTHS_RU.index(name) if name in _MONTHS_RU else _MONTHS_EN.index(name)) + 1
    return f"{found['y']}-{month:02}-{int(found['d']):02}"


def cited_otherwise(pack: Pack) -> Iterator[Problem]:
    """Texts that name an act by another number or date than the act is registered with."""
    acts = list(acts_of(pack))
    for file in pack.files():
        own = next((act for act, other in acts if other is file), None)
        for key, *texts in both_texts(file.root):
            for node in texts:
                for cited in _cited_in(node.text):
                    of_its_own = key == "short" and own is not None and bool(own.number)
                    meant = _meant([own] if of_its_own and own else [act for act, _ in acts], cited, of_its_own)
                    if meant is not None:
                        yield _miscited(file, node, cited, meant)


def _is(act: Act, cited: _Cited) -> bool:
    return spelled(act.number) == spelled(cited.number) and (act.date is None or act.date.isoformat() == cited.day)


def _meant(acts: list[Act], cited: _Cited, surely: bool) -> Act | None:
    """The act that a citation means, None when it names one rightly or one that nobody registered.

    `surely` says that the one act given is meant, whatever the citation says.
    """
    if any(_is(act, cited) for act in acts):
        return None
    if surely:
        return acts[0]
    for act in acts:
        if act.date is None or not act.number:
            continue
        same_number = spelled(act.number) == spelled(cited.number)
        # A bare figure is the number of many acts, so the year must agree before it is said to be this one.
        if same_number and (not cited.number.isdigit() or cited.day[:4] == str(act.date.year)):
            return act
        if act.date.isoformat() == cited.day and one_apart(act.number, cited.number):
            return act
    return None


def _miscited(file: PolicyFile, node: Scalar, cited: _Cited, act: Act) -> Problem:
    day = act.date or "—"
    return weakness(
        "act-cited-otherwise",
        piece(file, node, cited.start, cited.number),
        Text(
            f"акт назван как № {cited.number} от {cited.day}, а `{act.id}` — № {act.number} от {day}",
            f"an act is named as No. {cited.number} of {cited.day}, but `{act.id}` is No. {act.number} of {day}",
        ),
        Text("исправьте номер или дату в тексте либо сам акт", "mend number or date in the text, or the act"),
    )


CITATIONS: tuple[Check, ...] = (cited_otherwise,)
