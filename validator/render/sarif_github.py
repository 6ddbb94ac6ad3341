"""SARIF in the profile for GitHub code scanning: every result of it is an alert."""

from __future__ import annotations

from validator.logic.report import Report
from validator.logic.text import Language
from validator.render.fitted import Fitted
from validator.render.sarif.limits import within_limits
from validator.render.sarif.results import Profile


def fit(report: Report, language: Language = "ru") -> Fitted:
    """The log of one run within the limits of code scanning."""
    return within_limits(report, language, Profile.GITHUB)


def render(report: Report, language: Language = "ru") -> str:
    """The log as text."""
    return fit(report, language).text
