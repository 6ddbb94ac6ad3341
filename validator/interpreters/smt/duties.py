"""What goes into the search for duties that can't all be met, and what comes out of it. Plain data, no solver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from validator.interpreters.smt.answer import Document
from validator.interpreters.smt.query import Both, Query


class Duty(NamedTuple):
    """One duty: that it is engaged by given facts, that it is surely met, and that it is surely broken.

    `lasting` says that it is met as if it were in force on any day: no condition of the search, but decisions that
    do this are taken where there are any, because they are right in more situations.
    """

    name: str
    guard: Query
    met: Query
    broken: Query
    lasting: Query = Both(())


class Clash(NamedTuple):
    """Duties of which not all can be met in a context: their numbers, the context as a snapshot, and its days.

    In the snapshot all of them but the last are met. `exact` says that lists of other lengths would not help.
    """

    group: tuple[int, ...]
    document: Document | None
    first: date
    last: date
    exact: bool


class Search(NamedTuple):
    """What was found: clashes, the lengths of given lists, whether the search ended, contexts seen.

    Without a clash every context with given lists no longer than that leaves a way out; decisions need no bound,
    because each that was found is one.
    """

    clashes: tuple[Clash, ...]
    bounds: Mapping[str, int]
    finished: bool
    contexts: int


def told(search: Search) -> object:
    """A search as JSON data."""
    rows = [[[*c.group], c.document, c.first.isoformat(), c.last.isoformat(), c.exact] for c in search.clashes]
    return [rows, dict(search.bounds), search.finished, search.contexts]


def understood(data: object) -> Search:
    """The search that `told` wrote down."""
    rows, bounds, finished, contexts = cast("tuple[list[Any], dict[str, int], bool, int]", data)
    found = [
        Clash(tuple(group), document, date.fromisoformat(first), date.fromisoformat(last), exact)
        for group, document, first, last, exact in rows
    ]
    return Search(tuple(found), bounds, finished, contexts)
