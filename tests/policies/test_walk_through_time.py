"""One school whose facts never change, judged on the first day of every month: when each policy begins and ends.

`walk_through_time.yaml` pins the answer; SVERKA_UPDATE=1 writes it anew. What it says is to be read against the
catalogue of norms: a day that slips shows here as a changed line.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from shipped import HERE, judged, library, snapshot_of, stated

PINNED = "walk_through_time.yaml"
FIRST, LAST = date(2022, 9, 1), date(2026, 3, 1)
DAY = timedelta(days=1)
HEAD = """\
# When each policy is in force for one school of St Petersburg with unchanged facts, 2022-09 to 2026-03.
# Written by `SVERKA_UPDATE=1 pytest tests/policies/test_walk_through_time.py`; read what changed before keeping it.
# months: what is new or over on the first day of a month. days: the very first and the last day.
"""
# At least one item in every list, dated long before the walk begins. The days in braces move with the walk: an
# event is judged on its own day, and an indicator on the last day of its month.
SCHOOL = """\
schema: sverka.snapshot/1
as_of: {as_of}
coverage: {{people: complete, guardians: complete, classes: complete, chats: complete, uses: complete,
  documents: complete, services: complete, activity: complete, coercion_events: complete}}
organization: {{inn: "7800000002", region: "78", kind: school, legal_form: budgetary, founder: region,
  executes_state_task: true, sferum_connected: true, uses_distance_learning: true, programs: [general]}}
people:
  - {{ref: p_teacher, roles: [teacher, employee], status: active, bound: true}}
  - {{ref: p_parent, roles: [parent], status: active, bound: true, phone_match: mismatch}}
guardians:
  - {{ref: g_parent, class: c_5b, max_status: refused, channels: [{{kind: email}}], channels_coverage: complete}}
classes:
  - {{ref: c_5b, grade: 5, program: general}}
chats:
  - ref: h_5b
    platform: vk_messenger
    class: c_5b
    kind: class
    created_on: 2022-08-01
    transferred_on: 2022-08-01
    last_message_on: 2022-08-20
    invitations: [{{person: p_parent, wants_chat: true, invited_on: never, joined_on: never}}]
    invitations_coverage: complete
uses:
  - {{ref: u_homework, service: whatsapp, actor: employee_on_duty, counterpart: [parents], purpose: teaching,
      direction: outgoing, first_on: 2022-08-01, last_on: ongoing}}
documents:
  - {{ref: d_order, kind: communication_order, in_force_from: 2022-08-01, in_force_through: open_ended}}
services:
  - {{service: max, purpose: messaging}}
activity:
  - {{role: teachers, period: {last_month}}}
  - {{role: teachers, period: {this_month}}}
coercion_events:
  - {{kind: pressure, on: {as_of}}}
"""


def _in_force(names: frozenset[str], day: date) -> frozenset[str]:
    """The named policies that say anything of the school on a day but that they are not in force."""
    before = day.replace(day=1) - DAY
    text = SCHOOL.format(as_of=day, this_month=f"{day:%Y-%m}", last_month=f"{before:%Y-%m}")
    results = judged(snapshot_of(text.encode(), "school.yaml"), names)
    silent = names - {result["policy"] for result in results}
    assert not silent, f"nothing to judge for {sorted(silent)}"
    return frozenset(result["policy"] for result in results if result["reason"] != "not_in_force")


def _months() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day = (day + 31 * DAY).replace(day=1)


def _turning_day(name: str, before: date, after: date) -> date:
    """The first day on which a policy is what it is on `after` and is not on `before`."""
    names = frozenset([name])
    wanted = _in_force(names, after)
    while (after - before).days > 1:
        middle = before + (after - before) // 2
        if _in_force(names, middle) == wanted:
            after = middle
        else:
            before = middle
    return after


@functools.cache
def _walk() -> dict[str, Any]:
    names = frozenset(policy.id for policy in library().policies.policies())
    months: dict[str, dict[str, list[str]]] = {}
    days: dict[str, dict[str, str]] = {}
    last, known = FIRST, _in_force(names, FIRST)
    for day in list(_months())[1:]:
        now = _in_force(names, day)
        if now != known:
            changes = {"now_in_force": sorted(now - known), "no_longer": sorted(known - now)}
            months[f"{day:%Y-%m}"] = {word: found for word, found in changes.items() if found}
        for name in sorted(now - known):
            days.setdefault(name, {})["first_day"] = _turning_day(name, last, day).isoformat()
        for name in sorted(known - now):
            days.setdefault(name, {})["last_day"] = (_turning_day(name, last, day) - DAY).isoformat()
        last, known = day, now
    from_the_start = sorted(_in_force(names, FIRST))
    never = sorted(names - set(days) - set(from_the_start))
    return {"from_the_start": from_the_start, "never": never, "months": months, "days": dict(sorted(days.items()))}


def _written(walk: dict[str, Any]) -> str:
    lines = [f"from_the_start: [{', '.join(walk['from_the_start'])}]", f"never: [{', '.join(walk['never'])}]"]
    lines += ["months:"]
    for month, changes in walk["months"].items():
        lines.append(f"  {month}:")
        for word, names in changes.items():
            lines.append(f"    {word}:")
            lines += [f"      - {name}" for name in names]
    lines += ["days:"]
    for name, days in walk["days"].items():
        lines.append(f"  {name}: {{{', '.join(f'{word}: {day}' for word, day in days.items())}}}")
    return HEAD + "\n".join(lines) + "\n"


def test_policies_begin_and_end_when_the_catalogue_says() -> None:
    if os.environ.get("SVERKA_UPDATE") == "1":
        (HERE / PINNED).write_text(_written(_walk()), encoding="utf-8")
    assert stated(PINNED) == _walk()


@pytest.mark.parametrize("name", sorted(stated(PINNED)["days"]) if (HERE / PINNED).exists() else [])
def test_a_policy_is_silent_the_day_before_and_the_day_after(name: str) -> None:
    days, names = stated(PINNED)["days"][name], frozenset([name])
    if "first_day" in days:
        first = date.fromisoformat(days["first_day"])
        assert (_in_force(names, first - DAY), _in_force(names, first)) == (frozenset(), names)
    if "last_day" in days:
        last = date.fromisoformat(days["last_day"])
        assert (_in_force(names, last), _in_force(names, last + DAY)) == (names, frozenset())
