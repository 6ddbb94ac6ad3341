"""`sverka validate`: only the input rules, for those who deliver snapshots."""

from __future__ import annotations

import click

from validator.cli.context import load_library, tell
from validator.cli.documents import delivered, read
from validator.cli.options import language_option, policies_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.journeys.assemble import Quarantined, assemble, exit_code
from validator.journeys.check import organization_row
from validator.logic.problem import Problem
from validator.logic.report import OrganizationRow
from validator.logic.text import Text


@click.command(
    name="validate",
    help=tell(
        Text(
            "Проверить только входные данные: вид, целостность, персональные данные.",
            "Check the input rules only: structure, integrity, personal data.",
        )
    ),
)
@click.argument("paths", nargs=-1, required=True)
@output_option
@policies_option
@language_option
def command(paths: tuple[str, ...], outputs: tuple[str, ...], policies: tuple[str, ...]) -> int:
    """Read the documents; the policies are needed for their registers of names alone."""
    targets = parse_outputs(outputs)
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
    report = assemble(library.policies, None, rows, [], quarantined, warnings)
    return deliver(report, targets, exit_code(report))
