"""Values by the names that a sentence gives them: words of enumerations, services, regions, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

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
    if value in shape.special:
        return Text("нет", "none")
    return shape.values.get(value) or _registered(_Identity(policies)).get(value) or Text(value, value)


class _Identity:
    """A policy set as a key of a cache: the same object, not an equal one, so that no set is ever compared."""

    __slots__ = ("policies",)

    def __init__(self, policies: PolicySet) -> None:
        self.policies = policies

    def __hash__(self) -> int:
        return id(self.policies)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.policies is self.policies


@lru_cache(maxsize=4)
def _registered(key: _Identity) -> dict[str, Text]:
    """The names of all registered ids; of an id on several registers the first one counts."""
    names: dict[str, Text] = {}
    for register in key.policies.registers.values():
        for row in register.rows:
            names.setdefault(row.id, row.title)
    return names


def plain_name(value: Value) -> Text:
    """The name of a value whatever its field: yes and no; days and decimals as each language writes them."""
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
        case Decimal():
            return Text(str(value).replace(".", ","), str(value))
        case frozenset():
            joined = ", ".join(sorted(value))
            return Text(joined or "ничего", joined or "nothing")
        case _:
            return Text(str(value), str(value))
