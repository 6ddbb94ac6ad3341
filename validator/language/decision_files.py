"""Decisions: what a thing is or what will happen to it."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping

from validator.language.data_files import POLICY_ID
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.reading_files import ReadingsReader
from validator.language.scopes import Scope
from validator.language.weights import strongest_force
from validator.logic.expr import TRUE
from validator.logic.policy import (
    Criterion,
    Decision,
    Subject,
)
from validator.logic.text import Text

DECISION_KEYS = (
    *("decision", "title", "about", "cites", "in_force", "applies_when", "outcomes", "criteria", "exclusions"),
    *("then", "readings", "advice", "examples", "status"),
)


class DecisionReader(ReadingsReader):
    """Reads one file of decisions."""

    def decision(self, root: Mapping) -> Decision | None:
        """A file of `decisions/`."""
        self.allow_known = True
        required = ("decision", "title", "about", "cites", "outcomes", "criteria", "then", "examples")
        self.keys(root, DECISION_KEYS, required)
        name = self.identifier(root, "decision", POLICY_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        cites = self.grounds(root)
        subjects = self._subjects(root)
        if len(subjects) > 1:
            self.report(
                "list-not-allowed",
                root.entries["about"][1],
                Text("решение выносится об одном списке", "a decision is about one list"),
                Text("для другого списка напишите другое решение", "write another decision for the other list"),
            )
        if len(subjects) != 1:
            return None
        scope = self._scope(subjects[0])
        outcomes = self._outcomes(root.get("outcomes"))
        parts = Sequence(root.line, root.column, root.end_line, root.end_column)
        for key in ("criteria", "exclusions"):
            parts.items.extend(self.sequence(root.get(key)))
        self.distinct(parts, "id")  # the report tells criteria and exclusions apart by their ids alone
        criteria = self.each(root.get("criteria"), lambda item: self._criterion(item, scope))
        exclusions = self.each(root.get("exclusions"), lambda item: self._criterion(item, scope))
        window = self._window(root.get("in_force"), scope)
        applies = TRUE if root.get("applies_when") is None else self.condition(root.get("applies_when"), scope)
        then = self._then(root.get("then"), outcomes)
        readings = self._readings(root, subjects, ())
        # As written: a criterion that could not be read is no unknown one.
        named = [item.get("id") for item in parts.items if isinstance(item, Mapping)]
        advice = self._advice(root.get("advice"), subjects, [n.text for n in named if isinstance(n, Scalar)])
        force = strongest_force(cites, self.acts)
        if name is None or title is None or then is None or window is None or applies is None or force is None:
            return None
        if len(criteria) + len(exclusions) < len(parts.items):
            return None
        return Decision(
            id=name,
            topic=self.topic,
            title=title,
            cites=cites,
            force=force,
            subject=subjects[0],
            window=window,
            applies_when=applies,
            outcomes=outcomes,
            criteria=criteria,
            exclusions=exclusions,
            positive=then[0],
            otherwise=then[1],
            readings=readings,
            advice=advice,
            span=self.span(root.entries["decision"][1]),
        )

    def _outcomes(self, node: Node | None) -> dict[str, Text]:
        mapping = self.mapping(node, Text("исходы", "outcomes"))
        found: dict[str, Text] = {}
        for key, value in mapping.items() if mapping else ():
            text = self.both(value, Text("исход", "outcome"))
            if text is not None:
                found[key.text] = text
        return found

    def _criterion(self, node: Node, scope: Scope) -> Criterion | None:
        mapping = self.mapping(node, Text("признак", "criterion"))
        if mapping is None or not self.keys(mapping, ("id", "title", "cites", "when"), ("id", "title", "when")):
            return None
        name = self.text(mapping.get("id"))
        title = self.both(mapping.get("title"), Text("название", "title"))
        cites = self.citations(mapping.get("cites"))
        when = self.condition(mapping.get("when"), scope)
        if name is None or title is None or when is None:
            return None
        return Criterion(name, title, cites, when, self.span(mapping))

    def _then(self, node: Node | None, outcomes: AbstractMapping[str, Text]) -> tuple[str, str] | None:
        mapping = self.mapping(node, Text("`then`", "`then`"))
        names = ("all_criteria_and_no_exclusion", "otherwise")
        if mapping is None or not self.keys(mapping, names, names):
            return None
        found = []
        for name in names:
            value = mapping.entries[name][1]
            text = self.text(value)
            if text is not None and text not in outcomes and isinstance(value, Scalar):
                self.unknown_name("unknown-outcome", value, Text("исход", "outcome"), outcomes)
            elif text is not None:
                found.append(text)
        return (found[0], found[1]) if len(found) == len(names) else None

    def _advice(self, node: Node | None, subjects: list[Subject], criteria: list[str]) -> dict[str, Text]:
        mapping = self.mapping(node, Text("советы", "advice"))
        found: dict[str, Text] = {}
        for key, value in mapping.items() if mapping else ():
            if key.text not in criteria:
                self.unknown_name("unknown-criterion", key, Text("признак", "criterion"), criteria)
            text = self._message(value, subjects)
            if text is not None:
                found[key.text] = text
        return found
