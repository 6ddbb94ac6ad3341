"""Snapshots made from the vocabulary itself: a field that is added to the schema is in them at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from snapshot_documents import AS_OF, PREFIX, VOCABULARY

from validator.logic.shape import FieldShape, Kind, RecordShape

Draw = Callable[[st.SearchStrategy[Any]], Any]
TODAY = date.fromisoformat(AS_OF)
WORDS = ("Школа", "№ 100", "район", "«Солнышко»", "no", "true", "null", "1.50", "22:00", "0x1F", "# не примечание",
         "- черта", "a: b", "{x}", "'", '"', "\\", "ё", "🏫", "020101001", "2025-09-01", "=", "<<", "&a", "*a",
         "!t")  # fmt: skip
SERVICES = ("max", "МАХ", "whatsapp", "ватсап", "Какой-то мессенджер", "telegram", "5", "no", "1e3", "Signal ")
URLS = ("https://example.org", "http://школа100.рф/приказ?x=1#y", "https://example.org/a%20b")
DAYS = st.integers(0, 900).map(lambda days: (TODAY - timedelta(days=days)).isoformat())
FUTURE = st.integers(-900, 900).map(lambda days: (TODAY + timedelta(days=days)).isoformat())
COVERAGE = st.sampled_from(["complete", "partial", "unknown"])
# Pairs of one record that must not contradict each other: the first is not after, or above, the second.
ORDERED = (
    ("first_on", "last_on"), ("archive_announced_on", "archived_on"), ("in_force_from", "in_force_through"),
    ("invited_on", "joined_on"), ("rank", "owner_chat_count"),
)  # fmt: skip


@st.composite
def snapshots(draw: Draw) -> dict[str, Any]:
    """A document without any mistake; every field of the schema has its chance."""
    sizes = {name: draw(st.integers(0, 3)) for name in PREFIX}
    refs = {name: [f"{PREFIX[name]}_{number}" for number in range(size)] for name, size in sizes.items()}
    document: dict[str, Any] = {"schema": "sverka.snapshot/1", "as_of": AS_OF}
    for name, shape in VOCABULARY.document.fields.items():
        if name in document:
            continue
        if shape.required or refs.get(name) or draw(st.booleans()):
            document[name] = draw(_value(shape, refs, name))
    _reconcile(document["organization"])
    if draw(st.booleans()):
        names = [name for name, shape in VOCABULARY.document.fields.items() if shape.kind is Kind.LIST]
        document["coverage"] = draw(st.dictionaries(st.sampled_from(names), COVERAGE))
    return {name: document[name] for name in draw(st.permutations(list(document)))}


@st.composite
def _value(draw: Draw, shape: FieldShape, refs: dict[str, list[str]], path: str) -> Any:
    # A list that others refer to can't be unknown, or their references would lead nowhere.
    if not shape.required and path not in refs and draw(st.integers(0, 7)) == 0:
        return "unknown"
    if shape.special and draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(shape.special))
    match shape.kind:
        case Kind.RECORD:
            assert shape.record is not None
            return draw(_record(shape.record, refs, path, None))
        case Kind.LIST:
            assert shape.record is not None
            own = refs.get(path)
            items = own if own is not None else [None] * draw(st.integers(0, 2))
            return [draw(_record(shape.record, refs, path, ref)) for ref in items]
        case Kind.SET:
            assert shape.item is not None
            if shape.item is Kind.SERVICE:
                return draw(st.sampled_from([[], ["max"], ["ватсап", "новый"], ["no", "МАХ", "telegram"]]))
            known = refs[shape.target] if shape.target else list(shape.values)
            return draw(st.lists(st.sampled_from(known), unique=True)) if known else []
        case _:
            return draw(_scalar(shape, refs))


@st.composite
def _scalar(draw: Draw, shape: FieldShape, refs: dict[str, list[str]]) -> Any:
    match shape.kind:
        case Kind.BOOLEAN:
            return draw(st.booleans())
        case Kind.INTEGER:
            return draw(st.integers(shape.min_value or 0, shape.max_value or 2**53 - 1))
        case Kind.DECIMAL:
            return str(draw(st.decimals(0, 33, places=2)))
        case Kind.DATE:
            return draw(FUTURE if shape.future else DAYS)
        case Kind.MONTH:
            return draw(DAYS)[:7]
        case Kind.INSTANT:
            return draw(st.sampled_from(["2025-09-25T08:00:00+03:00", "2025-09-25T05:00:00.5Z"]))
        case Kind.ENUM:
            return draw(st.sampled_from(list(shape.values)))
        case Kind.SERVICE:
            return draw(st.sampled_from(SERVICES))
        case Kind.REF:
            return draw(st.sampled_from(refs[shape.target or ""])) if refs[shape.target or ""] else "unknown"
        case Kind.ID:
            return {"inn": "7800000002", "ogrn": "1027800000000", "oktmo": "01701000", "region": "04"}[shape.name]
        case _:
            if shape.name == "url":
                return draw(st.sampled_from(URLS))
            return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))


@st.composite
def _record(
    draw: Draw, shape: RecordShape, refs: dict[str, list[str]], path: str, ref: str | None
) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for name, field in shape.fields.items():
        if field.identity:
            record[name] = ref
        elif field.required or draw(st.integers(0, 2)) > 0:
            record[name] = draw(_value(field, refs, f"{path}.{name}"))
        if field.kind is Kind.LIST and draw(st.booleans()):
            record[field.coverage] = draw(COVERAGE)
    for lower, upper in ORDERED:
        first: Any = record.get(lower)
        last: Any = record.get(upper)
        if _is_day_or_number(first) and _is_day_or_number(last) and first > last:
            record[lower], record[upper] = last, first
    return record


def _is_day_or_number(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value[:1].isdigit())


def _reconcile(organization: dict[str, Any]) -> None:
    """What the parts of an organization say about one another."""
    if organization.get("legal_form") == "entrepreneur":
        organization["inn"] = "500100732259"
    shares = organization.get("public_share")
    if isinstance(shares, dict) and any(Decimal(s) > 0 for s in shares.values() if s != "unknown"):
        organization["founder"] = "mixed"
