"""A saved report as a result set. It is read strictly (`journeys.impact.saved`), and what it lacks is told."""

from __future__ import annotations

from operator import itemgetter
from typing import NoReturn

from validator.journeys.assemble import fine_of, problem_record
from validator.journeys.impact.saved import read_saved
from validator.journeys.results.entries import entries_told_by
from validator.journeys.results.of_report import ReportResults, leaves_out_uncounted
from validator.language.vocabulary import Vocabulary
from validator.logic.problem import InputError, Problem
from validator.logic.report import OrganizationRow, Report, Result
from validator.logic.text import Text

_WANTED = Text(
    "нужен отчёт, сохранённый командой `sverka check … -o json=файл`, или папка пакетной проверки",
    "a report saved by `sverka check … -o json=file`, or the folder of a batch, is wanted",
)
_SAVE_AGAIN = Text("сохраните отчёт заново", "save the report anew")


class SavedReport(ReportResults):
    """The results of a saved report. `is_uncounted`: what is plainly fine is neither listed nor counted."""

    def __init__(self, report: Report, *, is_uncounted: bool) -> None:
        super().__init__(report)
        self.is_uncounted = is_uncounted


def saved_report(data: bytes, file: str, vocabulary: Vocabulary) -> SavedReport:
    """The results in `data`; `file` names it in messages. Raises `InputError` for anything but a sound report.

    A report of an older program has no policies: they are taken from its results, which a warning tells. Where
    nothing was judged, as by `validate`, there is nothing to list.
    """
    saved = read_saved(data, file, _WANTED)
    if saved.repeated:
        _refuse(file, Text("одна организация на один день дважды", "an organization on one day comes twice"))
    report = _in_order(saved.report, file)
    if "policies" not in report and report["results"]:
        report = _with_policies(report, file, vocabulary)
    is_uncounted = leaves_out_uncounted(report)
    if is_uncounted and fine_of(report["organizations"]):
        _refuse(
            file, Text("итоги отчёта не сходятся с его организациями", "its counts do not fit its organizations")
        )
    try:
        found = SavedReport(report, is_uncounted=is_uncounted)
        _ = found.table  # made now: what is impossible shows there
    except ValueError:
        _refuse(
            file,
            Text("выводы отчёта не сходятся с его политиками", "the results of the report do not fit its policies"),
        )
    return found


def _in_order(report: Report, file: str) -> Report:
    """The report with its rows in the order that the program gives them, whoever has sorted them since."""
    files = {(row["organization"], row["as_of"]): row["file"] for row in report["organizations"]}
    if len({entry["policy"] for entry in report.get("policies", ())}) < len(report.get("policies", ())):
        _refuse(file, Text("политика названа дважды", "a policy is named twice"))

    def place(row: OrganizationRow | Result) -> tuple[str, str, str]:
        return row["organization"], row["as_of"], files[row["organization"], row["as_of"]]

    found: Report = {
        **report,
        "organizations": sorted(report["organizations"], key=place),
        "results": sorted(report["results"], key=place),
    }
    if "policies" in found:
        found["policies"] = sorted(found["policies"], key=itemgetter("policy"))
    return found


def _with_policies(report: Report, file: str, vocabulary: Vocabulary) -> Report:
    told = Problem(
        "policies-not-listed",
        Text(
            "отчёт сохранён прежней версией: политики взяты из выводов, без ничего не нашедших и без сроков",
            "an older version saved the report: policies are taken from results, without days and idle ones",
        ),
        Text("сохраните отчёт заново, чтобы были все", "save the report anew to have them all"),
        file=file,
    )
    return {
        **report,
        "policies": entries_told_by(report["results"], vocabulary),
        "warnings": [*report["warnings"], problem_record(told, None)],
    }


def _refuse(file: str, message: Text) -> NoReturn:
    raise InputError([Problem("saved-report", message, _SAVE_AGAIN, None, file)])
