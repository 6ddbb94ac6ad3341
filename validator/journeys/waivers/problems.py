"""What is said of waivers that do nothing, or less than they seem to: warnings at their place in the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from validator.language.structure import shorten
from validator.logic.policy import Norm
from validator.logic.problem import Problem
from validator.logic.text import Text
from validator.logic.waiver import Waiver

REMOVE = Text("уберите отступление", "remove the waiver")
PUT_RIGHT = Text("уберите отступление и устраните нарушение", "remove the waiver and put the violation right")
_NO_LONGER = Text("если оно больше не нужно, уберите его", "remove it when it is needed no more")
_SHOWN_FACTS = 5


def warning(code: str, waiver: Waiver, key: str, message: Text, help_: Text) -> Problem:
    """A warning about a waiver, named by its id, at the place of one of its keys."""
    span, token = waiver.span_of(key), shorten(waiver.id)
    told = Text(f"отступление {token}: {message.ru}", f"waiver {token}: {message.en}")
    return Problem(code, told, help_, span, span.file, warning=True)


def too_broad(waiver: Waiver, key: str, why: Text, help_: Text) -> Problem:
    """That a waiver would hide more than one violation."""
    message = Text(f"слишком широкое и не действует: {why.ru}", f"too broad and without effect: {why.en}")
    return warning("waiver-too-broad", waiver, key, message, help_)


# --- days --------------------------------------------------------------------------------------------------------


def expired(waiver: Waiver, day: date, *, violated: bool) -> Problem:
    """That a waiver was over on the day that counts; `violated` when it is known that the violation is not."""
    message = Text(
        f"последний день {waiver.last.isoformat()}, на {day.isoformat()} оно уже не действует",
        f"its last day was {waiver.last.isoformat()}, on {day.isoformat()} it holds no more",
    )
    if not violated:
        help_ = Text(
            "уберите его, а если нарушение осталось, оформите новое с новым документом",
            "remove it, or if the violation is still there, have a new one approved by a new document",
        )
        return warning("waiver-expired", waiver, "through", message, help_)
    message = Text(f"{message.ru}, а нарушение осталось", f"{message.en}, and the violation is still there")
    help_ = Text(
        "устраните нарушение или оформите новое отступление с новым документом",
        "put the violation right, or have a new waiver approved by a new document",
    )
    return warning("waiver-expired", waiver, "through", message, help_)


def not_begun(waiver: Waiver, day: date) -> Problem:
    """That there is a violation before the first day."""
    message = Text(
        f"первый день {waiver.first.isoformat()}, а на {day.isoformat()} нарушение уже есть",
        f"its first day is {waiver.first.isoformat()}, and on {day.isoformat()} there is a violation already",
    )
    help_ = Text("до этого дня нарушение не покрыто", "until that day the violation is not waived")
    return warning("waiver-not-begun", waiver, "from", message, help_)


# --- nothing to waive ---------------------------------------------------------------------------------------------


def no_violation(waiver: Waiver, day: date) -> Problem:
    """That the norm is certainly not violated where the waiver says."""
    message = Text(
        f"отступать не от чего: на {day.isoformat()} норма {waiver.policy} здесь не нарушена",
        f"nothing to waive: on {day.isoformat()} the norm {waiver.policy} is not violated here",
    )
    return warning("waiver-orphaned", waiver, "policy", message, _NO_LONGER)


def no_such_item(waiver: Waiver, day: date) -> Problem:
    """That the norm judges no item of the name in the waiver."""
    message = Text(
        f"отступать не от чего: на {day.isoformat()} норма {waiver.policy} не судит о записи с таким `ref`",
        f"nothing to waive: on {day.isoformat()} the norm {waiver.policy} judges no item of that `ref`",
    )
    help_ = Text(f"сверьте `item` с отчётом; {_NO_LONGER.ru}", f"compare `item` with the report; {_NO_LONGER.en}")
    return warning("waiver-orphaned", waiver, "item", message, help_)


# --- the norm does not permit it ---------------------------------------------------------------------------------


def never_permitted(waiver: Waiver, norm: Norm) -> Problem:
    """That the norm may never be waived."""
    message = Text(f"норма {norm.id} не допускает отступлений", f"the norm {norm.id} allows no waivers")
    return warning("waiver-forbidden", waiver, "policy", message, PUT_RIGHT)


def not_permitted(waiver: Waiver, norm: Norm, path: str, condition: Text) -> Problem:
    """That the condition under which the norm may be waived is false of the item at `path`."""
    message = Text(
        f"норма {norm.id} допускает отступление, только если {condition.ru}; здесь это не так (`{path}`)",
        f"the norm {norm.id} allows a waiver only if {condition.en}; here it is not so (`{path}`)",
    )
    return warning("waiver-forbidden", waiver, "policy", message, PUT_RIGHT)


def of_another_list(waiver: Waiver, norm: Norm, path: str) -> Problem:
    """That the condition was written for another of the lists that the norm is about."""
    message = Text(
        f"условие, при котором норма {norm.id} допускает отступление, написано для другого списка (`{path}`)",
        f"the condition on which the norm {norm.id} allows a waiver was written for another list (`{path}`)",
    )
    return warning("waiver-forbidden", waiver, "policy", message, PUT_RIGHT)


def not_certain(waiver: Waiver, norm: Norm, path: str, condition: Text, missing: Sequence[str]) -> Problem:
    """That nobody knows whether that condition holds; `missing` are the paths of facts that would tell."""
    message = Text(
        f"норма {norm.id} допускает отступление, только если {condition.ru}; так ли это, неизвестно (`{path}`)",
        f"the norm {norm.id} allows a waiver only if {condition.en}; whether it is so is unknown (`{path}`)",
    )
    shown = ", ".join(f"`{fact}`" for fact in missing[:_SHOWN_FACTS])
    rest = ", …" if len(missing) > _SHOWN_FACTS else ""
    help_ = Text(f"в снимке не хватает: {shown}{rest}", f"the snapshot lacks: {shown}{rest}")
    return warning("waiver-forbidden", waiver, "policy", message, help_)
