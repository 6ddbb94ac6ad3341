"""One line per finding, `path:line:column: level policy message`, the form that editors and hooks follow.

Silent when nothing was found; entries of a baseline that are not as the facts are have a line each.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.logic.report import BaselineUse, QuarantineRecord, Report, Result
from validator.logic.text import Language
from validator.render.baseline import entry_told, place_of_entry
from validator.render.safe import log_line
from validator.render.waivers.words import short_waiver
from validator.render.words import CAUSES, say, verdict_word

_SEVERE = ("critical", "high", "medium")


def render(report: Report, language: Language = "ru") -> str:
    """A line per finding, per mistake of a document, per entry of a baseline that is to be looked at."""
    lines = [line for result in report["results"] if (line := _finding(result, language))]
    lines += [_quarantined(record, "error", language) for record in report["quarantine"]]
    lines += [_quarantined(record, "warning", language) for record in report["warnings"]]
    if "baseline" in report:
        lines += list(_entries(report["baseline"], language))
    return "".join(log_line(line) + "\n" for line in lines)


def _level(result: Result) -> str:
    severity = result["severity"] or "info"
    if result.get("baseline"):
        return "info"
    if result["verdict"] == "violation" and not result["disputed"]:
        return "error" if severity in _SEVERE else "warning"
    if result["verdict"] == "unknown" and severity in ("critical", "high") and not result["disputed"]:
        return "error"
    return "warning" if result["verdict"] in ("violation", "unknown") else "info"


def _finding(result: Result, language: Language) -> str:
    if result["kind"] == "decision" or (result["verdict"] == "ok" and not result["disputed"]):
        return ""
    place = result["location"]
    text = say(result["message"] or result["title"], language)
    if result["verdict"] == "unknown":
        facts = ", ".join(f"{m['path']} ({say(CAUSES[m['cause']], language)})" for m in result["missing"])
        text = f"{say(result['title'], language)}: {facts}"
    word = say(verdict_word(result["verdict"]), language).lower()
    mark = "" if not result["disputed"] else {"ru": ", спорно", "en": ", disputed"}[language]
    if result.get("baseline"):
        mark += {"ru": ", известно", "en": ", known"}[language]
    if result["waiver"]:
        text += f" ({short_waiver(result['waiver'], language)})"
    where = f"{place['file']}:{place['line']}:{place['column']}"
    return f"{where}: {_level(result)} {result['policy']} {word}{mark}: {text}"


def _quarantined(record: QuarantineRecord, level: str, language: Language) -> str:
    place = record["file"]
    if record["line"] is not None:
        place += f":{record['line']}:{record['column']}"
    at = f"{record['path']}: " if record["path"] else ""
    return f"{place}: {level} {record['code']} {at}{say(record['message'], language)}"


def _entries(use: BaselineUse, language: Language) -> Iterator[str]:
    for code, entries in (("baseline-outgrown", use["outgrown"]), ("baseline-fixed", use["fixed"])):
        for entry in entries:
            yield f"{place_of_entry(entry)}: info {code} {entry_told(entry, language)}"
