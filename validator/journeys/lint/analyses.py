"""Conditions that contradict themselves or one another, found without a solver: dates and values that can't meet.

Each analysis is a check like any other and is listed here.
"""

from __future__ import annotations

from validator.journeys.lint.pack import Check

ANALYSES: tuple[Check, ...] = ()
