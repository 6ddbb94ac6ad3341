"""Quick checks of the solver's formulas: a condition on given facts comes out as the ordinary evaluator says.

The facts are fixed one by one, so that a formula has one value. Conditions and facts are put together by hand:
terms and operators of every kind, with what is known, absent, bounded, open-ended, never, or an unknown name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import z3
from encoder_codes import CHECKS_OF_CODES
from encoder_conditions import DOCUMENTS, facts
from encoder_facts import CHECKS_OF_FACTS
from encoder_parts import CHECKS_OF_PARTS
from encoder_readings import BENT, BENT_DOCUMENT, BENT_MODE, MODES, judged
from smt_pairs import Assignment, disagreements
from test_forms import ROWS, document
from worlds import TOY, read, snapshot_of

from validator.interpreters.smt.query import Setting, organization_mode
from validator.interpreters.smt.slots import Space
from validator.interpreters.strategies import subject_of
from validator.logic.facts import Snapshot
from validator.logic.truth import Truth

SETTING = Setting(TOY.vocabulary, TOY.names)
MODE = organization_mode(TOY.policies, subject_of(TOY, "organization"))


# --- the table of forms ----------------------------------------------------------------------------------------


def check_forms(share: int) -> None:
    """That each form of condition is true, false and unknown of the facts of the table (every fourth row of it)."""
    space, different = Space(SETTING), []
    for name, structure, told, truth in ROWS[share::4]:
        snapshot = snapshot_of(TOY, document(told))
        space.begin({path: _longest(snapshot, path) for path in TOY.vocabulary.lists})
        case = space.encoder.case(MODE, {"organization": space.root})
        rails = space.encoder.rails(case, case.subject, read(TOY, "organization", structure))
        solver = z3.SimpleSolver()
        solver.add(list(Assignment(space, snapshot).equations([*space.encoder.touched])))
        solver.add([formula for formula in space.soundness([*space.encoder.touched]) if formula is not True])
        wanted = {Truth.TRUE: (True, False), Truth.FALSE: (False, True), Truth.UNKNOWN: (False, False)}[truth]
        found = tuple(solver.check(*_asked(rail)) == z3.sat for rail in rails)
        other = tuple(solver.check(*_asked(_not(rail))) == z3.sat for rail in rails)
        if found != wanted or other == found:
            different.append((name, found, truth))
    assert different == []


def _asked(formula: Any) -> list[Any]:
    return [z3.BoolVal(formula) if isinstance(formula, bool) else formula]


def _not(formula: Any) -> Any:
    return not formula if isinstance(formula, bool) else z3.Not(formula)


def _longest(snapshot: Snapshot, path: str) -> int:
    return max((len(items) for items in snapshot.items(path)), default=0)


# --- conditions put together -------------------------------------------------------------------------------------


def check_conditions(name: str, number: int) -> None:
    """That on a document formulas of the conditions of a mode have the values that the evaluator gives."""
    assert [*disagreements(SETTING, judged(MODES[name], TOY), facts(number), Counter())] == []


def check_bounds() -> None:
    """The same of values that other fields bound from both sides, fields of records within records too."""
    snapshot = snapshot_of(BENT, {"schema": "sverka.snapshot/1", **BENT_DOCUMENT})
    setting = Setting(BENT.vocabulary, BENT.names)
    assert [*disagreements(setting, judged(BENT_MODE, BENT), snapshot, Counter())] == []


CHECKS: dict[str, Callable[[], None]] = {
    **{f"forms {share}": partial(check_forms, share) for share in range(4)},
    **{
        f"conditions {name} {number}": partial(check_conditions, name, number)
        for name in MODES
        for number in range(len(DOCUMENTS))
    },
    "bounds of fields": check_bounds,
    **CHECKS_OF_PARTS,
    **CHECKS_OF_FACTS,
    **CHECKS_OF_CODES,
}
