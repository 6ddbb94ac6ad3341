"""Small questions about the toy world, for quick checks of the solver's side."""

from __future__ import annotations

from typing import Any

from worlds import TOY, read

from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.query import ForSome, Mode, Query, Setting, organization_mode, surely
from validator.interpreters.strategies import subject_of

# Long enough for a machine that has much else to do: what is asked takes a moment.
LIMITS = Limits(timeout=600_000)


def mode_of(path: str) -> Mode:
    """How conditions on a list are read without any policy."""
    return organization_mode(TOY.policies, subject_of(TOY, path))


PEOPLE = mode_of("people")


def new_setting() -> Setting:
    """A setting for which nothing was worked out yet."""
    return Setting(TOY.vocabulary, TOY.names)


def of_some(path: str, structure: dict[str, Any]) -> Query:
    """That a condition is surely true of some item of a list."""
    mode = mode_of(path)
    return ForSome(mode.subject, surely(read(TOY, path, structure), mode))


def of_person(structure: dict[str, Any]) -> Query:
    """The same of some person."""
    return ForSome(PEOPLE.subject, surely(read(TOY, "people", structure), PEOPLE))
