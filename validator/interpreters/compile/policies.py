"""Policies as Python: for every list one function that judges all its items by all policies about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from validator.interpreters.compile.blocks import Block, Variable, both, either, indented
from validator.interpreters.compile.conditions import Conditions, Mode, bind_enclosing
from validator.interpreters.compile.needs import SUBJECT, Dependencies
from validator.interpreters.compile.operands import Rails, no
from validator.interpreters.compile.parts import (
    ADVICE,
    BITS,
    EXEMPT,
    MET,
    NOT_APPLICABLE,
    NOT_IN_FORCE,
    OPEN,
    OTHERWISE,
    POSITIVE,
    UNKNOWN,
    VIOLATION,
    Part,
)
from validator.interpreters.readings import overrides_of, readings_of, window_condition
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.expr import AllOf, AnyOf, Condition
from validator.logic.policy import Clauses, Decision, Modality, Norm, Policy, PolicySet, Reading, Subject, Window


class Frame(NamedTuple):
    """The parts of a norm or decision under one reading, each on two rails."""

    window: Rails
    applies: Rails
    exempt: Rails
    met: Rails


class ListFunction:
    """Writes the function of one list."""

    def __init__(self, conditions: Conditions, vocabulary: Vocabulary, path: str, parts: Sequence[Part]) -> None:
        self.conditions = conditions
        self.vocabulary = vocabulary
        self.path = path
        self.parts = parts
        self.top = Block(conditions.names)
        self.top.bind(ROOT, "o", vocabulary.root)
        self.day = Variable("day", self.top)
        self.loop = Block(conditions.names, self.top)
        self._bind_item(parts[0].subject)

    def _bind_item(self, subject: Subject) -> None:
        if not subject.scopes:
            return
        self.loop.bind(subject.scopes[-1], "x", self.vocabulary.record_of(subject.path))
        bind_enclosing(self.loop, self.vocabulary, subject.path, subject.scopes)
        for scope in subject.scopes:
            self.loop.scopes[SUBJECT + scope] = self.loop.scopes[scope]

    def write(self, name: str) -> str:
        """The text of the function: `name(c, items, blank)` gives one list of numbers for every part."""
        guards: list[str] = []
        body: list[str] = []
        for index, part in enumerate(self.parts):
            guard, lines = self._part(index, part)
            guards += guard
            body += lines
        outs = range(len(self.parts))
        lines = [
            "o, day = c.root, c.day",
            *self.top.opening(),
            *guards,
            *(f"out{i} = []" for i in outs),
            f"if {' or '.join(f'g{i} is None' for i in outs)}:",
            *indented(["for x in items:", *indented([*self.loop.opening(), *body])]),
            "n = len(items)",
            f"return [{', '.join(f'out{i} if g{i} is None else [g{i}] * n' for i in outs)}]",
        ]
        return "\n".join([f"def {name}(c, items, blank):", *indented(lines)])

    # --- one policy ---------------------------------------------------------------------------------------

    def _part(self, index: int, part: Part) -> tuple[list[str], list[str]]:
        """What decides the policy for all items at once, and what judges one item."""
        judged = self._judged(part.window)
        modes = [self._mode(readings, judged) for readings in readings_of(part.policy)]
        if isinstance(part.policy, Norm):
            assert part.clauses is not None
            frames = [self._norm_frame(part.policy, part.clauses, mode) for mode in modes]
            chain = _norm_chain(frames, _verdict_of(part.policy))
        else:
            frames = [self._decision_frame(part.policy, mode) for mode in modes]
            chain = _decision_chain(frames)
        return self._guard(index, part, modes), [
            f"if g{index} is None:",
            *indented([*chain, f"out{index}.append(v)"]),
        ]

    def _mode(self, readings: Sequence[Reading], judged: tuple[Variable, Variable]) -> Mode:
        overrides = overrides_of(*readings)
        return Mode(overrides, Dependencies(self.conditions.policies, overrides), *judged)

    def _judged(self, window: Window) -> tuple[Variable, Variable]:
        """The variables of the judged day."""
        if window.judged_through is None:
            return self.day, self.day
        found = self.conditions.operand(self.loop, window.judged_through, self._plain())
        low, high = ("-INF", "INF") if found.is_point else (found.low, found.high)
        call = f"judged({found.value}, {low}, {high}, day)"
        return self.loop.load_pair(call, [*found.uses, self.day])

    def _plain(self) -> Mode:
        return self._mode((), (self.day, self.day))

    def _norm_frame(self, norm: Norm, clauses: Clauses, mode: Mode) -> Frame:
        applies, required = clauses.applies_when, clauses.requirement
        if norm.modality is Modality.PERMISSION:
            applies, required = AllOf((applies, required)), AnyOf(())
        exceptions = [when for name, when in clauses.exceptions if name not in mode.overrides.without_exceptions]
        return Frame(
            self._rails(window_condition(clauses.window), mode),
            self._rails(applies, mode),
            self._rails(AnyOf(tuple(exceptions)), mode),
            self._rails(required, mode),
        )

    def _decision_frame(self, decision: Decision, mode: Mode) -> Frame:
        criteria = AllOf(tuple(criterion.when for criterion in decision.criteria))
        exclusions = AnyOf(tuple(exclusion.when for exclusion in decision.exclusions))
        return Frame(
            self._rails(window_condition(decision.window), mode),
            self._rails(decision.applies_when, mode),
            self._rails(exclusions, mode),
            self._rails(criteria, mode),
        )

    def _rails(self, condition: Condition, mode: Mode) -> Rails:
        return self.conditions.rails(self.loop, condition, mode)

    # --- what does not depend on the item -----------------------------------------------------------------

    def _guard(self, index: int, part: Part, modes: Sequence[Mode]) -> list[str]:
        """Where the organization and the day alone settle it under every reading, no item is looked at."""
        if self.path == ROOT:
            return [f"g{index} = None"]
        window = window_condition(part.window)
        if any(mode.dependencies.of(window).scopes for mode in modes):
            return [f"g{index} = None"]
        applies = part.clauses.applies_when if part.clauses is not None else _applies(part.policy)
        outside = [self._outside(window, applies, mode) for mode in modes]
        count = len(modes)
        barred = both((*(in_force.true for in_force, _ in outside), *(bars for _, bars in outside)))
        return _chain(
            (both(in_force.false for in_force, _ in outside), str(_packed(NOT_IN_FORCE, count))),
            (barred, str(_packed(NOT_APPLICABLE, count))),
            ("True", "None"),
            variable=f"g{index}",
        )

    def _outside(self, window: Condition, applies: Condition, mode: Mode) -> tuple[Rails, str]:
        """The window, and where the organization alone bars `applies_when`, read before the loop."""
        parts = applies.parts if isinstance(applies, AllOf) else (applies,)
        day = mode._replace(low=self.day, high=self.day)
        timed_by_item = mode.low is not self.day
        alone = [
            part
            for part in parts
            if not mode.dependencies.of(part).scopes and not (timed_by_item and mode.dependencies.of(part).timed)
        ]
        barring = [self.conditions.rails(self.top, part, day).false for part in alone]
        return self.conditions.rails(self.top, window, day), either(barring)


def _applies(policy: Policy) -> Condition:
    assert isinstance(policy, Decision)
    return policy.applies_when


def _verdict_of(norm: Norm) -> int:
    match norm.modality:
        case Modality.PERMISSION:
            return MET
        case Modality.RECOMMENDATION:
            return ADVICE
        case Modality.PROHIBITION | Modality.OBLIGATION:
            return VIOLATION


def _packed(verdict: int, count: int) -> int:
    return sum(verdict << (BITS * place) for place in range(count))


def _norm_chain(frames: Sequence[Frame], violated: int) -> list[str]:
    """The verdict of an item as `v` (see `judge.judge_norm`)."""
    first = frames[0]
    count = len(frames)
    if count == 1:
        return _norm_steps(first, violated)
    alike = all(frame.window == first.window and frame.applies == first.applies for frame in frames)
    lines: list[str] = []
    if alike:
        lines.append(f"if {first.window.false}: v = {_packed(NOT_IN_FORCE, count)}")
        barred = both((first.window.true, first.applies.false))
        lines.append(f"elif {barred}: v = {_packed(NOT_APPLICABLE, count)}")
        return [*lines, "else:", *indented(_each(frames, lambda frame: _norm_steps(frame, violated)))]
    return _each(frames, lambda frame: _norm_steps(frame, violated))


def _each(frames: Sequence[Frame], steps: Callable[[Frame], list[str]]) -> list[str]:
    """The verdict under every reading, packed into `v`."""
    lines: list[str] = []
    for place, frame in reversed(list(enumerate(frames))):
        lines += steps(frame)
        if place == len(frames) - 1:
            lines.append("others = v")
        else:
            lines.append(f"others = others << {BITS} | v")
    return [*lines, "v = others"]


def _norm_steps(frame: Frame, violated: int) -> list[str]:
    window, applies, exempt, met = frame
    # Of an item that an incomplete list may hold, it counts that the norm can't apply, even when its day is open.
    late = either((applies.false, exempt.true, met.true))
    return _chain(
        (window.false, str(NOT_IN_FORCE)),
        (no(window.true), f"{NOT_APPLICABLE} if blank and {applies.false} else {OPEN} if {late} else {UNKNOWN}"),
        (applies.false, str(NOT_APPLICABLE)),
        (no(applies.true), f"{OPEN} if {either((exempt.true, met.true))} else {UNKNOWN}"),
        (exempt.true, str(EXEMPT)),
        (no(exempt.false), f"{OPEN} if {met.true} else {UNKNOWN}"),
        (met.true, str(MET)),
        (met.false, str(violated)),
        ("True", str(UNKNOWN)),
    )


def _decision_chain(frames: Sequence[Frame]) -> list[str]:
    return _each(frames, _decision_steps) if len(frames) > 1 else _decision_steps(frames[0])


def _decision_steps(frame: Frame) -> list[str]:
    """The verdict of an item as `v` (see `judge.judge_decision`); `exempt` are exclusions, `met` criteria."""
    window, applies, excluded, criteria = frame
    return _chain(
        (window.false, str(NOT_IN_FORCE)),
        (applies.false, f"{NOT_APPLICABLE} if {window.true} else {OPEN}"),
        (either((no(window.true), no(applies.true))), str(UNKNOWN)),
        (both((criteria.true, excluded.false)), str(POSITIVE)),
        (either((criteria.false, excluded.true)), str(OTHERWISE)),
        ("True", str(UNKNOWN)),
    )


def _chain(*steps: tuple[str, str], variable: str = "v") -> list[str]:
    """An if-chain that sets a variable, without the steps that can't be taken and those behind a sure one."""
    lines: list[str] = []
    for test, value in steps:
        if test == "False":
            continue
        if test == "True":
            return [*lines, f"else: {variable} = {value}"] if lines else [f"{variable} = {value}"]
        lines.append(f"{'elif' if lines else 'if'} {test}: {variable} = {value}")
    return lines


def source_of(policies: PolicySet, vocabulary: Vocabulary, parts: dict[str, list[Part]]) -> str:
    """The text of the program."""
    conditions = Conditions(policies, vocabulary)
    lists = [
        ListFunction(conditions, vocabulary, path, found).write(f"judge{index}")
        for index, (path, found) in enumerate(parts.items())
    ]
    constants = [f"{name} = {told}" for told, name in conditions.constants.items()]
    return "\n\n".join(["\n".join(constants), *conditions.functions, *lists]) + "\n"
