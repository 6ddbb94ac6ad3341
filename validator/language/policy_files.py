"""Norms, decisions and definitions: one file each, read into well-typed policies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Mapping as AbstractMapping

from validator.language.conditions import ConditionReader
from validator.language.data_files import DATA_ID, POLICY_ID, DataReader
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.scopes import Known, Scope, scope_of
from validator.language.structure import closest, parse_integer
from validator.language.vocabulary import ROOT, Vocabulary
from validator.language.weights import may_say_law, says_law, strongest_force
from validator.logic.expr import TRUE, Condition, Field, Literal, Not
from validator.logic.policy import (
    Act,
    Citation,
    Clauses,
    Criterion,
    Decision,
    Definition,
    ExceptionClause,
    Force,
    Modality,
    Norm,
    Reading,
    Sanction,
    Severity,
    Subject,
    Window,
)
from validator.logic.problem import Problem
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.values import Value

DEFINITION_ID = re.compile(rf"(?:{POLICY_ID.pattern[:-2]}|{DATA_ID.pattern[:-2]})\Z")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NORM_KEYS = (
    *("norm", "title", "about", "fields", "modality", "severity", "cites", "in_force", "applies_when", "status"),
    *("forbidden", "required", "allowed", "exceptions", "readings", "message", "remedy", "remark", "remedy_sets"),
    *("sanction", "waivable", "examples"),
)
DECISION_KEYS = (
    *("decision", "title", "about", "cites", "in_force", "applies_when", "outcomes", "criteria", "exclusions"),
    *("then", "readings", "advice", "examples", "status"),
)
READING_KEYS = (
    *("id", "chosen", "why", "cites", "parameters", "definitions", "registers", "severity"),
    *("without_exceptions", "admit_press"),
)


class PolicyReader(DataReader, ConditionReader):
    """Reads one file of norms, decisions or definitions."""

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

    # --- definitions --------------------------------------------------------------------------------------

    def definition(self, root: Mapping) -> Definition | None:
        """A file of `definitions/`."""
        self.keys(root, ("definition", "title", "about", "cites", "when", "note"), ("definition", "title", "when"))
        name = self.identifier(root, "definition", DEFINITION_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        self.both(root.get("note"), Text("примечание", "note"))
        about = self._path(root.get("about")) if root.get("about") is not None else ROOT
        cites = self.citations(root.get("cites"))
        if about is None:
            return None
        when = self.condition(root.get("when"), scope_of(self.vocabulary, about))
        if name is None or title is None or when is None:
            return None
        span = self.span(root.entries["definition"][1])
        return Definition(name, title, about, self.vocabulary.scopes_of(about), when, cites, span)

    # --- norms --------------------------------------------------------------------------------------------

    def norm(self, root: Mapping) -> Norm | None:
        """A file of `norms/`."""
        self.keys(
            root, NORM_KEYS, ("norm", "title", "about", "modality", "severity", "cites", "message", "examples")
        )
        name = self.identifier(root, "norm", POLICY_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        modality = self.word(root.get("modality"), Modality)
        severity = self.word(root.get("severity"), Severity)
        cites = self.grounds(root)
        subjects = self._subjects(root)
        self.distinct(root.get("exceptions"), "id")
        exceptions = self.each(root.get("exceptions"), self._exception)
        clauses = [found for s in subjects if (found := self._clauses(root, s, modality)) is not None]
        readings = self._readings(root, subjects, tuple(e.id for e in exceptions))
        texts = {key: self._message(root.get(key), subjects) for key in ("message", "remedy", "remark")}
        remedy_sets = self._remedy_sets(root.get("remedy_sets"), subjects)
        waivable = self._waivable(root.get("waivable"), subjects)
        sanction = self._sanction(root.get("sanction"))
        message = texts["message"]
        if name is None or title is None or modality is None or severity is None or message is None:
            return None
        force = self._force(root, cites, modality)
        if force is None or len(clauses) < len(subjects) or not subjects:
            return None
        return Norm(
            id=name,
            topic=self.topic,
            title=title,
            modality=modality,
            severity=severity,
            cites=cites,
            force=force,
            clauses=tuple(clauses),
            exceptions=exceptions,
            readings=readings,
            message=message,
            remedy=texts["remedy"],
            remark=texts["remark"],
            remedy_sets=remedy_sets,
            sanction=sanction,
            waivable=waivable,
            span=self.span(root.entries["norm"][1]),
        )

    def _force(self, root: Mapping, cites: tuple[Citation, ...], modality: Modality | None) -> Force | None:
        """The force of the strongest basis. A norm that rests on the press alone can only recommend."""
        strongest = strongest_force(cites, self.acts)
        if strongest is None:
            return None
        self._check_presentation(root, strongest)
        if strongest is Force.PRESS and modality is not Modality.RECOMMENDATION:
            self.report(
                "weight-below-modality",
                root.entries["modality"][1],
                Text("норма опирается только на прессу", "the norm rests on the press alone"),
                Text(
                    "так можно только рекомендовать: `modality: recommendation`",
                    "that can only recommend: `modality: recommendation`",
                ),
            )
            return None
        return strongest

    def _check_presentation(self, root: Mapping, force: Force) -> None:
        """No text may present a norm as a duty under federal law when its grounds are weaker."""
        for key in ("title", "message", "remedy", "remark"):
            node = root.get(key)
            if not isinstance(node, Mapping) or may_say_law(force):
                continue
            for language in ("ru", "en"):
                value = node.get(language)
                if isinstance(value, Scalar) and says_law(Text(value.text, value.text)):
                    self.report(
                        "presented-as-law",
                        value,
                        Text(
                            "текст выдаёт норму за федеральный закон", "the text presents the norm as federal law"
                        ),
                        Text(
                            f"сильнейшее основание здесь `{force.value}`: назовите его",
                            f"the strongest basis here is `{force.value}`: name that",
                        ),
                    )

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

    def _clauses(self, root: Mapping, subject: Subject, modality: Modality | None) -> Clauses | None:
        scope = self._scope(subject)
        window = self._window(root.get("in_force"), scope)
        applies = TRUE if root.get("applies_when") is None else self.condition(root.get("applies_when"), scope)
        requirement = self._requirement(root, scope, modality)
        exceptions: list[tuple[str, Condition]] = []
        sound = True
        for node in self.sequence(root.get("exceptions")):
            when = self.condition(node.get("when"), scope) if isinstance(node, Mapping) else None
            name = node.get("id") if isinstance(node, Mapping) else None
            if when is None or not isinstance(name, Scalar):
                sound = False
            else:
                exceptions.append((name.text, when))
        if window is None or applies is None or requirement is None or not sound:
            return None
        return Clauses(subject, window, applies, requirement, tuple(exceptions))

    def _requirement(self, root: Mapping, scope: Scope, modality: Modality | None) -> Condition | None:
        allowed_key = "allowed" if modality is Modality.PERMISSION else None
        given = [key for key in ("forbidden", "required", "allowed") if root.get(key) is not None]
        right = given == ["allowed"] if allowed_key else len(given) == 1 and given[0] != "allowed"
        if not right:
            wanted = "`allowed`" if allowed_key else "`forbidden` | `required`"
            self.report(
                "one-requirement",
                root.entries[given[-1]][0] if given else root,
                Text("нужно ровно одно требование", "exactly one requirement is wanted"),
                Text(f"запишите один ключ: {wanted}", f"write one key: {wanted}"),
            )
            return None
        found = self.condition(root.get(given[0]), scope)
        if found is None:
            return None
        return Not(found, found.span) if given[0] == "forbidden" else found

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

    def _exception(self, node: Node) -> ExceptionClause | None:
        mapping = self.mapping(node, Text("исключение", "exception"))
        if mapping is None or not self.keys(mapping, ("id", "title", "cites", "when"), ("id", "when")):
            return None
        name = self.text(mapping.get("id"))
        title = self.both(mapping.get("title"), Text("название", "title"))
        cites = self.citations(mapping.get("cites"))
        return None if name is None else ExceptionClause(name, cites, title, self.span(mapping))

    def _sanction(self, node: Node | None) -> Sanction | None:
        mapping = self.mapping(node, Text("санкция", "sanction"))
        names = ("cites", "applies", "official_rub", "entity_rub")
        if mapping is None or not self.keys(mapping, names, ("cites", "applies")):
            return None
        cites = self.citation(mapping.get("cites"))
        applies_node = mapping.get("applies")
        applies = self.text(applies_node)
        if applies is not None and applies not in ("yes", "disputed") and isinstance(applies_node, Scalar):
            self.unknown_name("unknown-value", applies_node, Text("значение", "value"), ("yes", "disputed"))
            return None
        if cites is None or applies is None:
            return None
        return Sanction(
            cites, applies, self._range(mapping.get("official_rub")), self._range(mapping.get("entity_rub"))
        )

    def _range(self, node: Node | None) -> tuple[int, int] | None:
        if node is None:
            return None
        values = [parse_integer(item.text) if isinstance(item, Scalar) else None for item in self.sequence(node)]
        match values:
            case [int(low), int(high)] if low <= high:
                return low, high
        self.report(
            "range-expected",
            node,
            Text("ожидаются две суммы: от и до", "expected two sums: from and to"),
            Text("например `[30000, 50000]`", "for example `[30000, 50000]`"),
        )
        return None

    def _remedy_sets(self, node: Node | None, subjects: list[Subject]) -> dict[str, Value]:
        mapping = self.mapping(node, Text("`remedy_sets`", "`remedy_sets`"))
        if mapping is None or not subjects:
            return {}
        found: dict[str, Value] = {}
        scope = self._scope(subjects[0])
        for key, value in mapping.items():
            field = self.own_field(key, scope)
            literal = None if field is None else self.literal(value, field.shape)
            if literal is not None:
                found[key.text] = literal.value
        return found

    def _waivable(self, node: Node | None, subjects: list[Subject]) -> bool | Condition:
        if not isinstance(node, Mapping):
            value = self.boolean(node)
            return True if value is None else value
        if not self.keys(node, ("when",), ("when",)) or not subjects:
            return True
        return self.condition(node.get("when"), self._scope(subjects[0])) or True

    # --- messages -----------------------------------------------------------------------------------------

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

    # --- readings -----------------------------------------------------------------------------------------

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

    # --- decisions ----------------------------------------------------------------------------------------

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
        advice = self._advice(root.get("advice"), subjects, [c.id for c in (*criteria, *exclusions)])
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


def _others(node: Node | None, known: Collection[str]) -> list[Scalar]:
    """The texts of a list, or the one text, that are not among the known ones."""
    items = node.items if isinstance(node, Sequence) else [node]
    return [i for i in items if isinstance(i, Scalar) and i.text.strip() and i.text not in known]


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
