"""Quick checks of how long lists have to be, and of the formulas of numbers, days, counts and shares."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import bound_conditions
import bound_counts
import bound_formulas
import bound_limits
import bound_questions
import bound_uses

CHECKS: dict[str, Callable[[], None]] = {
    **{
        f"{part.__name__}: {name.removeprefix('check_').replace('_', ' ')}": check
        for part in (bound_conditions, bound_limits, bound_questions, bound_uses, bound_formulas, bound_counts)
        for name, check in vars(part).items()
        if name.startswith("check_")
    }
}
