"""Conditions that are hard to read, say nothing, or can never come out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.journeys.lint.pack import Check, Pack, weakness
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    TRUE,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Literal,
    Not,
    OneOf,
    Quantified,
    Quantity,
    SetRelation,
    SetTest,
    children,
    walk,
)
from validator.logic.policy import Decision, Norm, Policy
from validator.logic.problem import Problem
from validator.logic.text import Text

DEEPEST = 3


def of_policy(policy: Policy) -> Iterator[Condition]:
    """Every condition of a policy as it is written, once for each list the policy is about."""
    match policy:
        case Norm():
            for clauses in policy.clauses:
                yield clauses.applies_when
                yield _as_written(clauses.requirement)
                yield from (when for _, when in clauses.exceptions)
            if not isinstance(policy.waivable, bool):
                yield policy.waivable
        case Decision():
            yield policy.applies_when
            yield from (criterion.when for criterion in (*policy.criteria, *policy.exclusions))


def _as_written(requirement: Condition) -> Condition:
    """What was written under `forbidden` is kept negated, at the same place; nobody wrote that negation."""
    if isinstance(requirement, Not) and requirement.span == requirement.part.span:
        return requirement.part
    return requirement


def conditions(pack: Pack) -> Iterator[Condition]:
    """Every condition of the set: those of policies, drafts included, and of definitions."""
    for policy in (*pack.policies.policies(), *pack.policies.drafts.values()):
        yield from of_policy(policy)
    yield from (definition.when for definition in pack.policies.definitions.values())


def _nodes(pack: Pack) -> Iterator[Condition]:
    for condition in conditions(pack):
        yield from walk(condition)


# --- depth -----------------------------------------------------------------------------------------------------


def too_deep(pack: Pack) -> Iterator[Problem]:
    """The outermost of the parts that lie more than three levels deep.

    A level is an `any`, a `not` around more than a comparison, a quantifier, a count or a `fresh`. Conditions
    that must all hold, and steps into a record, add none.
    """
    for condition in conditions(pack):
        for part in _deep(condition, DEEPEST):
            yield weakness(
                "deep-condition",
                part.span,
                Text("условие вложено глубже трёх уровней", "the condition is nested more than three levels deep"),
                Text(
                    "вынесите внутреннюю часть в определение: `meets: имя`",
                    "move the inner part into a definition: `meets: name`",
                ),
            )


def _deep(condition: Condition, left: int) -> Iterator[Condition]:
    own = 1 if _is_level(condition) else 0
    if own > left:
        yield condition
        return
    for inner in children(condition):
        yield from _deep(inner, left - own)


def _is_level(condition: Condition) -> bool:
    match condition:
        case AnyOf() | Quantified() | Fresh():
            return True
        case Not(part):
            return bool(children(part))
        case Compare():
            return bool(children(condition))
        case _:
            return False


# --- nothing said ----------------------------------------------------------------------------------------------


def empty_conditions(pack: Pack) -> Iterator[Problem]:
    """`{}`, `all: []` and `any: []`, but for the questions whether a list holds anything, and how much."""
    for condition in conditions(pack):
        yield from _empty(condition, allowed=False)


def _empty(condition: Condition, *, allowed: bool) -> Iterator[Problem]:
    if isinstance(condition, AllOf | AnyOf) and not condition.parts and condition.span != TRUE.span and not allowed:
        always = isinstance(condition, AllOf)
        yield weakness(
            "empty-condition",
            condition.span,
            Text("пустое условие выполнено всегда", "an empty condition always holds")
            if always
            else Text("пустое `any` не выполнено никогда", "an empty `any` never holds"),
            Text("допишите условие или уберите этот ключ", "write the condition, or remove the key"),
        )
    asks_whether_any = isinstance(condition, Compare) or (
        isinstance(condition, Quantified) and condition.quantity is not Quantity.EVERY
    )
    for inner in children(condition):
        yield from _empty(inner, allowed=asks_whether_any)


def empty_sets(pack: Pack) -> Iterator[Problem]:
    """Comparisons with a list of values that is empty."""
    for node in _nodes(pack):
        match node:
            case OneOf(values=values):
                empty, holds = not values, False
            case SetTest(values=Literal(value=frozenset() as values)):
                empty, holds = not values, node.relation is SetRelation.CONTAINS_ALL
            case _:
                continue
        if empty and not (isinstance(node, SetTest) and node.relation is SetRelation.WITHIN):
            yield weakness(
                "empty-value-list",
                node.span,
                Text(
                    "сравнение с пустым списком: " + ("выполнено всегда" if holds else "не выполнено никогда"),
                    "a comparison with an empty list " + ("always holds" if holds else "never holds"),
                ),
                Text(
                    "впишите значения; пустоту самого поля проверяют через `empty: true`",
                    "write the values; whether the field itself is empty is `empty: true`",
                ),
            )


def lists_for_numbers(pack: Pack) -> Iterator[Problem]:
    """Numbers picked out one by one."""
    for node in _nodes(pack):
        if isinstance(node, OneOf) and node.field.shape.kind.is_number:
            name = node.field.path[-1]
            yield weakness(
                "list-for-number-field",
                node.span,
                Text(f"число `{name}` сравнивают со списком", f"the number `{name}` is compared with a list"),
                Text(
                    "назовите границы: `{at_least: …, at_most: …}`; одно число пишут сразу после двоеточия",
                    "name the limits: `{at_least: …, at_most: …}`; a single number stands after the colon",
                ),
            )


def sets_without_common_word(pack: Pack) -> Iterator[Problem]:
    """A set tested against a field whose words it can't hold."""
    for node in _nodes(pack):
        if not isinstance(node, SetTest) or not isinstance(node.values, Field):
            continue
        own, other = node.field.shape.values, node.values.shape.values
        if own and other and not set(own) & set(other):
            yield weakness(
                "no-common-value",
                node.span,
                Text(
                    f"у полей `{node.field.path[-1]}` и `{node.values.path[-1]}` нет ни одного общего значения",
                    f"the fields `{node.field.path[-1]}` and `{node.values.path[-1]}` have no value in common",
                ),
                Text("сравните с другим полем или со списком", "compare with another field, or with a list"),
            )


