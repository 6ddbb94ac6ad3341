"""Results parted by organization, and what the file of each is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from validator.language.structure import parse_day
from validator.logic.report import OrganizationRow, Result
from validator.logic.result_set import ResultSet
from validator.snapshots.integrity import inn_is_valid

_ENTREPRENEUR = re.compile(r"entrepreneur:([0-9a-f]{16})", re.ASCII)
_INN = re.compile(r"[0-9]{10}", re.ASCII)
_NAME = re.compile(r"([0-9]{10}|entrepreneur-[0-9a-f]{16})(-[0-9]{4}-[0-9]{2}-[0-9]{2})?\.html", re.ASCII)

Key = tuple[str, str]  # an organization and the day of its facts


class Page(NamedTuple):
    """An organization on a day of its facts, with its findings."""

    row: OrganizationRow
    findings: list[Result]


def pages_of(results: ResultSet) -> Iterator[Page]:
    """A page per organization and day, in their order, also where there are no findings.

    Raises ValueError when a finding is about none of them, or out of order: none may be lost.
    """
    findings = results.findings()
    following = next(findings, None)
    for row in results.organizations():
        own: list[Result] = []
        while following is not None and _key(following) == _key(row):
            own.append(following)
            following = next(findings, None)
        yield Page(row, own)
    if following is not None:
        raise ValueError(f"a finding out of order: {following['organization']}")


def page_names(results: ResultSet) -> Mapping[Key, str]:
    """The names of the files: the INN, or the digest of an entrepreneur, and the day where there are several.

    Nothing of a name depends on what an organization is called. Raises ValueError for what is no INN or no day: a
    saved report says what it likes.
    """
    keys = [_key(row) for row in results.organizations()]
    days = Counter(organization for organization, _ in keys)
    return {key: _name(*key, with_day=days[key[0]] > 1) for key in keys}


def is_page_name(name: str) -> bool:
    """Whether a page of an organization may be called so."""
    return _NAME.fullmatch(name) is not None


def _name(organization: str, day: str, *, with_day: bool) -> str:
    entrepreneur = _ENTREPRENEUR.fullmatch(organization)
    if entrepreneur is not None:
        whose = f"entrepreneur-{entrepreneur[1]}"
    elif (
        organization.isascii() and organization.isdigit() and len(organization) == 10 and inn_is_valid(organization)
    ):
        whose = organization
    else:
        raise ValueError(organization)
    if parse_day(day) is None:
        raise ValueError(day)
    return f"{whose}-{day}.html" if with_day else f"{whose}.html"


def _key(row: OrganizationRow | Result) -> Key:
    return row["organization"], row["as_of"]
