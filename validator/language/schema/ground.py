"""What every part of the schema shares: vocabulary, names of other files, and the definitions made so far."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from validator.language.schema.names import Names
from validator.language.schema.pieces import Schema, named, ref, strictly
from validator.language.schema.places import days_of, item_of, own_fields, places_of
from validator.language.vocabulary import Vocabulary
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text


class Ground:
    """Definitions are made on demand by whoever needs one first, and referred to by name from then on."""

    def __init__(self, vocabulary: Vocabulary, names: Names, *, strict: bool = False) -> None:
        self.vocabulary = vocabulary
        self.names = names
        self._strict = strict
        self.defs: dict[str, Schema] = {}
        self.places = list(places_of(vocabulary))
        self.subjects = [place for place in self.places if not place.nested]
        self.fields = [
            (f"{place.name}.{path}", shape) for place in self.subjects for path, shape in own_fields(place.shape)
        ]
        self.scope_names = [place.name for place in self.subjects]
        self._words: dict[str, str] = {}

    def define(self, name: str, make: Callable[[], Schema]) -> Schema:
        """A reference to a definition, which is made now unless it exists; it may refer to itself."""
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = make()
        return ref(name)

    def named(self, known: Mapping[str, Text], pattern: str = "") -> Schema:
        """A name that other files give: offered; of a set that is complete also demanded."""
        return strictly(known) if self._strict and known else named(known, pattern)

    def kind(self, shape: FieldShape) -> str:
        """The name of the values of a field; fields of one name are compared in the same way."""
        match shape.kind:
            case Kind.SET:
                return f"set_of_{self.kind(item_of(shape))}"
            case Kind.DATE:
                return "_".join(("day", *days_of(shape)))
            case Kind.ENUM:
                return self._word_kind(shape)
            case Kind.REF:
                return "_".join(("reference", shape.target or "", *shape.special))
            case _:
                return str(shape.kind.value)

    def _word_kind(self, shape: FieldShape) -> str:
        """The name of an enumeration, after the first field that has it."""
        words = json.dumps([[word, text.ru, text.en] for word, text in shape.values.items()])
        if words not in self._words:
            taken = sum(kind.split("-")[0] == shape.name for kind in self._words.values())
            self._words[words] = f"{shape.name}-{taken + 1}" if taken else shape.name
        return f"word_{self._words[words]}"