# --- lists against lists ---------------------------------------------------------------------------------------


def correlated_lists(pack: Pack) -> Iterator[Problem]:
    """Comparisons of items of two lists, neither of them inside the other: proofs hold up to a size only."""
    for scopes, condition in _scoped_conditions(pack):
        above = {name: scopes[:index] for index, name in enumerate(scopes)}
        for part in _correlated(condition, above):
            names = ", ".join(f"`{_readable(side)}`" for side in _sides(part))
            yield weakness(
                "correlated-lists",
                part.span,
                Text(f"сравниваются две разные записи: {names}", f"two different records are compared: {names}"),
                Text(
                    "доказательства об этом условии верны до некоторого размера списков",
                    "proofs about this condition hold up to a size of the lists",
                ),
            )


def _scoped_conditions(pack: Pack) -> Iterator[tuple[tuple[str, ...], Condition]]:
    """Every condition with the names of the items that it is about, outermost first."""
    for definition in pack.policies.definitions.values():
        yield definition.scopes, definition.when
    for policy in pack.policies.policies():
        match policy:
            case Norm():
                for clauses in policy.clauses:
                    for condition in (
                        clauses.applies_when,
                        clauses.requirement,
                        *(c for _, c in clauses.exceptions),
                    ):
                        yield clauses.subject.scopes, condition
            case Decision():
                yield from ((policy.subject.scopes, condition) for condition in of_policy(policy))


def _correlated(condition: Condition, above: Mapping[str, tuple[str, ...]]) -> Iterator[Condition]:
    """The comparisons of two lists; `above` names the items around each item, outermost first."""
    sides = _sides(condition)
    if len(sides) == 2:
        one, other = sides[0].scope, sides[1].scope
        if one != other and one not in above.get(other, ()) and other not in above.get(one, ()):
            yield condition
    match condition:
        case Quantified(items=items, bind=bind):
            inner = {**above, bind: (*above.get(items.scope, ()), items.scope)}
        case Follow(reference=reference, bind=bind):
            inner = {**above, bind: (*above.get(reference.scope, ()), reference.scope)}
        case Compare(left=CountOf(items=items, bind=bind)):
            inner = {**above, bind: (*above.get(items.scope, ()), items.scope)}
        case _:
            inner = {**above}
    for part in children(condition):
        yield from _correlated(part, inner)


def _sides(condition: Condition) -> list[Field]:
    """The fields of items that a comparison compares."""
    sides = (condition.left, condition.right) if isinstance(condition, Compare) else ()
    return [side for side in sides if isinstance(side, Field) and side.scope != ROOT]


def _readable(field: Field) -> str:
    return f"{field.scope.partition('#')[0]}.{'.'.join(field.path)}"


CONDITIONS: tuple[Check, ...] = (
    too_deep,
    empty_conditions,
    empty_sets,
    lists_for_numbers,
    sets_without_common_word,
    correlated_lists,
)
