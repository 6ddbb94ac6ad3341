"""Quick checks of the replay: questions about one snapshot and about two, answered by the ordinary evaluator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from worlds import TOY, read, snapshot_of

from validator.interpreters.smt import replay
from validator.interpreters.smt.query import (
    Both,
    Either,
    ForEvery,
    ForSome,
    Mode,
    Negated,
    Other,
    Query,
    Setting,
    Switch,
    Then,
    organization_mode,
    surely,
    surely_not,
)
from validator.interpreters.smt.replay import holds, players, record_at
from validator.interpreters.strategies import subject_of
from validator.logic.expr import Field
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Window
from validator.logic.problem import InputError

MORE = Other.MORE_FACTS
ORGANIZATION = {"inn": "7800000002", "region": "50", "kind": "school"}
COMPLETE = {"people": "complete", "teams": "complete"}


def _snapshot(*people: dict[str, Any], **organization: Any) -> Snapshot:
    document: dict[str, Any] = {
        "schema": "sverka.snapshot/1",
        "as_of": "2025-09-25",
        "organization": {**ORGANIZATION, **organization},
        "people": [{"ref": f"p_{number}", **person} for number, person in enumerate(people)],
        "coverage": COMPLETE,
    }
    return snapshot_of(TOY, document)


def _mode(path: str) -> Mode:
    return organization_mode(TOY.policies, subject_of(TOY, path))


PEOPLE, WHOLE = _mode("people"), _mode("organization")
FIRST = _snapshot({"status": "active", "load": 1}, {"status": "left", "load": 2}, bound=True)
SECOND = _snapshot({"status": "active", "load": 2}, {"status": "left", "load": 3}, bound=False)


def _of_person(structure: dict[str, Any], item: str = "one") -> Query:
    return surely(read(TOY, "people", structure), PEOPLE, item)


def _bound(value: bool) -> Query:
    return surely(read(TOY, "organization", {"bound": value}), WHOLE)


def _some(body: Query, item: str = "one") -> Query:
    return ForSome(PEOPLE.subject, body, item)


def _every(body: Query, item: str = "one") -> Query:
    return ForEvery(PEOPLE.subject, body, item)


LOADED = _some(_of_person({"load": 3}))
LATER = Then(_bound(False), MORE)
GROWN = Then(_of_person({"load": 2}), MORE)  # of a person in the second snapshot
# Questions about the first snapshot with the second beside it, and the answers.
ANSWERS: tuple[tuple[Query, bool], ...] = (
    (_bound(True), True),
    (_bound(False), False),
    (LOADED, False),
    (Then(LOADED, MORE), True),
    (LATER, True),
    (Then(_bound(True), MORE), False),
    (Negated(LATER), False),
    (Both((_bound(True), LATER)), True),
    (Both((LATER, _bound(False))), False),
    (Both(()), True),
    (Either((_bound(False), LATER)), True),
    (Either((_bound(False), Then(_bound(True), MORE))), False),
    (Either(()), False),
    (Switch("s", LATER), True),
    (Switch("s", Negated(LATER)), False),
    (_some(Switch("s", Both((_of_person({"status": "active"}), GROWN)))), True),
    (_some(Switch("s", _of_person({"load": 3}))), False),
    (_some(Both((_of_person({"status": "left"}), GROWN))), False),
    (_every(Then(_of_person({"load": {"at_least": 2}}), MORE)), True),
    (_every(GROWN), False),
    (surely_not(read(TOY, "organization", {"bound": False}), WHOLE), True),
    (surely_not(read(TOY, "organization", {"bound": True}), WHOLE), False),
    (_some(Negated(_of_person({"load": {"at_most": 1}}))), True),
    (_some(Negated(_of_person({"load": {"at_least": 1}}))), False),
    (_every(_of_person({"load": 1})), False),
    (_some(_some(Both((_of_person({"load": 2}), Then(_of_person({"load": 2}, "two"), MORE))), "two")), True),
)


def check_answers() -> None:
    """What a question about two snapshots is answered."""
    for number, (query, answer) in enumerate(ANSWERS):
        assert holds(FIRST, query, then={MORE: SECOND}) is answer, number
    person = next(iter(FIRST.items("people"))).__iter__().__next__()
    env = {"organization": FIRST.root, "person": person}
    assert holds(FIRST, Switch("s", _of_person({"load": 1})), {"one": env})
    assert holds(FIRST, Switch("s", GROWN), {"one": env}, {MORE: SECOND})
    assert holds(FIRST, _bound(True), {"item": env})  # any name will do for the organization


def check_judged_day() -> None:
    """Dated data are read on the day that the window of the mode says."""
    shape = PEOPLE.subject.shape.fields["last_on"]
    dated = replace(PEOPLE, window=Window(judged_through=Field("person", ("last_on",), shape)))
    new = read(TOY, "people", {"load": {"at_least": {"param": "within"}}})  # 1 until 23 September, 2 from then on
    early, late = ({"load": 1, "last_on": day} for day in ("2025-09-23", "2025-09-25"))
    for mode, person, answer in (
        (dated, early, True),
        (dated, late, False),
        (PEOPLE, early, False),
    ):
        assert holds(_snapshot(person), ForSome(mode.subject, surely(new, mode))) is answer


LOAD_TWO, LEFT, GROWN_TWO = (
    _of_person({"load": 2}),
    _of_person({"status": "left"}),
    Then(_of_person({"load": 2}, "two"), MORE),
)
SECOND_FIRST = {"one": "people[1]", "two": "people[0]"}
# Who plays the parts of a question, the first that can. Inside of a part its item is known to the others.
PLAYED: tuple[tuple[Query, dict[str, str]], ...] = (
    (_some(LOAD_TWO), {"one": "people[1]"}),
    (_some(_of_person({"load": 7})), {}),
    (_some(GROWN), {"one": "people[0]"}),
    (_some(Then(_of_person({"load": 3}), MORE)), {"one": "people[1]"}),
    (_some(_some(Both((LOAD_TWO, GROWN_TWO)), "two")), SECOND_FIRST),
    (Both((_some(LOAD_TWO), _some(GROWN_TWO, "two"))), SECOND_FIRST),
    (Either((_some(_of_person({"load": 7})), _some(GROWN_TWO, "two"))), {"two": "people[0]"}),
    (Either((LATER, _some(LOAD_TWO))), {}),
    (Either((_bound(False),)), {}),
    (Negated(_some(LOAD_TWO)), {}),
    (_every(_of_person({"load": {"at_least": 1}})), {}),
    (_some(Both((LOAD_TWO, _some(LEFT, "two")))), SECOND_FIRST),
    (_some(Either((_of_person({"load": 9}), _some(LEFT, "two")))), SECOND_FIRST),
    (_some(Either((_some(GROWN, "two"),))), {"one": "people[0]", "two": "people[0]"}),
)


def check_players() -> None:
    """Who is named for a question."""
    for number, (query, parts) in enumerate(PLAYED):
        assert players(FIRST, query, then={MORE: SECOND}) == parts, number


def check_places() -> None:
    """Items are found by their places."""
    tasks = [{"points": 1}, {"points": 2}]
    snapshot = _snapshot({"load": 1}, {"load": 2, "tasks": tasks, "tasks_coverage": "complete"})
    assert record_at(snapshot, "people[1].tasks[0]").values["points"] == 1
    assert record_at(snapshot, "people[0]").values["load"] == 1
    with pytest.raises(IndexError):
        record_at(snapshot, "people[2]")


def check_reading() -> None:
    """A witness is read as any other snapshot; what the reader refuses is told with its name."""
    setting = Setting(TOY.vocabulary, TOY.names)
    document: Any = {"schema": "sverka.snapshot/1", "as_of": "2025-09-25", "organization": ORGANIZATION}
    found = replay.snapshot_of(setting, {**document, "people": [{"ref": "p_1", "service": "Альфа"}]})
    assert [item.values["service"] for items in found.items("people") for item in items] == ["alpha"]
    with pytest.raises(InputError) as caught:
        replay.snapshot_of(setting, {"schema": "sverka.snapshot/1"})
    assert {problem.span.file for problem in caught.value.problems if problem.span} == {"witness.json"}


CHECKS: dict[str, Callable[[], None]] = {
    "replay: answers": check_answers,
    "replay: judged day": check_judged_day,
    "replay: players": check_players,
    "replay: places": check_places,
    "replay: reading": check_reading,
}
