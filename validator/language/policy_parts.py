"""What norms and decisions have in common: their subjects, the time they are in force, their messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.language.conditions import ConditionReader
from validator.language.data_files import DataReader
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.scopes import Known, Scope, scope_of
from validator.language.structure import closest
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.expr import Field, Literal
from validator.logic.policy import (
    Act,
    Subject,
    Window,
)
from validator.logic.problem import Problem
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class PartsReader(DataReader, ConditionReader):
    """Reads the parts of one policy file that norms and decisions share."""

    def __init__(
        self, file: str, problems: list[Problem], acts: dict[str, Act], known: Known, vocabulary: Vocabulary
    ) -> None:
        DataReader.__init__(self, file, problems, acts)
        self.known = known
        self.vocabulary = vocabulary

    @property
    def topic(self) -> str:
        """The folder a policy stands in."""
        return self.file.rsplit("/", 2)[-2] if "/" in self.file else ""

    def _path(self, node: Node | None) -> str | None:
        path = self.text(node)
        if path is None or not isinstance(node, Scalar):
            return None
        if path != ROOT and path not in self.vocabulary.lists:
            self.unknown_name("unknown-list", node, Text("список", "list"), [ROOT, *self.vocabulary.lists])
            return None
        return path

    def _subjects(self, root: Mapping) -> list[Subject]:
        about = root.get("about")
        nodes = about.items if isinstance(about, Sequence) else [about] if about is not None else []
        if about is not None and not nodes:
            self.report(
                "list-expected",
                about,
                Text("не сказано, о чём политика", "the policy is about nothing"),
                Text("назовите список, например `about: chats`", "name a list, for example `about: chats`"),
            )
        paths: list[str] = []
        for node in nodes:
            path = self._path(node)
            if path in paths:
                self.report(
                    "repeated-value",
                    node,
                    Text("значение указано дважды", "a value is given twice"),
                    Text("оставьте каждое по одному разу", "keep each of them once"),
                )
            elif path is not None:
                paths.append(path)
        renamed = self._renamed(root.get("fields"), paths)
        return [
            Subject(path, self.vocabulary.scopes_of(path), self.vocabulary.record_of(path), renamed.get(path, {}))
            for path in paths
        ]

    def _renamed(self, node: Node | None, paths: list[str]) -> dict[str, dict[str, str]]:
        """`fields: {service: {chats: platform}}`, as the new names of each list."""
        renamed: dict[str, dict[str, str]] = {}
        mapping = self.mapping(node, Text("`fields`", "`fields`"))
        for key, value in mapping.items() if mapping else ():
            inner = self.mapping(value, Text("`fields`", "`fields`"))
            if inner is None or not self.keys(inner, paths):
                continue
            for path, target in inner.items():
                field = self.text(target)
                shape = self.vocabulary.record_of(path.text)
                if field is not None and field not in shape.fields and isinstance(target, Scalar):
                    self.unknown_name("unknown-field", target, Text("поле", "field"), shape.fields)
                    field = closest(field, shape.fields)  # go on with what was meant, so that it is told once
                if field is not None:
                    renamed.setdefault(path.text, {})[key.text] = field
        return renamed

    def _scope(self, subject: Subject) -> Scope:
        return scope_of(self.vocabulary, subject.path, subject.renamed)

    def _window(self, node: Node | None, scope: Scope) -> Window | None:
        if node is None:
            return Window()
        mapping = self.mapping(node, Text("срок действия", "time in force"))
        if mapping is None or not self.keys(mapping, ("from", "through", "judged_on")):
            return None
        first = self.day_term(mapping.get("from"), scope)
        last = self.day_term(mapping.get("through"), scope)
        judged = mapping.get("judged_on")
        period = judged if isinstance(judged, Mapping) else None
        if period is not None and not self.keys(period, ("from", "through"), ("from", "through")):
            return None
        start = self._day_field(judged if period is None else period.get("from"), scope)
        end = start if period is None else self._day_field(period.get("through"), scope)
        wanted = [mapping.get("from"), mapping.get("through"), judged]
        if [first is None, last is None, start is None] != [node is None for node in wanted] or (start and not end):
            return None
        if isinstance(first, Literal) and isinstance(last, Literal) and str(first.value) > str(last.value):
            self.report(
                "period-ends-before-it-starts",
                mapping.entries["through"][1],
                Text("последний день раньше первого", "the last day lies before the first"),
                Text("исправьте `from` или `through`", "mend `from` or `through`"),
            )
            return None
        return Window(first, last, start, end)

    def _day_field(self, node: Node | None, scope: Scope) -> Field | None:
        field = self.own_field(node, scope)
        if field is not None and node is not None and not field.shape.kind.is_day:
            self.wrong_kind(node, field.shape, Text("день", "a day"))
            return None
        return field

    def _message(self, node: Node | None, subjects: list[Subject]) -> Text | None:
        text = self.both(node, Text("сообщение", "message"))
        if text is not None and isinstance(node, Mapping):
            for language in ("ru", "en"):
                self._placeholders(node.entries[language][1], subjects)
        return text

    def _placeholders(self, node: Node, subjects: list[Subject]) -> None:
        assert isinstance(node, Scalar)
        for match in PLACEHOLDER.finditer(node.text):
            for subject in subjects:
                if placeholder_field(match[1], self._scope(subject)) is None:
                    token = self.part(node, match.start(1), match[1])
                    known = _placeholders_of(self._scope(subject), match[1])
                    self.unknown_name("unknown-placeholder", token, Text("поле", "placeholder"), known)
                    break
        stray = re.search("[{}]", PLACEHOLDER.sub(lambda match: " " * len(match[0]), node.text))
        if stray is not None:
            self.report(
                "stray-brace",
                self.part(node, stray.start(), stray[0]),
                Text(f"лишняя фигурная скобка `{stray[0]}`", f"a stray brace `{stray[0]}`"),
                Text("в скобках может стоять только имя поля", "only a field name may stand in braces"),
            )


def _placeholders_of(scope: Scope, name: str) -> list[str]:
    """What could have been meant by a placeholder: fields of the item and, for a path, of the scopes."""
    found = [*_values(scope, "")]
    if "." in name:
        found += [path for bound in scope.bound for path in _values(scope.into_scope(bound), f"{bound}.")]
    return found


def _values(scope: Scope, prefix: str) -> Iterator[str]:
    for name in scope.names():
        shape = scope.field(name)
        if shape is not None and shape.kind is Kind.RECORD:
            yield from _values(scope.into_record(name), f"{prefix}{name}.")
        elif shape is not None and shape.kind is not Kind.LIST:
            yield prefix + name


def placeholder_field(name: str, scope: Scope) -> tuple[str, tuple[str, ...], FieldShape] | None:
    """The scope, path and shape of the field that a placeholder names, or None when there is none."""
    first, *rest = name.split(".")
    if scope.field(first) is None and first in scope.bound and rest:
        scope, names = scope.into_scope(first), rest
    else:
        names = [first, *rest]
    for part in names[:-1]:
        shape = scope.field(part)
        if shape is None or shape.kind is not Kind.RECORD:
            return None
        scope = scope.into_record(part)
    shape = scope.field(names[-1])
    if shape is None or shape.kind in (Kind.RECORD, Kind.LIST):
        return None
    return scope.current, scope.path(names[-1]), shape
