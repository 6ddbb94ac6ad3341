"""`sverka check`: snapshots to verdicts. Its command line is declared in `check_command.py`, for click."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from validator.cli.baseline_files import baseline_in, baseline_of_options, check_baseline_target, with_baseline
from validator.cli.context import kept_program, load_library
from validator.cli.documents import Intake, delivered
from validator.cli.gate_options import cut_down, endings, gate_of_options
from validator.cli.outputs import (
    ENDINGS,
    REPORT_FORMATS,
    SHOWING_ALL,
    WITH_POLICIES,
    Output,
    deliver,
    parse_outputs,
)
from validator.cli.settings import configured
from validator.cli.waiver_files import told_of, waiving_of
from validator.journeys.assemble import assemble, exit_code
from validator.journeys.findings import WORTH_BYTES, Finder, by_policy

if TYPE_CHECKING:
    import click

    from validator.cli.result_outputs import Split
    from validator.language.library import Library
    from validator.logic.report import Report, Result


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    from validator.cli.check_command import build as build_command  # noqa: PLC0415 - a plain check does without click

    return build_command()


def run_check(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    results: str,
    policies: tuple[str, ...],
    waivers: tuple[str, ...],
    as_of: date | None,
    **options: object,
) -> int:
    """Check the documents, write the report, answer with the exit code. The options are as click gives them."""
    asked, listed = gate_of_options(options), baseline_of_options(options)
    targets = parse_outputs(outputs or configured("output"), paths, REPORT_FORMATS)
    split = _split(options.get("split_by"), targets)
    findings_only = results == "findings" or SHOWING_ALL.isdisjoint(target.format for target in targets)
    check_baseline_target(listed, paths, targets)
    library = cut_down(load_library(policies), asked)
    known = baseline_in(listed, library.policies)
    report = evaluate_by(library, paths, as_of, waivers, findings_only=findings_only)
    report = with_baseline(report, listed, known, library.policies, asked.gate)
    if not WITH_POLICIES.isdisjoint(target.format for target in targets):
        list_policies(report, library)
    code = exit_code(report, asked.gate)
    told = endings(ENDINGS, asked, library.policies, code, report.get("baseline"))
    return deliver(report, targets, asked.code(code), endings=told, split=split)


def _split(wanted: object, targets: list[Output]) -> Split | None:
    if wanted is None:
        return None
    from validator.cli.result_outputs import split_of  # noqa: PLC0415 - most checks write no pages

    return split_of(wanted, targets)


def list_policies(report: Report, library: Library) -> None:
    """Put the policies into a report, so that it can be rendered without them."""
    from validator.journeys.results.entries import entries_of, names_of  # noqa: PLC0415 - most checks do without

    report["policies"] = entries_of(library.policies, library.vocabulary)
    report["names"] = names_of(library.policies, library.vocabulary)


def evaluate(
    paths: tuple[str, ...],
    policies: tuple[str, ...],
    law_date: date | None,
    waivers: tuple[str, ...] = (),
    *,
    findings_only: bool = False,
) -> Report:
    """The report of the documents that the paths lead to, violations that are waived turned into `waived`.

    With `findings_only` the results that are ok and undisputed are counted and not listed.
    """
    return evaluate_by(load_library(policies), paths, law_date, waivers, findings_only=findings_only)


def evaluate_by(
    library: Library,
    paths: tuple[str, ...],
    law_date: date | None,
    waivers: tuple[str, ...] = (),
    *,
    findings_only: bool = False,
) -> Report:
    """The same by policies that are loaded already."""
    waiving = waiving_of(waivers, library) if waivers else None
    intake = Intake(library)
    # A set that comes from the cache is used again and again, so its program is worth writing for any snapshot.
    worth_bytes = 0 if library.cached else WORTH_BYTES
    finder = Finder(library.policies, library.vocabulary, kept_program(library), worth_bytes)
    results: list[Result] = []
    if not findings_only:
        from validator.journeys.check import check  # noqa: PLC0415 - findings need it only where there are any
    for item in delivered(paths):
        snapshot = intake.admit(item)
        if snapshot is None:
            continue
        if findings_only:
            judged, fine = finder.find(snapshot, law_date)
            intake.rows[-1]["fine"] = by_policy(fine)
        else:
            judged = check(snapshot, library.policies, law_date)
        results.extend(judged if waiving is None else waiving.apply(snapshot, judged, law_date))
    results = intake.settle(results)
    warnings = [*library.warnings, *intake.warnings, *([] if waiving is None else told_of(waiving))]
    day = None if law_date is None else law_date.isoformat()
    return assemble(library.policies, day, intake.rows, results, intake.quarantined, warnings)
