"""The summary of a run for a regional body: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from validator.logic.report import QuarantineRecord
from validator.logic.result_set import Head, ResultSet
from validator.logic.text import Language
from validator.render.html import bars
from validator.render.html.collect import Gaps, Waived, Worst, not_about_persons
from validator.render.html.island import NAME, Island, PageOf
from validator.render.html.packed import data_block
from validator.render.html.persons import person_rows, rule
from validator.render.html.policy_words import policy_row
from validator.render.html.summary import summary_of
from validator.render.html.trend import HEIGHT, LEFT, TOP, WIDTH, trend_of
from validator.render.html.words import BARS, PAGE, SCRIPT
from validator.render.rollup.words import number_text
from validator.render.safe import one_line
from validator.render.telling import bare_mistake
from validator.render.web.shell import Shell
from validator.render.words import SEVERITIES, say

_TEMPLATES = Path(__file__).with_name("templates")
_SCRIPTS = ["data.js", "detail.js", "table.js", "page.js"]


def render(
    results: ResultSet,
    language: Language,
    trend: Sequence[ResultSet] = (),
    page_of: PageOf | None = None,
) -> str:
    """The page. `trend` are the results of several dates, `results` among them; `page_of` gives the relative
    address of an organization's page, or an empty text.

    Raises ModuleNotFoundError when the template engine (`sverka[report]`) is not installed.
    """
    regions = results.head["names"]["regions"]
    island = Island(results.policies, results.organizations(), regions, language, page_of)
    gaps, waived, worst = Gaps(), Waived(), Worst()
    for result in not_about_persons(results.findings(), results.policies):
        for taker in (island, gaps, waived, worst):
            taker.add(result)
    table, entries = results.table, dict(results.policies)
    shell = Shell(_TEMPLATES)
    shell.environment.globals["anchor"] = anchor
    return shell.page(
        "report.html.j2",
        language,
        ["base.css", "report.css"],
        _SCRIPTS,
        words=SimpleNamespace(**{name: say(text, language) for name, text in PAGE.items()}),
        colours={name: say(text, language) for name, text in BARS.items()},
        severities={name: say(text, language) for name, text in SEVERITIES.items()},
        summary=summary_of(results.head, table, language),
        head=results.head,
        explained=_level(results.head),
        places=bars.by_municipality(table, regions, language),
        place_coverage=bars.has_coverage(table),
        policies=bars.by_policy(table, entries, language),
        trend=trend_of(trend, language),
        frame={"width": WIDTH, "height": HEIGHT, "left": LEFT, "top": TOP},
        gaps=gaps.rows(language, table["persons_rule"]["threshold"]),
        waivers=waived.rows(language),
        worst=worst.rows(language),
        number=number_text(island.number),
        persons=person_rows(table, entries, language),
        persons_rule=rule(table, language),
        quarantine=[_record(record, language) for record in results.quarantine()],
        warnings=[_record(record, language) for record in results.warnings()],
        entries=[policy_row(entry, language) for entry in entries.values()],
        island=data_block("data", _script_data(results, island, language)),
    )


class Record(NamedTuple):
    """A mistake in a document: where, what, what to do."""

    place: str
    code: str
    message: str
    help: str


def _record(record: QuarantineRecord, language: Language) -> Record:
    place = record["file"]
    if record["line"] is not None:
        place += f":{record['line']}" + ("" if record["column"] is None else f":{record['column']}")
    return Record(
        place=one_line(place),
        code=record["code"],
        message=bare_mistake(record, language),
        help=one_line(say(record["help"], language)),
    )


def _script_data(results: ResultSet, island: Island, language: Language) -> dict[str, object]:
    return {
        "language": language,
        "name": NAME,
        "explained": _level(results.head),
        "words": {name: say(text, language) for name, text in SCRIPT.items()},
        **island.content(),
    }


def _level(head: Head) -> str:
    """Which of the findings that are listed here are explained: `all`, `blocking` or `none`."""
    return "all" if head["explained"] == "summary" else head["explained"]


def anchor(policy: str) -> str:
    """The id of a policy in the list of policies: letters, digits and what HTML allows anywhere."""
    return "policy-" + "".join(char if char.isalnum() or char in "-_" else f"_{ord(char):x}_" for char in policy)
