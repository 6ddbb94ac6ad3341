"""Conditions as Russian and English sentences, put together from the titles of fields and values.

Titles stand in the nominative and are never inflected; sentences are built around that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from validator.interpreters.naming import name_of, plain_name
from validator.logic.expr import (
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
)
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import PolicySet
from validator.logic.shape import FieldShape
from validator.logic.text import Text, plural_ru
from validator.logic.values import Order, Value

_SCOPES = {
    "organization": Text("организация", "organization"),
    "person": Text("участник", "person"),
    "guardian": Text("родитель", "guardian"),
    "class": Text("класс", "class"),
    "chat": Text("чат", "chat"),
    "use": Text("использование", "use"),
    "document": Text("документ", "document"),
    "service_row": Text("сервис", "service"),
    "activity_row": Text("показатель", "activity"),
    "event": Text("событие", "event"),
    "channel": Text("канал", "channel"),
    "admin": Text("администратор чата", "chat admin"),
    "rank": Text("место чата", "chat rank"),
    "missing_member": Text("отсутствующие", "missing members"),
    "invitation": Text("приглашение", "invitation"),
}
_OTHER = Text("другая запись", "other item")  # bound under a name of the policy's own
_ORDERS = {
    Order.IS: Text("{} — {}", "{} is {}"),
    Order.AT_LEAST: Text("{} не меньше {}", "{} is at least {}"),
    Order.AT_MOST: Text("{} не больше {}", "{} is at most {}"),
    Order.MORE_THAN: Text("{} больше {}", "{} is more than {}"),
    Order.LESS_THAN: Text("{} меньше {}", "{} is less than {}"),
    Order.BEFORE: Text("{} раньше {}", "{} is before {}"),
    Order.ON_OR_BEFORE: Text("{} не позднее {}", "{} is on or before {}"),
    Order.AFTER: Text("{} позже {}", "{} is after {}"),
    Order.ON_OR_AFTER: Text("{} — {} или позднее", "{} is on or after {}"),
}
_NEGATED = {
    Order.IS: Text("{} — не {}", "{} is not {}"),
    Order.AT_LEAST: _ORDERS[Order.LESS_THAN],
    Order.AT_MOST: _ORDERS[Order.MORE_THAN],
    Order.MORE_THAN: _ORDERS[Order.AT_MOST],
    Order.LESS_THAN: _ORDERS[Order.AT_LEAST],
    # With `never` no order of days holds, so the negation of one is not another.
    Order.BEFORE: Text("неверно, что {} раньше {}", "{} is not before {}"),
    Order.ON_OR_BEFORE: Text("неверно, что {} не позднее {}", "{} is not on or before {}"),
    Order.AFTER: Text("неверно, что {} позже {}", "{} is not after {}"),
    Order.ON_OR_AFTER: Text("неверно, что {} — {} или позднее", "{} is not on or after {}"),
}
# Words after which a Russian noun stands in the genitive; dates and quoted titles do not change.
_GENITIVE = (Order.BEFORE, Order.ON_OR_BEFORE, Order.AFTER)
_SETS = {
    SetRelation.CONTAINS_ANY: Text("{} включает хотя бы одно из: {}", "{} includes any of: {}"),
    SetRelation.CONTAINS_ALL: Text("{} включает все из: {}", "{} includes all of: {}"),
    SetRelation.WITHIN: Text("{} не выходит за пределы: {}", "{} is within: {}"),
}
_NOT_SETS = {
    SetRelation.CONTAINS_ANY: Text("{} не включает ни одного из: {}", "{} includes none of: {}"),
    SetRelation.CONTAINS_ALL: Text("{} включает не все из: {}", "{} does not include all of: {}"),
    SetRelation.WITHIN: Text("{} выходит за пределы: {}", "{} goes beyond: {}"),
}
_QUANTITIES = {
    Quantity.SOME: Text("в списке «{}» есть запись: {}", "list “{}” has an item: {}"),
    Quantity.EVERY: Text("для каждой записи списка «{}»: {}", "every item of list “{}”: {}"),
    Quantity.NO: Text("в списке «{}» нет записи: {}", "list “{}” has no item: {}"),
}
_NOT_QUANTITIES = {
    Quantity.SOME: _QUANTITIES[Quantity.NO],
    Quantity.EVERY: Text("не для каждой записи списка «{}»: {}", "not every item of list “{}”: {}"),
    Quantity.NO: _QUANTITIES[Quantity.SOME],
}


class Line(NamedTuple):
    """A line of an outline: how deep it is indented, the sentence, and the condition it tells."""

    depth: int
    text: Text
    condition: Condition


def sentence(condition: Condition, policies: PolicySet, *, negated: bool = False, about: str = "") -> Text:
    """The condition as one sentence without a full stop; `about` is the scope whose name is left out."""
    return _Prose(policies, about).tell(condition, negated)


def outline(condition: Condition, policies: PolicySet, about: str = "") -> list[Line]:
    """The condition as indented lines, one per leaf, with headings for alternatives and negations."""
    return list(_Prose(policies, about).lines(condition, 0, negated=False))


def day_term(term: Term, policies: PolicySet) -> Text:
    """A day as a sentence says it."""
    return _Prose(policies, "").term(term)


def _put(template: Text, *parts: Text) -> Text:
    return Text(_fill(template.ru, [part.ru for part in parts]), _fill(template.en, [part.en for part in parts]))


def _fill(template: str, parts: list[str]) -> str:
    pieces = template.split("{}")
    return pieces[0] + "".join(part + piece for part, piece in zip(parts, pieces[1:], strict=True))


def _join(parts: list[Text], word: Text) -> Text:
    return Text(f" {word.ru} ".join(p.ru for p in parts), f" {word.en} ".join(p.en for p in parts))


class _Prose:
    def __init__(self, policies: PolicySet, about: str) -> None:
        self.policies = policies
        self.about = about

    # --- conditions ---------------------------------------------------------------------------------------

    def tell(self, condition: Condition, negated: bool) -> Text:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                return self._several(condition, parts, negated)
            case Not(part):
                return self.tell(part, not negated)
            case Compare(left, Order.IS, Literal(value=frozenset() as value)) if not value:
                template = (
                    Text("{} — не пусто", "{} is not empty") if negated else Text("{} — пусто", "{} is empty")
                )
                return _put(template, self.term(left))
            case Compare(left, order, right):
                told = self._genitive(right) if order in _GENITIVE else self._value_of(left, right)
                return _put((_NEGATED if negated else _ORDERS)[order], self.term(left), told)
            case OneOf(field, values):
                template = Text("{} — не из числа: {}", "{} is none of: {}")
                names = self._names(values, field.shape)
                return _put(
                    template if negated else Text("{} — одно из: {}", "{} is one of: {}"), self.term(field), names
                )
            case SetTest(field, relation, values):
                templates = _NOT_SETS if negated else _SETS
                return _put(templates[relation], self.term(field), self._value_of(field, values))
            case Quantified():
                return self._quantified(condition, negated)
            case Follow(reference, _, body):
                return _put(
                    Text("у записи, на которую указывает {}: {}", "the item that {} points to: {}"),
                    self.term(reference),
                    self.tell(body, negated),
                )
            case ListedIn(field, register):
                title = self.policies.registers[register].title
                template = Text("{} нет в перечне «{}»", "{} is not on the list “{}”")
                return _put(
                    template if negated else Text("{} есть в перечне «{}»", "{} is on the list “{}”"),
                    self.term(field),
                    title,
                )
            case Meets(definition):
                title = self.policies.definitions[definition].title
                template = Text("не выполнено «{}»", "“{}” does not hold")
                return _put(template if negated else Text("выполнено «{}»", "“{}” holds"), title)
            case Undecided(question):
                return Text(f"вопрос {question} правом не решён", f"question {question} is not settled in law")
            case Fresh(body, on, within):
                days = Text(str(within), str(within)) if isinstance(within, int) else self.term(within)
                template = Text("по сведениям не старше {} дн. ({}): {}", "by facts at most {} days old ({}): {}")
                return _put(template, days, self.term(on), self.tell(body, negated))
            case Known(field):
                template = Text("{} — неизвестно", "{} is not known")
                return _put(template if negated else Text("{} — известно", "{} is known"), self.term(field))
            case _:
                assert_never(condition)

    def _several(self, condition: AllOf | AnyOf, parts: tuple[Condition, ...], negated: bool) -> Text:
        conjunction = isinstance(condition, AllOf) is not negated
        if not parts:
            return Text("всегда", "always") if conjunction else Text("никогда", "never")
        told = [self.tell(part, negated) for part in parts]
        if len(told) > 1:
            told = [
                _put(Text("({})", "({})"), text)
                if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
                else text
                for part, text in zip(parts, told, strict=True)
            ]
        return _join(told, Text("и", "and") if conjunction else Text("или", "or"))

    def _quantified(self, condition: Quantified, negated: bool) -> Text:
        templates = _NOT_QUANTITIES if negated else _QUANTITIES
        inner = _Prose(self.policies, condition.bind)
        template = templates[condition.quantity]
        title = condition.items.shape.title
        if isinstance(condition.body, AllOf) and not condition.body.parts:
            head = Text(template.ru.partition(": {}")[0], template.en.partition(": {}")[0])
            return _put(head, title)
        return _put(template, title, inner.tell(condition.body, negated=False))

    def lines(self, condition: Condition, depth: int, negated: bool) -> Iterator[Line]:
        """The outline of a condition."""
        match condition:
            case AllOf(parts) | AnyOf(parts) if len(parts) > 1:
                conjunction = isinstance(condition, AllOf) is not negated
                if not (depth == 0 and conjunction):
                    heading = Text("всё вместе:", "all of:") if conjunction else Text("хотя бы одно:", "any of:")
                    yield Line(depth, heading, condition)
                    depth += 1
                for part in parts:
                    yield from self.lines(part, depth, negated)
            case AllOf((part,)) | AnyOf((part,)):
                yield from self.lines(part, depth, negated)
            case Not(part):
                yield from self.lines(part, depth, not negated)
            case Quantified(body=AllOf(parts) | AnyOf(parts) as body) if len(parts) > 1:
                templates = _NOT_QUANTITIES if negated else _QUANTITIES
                heading = _put(templates[condition.quantity], condition.items.shape.title, Text("", ""))
                yield Line(depth, Text(heading.ru.rstrip(), heading.en.rstrip()), condition)
                inner = _Prose(self.policies, condition.bind)
                for line in inner.lines(body, 0, negated=False):
                    yield line._replace(depth=depth + 1 + line.depth)
            case _:
                yield Line(depth, self.tell(condition, negated), condition)

    # --- terms --------------------------------------------------------------------------------------------

    def term(self, term: Term) -> Text:
        match term:
            case Literal(value):
                return plain_name(value)
            case Field():
                return self._field(term)
            case ParameterValue(name):
                title = self.policies.parameters[name].title
                return Text(f"«{title.ru}»", f"“{title.en}”")
            case AsOf():
                return Text("день проверки", "the day of judgement")
            case Shifted(day, days):
                return self._shifted(day, days)
            case CountOf(items, bind, body):
                inner = _Prose(self.policies, bind)
                if isinstance(body, AllOf) and not body.parts:
                    return _put(Text("число записей «{}»", "the number of “{}”"), items.shape.title)
                template = Text("число записей «{}», где {},", "the number of “{}” where {}")
                return _put(template, items.shape.title, inner.tell(body, negated=False))
            case Sum(terms):
                return _put(
                    Text("сумма ({})", "the total of ({})"), _join([self.term(t) for t in terms], Text("+", "+"))
                )
            case Ratio(part, whole):
                return _put(
                    Text("доля ({}) от ({}) в процентах", "the share of ({}) in ({}), percent"),
                    self.term(part),
                    self.term(whole),
                )
            case _:
                assert_never(term)

    def _genitive(self, term: Term) -> Text:
        told = self.term(term)
        return Text(told.ru.replace("день проверки", "дня проверки"), told.en)

    def _field(self, field: Field) -> Text:
        title = field.shape.title
        name = Text(f"«{title.ru}»", f"“{title.en}”")
        if field.scope == self.about:
            return name
        prefix = _SCOPES.get(field.scope, _OTHER)
        return Text(f"{prefix.ru}: {name.ru}", f"{prefix.en}: {name.en}")

    def _shifted(self, day: Term, days: int | ParameterValue) -> Text:
        told = self.term(day)
        if isinstance(days, int):
            number, sign = abs(days), "+" if days >= 0 else "−"
            noun = plural_ru(number, "день", "дня", "дней")
            return Text(
                f"{told.ru} {sign} {number} {noun}", f"{told.en} {sign} {number} day{'' if number == 1 else 's'}"
            )
        return _put(Text("{} + {} (дней)", "{} + {} (days)"), told, self.term(days))

    def _value_of(self, field: Term, value: Term) -> Text:
        """A right-hand side; words of an enumeration are told by their names."""
        if isinstance(value, Literal) and isinstance(field, Field):
            if isinstance(value.value, frozenset):
                return self._names(value.value, field.shape)
            return name_of(value.value, field.shape, self.policies)
        return self.term(value)

    def _names(self, values: frozenset[Value] | frozenset[str], shape: FieldShape) -> Text:
        words = list(shape.values)
        ordered = sorted(values, key=lambda v: (words.index(str(v)) if v in words else len(words), str(v)))
        names = [name_of(value, shape, self.policies) for value in ordered]
        return Text(", ".join(name.ru for name in names), ", ".join(name.en for name in names))
