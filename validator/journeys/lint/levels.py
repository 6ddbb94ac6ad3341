"""How grave a problem of a policy is, in one scale for every command that tells of policies."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from validator.logic.problem import Problem


class Level(Enum):
    """Errors forbid to use the set, findings should be mended, notes are worth knowing and may stay."""

    ERROR = "error"
    FINDING = "finding"
    NOTE = "note"


class Told(NamedTuple):
    """A problem and how grave it is."""

    level: Level
    problem: Problem
