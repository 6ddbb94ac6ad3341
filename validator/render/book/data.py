"""The sections of what policies rest on: acts, definitions, parameters, registers, conflicts of law."""

from __future__ import annotations

from validator.journeys.book.parts import (
    ActPart,
    ConflictPart,
    DataRow,
    DefinitionPart,
    ParameterPart,
    Ref,
    RegisterPart,
)
from validator.journeys.catalogue import Place
from validator.language.vocabulary import ROOT
from validator.logic.text import Text
from validator.render.book.blocks import Block, Code, Entry, Inline, Items, Label, Line, Para, Strong, Table
from validator.render.book.words import FACTS, QUALITIES, TRUTHS
from validator.render.book.writer import Writer
from validator.render.catalogue import COVERAGES, KINDS
from validator.render.words import FORCES


class DataWriter:
    """Says in the language of its writer what stands in the data of the policy set."""

    def __init__(self, writer: Writer) -> None:
        self.w = writer
        self.t = writer.t
        self.say = writer.say

    def act(self, part: ActPart) -> Entry:
        """An act with its places and what rests on each."""
        act, t = part.act, self.t
        facts = [self.say(act.title)]
        if act.number:
            facts.append(t(f"номер: {act.number}", f"number: {act.number}"))
        if act.date is not None:
            facts.append(t(f"дата: {self.w.day(act.date)}", f"date: {self.w.day(act.date)}"))
        facts.append(t(f"сила: {self.say(FORCES[act.force.value])}", f"force: {self.say(FORCES[act.force.value])}"))
        if act.quality:
            facts.append(t("качество сведений: ", "quality of the data: ") + self._quality(act.quality))
        facts.append(self.w.checked(act.checked_on))
        blocks: list[Block] = [Para(("; ".join(facts) + ".",))]
        if act.note is not None:
            blocks.append(Para((self.say(act.note),)))
        head = (
            ("место", "о чём", "покрытие", "политики и данные", "почему")
            if self.w.language == "ru"
            else ("place", "about", "coverage", "policies and data", "why")
        )
        if part.places:
            blocks.append(Table(head, tuple(self._place(place, refs) for place, refs in part.places)))
        return Entry(Ref("act", act.id), self.say(act.short), (act.id,), (), tuple(blocks))

    def _place(self, place: Place, refs: tuple[Ref, ...]) -> tuple[Line, ...]:
        clause = place.clause
        return (
            (clause.at,),
            (self.say(clause.title),),
            (self.say(COVERAGES[clause.coverage]),),
            self.w.links(refs),
            (self.say(clause.why) if clause.why else "—",),
        )

    def _quality(self, word: str) -> str:
        return self.say(QUALITIES[word]) if word in QUALITIES else word

    def definition(self, part: DefinitionPart) -> Entry:
        """A named condition in prose."""
        t = self.t
        blocks: list[Block] = []
        if part.path == ROOT:
            blocks.append(Para((t("Об организации. Верно, когда:", "Of the organization. It holds when:"),)))
        else:
            told = t("О записи списка ", "Of an item of the list ")
            blocks.append(Para((told, self.w.quoted(part.items), t(". Верно, когда:", ". It holds when:"))))
        blocks.append(Items(self.w.told(part.when)))
        if part.grounds:
            blocks += [
                Label(t("Основания", "Grounds")),
                Table(self.w.ground_head(), self.w.ground_rows(part.grounds)),
            ]
        names = [ref for ref in part.rests_on if ref.kind != "conflict"]
        if names:
            blocks += [Label(t("На что опирается", "Rests on")), Items(tuple((0, self.w.titled(r)) for r in names))]
        blocks += self._used(part.used_by)
        return self._entry(Ref("definition", part.name), part.title, blocks)

    def _entry(self, ref: Ref, title: Text, blocks: list[Block]) -> Entry:
        return Entry(ref, self.say(title), self.w.acts_of(ref), (), tuple(blocks))

    def _used(self, refs: tuple[Ref, ...]) -> list[Block]:
        words = (self.t("Никто на это не опирается.", "Nothing rests on it."),)
        return [
            Label(self.t("Кто на это опирается", "What rests on it")),
            Para(self.w.links(refs) if refs else words),
        ]

    def parameter(self, part: ParameterPart) -> Entry:
        """A dated value with all its rows."""
        t = self.t
        head = (
            ("регион", "вид организации", "срок", "значение", "основание", "почему")
            if self.w.language == "ru"
            else ("region", "kind of organization", "period", "value", "ground", "why")
        )
        if part.unit is not None:
            head = (*head[:3], f"{head[3]}, {self.say(part.unit)}", *head[4:])
        told = t(
            "Побеждает самая точная строка: регион и вид, затем регион, затем вид.",
            "The most specific row wins: region and kind, then region, then kind.",
        )
        blocks: list[Block] = [Table(head, tuple(map(self._value_row, part.rows)))]
        if len(part.rows) > 1:
            blocks.insert(0, Para((told,)))
        return self._entry(Ref("parameter", part.name), part.title, [*blocks, *self._used(part.used_by)])

    def _value_row(self, row: DataRow) -> tuple[Line, ...]:
        t = self.t
        value: list[Inline] = [t("не установлено", "not set") if row.value is None else self.say(row.value)]
        if row.press:
            words = t("(из прессы: только по особому прочтению)", "(from the press: by a reading only)")
            value += [" ", Strong(words)]
        return (
            (t("все", "all") if row.region is None else self.say(row.region),),
            (t("все", "all") if row.kind is None else self.say(row.kind),),
            (self.w.period(row.first, row.last),),
            tuple(value),
            self.w.places(row.grounds),
            ("—" if row.why is None else self.say(row.why),),
        )

    def register(self, part: RegisterPart) -> Entry:
        """A reference list with all its entries."""
        t = self.t
        head = (
            ("имя", "название", "другие имена", "срок", "сведения", "основание", "примечание")
            if self.w.language == "ru"
            else ("id", "title", "other names", "period", "facts", "ground", "note")
        )
        rows = []
        for row in part.rows:
            period = self.w.period(row.first, row.last)
            if row.announced_on is not None:
                day = self.w.day(row.announced_on)
                period += t(f"; объявлено {day}", f"; announced on {day}")
            facts = "; ".join(self._register_fact(name, value) for name, value in row.facts)
            cells: tuple[Line, ...] = (
                (Code(row.id),),
                (self.say(row.title),),
                (", ".join(row.aliases) or "—",),
                (period,),
                (facts or "—",),
                self.w.places(row.grounds),
                ("—" if row.note is None else self.say(row.note),),
            )
            rows.append(cells)
        blocks: list[Block] = [Para((self._closedness(part),))]
        if part.family:
            other = t("Родственные перечни: ", "Related lists: ")
            blocks.append(Para((other, *self.w.links(part.family), ".")))
        blocks += [Table(head, tuple(rows)), *self._used(part.used_by)]
        return self._entry(Ref("register", part.name), part.title, blocks)

    def _closedness(self, part: RegisterPart) -> str:
        """What it means that a name is not on a register."""
        if part.closed:
            return self.t(
                "В перечне есть всё: чего в нём нет, того нет.", "The list is complete: nothing else exists."
            )
        if part.family:
            return self.t(
                "Перечень открыт: имя из родственного перечня в него не входит, а об имени, которого нет нигде, "
                "ничего не известно.",
                "The list is open: a name on a related list is not on this one, and of a name on none nothing is "
                "known.",
            )
        return self.t(
            "Перечень открыт: о том, чего в нём нет, ничего не известно.",
            "The list is open: of what is not on it nothing is known.",
        )

    def _register_fact(self, name: str, value: str) -> str:
        if name == "quality":
            value = self._quality(value)
        elif value in TRUTHS:
            value = self.say(TRUTHS[value])
        return f"{self.say(FACTS[name]) if name in FACTS else name}: {value}"

    def conflict(self, part: ConflictPart) -> Entry:
        """A question of law and where it is recorded."""
        conflict = part.conflict
        told = [f"{self.t('Покрытие', 'Coverage')}: {self.say(COVERAGES[conflict.clause.coverage])}."]
        if conflict.clause.why is not None:
            told.append(self.say(conflict.clause.why))
        blocks: list[Block] = [Para((" ".join(told),))]
        rows: list[tuple[int, Line]] = []
        for record, ref in zip(conflict.records, part.refs, strict=True):
            owner: Line = (Code(record.policy),) if ref is None else (self.w.link(ref),)
            name: Line = owner if record.name == record.policy else (Code(record.name), " (", *owner, ")")
            text = "" if record.text is None else f": {self.say(record.text)}"
            rows.append((0, (f"{self.say(KINDS[record.kind])} ", *name, text)))
        if rows:
            blocks += [Label(self.t("Где записано", "Where it is recorded")), Items(tuple(rows))]
        return self._entry(Ref("conflict", conflict.id), conflict.clause.title, blocks)
