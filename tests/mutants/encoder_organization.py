"""Quick checks of the organizations that the solver admits: shares and the length of the INN, as for the reader."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import z3
from worlds import REAL

from validator.interpreters.smt.codes import FAMILIES, Codes
from validator.interpreters.smt.query import Setting
from validator.interpreters.smt.replay import snapshot_of
from validator.interpreters.smt.variables import Node, Variable, of_organization
from validator.language.names import ReferenceNames
from validator.logic.frozen import replace
from validator.logic.problem import InputError

NAMES = ReferenceNames({"alpha": "alpha"}, frozenset({"50", "78"}))
Values = dict[str, Any]


def possible(formulas: Iterable[Any], values: Iterable[tuple[Variable, Any]]) -> bool:
    """Whether fields can have these values together; None stands for one that is absent."""
    solver = z3.SimpleSolver()
    solver.add([formula for formula in formulas if formula is not True])
    for variable, value in values:
        solver.add(variable.present if value is not None else z3.Not(variable.present))
        if value is not None:
            exact = value if not isinstance(value, Fraction) else z3.Q(value.numerator, value.denominator)
            solver.add(variable.value == exact)
    return bool(solver.check() == z3.sat)


TEN, TWELVE = "7800000002", "500100732259"
SHARES = ("federation", "region", "municipality")
ORGANIZATIONS: tuple[Values, ...] = (
    *({"inn": inn, "legal_form": form} for inn in (TEN, TWELVE) for form in (None, "autonomous", "entrepreneur")),
    *(
        dict(zip(SHARES, shares, strict=True)) | {"founder": founder}
        for founder in (None, "federation", "mixed", "private", "person", "foreign")
        for shares in (
            *((None, None, None), (0, None, None), (None, None, 0), (Fraction(1, 4), None, None)),
            *((0, 0, Fraction(1, 4)), (40, 60, None), (40, 60, Fraction(1, 4)), (None, 60, 41), (100, 0, 0)),
        )
    ),
)


def check_organization(share: int) -> None:
    """That the organization is one which the reader accepts; its INN may be a text that nobody mentions."""
    setting = Setting(REAL.vocabulary, NAMES)
    codes = Codes(setting)
    codes.of(TEN), codes.of(TWELVE), codes.of("7800000003")
    for values in ORGANIZATIONS[share::12]:
        inn = values.get("inn", TEN)
        family = next(f for f in FAMILIES if f.name == f"digits {len(inn)}")
        wanted = _reads(setting, {**values, "inn": inn})
        for code in (codes.of(inn), family.base, family.base + family.size - 1):
            variables, fixed = _variables({**values, "inn": code}, codes)
            assert possible(of_organization(variables, codes), fixed) is wanted, values


def check_parts_of_organization() -> None:
    """That nothing is asked of what does not come up, and that a sum may come up by parts."""
    codes = Codes(Setting(REAL.vocabulary, NAMES))
    variables, _ = _variables({}, codes)
    for names in ((), ("inn",), ("legal_form",), ("founder",), ("founder", "inn")):
        assert [*of_organization({(name,): variables[name,] for name in names}, codes)] == []
    paths: tuple[tuple[str, ...], ...] = (("public_share", "region"), ("public_share", "municipality"))
    part = {path: variables[path] for path in paths}
    for shares, wanted in (((40, 60), True), ((40, 61), False), ((None, 100), True), ((101, None), False)):
        assert possible(of_organization(part, codes), zip(part.values(), shares, strict=True)) is wanted


def _reads(setting: Setting, values: Values) -> bool:
    """Whether the reader accepts an organization."""
    told: Values = {"region": "50", "kind": "school", "public_share": {}}
    for name, value in values.items():
        place = told["public_share"] if name in SHARES else told
        if value is not None:
            place[name] = f"{float(value):g}" if name in SHARES else value
    try:
        snapshot_of(setting, {"schema": "sverka.snapshot/1", "as_of": "2025-09-25", "organization": told})
    except InputError:
        return False
    return True


def _variables(values: Values, codes: Codes) -> tuple[dict[tuple[str, ...], Variable], list[tuple[Variable, Any]]]:
    """The fields of the organization that matter, and the values that they shall have."""
    root = Node("organization", "organization", REAL.vocabulary.root, None, True, None)
    fields = REAL.vocabulary.root.fields
    shares = fields["public_share"].record
    assert shares is not None
    given: tuple[tuple[str, ...], ...] = (("inn",), ("legal_form",), ("founder",))
    shapes = {path: replace(fields[path[0]], required=False) for path in given}
    shapes |= {("public_share", name): shares.fields[name] for name in SHARES}
    found = {path: Variable(root, path, shape) for path, shape in shapes.items()}
    named = ((variable, values.get(path[-1])) for path, variable in found.items())
    return found, [(each, codes.of(value) if isinstance(value, str) else value) for each, value in named]


CHECKS_OF_ORGANIZATION: dict[str, Callable[[], None]] = {
    **{f"the organization {share}": partial(check_organization, share) for share in range(12)},
    "parts of the organization": check_parts_of_organization,
}
