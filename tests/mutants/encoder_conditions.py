"""Conditions and facts put together by hand: terms and operators of every kind, and items they are asked of.

Something of the items is known, absent, bounded, open-ended, never, or an unknown name.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from worlds import AS_OF, TOY, snapshot_of

from validator.logic.facts import Snapshot

Item = dict[str, Any]


# --- facts -------------------------------------------------------------------------------------------------------


def day(offset: int) -> str:
    """A day so many days after the usual one."""
    return (AS_OF + timedelta(days=offset)).isoformat()


FULL: Item = {
    **{"ref": "p_1", "status": "active", "grade": 2, "load": 3, "rank": 2, "places": 4, "first_on": day(-3)},
    **{"last_on": day(-2), "seen_on": day(-1), "team": "t_1", "skills": ["cook", "draw"], "skill": "draw"},
    **{"tools": ["alpha", "unheard"], "service": "alpha", "friends": ["p_2"]},
    "desk": {"floor": 3, "owner": "p_2", "shared": True},
    "tasks": [
        {"due_on": "open_ended", "done_on": day(-2), "points": 1, "weight": "0.5", "helper": "p_1", "urgent": True},
        {"due_on": "never", "done_on": "never", "points": 0, "weight": "-1.25", "helper": "p_2", "urgent": False},
    ],
    "tasks_coverage": "complete",
}
BARE: Item = {"ref": "p_2", "tasks": [{}, {"due_on": day(5)}], "tasks_coverage": "partial"}
ODD: Item = {
    **{"ref": "p_3", "status": "gone", "load": -3, "places": 1, "first_on": day(-1), "seen_on": "never"},
    **{"team": "none", "skills": [], "skill": "swim", "tools": [], "service": "unheard", "friends": []},
    "desk": {"shared": False},
    **{
        "tasks": [{"due_on": day(0), "weight": "2"}, {"due_on": "never", "done_on": day(-5)}],
        "tasks_coverage": "complete",
    },
}
LATE: Item = {
    **{"ref": "p_2", "status": "left", "rank": 1, "last_on": "ongoing", "seen_on": "0001-01-02", "team": "t_2"},
    **{"skills": ["cook"], "skill": "cook", "tools": ["alpha", "beta"], "service": "gamma"},
    **{"friends": ["p_1", "p_2"], "grade": 0, "load": 2**53 - 1},
    **{"tasks": [{"due_on": "9999-12-30", "points": 2, "weight": "100"}], "tasks_coverage": "complete"},
}
HALF: Item = {
    **{"ref": "p_3", "seen_on": day(-4), "first_on": day(-4), "rank": 3, "load": 0, "service": "beta"},
    **{"tools": ["delta"], "skills": "unknown"},
    **{"desk": {"floor": 0, "owner": "p_3"}, "tasks": [{"due_on": day(-6), "done_on": day(-5)}]},
}
TEAMS = (
    {"ref": "t_1", "lead": "p_1", "open": True, "month": "2025-08", "size": 2, "person": "p_1"},
    {"ref": "t_2"},
)
DOCUMENTS: tuple[Item, ...] = (
    {
        "as_of": day(0),
        "organization": {
            **{"inn": "7800000002", "region": "50", "kind": "school", "name": "Ромашка", "bound": True},
            **{"tags": ["red"], "paints": ["red", "blue"], "budget": "2.5"},
            "public_share": {"federation": "20", "region": "40"},
        },
        "people": [FULL, BARE, ODD],
        "teams": [*TEAMS],
        "coverage": {"people": "complete", "teams": "complete"},
        "roadmap": {"started_on": day(-2), "poster": True},
    },
    {
        "as_of": day(-1),
        "organization": {
            "inn": "500100732259",
            "region": "78",
            "kind": "club",
            "bound": False,
            "budget": "-1",
            "tags": ["red"],
        },
        "people": [FULL | {"first_on": day(-9), "last_on": day(-7), "seen_on": day(-6)}, LATE, HALF],
        "teams": [TEAMS[0] | {"open": False, "size": 3}, TEAMS[1] | {"size": 1, "lead": "p_2"}],
        "coverage": {"people": "partial", "teams": "complete"},
    },
    {
        "as_of": day(3),
        "organization": {
            **{"inn": "7800000002", "region": "27", "kind": "office", "name": "text", "tags": []},
            **{"paints": ["green", "red", "blue"], "public_share": {"region": "100", "federation": "0"}},
        },
        "people": [FULL, LATE | {"seen_on": day(2)}, ODD | {"service": "delta", "tools": ["unheard"]}],
        "teams": [*TEAMS],
        "coverage": {"people": "complete"},
    },
)


@cache
def facts(number: int) -> Snapshot:
    """One of the documents, read."""
    return snapshot_of(TOY, {"schema": "sverka.snapshot/1", **DOCUMENTS[number]})


# --- conditions --------------------------------------------------------------------------------------------------

SEEN, FIRST = {"field": "person.seen_on"}, {"field": "person.first_on"}
PLAIN: tuple[Item, ...] = (
    # names and truth values
    *({"service": {"is": name}} for name in ("alpha", "gamma", "delta")),
    {"service": {"in": ["alpha", "gamma"]}},
    {"service": {"in": ["beta", "delta"]}},
    {"service": {"is": {"field": "person.service"}}},
    {"status": {"in": ["active", "away"]}},
    {"skill": {"in": ["cook", "swim"]}},
    {"team": "none"},
    {"team": {"is": {"field": "person.team"}}},
    {"team": {"known": True}},
    {"friends": {"known": False}},
    {"grade": {"in": [2, 4]}},
    {"desk": {"shared": True}},
    {"desk": {"shared": {"is": {"field": "organization.bound"}}}},
    {"organization": {"bound": {"is": {"field": "person.desk.shared"}}}},
    # sets
    *(
        {name: {relation: values}}
        for name, lists in {
            "skills": (["cook"], ["cook", "draw"], ["sing", "swim"]),
            "tools": (["alpha"], ["alpha", "beta"], ["gamma"], []),
        }.items()
        for values in lists
        for relation in ("contains_any", "contains_all", "within", "is")
    ),
    *(
        {name: {relation: {"field": f"person.{name}"}}}
        for name in ("tools", "friends", "skills")
        for relation in ("contains_any", "contains_all", "within", "is")
    ),
    {"skills": {"contains": {"field": "person.skill"}}},
    {"tools": {"contains": {"field": "person.service"}}},
    {"friends": {"contains": {"field": "person.desk.owner"}}},
    {"tools": {"empty": True}},
    {"friends": {"empty": False}},
    {"organization": {"tags": {"within": {"field": "organization.paints"}}}},
    {"organization": {"tags": {"is": {"field": "organization.paints"}}}},
    # numbers
    {"load": {"at_most": {"field": "person.grade"}}},
    {"rank": {"at_most": 1}},
    {"rank": {"less_than": {"field": "person.places"}}},
    {"sum": {"of": ["rank", "load"], "at_least": 5}},
    {"sum": {"of": ["rank", "grade", "places"], "at_most": 8}},
    {"sum": {"of": ["grade"], "less_than": 5}},
    {"ratio": {"of": "rank", "to": "places", "at_least": 50}},
    # days
    *({"seen_on": {order: day(-1)}} for order in ("before", "on_or_before", "after", "on_or_after", "is")),
    {"last_on": {"on_or_after": FIRST}},
    {"last_on": {"before": {**FIRST, "plus_days": 2}}},
    {"last_on": {"on_or_before": "as_of"}},
    {"first_on": {"before": SEEN}},
    {"seen_on": {"on_or_before": {**FIRST, "plus_days": 1}}},
    {"first_on": {"is": {**SEEN, "plus_days": -2}}},
    {"first_on": {"after": {"as_of": {"plus_days": -3}}}},
    {"seen_on": {"is": {**SEEN, "plus_days": -9}}},
    # lists and references
    *({"tasks": {quantity: {"urgent": True}}} for quantity in ("some", "every", "no")),
    {"tasks": {"every": {"points": {"at_least": 0}}}},
    {"tasks": {"some": {"helper": {"status": "active"}}}},
    {"team": {"open": True}},
    {"team": {"lead": {"grade": {"at_least": {"field": "person.grade"}}}}},
    {"team": {"all": []}},
    {"team": {"any": []}},
    {"desk": {"owner": {"skill": "draw"}}},
    {"tasks": {"count": {"of": {"urgent": True}, "is": {"at_least": 1}}}},
    {"organization": {"people": {"count": {"of": {"load": {"at_least": 0}}, "is": {"at_most": 2}}}}},
    {"ref": {"is": {"field": "person.ref"}}},
    {"ref": {"known": True}},
)
# What rests on the judged day or on what a reading changes.
DATED: tuple[Item, ...] = (
    {"rank": {"at_least": {"param": "few"}}},
    {"load": {"more_than": {"param": "within"}}},
    {"load": {"is": {"param": "turn"}}},
    {"grade": {"less_than": {"param": "turn"}}},
    {"organization": {"budget": {"at_least": {"param": "half"}}}},
    {"organization": {"budget": {"at_least": {"param": "few"}}}},
    {"organization": {"public_share": {"region": {"more_than": {"param": "half"}}}}},
    {"organization": {"budget": {"less_than": {"param": "part"}}}},
    {"seen_on": {"is": {"param": "start"}}},
    {"seen_on": {"on_or_after": {"param": "gap"}}},
    {"seen_on": {"before": {"param": "last", "plus_days": 1}}},
    {"seen_on": {"is": {"param": "last"}}},
    {"seen_on": {"on_or_before": {"param": "last"}}},
    {"seen_on": {"before": {"field": "person.last_on", "plus_days": {"param": "within"}}}},
    {"seen_on": {"on_or_after": {"as_of": {"plus_days": {"param": "turn"}}}}},
    {"first_on": {"on_or_before": {"param": "start", "plus_days": {"param": "within"}}}},
    *({"service": {"listed_in": name}} for name in ("foreign", "home", "whole")),
    *({"organization": {"region": {"listed_in": name}}} for name in ("regions", "home")),
    {"fresh": {"of": {"load": 3}, "on": "seen_on", "within_days": 1}},
    {"fresh": {"of": {"status": "active"}, "on": "last_on", "within_days": {"param": "within"}}},
    {"fresh": {"of": {"status": "active"}, "on": "first_on", "within_days": {"param": "turn"}}},
    {"meets": "PERSON-NEW"},
    {"organization": {"meets": "ORG-BIG"}},
    {"tasks": {"some": {"meets": "TASK-DUE"}}},
)
DUE = {"field": "task.due_on"}
TASK: tuple[Item, ...] = (
    *({"due_on": {order: {"as_of": {"plus_days": 2}}}} for order in ("before", "on_or_after", "is")),
    {"due_on": {"after": {**DUE, "plus_days": -1}}},
    {"due_on": {"before": {**DUE, "plus_days": 1}}},
    {"due_on": {"is": {**DUE, "plus_days": 4_000_000}}},
    {"due_on": {"is": {**DUE, "plus_days": {"param": "turn"}}}},
    {"due_on": {"is": {"param": "last", "plus_days": 3}}},
    {"due_on": "open_ended"},
    {"due_on": {"is_not": "never"}},
    {"done_on": {"is": DUE}},
    {"done_on": {"is": {**DUE, "plus_days": {"param": "turn"}}}},
    {"due_on": {"on_or_after": {"param": "gap"}}},
    {"due_on": {"on_or_before": {"param": "gap"}}},
    {"due_on": {"on_or_after": {"param": "gap", "plus_days": 1}}},
    {"due_on": {"on_or_after": {"as_of": {"plus_days": {"param": "turn"}}}}},
    {"weight": {"at_least": "0.5"}},
    {"weight": {"is": {"param": "half"}}},
    {"weight": {"less_than": {"field": "task.points"}}},
    {"sum": {"of": ["weight", "points"], "more_than": "1.4"}},
    {"helper": {"is": {"field": "person.desk.owner"}}},
    {"person": {"tasks": {"some": {"due_on": {"before": DUE}}}}},
    {"points": {"at_most": {"param": "turn"}}},
    {"person": {"service": {"listed_in": "foreign"}}},
    {"person": {"first_on": {"on_or_after": {"param": "start"}}}},
    {"fresh": {"of": {"urgent": True}, "on": "done_on", "within_days": 2}},
)
TEAM: tuple[Item, ...] = (
    {"month": "2025-08"},
    {"month": {"before": "2025-09"}},
    {"month": {"on_or_after": {"as_of": {"plus_days": -25}}}},
    {"lead": {"is": {"field": "team.person"}}},
    {"size": {"is": {"param": "few"}}},
    {"lead": {"friends": {"contains": {"field": "team.person"}}}},
)
