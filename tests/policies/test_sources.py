"""The acts and the policies say the same of one another: what covers a place, and what rests on it.

A place lists everything that cites it. It may list more: what rests on it through a definition, a register or
a parameter, what covers a part of it, and, where it only retells another act, what that act is covered by.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from shipped import library

from validator.journeys.catalogue import DESIGN, Place, citations, known_ids, places
from validator.logic.expr import Condition, ListedIn, Meets, ParameterValue, Term, terms_of, walk
from validator.logic.policy import Norm, Policy, PolicySet, Window

# What the product keeps without a policy of its own: a rule of the reader of snapshots.
FACTS = {"PD-MIN": "the reader of snapshots refuses personal data"}
# Places that are covered by what rests on another text, with the ground.
ELSEWHERE = {
    ("khabarovsk-nikolaevsk-01-15-1250", "абз. 7"): (
        {"XF-AUTO", "XF-OBS"},
        "the promise to keep chats yields to the list of exclusions in the answers to questions (C13)",
    ),
    ("khabarovsk-nikolaevsk-01-15-1250", "абз. 12"): (
        {"US-DESK"},
        "the advice to offer the desktop version rests on the answers to questions",
    ),
    ("spb-roadmap-2025", "весь текст"): ({"RM-END"}, "the stages of the roadmap are known from the slides only"),
    ("sverka-design", "отечественные сервисы"): ({"PL-SFERUM"}, "names of services are resolved by the register"),
}
# Forces of documents that retell acts: slides, answers to questions, newspapers.
RETELLING = ("guidance", "press")
PLACES = places(library().policies)


def _name(place: Place) -> str:
    return f"{place.act.id}: {place.clause.at}"


@functools.cache
def _cited_by() -> dict[tuple[str, str], frozenset[str]]:
    """What cites each place; of a decision its criteria too, each by its own name."""
    found: dict[tuple[str, str], set[str]] = {}
    for owner, kind, name, citation, _ in citations(library().policies):
        citing = {owner, name} if kind == "criterion" else {owner}
        found.setdefault((citation.act, citation.at), set()).update(citing)
    return {place: frozenset(names) for place, names in found.items()}


def _citing(place: Place) -> frozenset[str]:
    return _cited_by().get((place.act.id, place.clause.at), frozenset())


@functools.cache
def _rests_on(name: str) -> frozenset[str]:
    """The definitions, registers and parameters that a policy or definition uses, also in its readings."""
    policies = library().policies
    found: set[str] = set()
    for used in _used(policies, name):
        if used not in found:
            found |= {used} | _rests_on(used)
    return frozenset(found)


def _used(policies: PolicySet, name: str) -> Iterator[str]:
    if name in policies.definitions:
        yield from _used_by(policies.definitions[name].when)
    for policy in policies.policies():
        if isinstance(policy, Norm):
            if policy.id == name:
                yield from _used_by_policy(policy)
        elif policy.id == name or name in {c.id for c in (*policy.criteria, *policy.exclusions)}:
            yield from _used_by_policy(policy)


def _used_by_policy(policy: Policy) -> Iterator[str]:
    if isinstance(policy, Norm):
        for clauses in policy.clauses:
            yield from _used_by(
                clauses.applies_when, clauses.requirement, *(when for _, when in clauses.exceptions)
            )
            yield from _used_by_window(clauses.window)
    else:
        yield from _used_by(policy.applies_when, *(c.when for c in (*policy.criteria, *policy.exclusions)))
        yield from _used_by_window(policy.window)
    for reading in policy.readings:
        yield from (*reading.parameters, *reading.definitions.values(), *reading.registers.values())


def _used_by(*conditions: Condition) -> Iterator[str]:
    for node in (node for condition in conditions for node in walk(condition)):
        match node:
            case Meets():
                yield node.definition
            case ListedIn():  # what stands on another register of the family is known not to stand on this one
                registers = library().policies.registers
                family = registers[node.register].family
                yield from (name for name, register in registers.items() if register.family == family)
            case _:
                yield from _parameters(*terms_of(node))


def _used_by_window(window: Window) -> Iterator[str]:
    for term in (window.first, window.last):
        if term is not None:
            yield from _parameters(term, getattr(term, "day", term))


def _parameters(*terms: Term) -> Iterator[str]:
    yield from (term.name for term in terms if isinstance(term, ParameterValue))


def _part_of(place: Place, whole: Place) -> bool:
    same = place.act.id == whole.act.id and place.clause.at != whole.clause.at
    return same and place.clause.at.startswith(whole.clause.at)


def _decided_by(place: Place) -> set[str]:
    """The decisions that a place names by their criteria."""
    listed = set(place.clause.policies)
    decisions = library().policies.decisions.values()
    return {d.id for d in decisions if listed & {criterion.id for criterion in (*d.criteria, *d.exclusions)}}


def _wrong(names_of: Callable[[Place], AbstractSet[str]]) -> dict[str, list[str]]:
    found = {_name(place): sorted(names_of(place)) for place in PLACES}
    return {name: names for name, names in found.items() if names}


def _explained(place: Place, name: str) -> bool:
    """Whether something that does not cite a place may be said to cover it."""
    if name in FACTS or name in ELSEWHERE.get((place.act.id, place.clause.at), (set(), ""))[0]:
        return True
    if place.act.force.value in RETELLING and place.act.id != DESIGN:
        return True
    parts = [part for part in PLACES if _part_of(part, place) or _part_of(place, part)]
    through = _rests_on(name)
    return bool(through & _citing(place)) or any(({name} | through) & _citing(part) for part in parts)


def test_every_place_names_what_exists() -> None:
    known = known_ids(library().policies) | set(FACTS)
    assert _wrong(lambda place: set(place.clause.policies) - known) == {}
    assert {name for place in PLACES for name in place.clause.policies} >= set(FACTS)


def test_a_place_lists_whatever_rests_on_it() -> None:
    assert _wrong(lambda place: _citing(place) - set(place.clause.policies) - _decided_by(place)) == {}


def test_a_place_lists_nothing_that_has_no_part_in_it() -> None:
    def strangers(place: Place) -> set[str]:
        claimed = set(place.clause.policies) - _citing(place)
        return {name for name in claimed if not _explained(place, name)}

    assert _wrong(strangers) == {}


def _running_on(coverage: str) -> dict[str, list[str]]:
    running = {policy.id for policy in library().policies.policies()}
    return _wrong(lambda place: _citing(place) & running if place.clause.coverage == coverage else set())


def test_no_policy_in_force_rests_on_a_place_that_is_not_checkable() -> None:
    """Registers, parameters and definitions may: they are reference data."""
    running = {policy.id for policy in library().policies.policies()}
    assert (
        _wrong(lambda place: _citing(place) & running if place.clause.coverage == "not_checkable" else set()) == {}
    )


def test_only_drafts_and_missing_texts_are_pending() -> None:
    """What runs although its text is pending says so by a parameter gap: there is one such place."""
    assert _running_on("pending") == {"khabarovsk-nikolaevsk-01-15-1250: приложение": ["RM-KHAB"]}


def test_the_table_of_what_is_covered_elsewhere_is_not_longer_than_needed() -> None:
    there = {(place.act.id, place.clause.at): set(place.clause.policies) - _citing(place) for place in PLACES}
    assert {key: names - there[key] for key, (names, _) in ELSEWHERE.items() if names - there[key]} == {}
