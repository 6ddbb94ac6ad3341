"""Missing facts: each once, whose it is, how to supply it, and which questions wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from validator.logic.report import MissingFact, Result
from validator.logic.text import Language
from validator.render.organization_page.naming import ORGANIZATION, Folded, Naming, Places, general, item_of
from validator.render.organization_page.violations import rank
from validator.render.organization_page.words import HOW, NOT_YOURS
from validator.render.words import CAUSES, say

_MOST_QUESTIONS = 4
_MOST_OTHERS = 3


class Gap(NamedTuple):
    """A missing fact. `path` is where it is written, empty where that is not in the snapshot.

    `as_well` names other facts that would answer some of the questions instead; `together`: some need more facts.
    """

    title: str
    cause: str
    how: str
    path: str
    places: list[Places]
    questions: Folded
    as_well: str
    together: bool


class Gaps(NamedTuple):
    """The missing facts: what the organization can supply, the others, and questions not explained."""

    yours: list[Gap]
    others: list[Gap]
    unexplained: list[str]


class _Use(NamedTuple):
    """A fact that a result waits for."""

    fact: MissingFact
    result: Result


def gaps(found: Iterable[Result], naming: Naming) -> Gaps:
    """The facts that results without a verdict wait for: those of the gravest questions first."""
    uses: dict[tuple[str, str], list[_Use]] = {}
    unexplained: dict[str, None] = {}
    for result in found:
        if not result["missing"]:
            unexplained[say(result["title"], naming.language)] = None
        for fact in result["missing"]:
            uses.setdefault((general(fact["path"]), fact["cause"]), []).append(_Use(fact, result))
    ordered = sorted(uses.items(), key=_order)
    return Gaps(
        yours=[_gap(same, naming) for (_, cause), same in ordered if cause not in NOT_YOURS],
        others=[_gap(same, naming) for (_, cause), same in ordered if cause in NOT_YOURS],
        unexplained=list(unexplained),
    )


def _order(item: tuple[tuple[str, str], list[_Use]]) -> tuple[int, int, tuple[str, str]]:
    """By the gravest question, then by how many wait."""
    key, uses = item
    gravest = min(rank(use.result) for use in uses if use.result["kind"] == "norm") if _of_norms(uses) else len(HOW)
    return gravest, -len({use.result["policy"] for use in uses}), key


def _of_norms(uses: list[_Use]) -> bool:
    return any(use.result["kind"] == "norm" for use in uses)


def _gap(uses: list[_Use], naming: Naming) -> Gap:
    language = naming.language
    fact = uses[0].fact
    paths = list(dict.fromkeys(use.fact["path"] for use in uses))
    cause = fact["cause"]
    outside = cause in NOT_YOURS
    return Gap(
        title=say(fact["title"], language),
        cause=say(CAUSES[cause], language),
        how=say(HOW[cause], language),
        path="" if outside else _written_at(paths, cause),
        places=[] if outside else _places(paths, _lines(uses), naming),
        questions=_questions(uses, naming),
        as_well=_as_well(uses, language),
        together=_together(uses),
    )


def _places(paths: list[str], lines: Mapping[str, int], naming: Naming) -> list[Places]:
    """Whose fact it is; nothing for a list of the organization, whose name is the title already."""
    items = [item_of(path) for path in paths]
    return [] if ORGANIZATION in items else naming.places(items, lines)


def _written_at(paths: list[str], cause: str) -> str:
    """The place in the snapshot: of one fact with the number of its item, of several alike without."""
    path = paths[0] if len(paths) == 1 else general(paths[0])
    if cause != "list_incomplete":
        return path
    return f"{path}_coverage: complete" if "." in path else f"coverage.{path}: complete"


def _lines(uses: list[_Use]) -> dict[str, int]:
    """Where the records stand, as far as results tell: the place of a result is that of its first missing fact."""
    return {
        item_of(use.fact["path"]): use.result["location"]["line"]
        for use in uses
        if use.result["missing"][0]["path"] == use.fact["path"]
    }


def _questions(uses: list[_Use], naming: Naming) -> Folded:
    """The policies that wait, the gravest first."""
    ordered = sorted(uses, key=lambda use: (rank(use.result), use.result["policy"]))
    titles = {use.result["policy"]: say(use.result["title"], naming.language) for use in ordered}
    return naming.folded(list(titles.values()), _MOST_QUESTIONS)


def _as_well(uses: list[_Use], language: Language) -> str:
    """The facts that would answer some of the questions instead, the few first."""
    titles = {
        say(way[0]["title"], language): None for use in uses for way in use.result["alternatives"] if len(way) == 1
    }
    return "; ".join(list(titles)[:_MOST_OTHERS])


def _together(uses: list[_Use]) -> bool:
    """Whether some of the questions need more than this fact."""
    return any(len({general(fact["path"]) for fact in use.result["missing"]}) > 1 for use in uses)
