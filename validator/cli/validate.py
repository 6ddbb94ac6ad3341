"""`sverka validate`: only the input rules, for those who deliver snapshots."""

from __future__ import annotations

import click

from validator.cli.context import load_library, tell
from validator.cli.documents import delivered, read
from validator.cli.options import language_option, paths_argument, policies_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.journeys.assemble import Quarantined, assemble, exit_code
from validator.journeys.check import organization_row
from validator.logic.problem import Problem
from validator.logic.report import OrganizationRow, Report
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Проверить только входные данные: вид, целостность, персональные данные. Без путей — то, что названо в"
        " sverka.yaml.",
        "Check the input rules only: structure, integrity, personal data. Without paths, what sverka.yaml names.",
    )

    @click.command(name="validate", help=tell(text))
    @paths_argument
    @output_option
    @policies_option
    @language_option
    def command(paths: tuple[str, ...], outputs: tuple[str, ...], policies: tuple[str, ...]) -> int:
        """Read the documents, write the report, answer with the exit code."""
        targets = parse_outputs(outputs, paths)
        report = read_all(paths, policies)
        return deliver(report, targets, exit_code(report))

    return command


def read_all(paths: tuple[str, ...], policies: tuple[str, ...]) -> Report:
    """The report of what could be read; the policies are needed for their registers of names alone."""
    library = load_library(policies)
    rows: list[OrganizationRow] = []
    quarantined: list[Quarantined] = []
    warnings: list[Problem] = []
    for item in delivered(paths):
        found = read(item, library)
        if isinstance(found, Quarantined):
            quarantined.append(found)
        else:
            rows.append(organization_row(found[0]))
            warnings.extend(found[1])
    return assemble(library.policies, None, rows, [], quarantined, warnings)
