"""A digest of the formulas of conditions of each kind, and of some random policies.

python tests/mutants/formula_dump.py > tests/mutants/formulas.json      after a wanted change of what is written
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import counting
import z3
from differential import trial
from outcome_dump import libraries_of_forms
from smt_pairs import conditions_of
from worlds import TOY

from validator.interpreters.smt.facts import NotAnalysedError
from validator.interpreters.smt.query import Judged, Setting, all_judged
from validator.interpreters.smt.slots import Space
from validator.interpreters.smt.variables import Node

# Both worlds; between them all kinds of terms, windows that judge on a day of the item, and readings.
TRIALS = (1, 2, 5)
Parts = dict[str, tuple[Setting, tuple[Judged, ...]]]


def parts() -> Parts:
    """What formulas are written for, by name: everything that is judged in a setting."""
    found: Parts = {}
    for name, library in libraries_of_forms().items():
        setting, policies = Setting(library.vocabulary, library.names), library.policies
        found[name] = (setting, tuple(part for norm in policies.policies() for part in all_judged(policies, norm)))
    sets = {f"trial {seed}": (trial(seed).world, trial(seed).policies) for seed in TRIALS}
    for name, (world, policies) in {"counts": (TOY, counting.policies()), **sets}.items():
        judged = tuple(part for policy in policies.policies() for part in all_judged(policies, policy))
        found[name] = (Setting(world.vocabulary, world.names), judged)
    return found


def digests(judged: Parts) -> dict[str, list[str]]:
    """Under each name a digest for each part that is judged, and one of what makes a snapshot sound."""
    found: dict[str, list[str]] = {}
    for name, (setting, all_parts) in judged.items():
        space = Space(setting)
        space.lists.sizes = {path: 1 if "." in path else 2 for path in setting.vocabulary.lists}
        space.encoder.touched = {}
        told = [[*_formulas(space, part)] for part in all_parts]
        touched = [*space.encoder.touched]
        told.append([str(part.present) for part in touched if hasattr(part, "present")])
        told.append([_text(formula) for formula in space.soundness(touched) if formula is not True])
        found[name] = [sha256("\n".join(texts).encode()).hexdigest()[:12] for texts in told]
    return found


def _formulas(space: Space, part: Judged) -> Iterator[str]:
    names = space.encoder.names_of(part.subject.scopes, _item(space, part.subject.path))
    case = space.encoder.case(part.mode, names)
    for condition in conditions_of(part)[:-1]:
        try:
            yield from map(_text, space.encoder.rails(case, names, condition))
        except NotAnalysedError as error:
            yield error.text.en


def _item(space: Space, path: str) -> Node:
    """The first item of a list, of the first one around it."""
    found, steps = space.root, path.split(".") if path != space.root.path else []
    for depth in range(len(steps)):
        found = space.lists.slots(found, ".".join(steps[: depth + 1]))[0]
    return found


def _text(formula: Any) -> str:
    return formula.sexpr() if isinstance(formula, z3.ExprRef) else str(formula)


def text(judged: Parts) -> str:
    """The dump as JSON, one line for each name."""
    lines = [f"{json.dumps(name)}: {json.dumps(told)}" for name, told in digests(judged).items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(text(parts()))
