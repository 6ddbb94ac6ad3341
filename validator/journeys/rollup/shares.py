"""Shares in percent, from whole numbers only, so that they are the same on every machine."""

from __future__ import annotations


def rounded_percent(part: int, whole: int) -> float | None:
    """The share with one decimal, halves up; None when there is nothing to divide by."""
    if whole == 0:
        return None
    return (2000 * part + whole) // (2 * whole) / 10


def percent_down(part: int, whole: int) -> float | None:
    """The share with one decimal, rounded down: 100.0 only when nothing is missing."""
    if whole == 0:
        return None
    return 1000 * part // whole / 10
