"""The invariants of the snapshot schema: conditions that no real organization violates.

They are written in the language of policies and rest on the fields alone: no parameter, register or definition.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from validator.language.conditions import ConditionReader
from validator.language.limits import POLICY_LIMITS
from validator.language.scopes import Known, scope_of
from validator.language.source_json import read_json
from validator.logic.policy import Definition
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.vocabulary import Vocabulary

FILE = "snapshot.schema.json"
_NO_NAMES = Known({}, {}, {}, {}, frozenset())


def read_invariants(vocabulary: Vocabulary) -> Mapping[str, Definition]:
    """The invariants by name. A fault in one is a fault of the build: raises KeyError or ValueError."""
    return {stated["name"]: _invariant(stated, vocabulary) for stated in vocabulary.stated.invariants}


def _invariant(stated: Mapping[str, Any], vocabulary: Vocabulary) -> Definition:
    about = stated["about"]
    problems: list[Problem] = []
    reader = ConditionReader(FILE, problems, _NO_NAMES)
    document = read_json(json.dumps(stated["holds"]).encode(), FILE, POLICY_LIMITS)
    condition = reader.condition(document.root, scope_of(vocabulary, about))
    if condition is None or problems:
        raise ValueError(f"{stated['name']}: not a condition") from InputError(problems) if problems else None
    title = Text(stated["title"]["ru"], stated["title"]["en"])
    # The grounds are laws outside the policy set, so they are told in `why` of the schema and not as citations.
    return Definition(
        stated["name"], title, about, vocabulary.scopes_of(about), condition, (), document.span(document.root)
    )
