"""SARIF 2.1.0. `sarif` is the full profile without what is fine; `sarif_full` holds that too, `sarif_github` less.

GitHub honours neither `kind` nor `suppressions`, so its profile holds only what shall be an alert.
"""

from __future__ import annotations

from validator.logic.report import Report
from validator.logic.text import Language
from validator.render.fitted import Fitted
from validator.render.sarif.limits import within_limits
from validator.render.sarif.results import Profile


def fit(report: Report, language: Language = "ru") -> Fitted:
    """The log of one run, with findings, waived violations and decisions, within the limits of code scanning."""
    return within_limits(report, language, Profile.FINDINGS)


def render(report: Report, language: Language = "ru") -> str:
    """The log as text."""
    return fit(report, language).text
