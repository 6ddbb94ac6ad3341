"""A study of mutants for people: which small changes of the policies no example notices, and the figures."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.mutants.report import Counts, MutantReport, MutantRow, OwnerRow
from validator.logic.text import Language, Text
from validator.render.safe import log_line
from validator.render.words import count_ru_en, say

_WHAT_COUNTS = Text(
    "Каждое место политики поочерёдно меняется на соседнее: сравнение, число, день, значение, условие. Изменение "
    "замечено, если хотя бы один пример перестаёт сходиться.",
    "Each place of a policy is changed in turn to a neighbouring one: a comparison, a number, a day, a value, "
    "a condition. A change is noticed when at least one example fails.",
)
_KINDS = {
    "policy": Text("", ""),
    "definition": Text("определение ", "definition "),
    "parameter": Text("параметр ", "parameter "),
    "register": Text("перечень ", "register "),
}
# What is told of a change that no example notices, by its state.
_STATES = {
    "alive": Text("не замечено", "not noticed"),
    "bounded": Text(
        "не замечено, при коротких списках вердикт тот же", "not noticed, the same while lists are short"
    ),
    "undecided": Text("не замечено, равносильность не выяснена", "not noticed, equivalence not decided"),
    "unchecked": Text("не замечено", "not noticed"),
}
_NO_SOLVER = Text(
    "Равносильность не проверялась: часть незамеченных изменений может ничего не менять. Чтобы это выяснить, "
    'поставьте решатель: pip install "sverka[prove]"',
    "Equivalence was not decided: some of the changes that are not noticed may change nothing. To find out, "
    'install the solver: pip install "sverka[prove]"',
)

_PROPOSE = Text(
    "Недостающие примеры покажет `sverka test --propose`",
    "`sverka test --propose` shows the examples that are missing",
)
_POLICIES = Text("Политик, где замечены все изменения", "Policies of which all changes are noticed")
_POLICIES_AND_MORE = Text(
    "Политик, определений и данных, где замечены все изменения",
    "Policies, definitions and data of which all changes are noticed",
)
_MOST_FACTS = 8
# What every snapshot has and no reader needs to see.
_FRAME = ("schema", "coverage", "inn", "ref")


def render(report: MutantReport, language: Language = "ru", *, short: bool = False) -> str:
    """The report as text; when `short` only the figures."""
    writer = _Writer(report, language)
    return "".join(log_line(line) + "\n" for line in (writer.summary() if short else writer.lines()))


class _Writer:
    def __init__(self, report: MutantReport, language: Language) -> None:
        self.report = report
        self.language = language

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def lines(self) -> Iterator[str]:
        yield say(_WHAT_COUNTS, self.language)
        for owner in self.report["owners"]:
            if owner["counts"]["killed"] + owner["counts"]["equivalent"] < owner["counts"]["mutants"]:
                yield from self._owner(owner)
        yield from self.summary()

    def _owner(self, owner: OwnerRow) -> Iterator[str]:
        kind = say(_KINDS[owner["kind"]], self.language)
        yield f"{kind}{owner['name']}: {self._counts(owner['counts'])} — {say(owner['title'], self.language)}"
        for mutant in owner["mutants"]:
            if mutant["state"] in _STATES:
                yield from self._mutant(mutant)

    def _mutant(self, mutant: MutantRow) -> Iterator[str]:
        place, what = mutant["location"], say(mutant["what"], self.language)
        state = say(_STATES[mutant["state"]], self.language)
        yield f"    {place['file']}:{place['line']}:{place['column']}: {what}: {state} [{mutant['id']}]"
        shown = mutant["shown_on"]
        if shown is not None:
            facts = list(_facts(shown["snapshot"]))
            told = ", ".join(facts[:_MOST_FACTS]) + (", …" if len(facts) > _MOST_FACTS else "")
            yield self.say(
                f"        заметил бы такой пример для {shown['policy']}: {told}",
                f"        an example of {shown['policy']} like this would notice it: {told}",
            )
        if mutant["bounds"] and mutant["state"] == "bounded":
            bounds = ", ".join(f"{path} {length}" for path, length in mutant["bounds"].items())
            yield self.say(f"        длина списков до: {bounds}", f"        lists up to: {bounds}")

    def _counts(self, counts: Counts) -> str:
        parts = [
            self.say(f"изменений {counts['mutants']}", f"changes {counts['mutants']}"),
            self.say(f"замечено {counts['killed']}", f"noticed {counts['killed']}"),
        ]
        for number, told in (
            (counts["alive"] + counts["unchecked"], Text("не замечено", "not noticed")),
            (counts["equivalent"], Text("равносильно", "equivalent")),
            (counts["bounded"], Text("доказано только для коротких списков", "proved for short lists only")),
            (counts["undecided"], Text("не выяснено", "undecided")),
        ):
            if number:
                parts.append(f"{say(told, self.language)} {number}")
        return ", ".join(parts)

    def summary(self) -> Iterator[str]:
        """The figures of the whole."""
        report = self.report
        whole = sum(
            o["counts"]["killed"] + o["counts"]["equivalent"] == o["counts"]["mutants"] for o in report["owners"]
        )
        number = len(report["owners"])
        only_policies = all(owner["kind"] == "policy" for owner in report["owners"])
        what = _POLICIES if only_policies else _POLICIES_AND_MORE
        yield f"{say(what, self.language)}: {self.say(f'{whole} из {number}', f'{whole} of {number}')}"
        examples = count_ru_en(report["examples"], ("пример", "примера", "примеров"), ("example", "examples"))
        counts = self._counts(report["counts"])
        yield self.say(f"Всего: {counts}; {examples.ru}", f"In all: {counts}; {examples.en}")
        score = f"{report['score']:.1f}"
        if self.language == "ru":
            score = score.replace(".", ",")
        yield self.say(
            f"Примеры замечают {score} % изменений; равносильные не в счёт",
            f"Examples notice {score}% of the changes; equivalent ones do not count",
        )
        wanted = report["threshold"]
        if wanted is not None and report["reached"]:
            yield self.say(f"Порог {wanted} % достигнут", f"The threshold of {wanted}% is reached")
        elif wanted is not None:
            yield self.say(f"Порог {wanted} % не достигнут", f"The threshold of {wanted}% is not reached")
        if report["counts"]["alive"] and not report["proposals"]:
            yield say(_PROPOSE, self.language)
        if not report["solver"] and report["counts"]["unchecked"]:
            yield say(_NO_SOLVER, self.language)


def _facts(value: object, path: str = "") -> Iterator[str]:
    """The facts of a snapshot as `path: value`, without its frame."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _FRAME:
                yield from _facts(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for place, item in enumerate(value):
            yield from _facts(item, f"{path}[{place}]")
    elif isinstance(value, list):
        yield f"{path}: [{', '.join(map(str, value))}]"
    else:
        told = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        yield f"{path}: {told}"
