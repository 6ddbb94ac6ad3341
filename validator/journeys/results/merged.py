"""Several result sets as one: the parts of a run that was made in several places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge
from itertools import chain
from typing import NamedTuple

from validator.journeys.assemble import problem_record
from validator.journeys.results.tallies import Tallied, table_of
from validator.journeys.results.whole import WholeResults
from validator.logic.batch import RollUpTable
from validator.logic.problem import InputError, Problem
from validator.logic.report import (
    BaselineUse,
    Counts,
    Inputs,
    OkCounts,
    OrganizationRow,
    PolicyEntry,
    QuarantineRecord,
    Result,
)
from validator.logic.result_set import Explained, Head
from validator.logic.text import Text

_LEVELS: tuple[Explained, ...] = ("none", "blocking", "summary", "all")


class Named(NamedTuple):
    """A result set, and what it is called in messages."""

    name: str
    results: WholeResults


class MergedResults:
    """A `ResultSet` of parts that hold different organizations, judged alike."""

    def __init__(self, parts: Sequence[WholeResults]) -> None:
        self._parts = tuple(parts)
        entries = chain.from_iterable(part.policies.items() for part in parts)
        self.policies: Mapping[str, PolicyEntry] = dict(sorted(entries, key=lambda pair: pair[0]))

    @cached_property
    def head(self) -> Head:
        """See `ResultSet`."""
        heads = [part.head for part in self._parts]
        first = heads[0]
        names = [head["names"] for head in heads]
        return {
            **first,
            "law_dates": _span([head["law_dates"] for head in heads]),
            "fact_dates": _span([head["fact_dates"] for head in heads]),
            "inputs": _inputs([head["inputs"] for head in heads]),
            "counts": _counts([head["counts"] for head in heads]),
            "organizations": sum(head["organizations"] for head in heads),
            "explained": _least([head["explained"] for head in heads]),
            "names": {
                "kinds": dict(chain.from_iterable(one["kinds"].items() for one in names)),
                "regions": dict(chain.from_iterable(one["regions"].items() for one in names)),
            },
        }

    @property
    def baseline(self) -> BaselineUse | None:
        """None: entries of several baselines are not put together; known findings stay marked."""
        return None

    @cached_property
    def table(self) -> RollUpTable:
        """See `ResultSet`. Lists of expected organizations are not put together."""
        return table_of(self.policies, self.tallied(), self.head["inputs"])

    def tallied(self) -> Iterator[Tallied]:
        """The judgements of each organization, counted, in the order of `organizations`."""
        return merge(*(part.tallied() for part in self._parts), key=lambda one: _row_order(one.row))

    def organizations(self) -> Iterator[OrganizationRow]:
        """See `ResultSet`."""
        return merge(*(part.organizations() for part in self._parts), key=_row_order)

    def findings(self) -> Iterator[Result]:
        """See `ResultSet`."""
        return merge(
            *(part.findings() for part in self._parts), key=lambda one: (one["organization"], one["as_of"])
        )

    def quarantine(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`."""
        return chain.from_iterable(part.quarantine() for part in self._parts)

    def warnings(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`. What can't be put together is told here."""
        told = (problem_record(problem, None) for problem in self._lost())
        return chain(chain.from_iterable(part.warnings() for part in self._parts), told)

    def _lost(self) -> Iterator[Problem]:
        if any(part.table["coverage"]["expected"] is not None for part in self._parts):
            yield Problem(
                "expected-not-merged",
                Text(
                    "списки ожидаемых организаций частей не сложены: полнота считается от документов",
                    "the lists of expected organizations are not put together: coverage is of the documents",
                ),
                Text("кого не хватает, сказано в каждой части", "each part says who is missing in it"),
            )
        if any(part.baseline is not None for part in self._parts):
            yield Problem(
                "baseline-not-merged",
                Text(
                    "итоги списков известного по частям не сложены; известное помечено",
                    "what came of the baselines is not put together; what they know is marked",
                ),
                Text("лишние записи названы в каждой части", "each part names the entries to take off"),
            )


def merged(parts: Sequence[Named]) -> MergedResults:
    """The parts as one. Raises `InputError` when they were judged differently, or share an organization."""
    first, *others = parts
    problems = [problem for other in others if (problem := _difference(first, other)) is not None]
    if problems:
        raise InputError(problems)
    seen: dict[str, str] = {}
    for part in parts:
        for organization in sorted({row["organization"] for row in part.results.organizations()}):
            if organization in seen:
                raise InputError([_twice(organization, seen[organization], part.name)])
            seen[organization] = part.name
    return MergedResults([part.results for part in parts])


def _difference(first: Named, other: Named) -> Problem | None:
    """In what two parts are not of one run; None when in nothing."""
    one, two = first.results.head, other.results.head
    what = None
    if one["policy_set"]["digest"] != two["policy_set"]["digest"]:
        what = Text("другой набор политик", "another policy set")
    elif one["tool"] != two["tool"]:
        what = Text("другая версия программы", "another version of the program")
    elif one["law_date"] != two["law_date"]:
        what = Text("другая дата права", "another law date")
    if what is None:
        return None
    return Problem(
        "parts-differ",
        Text(f"{what.ru}, чем в {first.name}", f"{what.en} than in {first.name}"),
        Text(
            "частями одной проверки могут быть только одинаково сделанные; сравнить даты: --trend",
            "only what was judged alike can be parts of one run; to compare dates: --trend",
        ),
        file=other.name,
    )


def _twice(organization: str, first: str, second: str) -> Problem:
    return Problem(
        "parts-overlap",
        Text(
            f"организация {organization} уже есть в {first}",
            f"the organization {organization} is in {first} already",
        ),
        Text(
            "в частях одной проверки организации разные; сравнить даты: --trend",
            "the parts of one run hold different organizations; to compare dates: --trend",
        ),
        file=second,
    )


def _row_order(row: OrganizationRow) -> tuple[str, str, str]:
    return row["organization"], row["as_of"], row["file"]


def _span(spans: list[tuple[str, str] | None]) -> tuple[str, str] | None:
    days = [day for span in spans if span is not None for day in span]
    return (min(days), max(days)) if days else None


def _inputs(all_of: list[Inputs]) -> Inputs:
    return {
        "documents": sum(one["documents"] for one in all_of),
        "evaluated": sum(one["evaluated"] for one in all_of),
        "quarantined": sum(one["quarantined"] for one in all_of),
        "not_reached": sum(one["not_reached"] for one in all_of),
    }


def _counts(all_of: list[Counts]) -> Counts:
    decisions: Counter[str] = Counter()
    for one in all_of:
        decisions.update(one["decisions"])
    return {
        "violation": sum(one["violation"] for one in all_of),
        "advice": sum(one["advice"] for one in all_of),
        "waived": sum(one["waived"] for one in all_of),
        "unknown": sum(one["unknown"] for one in all_of),
        "disputed": sum(one["disputed"] for one in all_of),
        "ok": _ok([one["ok"] for one in all_of]),
        "decisions": dict(sorted(decisions.items())),
    }


def _ok(all_of: list[OkCounts]) -> OkCounts:
    return {
        "met": sum(one["met"] for one in all_of),
        "exempt": sum(one["exempt"] for one in all_of),
        "not_applicable": sum(one["not_applicable"] for one in all_of),
        "not_in_force": sum(one["not_in_force"] for one in all_of),
        "open": sum(one["open"] for one in all_of),
    }


def _least(levels: list[Explained]) -> Explained:
    """What is explained in all parts; those that block and those about things have neither all of the other."""
    return "none" if {"blocking", "summary"} <= set(levels) else min(levels, key=_LEVELS.index)
