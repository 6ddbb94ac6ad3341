"""Random rules, and what a look at every situation and every decision says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import combinations, product
from random import Random
from typing import Any

from clash_world import FIRST, LAST, Rule, by_group, confirm, duty, setting

from validator.interpreters.smt.contexts import clashes

Facts = dict[str, Any]
CUTS = (date(2025, 3, 1), date(2025, 9, 1))
STRETCHES = tuple(zip((FIRST, *CUTS), (*(cut - timedelta(days=1) for cut in CUTS), LAST), strict=True))
GIVEN: dict[str, tuple[Any, ...]] = {
    "kind": ("school", "club"),
    "paid": (False, True),
    "langs": ((), ("one",), ("two",), ("one", "two")),
}
DECIDED: dict[str, tuple[Any, ...]] = {
    "open": (False, True),
    "tone": ("low", "middle", "high"),
    "tools": ((), ("saw",), ("pen",), ("pen", "saw")),
}
ABOUT_GIVEN: tuple[Facts, ...] = (
    {"all": []},
    {"kind": "school"},
    {"kind": {"in": ["club", "office"]}},
    {"paid": True},
    {"paid": False},
    {"langs": {"contains": "one"}},
    {"not": {"langs": {"contains": "two"}}},
)
ABOUT_DECISIONS: tuple[Facts, ...] = (
    {"open": True},
    {"open": False},
    {"tone": "low"},
    {"tone": {"in": ["low", "high"]}},
    {"not": {"tone": "high"}},
    {"tools": {"contains": "pen"}},
    {"tools": {"contains": "saw"}},
    {"not": {"tools": {"contains": "saw"}}},
)


def rules(seed: int) -> list[Rule]:
    """A few rules."""
    choose = Random(seed)
    return [_rule(choose) for _ in range(choose.choice((4, 6, 8)))]


def _rule(choose: Random) -> Rule:
    first, last = sorted(choose.choices(range(3), k=2))
    when = choose.sample(ABOUT_GIVEN, choose.choice((1, 1, 2)))
    must = choose.sample(ABOUT_DECISIONS, choose.choice((1, 1, 2)))
    if choose.random() < 0.3:
        must.append(choose.choice(ABOUT_GIVEN))
    wanted = {choose.choice(("all", "any")): must} if len(must) > 1 else must[0]
    return Rule({"all": when}, wanted, STRETCHES[first][0], STRETCHES[last][1])


def true(structure: Facts, facts: Facts) -> bool:
    """Whether a condition of the kinds above holds where all is known."""
    ((name, said),) = structure.items()
    match name, said:
        case "all", parts:
            return all(true(part, facts) for part in parts)
        case "any", parts:
            return any(true(part, facts) for part in parts)
        case "not", part:
            return not true(part, facts)
        case _, {"in": words}:
            return facts[name] in words
        case _, {"contains": word}:
            return word in facts[name]
        case _:
            return bool(facts[name] == said)


def every(fields: dict[str, tuple[Any, ...]]) -> list[Facts]:
    """All facts that there can be."""
    return [dict(zip(fields, values, strict=True)) for values in product(*fields.values())]


def engaged(found: Sequence[Rule], given: Facts, stretch: int) -> list[int]:
    """The rules that a situation engages."""
    first = STRETCHES[stretch][0]
    return [
        index
        for index, rule in enumerate(found)
        if rule.first is not None and rule.last is not None and rule.first <= first <= rule.last
        if true(rule.when, given)
    ]


def met(found: Sequence[Rule], given: Facts) -> list[frozenset[int]]:
    """For every decision the rules whose demand it meets, if they are engaged."""
    return [
        frozenset(index for index, rule in enumerate(found) if true(rule.must, {**given, **decided}))
        for decided in every(DECIDED)
    ]


def smallest(active: Sequence[int], ways: Sequence[frozenset[int]]) -> Iterator[tuple[int, ...]]:
    """Every smallest group of rules that no way meets."""
    found: list[frozenset[int]] = []
    for size in range(1, len(active) + 1):
        for group in map(frozenset, combinations(active, size)):
            if not any(group <= way for way in ways) and not any(other <= group for other in found):
                found.append(group)
                yield tuple(sorted(group))


def check_random(seeds: Sequence[int]) -> None:
    """That what is found excludes each other on its days, and no situation without way out is left."""
    for seed in seeds:
        some = rules(seed)
        search = clashes(setting(), [duty(rule) for rule in some], CUTS)
        assert search.finished
        assert search.bounds == {}
        ways = {str(given): met(some, given) for given in every(GIVEN)}
        stuck: dict[tuple[int, ...], set[tuple[str, int]]] = {}
        for given, stretch in product(every(GIVEN), range(3)):
            active = engaged(some, given, stretch)
            groups = list(smallest(active, ways[str(given)]))
            assert not groups or any(set(clash.group) <= {*active} for clash in search.clashes), (seed, given)
            for group in groups:
                stuck.setdefault(group, set()).add((str(given), stretch))
        for group, clash in by_group(search).items():
            assert clash.exact
            runs = [_run(stuck[group], given, stretch) for given, stretch in stuck[group]]
            assert (clash.first, clash.last) in runs, seed


def check_shown(seeds: Sequence[int]) -> None:
    """That the reference sees in each snapshot that all of the group but the last are met."""
    for seed in seeds:
        where, duties = setting(), [duty(rule) for rule in rules(seed)]
        confirm(clashes(where, duties, CUTS), duties, where)


def _run(stuck: set[tuple[str, int]], given: str, stretch: int) -> tuple[date, date]:
    """The days around a stretch on which the same given facts leave no way out."""
    first = last = stretch
    while (given, first - 1) in stuck:
        first -= 1
    while (given, last + 1) in stuck:
        last += 1
    return STRETCHES[first][0], STRETCHES[last][1]


RANDOM: dict[str, Callable[[], None]] = {
    f"random rules {seeds[0]} on": partial(check_random, seeds) for seeds in (range(2), range(2, 8), range(8, 18))
}
RANDOM_SHOWN: dict[str, Callable[[], None]] = {"random rules are shown": partial(check_shown, range(12))}
