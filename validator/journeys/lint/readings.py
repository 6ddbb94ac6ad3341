"""Readings that are recorded but differ from the chosen one in nothing."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.lint.pack import Check, Pack, mappings_of, place_of, text_of, weakness
from validator.journeys.lint.uses import Uses, uses_under
from validator.language.library import PolicyFile
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.logic.policy import Norm, Policy, Reading
from validator.logic.problem import Problem
from validator.logic.text import Text

_CHANGES = ("parameters", "definitions", "registers", "severity", "without_exceptions", "admit_press")


def idle_readings(pack: Pack) -> Iterator[Problem]:
    """Readings without a change, and changes of what the policy does not use or already has."""
    for policy, file in pack.judged():
        if not policy.readings:
            continue
        chosen = next((reading for reading in policy.readings if reading.chosen), None)
        for reading in policy.readings:
            node = _node(file, reading)
            if node is None or reading.chosen:
                continue
            if not any(node.get(key) is not None for key in _CHANGES):
                yield _idle(
                    file,
                    node.get("id") or node,
                    Text(
                        f"прочтение `{reading.id}` ничего не меняет",
                        f"the reading `{reading.id}` changes nothing",
                    ),
                )
            uses = uses_under(pack.policies, policy, (chosen, reading) if chosen else (reading,))
            yield from _idle_changes(policy, file, node, uses, chosen)


def _node(file: PolicyFile, reading: Reading) -> Mapping | None:
    nodes = mappings_of(file.root.get("readings"))
    return next((node for node in nodes if file.document.span(node) == reading.span), None)


def _idle_changes(
    policy: Policy, file: PolicyFile, node: Mapping, uses: Uses, chosen: Reading | None
) -> Iterator[Problem]:
    for key, used in (
        ("parameters", uses.parameters),
        ("definitions", uses.definitions),
        ("registers", uses.registers),
        ("admit_press", uses.parameters),
    ):
        for name in _names(node.get(key)):
            replaced_by_itself = text_of(_under(node.get(key), name.text)) == name.text
            if name.text not in used or replaced_by_itself:
                what = Text(
                    f"`{policy.id}` не использует `{name.text}`: замена ничего не меняет",
                    f"`{policy.id}` does not use `{name.text}`: replacing it changes nothing",
                )
                same = Text(f"`{name.text}` заменяется на себя", f"`{name.text}` is replaced by itself")
                yield _idle(file, name, same if replaced_by_itself else what)
    severity = text_of(node.get("severity"))
    if isinstance(policy, Norm) and severity == policy.severity.value:
        yield _idle(
            file,
            node.get("severity") or node,
            Text("у нормы и так эта тяжесть", "the norm has this severity anyway"),
        )
    for name in _names(node.get("without_exceptions")):
        if chosen is not None and name.text in chosen.without_exceptions:
            yield _idle(
                file,
                name,
                Text(
                    f"исключение `{name.text}` снято уже выбранным прочтением",
                    f"the chosen reading drops the exception `{name.text}` already",
                ),
            )


def _under(node: Node | None, key: str) -> Node | None:
    return node.get(key) if isinstance(node, Mapping) else None


def _names(node: Node | None) -> list[Scalar]:
    """The keys of a mapping, or the texts of a list."""
    match node:
        case Mapping():
            return [key for key, _ in node.items()]
        case Sequence():
            return [item for item in node.items if isinstance(item, Scalar)]
        case Scalar():
            return [node]
        case None:
            return []


def _idle(file: PolicyFile, node: Node, message: Text) -> Problem:
    return weakness(
        "idle-reading",
        place_of(file, node),
        message,
        Text(
            "допишите, что прочтение меняет, или уберите лишнее",
            "write what the reading changes, or remove what it does not",
        ),
    )


READINGS: tuple[Check, ...] = (idle_readings,)
