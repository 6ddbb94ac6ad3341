"""The words of proofs in both languages: answers, weights, and what is wrong with entries."""

from __future__ import annotations

from validator.logic.proof import Answered, Involved, Judgement
from validator.logic.text import Text
from validator.render.words import REASONS, verdict_word

STATUSES = {
    "proved": Text("доказано, что нет", "proved that there is none"),
    "witness": Text("снимок найден", "snapshot found"),
    "bounded_ok": Text("не найдено, просмотрено не всё", "none found, not everything looked at"),
    "undecided": Text("не решено", "undecided"),
    "unreachable": Text("спрашивать не о чем", "nothing to ask about"),
    "not_analysed": Text("не разобрано", "not analysed"),
}
# The same in a count of questions, each of which asks whether there is a snapshot such that.
COUNTED = {
    "proved": Text("доказано, что такого снимка нет,", "proved that there is no such snapshot"),
    "witness": STATUSES["witness"],
    "bounded_ok": STATUSES["bounded_ok"],
    "undecided": STATUSES["undecided"],
    "unreachable": STATUSES["unreachable"],
    "not_analysed": STATUSES["not_analysed"],
}
WEIGHTS = {
    "error": Text("ошибка", "error"),
    "warning": Text("замечание", "warning"),
    "info": Text("к сведению", "for information"),
}
ENTRIES = {
    "expired": Text("срок записи кончился", "the entry is over"),
    "orphaned": Text("такой находки больше нет", "there is no such finding any more"),
}
ENTRY_HELP = {
    "expired": Text(
        "исправьте политику, или продлите `through`, или уберите запись",
        "mend the policy, or move `through` on, or remove the entry",
    ),
    "orphaned": Text(
        "уберите запись; если находка вернулась с другим отпечатком, рассмотрите её заново",
        "remove the entry; a finding that is back under another digest is to be looked at anew",
    ),
}


def judged(told: Judgement) -> Text:
    """What a policy says of an item in words."""
    if (title := told["verdict_title"]) is not None:
        return Text(title["ru"], title["en"])
    reason = told["reason"]
    if told["verdict"] == "ok" and reason in REASONS:
        return REASONS[reason]
    return Text(*(word.lower() for word in verdict_word(told["verdict"])))


def where(involved: Involved) -> str:
    """`file:line:column` of a policy, or nothing."""
    place = involved["location"]
    return "" if place is None else f"{place['file']}:{place['line']}:{place['column']}"


def bounds(answered: Answered) -> str:
    """The lengths of lists that were looked at: `chats 2, people 1`."""
    return ", ".join(f"{path} {number}" for path, number in answered["bounds"].items())
