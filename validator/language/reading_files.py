"""Readings: recorded understandings of a policy, each with what it changes."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as AbstractMapping

from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.policy_parts import PartsReader
from validator.language.vocabulary import ROOT
from validator.logic.expr import Field, Literal
from validator.logic.policy import (
    Reading,
    Severity,
    Subject,
)
from validator.logic.shape import FieldShape
from validator.logic.text import Text

READING_KEYS = (
    *("id", "chosen", "why", "cites", "parameters", "definitions", "registers", "severity"),
    *("without_exceptions", "admit_press"),
)


class ReadingsReader(PartsReader):
    """Reads the readings of one policy file."""

    def _readings(self, root: Mapping, subjects: list[Subject], exceptions: tuple[str, ...]) -> tuple[Reading, ...]:
        node = root.get("readings")
        self.distinct(node, "id")
        readings = self.each(node, lambda item: self._reading(item, subjects, exceptions))
        chosen = [reading for reading in readings if reading.chosen]
        if node is not None and len(chosen) != 1 and len(readings) == len(self.sequence(node)):
            self.report(
                "one-chosen-reading",
                node,
                Text("выбрано должно быть ровно одно прочтение", "exactly one reading must be chosen"),
                Text("отметьте одно: `chosen: true`", "mark one of them: `chosen: true`"),
            )
        return tuple(sorted(readings, key=lambda reading: not reading.chosen))

    def _reading(self, node: Node, subjects: list[Subject], exceptions: tuple[str, ...]) -> Reading | None:
        mapping = self.mapping(node, Text("прочтение", "reading"))
        if mapping is None or not self.keys(mapping, READING_KEYS, ("id", "why")):
            return None
        name = self.text(mapping.get("id"))
        why = self.both(mapping.get("why"), Text("основание", "ground"))
        dropped = self.texts(mapping.get("without_exceptions"))
        for wrong in _others(mapping.get("without_exceptions"), exceptions):
            self.unknown_name("unknown-exception", wrong, Text("исключение", "exception"), exceptions)
        admitted = self.texts(mapping.get("admit_press"))
        for wrong in _others(mapping.get("admit_press"), self.known.parameters):
            if ("parameters", wrong.text) not in self.broken:
                self.unknown_name("unknown-parameter", wrong, Text("параметр", "parameter"), self.known.parameters)
        severity = self.word(mapping.get("severity"), Severity)
        reading = Reading(
            id=name or "",
            chosen=self.boolean(mapping.get("chosen")) or False,
            why=why,
            span=self.span(mapping),
            cites=self.citations(mapping.get("cites")),
            parameters=self._reading_parameters(mapping.get("parameters"), subjects),
            definitions=self._replacements(
                mapping.get("definitions"),
                self.known.definitions,
                "unknown-definition",
                Text("определение", "definition"),
            ),
            registers=self._replacements(
                mapping.get("registers"), self.known.registers, "unknown-register", Text("перечень", "register")
            ),
            severity=severity,
            without_exceptions=dropped,
            admit_press=admitted,
        )
        return None if name is None or why is None else reading

    def _reading_parameters(self, node: Node | None, subjects: list[Subject]) -> dict[str, Literal | Field]:
        mapping = self.mapping(node, Text("`parameters`", "`parameters`"))
        found: dict[str, Literal | Field] = {}
        for key, value in mapping.items() if mapping else ():
            kind = self.known.parameters.get(key.text)
            if ("parameters", key.text) in self.broken:
                continue
            if kind is None:
                self.unknown_name("unknown-parameter", key, Text("параметр", "parameter"), self.known.parameters)
                continue
            shape = FieldShape(key.text, kind, Text(key.text, key.text), Text("", ""))
            term = self.operand(value, shape, self._scope(subjects[0])) if subjects else None
            if isinstance(term, Field) and len(subjects) > 1 and term.scope != ROOT:
                self.report(
                    "wrong-scope",
                    value,
                    Text(
                        "поле есть не у всех списков, о которых эта норма",
                        "not every list that this norm is about has the field",
                    ),
                    Text("возьмите поле организации", "take a field of the organization"),
                )
            elif isinstance(term, Literal | Field):
                found[key.text] = term
            elif term is not None:
                self.report(
                    "operand-expected",
                    value,
                    Text(
                        f"значение параметра `{key.text}` в прочтении — само значение или поле",
                        f"in a reading parameter `{key.text}` is a value or a field",
                    ),
                    Text("пишите значение или `{field: …}`", "write the value, or `{field: …}`"),
                )
        return found

    def _replacements(
        self, node: Node | None, known: AbstractMapping[str, str], code: str, what: Text
    ) -> dict[str, str]:
        mapping = self.mapping(node, Text("замена", "replacement"))
        found: dict[str, str] = {}
        for key, value in mapping.items() if mapping else ():
            other = self.text(value)
            if key.text not in known:
                self.unknown_name(code, key, what, known)
            elif other is not None and other not in known and isinstance(value, Scalar):
                self.unknown_name(code, value, what, known)
            elif other is not None and known[key.text] != known[other]:
                self.report(
                    "wrong-scope",
                    value,
                    Text(
                        f"`{other}` описывает другое, чем `{key.text}`",
                        f"`{other}` is about something else than `{key.text}`",
                    ),
                    Text("замена должна подходить по месту", "the replacement must fit the same place"),
                )
            elif other is not None:
                found[key.text] = other
        return found


def _others(node: Node | None, known: Collection[str]) -> list[Scalar]:
    """The texts of a list, or the one text, that are not among the known ones."""
    items = node.items if isinstance(node, Sequence) else [node]
    return [i for i in items if isinstance(i, Scalar) and i.text.strip() and i.text not in known]
