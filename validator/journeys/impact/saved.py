"""A saved report of `sverka check -o json`, read strictly: it may have been cut, edited, or be something else.

Its shape is checked against the very types that the program writes (`logic/report.py`), and its numbers must add
up. Keys that a later version added are let through.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from types import NoneType, UnionType
from typing import (
    Literal,
    NamedTuple,
    NoReturn,
    NotRequired,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from validator.journeys.assemble import count
from validator.journeys.impact.flips import Presence
from validator.language.limits import MIB
from validator.language.structure import parse_day, shorten
from validator.logic.impact import NOT_LISTED, Side
from validator.logic.problem import InputError, Problem, Span
from validator.logic.report import SCHEMA, OrganizationRow, Report, Result
from validator.logic.text import Text

LIMIT_BYTES = 512 * MIB
Document = tuple[str, str]  # organization and day
_OTHERS = {
    "sverka.snapshot/": Text("это снимок организации", "this is a snapshot of an organization"),
    "sverka.impact/": Text("это отчёт о последствиях правки", "this is an impact report"),
    "sverka.run/": Text("это итог пакетной проверки", "this is the summary of a batch"),
    "sverka.report/": Text("это отчёт другой версии", "this is a report of another version"),
}
_WANTED = Text(
    "нужен отчёт, сохранённый командой `sverka check … -o json=файл`, или папка с политиками",
    "a report saved by `sverka check … -o json=file`, or a policy folder, is wanted",
)
_SAVE_AGAIN = Text("сохраните отчёт заново", "save the report anew")


class _DuplicateKeyError(ValueError):
    """A key that comes twice; the first argument is the key."""


class Saved(NamedTuple):
    """Saved results by document. `whole`: the ok results are there too. `repeated`: documents told twice."""

    report: Report
    whole: bool
    rows: dict[Document, OrganizationRow]
    results: dict[Document, list[Result]]
    repeated: frozenset[Document]

    def presence(self) -> Presence:
        """What the absence of a result means here. A policy that no result names is taken for absent."""
        if not self.whole:
            return Presence(None, NOT_LISTED)
        return Presence(frozenset(result["policy"] for result in self.report["results"]))

    def of_its_policies(self, results: list[Result]) -> list[Result]:
        """Those of the results that a report of a part of the policies can be compared with."""
        selection = self.report["policy_set"].get("selection")
        return results if selection is None else [r for r in results if r["policy"] in selection["policies"]]

    def side(self, name: str) -> Side:
        """The side as the impact report shows it."""
        identity = self.report["policy_set"]
        side: Side = {
            "kind": "saved",
            "names": [name],
            "revision": None,
            "commit": None,
            "digest": identity["digest"],
            "norms": identity["norms"],
            "decisions": identity["decisions"],
            "law_date": self.report["law_date"],
        }
        if "selection" in identity:
            side["selection"] = identity["selection"]
        return side


def read_saved(data: bytes, file: str, wanted: Text = _WANTED) -> Saved:
    """The saved report in `data`; `file` names it in messages. Raises `InputError` for anything else.

    `wanted` says what would be right where something else was found.
    """
    if len(data) > LIMIT_BYTES:
        message = Text(f"файл больше {LIMIT_BYTES // MIB} МиБ", f"the file is over {LIMIT_BYTES // MIB} MiB")
        help_ = Text("сохраните без благополучных: `--results findings`", "save it with `--results findings`")
        _refuse(file, message, help_)
    root = _parse(data, file, wanted)
    schema = root.get("schema") if isinstance(root, dict) else None
    if schema != SCHEMA:
        _refuse(file, _what_it_is(schema), wanted)
    wrong = _mismatch(root, Report, "")
    if wrong is not None:
        _refuse(file, Text(f"отчёт повреждён: {wrong}", f"the report is damaged: {wrong}"), _SAVE_AGAIN)
    return _indexed(cast(Report, root), file)


def _refuse(file: str, message: Text, help_: Text, span: Span | None = None) -> NoReturn:
    raise InputError([Problem("saved-report", message, help_, span, file)])


def _what_it_is(schema: object) -> Text:
    for head, text in _OTHERS.items():
        if isinstance(schema, str) and schema.startswith(head):
            return Text(f"{text.ru}: `{shorten(schema)}`", f"{text.en}: `{shorten(schema)}`")
    return Text("это не сохранённый отчёт", "this is not a saved report")


# --- text to values ------------------------------------------------------------------------------------------


def _parse(data: bytes, file: str, wanted: Text) -> object:
    def constant(word: str) -> NoReturn:
        raise ValueError(word)

    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=constant)
    except UnicodeDecodeError:
        _refuse(file, Text("файл не в кодировке UTF-8", "the file is not UTF-8"), wanted)
    except json.JSONDecodeError as error:
        span = Span(file, error.lineno, error.colno, error.lineno, error.colno + 1)
        _refuse(file, Text("это не JSON или файл обрезан", "this is no JSON, or it was cut"), wanted, span)
    except _DuplicateKeyError as error:
        key = shorten(str(error.args[0]))
        _refuse(file, Text(f"ключ `{key}` дважды", f"key `{key}` comes twice"), _SAVE_AGAIN)
    except (ValueError, RecursionError):
        _refuse(file, Text("в файле невозможное значение", "the file holds an impossible value"), _SAVE_AGAIN)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _DuplicateKeyError(next(key for key, number in Counter(k for k, _ in pairs).items() if number > 1))
    return found


# --- values to types -----------------------------------------------------------------------------------------


@cache
def _hints(type_: type) -> tuple[dict[str, object], frozenset[str]]:
    """The types of the keys of a typed dictionary, and which of them must be there."""
    marked = get_type_hints(type_, include_extras=True)
    return get_type_hints(type_), frozenset(k for k, hint in marked.items() if get_origin(hint) is not NotRequired)


def _mismatch(value: object, wanted: object, path: str) -> str | None:
    """The place of the first thing that is not as its type says; None when all is."""
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        parts = get_args(wanted)
        if value is None and NoneType in parts:
            return None
        return _mismatch(value, next(part for part in parts if part is not NoneType), path)
    if origin is Literal:
        return None if value in get_args(wanted) else path
    if origin is list:
        return _first(value, list, [(f"[{i}]", get_args(wanted)[0]) for i in range(_size(value))], path)
    if origin is dict:
        keys = value if isinstance(value, dict) else {}
        return _first(value, dict, [(f".{key}", get_args(wanted)[1]) for key in keys], path)
    if is_typeddict(wanted):
        return _record(value, cast(type, wanted), path)
    sound = isinstance(value, cast(type, wanted)) and not (wanted is int and isinstance(value, bool))
    return None if sound else (path or ".")


def _size(value: object) -> int:
    return len(value) if isinstance(value, list) else 0


def _first(value: object, kind: type, parts: list[tuple[str, object]], path: str) -> str | None:
    if not isinstance(value, kind):
        return path
    items = value if isinstance(value, list) else list(cast("dict[str, object]", value).values())
    for (name, wanted), item in zip(parts, items, strict=True):
        if (wrong := _mismatch(item, wanted, path + shorten(name))) is not None:
            return wrong
    return None


def _record(value: object, wanted: type, path: str) -> str | None:
    if not isinstance(value, dict):
        return path or "."
    hints, required = _hints(wanted)
    for key, hint in hints.items():
        here = f"{path}.{key}".removeprefix(".")
        if key not in value:
            if key in required:
                return here
        elif (wrong := _mismatch(value[key], hint, here)) is not None:
            return wrong
    return None


# --- what the report says of itself --------------------------------------------------------------------------


def _indexed(report: Report, file: str) -> Saved:
    _check_numbers(report, file)
    rows: dict[Document, OrganizationRow] = {}
    repeated: set[Document] = set()
    for row in report["organizations"]:
        key = (row["organization"], row["as_of"])
        if parse_day(row["as_of"]) is None:
            _refuse(file, Text("в отчёте невозможная дата", "the report holds an impossible date"), _SAVE_AGAIN)
        if key in rows:
            repeated.add(key)
        rows[key] = row
    results: dict[Document, list[Result]] = {key: [] for key in rows}
    for result in report["results"]:
        key = (result["organization"], result["as_of"])
        if key not in rows:
            what = Text("вывод об организации, которой нет в отчёте", "a result about an organization not listed")
            _refuse(file, what, _SAVE_AGAIN)
        results[key].append(result)
    return Saved(report, _is_whole(report), rows, results, frozenset(repeated))


def _is_whole(report: Report) -> bool:
    """Whether every result is there: `--results findings` leaves out the ok ones, which `counts` still tells."""
    told = report["counts"]["ok"]
    return count(report["results"])["ok"] == told


def _check_numbers(report: Report, file: str) -> None:
    """Only ok results may be fewer than the counts tell; anything else was cut or edited."""
    told, found = report["counts"], count(report["results"])
    fewer = all(found["ok"][reason] <= told["ok"][reason] for reason in found["ok"])  # type: ignore[literal-required]
    if not fewer or {**found, "ok": None} != {**told, "ok": None}:
        what = Text("итоги отчёта не сходятся с его выводами", "the counts of the report do not fit its results")
        _refuse(file, what, _SAVE_AGAIN)
    if report["inputs"]["evaluated"] != len(report["organizations"]):
        what = Text("итоги отчёта не сходятся с его организациями", "its inputs do not fit its organizations")
        _refuse(file, what, _SAVE_AGAIN)
