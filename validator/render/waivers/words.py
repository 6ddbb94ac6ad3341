"""Waivers in words: how long one holds, who approved it and why, in the report and in the list alike."""

from __future__ import annotations

from validator.logic.report import AppliedWaiver, Approval
from validator.logic.text import Language, Text
from validator.logic.waiver import ListedWaiver, WaiverState
from validator.render.words import count_ru_en, say

STATES = {
    WaiverState.ACTIVE.value: Text("действует", "active"),
    WaiverState.ENDS_SOON.value: Text("скоро кончится", "ends soon"),
    WaiverState.NOT_BEGUN.value: Text("ещё не началось", "not begun"),
    WaiverState.EXPIRED.value: Text("кончилось", "expired"),
    WaiverState.NO_EFFECT.value: Text("не действует", "no effect"),
}
# Why a waiver has no effect, by the code of its problem.
NO_EFFECT = {
    "waiver-forbidden": Text("норма не допускает", "the norm forbids it"),
    "waiver-too-broad": Text("слишком широкое", "too broad"),
    "waiver-unknown-policy": Text("нет такой нормы", "no such norm"),
    "waiver-orphaned": Text("отступать не от чего", "nothing to waive"),
}


def day_text(iso: str, language: Language) -> str:
    """A day as the language writes it."""
    return ".".join(reversed(iso.split("-"))) if language == "ru" else iso


def left_text(days: int, language: Language) -> str:
    """How many days are left after the day that counts, or since when a waiver is over."""
    if days == 0:
        return say(Text("последний день", "the last day"), language)
    number = say(count_ru_en(abs(days), ("день", "дня", "дней"), ("day", "days")), language)
    if days < 0:
        return f"{number} назад" if language == "ru" else f"{number} ago"
    return f"осталось: {number}" if language == "ru" else f"{number} left"


def state_text(waiver: ListedWaiver, language: Language) -> str:
    """The state of a listed waiver: with the days left, or with the reason why it has no effect."""
    state = say(STATES[waiver["state"]], language)
    if waiver["state"] == WaiverState.NOT_BEGUN.value:
        return state
    if waiver["state"] != WaiverState.NO_EFFECT.value:
        return f"{state} ({left_text(waiver['days_left'], language)})"
    why = next(NO_EFFECT[problem["code"]] for problem in waiver["problems"] if problem["code"] in NO_EFFECT)
    return f"{state} ({say(why, language)})"


def approval_text(approved: Approval) -> str:
    """The post and the document, in the words of the organization."""
    return f"{approved['post']}, {approved['document']}"


def short_waiver(waiver: AppliedWaiver, language: Language) -> str:
    """The id and the last day: `W-2025-1 по 31.12.2025`."""
    through = "по" if language == "ru" else "through"
    return f"{waiver['id']} {through} {day_text(waiver['through'], language)}"


def whole_waiver(waiver: AppliedWaiver, language: Language) -> str:
    """Everything a reader of a finding should know of the waiver, on one line."""
    approved = say(Text("утвердил", "approved by"), language)
    return (
        f"{short_waiver(waiver, language)} ({left_text(waiver['days_left'], language)}): "
        f"{say(waiver['ground'], language)}; {approved}: {approval_text(waiver['approved_by'])}"
    )
