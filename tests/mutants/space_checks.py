"""Quick checks of snapshots as formulas: what is kept between questions, how policies are put into questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import z3
from differential import trial
from toy_questions import LIMITS, PEOPLE, new_setting, of_person
from worlds import TOY, read

from validator.interpreters.readings import overrides_of, readings_of
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.codes import REFS
from validator.interpreters.smt.quantified import Quantified
from validator.interpreters.smt.query import (
    ITEM,
    Both,
    Definitely,
    Either,
    ForEvery,
    ForSome,
    Other,
    Query,
    Setting,
    Then,
    all_judged,
    complies,
    invariants,
    judged,
    organization,
    somewhere,
    surely,
    violated,
)
from validator.interpreters.smt.slots import Space
from validator.interpreters.strategies import subject_of
from validator.logic.frozen import replace
from validator.logic.policy import Definition, Modality, Norm, Subject
from validator.logic.proof import Status
from validator.logic.text import Text

# --- snapshots as formulas -------------------------------------------------------------------------------------

# Between them they have references, sets of references, sets, bounds between fields, words, texts and months.
ASKED: tuple[Query, ...] = (
    of_person({"team": {"open": True}, "all": [{"friends": {"contains_any": {"field": "person.friends"}}}]}),
    of_person({"rank": {"at_most": 3}, "all": [{"places": {"at_least": 2}}, {"first_on": {"known": True}}]}),
    of_person({"last_on": {"before": "2025-01-01"}, "all": [{"skill": "cook"}, {"service": "alpha"}]}),
    of_person({"tasks": {"some": {"helper": {"status": "left"}}}, "skills": {"contains": "cook"}}),
)


def check_new_spaces() -> None:
    """A snapshot is about no list and no other snapshot until a question is."""
    space = Space(new_setting())
    assert space.lists.slots(space.root, "people") == []
    assert space.asked == {}
    for found in (space, Quantified(new_setting())):
        assert found.root.label == "organization"
        assert found.root.here is True
        assert found.as_of.eq(z3.Int("as_of"))


def check_slots() -> None:
    """Items of a list have pseudonyms one after another; items within items have none."""
    space = Space(new_setting())
    space.begin({"people": 3, "people.tasks": 2})
    people = space.lists.slots(space.root, "people")
    assert [slot.index for slot in people] == [0, 1, 2]
    codes = [slot.code for slot in people]
    assert codes == [codes[0], codes[0] + 1, codes[0] + 2]
    assert codes[0] >= REFS
    assert [slot.parent for slot in people] == [None] * 3
    tasks = space.lists.slots(people[1], "people.tasks")
    assert [(slot.index, slot.code, slot.parent) for slot in tasks] == [(0, None, people[1]), (1, None, people[1])]
    assert space.lists.slots(people[1], "people.tasks") == tasks
    assert [space.lists.same_place(slot) for slot in (space.root, *people, *tasks)] == [space.root, *people, *tasks]


def check_sizes() -> None:
    """A question about longer or shorter lists than the one before is put as if it were the first."""
    setting = new_setting()
    kept = Space(setting)
    for sizes in ({}, {"people": 1}, {"people": 2, "people.tasks": 1}, {"people": 1, "teams": 1}, {"teams": 2}):
        for query in ASKED:
            assert _put(kept, query, sizes) == _put(Space(setting), query, sizes), sizes


def _put(space: Space, query: Query, sizes: dict[str, int]) -> list[str]:
    space.begin(sizes)
    formulas = [space.formula(query)]
    formulas += space.soundness([*space.encoder.touched])
    return [one if isinstance(one, bool) else one.sexpr() for one in formulas]


def check_kept_formulas() -> None:
    """What makes a fact sound is written once; another text in a question changes only what may hold texts."""
    space = Space(new_setting())
    space.begin({"people": 2, "people.tasks": 1, "teams": 1})
    for query in ASKED:
        space.formula(query)
    touched = [*space.encoder.touched]
    first = space.soundness(touched)
    once = {id(formula) for formula in first}
    again = space.soundness(touched)
    new = [formula for formula in again if id(formula) not in once]
    # Anew come the range of days, that the first of two people comes first, and that tasks are within people.
    anew = 4
    assert len([formula for formula in new if formula is not True]) == anew
    more = space.soundness([*touched, space.encoder.codes.of("another text")])
    fresh = [formula.sexpr() for formula in more if id(formula) not in once and not isinstance(formula, bool)]
    services = [text for text in fresh if ".service|" in text]
    assert (len(fresh), len(services)) == (anew + 2, 2)


def check_days_of_the_setting() -> None:
    """The first day that a setting allows is allowed, and so is the last."""
    day = date(2031, 3, 1)
    answer = ask(Setting(TOY.vocabulary, TOY.names, first=day, last=day), of_person({"load": 1}), limits=LIMITS)
    assert answer.witness is not None
    assert answer.witness.document["as_of"] == "2031-03-01"


def check_bounds_of_items() -> None:
    """What binds two fields binds those of one item, not those of different ones."""
    apart = Both((of_person({"rank": 5}), of_person({"places": 2})))
    assert ask(new_setting(), apart, limits=LIMITS).status is Status.WITNESS
    assert ask(new_setting(), of_person({"rank": 5, "places": 2}), limits=LIMITS).status is Status.PROVED


def check_two_parts_about_more_facts() -> None:
    """All parts of a question that speak of another snapshot speak of the same one."""
    later = [
        Then(surely(read(TOY, "people", said), PEOPLE), Other.MORE_FACTS)
        for said in ({"rank": 3}, {"places": {"known": True}}, {"skill": "cook"})
    ]
    open_ = {"not": {"rank": {"known": True}}}
    query = ForSome(PEOPLE.subject, Both((surely(read(TOY, "people", open_), PEOPLE), *later)))
    answer = ask(new_setting(), query, limits=LIMITS)
    assert answer.witness is not None
    then: Any = answer.witness.then
    assert then["people"] == [{"ref": "p_1", "rank": 3, "places": 3, "skill": "cook"}]


# --- policies as questions -------------------------------------------------------------------------------------


def check_parts() -> None:
    """A policy is judged on each of its lists under each of its readings."""
    several = 0
    for seed in range(6):
        policies = trial(seed).policies
        for policy in policies.policies():
            lists = policy.clauses if isinstance(policy, Norm) else (None,)
            found = all_judged(policies, policy)
            wanted = [
                (None if clauses is None else clauses.subject.path, overrides_of(*readings))
                for clauses in lists
                for readings in readings_of(policy)
            ]
            assert [
                (part.subject.path if isinstance(policy, Norm) else None, part.mode.overrides) for part in found
            ] == wanted
            assert judged(policies, policy).mode.overrides == overrides_of(*readings_of(policy)[0])
            several += len(found) > 1
    assert several > 3
    norms = [norm for seed in range(6) for norm in trial(seed).policies.norms.values()]
    one, other = (next(n for n in norms if n.clauses[0].subject.path == path) for path in ("people", "teams"))
    both = replace(one, clauses=(*one.clauses, *other.clauses))
    parts = all_judged(TOY.policies, both)
    paths = [part.subject.path for part in parts]
    assert paths == ["people"] * (len(paths) // 2) + ["teams"] * (len(paths) // 2)
    assert judged(TOY.policies, both, other.clauses[0]).subject.path == "teams"
    assert judged(TOY.policies, both).subject.path == "people"


def _says(query: Query) -> list[tuple[str, bool]]:
    match query:
        case Both(parts) | Either(parts):
            return [one for part in parts for one in _says(part)]
        case Definitely(_, truth, _, item):
            return [(item, truth)]
        case _:
            return []


def check_names_of_items() -> None:
    """What is asked of a policy is asked of the item that is named, of the usual one without a name."""
    permissions = 0
    for seed in range(12):
        policies = trial(seed).policies
        for norm in policies.norms.values():
            part = judged(policies, norm)
            permission = norm.modality is Modality.PERMISSION
            permissions += permission
            assert _says(violated(part, "one")) == ([] if permission else [("one", True)])
            assert _says(violated(part)) == ([] if permission else [(ITEM, True)])
            assert _says(complies(part, "one")) == [("one", False), *([("one", True)] if permission else [])]
            assert _says(complies(part)) == [(ITEM, False), *([(ITEM, True)] if permission else [])]
            if not permission:
                asked = violated(part)
                assert isinstance(asked, Definitely)
                assert (asked.condition, asked.mode) == (part.verdict, part.mode)
            some = somewhere(part, Both(()), "one")
            assert isinstance(some, ForSome)
            assert (some.subject, some.item) == (part.subject, "one")
            assert getattr(somewhere(part, Both(())), "item", "") == ITEM
    assert permissions > 2


def check_invariants() -> None:
    """An invariant binds every item, and those that are told of its definitions and its list."""
    when = read(TOY, "people", {"tasks": {"no": {"meets": "TASK-DUE"}}})
    rule = Definition("R", Text("", ""), "people", ("person",), when, (), when.span)
    setting = Setting(TOY.vocabulary, TOY.names, (rule,), TOY.policies)
    due = of_person({"tasks": {"some": {"meets": "TASK-DUE"}}})
    assert ask(new_setting(), due, limits=LIMITS).status is Status.WITNESS
    assert ask(setting, due, limits=LIMITS).status is Status.PROVED
    assert ask(setting, of_person({"status": "left"}), limits=LIMITS).status is Status.WITNESS
    asked = invariants(setting)
    assert isinstance(asked, Both)
    (of_people,) = asked.parts
    assert isinstance(of_people, ForEvery)
    assert of_people.subject == subject_of(TOY, "people")
    assert of_people.subject.shape is TOY.vocabulary.record_of("people")
    assert invariants(new_setting()).parts == ()
    assert organization(TOY.vocabulary) == Subject("organization", (), TOY.vocabulary.root)
    assert organization(TOY.vocabulary).shape is TOY.vocabulary.root


CHECKS: dict[str, Callable[[], None]] = {
    "space: new": check_new_spaces,
    "space: slots": check_slots,
    "space: sizes": check_sizes,
    "space: kept formulas": check_kept_formulas,
    "policies: parts": check_parts,
    "policies: names of items": check_names_of_items,
    "policies: invariants": check_invariants,
    "space: days": check_days_of_the_setting,
    "space: bounds of items": check_bounds_of_items,
    "space: two parts about more facts": check_two_parts_about_more_facts,
}
