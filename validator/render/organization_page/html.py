"""The page as one HTML file that needs nothing else and is made to be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from validator.logic.report import OrganizationRow, PolicyEntry, Result
from validator.logic.result_set import Head
from validator.logic.text import Language
from validator.render.organization_page.page import page_of, unchecked
from validator.render.organization_page.words import WORDS
from validator.render.safe import one_line
from validator.render.web.shell import Shell
from validator.render.words import say

_TEMPLATES = Path(__file__).with_name("templates")


def render(
    row: OrganizationRow,
    findings: Sequence[Result],
    results_head: Head,
    policies: Mapping[str, PolicyEntry],
    language: Language = "ru",
) -> str:
    """The page of one organization on one day, of its own `findings`.

    Raises ModuleNotFoundError when the template engine (`sverka[report]`) is not installed.
    """
    return _shell().page(
        "organization.html.j2",
        language,
        ["base.css", "organization.css"],
        [],
        page=page_of(row, findings, results_head, policies, language),
        unchecked=unchecked(findings, language),
        words={name: say(text, language) for name, text in WORDS.items()},
    )


@cache
def _shell() -> Shell:
    """One for all pages: reading the template takes longer than filling it in."""
    shell = Shell(_TEMPLATES)
    shell.environment.finalize = _flat
    return shell


def _flat(value: object) -> object:
    """Texts of others on one line, without unsafe characters; what is markup already stays as it is."""
    return one_line(value) if type(value) is str else value
