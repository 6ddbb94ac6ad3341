"""The report as workflow commands of GitHub: the worst findings as annotations, all the others counted.

GitHub shows ten annotations of a step. Text of others stands only inside of a command, escaped, so it can't begin
one; the last lines, which are no commands, are ours alone. The whole list belongs into the summary of the job:
`-o markdown=$GITHUB_STEP_SUMMARY`.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from validator.logic.report import QuarantineRecord, Report, Result
from validator.logic.text import Language, Text
from validator.render.asides import asides
from validator.render.counts import judgements
from validator.render.findings import Level, gravity, level_of, record_gravity, told_on_changes
from validator.render.fitted import Fitted
from validator.render.places import container_of, path_of
from validator.render.safe import one_line
from validator.render.telling import mistake, sentence, subject_of
from validator.render.words import say

MOST_SHOWN = 10
_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


class Annotation(NamedTuple):
    """What GitHub shows beside a line."""

    level: Level
    file: str
    line: int
    column: int | None
    title: str
    message: str


def render(report: Report, language: Language = "ru") -> str:
    """Annotations, what they leave out, and the counts in plain words."""
    return fit(report, language).text


def fit(report: Report, language: Language = "ru") -> Fitted:
    """The same, with what was left out told apart."""
    every = list(_annotations(report, language))
    lines = [_command(annotation) for annotation in every[:MOST_SHOWN]]
    left = left_out(len(every))
    lines += [_about_run("note", say(left, language))] if left is not None else []
    lines += [_about_run(aside.level, aside.text) for aside in asides(report, language)]
    lines += [*judgements(report["counts"], language), _documents(report, language)]
    return Fitted("".join(line + "\n" for line in lines), left)


def left_out(every: int) -> Text | None:
    """What to tell where not every finding is annotated."""
    rest = every - MOST_SHOWN
    told = Text(
        f"github: показано {MOST_SHOWN} самых серьёзных замечаний из {every}, не показано {rest}; "
        "все видны с -o markdown=$GITHUB_STEP_SUMMARY",
        f"github: the {MOST_SHOWN} gravest of {every} findings are shown, {rest} are not; "
        "-o markdown=$GITHUB_STEP_SUMMARY shows all",
    )
    return told if rest > 0 else None


def _annotations(report: Report, language: Language) -> Iterator[Annotation]:
    """Worst first; a document is annotated once, whatever the number of its mistakes."""
    ranked = [(gravity(result), _finding(result, language)) for result in told_on_changes(report["results"])]
    documents: dict[tuple[object, ...], list[QuarantineRecord]] = {}
    for record in report["quarantine"]:
        documents.setdefault((record["file"], record["digest"]), []).append(record)
    aside = record_gravity(set_aside=True)
    ranked += [(aside, _set_aside(records, language)) for records in documents.values()]
    warned = record_gravity(set_aside=False)
    ranked += [(warned, _mistake(record, language, set_aside=False)) for record in report["warnings"]]
    yield from (annotation for _, annotation in sorted(ranked, key=itemgetter(0)))


def _set_aside(records: list[QuarantineRecord], language: Language) -> Annotation:
    first = _mistake(records[0], language, set_aside=True)
    rest = len(records) - 1
    if not rest:
        return first
    more = say(Text(f" (и ещё ошибок в документе: {rest})", f" (and more mistakes in it: {rest})"), language)
    return first._replace(message=first.message + more)


def _finding(result: Result, language: Language) -> Annotation:
    place = result["location"]
    title = f"{result['policy']} {subject_of(result)}"
    message = sentence(result, language) + _inside(place["file"])
    return Annotation(level_of(result), path_of(place["file"]), place["line"], place["column"], title, message)


def _mistake(record: QuarantineRecord, language: Language, *, set_aside: bool) -> Annotation:
    message = mistake(record, language, set_aside=set_aside) + _inside(record["file"])
    level: Level = "error" if set_aside else "warning"
    line = record["line"] or 1
    return Annotation(level, path_of(record["file"]), line, record["column"], record["code"], message)


def _inside(file: str) -> str:
    member = one_line(container_of(file).member)
    return f" [{member}]" if member else ""


# --- commands ------------------------------------------------------------------------------------------------


def _command(annotation: Annotation) -> str:
    given = [("file", annotation.file), ("line", str(annotation.line))]
    if annotation.column is not None:
        given.append(("col", str(annotation.column)))
    given.append(("title", annotation.title))
    properties = ",".join(f"{name}={escaped_property(value)}" for name, value in given if value)
    return f"::{_COMMANDS[annotation.level]} {properties}::{escaped(annotation.message)}"


def _about_run(level: Level, text: str) -> str:
    return f"::{_COMMANDS[level]} title=Sverka::{escaped(text)}"


def escaped(message: str) -> str:
    """A message as the runner reads it back, all of it on the line of its command."""
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(value: str) -> str:
    """A property as the runner reads it back."""
    return escaped(value).replace(":", "%3A").replace(",", "%2C")


def _documents(report: Report, language: Language) -> str:
    numbers = report["inputs"]
    told = Text(
        f"Документов {numbers['documents']}: проверено {numbers['evaluated']}, отложено {numbers['quarantined']}, "
        f"не дошла очередь {numbers['not_reached']}",
        f"Documents {numbers['documents']}: evaluated {numbers['evaluated']}, quarantined "
        f"{numbers['quarantined']}, not reached {numbers['not_reached']}",
    )
    return say(told, language)
