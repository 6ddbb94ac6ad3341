"""The names that the files of a policy set give: what an editor offers where a policy refers to another file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from validator.language.limits import POLICY_LIMITS
from validator.language.names import SERVICES
from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Scalar
from validator.language.source import read_yaml
from validator.logic.shape import Kind
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library, PolicyText


class Names(NamedTuple):
    """The names that other files give, with their titles; empty where nobody passed them."""

    acts: Mapping[str, tuple[Text, Mapping[str, Text]]]
    definitions: Mapping[str, tuple[str, Text]]
    parameters: Mapping[str, tuple[Kind, Text]]
    registers: Mapping[str, Text]
    services: Mapping[str, Text]
    values: Mapping[str, Text]


def value_sets(texts: Iterable[PolicyText]) -> list[str]:
    """The names of the sets of values among the files of a policy set."""
    found = []
    for text in texts:
        root = read_yaml(text.data, text.file, POLICY_LIMITS).root if b"values:" in text.data else None
        name = root.get("values") if isinstance(root, MappingNode) else None
        if isinstance(name, Scalar):
            found.append(name.text)
    return sorted(found)


def names_of(library: Library | None, value_sets: Collection[str]) -> Names:
    """The names of a library; `value_sets` comes apart, because a loaded library no longer holds them."""
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
