"""A small world for duties that can't all be met: given facts and decisions of each kind, lists that are given or
not, and rules as duties.

A `Rule` is engaged by what it says of given facts between two days and demands something of decisions; `duty` makes
of it what `prove` makes of a norm.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from worlds import TOY, read

from validator.interpreters.smt.duties import Clash, Duty, Search
from validator.interpreters.smt.query import (
    ForEvery,
    ForSome,
    Query,
    Setting,
    organization,
    organization_mode,
    surely,
    surely_not,
)
from validator.interpreters.smt.replay import holds, snapshot_of
from validator.interpreters.strategies import subject_of
from validator.language.vocabulary import ROOT, read_vocabulary
from validator.logic.expr import AllOf, AsOf, Compare, Condition, Literal, Not
from validator.logic.values import Order

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
GIVEN, OWN = "given", "controlled"


def _field(kind: str, role: str, **more: Any) -> dict[str, Any]:
    """A field as the schema writes it."""
    said = {"title": "Поле", "x-title-en": "Field", "description": "Поле.", "x-description-en": "Field."}
    return {**said, "x-type": kind, "x-role": role, "x-pd": "none", **more}


def _words(role: str, *words: str) -> dict[str, Any]:
    return _field("enum", role, type="string", enum=[*words], **{"x-values": _named(words)})


def _named(words: Sequence[str]) -> dict[str, dict[str, str]]:
    return {word: {"ru": word, "en": word} for word in words}


def _set(role: str, *words: str) -> dict[str, Any]:
    items = {"type": "string", "x-type": "enum", "x-values": _named(words), "enum": [*words]}
    return _field("set", role, type="array", uniqueItems=True, items=items)


def _record(fields: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": fields, "required": [*required]}


def _list(role: str, scope: str, fields: dict[str, Any], coverage: str, *required: str) -> dict[str, Any]:
    items = _record(fields, *required)
    return _field("list", role, type="array", items=items, **{"x-scope": scope, "x-coverage": coverage})


def _ref(letter: str) -> dict[str, Any]:
    return _field("id", OWN, type="string", pattern=f"^{letter}_[a-z0-9]{{1,60}}$", **{"x-identity": True})


def _to(role: str, target: str) -> dict[str, Any]:
    return _field("ref", role, type="string", **{"x-target": target})


_COMPLETE = {"enum": ["complete", "partial", "unknown"]}
_BOUNDS = {"x-bounds": {"at_least": 0}}
_PUPILS = {"new": _field("boolean", GIVEN, type="boolean"), "seat": _field("boolean", OWN, type="boolean")}
_CLASSES = {
    "ref": _ref("c"),
    "grade": _field("integer", GIVEN, type="integer", **_BOUNDS),
    "plan": _words(OWN, "short", "long"),
    "lead": _to(OWN, "people"),
    "pupils": _list(GIVEN, "pupil", _PUPILS, "pupils_coverage"),
    "pupils_coverage": _field("coverage", OWN, **_COMPLETE),
}
_WINDOWS = {"north": _field("boolean", GIVEN, type="boolean"), "barred": _field("boolean", OWN, type="boolean")}
_ROOMS = {
    "ref": _ref("r"),
    "big": _field("boolean", GIVEN, type="boolean"),
    "lit": _field("boolean", OWN, type="boolean"),
    "windows": _list(GIVEN, "window", _WINDOWS, "windows_coverage"),
    "windows_coverage": _field("coverage", OWN, **_COMPLETE),
}
_PEOPLE = {
    "ref": _ref("p"),
    "trained": _field("boolean", OWN, type="boolean"),
    "buddy": _to(OWN, "people"),
}
_ORGANIZATION = {
    "inn": _field("id", GIVEN, type="string"),
    "region": _field("id", GIVEN, type="string"),
    "kind": _words(GIVEN, "school", "club", "office"),
    "paid": _field("boolean", GIVEN, type="boolean"),
    "langs": _set(GIVEN, "one", "two"),
    "beds": _field("integer", GIVEN, type="integer", **_BOUNDS),
    "part": _field("decimal", GIVEN, type="string"),
    "since": _field("date", GIVEN, type="string", format="date"),
    "host": _to(GIVEN, "classes"),
    "public_share": _field("record", GIVEN, **_record({})),
    "open": _field("boolean", OWN, type="boolean"),
    "quiet": _field("boolean", OWN, type="boolean"),
    "tone": _words(OWN, "low", "middle", "high"),
    "tools": _set(OWN, "saw", "pen"),
    "seats": _field("integer", OWN, type="integer", **_BOUNDS),
    "checked": _field("date", OWN, type="string", format="date"),
}
_DOCUMENT = _record(
    {
        "schema": _field("id", OWN, const="sverka.snapshot/1"),
        "as_of": _field("date", OWN, type="string", format="date"),
        "coverage": _field("coverage", OWN, **_record(dict.fromkeys(("classes", "rooms", "people"), _COMPLETE))),
        "organization": _field("record", OWN, **_record(_ORGANIZATION, "inn", "region", "kind")),
        "classes": _list(GIVEN, "class", _CLASSES, "coverage.classes", "ref"),
        "rooms": _list(OWN, "room", _ROOMS, "coverage.rooms", "ref"),
        "people": _list(OWN, "person", _PEOPLE, "coverage.people", "ref"),
    },
    *("schema", "as_of", "organization"),
)
WORLD = TOY._replace(vocabulary=read_vocabulary(json.dumps({**_DOCUMENT, "$defs": {}}).encode()))


def setting(first: date = FIRST, last: date = LAST) -> Setting:
    """A setting of which nothing is known yet."""
    return Setting(WORLD.vocabulary, WORLD.names, first=first, last=last)


def between(first: date | None, last: date | None) -> Condition:
    """That the day of the snapshot lies between two days, both included."""
    ends = ((first, Order.ON_OR_AFTER), (last, Order.ON_OR_BEFORE))
    return AllOf(tuple(Compare(AsOf(), order, Literal(day)) for day, order in ends if day is not None))


class Rule(NamedTuple):
    """What is demanded (`must`) where and when (`when`, `first` to `last`) of what (`about`).

    A rule about things that the organization decides to have is engaged on its days, whatever it has.
    """

    when: dict[str, Any]
    must: dict[str, Any]
    first: date | None = None
    last: date | None = None
    about: str = ROOT


def duty(rule: Rule) -> Duty:
    """A rule as a duty."""
    subject = subject_of(WORLD, rule.about)
    mode = organization_mode(WORLD.policies, subject)
    days = between(rule.first, rule.last)
    when, must = read(WORLD, rule.about, rule.when), read(WORLD, rule.about, rule.must)
    wrong = AllOf((days, when, Not(must)))
    if rule.about.partition(".")[0] in ("rooms", "people"):
        guard = surely(days, organization_mode(WORLD.policies, organization(WORLD.vocabulary)))
    else:
        guard = ForSome(subject, surely(AllOf((days, when)), mode))
    return Duty(
        str(rule.must),
        guard,
        ForEvery(subject, surely_not(wrong, mode)),
        ForSome(subject, surely(wrong, mode)),
        ForEvery(subject, surely_not(AllOf((when, Not(must))), mode)),
    )


def said(structure: dict[str, Any], about: str = ROOT) -> Query:
    """That a condition surely holds of some item."""
    subject = subject_of(WORLD, about)
    mode = organization_mode(WORLD.policies, subject)
    return ForSome(subject, surely(read(WORLD, about, structure), mode))


def confirm(search: Search, duties: Sequence[Duty], where: Setting) -> None:
    """That each snapshot shows its clash: the group is engaged, all but the last are met, the last is not."""
    for clash in search.clashes:
        assert clash.document is not None, clash
        snapshot = snapshot_of(where, clash.document)
        group = [duties[index] for index in clash.group]
        assert all(holds(snapshot, one.guard) for one in group), clash
        assert [holds(snapshot, one.met) for one in group] == [True] * (len(group) - 1) + [False], clash
        assert clash.first <= snapshot.as_of <= clash.last, clash


def groups(search: Search) -> list[tuple[int, ...]]:
    """The groups in an order of their own."""
    return sorted(clash.group for clash in search.clashes)


def by_group(search: Search) -> dict[tuple[int, ...], Clash]:
    """The clashes by their groups, which are all different."""
    found = {clash.group: clash for clash in search.clashes}
    assert len(found) == len(search.clashes)
    return found
