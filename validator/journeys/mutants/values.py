"""Changes of what is written as a value: numbers, days, words and sets of words.

A truth value has none: to write the other one is to negate the comparison, and that is a change of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from validator.journeys.mutants.model import Change
from validator.logic.policy import PolicySet
from validator.logic.problem import Span
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.values import SpecialDay, Value, month_end, spell

# The words a field may hold, in an order that does not depend on the run; none where any text may stand.
Words = Callable[[FieldShape], Sequence[str]]
_DAY = timedelta(days=1)


def words_of(policies: PolicySet) -> Words:
    """The words of enums and sets as the schema lists them, the names of services as the registers do."""
    rows = [row.id for _, register in sorted(policies.registers.items()) for row in register.rows
            if register.family == "services"]  # fmt: skip
    services = tuple(dict.fromkeys(rows))

    def words(shape: FieldShape) -> Sequence[str]:
        kind = shape.item if shape.kind is Kind.SET and shape.item else shape.kind
        if kind is Kind.SERVICE:
            return services
        known = shape.values if kind is Kind.ENUM else shape.special if kind is Kind.REF else ()
        return [word for word in known if word not in shape.unknown_values]

    return words


def replaced(old: str, new: str) -> Text:
    """That one thing stands in the place of another."""
    return Text(f"`{old}` заменено на `{new}`", f"`{old}` replaced by `{new}`")


def values(value: Value, shape: FieldShape | None, span: Span, words: Words) -> Iterator[Change[Value]]:
    """The changes of a value; `shape` is the field that it is compared with, None for a count or a total."""
    match value:
        case bool():
            return
        case frozenset():
            for change in members(frozenset(value), shape, span, words):
                made = frozenset(str(member) for member in change.made)
                yield Change(change.key, change.span, change.what, made)
        case SpecialDay():
            others = [SpecialDay(w) for w in (shape.special if shape else ()) if w in ("never", "open_ended")]
            for other in others:
                if other is not value:
                    yield _put(value, other, f"word:{other.value}", span)
        case str():
            found = next_word(value, shape, words)
            if found is not None:
                yield _put(value, found, f"word:{found}", span)
        case _:
            for name, step in (("minus", -1), ("plus", 1)):
                moved = _moved(value, step, monthly=shape is not None and shape.kind is Kind.MONTH)
                if moved is not None:
                    yield _put(value, moved, f"constant-{name}", span)


def _put(old: Value, new: Value, key: str, span: Span) -> Change[Value]:
    return Change(key, span, replaced(spell(old), spell(new)), new)


def _moved(value: int | Decimal | date, step: int, *, monthly: bool) -> Value | None:
    """The next number or day (month, where months are compared); None beyond the calendar."""
    if not isinstance(value, date):
        return value + step
    if monthly:
        months = value.year * 12 + value.month - 1 + step
        return month_end(months // 12, months % 12 + 1)
    at_end = value == (date.max if step > 0 else date.min)
    return None if at_end else date.fromordinal(value.toordinal()) + step * _DAY


def next_word(
    word: str, shape: FieldShape | None, words: Words, *, barred: frozenset[Value] = frozenset()
) -> str | None:
    """The word after that one among those the field may hold, going round; None when there is no other."""
    known = list(words(shape)) if shape else []
    start = known.index(word) + 1 if word in known else 0
    return next(
        (other for other in [*known[start:], *known[:start]] if other != word and other not in barred), None
    )


def members(
    found: frozenset[Value], shape: FieldShape | None, span: Span, words: Words
) -> Iterator[Change[frozenset[Value]]]:
    """Each member left out, or replaced where it is the only one, and one more member added.

    A set of numbers or days loses members only.
    """
    spelt = sorted(found, key=spell)
    for member in spelt if len(spelt) > 1 else ():
        left = Text(f"`{spell(member)}` убрано из перечня", f"`{spell(member)}` left out of the list")
        yield Change(f"without:{spell(member)}", span, left, found - {member})
    if not all(isinstance(member, str) for member in spelt):
        return
    last = str(spelt[-1]) if spelt else ""
    other = next_word(last, shape, words, barred=found)
    if other is None:
        return
    if len(spelt) == 1:
        yield Change(f"word:{other}", span, replaced(last, other), frozenset({other}))
    added = Text(f"`{other}` добавлено в перечень", f"`{other}` added to the list")
    yield Change(f"with:{other}", span, added, found | {other})
