"""What no true snapshot can say: checked before any policy, on facts that are already typed.

Each check is a small function that yields problems; `check_integrity` runs them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import mul

from validator.language.names import ReferenceNames
from validator.logic.facts import Record, Snapshot
from validator.logic.problem import Problem
from validator.logic.shape import FieldShape, Kind, Limit
from validator.logic.text import Text
from validator.logic.values import SpecialDay, Value, point

_PUBLIC_SHARE = "public_share"
_NOT_PUBLIC = ("private", "person", "foreign")
# Order No. ММВ-7-6/435@ of the Federal Tax Service of 2012-06-29 names the control digits; weights as published.
_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def check_integrity(snapshot: Snapshot, names: ReferenceNames) -> list[Problem]:
    """Every contradiction of the facts with one another or with the calendar, in the order of the document."""
    found = [
        *_identity(snapshot, names),
        *_shares(snapshot),
        *_repeated_refs(snapshot),
        *(problem for record in all_records(snapshot.root) for problem in _record(snapshot, record)),
    ]
    return sorted(found, key=lambda problem: problem.span or (0, 0))


def all_records(record: Record) -> Iterator[Record]:
    """The record and all records and items within it."""
    yield record
    for inner in record.records.values():
        yield from all_records(inner)
    for items in record.lists.values():
        for item in items:
            yield from all_records(item)


def inn_is_valid(inn: str) -> bool:
    """Whether the control digits of a taxpayer number of 10 or 12 digits are right."""
    digits = list(map(int, inn))
    if len(digits) == 10:
        return digits[9] == _control(_INN_10, digits)
    return len(digits) == 12 and digits[10] == _control(_INN_11, digits) and digits[11] == _control(_INN_12, digits)


def _control(weights: tuple[int, ...], digits: list[int]) -> int:
    """The control digit of the first digits, as many as there are weights."""
    total: int = sum(map(mul, weights, digits))
    return total % 11 % 10


def _problem(record: Record, name: str, code: str, message: Text, help_: Text) -> Problem:
    span = record.span_of(name)
    return Problem(code, message, help_, span, span.file, record.path_of(name))


def _record(snapshot: Snapshot, record: Record) -> Iterator[Problem]:
    for name, value in record.values.items():
        shape = record.shape.fields[name]
        if isinstance(value, date):
            yield from _future(snapshot, record, shape, value)
        yield from _bounds(record, shape, value)
        if shape.kind is Kind.REF or shape.item is Kind.REF:
            yield from _dangling(snapshot, record, shape, value)
    yield from _order_of_days(record)


def _identity(snapshot: Snapshot, names: ReferenceNames) -> Iterator[Problem]:
    root = snapshot.root
    if not inn_is_valid(snapshot.inn):
        yield _problem(
            root,
            "inn",
            "inn-check-digit",
            Text("контрольная цифра ИНН не сходится", "the check digit of the INN does not agree"),
            Text("сверьте ИНН с выпиской из реестра", "compare the INN with the register extract"),
        )
    form = root.values.get("legal_form")
    if form is not None and (form == "entrepreneur") is not (len(snapshot.inn) == 12):
        yield _problem(
            root,
            "inn",
            "inn-length",
            Text("длина ИНН не подходит к правовой форме", "the length of the INN does not fit the legal form"),
            Text(
                "12 цифр только у предпринимателя, у организации 10", "12 digits for an entrepreneur only, else 10"
            ),
        )
    if names.regions and snapshot.region not in names.regions:
        yield _problem(
            root,
            "region",
            "unknown-region",
            Text("такого кода субъекта Российской Федерации нет", "there is no federal subject with this code"),
            Text(
                "нужен двузначный код субъекта, а не код на номерном знаке",
                "the two-digit code of the subject is wanted, not that of a number plate",
            ),
        )


def shares_are_sound(shares: Iterable[Fraction | Decimal | None], founder: object) -> bool:
    """Whether known public shares are possible: 100 percent at most, none beside a founder that is not public."""
    total = sum(Fraction(share) for share in shares if share is not None)
    return total <= 100 and not (founder in _NOT_PUBLIC and total > 0)


def _shares(snapshot: Snapshot) -> Iterator[Problem]:
    shares = snapshot.root.records[_PUBLIC_SHARE]
    known = {name: Fraction(value) for name, value in shares.values.items() if isinstance(value, Decimal)}
    if sum(known.values()) > 100:
        yield _problem(
            shares,
            next(reversed(known)),
            "shares-over-100",
            Text("доли в сумме больше 100 процентов", "the shares add up to more than 100 percent"),
            Text("проверьте доли", "check the shares"),
        )
    if snapshot.root.values.get("founder") in _NOT_PUBLIC and any(value > 0 for value in known.values()):
        yield _problem(
            shares,
            next(name for name, value in known.items() if value > 0),
            "share-without-public-founder",
            Text("публичная доля при непубличном учредителе", "a public share beside a founder that is not public"),
            Text("исправьте учредителя или долю", "mend the founder or the share"),
        )


def _repeated_refs(snapshot: Snapshot) -> Iterator[Problem]:
    for items in snapshot.root.lists.values():
        seen: dict[str, Record] = {}
        for item in items:
            if item.ref is None:
                continue
            if item.ref in seen:
                line = seen[item.ref].span_of("ref").line
                yield _problem(
                    item,
                    "ref",
                    "repeated-ref",
                    Text(f"такой `ref` уже есть (строка {line})", f"this `ref` is taken (line {line})"),
                    Text("у каждой записи списка свой `ref`", "every item of a list has a `ref` of its own"),
                )
            seen.setdefault(item.ref, item)


def _dangling(snapshot: Snapshot, record: Record, shape: FieldShape, value: Value) -> Iterator[Problem]:
    target = shape.target or ""
    refs = value if isinstance(value, frozenset) else {str(value)}
    if any(ref not in shape.special and snapshot.referred(target, ref) is None for ref in refs):
        yield _problem(
            record,
            shape.name,
            "dangling-ref",
            Text(f"в списке `{target}` нет записи с таким `ref`", f"list `{target}` has no item with this `ref`"),
            Text(
                f"добавьте запись в `{target}` или уберите ссылку",
                f"add the item to `{target}`, or leave the reference out",
            ),
        )


def _future(snapshot: Snapshot, record: Record, shape: FieldShape, value: date) -> Iterator[Problem]:
    first = value.replace(day=1) if shape.kind is Kind.MONTH else value
    if first > snapshot.as_of and not shape.future:
        yield _problem(
            record,
            shape.name,
            "future-date",
            Text(
                f"«{shape.title.ru}»: дата позже дня снимка",
                f"“{shape.title.en}”: a date after the day of the snapshot",
            ),
            Text("исправьте дату или `as_of`", "mend the date or `as_of`"),
        )


def _bounds(record: Record, shape: FieldShape, value: Value) -> Iterator[Problem]:
    if not (shape.kind.is_number or shape.kind is Kind.DATE) or isinstance(value, SpecialDay):
        return
    low, high = _end(record, shape.at_least), _end(record, shape.at_most)
    here = point(value).low
    if (low is not None and here < low) or (high is not None and here > high):
        sibling = next(
            (limit.sibling for limit in (shape.at_least, shape.at_most) if limit and limit.sibling), None
        )
        other = record.shape.fields[sibling].title if sibling else Text("пределы поля", "the limits of the field")
        yield _problem(
            record,
            shape.name,
            "out-of-bounds",
            Text(
                f"«{shape.title.ru}»: противоречит «{other.ru}»",
                f"“{shape.title.en}”: contradicts “{other.en}”",
            ),
            Text("проверьте оба значения", "check both values"),
        )


def _end(record: Record, limit: Limit | None) -> int | float | None:
    if limit is None or limit.as_of:
        return None
    if limit.number is not None:
        return limit.number
    value = record.values.get(limit.sibling or "")
    if value is None or isinstance(value, SpecialDay):
        return None
    return point(value).low  # type: ignore[return-value]


# Pairs of days of one record of which the first can't lie after the second.
DAYS_IN_ORDER = (
    ("archive_announced_on", "archived_on"),
    ("in_force_from", "in_force_through"),
    ("invited_on", "joined_on"),
)


def _order_of_days(record: Record) -> Iterator[Problem]:
    for earlier, later in DAYS_IN_ORDER:
        first, last = record.values.get(earlier), record.values.get(later)
        if isinstance(first, date) and isinstance(last, date) and first > last:
            one, other = record.shape.fields[earlier].title, record.shape.fields[later].title
            yield _problem(
                record,
                later,
                "days-out-of-order",
                Text(f"«{other.ru}» раньше, чем «{one.ru}»", f"“{other.en}” lies before “{one.en}”"),
                Text("проверьте обе даты", "check both dates"),
            )
