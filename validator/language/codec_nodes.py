"""How policies, definitions and conditions are spelled in the cache: tables that only explaining needs."""

from __future__ import annotations

from typing import Any

from validator.language.codec_data import CITES, PERIOD
from validator.language.codec_parts import (
    FIELD_SHAPE,
    PLAIN,
    RECORD_SHAPE,
    SPAN,
    TEXT,
    VALUE,
    Json,
    Part,
    Reader,
    Writer,
    by_name,
    many,
    members,
    optional,
    pair,
    plain_or,
    record,
    word,
)
from validator.logic import expr, policy
from validator.logic.shape import Kind
from validator.logic.values import Order


def _write_node(writer: Writer, node: Any) -> Json:
    tag = _TAGS[type(node)]
    return [tag, *_NODES[tag].write(writer, node)]


def _read_node(reader: Reader, row: Json) -> Any:
    return _NODES[row[0]].read(reader, row[1:])


# A term, a condition or a policy: its tag, and then its fields.
NODE = Part(_write_node, _read_node)

WINDOW = record(
    policy.Window,
    first=optional(NODE),
    last=optional(NODE),
    judged_from=optional(NODE),
    judged_through=optional(NODE),
)
SUBJECT = record(policy.Subject, path=PLAIN, scopes=many(PLAIN), shape=RECORD_SHAPE, renamed=PLAIN)
READING = record(
    policy.Reading,
    id=PLAIN,
    chosen=PLAIN,
    why=optional(TEXT),
    span=SPAN,
    cites=CITES,
    parameters=by_name(NODE),
    definitions=PLAIN,
    registers=PLAIN,
    severity=optional(word(policy.Severity)),
    without_exceptions=many(PLAIN),
    admit_press=many(PLAIN),
)
CLAUSES = record(
    policy.Clauses,
    subject=SUBJECT,
    window=WINDOW,
    applies_when=NODE,
    requirement=NODE,
    exceptions=many(pair(PLAIN, NODE)),
)
EXCEPTION = record(policy.ExceptionClause, id=PLAIN, cites=CITES, title=optional(TEXT), span=SPAN)
SANCTION = record(
    policy.Sanction,
    cites=record(policy.Citation, act=PLAIN, at=PLAIN, span=SPAN),
    applies=PLAIN,
    official_rub=optional(many(PLAIN)),
    entity_rub=optional(many(PLAIN)),
)
CRITERION = record(policy.Criterion, id=PLAIN, title=TEXT, cites=CITES, when=NODE, span=SPAN)
DEFINITION = record(
    policy.Definition,
    name=PLAIN,
    title=TEXT,
    about=PLAIN,
    scopes=many(PLAIN),
    when=NODE,
    cites=CITES,
    span=SPAN,
    topic=PLAIN,
)
COVER = record(
    policy.Cover,
    id=PLAIN,
    title=TEXT,
    about=PLAIN,
    scopes=many(PLAIN),
    when=NODE,
    period=PERIOD,
    exhaustive=PLAIN,
    span=SPAN,
)
TOPIC = record(
    policy.Topic,
    name=PLAIN,
    title=TEXT,
    covers=many(COVER),
    switched_off=many(record(policy.SwitchedOff, analysis=PLAIN, why=TEXT, span=SPAN)),
    span=SPAN,
)

_NODE_TABLE: tuple[tuple[str, type[Any], dict[str, Part]], ...] = (
    ("lit", expr.Literal, {"value": VALUE, "span": SPAN}),
    ("f", expr.Field, {"scope": PLAIN, "path": many(PLAIN), "shape": FIELD_SHAPE, "span": SPAN}),
    ("param", expr.ParameterValue, {"name": PLAIN, "kind": word(Kind), "span": SPAN}),
    ("asof", expr.AsOf, {"span": SPAN}),
    ("shift", expr.Shifted, {"day": NODE, "days": plain_or(NODE), "span": SPAN}),
    ("list", expr.ListPath, {"scope": PLAIN, "path": many(PLAIN), "shape": FIELD_SHAPE, "span": SPAN}),
    ("count", expr.CountOf, {"items": NODE, "bind": PLAIN, "body": NODE, "span": SPAN}),
    ("sum", expr.Sum, {"terms": many(NODE), "span": SPAN}),
    ("ratio", expr.Ratio, {"part": NODE, "whole": NODE, "span": SPAN}),
    ("cmp", expr.Compare, {"left": NODE, "order": word(Order), "right": NODE, "span": SPAN}),
    ("in", expr.OneOf, {"field": NODE, "values": members(VALUE), "span": SPAN}),
    (
        "set",
        expr.SetTest,
        {"field": NODE, "relation": word(expr.SetRelation), "values": NODE, "span": SPAN},
    ),
    (
        "each",
        expr.Quantified,
        {"quantity": word(expr.Quantity), "items": NODE, "bind": PLAIN, "body": NODE, "span": SPAN},
    ),
    ("via", expr.Follow, {"reference": NODE, "bind": PLAIN, "body": NODE, "span": SPAN}),
    ("listed", expr.ListedIn, {"field": NODE, "register": PLAIN, "span": SPAN}),
    ("meets", expr.Meets, {"definition": PLAIN, "scope": PLAIN, "span": SPAN}),
    ("open", expr.Undecided, {"question": PLAIN, "span": SPAN}),
    ("fresh", expr.Fresh, {"body": NODE, "on": NODE, "within": plain_or(NODE), "span": SPAN}),
    ("known", expr.Known, {"field": NODE, "span": SPAN}),
    ("all", expr.AllOf, {"parts": many(NODE), "span": SPAN}),
    ("any", expr.AnyOf, {"parts": many(NODE), "span": SPAN}),
    ("not", expr.Not, {"part": NODE, "span": SPAN}),
    (
        "norm",
        policy.Norm,
        {
            "id": PLAIN,
            "topic": PLAIN,
            "title": TEXT,
            "modality": word(policy.Modality),
            "severity": word(policy.Severity),
            "cites": CITES,
            "force": word(policy.Force),
            "clauses": many(CLAUSES),
            "exceptions": many(EXCEPTION),
            "readings": many(READING),
            "message": TEXT,
            "remedy": optional(TEXT),
            "remark": optional(TEXT),
            "remedy_sets": by_name(VALUE),
            "sanction": optional(SANCTION),
            "waivable": plain_or(NODE),
            "span": SPAN,
        },
    ),
    (
        "decision",
        policy.Decision,
        {
            "id": PLAIN,
            "topic": PLAIN,
            "title": TEXT,
            "cites": CITES,
            "force": word(policy.Force),
            "subject": SUBJECT,
            "window": WINDOW,
            "applies_when": NODE,
            "outcomes": by_name(TEXT),
            "criteria": many(CRITERION),
            "exclusions": many(CRITERION),
            "positive": PLAIN,
            "otherwise": PLAIN,
            "readings": many(READING),
            "advice": by_name(TEXT),
            "span": SPAN,
        },
    ),
)
_TAGS: dict[type[Any], str] = {made: tag for tag, made, _ in _NODE_TABLE}
_NODES: dict[str, Part] = {tag: record(made, **parts) for tag, made, parts in _NODE_TABLE}
