"""The small pieces every part of the schema is made of; patterns of names and values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from validator.language.schema.texts_keys import KEY_TEXTS
from validator.language.schema.texts_operators import OPERATOR_TEXTS
from validator.logic.shape import FieldShape
from validator.logic.text import Text

Schema = dict[str, Any]

ALIAS = "^other(_[a-z0-9]+)*$"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
_LONG = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
_SHORT = "(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
DATE = f"^(?!0000)([0-9]{{4}}-({_LONG}|{_SHORT})|{_LEAP})$"
MONTH = "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$"
POLICY_NAME = "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"
DATA_NAME = "^[a-z0-9]+(-[a-z0-9]+)*$"
DEFINITION_NAME = "^([A-Z][A-Z0-9]*(-[A-Z0-9]+)*|[a-z0-9]+(-[a-z0-9]+)*)$"
ROW_NAME = "^[a-z0-9][a-z0-9_]{0,62}$"
FORMS = {
    DATE: Text("нет такого дня; пишите ГГГГ-ММ-ДД", "no such day; write YYYY-MM-DD"),
    MONTH: Text("нет такого месяца; пишите ГГГГ-ММ", "no such month; write YYYY-MM"),
    POLICY_NAME: Text("код: заглавные латинские буквы, цифры, дефисы", "an id: capitals, digits, hyphens"),
    DATA_NAME: Text("имя: строчные латинские буквы, цифры, дефисы", "a name: small letters, digits, hyphens"),
    DEFINITION_NAME: Text("имя: латинские буквы, цифры, дефисы", "a name: letters, digits, hyphens"),
    ROW_NAME: Text("код: строчные латинские буквы, цифры, `_`", "an id: small letters, digits, `_`"),
}


def formed(pattern: str) -> Schema:
    """A text of that form; what it must look like is said in words."""
    text = FORMS[pattern]
    return {"type": "string", "pattern": pattern, "patternErrorMessage": f"{text.ru} / {text.en}"}


TRUTH: Schema = {"type": "boolean"}
# Every scalar is text to the readers, but an editor has taken it for a number or a truth value. The latter
# is let through by `if`, because editors offer `true` and `false` wherever `type` admits them.
TEXT: Schema = {
    "if": {"type": "boolean"},
    "else": {
        "type": ["string", "number"],
        "pattern": "\\S",
        "patternErrorMessage": "здесь нужен текст / a text is wanted here",
    },
}
DAY: Schema = formed(DATE)
INTEGER: Schema = {
    "type": ["integer", "string"],
    "pattern": "^(0|-?[1-9][0-9]*)$",
    "patternErrorMessage": "здесь нужно целое число / a whole number is wanted here",
}
DECIMAL: Schema = {
    "type": ["number", "string"],
    "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
    "patternErrorMessage": "здесь нужно число / a number is wanted here",
}
AS_OF = {"as_of": Text("день проверки", "the day of judgement")}


SPECIAL = {
    "never": Text("посмотрели, этого не было", "somebody looked, it did not happen"),
    "open_ended": Text("последнего дня нет", "there is no last day"),
    "ongoing": Text("продолжается на день снимка", "still going on at the snapshot’s day"),
    "none": Text("записи нет", "there is no such record"),
    "unknown": Text("сведений нет", "nobody told us"),
}


def told(schema: Schema, title: Text, description: Text) -> Schema:
    """The schema with its texts: Russian where editors look, and both languages where they show markdown."""
    return {
        "title": title.ru,
        "description": description.ru,
        "markdownDescription": f"{description.ru}\n\n*{title.en}.* {description.en}",
        **schema,
    }


def of_field(shape: FieldShape, schema: Schema) -> Schema:
    """The schema of a field of the vocabulary, with its texts."""
    return told(schema, shape.title, shape.description)


def unoffered(schema: Schema) -> Schema:
    """What is accepted, and explained when somebody writes it, but not offered here."""
    inner = {"allOf": [schema]} if "$ref" in schema else schema  # editors overlook it beside a reference
    return {**inner, "doNotSuggest": True}


def keyed(name: str, schema: Schema, title: Text | None = None) -> Schema:
    """The schema of a key with its texts; `title` where the thing has a name of its own."""
    known, description = KEY_TEXTS.get(name) or KEY_TEXTS[name.rsplit(".", 1)[-1]]
    return told(schema, title or known, description)


def operation(name: str, schema: Schema) -> Schema:
    """The schema of an operator with its texts."""
    title, description = OPERATOR_TEXTS[name]
    return told(schema, title, description)


def ref(name: str) -> Schema:
    """A reference to a definition. Texts may stand beside it, demands may not: draft-07 ignores them."""
    return {"$ref": f"#/$defs/{name}"}


def within(name: str) -> Schema:
    """A reference that leaves room for texts beside it."""
    return {"allOf": [ref(name)]}


def one_of(values: Mapping[Any, Text]) -> Schema:
    """One of the words, each with what it means."""
    return {
        "enum": list(values),
        "enumDescriptions": [text.ru for text in values.values()],
        "markdownEnumDescriptions": [f"{text.ru} / *{text.en}*" for text in values.values()],
    }


def word_or(known: Mapping[Any, Text], form: Schema) -> Schema:
    """One of the words, else a value of that form, which is what a slip is told about."""
    return either(one_of(known), form)


def either(words: Schema, form: Schema) -> Schema:
    """The same for words that are an `enum` already."""
    return {"if": {"enum": words["enum"]}, "else": form, "anyOf": [words, True]}


def named(known: Mapping[str, Text], pattern: str = "") -> Schema:
    """A name that other files give: the known ones are offered, others of the same form are accepted."""
    form = formed(pattern) if pattern else TEXT
    return word_or(known, form) if known else form


def strictly(known: Mapping[str, Text]) -> Schema:
    """A name that other files give, and no other."""
    message = (
        "такого имени нет в наборе, для которого составлена схема; если оно новое, составьте её заново: "
        "sverka schema policy --policies … / no such name in the set this schema was made for; if it is new, "
        "make it again"
    )
    return {**one_of(known), "errorMessage": message}


def if_mapping(then: Schema, otherwise: Schema) -> Schema:
    """A mapping of one form, or another value; the values it may have are offered."""
    return {"if": {"type": "object"}, "then": then, "else": otherwise, "anyOf": [otherwise, True]}


def if_list(then: Schema, otherwise: Schema) -> Schema:
    """A list, or another value; the values it may have are offered."""
    return {"if": {"type": "array"}, "then": then, "else": otherwise, "anyOf": [otherwise, True]}


def closed(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """A mapping that takes these keys and no others."""
    found: Schema = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    wanted = list(required)
    return {**found, "required": wanted} if wanted else found


def open_mapping(known: Mapping[str, Schema], others: Schema) -> Schema:
    """A mapping whose keys are names: the known ones are offered, others are accepted."""
    return {"type": "object", "properties": dict(known), "additionalProperties": others}


def list_of(items: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": items}


def one_or_list(item: Schema) -> Schema:
    """One such value, or a list of them."""
    return if_list(list_of(item), item)


def given(*names: str) -> Schema:
    """At least one of the keys is there. For `if` only: as a demand it would hide the text of the key itself."""
    return {"anyOf": [{"required": [name]} for name in names]}


def not_alone(name: str) -> Schema:
    """Something is there, and not the one key alone."""
    return {"minProperties": 1, "if": {"required": [name]}, "then": {"minProperties": 2}}


def exactly(word: str) -> str:
    """A pattern for one word; editors take a `const` for fulfilled while the word is still being written."""
    return f"^{word.replace('.', '[.]')}$"


def bare(schema: Any) -> str:
    """What a schema demands, without its texts: two schemas that demand the same give the same."""
    texts = ("title", "description", "markdownDescription", "enumDescriptions", "patternErrorMessage")

    def stripped(part: Any) -> Any:
        if isinstance(part, dict):
            return {k: stripped(v) for k, v in part.items() if k not in texts and k != "markdownEnumDescriptions"}
        return [stripped(item) for item in part] if isinstance(part, list) else part

    return json.dumps(stripped(schema), sort_keys=True)
