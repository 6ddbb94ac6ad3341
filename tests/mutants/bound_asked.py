"""What the checks of bounds ask: conditions of the toy world, and what is worked out of a question."""

from __future__ import annotations

from typing import Any, NamedTuple

from worlds import TOY, read

from validator.interpreters.smt.bounds import BoundFinder
from validator.interpreters.smt.query import Definitely, Mode, Negated, Query, organization_mode, surely, surely_not
from validator.interpreters.smt.uses import UseFinder
from validator.interpreters.strategies import subject_of
from validator.logic.expr import Condition
from validator.logic.policy import PolicySet

Structure = dict[str, Any]
Sizes = dict[str, int]


class Found(NamedTuple):
    """What is worked out of a question: items per parent, lists without a bound, and what counts ask for."""

    sizes: Sizes
    open: frozenset[str] = frozenset()
    most: int = 0
    uncertain: bool = False


def found_of(query: Query, bounded: int | None = None) -> Found:
    """What a question needs."""
    finder = BoundFinder(UseFinder)
    bounds = finder.bounds(query) if bounded is None else finder.bounds(query, bounded)
    sizes = {path: size for path, size in bounds.sizes.items() if size}
    return Found(sizes, bounds.open, finder.most, finder.uncertain)


def mode_of(path: str, policies: PolicySet = TOY.policies) -> Mode:
    """How conditions on a list are read without any policy."""
    return organization_mode(policies, subject_of(TOY, path))


OF_ORGANIZATION = mode_of("organization")


def said(structure: Structure, *, truth: bool = True, mode: Mode = OF_ORGANIZATION, item: str = "item") -> Query:
    """That a condition is surely true, or surely false."""
    return Definitely(read(TOY, mode.subject.path, structure), truth, mode, item)


def ways(condition: Condition, mode: Mode = OF_ORGANIZATION) -> tuple[Query, ...]:
    """The four ways to ask for a condition."""
    true, false = surely(condition, mode), surely_not(condition, mode)
    return (true, Negated(true), false, Negated(false))


# --- conditions ------------------------------------------------------------------------------------------------


def some(path: str, body: Structure) -> Structure:
    """Some item of a list of the organization, wherever this is said."""
    return {"organization": {path: {"some": body}}}


def every(path: str, body: Structure) -> Structure:
    """Every item of a list of the organization."""
    return {"organization": {path: {"every": body}}}


def counted(path: str, body: Structure, **limits: Any) -> Structure:
    """So many items of a list of the organization."""
    return {"organization": {path: {"count": {"of": body, "is": limits}}}}


PERSON_1, PERSON_2 = some("people", {"load": 1}), some("people", {"load": 2})
TEAM_1, TEAM_2 = some("teams", {"size": 1}), some("teams", {"size": 2})
EVERYONE = [every("people", {"load": 1}), every("people", {"load": 2})]
OF_PERSON = {"size": {"is": {"field": "person.load"}}}
ALL: Structure = {"all": []}
OWNED = {"desk": {"owner": {"status": "active"}}}
OPEN_TEAM = {"team": {"open": True}}
ONE = counted("people", {"any": [TEAM_1, TEAM_2]}, **{"is": 1})
NONE = counted("people", {"any": [TEAM_1, TEAM_2]}, **{"is": 0})
GRADED = counted("teams", {"open": True}, at_least={"field": "person.grade"})

# Every person needs another one: as many as were asked for where there is no bound.
FEEDS = Found({"people": 1}, frozenset({"people"}))
