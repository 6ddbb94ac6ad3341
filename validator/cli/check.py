"""`sverka check`: snapshots to verdicts."""

from __future__ import annotations

from datetime import date

import click

from validator.cli.context import load_library, tell
from validator.cli.documents import delivered, read
from validator.cli.options import as_of_option, language_option, paths_argument, policies_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.journeys.assemble import Quarantined, assemble, exit_code
from validator.journeys.check import check, organization_row
from validator.logic.problem import Problem
from validator.logic.report import OrganizationRow, Report, Result
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Проверить снимки организаций: файлы, папки или `-`.",
        "Check organization snapshots: files, folders or `-`.",
    )
    shown = Text("все оценки или без благополучных", "all judgements, or without those that are ok")

    @click.command(name="check", help=tell(text))
    @paths_argument
    @output_option
    @click.option("--results", type=click.Choice(["all", "findings"]), default="all", help=tell(shown))
    @policies_option
    @as_of_option
    @language_option
    def command(
        paths: tuple[str, ...],
        outputs: tuple[str, ...],
        results: str,
        policies: tuple[str, ...],
        as_of: date | None,
    ) -> int:
        """Check the documents, write the report, answer with the exit code."""
        targets = parse_outputs(outputs, paths)
        report = evaluate(paths, policies, as_of)
        code = exit_code(report)
        if results == "findings":
            report["results"] = [r for r in report["results"] if r["verdict"] != "ok" or r["disputed"]]
        return deliver(report, targets, code)

    return command


def evaluate(paths: tuple[str, ...], policies: tuple[str, ...], law_date: date | None) -> Report:
    """The report of the documents that the paths lead to."""
    library = load_library(policies)
    rows: list[OrganizationRow] = []
    results: list[Result] = []
    quarantined: list[Quarantined] = []
    warnings: list[Problem] = list(library.warnings)
    for item in delivered(paths):
        found = read(item, library)
        if isinstance(found, Quarantined):
            quarantined.append(found)
            continue
        snapshot, notes = found
        warnings.extend(notes)
        rows.append(organization_row(snapshot))
        results.extend(check(snapshot, library.policies, law_date))
    day = None if law_date is None else law_date.isoformat()
    return assemble(library.policies, day, rows, results, quarantined, warnings)
