"""Proofs for people: findings with what shows them, open questions, entries, the statement, the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from validator.logic.proof import ANALYSES, Days, Finding, ProofReport
from validator.logic.text import Language, Text
from validator.render.prove.words import ENTRIES, ENTRY_HELP, STATUSES, WEIGHTS, bounds, where
from validator.render.safe import one_line
from validator.render.words import say

_OPEN = ("undecided", "bounded_ok", "not_analysed", "unreachable")


def render(report: ProofReport, language: Language = "ru") -> str:
    """The whole report as text."""
    return "".join(one_line(line) + "\n" for line in _lines(report, language))


def _lines(report: ProofReport, language: Language) -> Iterator[str]:
    for finding in report["findings"]:
        yield from _finding(finding, language)
        yield ""
    yield from _entries(report, language)
    yield from _open(report, language)
    for off in report["switched_off"]:
        what = Text("выключено в теме", "switched off in topic")
        yield f"{off['analysis']} {say(what, language)} {off['topic']}: {say(off['why'], language)}"
    yield from (say(sentence, language) for sentence in report["statement"])
    yield ""
    yield from _totals(report, language)


# --- findings --------------------------------------------------------------------------------------------------


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    weight = say(WEIGHTS[finding["weight"]], language)
    known = finding["acknowledged"]
    if known is not None:
        weight = say(Text(f"признано ({weight})", f"acknowledged ({weight})"), language)
    yield f"{finding['analysis']} {weight}: {say(finding['message'], language)} [{finding['digest']}]"
    yield f"    {say(ANALYSES[finding['analysis']], language)}"
    for involved in finding["policies"]:
        if place := where(involved):
            yield f"    {involved['id']}: {place}"
    for sentence in finding["because"]:
        yield f"    – {say(sentence, language)}"
    if finding["days"] is not None:
        yield "    " + say(_days(finding["days"]), language)
    yield from _witness(finding, language)
    if known is None:
        yield f"    {say(finding['help'], language)}"
    else:
        until = say(Text(f" (по {known['through']})", f" (through {known['through']})"), language)
        yield f"    {known['owner']}{until if known['through'] else ''}: {say(known['reason'], language)}"


def _days(days: Days) -> Text:
    first, last = days["first"], days["last"]
    if first is None and last is None:
        return Text("во все дни", "on all days")
    if last is None:
        return Text(f"с {first} и далее", f"from {first} on")
    if first is None:
        return Text(f"по {last}", f"through {last}")
    return Text(f"с {first} по {last}", f"from {first} through {last}")


def _witness(finding: Finding, language: Language) -> Iterator[str]:
    shown = finding["witness"]
    if shown is None:
        return
    for told in shown["says"]:
        yield f"    {told}"
    if shown["example"] is not None:
        name = shown["policy"]
        text = Text(f"пример для {name}, под `cases:`:", f"an example for {name}, under `cases:`:")
        yield "    " + say(text, language)
        yield from (f"    {line}" for line in shown["example"].splitlines())
    else:
        yield "    " + say(Text("снимок, который это показывает:", "a snapshot that shows it:"), language)
        yield from (f"      {line}" for line in shown["snapshot"].splitlines())


# --- the rest --------------------------------------------------------------------------------------------------


def _entries(report: ProofReport, language: Language) -> Iterator[str]:
    for entry in report["entries"]:
        place = entry["location"]
        start = "" if place is None else f"{place['file']}:{place['line']}:{place['column']}: "
        what = say(ENTRIES[entry["problem"]], language)
        yield f"{start}{entry['digest']}: {what} ({entry['owner']}, {entry['through']})"
        yield f"    {say(ENTRY_HELP[entry['problem']], language)}"


def _open(report: ProofReport, language: Language) -> Iterator[str]:
    """The questions that were not settled, those alike together."""
    for status in _OPEN:
        found = [one for one in report["questions"] if one["status"] == status]
        if not found:
            continue
        yield f"{say(STATUSES[status], language)}: {len(found)}"
        for one in found:
            names = ", ".join(one["policies"]) or one["subject"]
            why = f" — {say(one['why'], language)}" if one["why"] is not None else ""
            limits = f" ({bounds(one)})" if one["bounds"] and status == "bounded_ok" else ""
            yield f"  {one['analysis']} {names}{limits}{why}"
        yield ""


def _totals(report: ProofReport, language: Language) -> Iterator[str]:
    counts = report["counts"]
    asked = Counter(one["status"] for one in report["questions"])
    told = ", ".join(f"{say(STATUSES[status], language)} {asked[status]}" for status in STATUSES if asked[status])
    total = len(report["questions"])
    yield say(Text(f"Вопросов: {total} ({told})", f"Questions: {total} ({told})"), language)
    yield say(
        Text(
            f"Находок: ошибок {counts['errors']}, замечаний {counts['warnings']}, к сведению {counts['infos']}; "
            f"признано {counts['acknowledged']}; записей с истёкшим сроком {counts['expired']}, лишних "
            f"{counts['orphaned']}",
            f"Findings: errors {counts['errors']}, warnings {counts['warnings']}, for information "
            f"{counts['infos']}; acknowledged {counts['acknowledged']}; entries that are over "
            f"{counts['expired']}, orphaned {counts['orphaned']}",
        ),
        language,
    )
