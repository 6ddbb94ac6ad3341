"""Proofs for people: findings with what shows them, open questions, entries, the statement, the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from validator.journeys.prove.told import days_line
from validator.logic.policy import Period
from validator.logic.proof import Acknowledged, Days, Entry, Finding, Judgement, ProofReport
from validator.logic.text import Language, Text
from validator.render.prove.words import COUNTED, ENTRIES, ENTRY_HELP, STATUSES, WEIGHTS, bounds, judged, where
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
    yield from _entries(report["entries"], language)
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
    yield f"    {say(finding['title'], language)}"
    for involved in finding["policies"]:
        if place := where(involved):
            yield f"    {involved['id']}: {place}"
    for sentence in finding["because"]:
        yield f"    – {say(sentence, language)}"
    if finding["days"] is not None:
        yield f"    {say(_days(finding['days']), language)}"
    yield from _witness(finding, language)
    if last := say(finding["help"] if known is None else _acknowledged(known), language):
        yield f"    {last}"


def _acknowledged(known: Acknowledged) -> Text:
    """Who took a finding upon themselves, until when and why."""
    day = known["through"]
    last = Text("", "") if day is None else days_line(Period(None, date.fromisoformat(day)))
    ru, en = (f" ({text})" if text else "" for text in last)
    return Text(
        f"{known['owner']}{ru}: {known['reason']['ru']}",
        f"{known['owner']}{en}: {known['reason']['en']}",
    )


def _days(days: Days) -> Text:
    first, last = (None if day is None else date.fromisoformat(day) for day in (days["first"], days["last"]))
    return days_line(Period(first, last))


def _witness(finding: Finding, language: Language) -> Iterator[str]:
    shown = finding["witness"]
    if shown is None:
        return
    for told in shown["says"]:
        yield f"    {_said(told, language)}"
    if shown["example"] is not None:
        name = shown["policy"]
        text = Text(f"пример для {name}, под `cases:`:", f"an example for {name}, under `cases:`:")
        yield "    " + say(text, language)
        yield from shown["example"].splitlines()  # as deep as it is to be pasted
    else:
        yield "    " + say(Text("снимок, который это показывает:", "a snapshot that shows it:"), language)
        yield from (f"      {line}" for line in shown["snapshot"].splitlines())


def _said(told: Judgement, language: Language) -> str:
    whole = Text("организация", "organization")
    subject = say(whole, language) if told["subject"] == "organization" else told["subject"]
    return f"{told['policy']}, {subject}: {say(judged(told), language)}"


# --- the rest --------------------------------------------------------------------------------------------------


def _entries(entries: list[Entry], language: Language) -> Iterator[str]:
    for entry in entries:
        place = entry["location"]
        start = "" if place is None else f"{place['file']}:{place['line']}:{place['column']}: "
        what = say(ENTRIES[entry["problem"]], language)
        last = say(days_line(Period(None, date.fromisoformat(entry["through"]))), language)
        yield f"{start}{entry['digest']}: {what} ({entry['owner']}, {last})"
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
            limits = f" ({bounds(one)})" if one["bounds"] and status == "bounded_ok" and not why else ""
            yield f"  {one['analysis']} {names}{limits}{why}"
        yield ""


def _totals(report: ProofReport, language: Language) -> Iterator[str]:
    asked = Counter(one["status"] for one in report["questions"])
    told = "; ".join(f"{say(COUNTED[status], language)} — {asked[status]}" for status in COUNTED if asked[status])
    total = len(report["questions"])
    yield say(Text(f"Вопросов {total}: {told}", f"Questions {total}: {told}") if total else _NO_QUESTIONS, language)
    counts = report["counts"]
    parts = [
        Text(
            f"Находок: ошибок {counts['errors']}, замечаний {counts['warnings']}, к сведению {counts['infos']}",
            f"Findings: errors {counts['errors']}, warnings {counts['warnings']}, "
            f"for information {counts['infos']}",
        ),
        Text(f"признано {counts['acknowledged']}", f"acknowledged {counts['acknowledged']}"),
    ]
    for number, ru, en in (
        (counts["expired"], "записей с истёкшим сроком", "entries that are over"),
        (counts["orphaned"], "лишних записей", "orphaned entries"),
    ):
        if number:
            parts.append(Text(f"{ru} {number}", f"{en} {number}"))
    yield "; ".join(say(part, language) for part in parts)


_NO_QUESTIONS = Text("Вопросов 0", "Questions 0")
