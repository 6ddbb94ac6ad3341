"""The JSON Schema of policy files, for editors: generated from the vocabulary, so the two can't drift apart.

The readers of this package decide what a policy may say; the schema only completes and underlines. What the
readers accept it accepts too, with three exceptions that are the price of underlining slips: a name given by `as`
can open a condition only when it starts with `other`, `fields` renames to names of fields only, and sets of words
that have none in common are not compared. It accepts more than the readers do where a rule spans several places:
which scopes are bound, whether a name exists in other files, whether `known` stands in a decision.

It is draft-07, which every editor understands. Alternatives are told apart by `if`/`then`, never by `oneOf`, so
that a mistake is underlined where it stands. `anyOf: [S, true]` beside such an `if` rules nothing out: editors
take the values they offer from `anyOf`, but not from `then`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.language.conditions import (
    CONNECTIVES,
    EQUALITY,
    MEMBERSHIP,
    NUMBER_OPERATORS,
    QUANTIFIERS,
    SET_OPERATORS,
    operators_of,
)
from validator.language.data_files import COVERAGE, PARAMETER_KINDS, REGISTER_FACTS
from validator.language.names import SERVICES
from validator.language.operands import comparable
from validator.language.policy_files import DECISION_KEYS, NORM_KEYS, READING_KEYS
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.policy import Force, Modality, Severity
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library

Schema = dict[str, Any]
ANY = "any"
ALIAS = "^other(_[a-z0-9]+)*$"
DATE = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"
POLICY_NAME = "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"
DATA_NAME = "^[a-z0-9]+(-[a-z0-9]+)*$"
DEFINITION_NAME = "^([A-Z][A-Z0-9]*(-[A-Z0-9]+)*|[a-z0-9]+(-[a-z0-9]+)*)$"
ROW_NAME = "^[a-z0-9][a-z0-9_]{0,62}$"

DEFINITION_KEYS = ("definition", "title", "about", "cites", "when", "note")
VALUES_KEYS = ("values", "title", "cites", "members")
ACT_KEYS = (
    *("act", "title", "short", "number", "date", "force", "editions", "in_force_from", "seen", "quality"),
    *("checked_on", "note", "clauses"),
)
REGISTER_KEYS = ("register", "title", "family", "closed", "rows")
PARAMETER_KEYS = ("parameter", "title", "type", "unit", "rows")
ROW_KEYS = ("id", "title", "aliases", "from", "through", "announced_on", "owner", "cites", "note", *REGISTER_FACTS)
VALUE_KEYS = ("region", "kind", "from", "through", "value", "why", "cites", "note")
CLAUSE_KEYS = ("at", "title", "coverage", "policies", "why")
BASE_KEYS = ("organization", "item", "parent", "lists", "roadmap", "coverage", "item_of")
CHANGE_KEYS = ("organization", "item", "parent", "roadmap")
CASE_KEYS = (
    *("name", "change", "lists", "coverage", "as_of", "item_of", "subject", "parameters"),
    *("expect", "missing", "disputed", "criteria", "advice"),
)


class Place(NamedTuple):
    """A record whose fields a condition can name; `nested` when it is a part of an item, not an item itself."""

    name: str
    path: str
    shape: RecordShape
    title: Text
    nested: bool = False


class Names(NamedTuple):
    """The names that other files give, with their titles; empty where nobody passed them."""

    acts: Mapping[str, tuple[Text, Mapping[str, Text]]]
    definitions: Mapping[str, tuple[str, Text]]
    parameters: Mapping[str, tuple[Kind, Text]]
    registers: Mapping[str, Text]
    services: Mapping[str, Text]
    values: Mapping[str, Text]


def policy_schema(
    vocabulary: Vocabulary, library: Library | None = None, value_sets: Collection[str] = ()
) -> Schema:
    """The schema of every kind of policy file.

    Names of the library are offered and never demanded: other sets of policies bring their own. `value_sets` are
    the names of sets of values, which a loaded library no longer holds.
    """
    return _Builder(vocabulary, _names(library, value_sets)).schema()


def _names(library: Library | None, value_sets: Collection[str]) -> Names:
    values = {name: Text("набор значений", "set of values") for name in sorted(value_sets)}
    if library is None:
        return Names({}, {}, {}, {}, {}, values)
    found = library.policies
    return Names(
        acts={
            name: (act.short, {at: clause.title for at, clause in act.clauses.items()})
            for name, act in sorted(found.acts.items())
        },
        definitions={name: (d.about, d.title) for name, d in sorted(found.definitions.items())},
        parameters={name: (p.kind, p.title) for name, p in sorted(found.parameters.items())},
        registers={name: register.title for name, register in sorted(found.registers.items())},
        services={
            row.id: row.title
            for _, register in sorted(found.registers.items())
            if register.family == SERVICES
            for row in register.rows
        },
        values=values,
    )


# --- pieces ---------------------------------------------------------------------------------------------------


def _told(schema: Schema, title: Text, description: Text) -> Schema:
    """The schema with its texts: Russian where editors look, English beside it."""
    return {
        "title": title.ru,
        "x-title-en": title.en,
        "description": description.ru,
        "x-description-en": description.en,
        **schema,
    }


def _of_field(shape: FieldShape, schema: Schema) -> Schema:
    """The schema of a field of the vocabulary; editors show both languages of it."""
    told = _told(schema, shape.title, shape.description)
    both = f"{shape.description.ru}\n\n*{shape.title.en}.* {shape.description.en}"
    return {**told, "markdownDescription": both}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _within(name: str) -> Schema:
    """A reference that leaves room for texts beside it."""
    return {"allOf": [_ref(name)]}


def _words(values: Mapping[Any, Text]) -> Schema:
    """One of the words, each with what it means."""
    return {
        "enum": list(values),
        "enumDescriptions": [text.ru for text in values.values()],
        "markdownEnumDescriptions": [f"{text.ru} / *{text.en}*" for text in values.values()],
    }


def _named(known: Mapping[str, Text], pattern: str = "") -> Schema:
    """A name that other files give: the known ones are offered, others of the same form are accepted."""
    form: Schema = {"type": "string", "pattern": pattern} if pattern else _TEXT
    return {"anyOf": [_words(known), form]} if known else form


def _if_mapping(then: Schema, otherwise: Schema) -> Schema:
    """A mapping of one form, or another value; the values it may have are offered."""
    return {"if": {"type": "object"}, "then": then, "else": otherwise, "anyOf": [otherwise, True]}


def _if_list(then: Schema, otherwise: Schema) -> Schema:
    return {"if": {"type": "array"}, "then": then, "else": otherwise, "anyOf": [otherwise, True]}


def _mapping(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    found: Schema = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    wanted = list(required)
    return {**found, "required": wanted} if wanted else found


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_or_list(item: Schema) -> Schema:
    return _if_list(_list(item), item)


def _given(*names: str) -> Schema:
    return {"anyOf": [{"required": [name]} for name in names]}


def _exactly(word: str) -> str:
    """A pattern for one word; editors take a `const` for fulfilled while the word is still being written."""
    return f"^{word.replace('.', '[.]')}$"


def _bare(schema: Any) -> str:
    """What a schema demands, without its texts: two schemas that demand the same give the same."""
    texts = ("title", "description", "x-title-en", "x-description-en", "markdownDescription", "enumDescriptions")

    def stripped(part: Any) -> Any:
        if isinstance(part, dict):
            return {k: stripped(v) for k, v in part.items() if k not in texts and k != "markdownEnumDescriptions"}
        return [stripped(item) for item in part] if isinstance(part, list) else part

    return json.dumps(stripped(schema), sort_keys=True)


_TRUTH: Schema = {"type": "boolean"}
# Every scalar is text to the readers, but an editor has taken it for a number or a truth value. The latter
# is let through by `if`, because editors offer `true` and `false` wherever `type` admits them.
_TEXT: Schema = {"if": {"type": "boolean"}, "else": {"type": ["string", "number"], "minLength": 1}}
_DAY: Schema = {"type": "string", "pattern": DATE}
_INTEGER: Schema = {"type": ["integer", "string"], "pattern": "^(0|-?[1-9][0-9]*)$"}
_DECIMAL: Schema = {"type": ["number", "string"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
_AS_OF = {"as_of": Text("день проверки", "the day of judgement")}
_SPECIAL = {
    "never": Text("посмотрели, этого не было", "somebody looked, it did not happen"),
    "open_ended": Text("последнего дня нет", "there is no last day"),
    "ongoing": Text("продолжается на день снимка", "still going on at the snapshot’s day"),
    "none": Text("записи нет", "there is no such record"),
    "unknown": Text("сведений нет", "nobody told us"),
}


class _Builder:
    def __init__(self, vocabulary: Vocabulary, names: Names) -> None:
        self.vocabulary = vocabulary
        self.names = names
        self.defs: dict[str, Schema] = {}
        self.word_kinds: dict[str, str] = {}
        self.places = list(_places(vocabulary))
        self.subjects = [place for place in self.places if not place.nested]
        self.scopes = {place.name: place for place in self.subjects}
        self.fields = [
            (f"{place.name}.{path}", shape) for place in self.subjects for path, shape in _own_fields(place.shape)
        ]

    def schema(self) -> Schema:
        self._shared()
        for place in self.places:
            self._condition(place)
        self._condition_any()
        self._facts()
        self.defs["examples"] = self._all_examples()
        for subject in (*self.subjects, None):
            self._parts(subject)
        kinds = self._files()
        self.defs |= {f"file_{name}": schema for name, schema in kinds.items()}
        root = _told(
            {},
            Text("Политика", "Policy"),
            Text(
                "Один файл папки policies: норма, решение, определение, набор значений, акт, перечень или "
                "параметр. Что это за файл, говорит его первый ключ.",
                "One file of the policies folder: a norm, a decision, a definition, a set of values, an act, a "
                "register or a parameter. Its first key says which.",
            ),
        )
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "$id": "urn:sverka:policy:1",
            **root,
            "x-version": 1,
            "type": "object",
            **_given(*kinds),
            "properties": {name: _key(name, {}) for name in kinds},
            "allOf": [{"if": {"required": [name]}, "then": _ref(f"file_{name}")} for name in kinds],
            "$defs": dict(sorted(self.defs.items())),
        }

    # --- names and shared pieces ------------------------------------------------------------------------------

    def _shared(self) -> None:
        names = self.names
        self.defs["both"] = _mapping({"ru": _key("ru", _TEXT), "en": _key("en", _TEXT)}, ("ru", "en"))
        self.defs["citation"] = self._citation()
        self.defs["citations"] = _list(_ref("citation"))
        self.defs["list_path"] = _words({place.path: place.title for place in self.subjects})
        integers = {n: t for n, (kind, t) in names.parameters.items() if kind is Kind.INTEGER}
        self.defs["days"] = _if_mapping(
            _mapping({"param": _key("param", _named(integers, DATA_NAME))}, ("param",)), _INTEGER
        )
        self.defs["service"] = _named(names.services, ROW_NAME)
        self.defs["register_name"] = _named(names.registers, DATA_NAME)
        self.defs["value_set"] = _mapping(
            {"values": _key("values_name", _named(names.values, DATA_NAME))}, ("values",)
        )
        self.defs["day_term"] = self._operand(FieldShape("", Kind.DATE, Text("", ""), Text("", "")))
        self.defs["number_term"] = self._operand(FieldShape("", Kind.DECIMAL, Text("", ""), Text("", "")))
        orders = {name: _operator(name, _ref("number_term")) for name in (*EQUALITY, *NUMBER_OPERATORS)}
        self.defs["number_orders"] = {**_mapping(orders), "minProperties": 1}
        for place in self.subjects:
            self.defs[f"scope_{place.name}"] = _told(
                {"type": "object", **_within(f"condition_{place.name}")},
                Text(f"Запись «{place.title.ru}»", f"Record “{place.title.en}”"),
                Text(
                    "Условие об охватывающей записи. Имя действует, если проверяемая запись лежит в ней или сама "
                    "ею является; организация есть всегда. Схема допускает имя везде, проверку ведёт программа.",
                    "A condition on an enclosing record. The name holds when the judged item lies in it or is it; "
                    "the organization is always there. The schema admits the name everywhere, the program checks.",
                ),
            )

    def _citation(self) -> Schema:
        acts = self.names.acts
        titles = {name: title for name, (title, _) in acts.items()}
        places = [
            {
                "if": {"properties": {"act": {"pattern": _exactly(name)}}, "required": ["act"]},
                "then": {"properties": {"at": _named(clauses)}},
            }
            for name, (_, clauses) in acts.items()
            if clauses
        ]
        keys = {"act": _key("act_name", _named(titles, DATA_NAME)), "at": _key("at", _TEXT)}
        return {**_mapping(keys, ("act", "at")), **({"allOf": places} if places else {})}

    # --- right-hand sides -------------------------------------------------------------------------------------

    def _kind(self, shape: FieldShape) -> str:
        """The name of the values of a field; fields of one name are compared in the same way."""
        match shape.kind:
            case Kind.SET:
                return f"set_of_{self._kind(_item(shape))}"
            case Kind.DATE:
                return "_".join(("day", *_days_of(shape)))
            case Kind.ENUM:
                return self._word_kind(shape)
            case Kind.REF:
                return "_".join(("reference", shape.target or "", *shape.special))
            case _:
                return str(shape.kind.value)

    def _word_kind(self, shape: FieldShape) -> str:
        """The name of an enumeration, after the first field that has it."""
        words = json.dumps([[word, text.ru, text.en] for word, text in shape.values.items()])
        if words not in self.word_kinds:
            taken = sum(kind.split("-")[0] == shape.name for kind in self.word_kinds.values())
            self.word_kinds[words] = f"{shape.name}-{taken + 1}" if taken else shape.name
        return f"word_{self.word_kinds[words]}"

    def _define(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = make()
        return _ref(name)

    def _literal(self, shape: FieldShape) -> Schema:
        """A value that the field may have, as `literal` of the readers takes it."""
        return self._define(f"literal_{self._kind(shape)}", lambda: self._make_literal(shape))

    def _make_literal(self, shape: FieldShape) -> Schema:
        match shape.kind:
            case Kind.BOOLEAN:
                return _TRUTH
            case Kind.INTEGER:
                return _INTEGER
            case Kind.DECIMAL:
                return _DECIMAL
            case Kind.MONTH:
                return {"type": "string", "pattern": MONTH}
            case Kind.DATE:
                special = _days_of(shape)
                return {"anyOf": [_words({w: _SPECIAL[w] for w in special}), _DAY]} if special else _DAY
            case Kind.ENUM:
                return _words(shape.values)
            case Kind.SERVICE:
                return _ref("service")
            case Kind.REF if shape.special:
                return _words({word: _SPECIAL[word] for word in shape.special})
            case Kind.REF:
                return {"type": "object"}  # nothing can be written here but `{field: …}`
            case Kind.SET:
                return {**_list(self._literal(_item(shape))), "uniqueItems": True}
            case _:
                return {**_TEXT, "not": {"const": "unknown"}}

    def _value(self, shape: FieldShape) -> Schema:
        """What may stand beside a field without braces: a value, or the day of judgement."""
        literal = self._literal(shape)
        if not shape.kind.is_day:
            return literal
        return self._define(f"value_{self._kind(shape)}", lambda: {"anyOf": [_words(_AS_OF), literal]})

    def _operand(self, shape: FieldShape) -> Schema:
        reference, value = self._reference(shape), self._value(shape)
        return self._define(f"operand_{self._kind(shape)}", lambda: _if_mapping(reference, value))

    def _reference(self, shape: FieldShape) -> Schema:
        """`{param: …}`, `{field: …}`, `{as_of: …}`, as far as they can hold a value of that kind."""

        def make() -> Schema:
            keys = self._reference_keys(shape)
            return {**_mapping(keys), **_given(*_sources(keys)), "allOf": _alone(keys)}

        return self._define(f"reference_{self._kind(shape)}", make)

    def _reference_keys(self, shape: FieldShape) -> dict[str, Schema]:
        keys: dict[str, Schema] = {}
        if shape.kind.is_number or shape.kind.is_day:
            keys["param"] = _key("param", self._parameters(shape.kind))
        keys["field"] = _key("field", self._paths(shape))
        if shape.kind.is_day:
            keys["as_of"] = _key("as_of_shifted", _mapping({"plus_days": _key("plus_days", _ref("days"))}))
            keys["plus_days"] = _key("plus_days", _ref("days"))
        return keys

    def _parameters(self, kind: Kind) -> Schema:
        name = "parameter_of_days" if kind.is_day else "parameter_of_numbers"
        fitting = {n: t for n, (k, t) in self.names.parameters.items() if comparable(kind, k)}
        return self._define(name, lambda: _named(fitting, DATA_NAME))

    def _paths(self, shape: FieldShape, *, single: bool = False) -> Schema:
        """Paths to fields of a fitting kind; behind a name given by `as` anything may follow."""
        kind = "number" if shape.kind.is_number else "day" if shape.kind.is_day else self._kind(shape)
        return self._define(f"path_{kind}{'_or_item' if single else ''}", lambda: self._make_paths(shape, single))

    def _make_paths(self, shape: FieldShape, single: bool) -> Schema:
        alike = [path for path, other in self.fields if _alike(shape, other)]
        if single:
            alike += [path for path, other in self.fields if other.kind is shape.item]
        scopes = "|".join(self.scopes)
        free = {"type": "string", "pattern": f"^(?!(?:{scopes})\\.)[A-Za-z_][A-Za-z_0-9]*(\\.[a-z_]+)+$"}
        return {"anyOf": [{"enum": alike}, free]} if alike else free

    # --- comparisons ------------------------------------------------------------------------------------------

    def _comparisons(self, shape: FieldShape) -> Schema:
        """A mapping under a field: comparisons, or one operand."""

        def make() -> Schema:
            properties = {name: _operator(name, self._right(name, shape)) for name in operators_of(shape)}
            keys = self._reference_keys(shape)
            shifted = {"if": {"not": _given(*_sources(keys))}, "then": {"properties": {"plus_days": False}}}
            rules = [shifted, *_alone(keys)] if "plus_days" in keys else _alone(keys)
            return {**_mapping(properties | keys), "minProperties": 1, "allOf": rules}

        return self._define(f"compare_{self._kind(shape)}", make)

    def _right(self, operator: str, shape: FieldShape) -> Schema:
        """What stands on the right of an operator."""
        if operator in ("known", "empty"):
            return _TRUTH
        if operator == "listed_in":
            return _ref("register_name")
        if operator in MEMBERSHIP:
            return _if_mapping(_ref("value_set"), {**_list(self._literal(shape)), "uniqueItems": True})
        if operator in SET_OPERATORS:
            return self._members(shape, single=operator == "contains")
        return self._operand(shape)

    def _members(self, shape: FieldShape, *, single: bool) -> Schema:
        """What a set is tested against: values, a named set of them, a field; one value alone after `contains`."""
        keys = {
            "values": self.defs["value_set"]["properties"]["values"],
            "field": _key("field", self._paths(shape, single=single)),
        }
        mapping = {**_mapping(keys), "minProperties": 1, "maxProperties": 1}
        several = self._literal(shape)
        one = self._literal(_item(shape))
        return _if_mapping(mapping, _if_list(several, one) if single else several)

    # --- conditions -------------------------------------------------------------------------------------------

    def _condition(self, place: Place) -> None:
        name = f"condition_{place.name}"
        properties = {field: self._field(place, shape) for field, shape in place.shape.fields.items()}
        self._define(name, lambda: self._whole(place, properties))

    def _whole(self, place: Place, fields: dict[str, Schema]) -> Schema:
        scopes = {name: _ref(f"scope_{name}") for name in self.scopes if name not in fields}
        schema = {
            **_mapping(fields | self._connectives(place) | scopes),
            "patternProperties": {ALIAS: _ref(f"condition_{ANY}")},
        }
        return _told(
            schema,
            Text(f"Условие: {place.title.ru}", f"Condition: {place.title.en}"),
            Text(
                "Все записанные ключи должны выполняться вместе.",
                "All the keys that are written must hold together.",
            ),
        )

    def _field(self, place: Place, shape: FieldShape) -> Schema:
        match shape.kind:
            case Kind.RECORD:
                schema = {"type": "object", **_within(f"condition_{place.name}_{shape.name}")}
            case Kind.LIST:
                schema = self._quantifiers(shape)
            case Kind.REF:
                schema = self._follow(shape)
            case _:
                schema = _if_mapping(self._comparisons(shape), self._value(shape))
        return _of_field(shape, schema)

    def _follow(self, shape: FieldShape) -> Schema:
        """A mapping under a reference steps into the record it points to, unless it holds comparisons."""
        target = self.vocabulary.lists[shape.target or ""]
        words = (*operators_of(shape), *self._reference_keys(shape))
        inner = {"if": _given(*words), "then": self._comparisons(shape), "else": _ref(f"condition_{target.scope}")}
        offered = {name: _operator(name, {}) for name in operators_of(shape)}
        return {**_if_mapping(inner, self._value(shape)), "properties": offered}

    def _quantifiers(self, shape: FieldShape) -> Schema:
        item = f"condition_{shape.scope}"
        count = _mapping(
            {
                "of": _key("of_items", _ref(item)),
                "is": _operator("is_count", _if_mapping(_ref("number_orders"), _DECIMAL)),
            },
            ("of", "is"),
        )
        bodies = {"count": count, "as": {"type": "string", "minLength": 1}}
        properties = {name: _operator(name, bodies.get(name) or _ref(item)) for name in QUANTIFIERS}
        return {**_mapping(properties), **_given(*(name for name in QUANTIFIERS if name != "as"))}

    def _connectives(self, place: Place) -> dict[str, Schema]:
        """The connectives that can say something of a record: no sum where there is no number."""
        own = _ref(f"condition_{place.name}")
        fields = _own_fields(place.shape) if place.name != ANY else _union_fields(self.places)
        days = [path for path, shape in fields if shape.kind.is_day]
        numbers = [path for path, shape in fields if shape.kind.is_number]
        counts = {n: self._counted(s) for n, s in place.shape.fields.items() if s.kind is Kind.LIST}
        found: dict[str, Schema | None] = {
            "all": _list(own),
            "any": _list(own),
            "not": own,
            "meets": None if place.nested else self._meets(place),
            "undecided": _TEXT,
            "fresh": self._fresh(own, days) if days else None,
            "sum": self._sum(numbers) if numbers else None,
            "ratio": self._ratio(numbers, counts) if numbers or counts else None,
        }
        return {name: _operator(name, schema) for name in CONNECTIVES if (schema := found[name]) is not None}

    def _meets(self, place: Place) -> Schema:
        definitions = self.names.definitions.items()
        fitting = {name: title for name, (about, title) in definitions if place.name == ANY or about == place.path}
        return self._define(f"definition_of_{place.name}", lambda: _named(fitting, DEFINITION_NAME))

    def _fresh(self, own: Schema, days: list[str]) -> Schema:
        keys = {
            "of": _key("of_condition", own),
            "on": _key("on_field", {"enum": days}),
            "within_days": _key("within_days", _ref("days")),
        }
        return _mapping(keys, keys)

    def _sum(self, numbers: list[str]) -> Schema:
        terms = {**_list({"enum": numbers}), "minItems": 1}
        orders = self.defs["number_orders"]["properties"]
        return {**_mapping({"of": _key("of_fields", terms), **orders}, ("of",)), "minProperties": 2}

    def _ratio(self, numbers: list[str], counts: dict[str, Schema]) -> Schema:
        field: Schema = {"enum": numbers} if numbers else {"type": "object"}
        counted = {**_mapping(counts), "minProperties": 1, "maxProperties": 1}
        term = _if_mapping(counted, field) if counts else field
        orders = self.defs["number_orders"]["properties"]
        keys = {"of": _key("of_part", term), "to": _key("to_whole", term), **orders}
        return {**_mapping(keys, ("of", "to")), "minProperties": 3}

    def _counted(self, shape: FieldShape) -> Schema:
        keys = {
            "count": _operator("count_items", _ref(f"condition_{shape.scope}")),
            "as": _operator("as", {"type": "string"}),
        }
        return _told(_mapping(keys, ("count",)), shape.title, shape.description)

    def _condition_any(self) -> None:
        """A condition on an item of one of several lists: the fields of all of them."""
        shapes: dict[str, FieldShape] = {}
        found: dict[str, dict[str, str]] = {}
        for place in self.subjects:
            properties = self.defs[f"condition_{place.name}"]["properties"]
            for name, shape in place.shape.fields.items():
                shapes.setdefault(name, shape)
                found.setdefault(name, {}).setdefault(
                    _bare(properties[name]), f"condition_{place.name}/properties/{name}"
                )
        fields = {
            name: _ref(next(iter(refs.values()))) if len(refs) == 1 else {"anyOf": [_ref(r) for r in refs.values()]}
            for name, refs in found.items()
        }
        title = Text("запись одного из списков", "an item of one of several lists")
        place = Place(ANY, ANY, RecordShape(ANY, shapes), title)
        self._define(f"condition_{ANY}", lambda: self._whole(place, fields))

    # --- what depends on the list a policy is about -----------------------------------------------------------

    def _parts(self, place: Place | None) -> None:
        """The parts of norms, decisions and definitions that are about the items of one list (None: of several)."""
        name = place.name if place else ANY
        condition = _ref(f"condition_{name}")
        fields = _own_fields(place.shape) if place else _union_fields(self.places)
        self.defs[f"window_{name}"] = self._window(fields)
        self.defs[f"examples_{name}"] = self._examples(place)
        shared = {"in_force": _ref(f"window_{name}"), "applies_when": condition}
        criteria = _list({"properties": {"when": condition}})
        requirements = dict.fromkeys(("forbidden", "required", "allowed"), condition)
        norm = {
            **shared,
            **requirements,
            "exceptions": criteria,
            "remedy_sets": _mapping({path: self._set_to(shape) for path, shape in fields}),
            "waivable": _if_mapping(_mapping({"when": _key("waivable.when", condition)}, ("when",)), _TRUTH),
            "examples": _ref(f"examples_{name}"),
        }
        decision = {**shared, "criteria": criteria, "exclusions": criteria, "examples": _ref(f"examples_{name}")}
        self.defs[f"norm_{name}"] = {"properties": norm}
        self.defs[f"decision_{name}"] = {"properties": decision}
        self.defs[f"definition_{name}"] = {"properties": {"when": condition}}

    def _set_to(self, shape: FieldShape) -> Schema:
        literal = self._literal(shape)
        return _if_mapping(_ref("value_set"), literal) if shape.kind is Kind.SET else literal

    def _window(self, fields: list[tuple[str, FieldShape]]) -> Schema:
        keys = {
            "from": _key("in_force.from", _ref("day_term")),
            "through": _key("in_force.through", _ref("day_term")),
        }
        days = [path for path, shape in fields if shape.kind.is_day]
        if days:
            day: Schema = {"enum": days}
            ends = {"from": _key("judged_on.from", day), "through": _key("judged_on.through", day)}
            keys["judged_on"] = _key("judged_on", _if_mapping(_mapping(ends, ends), day))
        return _mapping(keys)

    def _dispatch(self, kind: str, absent: str) -> list[Schema]:
        """Which parts hold, by `about`; of several lists, or with other names of fields, those of any list."""
        chosen: list[Schema] = [
            {
                "if": {
                    "required": ["about"],
                    "properties": {"about": {"pattern": _exactly(place.path)}},
                    "not": {"required": ["fields"]},
                },
                "then": _ref(f"{kind}_{place.name}"),
            }
            for place in self.subjects
        ]
        several: Schema = {"required": ["about"], "properties": {"about": {"type": "array"}}}
        chosen.append({"if": {"anyOf": [several, {"required": ["fields"]}]}, "then": _ref(f"{kind}_{ANY}")})
        chosen.append({"if": {"not": _given("about", "fields")}, "then": _ref(f"{kind}_{absent}")})
        return chosen

    # --- facts in examples ------------------------------------------------------------------------------------

    def _facts(self) -> None:
        organization = self.vocabulary.document.fields[ROOT].record
        assert organization is not None
        self._record_facts(ROOT, organization)
        for place in self.subjects:
            if place.path != ROOT:
                self._record_facts(place.name, place.shape)
        names: dict[str, Schema] = {}
        for place in self.subjects:
            names |= {name: {} for name in self.defs[f"fact_{place.name}"]["properties"]}
        self.defs[f"fact_{ANY}"] = _mapping(names)
        lists = {
            p.path: _key("lists.list", _ref(f"facts_{p.name}"), p.title) for p in self.subjects if "." not in p.path
        }
        lists.pop(ROOT)
        coverage = {path: _key("coverage_of", _coverage_word(), self._list_title(path)) for path in lists}
        for place in self.subjects:
            self.defs[f"facts_{place.name}"] = _list(_ref(f"fact_{place.name}"))
        self.defs["fact_lists"] = _mapping(lists)
        self.defs["fact_coverage"] = _mapping(coverage)
        self._record_facts("roadmap", _record(self.vocabulary.document.fields["roadmap"]))

    def _list_title(self, path: str) -> Text:
        return self.vocabulary.lists[path].title

    def _record_facts(self, name: str, shape: RecordShape) -> None:
        properties: dict[str, Schema] = {}
        for field in shape.fields.values():
            properties[field.name] = _told(self._fact(name, field), field.title, field.description)
            if field.kind is Kind.LIST:
                properties[field.coverage] = _key("coverage_of", _coverage_word(), field.title)
        self.defs[f"fact_{name}"] = _mapping(properties)

    def _fact(self, holder: str, shape: FieldShape) -> Schema:
        """A fact as a snapshot in YAML writes it; `unknown` may stand in place of each."""
        unknown = {"unknown": _SPECIAL["unknown"]}
        match shape.kind:
            case Kind.RECORD:
                self._record_facts(f"{holder}_{shape.name}", _record(shape))
                return _if_mapping(_ref(f"fact_{holder}_{shape.name}"), _words(unknown))
            case Kind.LIST:
                return _if_list(_ref(f"facts_{shape.scope}"), _words(unknown))
            case Kind.SET:
                item = self._plain_fact(_item(shape), {})
                return _if_list({**_list(item), "uniqueItems": True}, _words(unknown))
            case _:
                return self._plain_fact(shape, unknown)

    def _plain_fact(self, shape: FieldShape, unknown: dict[str, Text]) -> Schema:
        special = {word: _SPECIAL[word] for word in shape.special} | unknown
        match shape.kind:
            case Kind.ENUM:
                return _words({**shape.values, **unknown})
            case Kind.BOOLEAN:
                return _words({True: Text("да", "yes"), False: Text("нет", "no"), **unknown})
            case Kind.SERVICE:
                return {"anyOf": [_words({**self.names.services, **unknown}), _TEXT]}
            case Kind.INTEGER:
                return {"anyOf": [_words(special), {"type": "integer"}]} if special else {"type": "integer"}
            case Kind.DECIMAL:
                return {"anyOf": [_words(special), _DECIMAL]}
            case Kind.DATE:
                return {"anyOf": [_words(special), _DAY]}
            case Kind.MONTH:
                return {"anyOf": [_words(special), {"type": "string", "pattern": MONTH}]}
            case _:
                return {"anyOf": [_words(special), _TEXT]} if special else _TEXT

    def _all_examples(self) -> Schema:
        """The examples of any policy; what `item` and `parent` hold depends on the list it is about."""
        pieces: dict[str, Schema] = {
            "organization": _ref(f"fact_{ROOT}"),
            "item": {"type": "object"},
            "parent": {"type": "object"},
            "lists": _ref("fact_lists"),
            "roadmap": _ref("fact_roadmap"),
            "coverage": _ref("fact_coverage"),
            "item_of": _ref("list_path"),
        }
        change = _mapping({key: _key(f"change.{key}", pieces[key]) for key in CHANGE_KEYS})
        truths: Schema = {"enum": ["true", "false", "unknown", True, False]}
        answers: dict[str, Schema] = {
            "name": _TEXT,
            "change": change,
            "as_of": _DAY,
            "subject": {"type": "string", "minLength": 1},
            "parameters": {"type": "object", "additionalProperties": _TEXT},
            "expect": _ref("expected"),
            "missing": _one_or_list(_TEXT),
            "disputed": {"type": "object", "additionalProperties": _ref("expected")},
            "criteria": {"type": "object", "additionalProperties": truths},
            "advice": _one_or_list(_TEXT),
        }
        self._define("expected", lambda: _named(_EXPECTED))
        case = _mapping({k: _key(f"case.{k}", (pieces | answers)[k]) for k in CASE_KEYS}, ("name", "expect"))
        keys = {
            "as_of": _key("examples.as_of", _DAY),
            "base": _key("base", _mapping({key: _key(f"base.{key}", pieces[key]) for key in BASE_KEYS})),
            "cases": _key("cases", {**_list(case), "minItems": 1}),
        }
        return _mapping(keys, ("cases",))

    def _examples(self, place: Place | None) -> Schema:
        """What the facts of the judged item, and of the one that holds it, may be."""
        name = place.name if place else ANY
        parent = place.path.split(".")[0] if place and "." in place.path else ""
        holder = self.vocabulary.lists[parent].scope if parent else ANY
        facts = {"properties": {"item": _ref(f"fact_{name}"), "parent": _ref(f"fact_{holder}")}}
        cases = {"items": {"properties": {"change": facts}}}
        return {"allOf": [_ref("examples"), {"properties": {"base": facts, "cases": cases}}]}

    # --- files ------------------------------------------------------------------------------------------------

    def _files(self) -> dict[str, Schema]:
        return {
            "norm": self._norm(),
            "decision": self._decision(),
            "definition": self._definition(),
            "values": self._values(),
            "act": self._act(),
            "register": self._register(),
            "parameter": self._parameter(),
        }

    def _norm(self) -> Schema:
        about = self._about(several=True)
        keys: dict[str, Schema] = {
            "norm": {"type": "string", "pattern": POLICY_NAME},
            "title": _ref("both"),
            "about": about,
            "fields": self._other_names(),
            "modality": _words(_MODALITIES),
            "severity": _words(_SEVERITIES),
            "cites": {**_within("citations"), "minItems": 1},
            "status": _words(_STATUS),
            "exceptions": _list(self._criterion(required=("id", "when"))),
            "readings": self._readings(),
            "message": _ref("both"),
            "remedy": _ref("both"),
            "remark": _ref("both"),
            "sanction": self._sanction(),
        }
        required = ("norm", "title", "about", "modality", "severity", "cites", "message", "examples")
        requirement = {
            "if": {"properties": {"modality": {"pattern": _exactly("permission")}}, "required": ["modality"]},
            "then": {"required": ["allowed"], "properties": {"forbidden": False, "required": False}},
            "else": {
                "if": {"required": ["forbidden"]},
                "then": {"properties": {"required": False, "allowed": False}},
                "else": {"required": ["required"], "properties": {"allowed": False}},
            },
        }
        properties = {key: _key(key, keys.get(key, {})) for key in NORM_KEYS}
        return {**_mapping(properties, required), "allOf": [requirement, *self._dispatch("norm", ANY)]}

    def _decision(self) -> Schema:
        criteria = _list(self._criterion(required=("id", "title", "when")))
        outcomes = ("all_criteria_and_no_exclusion", "otherwise")
        keys: dict[str, Schema] = {
            "decision": {"type": "string", "pattern": POLICY_NAME},
            "title": _ref("both"),
            "about": self._about(several=False),
            "cites": {**_within("citations"), "minItems": 1},
            "outcomes": {"type": "object", "additionalProperties": _ref("both")},
            "criteria": criteria,
            "exclusions": criteria,
            "then": _mapping({name: _key(name, _TEXT) for name in outcomes}, outcomes),
            "readings": self._readings(),
            "advice": {"type": "object", "additionalProperties": _ref("both")},
            "status": _words(_STATUS),
        }
        properties = {key: _key(key, keys.get(key, {})) for key in DECISION_KEYS}
        required = ("decision", "title", "about", "cites", "outcomes", "criteria", "then", "examples")
        return {**_mapping(properties, required), "allOf": self._dispatch("decision", ANY)}

    def _definition(self) -> Schema:
        keys: dict[str, Schema] = {
            "definition": {"type": "string", "pattern": DEFINITION_NAME},
            "title": _ref("both"),
            "about": _ref("list_path"),
            "cites": _ref("citations"),
            "note": _ref("both"),
        }
        properties = {key: _key(key, keys.get(key, {})) for key in DEFINITION_KEYS}
        return {
            **_mapping(properties, ("definition", "title", "when")),
            "allOf": self._dispatch("definition", ROOT),
        }

    def _about(self, *, several: bool) -> Schema:
        one = _ref("list_path")
        return _if_list({**_list(one), "minItems": 1} | ({} if several else {"maxItems": 1}), one)

    def _other_names(self) -> Schema:
        known = sorted({name for place in self.subjects for name in place.shape.fields})
        lists = {
            place.path: _key("renamed", {"enum": list(place.shape.fields)}, place.title) for place in self.subjects
        }
        return {"type": "object", "propertyNames": {"enum": known}, "additionalProperties": _mapping(lists)}

    def _criterion(self, required: tuple[str, ...]) -> Schema:
        keys = {"id": _TEXT, "title": _ref("both"), "cites": _ref("citations"), "when": {}}
        return _mapping({key: _key(f"criterion.{key}", schema) for key, schema in keys.items()}, required)

    def _sanction(self) -> Schema:
        sums = {**_list(_INTEGER), "minItems": 2, "maxItems": 2}
        applies = _words(
            {
                "yes": Text("санкция применима", "the penalty applies"),
                "disputed": Text("применимость спорна", "whether it applies is disputed"),
            }
        )
        keys = {"cites": _ref("citation"), "applies": applies, "official_rub": sums, "entity_rub": sums}
        properties = {key: _key(f"sanction.{key}", schema) for key, schema in keys.items()}
        return _mapping(properties, ("cites", "applies"))

    def _readings(self) -> Schema:
        return self._define("readings", lambda: _list(_mapping(self._reading(), ("id", "why"))))

    def _reading(self) -> dict[str, Schema]:
        names = self.names
        parameters = {
            name: _key("other_parameter", self._reading_value(kind), title)
            for name, (kind, title) in names.parameters.items()
        }
        registers = {
            name: _key("other_register", _ref("register_name"), title) for name, title in names.registers.items()
        }
        places = {place.path: place.name for place in self.subjects}
        definitions = {
            name: _key("other_definition", _ref(f"definition_of_{places[about]}"), title)
            for name, (about, title) in names.definitions.items()
        }
        titles = {name: title for name, (_, title) in names.parameters.items()}
        keys: dict[str, Schema] = {
            "id": _TEXT,
            "chosen": _TRUTH,
            "why": _ref("both"),
            "cites": _ref("citations"),
            "parameters": _open(parameters, _if_mapping({"required": ["field"]}, _TEXT)),
            "definitions": _open(definitions, {"type": "string", "pattern": DEFINITION_NAME}),
            "registers": _open(registers, _ref("register_name")),
            "severity": _words(_SEVERITIES),
            "without_exceptions": _one_or_list(_TEXT),
            "admit_press": _one_or_list(_named(titles, DATA_NAME)),
        }
        return {key: _key(f"reading.{key}", keys[key]) for key in READING_KEYS}

    def _reading_value(self, kind: Kind) -> Schema:
        """A value of a parameter, or a field in its place."""
        shape = FieldShape("", kind, Text("", ""), Text("", ""))
        return _if_mapping(_mapping({"field": _key("field", self._paths(shape))}, ("field",)), self._literal(shape))

    # --- data files -------------------------------------------------------------------------------------------

    def _values(self) -> Schema:
        keys = {
            "values": {"type": "string", "pattern": DATA_NAME},
            "title": _ref("both"),
            "cites": _ref("citations"),
            "members": _one_or_list(_TEXT),
        }
        return _mapping({key: _key(key, keys[key]) for key in VALUES_KEYS}, ("values", "title", "members"))

    def _act(self) -> Schema:
        edition = {"date": _key("edition.date", _DAY), "note": _key("note", _ref("both"))}
        keys: dict[str, Schema] = {
            "act": {"type": "string", "pattern": DATA_NAME},
            "title": _ref("both"),
            "short": _ref("both"),
            "number": _TEXT,
            "date": _DAY,
            "force": _words(_FORCES),
            "editions": _list(_mapping(edition, ("date",))),
            "in_force_from": _DAY,
            "seen": _TEXT,
            "quality": _TEXT,
            "checked_on": {"anyOf": [_words({"never": Text("официальный текст не читали", "not read yet")}), _DAY]},
            "note": _ref("both"),
            "clauses": _list(self._clause()),
        }
        required = ("act", "title", "short", "force", "checked_on", "clauses")
        return _mapping({key: _key(f"act.{key}", keys[key]) for key in ACT_KEYS}, required)

    def _clause(self) -> Schema:
        keys: dict[str, Schema] = {
            "at": _TEXT,
            "title": _ref("both"),
            "coverage": _words(_COVERAGE),
            "policies": _one_or_list({"type": "string", "pattern": DEFINITION_NAME}),
            "why": _ref("both"),
        }
        covered = {"properties": {"coverage": {"enum": ["automated", "partial"]}}, "required": ["coverage"]}
        unexplained = {"properties": {"coverage": {"const": "automated"}}, "required": ["coverage"]}
        properties = {key: _key(f"clause.{key}", keys[key]) for key in CLAUSE_KEYS}
        rules = [
            {"if": covered, "then": {"required": ["policies"]}},
            {"if": unexplained, "else": {"required": ["why"]}},
        ]
        return {**_mapping(properties, ("at", "title", "coverage")), "allOf": rules}

    def _register(self) -> Schema:
        keys: dict[str, Schema] = {
            "register": {"type": "string", "pattern": DATA_NAME},
            "title": _ref("both"),
            "family": {"type": "string", "pattern": DATA_NAME},
            "closed": _TRUTH,
            "rows": _list(self._register_row()),
        }
        required = ("register", "title", "rows")
        return _mapping({key: _key(f"register.{key}", keys[key]) for key in REGISTER_KEYS}, required)

    def _register_row(self) -> Schema:
        keys: dict[str, Schema] = {
            "id": {"type": ["string", "integer"], "pattern": ROW_NAME},
            "title": _ref("both"),
            "aliases": _one_or_list(_TEXT),
            "from": _DAY,
            "through": _DAY,
            "announced_on": _DAY,
            "owner": _ref("both"),
            "cites": {**_within("citations"), "minItems": 1},
            "note": _ref("both"),
        }
        facts = {key: _one_or_list(_TEXT) for key in REGISTER_FACTS}
        return _mapping({k: _key(f"row.{k}", (keys | facts)[k]) for k in ROW_KEYS}, ("id", "title", "cites"))

    def _parameter(self) -> Schema:
        words = {"date": Text("дата", "date"), "integer": Text("целое число", "whole number")}
        words["decimal"] = Text("число с дробной частью", "number with decimals")
        keys: dict[str, Schema] = {
            "parameter": {"type": "string", "pattern": DATA_NAME},
            "title": _ref("both"),
            "type": _words({name: words[name] for name in PARAMETER_KINDS}),
            "unit": _ref("both"),
            "rows": _list(self._parameter_row()),
        }
        typed = [
            {
                "if": {"properties": {"type": {"pattern": _exactly(name)}}, "required": ["type"]},
                "then": {"properties": {"rows": {"items": {"properties": {"value": _parameter_value(kind)}}}}},
            }
            for name, kind in PARAMETER_KINDS.items()
        ]
        properties = {key: _key(f"parameter.{key}", keys[key]) for key in PARAMETER_KEYS}
        return {**_mapping(properties, ("parameter", "title", "type", "rows")), "allOf": typed}

    def _parameter_row(self) -> Schema:
        keys: dict[str, Schema] = {
            "region": _one_or_list(_TEXT),
            "kind": _one_or_list(_words(self.vocabulary.root.fields["kind"].values)),
            "from": _DAY,
            "through": _DAY,
            "value": _TEXT,
            "why": _ref("both"),
            "cites": {**_within("citations"), "minItems": 1},
            "note": _ref("both"),
        }
        unknown = {"properties": {"value": {"const": "unknown"}}, "required": ["value"]}
        properties = {key: _key(f"value.{key}", keys[key]) for key in VALUE_KEYS}
        return {**_mapping(properties, ("value", "cites")), "if": unknown, "then": {"required": ["why"]}}


# --- shapes ---------------------------------------------------------------------------------------------------


def _places(vocabulary: Vocabulary) -> Iterator[Place]:
    """The organization, the items of every list in schema order, and the records nested in them."""
    title = vocabulary.document.fields[ROOT].title
    yield from _with_records(Place(ROOT, ROOT, vocabulary.root, title))
    for path in sorted(vocabulary.lists, key=lambda path: _schema_order(vocabulary, path)):
        shape = vocabulary.lists[path]
        yield from _with_records(Place(shape.scope, path, vocabulary.record_of(path), shape.title))


def _schema_order(vocabulary: Vocabulary, path: str) -> tuple[int, ...]:
    top, _, inner = path.partition(".")
    order = list(vocabulary.document.fields).index(top)
    return (order, list(vocabulary.record_of(top).fields).index(inner) + 1) if inner else (order, 0)


def _with_records(place: Place) -> Iterator[Place]:
    yield place
    for name, field in place.shape.fields.items():
        if field.kind is Kind.RECORD:
            inner = Place(f"{place.name}_{name}", f"{place.path}.{name}", _record(field), field.title, nested=True)
            yield from _with_records(inner)


def _record(shape: FieldShape) -> RecordShape:
    assert shape.record is not None
    return shape.record


def _own_fields(shape: RecordShape, prefix: str = "") -> list[tuple[str, FieldShape]]:
    """Every field with a value of its own, by its path through records (`opinion.parents`)."""
    found: list[tuple[str, FieldShape]] = []
    for name, field in shape.fields.items():
        if field.kind is Kind.RECORD:
            found.extend(_own_fields(_record(field), f"{prefix}{name}."))
        elif field.kind is not Kind.LIST:
            found.append((prefix + name, field))
    return found


def _union_fields(places: Iterable[Place]) -> list[tuple[str, FieldShape]]:
    found: dict[str, FieldShape] = {}
    for place in places:
        for path, shape in _own_fields(place.shape) if not place.nested else ():
            found.setdefault(path, shape)
    return list(found.items())


def _item(shape: FieldShape) -> FieldShape:
    """A field that holds one item of a set."""
    return replace(shape, kind=shape.item or Kind.TEXT, item=None)


def _days_of(shape: FieldShape) -> tuple[str, ...]:
    """The words that a condition may write in place of a date."""
    return tuple(word for word in shape.special if word in ("never", "open_ended"))


def _alike(shape: FieldShape, other: FieldShape) -> bool:
    """Whether the two may be equal: of one kind, and not words or references of different things."""
    if not comparable(shape.kind, other.kind):
        return False
    if shape.kind is Kind.REF:
        return shape.target == other.target
    if shape.values and other.values:
        return bool(set(shape.values) & set(other.values))
    return shape.item is other.item


def _sources(keys: Iterable[str]) -> list[str]:
    """The keys of an operand that say where the value comes from."""
    return [key for key in keys if key != "plus_days"]


def _alone(keys: Iterable[str]) -> list[Schema]:
    """An operand has one source, and nothing stands beside it but a shift of days."""
    return [
        {
            "if": {"required": [source]},
            "then": {"propertyNames": {"enum": [source, "plus_days"] if "plus_days" in keys else [source]}},
        }
        for source in _sources(keys)
    ]


def _open(known: Mapping[str, Schema], others: Schema) -> Schema:
    """A mapping whose keys are names: the known ones are offered, others are accepted."""
    return {"type": "object", "properties": dict(known), "additionalProperties": others}


def _coverage_word() -> Schema:
    return _words(
        {
            "complete": Text("полный список", "complete list"),
            "partial": Text("неполный список", "partial list"),
            "unknown": Text("полнота неизвестна", "completeness unknown"),
        }
    )


def _parameter_value(kind: Kind) -> Schema:
    form = {Kind.DATE: _DAY, Kind.INTEGER: _INTEGER, Kind.DECIMAL: _DECIMAL}[kind]
    word = Text("значения нет, ключ `why` говорит почему", "there is no value, the key `why` says why")
    return {"anyOf": [_words({"unknown": word}), form]}


# --- texts ----------------------------------------------------------------------------------------------------

_MODALITIES = {
    Modality.PROHIBITION.value: Text("запрет", "prohibition"),
    Modality.OBLIGATION.value: Text("обязанность", "obligation"),
    Modality.PERMISSION.value: Text("разрешение", "permission"),
    Modality.RECOMMENDATION.value: Text("рекомендация", "recommendation"),
}
_SEVERITIES = {
    Severity.CRITICAL.value: Text("критическая", "critical"),
    Severity.HIGH.value: Text("высокая", "high"),
    Severity.MEDIUM.value: Text("средняя", "medium"),
    Severity.LOW.value: Text("низкая", "low"),
    Severity.INFO.value: Text("для сведения", "for information"),
}
_FORCES = {
    Force.FEDERAL_LAW.value: Text("федеральный закон", "federal law"),
    Force.GOVERNMENT_ACT.value: Text("акт Правительства", "act of the Government"),
    Force.MINISTRY_ORDER.value: Text("приказ министерства", "order of a ministry"),
    Force.MINISTRY_LETTER.value: Text("письмо министерства", "letter of a ministry"),
    Force.REGIONAL_ACT.value: Text("акт субъекта федерации", "act of a federal subject"),
    Force.LOCAL_ACT.value: Text("локальный акт", "local act"),
    Force.GUIDANCE.value: Text("разъяснение, слайды, правила платформы", "guidance, slides, platform rules"),
    Force.PRESS.value: Text("пресса", "press"),
}
_COVERAGE = dict(
    zip(
        COVERAGE,
        (
            Text("проверяется программой", "checked by the program"),
            Text("проверяется отчасти", "checked in part"),
            Text("проверяет человек", "checked by a person"),
            Text("отложено", "put off"),
            Text("проверить нельзя", "can't be checked"),
        ),
        strict=True,
    )
)
_STATUS = {"draft": Text("черновик: проверяется на ошибки, но не применяется", "draft: checked, never applied")}
_EXPECTED = {
    "violation": Text("нарушение", "violation"),
    "advice": Text("совет: рекомендация не выполнена", "advice: a recommendation is not followed"),
    "unknown": Text("нет данных", "unknown"),
    "ok": Text("нарушения нет, причина не важна", "no violation, for whatever reason"),
    "met": Text("требование выполнено", "the requirement is met"),
    "exempt": Text("действует исключение", "an exception holds"),
    "not_applicable": Text("норма не об этом", "the norm does not concern it"),
    "not_in_force": Text("норма в этот день не действует", "the norm is not in force that day"),
    "open": Text("нарушения нет, причина зависит от недостающих данных", "no violation, the reason is open"),
}

# What every operator says: the name and a sentence, in both languages.
_OPERATOR_TEXTS: dict[str, tuple[Text, Text]] = {
    "is": (
        Text("Равно", "Equals"),
        Text(
            "Поле равно значению; порядок в наборах не важен.", "The field equals the value; order in sets is free."
        ),
    ),
    "is_not": (Text("Не равно", "Differs"), Text("Поле не равно значению.", "The field does not equal the value.")),
    "in": (
        Text("Одно из", "One of"),
        Text("Поле равно одному из значений.", "The field equals one of the values."),
    ),
    "not_in": (
        Text("Ни одно из", "None of"),
        Text("Поле не равно ни одному из значений.", "The field equals none of the values."),
    ),
    "at_least": (Text("Не меньше", "At least"), Text("Число не меньше названного.", "The number is no less.")),
    "at_most": (Text("Не больше", "At most"), Text("Число не больше названного.", "The number is no greater.")),
    "more_than": (Text("Больше", "More than"), Text("Число строго больше названного.", "The number is greater.")),
    "less_than": (Text("Меньше", "Less than"), Text("Число строго меньше названного.", "The number is less.")),
    "before": (
        Text("Раньше", "Before"),
        Text("День раньше названного; сам он не считается.", "The day is earlier; the day itself does not count."),
    ),
    "on_or_before": (
        Text("Не позже", "On or before"),
        Text("День не позже названного; сам он считается.", "The day is no later; the day itself counts."),
    ),
    "after": (
        Text("Позже", "After"),
        Text("День позже названного; сам он не считается.", "The day is later; the day itself does not count."),
    ),
    "on_or_after": (
        Text("Не раньше", "On or after"),
        Text("День не раньше названного; сам он считается.", "The day is no earlier; the day itself counts."),
    ),
    "contains": (
        Text("Содержит", "Contains"),
        Text(
            "Набор содержит значение или хотя бы одно из названных.",
            "The set holds the value, or at least one of those named.",
        ),
    ),
    "contains_any": (
        Text("Содержит хотя бы одно", "Contains any"),
        Text("Набор содержит хотя бы одно из значений.", "The set holds at least one of the values."),
    ),
    "contains_all": (
        Text("Содержит все", "Contains all"),
        Text("Набор содержит все значения.", "The set holds all the values."),
    ),
    "within": (
        Text("Только из", "Within"),
        Text("В наборе нет ничего, кроме этих значений.", "The set holds nothing but these values."),
    ),
    "empty": (
        Text("Пуст", "Empty"),
        Text("true: набор пуст; false: в нём что-то есть.", "true: the set is empty; false: it holds something."),
    ),
    "listed_in": (
        Text("Есть в перечне", "Listed in"),
        Text(
            "Значение есть в перечне на проверяемый день. Для неизвестного сервиса ответа нет.",
            "The value is on the register on the judged day. Of an unregistered service the answer is unknown.",
        ),
    ),
    "known": (
        Text("Известно", "Known"),
        Text(
            "Известно ли значение. Только в решениях: в норме недостающий факт сам даёт «нет данных».",
            "Whether the value is known. In decisions only: in a norm a missing fact already gives `unknown`.",
        ),
    ),
    "some": (
        Text("Есть запись", "Some item"),
        Text("Условие верно хотя бы для одной записи списка.", "The condition holds of at least one item."),
    ),
    "every": (
        Text("Каждая запись", "Every item"),
        Text("Условие верно для каждой записи списка.", "The condition holds of every item."),
    ),
    "no": (
        Text("Ни одной записи", "No item"),
        Text("Условие не верно ни для одной записи списка.", "The condition holds of no item."),
    ),
    "count": (
        Text("Сколько записей", "How many items"),
        Text(
            "Число записей, для которых верно `of`, сравнивается с `is`.",
            "The number of items of which `of` holds is compared with `is`.",
        ),
    ),
    "count_items": (
        Text("Какие записи считать", "Which items to count"),
        Text("Условие на запись; `{}` считает все.", "A condition on an item; `{}` counts all."),
    ),
    "is_count": (
        Text("Сколько их", "How many"),
        Text("Число или сравнение с числом.", "A number, or a comparison with one."),
    ),
    "as": (
        Text("Имя записи", "Name of the item"),
        Text(
            "Имя, под которым запись видна внутри условия, если такая запись там уже есть. Пишите `other`.",
            "The name of the item inside the condition when an item of its kind is bound already. Write `other`.",
        ),
    ),
    "all": (Text("Всё вместе", "All"), Text("Верны все условия списка.", "All conditions of the list hold.")),
    "any": (Text("Хотя бы одно", "Any"), Text("Верно хотя бы одно условие.", "At least one condition holds.")),
    "not": (Text("Неверно, что", "Not"), Text("Условие не выполняется.", "The condition does not hold.")),
    "meets": (
        Text("Подходит под определение", "Meets"),
        Text(
            "Запись подходит под именованное условие из папки definitions.",
            "The record meets a named condition of the folder definitions.",
        ),
    ),
    "undecided": (
        Text("Вопрос не решён", "Undecided"),
        Text(
            "Правовой вопрос, на который нет ответа: условие всегда неизвестно, в отчёте назван этот вопрос.",
            "A legal question nobody has settled: always unknown, and the report names the question.",
        ),
    ),
    "fresh": (
        Text("Проверено недавно", "Fresh"),
        Text(
            "Условие верно, если день проверки не слишком давний; иначе ответа нет.",
            "The condition, provided that the day it was checked on is recent; else unknown.",
        ),
    ),
    "sum": (
        Text("Сумма полей", "Sum"),
        Text("Сумма числовых полей сравнивается с числом.", "The sum of number fields is compared with a number."),
    ),
    "ratio": (
        Text("Доля в процентах", "Ratio in percent"),
        Text(
            "Какую долю, от 0 до 100, `of` составляет от `to`.",
            "What share, from 0 to 100, `of` makes of `to`.",
        ),
    ),
}

# What every key says: the name and a sentence, in both languages. `act.date` is `date` in a file of an act.
_KEY_TEXTS: dict[str, tuple[Text, Text]] = {
    "ru": (Text("По-русски", "In Russian"), Text("Текст на русском языке.", "The text in Russian.")),
    "en": (Text("По-английски", "In English"), Text("Тот же текст на английском.", "The same text in English.")),
    "param": (
        Text("Параметр", "Parameter"),
        Text(
            "Значение параметра из папки parameters для этой организации на проверяемый день.",
            "The value of a parameter of the folder parameters for this organization on the judged day.",
        ),
    ),
    "field": (
        Text("Другое поле", "Another field"),
        Text(
            "Путь к полю от названной записи, например `chat.created_on`.",
            "A path to a field from a named record, for example `chat.created_on`.",
        ),
    ),
    "as_of_shifted": (
        Text("День проверки со сдвигом", "The day of judgement, shifted"),
        Text("День проверки плюс или минус дни.", "The day of judgement plus or minus days."),
    ),
    "plus_days": (
        Text("Сдвиг в днях", "Shift in days"),
        Text("Целое число, можно отрицательное, или параметр.", "A whole number, negative too, or a parameter."),
    ),
    "values_name": (
        Text("Набор значений", "Set of values"),
        Text("Имя набора из папки definitions.", "The name of a set of the folder definitions."),
    ),
    "of_items": (
        Text("Какие записи", "Which items"),
        Text("Условие на запись списка; `{}` считает все.", "A condition on an item; `{}` counts all."),
    ),
    "of_condition": (
        Text("Условие", "Condition"),
        Text("Что должно быть верно и недавно проверено.", "What must hold and have been checked recently."),
    ),
    "on_field": (
        Text("Поле с днём проверки", "Field with the day of the check"),
        Text("Дата, от которой считается давность.", "The date from which age is counted."),
    ),
    "within_days": (
        Text("Сколько дней сведения свежие", "For how many days facts are fresh"),
        Text("Целое число или параметр.", "A whole number or a parameter."),
    ),
    "of_fields": (
        Text("Слагаемые", "Terms"),
        Text("Числовые поля этой записи.", "Number fields of this record."),
    ),
    "of_part": (
        Text("Часть", "Part"),
        Text("Поле или `список: {count: условие}`.", "A field, or `list: {count: condition}`."),
    ),
    "to_whole": (
        Text("Целое", "Whole"),
        Text("Поле или `список: {count: условие}`.", "A field, or `list: {count: condition}`."),
    ),
    "norm": (
        Text("Норма", "Norm"),
        Text(
            "Код нормы, он же имя файла: кто что обязан, не вправе, вправе или кому что рекомендовано.",
            "The id of the norm, also the file name: who must, must not, may or should do what.",
        ),
    ),
    "decision": (
        Text("Решение", "Decision"),
        Text(
            "Код решения, он же имя файла: чем является вещь или что с ней будет; вины и санкции нет.",
            "The id of the decision, also the file name: what a thing is or what becomes of it; no blame.",
        ),
    ),
    "definition": (
        Text("Определение", "Definition"),
        Text(
            "Имя условия, на которое ссылаются через `meets`; оно же имя файла.",
            "The name of a condition that `meets` refers to; also the file name.",
        ),
    ),
    "values": (
        Text("Набор значений", "Set of values"),
        Text(
            "Имя набора, на который ссылаются через `{values: имя}`; оно же имя файла.",
            "The name of a set that `{values: name}` refers to; also the file name.",
        ),
    ),
    "act": (
        Text("Акт или документ", "Act or document"),
        Text("Код источника, он же имя файла.", "The id of the source, also the file name."),
    ),
    "register": (
        Text("Перечень", "Register"),
        Text(
            "Имя перечня с датами, он же имя файла; на него ссылается `listed_in`.",
            "The name of a dated list, also the file name; `listed_in` refers to it.",
        ),
    ),
    "parameter": (
        Text("Параметр", "Parameter"),
        Text(
            "Имя величины, которая зависит от времени, региона и вида организации; оно же имя файла.",
            "The name of a value that varies by time, region and kind of organization; also the file name.",
        ),
    ),
    "title": (
        Text("Название", "Title"),
        Text("Короткое название, как в отчёте.", "A short title, as the report shows it."),
    ),
    "about": (
        Text("О чём", "About"),
        Text(
            "Список, каждая запись которого проверяется, или organization. Можно назвать несколько списков.",
            "The list whose every item is judged, or organization. A norm may name several lists.",
        ),
    ),
    "fields": (
        Text("Как поля зовутся в других списках", "Names of fields in other lists"),
        Text(
            "Для политики о нескольких списках: какое поле списка играет роль названного.",
            "For a policy about several lists: which field of a list plays the part of the named one.",
        ),
    ),
    "renamed": (
        Text("Поле списка", "Field of the list"),
        Text("Имя поля в этом списке.", "The name of the field in this list."),
    ),
    "modality": (
        Text("Вид требования", "Modality"),
        Text("Запрет, обязанность, разрешение или рекомендация.", "Prohibition, obligation, permission or advice."),
    ),
    "severity": (
        Text("Важность", "Severity"),
        Text("Насколько серьёзно нарушение.", "How grave a violation is."),
    ),
    "cites": (
        Text("Основания", "Grounds"),
        Text("Места актов, на которых это стоит.", "The places of acts this rests on."),
    ),
    "act_name": (
        Text("Акт", "Act"),
        Text("Код файла из папки sources.", "The id of a file of the folder sources."),
    ),
    "at": (
        Text("Место акта", "Place of the act"),
        Text("Так же, как оно записано в файле акта.", "As the file of the act writes it."),
    ),
    "in_force": (
        Text("Срок действия", "Time in force"),
        Text("Когда политика действует; без него — всегда.", "When the policy is in force; always without it."),
    ),
    "in_force.from": (
        Text("Первый день", "First day"),
        Text("Считается и сам этот день.", "The day itself counts."),
    ),
    "in_force.through": (
        Text("Последний день", "Last day"),
        Text("Считается и сам этот день.", "The day itself counts."),
    ),
    "judged_on": (
        Text("По какому дню судить", "Which day is judged"),
        Text(
            "Поле с датой записи или период из двух полей; без него — день проверки.",
            "A date field of the item, or a period of two; the day of judgement without it.",
        ),
    ),
    "judged_on.from": (
        Text("Начало периода", "Start of the period"),
        Text("Поле с первым днём.", "The field with the first day."),
    ),
    "judged_on.through": (
        Text("Конец периода", "End of the period"),
        Text("Поле с последним днём.", "The field with the last day."),
    ),
    "applies_when": (
        Text("Когда применяется", "Applies when"),
        Text("К каким записям относится политика.", "Which items the policy concerns."),
    ),
    "status": (
        Text("Состояние", "Status"),
        Text("`draft`: политика ещё не применяется.", "`draft`: the policy is not applied yet."),
    ),
    "forbidden": (
        Text("Запрещено", "Forbidden"),
        Text("Нарушение там, где условие верно.", "A violation wherever the condition holds."),
    ),
    "required": (
        Text("Требуется", "Required"),
        Text("Нарушение там, где условие неверно.", "A violation wherever the condition does not hold."),
    ),
    "allowed": (
        Text("Разрешено", "Allowed"),
        Text("Для `modality: permission`; нарушением не бывает.", "For `modality: permission`; never a violation."),
    ),
    "exceptions": (
        Text("Исключения", "Exceptions"),
        Text("Когда норма не нарушена, хотя требование не выполнено.", "When the norm is not broken all the same."),
    ),
    "readings": (
        Text("Прочтения", "Readings"),
        Text(
            "Записанные толкования. Ровно одно выбрано; где другое даёт иной вывод, вывод помечен спорным.",
            "Recorded understandings. Exactly one is chosen; where another one differs, the result is disputed.",
        ),
    ),
    "message": (
        Text("Сообщение", "Message"),
        Text(
            "Что сказать о нарушении; в скобках `{…}` — имена полей.",
            "What to say of a violation; `{…}` holds names of fields.",
        ),
    ),
    "remedy": (
        Text("Что сделать", "Remedy"),
        Text("Как устранить нарушение.", "How to put it right."),
    ),
    "remark": (
        Text("Замечание", "Remark"),
        Text("Что сказать, когда норма соблюдена.", "What to say when the norm is met."),
    ),
    "remedy_sets": (
        Text("Исправление полями", "Remedy as fields"),
        Text(
            "Какие поля изменить, чтобы норма была соблюдена; это проверяется.",
            "Which fields to change so that the norm is met; this is proved.",
        ),
    ),
    "sanction": (
        Text("Санкция", "Sanction"),
        Text("Наказание, которое называет акт.", "The penalty the act names."),
    ),
    "sanction.cites": (
        Text("Основание санкции", "Ground of the sanction"),
        Text("Место акта с санкцией.", "The place of the act that names it."),
    ),
    "sanction.applies": (
        Text("Применима ли", "Whether it applies"),
        Text("Точно ли санкция относится к этой норме.", "Whether the penalty surely reaches the norm."),
    ),
    "sanction.official_rub": (
        Text("Должностному лицу, рублей", "For an official, roubles"),
        Text("От и до.", "From and to."),
    ),
    "sanction.entity_rub": (
        Text("Организации, рублей", "For the organization, roubles"),
        Text("От и до.", "From and to."),
    ),
    "waivable": (
        Text("Можно ли отступить", "May be waived"),
        Text("true, false или условие `{when: …}`.", "true, false, or a condition `{when: …}`."),
    ),
    "waivable.when": (
        Text("Когда можно отступить", "When it may be waived"),
        Text("Условие на проверяемую запись.", "A condition on the judged item."),
    ),
    "examples": (
        Text("Примеры", "Examples"),
        Text("Случаи, которые проверяются вместе с политикой.", "Cases that are run with the policy."),
    ),
    "outcomes": (
        Text("Исходы", "Outcomes"),
        Text("Имена исходов решения и как их назвать людям.", "The outcomes of the decision and their names."),
    ),
    "criteria": (
        Text("Признаки", "Criteria"),
        Text("Все должны выполняться.", "All must hold."),
    ),
    "exclusions": (
        Text("Препятствия", "Exclusions"),
        Text("Достаточно одного, чтобы исход был другим.", "Any one of them gives the other outcome."),
    ),
    "then": (
        Text("Какой исход", "Which outcome"),
        Text("Исход, когда всё сошлось, и исход иначе.", "The outcome when all holds, and the other one."),
    ),
    "all_criteria_and_no_exclusion": (
        Text("Все признаки и ни одного препятствия", "All criteria and no exclusion"),
        Text("Имя исхода.", "The name of the outcome."),
    ),
    "otherwise": (Text("Иначе", "Otherwise"), Text("Имя исхода.", "The name of the outcome.")),
    "advice": (
        Text("Советы", "Advice"),
        Text("Что делать, по коду признака или препятствия.", "What to do, by the id of a criterion or exclusion."),
    ),
    "when": (
        Text("Условие", "Condition"),
        Text("Что называет это имя.", "What the name denotes."),
    ),
    "note": (
        Text("Примечание", "Note"),
        Text("Пояснение для читателя; на проверку не влияет.", "A remark for readers; it decides nothing."),
    ),
    "members": (
        Text("Значения", "Values"),
        Text("Слова, которые входят в набор.", "The words of the set."),
    ),
    "criterion.id": (
        Text("Код", "Id"),
        Text("Имя, на которое можно сослаться.", "The name it is referred to by."),
    ),
    "criterion.when": (
        Text("Когда верно", "When it holds"),
        Text("Условие на проверяемую запись.", "A condition on the judged item."),
    ),
    "reading.id": (Text("Код прочтения", "Id of the reading"), Text("Имя в отчёте.", "The name in reports.")),
    "reading.chosen": (
        Text("Выбрано", "Chosen"),
        Text("true ровно у одного прочтения.", "true for exactly one reading."),
    ),
    "reading.why": (
        Text("Почему так", "Why"),
        Text("Основание этого толкования.", "The ground of this understanding."),
    ),
    "reading.parameters": (
        Text("Другие значения параметров", "Other values of parameters"),
        Text("Имя параметра и значение или поле.", "The name of a parameter and a value or a field."),
    ),
    "reading.definitions": (
        Text("Другие определения", "Other definitions"),
        Text("Какое определение чем заменить.", "Which definition is replaced by which."),
    ),
    "reading.registers": (
        Text("Другие перечни", "Other registers"),
        Text("Какой перечень чем заменить.", "Which register is replaced by which."),
    ),
    "reading.severity": (
        Text("Другая важность", "Another severity"),
        Text("Важность при этом толковании.", "The severity under this reading."),
    ),
    "reading.without_exceptions": (
        Text("Без исключений", "Without exceptions"),
        Text("Какие исключения здесь не действуют.", "Which exceptions do not hold here."),
    ),
    "reading.admit_press": (
        Text("Учесть сведения прессы", "Admit the press"),
        Text("Параметры, для которых верят и прессе.", "Parameters of which press rows count too."),
    ),
    "other_parameter": (
        Text("Параметр", "Parameter"),
        Text("Значение при этом толковании или поле вместо него.", "The value under this reading, or a field."),
    ),
    "other_definition": (
        Text("Определение", "Definition"),
        Text("Определение, которое его заменяет.", "The definition that replaces it."),
    ),
    "other_register": (
        Text("Перечень", "Register"),
        Text("Перечень, который его заменяет.", "The register that replaces it."),
    ),
    "act.title": (Text("Полное название", "Full title"), Text("Как в самом акте.", "As in the act.")),
    "act.short": (Text("Краткое название", "Short title"), Text("Как называть в отчёте.", "As reports name it.")),
    "act.number": (Text("Номер", "Number"), Text("Номер акта.", "The number of the act.")),
    "act.date": (
        Text("Дата", "Date"),
        Text("День принятия или публикации.", "The day of adoption or publication."),
    ),
    "act.force": (
        Text("Юридическая сила", "Legal force"),
        Text("От неё зависит, как назвать требование.", "It decides how a requirement may be presented."),
    ),
    "act.editions": (Text("Редакции", "Editions"), Text("Известные редакции.", "The editions that are known.")),
    "act.in_force_from": (
        Text("Действует с", "In force from"),
        Text("День вступления в силу.", "The day of entry into force."),
    ),
    "act.seen": (
        Text("Что видели", "What was seen"),
        Text("Полный текст, отрывок, пересказ или ничего.", "The text, an excerpt, a retelling, or nothing."),
    ),
    "act.quality": (
        Text("Качество источника", "Quality of the source"),
        Text("Например, распознанный скан или пресса.", "For example a recognized scan, or the press."),
    ),
    "act.checked_on": (
        Text("Сверено", "Checked on"),
        Text(
            "Когда человек сверил официальный текст, или never.", "When a person read the official text, or never."
        ),
    ),
    "act.clauses": (
        Text("Места акта", "Clauses"),
        Text(
            "Места, на которые можно сослаться, и как они проверяются.", "Places to cite, and how they are covered."
        ),
    ),
    "edition.date": (
        Text("Дата редакции", "Date of the edition"),
        Text("День редакции.", "The day of the edition."),
    ),
    "clause.at": (
        Text("Место", "Place"),
        Text("Статья, часть, пункт; так на него ссылаются.", "Article, part, item; as it is cited."),
    ),
    "clause.coverage": (
        Text("Как проверяется", "Coverage"),
        Text("Насколько политики проверяют это место.", "How far policies check this place."),
    ),
    "clause.policies": (
        Text("Политики", "Policies"),
        Text("Какие политики проверяют это место.", "Which policies check this place."),
    ),
    "clause.why": (
        Text("Почему так", "Why"),
        Text("Нужно, если проверка не полностью автоматическая.", "Wanted unless coverage is automated."),
    ),
    "register.family": (
        Text("Семейство", "Family"),
        Text("Перечни одного семейства называют одни и те же вещи.", "Registers of one family share their ids."),
    ),
    "register.closed": (
        Text("Закрытый", "Closed"),
        Text("true: кроме перечисленного ничего нет.", "true: it lists all there is."),
    ),
    "register.rows": (Text("Строки", "Rows"), Text("Что внесено в перечень.", "What the register lists.")),
    "row.id": (
        Text("Код", "Id"),
        Text("Латинские строчные буквы, цифры и `_`.", "Lower-case Latin letters, digits and `_`."),
    ),
    "row.aliases": (
        Text("Другие написания", "Other spellings"),
        Text("Как это ещё называют в снимках.", "How else snapshots name it."),
    ),
    "row.from": (Text("Внесено с", "Listed from"), Text("Первый день в перечне.", "The first day on the list.")),
    "row.through": (Text("Внесено по", "Listed through"), Text("Последний день в перечне.", "The last day on it.")),
    "row.announced_on": (
        Text("Объявлено", "Announced on"),
        Text(
            "С этого дня до внесения неизвестно, есть ли строка в перечне.",
            "From this day until the entry it is unknown whether the row is on the list.",
        ),
    ),
    "row.owner": (Text("Владелец", "Owner"), Text("Кому принадлежит.", "Who owns it.")),
    "row.owner_country": (
        Text("Страна владельца", "Country of the owner"),
        Text("Двухбуквенный код или несколько.", "A two-letter code, or several."),
    ),
    "row.public_mode": (
        Text("Есть открытые каналы", "Has public channels"),
        Text("Можно ли публиковать для всех.", "Whether one can publish to everybody."),
    ),
    "row.quality": (
        Text("Качество сведений", "Quality of the facts"),
        Text("Насколько точны даты строки.", "How exact the dates of the row are."),
    ),
    "row.iso": (Text("Код ISO 3166-2", "ISO 3166-2 code"), Text("Код региона.", "The code of the region.")),
    "row.tz": (Text("Часовые пояса", "Time zones"), Text("Имена из базы IANA.", "Names of the IANA database.")),
    "row.oktmo_prefix": (
        Text("Начало кода ОКТМО", "OKTMO prefix"),
        Text("Первые две цифры.", "The first two digits."),
    ),
    "parameter.type": (Text("Род значения", "Type"), Text("Дата или число.", "A date or a number.")),
    "parameter.unit": (Text("Единица", "Unit"), Text("В чём измеряется.", "What it is measured in.")),
    "parameter.rows": (
        Text("Строки", "Rows"),
        Text("Значения; побеждает самая точная строка.", "The values; the most specific row wins."),
    ),
    "value.region": (
        Text("Регион", "Region"),
        Text(
            "Код субъекта федерации в кавычках, или несколько.", "A quoted code of a federal subject, or several."
        ),
    ),
    "value.kind": (
        Text("Вид организации", "Kind of organization"),
        Text("Для каких организаций, одно слово или несколько.", "For which organizations, one word or several."),
    ),
    "value.from": (Text("Действует с", "From"), Text("Первый день строки.", "The first day of the row.")),
    "value.through": (Text("Действует по", "Through"), Text("Последний день строки.", "The last day of the row.")),
    "value.value": (
        Text("Значение", "Value"),
        Text("Значение или unknown, если его никто не назвал.", "The value, or unknown when nobody has given it."),
    ),
    "value.why": (
        Text("Почему так", "Why"),
        Text("Нужно, если значение неизвестно.", "Wanted when the value is unknown."),
    ),
    "examples.as_of": (
        Text("День проверки", "Day of judgement"),
        Text("Для всех примеров, где не сказано иное.", "For all cases that do not say otherwise."),
    ),
    "base": (
        Text("Общее для примеров", "Common to the cases"),
        Text("Факты, которые верны во всех примерах.", "Facts that hold in every case."),
    ),
    "cases": (
        Text("Случаи", "Cases"),
        Text("Чем случай отличается и что должно получиться.", "How a case differs and what must come out."),
    ),
    "base.organization": (Text("Организация", "Organization"), Text("Её поля.", "Its fields.")),
    "base.item": (Text("Проверяемая запись", "The judged item"), Text("Её поля.", "Its fields.")),
    "base.parent": (
        Text("Охватывающая запись", "The enclosing item"),
        Text(
            "Для вложенных списков: запись, в которой лежит проверяемая.", "For nested lists: what holds the item."
        ),
    ),
    "base.roadmap": (Text("Дорожная карта", "Roadmap"), Text("Её поля.", "Its fields.")),
    "change.organization": (Text("Организация", "Organization"), Text("Изменённые поля.", "The changed fields.")),
    "change.item": (Text("Проверяемая запись", "The judged item"), Text("Изменённые поля.", "The changed fields.")),
    "change.parent": (
        Text("Охватывающая запись", "The enclosing item"),
        Text("Изменённые поля.", "Changed fields."),
    ),
    "change.roadmap": (Text("Дорожная карта", "Roadmap"), Text("Изменённые поля.", "The changed fields.")),
    "lists": (
        Text("Остальные списки", "Other lists"),
        Text("Записи других списков снимка.", "The items of other lists of the snapshot."),
    ),
    "lists.list": (
        Text("Записи списка", "Items of the list"),
        Text("Каждая запись — её поля.", "Every item with its fields."),
    ),
    "coverage": (
        Text("Полнота списков", "Completeness of lists"),
        Text("Списки полные, если не сказано иное.", "Lists are complete unless this says otherwise."),
    ),
    "coverage_of": (
        Text("Полнота списка", "Completeness of the list"),
        Text("Все ли записи перечислены.", "Whether all items are given."),
    ),
    "item_of": (
        Text("Из какого списка запись", "Which list the item is of"),
        Text("Для политик о нескольких списках.", "For policies about several lists."),
    ),
    "case.name": (Text("Название случая", "Name of the case"), Text("Что это за случай.", "What the case is.")),
    "case.change": (
        Text("Отличия", "Changes"),
        Text("Поля, которые не такие, как в `base`.", "The fields that differ from `base`."),
    ),
    "case.as_of": (Text("День проверки", "Day of judgement"), Text("День этого случая.", "The day of this case.")),
    "case.subject": (
        Text("О чём ожидание", "What is expected of"),
        Text("Путь записи, если речь не о первой.", "The path of the item when it is not the first."),
    ),
    "case.parameters": (
        Text("Значения параметров", "Values of parameters"),
        Text("Только для этого случая.", "For this case only."),
    ),
    "case.expect": (
        Text("Что должно получиться", "What must come out"),
        Text("Вывод, причина или имя исхода.", "A verdict, a reason, or the name of an outcome."),
    ),
    "case.missing": (
        Text("Чего не хватает", "What is missing"),
        Text("Наименьший набор недостающих фактов.", "The smallest set of missing facts."),
    ),
    "case.disputed": (
        Text("Спорно", "Disputed"),
        Text("Какие прочтения дают другой вывод.", "Which readings give another verdict."),
    ),
    "case.criteria": (
        Text("Признаки", "Criteria"),
        Text("Верен ли каждый: true, false или unknown.", "Whether each holds: true, false or unknown."),
    ),
    "case.advice": (
        Text("Советы", "Advice"),
        Text("По каким признакам дан совет.", "Of which criteria advice is given."),
    ),
}


def _key(name: str, schema: Schema, title: Text | None = None) -> Schema:
    """The schema of a key with its texts; `title` where the thing has a name of its own."""
    known, description = _KEY_TEXTS.get(name) or _KEY_TEXTS[name.rsplit(".", 1)[-1]]
    return _told(schema, title or known, description)


def _operator(name: str, schema: Schema) -> Schema:
    title, description = _OPERATOR_TEXTS[name]
    return _told(schema, title, description)
