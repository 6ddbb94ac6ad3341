"""The outcome of a test run for people: what did not come out as expected, why, and what examples leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from validator.journeys.examples.report import (
    CaseReport,
    CaseRow,
    CoverageReport,
    CoverageRow,
    LeafRow,
    MismatchRow,
    ProblemRow,
)
from validator.logic.report import BothTexts, Location
from validator.logic.text import Language, Text
from validator.render.json_text import json_text
from validator.render.safe import log_line
from validator.render.words import REASONS, VERDICTS, count_ru_en, say

_TRUTHS = {
    "true": Text("выполнено", "true"),
    "false": Text("не выполнено", "false"),
    "unknown": Text("неизвестно", "unknown"),
}
_WHAT_COUNTS = Text(
    "Условие показано, если в примерах оно бывает выполнено, не выполнено и неизвестно. Чем оно быть не может, "
    "не считается: обязательное поле не бывает неизвестным, нерешённый вопрос права всегда неизвестен.",
    "A condition is shown when examples make it true, false and unknown. What it can't be is not counted: "
    "a required field is never unknown, an unsettled question of law always is.",
)
_MOST_NAMES = 12


def render_json(report: CaseReport) -> str:
    """The report as JSON text with a final line end."""
    return json_text(report, indent=2) + "\n"


def render(report: CaseReport, language: Language = "ru") -> str:
    """The report as text."""
    return "".join(log_line(line) + "\n" for line in _Writer(report, language).lines())


class _Writer:
    def __init__(self, report: CaseReport, language: Language) -> None:
        self.report = report
        self.language = language

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def lines(self) -> Iterator[str]:
        failed = [case for case in self.report["cases"] if case["ending"] != "passed"]
        told: list[list[ProblemRow]] = []
        for case in failed:
            if case["problems"] and case["problems"] in told:
                continue  # one mistake in what cases share: told once, with how many it stops
            same = sum(case["problems"] == other["problems"] for other in failed) if case["problems"] else 0
            told.append(case["problems"])
            yield from self._case(case, same)
        if self.report["coverage"] is not None:
            yield from self._coverage(self.report["coverage"])
        yield from self._summary()

    # --- cases --------------------------------------------------------------------------------------------

    def _case(self, case: CaseRow, same: int) -> Iterator[str]:
        yield ": ".join(part for part in (case["policy"], case["name"]) if part) or _place(case["location"])
        for problem in case["problems"]:
            yield from self._problem(problem)
        if same > 1:
            more = count_ru_en(same - 1, ("пример", "примера", "примеров"), ("case", "cases"))
            yield self.say(f"    из-за этого не выполнены и другие: {more.ru}", f"    this stops {more.en} more")
        for mismatch in case["mismatches"]:
            yield from self._mismatch(mismatch)
        if case["explanation"]:
            where = "" if case["facts"] in (None, case["location"]["file"]) else f" ({case['facts']})"
            about = f"{case['judged']}{where}"
            yield self.say(f"    Что решило о {about}:", f"    What decided about {about}:")
            for line in case["explanation"]:
                yield "  " * (line["depth"] + 2) + line[self.language]

    def _problem(self, problem: ProblemRow) -> Iterator[str]:
        where = problem["file"]
        if problem["line"] is not None:
            where += f":{problem['line']}:{problem['column']}"
        path = f"{problem['path']}: " if problem["path"] else ""
        yield f"    {where}: {path}{say(problem['message'], self.language)} [{problem['code']}]"
        if say(problem["help"], self.language):
            yield f"        {say(problem['help'], self.language)}"

    def _mismatch(self, found: MismatchRow) -> Iterator[str]:
        where = _place(found["location"])
        if found["what"] != "expect":
            yield f"    {where}: {say(found['message'], self.language)} [example-mismatch]"
            return
        expected = self._word(found["expected"], found["expected_title"])
        got = self._word(found["got"], found["got_title"])
        told = self.say(f"ожидалось {expected}, получено {got}", f"expected {expected}, got {got}")
        yield f"    {where}: {told} [example-mismatch]"

    def _word(self, word: str, title: BothTexts | None) -> str:
        """A word of the language, and what reports call it."""
        name = title or REASONS.get(word) or VERDICTS.get(word)
        told = say(name, self.language) if name else word
        return f"`{word}`" if told.casefold() == word.casefold() else f"`{word}` ({told})"

    # --- coverage -----------------------------------------------------------------------------------------

    def _coverage(self, found: CoverageReport) -> Iterator[str]:
        leaves = sum(len(row["leaves"]) for row in found["rows"])
        if not leaves:
            yield self.say("Условий, которые можно показать примерами, нет", "There are no conditions to show")
            return
        yield say(_WHAT_COUNTS, self.language)
        for row in found["rows"]:
            if row["shown"] < row["possible"]:
                yield from self._row(row)
        whole = sum(row["shown"] == row["possible"] for row in found["rows"])
        rows = len(found["rows"])
        yield self.say(f"Показаны полностью: {whole} из {rows}", f"Shown in full: {whole} of {rows}")
        share, number = self._share(found["shown"], found["possible"]), f"{found['shown']}"
        yield self.say(
            f"Покрытие условий: {number} из {found['possible']} ({share}); условий {leaves}",
            f"Coverage of conditions: {number} of {found['possible']} ({share}); conditions {leaves}",
        )
        missing = Counter(t for row in found["rows"] for leaf in row["leaves"] for t in leaf["not_shown"])
        if missing:
            parts = ", ".join(f"{say(told, self.language)} — {missing[truth]}" for truth, told in _TRUTHS.items())
            yield self.say(f"Не показано: {parts}", f"Not shown: {parts}")
        if found["at_least"] is not None:
            wanted = found["at_least"]
            if found["reached"]:
                yield self.say(f"Порог {wanted} % достигнут", f"The threshold of {wanted}% is reached")
            else:
                yield self.say(f"Порог {wanted} % не достигнут", f"The threshold of {wanted}% is not reached")

    def _share(self, shown: int, possible: int) -> str:
        """A share in percent, rounded down, so that only what is whole is called 100."""
        tenths = shown * 1000 // possible
        return self.say(f"{tenths // 10},{tenths % 10} %", f"{tenths // 10}.{tenths % 10}%")

    def _row(self, row: CoverageRow) -> Iterator[str]:
        kind = "" if row["kind"] == "policy" else self.say("определение ", "definition ")
        title = say(row["title"], self.language)
        share = self.say(f"{row['shown']} из {row['possible']}", f"{row['shown']} of {row['possible']}")
        yield f"{kind}{row['name']}: {share} — {title}"
        for leaf in row["leaves"]:
            if leaf["not_shown"]:
                yield self._leaf(leaf)

    def _leaf(self, leaf: LeafRow) -> str:
        truths = ", ".join(say(_TRUTHS[truth], self.language) for truth in leaf["not_shown"])
        missing = self.say(f"не показано: {truths}", f"not shown: {truths}")
        return f"    {_place(leaf['location'])}: {missing}: {say(leaf['statement'], self.language)}"

    # --- summary ------------------------------------------------------------------------------------------

    def _summary(self) -> Iterator[str]:
        counts, without = self.report["counts"], self.report["policies_without_examples"]
        if without:
            names = ", ".join(without[:_MOST_NAMES]) + (", …" if len(without) > _MOST_NAMES else "")
            number = len(without)
            yield self.say(
                f"Политик без единого примера {number}: {names}", f"Policies without an example {number}: {names}"
            )
        line = self.say(
            f"Примеров {counts['cases']}, не сошлось {counts['mismatch']}",
            f"Examples {counts['cases']}, mismatches {counts['mismatch']}",
        )
        if counts["error"]:
            line += self.say(
                f", не выполнено из-за ошибок {counts['error']}", f", not run for mistakes {counts['error']}"
            )
        yield line


def _place(location: Location) -> str:
    return f"{location['file']}:{location['line']}:{location['column']}"
