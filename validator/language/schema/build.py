"""The whole schema: every kind of policy file, chosen by its first key."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from validator.language.schema import data_files, policies, topics
from validator.language.schema.conditions import condition, condition_any
from validator.language.schema.examples import all_examples
from validator.language.schema.facts import facts
from validator.language.schema.ground import Ground
from validator.language.schema.names import names_of
from validator.language.schema.parts import parts
from validator.language.schema.pieces import Schema, given, keyed, ref
from validator.language.schema.shared import shared
from validator.language.vocabulary import Vocabulary
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library

TITLE = Text("Политика", "Policy")
DESCRIPTION = Text(
    "Один файл папки policies: норма, решение, определение, набор значений, акт, перечень, параметр "
    "или тема. Что это за файл, говорит его первый ключ.",
    "One file of the policies folder: a norm, a decision, a definition, a set of values, an act, a "
    "register, a parameter or a topic. Its first key says which.",
)


def policy_schema(
    vocabulary: Vocabulary,
    library: Library | None = None,
    value_sets: Collection[str] = (),
    *,
    strict: bool = False,
) -> Schema:
    """The schema of every kind of policy file.

    Names of the library are offered; they are demanded only when `strict`, which says that the library is the
    whole set, because other sets of policies bring names of their own. `value_sets` are the names of sets of
    values, which a loaded library no longer holds.
    """
    ground = Ground(vocabulary, names_of(library, value_sets), strict=strict)
    shared(ground)
    for place in ground.places:
        condition(ground, place)
    condition_any(ground)
    facts(ground)
    ground.defs["examples"] = all_examples(ground)
    for subject in (*ground.subjects, None):
        parts(ground, subject)
    kinds = _files(ground)
    ground.defs |= {f"file_{name}": keyed(name, schema) for name, schema in kinds.items()}
    return _root(kinds, ground)


def schema_text(schema: Schema) -> str:
    """The schema as it is published: a line for every definition, so that a change shows in few lines."""

    def told(part: object) -> str:
        return json.dumps(part, ensure_ascii=False, separators=(",", ":"))

    definitions = ",\n".join(f"{told(name)}:{told(part)}" for name, part in schema["$defs"].items())
    head = ",\n".join(f"{told(name)}:{told(part)}" for name, part in schema.items() if name != "$defs")
    return f'{{\n{head},\n"$defs":{{\n{definitions}\n}}\n}}\n'


def _files(ground: Ground) -> dict[str, Schema]:
    return {
        "norm": policies.norm(ground),
        "decision": policies.decision(ground),
        "definition": policies.definition(ground),
        "values": data_files.value_set(),
        "act": data_files.act(),
        "register": data_files.register(),
        "parameter": data_files.parameter(ground),
        "topic": topics.topic(ground),
        "known": topics.known(),
    }


def _root(kinds: Collection[str], ground: Ground) -> Schema:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:sverka:policy:1",
        "title": TITLE.ru,
        "x-title-en": TITLE.en,
        "description": DESCRIPTION.ru,
        "x-description-en": DESCRIPTION.en,
        "x-version": 1,
        "type": "object",
        "if": given(*kinds),
        "then": {"allOf": [{"if": {"required": [name]}, "then": ref(f"file_{name}")} for name in kinds]},
        "else": {"properties": {name: keyed(name, {}) for name in kinds}, **given(*kinds)},
        "$defs": dict(sorted(ground.defs.items())),
    }
