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
from validator.language.data_files import PARAMETER_KINDS, REGISTER_FACTS
from validator.language.names import SERVICES
from validator.language.operands import comparable
from validator.language.policy_files import DECISION_KEYS, NORM_KEYS, READING_KEYS
from validator.language.policy_schema_texts import (
    COVERAGE_TEXTS,
    EXPECTED,
    FORCES,
    KEY_TEXTS,
    MODALITIES,
    OPERATOR_TEXTS,
    SEVERITIES,
    STATUS,
)
from validator.language.vocabulary import ROOT, Vocabulary
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
        self._define("expected", lambda: _named(EXPECTED))
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
            "modality": _words(MODALITIES),
            "severity": _words(SEVERITIES),
            "cites": {**_within("citations"), "minItems": 1},
            "status": _words(STATUS),
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
            "status": _words(STATUS),
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
            "severity": _words(SEVERITIES),
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
            "force": _words(FORCES),
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
            "coverage": _words(COVERAGE_TEXTS),
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


def _key(name: str, schema: Schema, title: Text | None = None) -> Schema:
    """The schema of a key with its texts; `title` where the thing has a name of its own."""
    known, description = KEY_TEXTS.get(name) or KEY_TEXTS[name.rsplit(".", 1)[-1]]
    return _told(schema, title or known, description)


def _operator(name: str, schema: Schema) -> Schema:
    title, description = OPERATOR_TEXTS[name]
    return _told(schema, title, description)
