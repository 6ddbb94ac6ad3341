"""Embedded examples in words: the names of their facts in both languages, the verdict expected, what is missing.

Nothing is judged here; that every case comes out as it says is for the examples themselves to prove.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.interpreters.naming import name_of, plain_name
from validator.journeys.book.parts import ExampleCase, ExamplesPart, Fact
from validator.journeys.catalogue import DESIGN
from validator.language.library import Examples, Library
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.structure import parse_day
from validator.language.vocabulary import ROOT
from validator.logic.policy import Decision, Policy
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text
from validator.logic.values import OngoingDay
from validator.snapshots.values import RefusalError, read_value

UNKNOWN = Text("неизвестно", "unknown")
_NOTHING = Text("ничего", "nothing")
_COVERAGES = {
    "complete": Text("список полный", "the list is complete"),
    "partial": Text("список может быть неполным", "the list may be incomplete"),
    "unknown": Text("неизвестно, полон ли список", "nobody knows whether the list is complete"),
}
_PLACES = {
    "organization": Text("Организация", "Organization"),
    "roadmap": Text("Дорожная карта", "Roadmap"),
    "parent": Text("Чему принадлежит запись", "What the item belongs to"),
}


def examples_part(policy: Policy, library: Library) -> ExamplesPart | None:
    """The examples of a policy in words; None when it has none."""
    found = library.examples.get(policy.id)
    return None if found is None else _Teller(policy, library).examples(found)


def join(parts: list[Text], separator: str) -> Text:
    """Texts one after the other."""
    return Text(separator.join(part.ru for part in parts), separator.join(part.en for part in parts))


class _Teller:
    def __init__(self, policy: Policy, library: Library) -> None:
        self.policy = policy
        self.library = library
        self.root = library.vocabulary.root
        self.subject = policy.subject if isinstance(policy, Decision) else policy.clauses[0].subject

    def examples(self, found: Examples) -> ExamplesPart:
        node, base = found.node, found.node.get("base")
        facts = tuple(self._facts(base)) if isinstance(base, Mapping) else ()
        cases = node.get("cases")
        items = cases.items if isinstance(cases, Sequence) else []
        return ExamplesPart(
            as_of=_text(node.get("as_of")),
            base=facts,
            cases=tuple(self._case(item) for item in items if isinstance(item, Mapping)),
        )

    def _case(self, node: Mapping) -> ExampleCase:
        change, expect = node.get("change"), _text(node.get("expect"))
        facts = list(self._facts(change)) if isinstance(change, Mapping) else []
        facts += self._facts(node)
        missing = node.get("missing")
        paths = missing.items if isinstance(missing, Sequence) else [missing] if missing else []
        disputed = node.get("disputed")
        pairs = disputed.items() if isinstance(disputed, Mapping) else ()
        return ExampleCase(
            name=_text(node.get("name")),
            as_of=_text(node.get("as_of")),
            facts=tuple(facts),
            expect=expect,
            outcome=self._outcome(expect),
            missing=tuple(title_of(_text(path), self.policy, self.library) for path in paths),
            disputed=tuple((key.text, _text(value), self._outcome(_text(value))) for key, value in pairs),
        )

    def _outcome(self, verdict: str) -> Text | None:
        return self.policy.outcomes.get(verdict) if isinstance(self.policy, Decision) else None

    # --- facts --------------------------------------------------------------------------------------------

    def _facts(self, node: Mapping) -> Iterator[Fact]:
        """The facts of a base, a change or a case, in the order of the language."""
        shapes = {ROOT: self.root, "item": self.subject.shape, "roadmap": self._shape_of("roadmap")}
        shapes["parent"] = self._parent()
        for place, shape in shapes.items():
            record = node.get(place)
            if isinstance(record, Mapping):
                before = _PLACES.get(place)
                for title, value in self._record(record, shape):
                    yield Fact(title if before is None else join([before, title], ": "), value)
        lists = node.get("lists")
        for key, items in lists.items() if isinstance(lists, Mapping) else ():
            field = self.root.fields.get(key.text)
            yield Fact(field.title if field else _same(key.text), self._value(items, field))
        yield from self._rest(node)

    def _rest(self, node: Mapping) -> Iterator[Fact]:
        """Which lists are complete, values of parameters, which item is judged."""
        coverage = node.get("coverage")
        for key, value in coverage.items() if isinstance(coverage, Mapping) else ():
            field = self.root.fields.get(key.text)
            word = _COVERAGES.get(_text(value), _same(_text(value)))
            yield Fact(field.title if field else _same(key.text), word)
        parameters = node.get("parameters")
        for key, value in parameters.items() if isinstance(parameters, Mapping) else ():
            parameter = self.library.policies.parameters.get(key.text)
            title = parameter.title if parameter else _same(key.text)
            yield Fact(title, UNKNOWN if _text(value) == "unknown" else _day_or_text(_text(value)))
        for name, title in (
            ("subject", Text("Судят о", "Judged")),
            ("item_of", Text("Запись списка", "Item of the list")),
        ):
            if node.get(name) is not None:
                path = _text(node.get(name))
                yield Fact(title, title_of(path, self.policy, self.library))

    def _shape_of(self, name: str) -> RecordShape:
        field = self.root.fields.get(name)
        return field.record if field is not None and field.record is not None else self.root

    def _parent(self) -> RecordShape:
        outer = self.subject.path.rpartition(".")[0]
        return self.library.vocabulary.record_of(outer) if outer else self.root

    def _record(self, node: Mapping, shape: RecordShape) -> Iterator[tuple[Text, Text]]:
        for key, value in node.items():
            field = shape.fields.get(key.text)
            yield (field.title if field else self._title_of_key(key.text, shape)), self._value(value, field)

    def _title_of_key(self, key: str, shape: RecordShape) -> Text:
        """A key that is no field: whether a list of the record is complete."""
        for field in shape.fields.values():
            if field.coverage == key:
                return field.title
        return _same(key)

    def _value(self, node: Node, field: FieldShape | None) -> Text:
        if isinstance(node, Mapping):
            shape = field.record if field is not None else None
            facts = (
                self._record(node, shape)
                if shape
                else ((_same(k.text), self._value(v, None)) for k, v in node.items())
            )
            return join([join([title, value], " — ") for title, value in facts], ", ") if node.entries else _NOTHING
        if isinstance(node, Sequence) and (field is None or field.kind is not Kind.SET):
            parts = [self._value(item, field) for item in node.items]
            return (
                join([join([Text("(", "("), part, Text(")", ")")], "") for part in parts], "; ")
                if parts
                else _NOTHING
            )
        if isinstance(node, Scalar) and node.text in ("unknown", "ongoing"):
            return UNKNOWN if node.text == "unknown" else plain_name(OngoingDay(1, 1, 1))
        return self._typed(node, field)

    def _typed(self, node: Node, field: FieldShape | None) -> Text:
        plain = ", ".join(_text(item) for item in node.items) if isinstance(node, Sequence) else _text(node)
        if field is None:
            return _COVERAGES.get(plain, _same(plain))
        if field.kind is Kind.MONTH:
            return _same(plain)
        try:
            value = read_value(node, field, self.library.names, None)
        except RefusalError:
            return _same(plain)
        if value is None:
            return field.values.get(plain, UNKNOWN)
        return name_of(value, field, self.library.policies)


# --- names ---------------------------------------------------------------------------------------------------


def title_of(path: str, policy: Policy, library: Library) -> Text:
    """A missing fact by the titles of the fields that lead to it, from the judged item or the organization."""
    policies, root = library.policies, library.vocabulary.root
    design = policies.acts.get(DESIGN)
    if design is not None and path in design.clauses:  # an open question of law
        return join([_same(path), design.clauses[path].title], ". ")
    kind, _, name = path.partition(".")
    if kind == "parameters" and name in policies.parameters:
        return policies.parameters[name].title
    subject = policy.subject if isinstance(policy, Decision) else policy.clauses[0].subject
    if path == ROOT:
        return _PLACES[ROOT]
    own = _titles(path, subject.shape)
    titles = own or _titles(path.removeprefix(ROOT + "."), root)
    return join(titles, " → ") if titles else _same(path)


def _titles(path: str, shape: RecordShape) -> list[Text]:
    """The titles along a path; empty when it does not lead anywhere from here."""
    found: list[Text] = []
    current: RecordShape | None = shape
    for part in path.split("."):
        name, _, rest = part.partition("[")
        field = current.fields.get(name) if current is not None else None
        if field is None:
            return []
        number = rest.removesuffix("]")
        suffix = f" № {int(number) + 1}" if number.isdecimal() else ""
        found.append(Text(field.title.ru + suffix, field.title.en + suffix.replace("№ ", "")))
        current = field.record
    return found


def _same(text: str) -> Text:
    return Text(text, text)


def _day_or_text(text: str) -> Text:
    day = parse_day(text)
    return _same(text) if day is None else plain_name(day)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""
