"""A checked policy set as plain JSON text, and back: what the cache keeps.

One line is the index (names, warnings, file names, the ids of everything); each further line is one item. An item
is decoded when it is asked for. The tables below are the whole format: class, fields in order, spelling of each.
Shapes of fields are referred to by their path, so a text can only be read with the vocabulary it was written with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from validator.language.codec_parts import (
    DAY,
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
    shapes_of,
    word,
)
from validator.language.names import ReferenceNames
from validator.language.vocabulary import Vocabulary
from validator.logic import expr, policy
from validator.logic.problem import Problem
from validator.logic.shape import Kind
from validator.logic.values import Order

T = TypeVar("T")

# To be raised whenever the format below changes its meaning.
VERSION = 1


def _write_node(writer: Writer, node: Any) -> Json:
    tag = _TAGS[type(node)]
    return [tag, *_NODES[tag].write(writer, node)]


def _read_node(reader: Reader, row: Json) -> Any:
    return _NODES[row[0]].read(reader, row[1:])


# A term, a condition or a policy: its tag, and then its fields.
NODE = Part(_write_node, _read_node)

CITES = many(record(policy.Citation, act=PLAIN, at=PLAIN, span=SPAN))
PERIOD = record(policy.Period, first=optional(DAY), last=optional(DAY))
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
REGISTER_ROW = record(
    policy.RegisterRow,
    id=PLAIN,
    title=TEXT,
    aliases=many(PLAIN),
    period=PERIOD,
    announced_on=optional(DAY),
    cites=CITES,
    span=SPAN,
    facts=PLAIN,
    note=optional(TEXT),
)
REGISTER = record(
    policy.Register, name=PLAIN, title=TEXT, family=PLAIN, closed=PLAIN, rows=many(REGISTER_ROW), span=SPAN
)
PARAMETER_ROW = record(
    policy.ParameterRow,
    region=PLAIN,
    kind=PLAIN,
    period=PERIOD,
    value=optional(VALUE),
    press=PLAIN,
    cites=CITES,
    span=SPAN,
    why=optional(TEXT),
)
PARAMETER = record(
    policy.Parameter,
    name=PLAIN,
    title=TEXT,
    kind=word(Kind),
    rows=many(PARAMETER_ROW),
    span=SPAN,
    unit=optional(TEXT),
)
CLAUSE = record(
    policy.Clause, at=PLAIN, title=TEXT, coverage=PLAIN, policies=many(PLAIN), why=optional(TEXT), span=SPAN
)
ACT = record(
    policy.Act,
    id=PLAIN,
    title=TEXT,
    short=TEXT,
    number=PLAIN,
    date=optional(DAY),
    force=word(policy.Force),
    checked_on=optional(DAY),
    clauses=by_name(CLAUSE),
    span=SPAN,
    quality=PLAIN,
    note=optional(TEXT),
)
PROBLEM = record(
    Problem, code=PLAIN, message=TEXT, help=TEXT, span=optional(SPAN), file=PLAIN, path=PLAIN, warning=PLAIN
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

# The mappings of a policy set, in the order of its fields.
_SECTIONS: dict[str, Part] = {
    "norms": NODE,
    "decisions": NODE,
    "drafts": NODE,
    "definitions": DEFINITION,
    "registers": REGISTER,
    "parameters": PARAMETER,
    "acts": ACT,
}


class Checked(NamedTuple):
    """What the text holds of a library: all that does not need the policy files themselves."""

    policies: policy.PolicySet
    names: ReferenceNames
    warnings: tuple[Problem, ...]


def encode(checked: Checked, vocabulary: Vocabulary) -> bytes:
    """The text of a policy set, the same bytes for equal sets.

    Raises TypeError or KeyError for what the tables do not know or a shape that is not of the vocabulary.
    """
    writer = Writer(shapes_of(vocabulary))
    sections = {name: getattr(checked.policies, name) for name in _SECTIONS}
    lines = [
        _text(part.write(writer, item)) for name, part in _SECTIONS.items() for item in sections[name].values()
    ]
    index = {
        "digest": checked.policies.digest,
        "services": dict(checked.names.services),
        "regions": sorted(checked.names.regions),
        "warnings": [PROBLEM.write(writer, problem) for problem in checked.warnings],
        "sections": {name: [*section] for name, section in sections.items()},
        "files": [*writer.files],
    }
    return b"\n".join([_text(index), *lines])


def decode(text: bytes, vocabulary: Vocabulary, afresh: Callable[[], policy.PolicySet]) -> Checked:
    """The policy set of a text; `afresh` gives the same set read from its files, if an item can't be decoded.

    Raises ValueError, TypeError, KeyError or IndexError for a text that `encode` did not write.
    """
    first, *lines = text.split(b"\n")
    index = _json(first)
    shapes = shapes_of(vocabulary)
    reader = Reader(index["files"], shapes.fields, shapes.records)
    rest = iter(lines)
    sections: dict[str, Any] = {}
    for name, part in _SECTIONS.items():
        items = {key: next(rest) for key in index["sections"][name]}
        sections[name] = Items(items, _reading(part, reader), _instead(name, afresh))
    names = ReferenceNames(index["services"], frozenset(index["regions"]))
    warnings = tuple(PROBLEM.read(reader, row) for row in index["warnings"])
    return Checked(policy.PolicySet(index["digest"], **sections), names, warnings)


class Items(Mapping[str, T], Generic[T]):
    """A mapping whose items are decoded when they are asked for; keys and length decode nothing."""

    __slots__ = ("_found", "_instead", "_lines", "_read")

    def __init__(self, lines: Mapping[str, bytes], read: Callable[[bytes], T], instead: Callable[[str], T]) -> None:
        self._lines = lines
        self._read = read
        self._instead = instead
        self._found: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        found = self._found.get(key)
        if found is None:
            line = self._lines[key]
            try:
                found = self._read(line)
            except (ValueError, TypeError, KeyError, IndexError):
                found = self._instead(key)
            self._found[key] = found
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __repr__(self) -> str:
        return f"<{len(self)} items, {len(self._found)} of them decoded>"


def _reading(part: Part, reader: Reader) -> Callable[[bytes], Any]:
    return lambda line: part.read(reader, _json(line))


def _instead(section: str, afresh: Callable[[], policy.PolicySet]) -> Callable[[str], Any]:
    return lambda key: getattr(afresh(), section)[key]


def _text(value: Json) -> bytes:
    """One line of JSON; half a surrogate pair (a file name that is no UTF-8) is kept."""
    import json  # noqa: PLC0415 - texts are read far more often than written

    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _json(line: bytes) -> Json:
    try:
        return msgspec.json.decode(line)
    except ValueError:
        import json  # noqa: PLC0415 - it alone knows half a surrogate pair

        return json.loads(line.decode("utf-8", "surrogatepass"))
