"""Norms: who must, must not, may or should do what."""

from __future__ import annotations

from validator.language.data_files import POLICY_ID
from validator.language.nodes import Mapping, Node, Scalar
from validator.language.reading_files import ReadingsReader
from validator.language.scopes import Scope
from validator.language.structure import parse_integer
from validator.language.weights import may_say_law, says_law, strongest_force
from validator.logic.expr import TRUE, Condition, Not
from validator.logic.policy import (
    Citation,
    Clauses,
    ExceptionClause,
    Force,
    Modality,
    Norm,
    Sanction,
    Severity,
    Subject,
)
from validator.logic.text import Text
from validator.logic.values import Value

NORM_KEYS = (
    *("norm", "title", "about", "fields", "modality", "severity", "cites", "in_force", "applies_when", "status"),
    *("forbidden", "required", "allowed", "exceptions", "readings", "message", "remedy", "remark", "remedy_sets"),
    *("sanction", "waivable", "examples"),
)


class NormReader(ReadingsReader):
    """Reads one file of norms."""

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
