"""What comes back from the solver: a status, and a snapshot that shows it. Plain data, no solver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from validator.logic.proof import Status
from validator.logic.text import Text

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool"
Document: TypeAlias = "dict[str, Json]"


class Limits(NamedTuple):
    """How long the solver may think about one question, in milliseconds, and how long lists may get.

    `bounded` is the length of lists for which no bound exists; a derived bound above `longest` is not used either.
    `seed` changes the way of the solver and nothing else.
    """

    timeout: int = 10_000
    bounded: int = 3
    longest: int = 12
    seed: int = 0


class Witness(NamedTuple):
    """A smallest snapshot that answers a question with yes.

    `document` is what the ordinary reader reads (JSON data, decimals as text); `law_date` its own day; `items` the
    places of the items that play the parts of the outermost `ForSome`, by their names (`chats[0]`). `then` is the
    other snapshot of a question about two (`query.Then`).
    """

    document: Document
    law_date: date
    items: Mapping[str, str]
    then: Document | None = None


class Answer(NamedTuple):
    """WITNESS with a snapshot, or why there is none.

    PROVED: there is none, with lists of any length (`exact`). BOUNDED_OK: none with lists up to `bounds`, by list
    path, items per parent. UNDECIDED: the solver gave up. NOT_ANALYSED: `why` names what can't be put to it.
    `core` are the parts of an outermost `Both` that already exclude each other, none of which can be left out;
    it is worked out by `culprits` only.
    """

    status: Status
    witness: Witness | None
    bounds: Mapping[str, int]
    exact: bool
    why: Text | None = None
    core: tuple[int, ...] = ()
