"""Duties that can't all be met: what `.ci/mutants` asks first of a change in the search for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from clash_cases import DAYS, FACTS, LISTS, Case
from clash_end import ENDS, GIVEN_UP
from clash_random import RANDOM, RANDOM_SHOWN
from clash_search import SEARCHES
from clash_terms import TERMS
from clash_world import by_group, confirm, duty, setting

from validator.interpreters.smt.answer import Document
from validator.interpreters.smt.contexts import clashes

CASES: dict[str, Case] = {**FACTS, **DAYS, **LISTS}
ALWAYS_SAID = {"schema": "sverka.snapshot/1"}
DEFAULTS = {"inn": "7800000002", "region": "50", "kind": "school"}


def check_case(case: Case) -> None:
    """That a search finds what must be found."""
    search = clashes(setting(), [duty(rule) for rule in case.rules], case.cuts)
    found = by_group(search)
    assert search.finished
    assert {group: (clash.first, clash.last) for group, clash in found.items()} == case.found
    assert dict(search.bounds) == case.bounds
    assert all(clash.exact for clash in search.clashes)


def check_shown(case: Case) -> None:
    """That what is found is shown by a snapshot that says as little as it can."""
    where, duties = setting(), [duty(rule) for rule in case.rules]
    search = clashes(where, duties, case.cuts)
    confirm(search, duties, where)
    found = by_group(search)
    for group, facts in case.facts.items():
        wanted = {**ALWAYS_SAID, **facts, "organization": {**DEFAULTS, **facts.get("organization", {})}}
        assert facts_of(found[group].document) == wanted


def facts_of(document: Document | None) -> dict[str, Any]:
    """What a snapshot says, without its day."""
    assert document is not None
    return {name: value for name, value in document.items() if name != "as_of"}


CHECKS: dict[str, Callable[[], None]] = {
    **{f"clash {name}": partial(check_case, case) for name, case in CASES.items()},
    **{f"clash search: {name}": check for name, check in (SEARCHES | ENDS | RANDOM | TERMS).items()},
    **{f"shown: clash {name}": partial(check_shown, case) for name, case in CASES.items() if case.found},
    **{f"clash search: {name}": check for name, check in (GIVEN_UP | RANDOM_SHOWN).items()},
}
