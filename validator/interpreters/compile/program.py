"""The whole policy set as one generated Python program: the fast path, never trusted without the reference.

It finds that something is violated or unknown; why is told by the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from validator.interpreters.compile import runtime
from validator.interpreters.compile.parts import (
    ADVICE,
    BITS,
    OKAY,
    OPEN,
    POSITIVE,
    UNKNOWN,
    VIOLATION,
    WORDS,
    Part,
    Written,
    outline_of,
    parts_of,
)
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.lean import COMPLETE, NEVER, Facts, Types, closed_slot, list_slot
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import Decision, PolicySet


class Judged(NamedTuple):
    """The verdicts of a policy on the items of a list, in their order; `rest` is that on possible other items."""

    part: Part
    codes: list[int]
    rest: int | None


class Program:
    """Generated code, loaded, for one policy set and vocabulary."""

    def __init__(self, policies: PolicySet, vocabulary: Vocabulary, written: Written | None = None) -> None:
        """`written` is another program for the same policies and vocabulary; without it, it is written."""
        self.policies = policies
        self.vocabulary = vocabulary
        self.types = Types()
        self.written = written or write(policies, vocabulary)
        self.parts = parts_of(policies, self.written.outline)
        space: dict[str, Any] = {"NEVER": NEVER}
        space |= {name: getattr(runtime, name) for name in runtime.__all__}
        exec(self.written.code, space)
        self.functions: dict[str, Callable[..., list[list[int]]]] = {
            path: space[f"judge{index}"] for index, path in enumerate(self.parts)
        }
        self.reference = runtime.Reference(policies)

    def judge(self, facts: Facts, law_date: int) -> Iterator[Judged]:
        """Every policy on every list of the facts, by the law of a day."""
        run = runtime.Run(facts, law_date, self.reference)
        for path, parts in self.parts.items():
            items, blanks = self._items(facts, path)
            found = self.functions[path](run, items, False)
            others = self.functions[path](run, blanks, True) if blanks else [[] for _ in parts]
            for part, codes, possible in zip(parts, found, others, strict=True):
                rest = None
                if possible and part.number is not None and not _violated(codes):
                    rest = _rest([code & 15 for code in possible])
                yield Judged(part, codes, rest)

    def _items(self, facts: Facts, path: str) -> tuple[list[Any], list[Any]]:
        """The items of a list path, and one blank item for each list on the way that may be incomplete."""
        if path == ROOT:
            return [facts.root], []
        parts = path.split(".")
        holders: list[Any] = [facts.root]
        blanks: list[Any] = []
        for index, name in enumerate(parts):
            open_ones = [holder for holder in holders if getattr(holder, closed_slot(name)) != COMPLETE]
            blanks += [self._blank(parts, index, None if index == 0 else holder) for holder in open_ones]
            holders = [item for holder in holders for item in getattr(holder, list_slot(name))]
        return holders, blanks

    def _blank(self, parts: list[str], index: int, up: Any) -> Any:
        """An item of which nothing is known, within the `index`-th list of the path."""
        for last in range(index, len(parts)):
            made: Any = self.types.type_of(self.vocabulary.record_of(".".join(parts[: last + 1])))
            up = made(up)
        return up


def _violated(codes: list[int]) -> bool:
    return any(code & 15 in (VIOLATION, ADVICE) for code in codes)


def _rest(codes: list[int]) -> int:
    if any(code > OPEN for code in codes):
        return UNKNOWN
    return codes[0] if len(set(codes)) == 1 else OPEN


def verdict_of(part: Part, code: int) -> tuple[str, str | None]:
    """The verdict and its reason that four bits stand for."""
    if code in OKAY:
        return "ok", OKAY[code]
    if code in WORDS:
        return WORDS[code], None
    assert isinstance(part.policy, Decision)
    return (part.policy.positive if code == POSITIVE else part.policy.otherwise), None


def readings_in(part: Part, code: int) -> list[int]:
    """The four bits of every reading, the chosen one first."""
    count = 1 + sum(not reading.chosen for reading in part.policy.readings)
    return [code >> (BITS * place) & 15 for place in range(count)]


def write(policies: PolicySet, vocabulary: Vocabulary) -> Written:
    """A new program. The modules that write it are loaded only then."""
    from validator.interpreters.compile.policies import source_of  # noqa: PLC0415

    outline = outline_of(policies)
    text = source_of(policies, vocabulary, parts_of(policies, outline))
    return Written(compile(text, "<policies>", "exec"), outline)
