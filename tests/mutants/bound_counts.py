"""Quick checks of counts and shares: on either side of a comparison, and where a part of it is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import counting
from bound_asked import OF_ORGANIZATION
from bound_limits import MIRRORED
from differential import Trial, trial
from smt_pairs import Kept, differences
from worlds import AS_OF, INN, TOY, read, snapshot_of

from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.query import Setting, surely
from validator.logic.expr import NOWHERE, TRUE, Compare, Condition, Field, Literal, Ratio
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, PolicySet, Reading, Subject, Window
from validator.logic.problem import Span
from validator.logic.proof import Status
from validator.logic.text import Text
from validator.logic.values import Order

Structure = dict[str, Any]
ORDERS = counting.ORDERS
KEPT: dict[str, Kept] = {}


def _norms(conditions: Mapping[str, tuple[str, Condition]], *readings: Reading) -> PolicySet:
    """An obligation for each condition."""
    some = counting.policies()
    norm = next(iter(some.norms.values()))
    norms = {}
    for name, (path, condition) in conditions.items():
        subject = Subject(path, TOY.vocabulary.scopes_of(path), TOY.vocabulary.record_of(path))
        clauses = Clauses(subject, Window(), TRUE, condition, ())
        norms[name] = replace(norm, id=name, clauses=(clauses,), readings=readings)
    return replace(some, norms=norms)


def _agree(name: str, policies: PolicySet, documents: list[Structure]) -> None:
    """That the formulas of all norms say of the facts what the reference says, which is kept under a name."""
    if name not in KEPT:
        snapshots = [(snapshot_of(TOY, document), AS_OF) for document in documents]
        KEPT[name] = Kept({0: Trial(TOY, policies, snapshots)}, {})
    assert differences(0, Counter(), KEPT[name]) == []


def _document(*people: Structure, **said: Any) -> Structure:
    named = [{"ref": f"p_{number}", **person} for number, person in enumerate(people, 1)]
    organization = {"inn": INN, "region": "50", "kind": "office"}
    return {
        "schema": "sverka.snapshot/1",
        "as_of": AS_OF.isoformat(),
        "organization": organization,
        "people": named,
        **said,
    }


def _share(part: str, whole: str, order: str, operand: Any) -> Structure:
    return {"ratio": {"of": part, "to": whole, order: operand}}


# --- the other side --------------------------------------------------------------------------------------------


def check_mirrored() -> None:
    """A count or a share may stand on the right."""
    if "mirrored" not in KEPT:
        found: dict[str, tuple[str, Condition]] = {}
        for name, (path, structure) in counting.conditions().items():
            condition = read(TOY, path, structure)
            assert isinstance(condition, Compare)
            found[name] = path, Compare(condition.right, MIRRORED[condition.order], condition.left)
        KEPT["mirrored"] = Kept({0: trial(2)._replace(policies=_norms(found))}, {})
    assert differences(0, Counter(), KEPT["mirrored"]) == []


def check_two_counts() -> None:
    """One count is compared with another."""
    active, away = (
        read(TOY, "organization", {"people": {"count": {"of": {"status": word}, "is": 1}}})
        for word in ("active", "away")
    )
    assert isinstance(active, Compare)
    assert isinstance(away, Compare)
    found: dict[str, tuple[str, Condition]] = {
        order.value: ("organization", Compare(active.left, order, away.left)) for order in MIRRORED
    }
    complete = {"coverage": {"people": "complete"}}
    groups = [["active"], ["away"], ["active", "away"], ["active", "active", "away"], ["away", "unknown"], []]
    documents = [
        _document(*({"status": status} for status in group), **coverage)
        for group in groups
        for coverage in (complete, {})
    ]
    _agree("two counts", _norms(found), documents)


# --- what is not known -----------------------------------------------------------------------------------------


def check_open_shares() -> None:
    """A whole without an upper end makes a share as small as one likes, but never nought."""
    found: dict[str, tuple[str, Condition]] = {
        f"{order} {number}": ("people", read(TOY, "people", _share("load", "rank", order, number)))
        for order in ORDERS
        for number in ("0.5", 0, 100)
    }
    people = [
        {"load": 5},
        {"load": 0},
        {"load": -5},
        {"rank": 1},
        {"load": 5, "rank": 1},
        {"load": 5, "places": 10},
        {"load": 1, "rank": 200, "places": 300},
        {"load": 5, "rank": 5, "places": 5},
        {},
    ]
    _agree("open shares", _norms(found), [_document(*people[:3]), _document(*people[3:6]), _document(*people[6:])])


def check_shares_and_fields() -> None:
    """A share is compared with a field: with one that only has bounds, and with one of which nothing is known."""
    grade, load = {"field": "person.grade"}, {"field": "person.load"}
    bounded: dict[str, tuple[str, Condition]] = {
        order: ("people", read(TOY, "people", _share("load", "rank", order, grade))) for order in ORDERS
    }
    exact = {"rank": 5, "places": 5}
    people = [
        {"load": 0, **exact},
        {"load": 0, "grade": 0, **exact},
        {"load": 1, "grade": 4, **exact},
        {"load": -1, "grade": 0, **exact},
    ]
    _agree("fields with bounds", _norms(bounded), [_document(*people[:2]), _document(*people[2:])])
    free: dict[str, tuple[str, Condition]] = {
        order: ("people.tasks", read(TOY, "people.tasks", _share("points", "weight", order, load)))
        for order in ORDERS
    }
    # The largest number there is, and a whole that is smaller than any share of it.
    tiny = {"points": 2**53 - 1, "weight": "0.000001"}
    tasks: list[Structure] = [
        {"tasks": [tiny]},
        {"tasks": [tiny, {"points": 3}], "load": 3},
        {"tasks": [{"points": 3, "weight": "100"}], "load": 3},
        {"tasks": [{"points": 3, "weight": "0"}, {"points": 3, "weight": "-1"}], "load": 3},
    ]
    _agree("fields without", _norms(free), [_document(*tasks[:2]), _document(*tasks[2:])])


def check_shares_and_readings() -> None:
    """A share is compared with what the reading has instead of a parameter."""
    found: dict[str, tuple[str, Condition]] = {
        order: ("people", read(TOY, "people", _share("load", "rank", order, {"param": "half"}))) for order in ORDERS
    }
    shape = TOY.vocabulary.record_of("people").fields["grade"]
    people = [{"load": load, "rank": 100, "places": 100, "grade": 3} for load in (2, 3, 4, 49, 50, 51)]
    documents = [_document(*people[:3]), _document(*people[3:])]
    for operand in (Literal(3), Literal(50), Field("person", ("grade",), shape)):
        reading = Reading("other", True, None, NOWHERE, parameters={"half": operand})
        _agree(f"reading with {operand}", _norms(found, reading), documents)
    _agree("no reading", _norms(found), documents)


# --- what is not analysed --------------------------------------------------------------------------------------


def check_two_shares() -> None:
    """A comparison of two shares is named with its place, if it has one."""
    share = read(TOY, "organization", _share("budget", "budget", "at_least", 1))
    assert isinstance(share, Compare)
    assert isinstance(share.left, Ratio)
    setting = Setting(TOY.vocabulary, TOY.names)
    for span, place in ((NOWHERE, ""), (Span("policy.yaml", 3, 7, 3, 9), " policy.yaml:3:7")):
        two = Compare(share.left, Order.IS, share.left, span)
        answer = ask(setting, surely(two, OF_ORGANIZATION))
        assert answer.status is Status.NOT_ANALYSED
        assert answer.why == Text(f"сравнение двух долей{place}", f"a comparison of two shares{place}")
