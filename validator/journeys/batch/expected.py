"""The list of organizations that should be there: a line each, the INN first; a header may name more columns."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from validator.journeys.organizations import identity_of
from validator.language.structure import nearest
from validator.logic.batch import Expected, ExpectedGroups, Group
from validator.logic.problem import InputError, Problem, Span
from validator.logic.text import Text
from validator.snapshots.integrity import inn_is_valid

INN = "inn"
GROUPS = ("region", "municipality", "kind")
_COLUMNS = (INN, *GROUPS, "name")
_DELIMITERS = ";\t,"
_MOST_PROBLEMS = 50


class ExpectedList(NamedTuple):
    """The expected organizations, named as results name them, each with its group as far as `columns` tell it."""

    organizations: Mapping[str, Group]
    columns: frozenset[str]

    def groups(self, missing: Collection[str]) -> ExpectedGroups | None:
        """How many of every group are expected and missing; None when the list tells no groups apart."""
        if not self.columns:
            return None
        absent = frozenset(missing)
        counts: dict[Group, Expected] = {}
        for organization, group in self.organizations.items():
            expected, lost = counts.get(group, Expected(0, 0))
            counts[group] = Expected(expected + 1, lost + (organization in absent))
        return ExpectedGroups(self.columns, counts)


def read_expected(data: bytes, file: str) -> ExpectedList:
    """The list in a text file: UTF-8, columns parted by `;`, tabs or commas; `#` begins a remark.

    Without a header every line is an INN, and what follows it is not read. A header names `inn` and may name
    `region`, `municipality`, `kind` and `name`. Raises `InputError` with the mistakes, also when nobody is named.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = Text("файл не в кодировке UTF-8", "the file is not UTF-8")
        help_ = Text("сохраните его как «CSV UTF-8»", "save it as “CSV UTF-8”")
        raise InputError([Problem("expected-encoding", message, help_, file=file)]) from None
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not lines:
        raise InputError([_nobody(file)])
    return _Reader(file, lines).read()


def _nobody(file: str) -> Problem:
    message = Text("в списке никого нет", "the list names nobody")
    help_ = Text("нужна строка с ИНН на каждую организацию", "a line with its INN is wanted for every one")
    return Problem("expected-empty", message, help_, file=file)


class _Reader:
    def __init__(self, file: str, lines: list[tuple[int, str]]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        first = lines[0][1]
        self.delimiter = next((mark for mark in _DELIMITERS if mark in first), ";")

    def read(self) -> ExpectedList:
        header = self._header()
        rows = self.lines if header is None else self.lines[1:]
        if not rows:
            raise InputError([_nobody(self.file)])
        columns = header or [INN]
        found: dict[str, Group] = {}
        for number, line in rows:
            for organization, group in self._row(number, line, columns):
                if organization in found:
                    self._problem(
                        "expected-twice",
                        number,
                        Text("эта организация уже названа выше", "this organization is named above already"),
                        Text("оставьте одну строку", "keep one line"),
                    )
                found[organization] = group
        if self.problems:
            raise InputError(self.problems[:_MOST_PROBLEMS])
        return ExpectedList(found, frozenset(GROUPS) & frozenset(columns))

    def _cells(self, line: str) -> list[str]:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=self.delimiter))]

    def _header(self) -> list[str] | None:
        """The names of the columns, None when the first line is an organization."""
        number, line = self.lines[0]
        names = [cell.lower() for cell in self._cells(line)]
        if names[0][:1].isdigit():
            return None
        if INN not in names:
            self._problem(
                "expected-header",
                number,
                Text("в заголовке нет столбца `inn`", "the header names no column `inn`"),
                Text(
                    f"столбцы: {', '.join(_COLUMNS)}; без заголовка — ИНН в начале строки",
                    f"columns: {', '.join(_COLUMNS)}; without a header, lines begin with the INN",
                ),
            )
            raise InputError(self.problems)
        for name in names:
            if name not in _COLUMNS:
                self._problem(
                    "expected-column",
                    number,
                    Text(f"неизвестный столбец `{name[:40]}`", f"unknown column `{name[:40]}`"),
                    nearest(name, _COLUMNS),
                )
        return names

    def _row(self, number: int, line: str, columns: list[str]) -> Iterator[tuple[str, Group]]:
        cells = dict(zip(columns, self._cells(line), strict=False))
        inn = cells.get(INN, "")
        if not (inn.isascii() and inn.isdigit() and inn_is_valid(inn)):
            self._problem(
                "expected-inn",
                number,
                Text("это не ИНН: нужны 10 или 12 цифр с верной контрольной", "no INN: 10 or 12 digits are wanted"),
                Text(
                    "проверьте номер; нули в начале должны сохраниться",
                    "check the number; zeros at its beginning must be kept",
                ),
            )
            return
        group = Group(cells.get("region", ""), cells.get("municipality") or None, cells.get("kind", ""))
        yield identity_of(inn), group

    def _problem(self, code: str, line: int, message: Text, help_: Text) -> None:
        self.problems.append(Problem(code, message, help_, Span(self.file, line, 1, line, 2), self.file))
