"""The words of proofs in both languages: answers, weights, and what is wrong with entries."""

from __future__ import annotations

from validator.logic.proof import Answered, Involved
from validator.logic.text import Text

STATUSES = {
    "proved": Text("доказано: нет", "proved: none"),
    "witness": Text("есть", "there is one"),
    "bounded_ok": Text("нет в пределах", "none within bounds"),
    "undecided": Text("не решено", "undecided"),
    "unreachable": Text("посылка невыполнима", "premise impossible"),
    "not_analysed": Text("не разобрано", "not analysed"),
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


def where(involved: Involved) -> str:
    """`file:line:column` of a policy, or nothing."""
    place = involved["location"]
    return "" if place is None else f"{place['file']}:{place['line']}:{place['column']}"


def bounds(answered: Answered) -> str:
    """The lengths of lists that were looked at: `chats 2, people 1`."""
    return ", ".join(f"{path} {number}" for path, number in answered["bounds"].items())
