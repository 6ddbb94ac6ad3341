"""The section of one policy in the book: a norm or a decision with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.book.parts import (
    Change,
    DecisionPart,
    Demand,
    ExampleCase,
    ExamplesPart,
    Exempt,
    Fact,
    NormPart,
    Penalty,
    PolicyPart,
    ReadingPart,
    Ref,
    Term,
    Test,
)
from validator.language.vocabulary import ROOT
from validator.logic.policy import Force, Modality
from validator.logic.text import Text
from validator.render.book.blocks import Block, Code, Entry, Inline, Items, Label, Line, Para, Strong, Table
from validator.render.book.words import BY_FORCE, expectation
from validator.render.book.writer import Writer
from validator.render.words import MODALITIES, SANCTIONS, SEVERITIES, count_ru_en

_LAW = (Force.FEDERAL_LAW.value, Force.GOVERNMENT_ACT.value)
_EXAMPLES = (("пример", "примера", "примеров"), ("example", "examples"))


def policy_entry(part: PolicyPart, writer: Writer) -> Entry:
    """Everything the book says of a policy."""
    return Entry(
        ref=Ref("policy", part.id),
        title=writer.say(part.title),
        acts=writer.acts_of(Ref("policy", part.id)),
        kinds=part.addressee.kinds,
        blocks=tuple(_PolicyWriter(part, writer).blocks()),
    )


def lead(part: PolicyPart, writer: Writer) -> str:
    """What the policy is and by what: a duty by a letter is never told as a duty by law."""
    by = writer.say(BY_FORCE[part.force])
    if part.norm is None:
        told = writer.t(f"Решение (что чем является) {by}.", f"Decision (what is what) {by}.")
    else:
        modality = writer.say(MODALITIES[part.norm.modality]).capitalize()
        severity = writer.say(SEVERITIES[part.norm.severity])
        told = writer.t(f"{modality} {by}; важность: {severity}.", f"{modality} {by}; severity: {severity}.")
    if part.force not in _LAW:
        told += writer.t(
            " Закона и акта Правительства среди оснований нет.",
            " There is no law and no act of the Government among the grounds.",
        )
    return told


class _PolicyWriter:
    def __init__(self, part: PolicyPart, writer: Writer) -> None:
        self.part = part
        self.w = writer
        self.t = writer.t
        self.say = writer.say

    def blocks(self) -> Iterator[Block]:
        part = self.part
        if part.draft:
            yield Para((Strong(self.t("Проект: по нему не судят.", "A draft: nothing is judged by it.")),))
        yield Para((lead(part, self.w),))
        yield from self._addressee()
        if part.norm is not None:
            yield from self._norm(part.norm)
        if part.decision is not None:
            yield from self._decision(part.decision)
        yield from self._readings()
        if part.norm is not None:
            yield from self._consequences(part.norm)
        yield Label(self.t("Основания", "Grounds"))
        yield Table(self.w.ground_head(), self.w.ground_rows(part.grounds))
        yield from self._below()
        if part.examples is not None:
            yield from self._examples(part.examples)

    # --- whom, what, when ---------------------------------------------------------------------------------

    def _addressee(self) -> Iterator[Block]:
        found, kinds = self.part.addressee, self.w.kind_names
        yield Label(self.t("Кого касается", "Whom it concerns"))
        if found.excluded:
            inside = ", ".join(kinds[kind] for kind in found.kinds) or self.t("никого", "nobody")
            outside = ", ".join(kinds[kind] for kind in found.excluded)
            told = self.t(
                f"Может касаться: {inside}. Точно не касается: {outside}.",
                f"It may concern: {inside}. It certainly does not concern: {outside}.",
            )
        else:
            told = self.t("Организации любого вида.", "Organizations of any kind.")
        yield Para((told,))
        if found.conditions:
            yield Para(
                (self.t("Только если об организации верно:", "Only if of the organization it is true that:"),)
            )
            yield Items(self.w.told(found.conditions))

    def _about(self, path: str, items: Text) -> Iterator[Block]:
        yield Label(self.t("О чём судят", "What is judged"))
        if path == ROOT:
            yield Para((self.t("Организация в целом.", "The organization as a whole."),))
        else:
            head = self.t("Каждая запись списка ", "Each item of the list ")
            yield Para((head, self.w.quoted(items), " (", Code(path), ")."))

    def _term(self, term: Term) -> Iterator[Block]:
        yield Label(self.t("Когда действует", "In force"))
        told: list[Inline] = []
        if term.first is not None:
            told += [
                self.t("С ", "From "),
                *self.w.sentence(term.first),
                self.t(", включая этот день", ", that day included"),
            ]
        if term.last is not None:
            told += ["; ", self.t("по ", "through ")] if told else [self.t("По ", "Through ")]
            told += [*self.w.sentence(term.last), self.t(" включительно", ", inclusive")]
        elif told:
            told.append(self.t("; без конечного срока", "; without an end"))
        told.append("." if told else self.t("Всегда.", "Always."))
        yield Para((*told, " ", self._judged(term)))

    def _judged(self, term: Term) -> str:
        match [self.w.quoted(name) for name in term.judged]:
            case []:
                return self.t("Смотрят на день проверки.", "What counts is the day of the check.")
            case [day]:
                return self.t(f"Смотрят на день {day}.", f"What counts is the day {day}.")
            case days:
                return self.t(
                    f"Смотрят на дни от {days[0]} до {days[-1]}: довольно одного дня в этом сроке.",
                    f"What counts are the days from {days[0]} to {days[-1]}: one day within the term is enough.",
                )

    # --- norms --------------------------------------------------------------------------------------------

    def _norm(self, norm: NormPart) -> Iterator[Block]:
        for demand in norm.demands:
            yield from self._about(demand.path, demand.items)
            yield from self._term(demand.term)
            if demand.applies:
                yield Label(self.t("Когда применяется", "Applies when"))
                yield Items(self.w.told(demand.applies))
            yield Label(self._verb(demand))
            yield Items(self.w.told(demand.requirement))
            if demand.exceptions:
                yield Label(self.t("Исключения", "Exceptions"))
                yield Items(tuple(row for found in demand.exceptions for row in self._exception(found)))

    def _verb(self, demand: Demand) -> str:
        several = sum(line.depth == 0 for line in demand.requirement) > 1
        match demand.verb:
            case "forbidden":
                return (
                    self.t("Запрещено, когда верно всё:", "Forbidden when all is true:")
                    if several
                    else self.t("Запрещено", "Forbidden")
                )
            case "allowed":
                return self.t("Разрешено", "Allowed")
            case "required":
                return self.t("Требуется всё:", "All is required:") if several else self.t("Требуется", "Required")

    def _exception(self, found: Exempt) -> Iterator[tuple[int, Line]]:
        title = "" if found.title is None else f" — {self.say(found.title)}"
        basis = self.t("; основание: ", "; ground: ")
        yield 0, (Code(found.id), title, basis, *self.w.places(found.grounds))
        yield from self.w.told(found.when, 1)

    def _consequences(self, norm: NormPart) -> Iterator[Block]:
        yield Label(self.t("Что скажет отчёт", "What a report says"))
        rows: list[tuple[int, Line]] = [(0, (self._occasion(norm.modality), self.say(norm.message)))]
        if norm.remark is not None:
            rows.append((0, (self.t("если соблюдено: ", "when met: "), self.say(norm.remark))))
        yield Items(tuple(rows))
        if norm.remedy is not None or norm.remedy_sets:
            yield Label(self.t("Что сделать", "What to do"))
            told = [self.say(norm.remedy)] if norm.remedy is not None else []
            if norm.remedy_sets:
                facts = "; ".join(self._fact(fact) for fact in norm.remedy_sets)
                told.append(self.t(f"После этого верно: {facts}.", f"Afterwards it is true that: {facts}."))
            yield Para((". ".join(told),))
        yield Label(self.t("Санкция", "Sanction"))
        yield Para(self._penalty(norm.penalty))
        yield Label(self.t("Отступление", "Waiver"))
        if norm.modality == Modality.PERMISSION.value:
            yield Para(
                (self.t("Не нужно: разрешение нельзя нарушить.", "Not needed: nothing violates a permission."),)
            )
        elif isinstance(norm.waivable, bool):
            yes, no = self.t("Возможно.", "Possible."), self.t("Невозможно.", "Not possible.")
            yield Para((yes if norm.waivable else no,))
        else:
            yield Para((self.t("Возможно, если:", "Possible if:"),))
            yield Items(self.w.told(norm.waivable))

    def _occasion(self, modality: str) -> str:
        """When the message of a norm is said; nothing violates a permission."""
        match Modality(modality):
            case Modality.PROHIBITION | Modality.OBLIGATION:
                return self.t("при нарушении: ", "of a violation: ")
            case Modality.RECOMMENDATION:
                return self.t("совет: ", "as advice: ")
            case Modality.PERMISSION:
                return self.t("смысл: ", "in short: ")

    def _penalty(self, penalty: Penalty | None) -> Line:
        if penalty is None:
            return (self.t("Не указана.", "None is given."),)
        told: list[Inline] = [*self.w.place(penalty.ground), ": ", self.say(SANCTIONS[penalty.applies])]
        for amounts, name in (
            (penalty.official_rub, self.t("должностным лицам", "officials")),
            (penalty.entity_rub, self.t("организациям", "organizations")),
        ):
            if amounts is not None:
                low, high = (f"{amount:,}".replace(",", self.t(" ", ",")) for amount in amounts)
                told.append(self.t(f"; {name} {low}–{high} рублей", f"; {name} {low}–{high} roubles"))
        return (*told, ".")

    # --- decisions ----------------------------------------------------------------------------------------

    def _decision(self, decision: DecisionPart) -> Iterator[Block]:
        yield from self._about(decision.path, decision.items)
        yield from self._term(decision.term)
        if decision.applies:
            yield Label(self.t("Когда применяется", "Applies when"))
            yield Items(self.w.told(decision.applies))
        positive, otherwise = self.w.quoted(decision.positive), self.w.quoted(decision.otherwise)
        yield Label(self.t("Исход", "Outcome"))
        told = self.t(
            f"{positive}, если верны все признаки и ни одно исключение; иначе {otherwise}.",
            f"{positive} when all criteria and no exclusion hold; otherwise {otherwise}.",
        )
        yield Para((told,))
        yield Items(tuple((0, (Code(name), f" — {self.say(text)}")) for name, text in decision.outcomes))
        for name, tests in (
            (self.t("Признаки", "Criteria"), decision.criteria),
            (self.t("Исключения", "Exclusions"), decision.exclusions),
        ):
            if tests:
                yield Label(name)
                yield Items(tuple(row for test in tests for row in self._test(test)))

    def _test(self, test: Test) -> Iterator[tuple[int, Line]]:
        basis: Line = (self.t("; основание: ", "; ground: "), *self.w.places(test.grounds)) if test.grounds else ()
        yield 0, (Code(test.id), f" — {self.say(test.title)}", *basis)
        yield from self.w.told(test.when, 1)
        if test.advice is not None:
            yield 1, (Strong(self.t("Совет:", "Advice:")), f" {self.say(test.advice)}")

    # --- readings -----------------------------------------------------------------------------------------

    def _readings(self) -> Iterator[Block]:
        if self.part.readings:
            yield Label(self.t("Прочтения", "Readings"))
            yield Items(tuple(row for reading in self.part.readings for row in self._reading(reading)))

    def _reading(self, reading: ReadingPart) -> Iterator[tuple[int, Line]]:
        chosen: Line = (" ", Strong(self.t("(принято)", "(chosen)"))) if reading.chosen else ()
        why = "" if reading.why is None else f": {self.say(reading.why)}"
        yield 0, (Code(reading.id), *chosen, why)
        if reading.grounds:
            yield 1, (self.t("основание: ", "ground: "), *self.w.places(reading.grounds))
        for change in reading.changes:
            yield 1, self._change(change)

    def _change(self, change: Change) -> Line:
        what: Line = (Code(change.name),) if change.what is None else self.w.titled(change.what)
        match change.kind:
            case "parameter":
                value = "" if change.to is None else self.say(change.to)
                return (self.t("другое значение: ", "another value: "), *what, f" = {value}")
            case "definition" | "register":
                to: Line = () if change.to_ref is None else self.w.titled(change.to_ref)
                return (self.t("вместо ", "instead of "), *what, self.t(" берут ", " it takes "), *to)
            case "severity":
                return (self.t("важность: ", "severity: "), self.say(SEVERITIES[change.name]))
            case "exception":
                title = "" if change.to is None else f" — {self.say(change.to)}"
                return (self.t("без исключения ", "without the exception "), *what, title)
            case "press":
                return (self.t("учитывают сведения прессы: ", "admits what the press reports: "), *what)

    # --- what it rests on ---------------------------------------------------------------------------------

    def _below(self) -> Iterator[Block]:
        part = self.part
        names = [ref for ref in part.rests_on if ref.kind != "conflict"]
        if names:
            yield Label(self.t("На что опирается", "Rests on"))
            yield Items(tuple((0, self.w.titled(ref)) for ref in names))
        if part.conflicts or part.conflicts_below:
            yield Label(self.t("Спорное и неясное", "Disputed and unclear"))
            rows: list[tuple[int, Line]] = [(0, self.w.titled(Ref("conflict", name))) for name in part.conflicts]
            below: dict[str, list[Ref]] = {}
            for name, ref in part.conflicts_below:
                below.setdefault(name, []).append(ref)
            for name, refs in below.items():
                through = (self.t("; через ", "; through "), *self.w.links(refs))
                rows.append((0, (*self.w.titled(Ref("conflict", name)), *through)))
            yield Items(tuple(rows))

    # --- examples -----------------------------------------------------------------------------------------

    def _examples(self, examples: ExamplesPart) -> Iterator[Block]:
        number = self.say(count_ru_en(len(examples.cases), *_EXAMPLES))
        yield Label(self.t("Примеры", "Examples"))
        if examples.base or examples.as_of:
            facts = "; ".join(self._fact(fact) for fact in examples.base)
            day = self.w.iso(examples.as_of)
            yield Para((self.t(f"Исходный случай на {day}: {facts}.", f"The starting case on {day}: {facts}."),))
        head = (
            ("случай", "чем отличается", "вердикт", "чего не хватает")
            if self.w.language == "ru"
            else ("case", "what differs", "verdict", "what is missing")
        )
        yield Table(head, tuple(self._case(case) for case in examples.cases), number)

    def _case(self, case: ExampleCase) -> tuple[Line, ...]:
        facts = [self._fact(fact) for fact in case.facts]
        if case.as_of:
            facts.insert(
                0, self.t(f"день проверки: {self.w.iso(case.as_of)}", f"day of the check: {self.w.iso(case.as_of)}")
            )
        verdict: list[Inline] = [self.say(expectation(case.expect, case.outcome))]
        for reading, other, outcome in case.disputed:
            verdict += [
                self.t("; по прочтению ", "; by the reading "),
                Code(reading),
                f" — {self.say(expectation(other, outcome))}",
            ]
        missing = "; ".join(self.say(name) for name in case.missing)
        return ((case.name,), ("; ".join(facts) or "—",), tuple(verdict), (missing or "—",))

    def _fact(self, fact: Fact) -> str:
        return f"{self.say(fact.title)} — {self.say(fact.value)}"
