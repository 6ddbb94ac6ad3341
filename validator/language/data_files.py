"""Acts, registers, parameters and value sets: the dated data that policies rest on."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.structure import FileReader, parse_day, parse_decimal, parse_integer, shorten
from validator.logic.policy import (
    Act,
    Citation,
    Clause,
    Force,
    Parameter,
    ParameterRow,
    Period,
    Register,
    RegisterRow,
)
from validator.logic.problem import Problem
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.logic.values import Value

POLICY_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*\Z")
DATA_ID = re.compile(r"[a-z0-9][a-z0-9]*(-[a-z0-9]+)*\Z")
ROW_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,62}\Z")
COVERAGE = ("automated", "partial", "manual", "pending", "not_checkable")
PARAMETER_KINDS = {"date": Kind.DATE, "integer": Kind.INTEGER, "decimal": Kind.DECIMAL}
REGISTER_FACTS = ("owner_country", "public_mode", "quality", "iso", "tz", "oktmo_prefix")


class Gaps(Enum):
    """What a parameter says of days without a row."""

    INTENDED = "intended"


class DataReader(FileReader):
    """Reads one file of data. `acts` are those read so far: every row must cite one of them."""

    def __init__(self, file: str, problems: list[Problem], acts: dict[str, Act]) -> None:
        FileReader.__init__(self, file, problems)
        self.acts = acts

    # --- shared pieces ------------------------------------------------------------------------------------

    def identifier(self, root: Mapping, key: str, form: re.Pattern[str]) -> str | None:
        """The name of the thing a file holds; it must be that of the file."""
        node = root.get(key)
        name = self.text(node)
        if name is None or node is None:
            return None
        if not form.match(name):
            self.report(
                "bad-id",
                node,
                Text(f"имя `{shorten(name)}` записано неверно", f"the name `{shorten(name)}` is malformed"),
                Text(
                    "латинские буквы, цифры и дефисы, как у соседних файлов",
                    "Latin letters, digits and hyphens, as in the files beside it",
                ),
            )
            return None
        stem = self.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if stem != name:
            self.report(
                "file-name",
                node,
                Text(f"файл называется иначе, чем `{name}`", f"the file is not named `{name}`"),
                Text(f"переименуйте файл в `{name}.yaml`", f"rename the file to `{name}.yaml`"),
            )
        return name

    def citations(self, node: Node | None) -> tuple[Citation, ...]:
        """A list of `{act, at}`, each an act and a place of it that the sources know."""
        return self.each(node, self.citation)

    def citation(self, node: Node | None) -> Citation | None:
        """One `{act, at}`."""
        mapping = self.mapping(node, Text("ссылка на акт", "citation"))
        if mapping is None or not self.keys(mapping, ("act", "at"), ("act", "at")):
            return None
        act_node, at_node = mapping.get("act"), mapping.get("at")
        act_id, at = self.text(act_node), self.text(at_node)
        if act_id is None or at is None or not isinstance(act_node, Scalar) or not isinstance(at_node, Scalar):
            return None
        act = self.acts.get(act_id)
        if ("sources", act_id) in self.broken and (act is None or at not in act.clauses):
            return None
        if act is None:
            self.unknown_name("unknown-act", act_node, Text("акт", "act"), self.acts)
            return None
        if at not in act.clauses:
            self.unknown_name(
                "unknown-place", at_node, Text(f"место в `{act_id}`", f"place of `{act_id}`"), act.clauses
            )
            return None
        return Citation(act_id, at, self.span(mapping))

    def grounds(self, mapping: Mapping) -> tuple[Citation, ...]:
        """The citations of a row, at least one."""
        node = mapping.get("cites")
        if node is None or (isinstance(node, Sequence) and not node.items):
            self.report(
                "no-citation",
                node or mapping,
                Text("не указан источник", "no source is given"),
                Text("добавьте `cites: [{act: …, at: …}]`", "add `cites: [{act: …, at: …}]`"),
            )
        return self.citations(node)

    def period(self, mapping: Mapping) -> Period:
        """The days from `from` to `through`, both included; an absent side has no end."""
        first, last = self.day(mapping.get("from")), self.day(mapping.get("through"))
        if first is not None and last is not None and last < first:
            self.report(
                "period-ends-before-it-starts",
                mapping.entries["through"][1],
                Text("последний день раньше первого", "the last day lies before the first"),
                Text("исправьте `from` или `through`", "mend `from` or `through`"),
            )
            return Period()
        return Period(first, last)

    # --- acts ---------------------------------------------------------------------------------------------

    def act(self, root: Mapping) -> Act | None:
        """A file of `sources/`."""
        allowed = (
            *("act", "title", "short", "number", "date", "force", "editions", "in_force_from", "in_force_through"),
            *("seen", "quality", "checked_on", "note", "clauses"),
        )
        self.keys(root, allowed, ("act", "title", "short", "force", "checked_on", "clauses"))
        name = self.identifier(root, "act", DATA_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        short = self.both(root.get("short"), Text("краткое название", "short title"))
        force = self.word(root.get("force"), Force)
        for edition in self.sequence(root.get("editions")):
            self._edition(edition)
        self._in_force(root)
        self.text(root.get("seen"))
        self.distinct(root.get("clauses"), "at")
        clauses = {clause.at: clause for clause in self.each(root.get("clauses"), self._clause)}
        note = self.both(root.get("note"), Text("примечание", "note"))
        if name is None or title is None or short is None or force is None:
            return None
        return Act(
            id=name,
            title=title,
            short=short,
            number=self.text(root.get("number")) or "",
            date=self.day(root.get("date")),
            force=force,
            checked_on=self._checked_on(root.get("checked_on")),
            clauses=clauses,
            span=self.span(root.entries["act"][1]),
            quality=self.text(root.get("quality")) or "",
            note=note,
        )

    def _in_force(self, root: Mapping) -> None:
        """The first and the last day of an act in force; a policy that outlives its act is found by `lint`."""
        first, last = self.day(root.get("in_force_from")), self.day(root.get("in_force_through"))
        if first is not None and last is not None and last < first:
            self.report(
                "period-ends-before-it-starts",
                root.entries["in_force_through"][1],
                Text("последний день раньше первого", "the last day lies before the first"),
                Text("исправьте эту дату или `in_force_from`", "mend this date, or `in_force_from`"),
            )

    def _checked_on(self, node: Node | None) -> date | None:
        return None if isinstance(node, Scalar) and node.text == "never" else self.day(node)

    def _edition(self, node: Node) -> None:
        mapping = self.mapping(node, Text("редакция", "edition"))
        if mapping is not None and self.keys(mapping, ("date", "note"), ("date",)):
            self.day(mapping.get("date"))
            self.both(mapping.get("note"), Text("примечание", "note"))

    def _clause(self, node: Node) -> Clause | None:
        mapping = self.mapping(node, Text("место акта", "clause"))
        if mapping is None or not self.keys(
            mapping, ("at", "title", "coverage", "policies", "why"), ("at", "title", "coverage")
        ):
            return None
        at = self.text(mapping.get("at"))
        title = self.both(mapping.get("title"), Text("название", "title"))
        coverage = self.text(mapping.get("coverage"))
        policies = self.texts(mapping.get("policies"))
        why = self.both(mapping.get("why"), Text("объяснение", "explanation"))
        if coverage is not None and coverage not in COVERAGE:
            self.unknown_name("unknown-value", _scalar(mapping, "coverage"), Text("значение", "value"), COVERAGE)
            return None
        needs_why = coverage != "automated"
        if (needs_why and why is None) or (coverage in ("automated", "partial") and not policies):
            wanted = "why" if needs_why and why is None else "policies"
            self.report(
                "missing-key",
                mapping,
                Text(
                    f"при `coverage: {coverage}` нужен ключ `{wanted}`", f"`coverage: {coverage}` needs `{wanted}`"
                ),
                Text(f"добавьте `{wanted}`", f"add `{wanted}`"),
            )
        if at is None or title is None or coverage is None:
            return None
        return Clause(at, title, coverage, policies, why, self.span(mapping))

    # --- registers ----------------------------------------------------------------------------------------

    def register(self, root: Mapping) -> Register | None:
        """A file of `registers/`."""
        self.keys(root, ("register", "title", "family", "closed", "rows"), ("register", "title", "rows"))
        name = self.identifier(root, "register", DATA_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        closed = self.boolean(root.get("closed")) or False
        rows = self.each(root.get("rows"), self._register_row)
        if name is None or title is None:
            return None
        family = self.text(root.get("family")) or name
        return Register(name, title, family, closed, rows, self.span(root.entries["register"][1]))

    def _register_row(self, node: Node) -> RegisterRow | None:
        mapping = self.mapping(node, Text("строка перечня", "row of the register"))
        if mapping is None:
            return None
        allowed = (
            "id",
            "title",
            "aliases",
            "from",
            "through",
            "announced_on",
            "owner",
            "cites",
            "note",
            *REGISTER_FACTS,
        )
        self.keys(mapping, allowed, ("id", "title"))
        name = self.text(mapping.get("id"))
        title = self.both(mapping.get("title"), Text("название", "title"))
        aliases = self.texts(mapping.get("aliases"))
        facts = {
            key: " ".join(self.texts(mapping.get(key))) for key in REGISTER_FACTS if mapping.get(key) is not None
        }
        self.both(mapping.get("owner"), Text("владелец", "owner"))
        cites, period = self.grounds(mapping), self.period(mapping)
        self._refuse_press_alone(mapping, cites)
        note = self.both(mapping.get("note"), Text("примечание", "note"))
        if name is not None and not ROW_ID.match(name):
            self.report(
                "bad-id",
                mapping.entries["id"][1],
                Text(f"имя `{shorten(name)}` записано неверно", f"the name `{shorten(name)}` is malformed"),
                Text("латинские строчные буквы, цифры и `_`", "lower-case Latin letters, digits and `_`"),
            )
            return None
        if name is None or title is None:
            return None
        announced = self.day(mapping.get("announced_on"))
        return RegisterRow(name, title, aliases, period, announced, cites, self.span(mapping), facts, note)

    def _refuse_press_alone(self, mapping: Mapping, cites: tuple[Citation, ...]) -> None:
        """What only the press says may enter through a reading, and a register has none."""
        if cites and all(self.acts[cited.act].force is Force.PRESS for cited in cites):
            self.report(
                "press-only-row",
                mapping.entries["cites"][1],
                Text("строка опирается только на прессу", "the row rests on the press alone"),
                Text("сошлитесь на документ или уберите строку", "cite a document, or remove the row"),
            )

    # --- parameters ---------------------------------------------------------------------------------------

    def parameter(self, root: Mapping) -> Parameter | None:
        """A file of `parameters/`."""
        self.keys(
            root, ("parameter", "title", "type", "unit", "gaps", "rows"), ("parameter", "title", "type", "rows")
        )
        name = self.identifier(root, "parameter", DATA_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        unit = self.both(root.get("unit"), Text("единица", "unit"))
        gaps = self.word(root.get("gaps"), Gaps)
        kind_node = root.get("type")
        kind_text = self.text(kind_node)
        if kind_text is not None and kind_text not in PARAMETER_KINDS and isinstance(kind_node, Scalar):
            self.unknown_name("unknown-value", kind_node, Text("род значения", "type"), PARAMETER_KINDS)
        if name is None or title is None or kind_text not in PARAMETER_KINDS:
            return None
        kind = PARAMETER_KINDS[kind_text]
        rows = [row for item in self.sequence(root.get("rows")) for row in self._parameter_rows(item, kind)]
        self._check_overlaps(rows)
        span = self.span(root.entries["parameter"][1])
        return Parameter(name, title, kind, tuple(rows), span, unit, gaps is Gaps.INTENDED)

    def _parameter_rows(self, node: Node, kind: Kind) -> list[ParameterRow]:
        mapping = self.mapping(node, Text("строка параметра", "row of the parameter"))
        if mapping is None:
            return []
        self.keys(mapping, ("region", "kind", "from", "through", "value", "why", "cites", "note"), ("value",))
        value = self._parameter_value(mapping, kind)
        cites, period = self.grounds(mapping), self.period(mapping)
        press = bool(cites) and all(self.acts[c.act].force is Force.PRESS for c in cites)
        why = self.both(mapping.get("why"), Text("объяснение", "explanation"))
        self.both(mapping.get("note"), Text("примечание", "note"))
        regions = self.texts(mapping.get("region")) or (None,)
        kinds = self.texts(mapping.get("kind")) or (None,)
        return [
            ParameterRow(region, kind_, period, value, press, cites, self.span(mapping), why)
            for region in regions
            for kind_ in kinds
        ]

    def _parameter_value(self, mapping: Mapping, kind: Kind) -> Value | None:
        node = mapping.get("value")
        text = self.text(node)
        if text is None or node is None:
            return None
        if text == "unknown":
            if mapping.get("why") is None:
                self.report(
                    "missing-key",
                    mapping,
                    Text("неизвестному значению нужен ключ `why`", "an unknown value needs `why`"),
                    Text("объясните, почему значения нет", "say why there is no value"),
                )
            return None
        value = parse_parameter(kind, text)
        if value is None:
            wanted = {
                Kind.DATE: Text("дата ГГГГ-ММ-ДД", "a date YYYY-MM-DD"),
                Kind.INTEGER: Text("целое число", "a whole number"),
                Kind.DECIMAL: Text("число с точкой", "a number with a point"),
            }[kind]
            self.report(
                "wrong-type",
                node,
                Text(f"`{shorten(text)}`: ожидается {wanted.ru}", f"`{shorten(text)}`: expected {wanted.en}"),
                Text("исправьте значение или `type`", "mend the value or `type`"),
            )
        return value

    def _check_overlaps(self, rows: list[ParameterRow]) -> None:
        for index, row in enumerate(rows):
            for other in rows[:index]:
                same = (row.region, row.kind, row.press) == (other.region, other.kind, other.press)
                if same and row.period.overlaps(other.period):
                    place = f"{other.span.line}:{other.span.column}"
                    self.problems.append(
                        Problem(
                            "overlapping-rows",
                            Text(
                                f"строка пересекается со строкой {place}", f"this row overlaps the row at {place}"
                            ),
                            Text("разведите периоды `from`–`through`", "set the periods `from`–`through` apart"),
                            row.span,
                            self.file,
                        )
                    )

    # --- value sets ---------------------------------------------------------------------------------------

    def value_set(self, root: Mapping) -> tuple[str, frozenset[str]] | None:
        """A named set of values in `definitions/`."""
        self.keys(root, ("values", "title", "cites", "members"), ("values", "title", "members"))
        name = self.identifier(root, "values", DATA_ID)
        self.both(root.get("title"), Text("название", "title"))
        self.citations(root.get("cites"))
        members = self.texts(root.get("members"))
        return None if name is None else (name, frozenset(members))


def parse_parameter(kind: Kind, text: str) -> Value | None:
    """A value of a parameter of that kind, or None when the text is none."""
    match kind:
        case Kind.DATE:
            return parse_day(text)
        case Kind.INTEGER:
            return parse_integer(text)
        case _:
            return parse_decimal(text)


def _scalar(mapping: Mapping, key: str) -> Scalar:
    node = mapping.entries[key][1]
    return node if isinstance(node, Scalar) else mapping.entries[key][0]
