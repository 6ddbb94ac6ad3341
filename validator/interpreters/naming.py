"""Values by the names that a sentence gives them: words of enumerations, services, regions, days."""

from __future__ import annotations

from datetime import date

from validator.logic.policy import PolicySet
from validator.logic.shape import FieldShape
from validator.logic.text import Text
from validator.logic.values import OngoingDay, SpecialDay, Value


def name_of(value: Value, shape: FieldShape, policies: PolicySet) -> Text:
    """The name of a value of a field; an unregistered name is its own."""
    if isinstance(value, frozenset):
        names = [name_of(item, shape, policies) for item in sorted(value)]
        return Text(", ".join(n.ru for n in names), ", ".join(n.en for n in names)) if names else plain_name(value)
    if not isinstance(value, str):
        return plain_name(value)
    rows = (row for register in policies.registers.values() for row in register.rows)
    if value in shape.special:
        return Text("нет", "none")
    registered = next((row.title for row in rows if row.id == value), Text(value, value))
    return shape.values.get(value, registered)


def plain_name(value: Value) -> Text:
    """The name of a value whatever its field: yes and no, days the Russian and the international way."""
    match value:
        case bool():
            return Text("да", "yes") if value else Text("нет", "no")
        case SpecialDay.NEVER:
            return Text("никогда", "never")
        case SpecialDay.OPEN_ENDED:
            return Text("бессрочно", "without end")
        case OngoingDay():
            return Text("продолжается", "ongoing")
        case date():
            return Text(value.strftime("%d.%m.%Y"), value.isoformat())
        case frozenset():
            joined = ", ".join(sorted(value))
            return Text(joined or "ничего", joined or "nothing")
        case _:
            return Text(str(value), str(value))
