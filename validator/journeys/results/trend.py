"""Results of several dates compared: how figures went, who came and went, what changed from first to last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.journeys.assemble import tool
from validator.journeys.results.merged import Named
from validator.journeys.results.trend_notes import notes_on
from validator.journeys.results.whole import WholeResults
from validator.journeys.rollup.figures import place_order
from validator.logic.batch import MunicipalityRow, PolicyRow, TotalRow
from validator.logic.problem import InputError, Problem
from validator.logic.report import OrganizationRow, PolicyEntry
from validator.logic.text import Text
from validator.logic.trend import (
    SCHEMA,
    Change,
    ChangeCount,
    Figures,
    OrganizationName,
    PlaceTrend,
    PolicyTrend,
    State,
    Step,
    Trend,
    TrendDate,
)

# The topics of policies that tell how the transfer goes; so do all decisions.
TRANSFER_TOPICS = frozenset({"roadmap", "transfer"})

Place = tuple[str, str | None]


def trend_of(dates: Sequence[Named]) -> Trend:
    """The comparison, dates in the order of their facts (`in_order`)."""
    first, last = dates[0].results, dates[-1].results
    found = list(_changes(first, last))
    counts = Counter((change["policy"], change["first"], change["last"]) for change in found)
    return {
        "schema": SCHEMA,
        "tool": tool(),
        "dates": [_date(one) for one in dates],
        "notes": notes_on(dates),
        "total": [_figures(one.results.table["total"]) for one in dates],
        "by_policy": _by_policy(dates),
        "by_municipality": _by_place(dates),
        "organizations": [_step(one.results, two.results) for one, two in pairwise(dates)],
        "change_counts": [_count(*key, number) for key, number in sorted(counts.items())],
        "changes": found,
        "threshold": max(one.results.table["persons_rule"]["threshold"] for one in dates),
    }


def in_order(dates: Sequence[Named]) -> list[Named]:
    """The results in the order of the days of their facts, the last day first to decide.

    Raises `InputError` for results without any organization, and for two of the same days: they are parts of one
    date, or the same results twice.
    """
    seen: dict[tuple[str, str], str] = {}
    for one in dates:
        days = one.results.head["fact_dates"]
        if days is None:
            message = Text("не проверено ни одной организации", "no organization was evaluated")
            help_ = Text("сравнивать нечего: уберите этот файл", "there is nothing to compare: leave it out")
            raise InputError([Problem("trend-empty", message, help_, file=one.name)])
        if days in seen:
            other = seen[days]
            message = Text(f"сведения на те же дни, что в {other}", f"facts of the same days as in {other}")
            help_ = Text(
                "для каждой даты нужны одни результаты; части одной сложит `sverka report A B -o json=дата.json`",
                "each date wants one; put parts of a date together by `sverka report A B -o json=date.json`",
            )
            raise InputError([Problem("trend-same-days", message, help_, file=one.name)])
        seen[days] = one.name
    return sorted(dates, key=_days)


def _days(one: Named) -> tuple[str, str]:
    first, last = one.results.head["fact_dates"] or ("", "")
    return last, first


def _date(one: Named) -> TrendDate:
    head, table = one.results.head, one.results.table
    return {
        "name": one.name,
        "tool": head["tool"],
        "policy_set": head["policy_set"],
        "law_date": head["law_date"],
        "law_dates": list(head["law_dates"] or ()),
        "fact_dates": list(head["fact_dates"] or ()),
        "organizations": head["organizations"],
        "complete": table["complete"],
        "coverage": table["coverage"],
    }


# --- figures ------------------------------------------------------------------------------------------------------


def _figures(row: TotalRow | MunicipalityRow | PolicyRow) -> Figures:
    coverage = row.get("coverage")
    return {
        "organizations": row["organizations"],
        "judgements": row["judgements"],
        "persons": row["persons"],
        "coverage": coverage if isinstance(coverage, dict) else None,  # type: ignore[typeddict-item]
    }


def _by_policy(dates: Sequence[Named]) -> list[PolicyTrend]:
    rows = [{row["policy"]: _figures(row) for row in one.results.table["by_policy"]} for one in dates]
    entries: dict[str, PolicyEntry] = {}
    for one in dates:  # the words of the last date that has them
        entries.update(one.results.policies)
    return [_policy(entries[name], [of_date.get(name) for of_date in rows]) for name in sorted(entries)]


def _policy(entry: PolicyEntry, dates: list[Figures | None]) -> PolicyTrend:
    return {
        "policy": entry["policy"],
        "kind": entry["kind"],
        "topic": entry["topic"],
        "title": entry["title"],
        "severity": entry["severity"],
        "about_persons": entry["about_persons"],
        "transfer": entry["kind"] == "decision" or entry["topic"] in TRANSFER_TOPICS,
        "outcomes": entry["outcomes"],
        "dates": dates,
    }


def _by_place(dates: Sequence[Named]) -> list[PlaceTrend]:
    rows: list[dict[Place, Figures]] = [
        {(row["region"], row["municipality"]): _figures(row) for row in one.results.table["by_municipality"]}
        for one in dates
    ]
    places = sorted({place for of_date in rows for place in of_date}, key=place_order)
    return [
        {"region": place[0], "municipality": place[1], "dates": [of_date.get(place) for of_date in rows]}
        for place in places
    ]


# --- organizations ------------------------------------------------------------------------------------------------


def _step(before: WholeResults, after: WholeResults) -> Step:
    """Who is there on one of two dates only."""
    old, new = _names(before), _names(after)
    return {
        "appeared": [new[name] for name in sorted(new.keys() - old.keys())],
        "left": [old[name] for name in sorted(old.keys() - new.keys())],
    }


def _names(results: WholeResults) -> dict[str, OrganizationName]:
    """The organizations; of several days the last one tells the name."""
    return {row["organization"]: _name(row) for row in results.organizations()}


def _name(row: OrganizationRow) -> OrganizationName:
    return {
        "organization": row["organization"],
        "name": row["name"],
        "region": row["region"],
        "municipality": row["municipality"],
    }


# --- changes ------------------------------------------------------------------------------------------------------


class _Standing(NamedTuple):
    """An organization, and what it has under the norms where that is not plainly fine."""

    name: OrganizationName
    states: Mapping[str, State]


def _changes(first: WholeResults, last: WholeResults) -> Iterator[Change]:
    """What changed, by organization and policy."""
    shared = _exact_norms(first) & _exact_norms(last)
    before = {one.name["organization"]: one.states for one in _standings(first, shared)}
    for name, after in _standings(last, shared):
        old = before.get(name["organization"])
        if old is None:
            continue
        for policy in sorted(old.keys() | after.keys()):
            was, is_now = old.get(policy, "fine"), after.get(policy, "fine")
            if was != is_now:
                yield {"policy": policy, **name, "first": was, "last": is_now}


def _exact_norms(results: WholeResults) -> frozenset[str]:
    """The norms whose judgements may be told by organization."""
    return frozenset(
        name for name, entry in results.policies.items() if entry["kind"] == "norm" and not entry["about_persons"]
    )


def _standings(results: WholeResults, norms: frozenset[str]) -> Iterator[_Standing]:
    """Every organization once, on the last day of its facts."""
    latest: _Standing | None = None
    for row, tallies in results.tallied():
        if latest is not None and latest.name["organization"] != row["organization"]:
            yield latest
        found: dict[str, State] = {}
        for tally in tallies:
            if tally.policy in norms and tally.verdict in ("violation", "unknown"):
                is_violation = tally.verdict == "violation" or found.get(tally.policy) == "violation"
                found[tally.policy] = "violation" if is_violation else "unknown"
        latest = _Standing(_name(row), found)
    if latest is not None:
        yield latest


def _count(policy: str, first: State, last: State, number: int) -> ChangeCount:
    return {"policy": policy, "first": first, "last": last, "organizations": number}
