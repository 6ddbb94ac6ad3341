"""All mutants of a policy set."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from validator.journeys.lint.uses import uses_of
from validator.journeys.mutants.data import of_parameter, of_register
from validator.journeys.mutants.model import Mutant, policy_of
from validator.journeys.mutants.operators import Operators
from validator.journeys.mutants.policies import Edits
from validator.journeys.mutants.values import words_of
from validator.logic.policy import PolicySet


def mutants_of(policies: PolicySet, chosen: Collection[str]) -> Iterator[Mutant]:
    """The mutants of the chosen policies, then of all that they rest on, each kind by name.

    A definition, parameter or register is judged by every policy that rests on it, through other definitions too;
    one that none of the chosen policies uses has no mutants.
    """
    words = words_of(policies)
    edits = Edits(policies, Operators(words))
    for name in sorted(chosen):
        yield from edits.of_policy(policy_of(policies, name))
    users = _users(policies, chosen)
    for (kind, name), touches in sorted(users.items()):
        match kind:
            case "definition":
                yield from edits.of_definition(policies.definitions[name], touches)
            case "parameter":
                yield from of_parameter(policies, policies.parameters[name], touches, words)
            case _:
                yield from of_register(policies, policies.registers[name], touches)


def _users(policies: PolicySet, chosen: Collection[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The policies that rest on a thing, by its kind and name, where one of them is chosen."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in sorted([*policies.norms, *policies.decisions]):
        uses = uses_of(policies, policy_of(policies, name))
        kinds = (("definition", uses.definitions), ("parameter", uses.parameters), ("register", uses.registers))
        for kind, used in kinds:
            for thing in used:
                found.setdefault((kind, thing), []).append(name)
    wanted = set(chosen)
    return {thing: tuple(names) for thing, names in found.items() if wanted.intersection(names)}
