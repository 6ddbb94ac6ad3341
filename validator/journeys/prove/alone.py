"""What can be asked of one policy alone: whether it ever applies, can be violated and met, and which of its
branches are ever reached (ANA-A1 to A4, A11, A18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from validator.interpreters.prose import sentence
from validator.interpreters.smt.answer import Answer
from validator.interpreters.smt.query import (
    Both,
    Either,
    Judged,
    Negated,
    Query,
    applies,
    judged,
    moved,
    somewhere,
    stays,
    surely,
    verdicts,
    violated,
)
from validator.journeys.prove.digests import named_by
from validator.journeys.prove.ground import Found, Ground, settled
from validator.journeys.prove.reach import cut_days
from validator.journeys.prove.told import days_after
from validator.logic.expr import AllOf, Condition, Not
from validator.logic.policy import Clauses, Decision, Modality, Norm, Period, Policy, Reading
from validator.logic.proof import Status, Weight
from validator.logic.text import Text

MEND = Text("исправьте условия политики", "mend the conditions of the policy")


def alone(ground: Ground) -> Iterator[Found]:
    """The findings about each policy by itself."""
    for policy in ground.policies.policies():
        if ground.concerns(policy.id):
            yield from _Alone(ground, policy).findings()


class _Alone:
    """The questions about one policy."""

    def __init__(self, ground: Ground, policy: Policy) -> None:
        self.ground = ground
        self.policy = policy
        self.several = isinstance(policy, Norm) and len(policy.clauses) > 1

    def findings(self) -> Iterator[Found]:
        for part in self.ground.parts(self.policy):
            if isinstance(self.policy, Norm):
                yield from self._norm(self.policy, part)
            else:
                yield from self._decision(self.policy, part)

    def on(self, analysis: str) -> bool:
        """Whether the analysis is made of the policy."""
        return not self.ground.switched_off(analysis, self.policy)

    def put(self, part: Judged, query: Query, extra: str) -> Answer:
        """Ask whether some item is so, without recording the question yet."""
        return self.ground.probe((self.policy.id,), somewhere(part, query), f"{part.subject.path} {extra}")

    def note(self, analysis: str, part: Judged, asks: Text, answer: Answer) -> None:
        """Record a question that was put."""
        self.ground.note(analysis, (self.policy.id,), part.subject.path, asks, answer)

    # --- norms ------------------------------------------------------------------------------------------------

    def _norm(self, norm: Norm, part: Judged) -> Iterator[Found]:
        permission = norm.modality is Modality.PERMISSION
        reached = [] if permission else [self.put(part, violated(part), "violated")]
        if not permission:
            reached.append(self.put(part, _well(part), "met"))
        applied, engaged = self._implied(part, reached)
        if self.on("ANA-A1"):
            self.note("ANA-A1", part, _asks(norm.id, "применима", "applies to"), applied)
            if applied.status is Status.PROVED:
                yield self._dead(part)
        alive = applied.status is not Status.PROVED
        if norm.exceptions:
            yield from self._swallowed(norm, part, engaged, alive=alive)
        if not permission:
            yield from self._both_ways(norm, part, reached, alive=alive and engaged.status is not Status.PROVED)
        if alive:
            yield from self._exceptions(norm, part)
            yield from self._readings(norm, part)

    def _implied(self, part: Judged, reached: list[Answer]) -> tuple[Answer, Answer]:
        """Whether the policy ever applies, and ever without an exception; both follow where an item was found."""
        found = next((answer for answer in reached if answer.status is Status.WITNESS), None)
        if found is not None:
            return found, found
        engaged = self.put(part, surely(part.engaged, part.mode), "engaged")
        if engaged.status is Status.WITNESS:
            return engaged, engaged
        return self.put(part, applies(part), "applies"), engaged

    def _dead(self, part: Judged) -> Found:
        where = Text(f" ({part.subject.path})", f" ({part.subject.path})") if self.several else Text("", "")
        core = self._core(part, [part.in_force, *_conjuncts(part.applies)])
        return Found(
            "ANA-A1",
            Weight.ERROR,
            (self.policy.id,),
            Text(
                f"`{self.policy.id}` не применима ни к одному возможному снимку{where.ru}",
                f"`{self.policy.id}` applies to no possible snapshot{where.en}",
            ),
            MEND,
            core=(part.subject.path, *map(named_by, core)),
            because=tuple(
                sentence(condition, self.ground.policies, about=part.subject.scope) for condition in core
            ),
            question=self.ground.last,
            reading=self._reading(part, "applies", applies),
        )

    def _reading(self, part: Judged, what: str, query: Callable[[Judged], Query]) -> Reading | None:
        """A recorded reading under which something is possible after all."""
        others = [reading for reading in self.policy.readings if not reading.chosen]
        found = [one for one in self.ground.under_readings(self.policy) if one.subject.path == part.subject.path]
        for reading, other in zip(others, found[1:], strict=True):
            if self.put(other, query(other), f"{what} under {reading.id}").status is Status.WITNESS:
                return reading
        return None

    def _core(self, part: Judged, conditions: list[Condition]) -> list[Condition]:
        """A smallest group of conditions that already exclude each other."""
        kept = list(conditions)
        for condition in conditions:
            fewer = [other for other in kept if other is not condition]
            query = surely(AllOf(tuple(fewer)), part.mode)
            places = " ".join(str(conditions.index(other)) for other in fewer)
            if self.put(part, query, f"core {places}").status is Status.PROVED:
                kept = fewer
        return kept

    def _swallowed(self, norm: Norm, part: Judged, engaged: Answer, *, alive: bool) -> Iterator[Found]:
        if not self.on("ANA-A2"):
            return
        answer = engaged if alive else settled(Status.UNREACHABLE)
        self.note(
            "ANA-A2", part, _asks(norm.id, "применима без исключений", "applies to without exception"), answer
        )
        if not alive:
            return
        question = self.ground.last
        if engaged.status is Status.PROVED:
            yield self._swallowed_in(norm, part, None, question)
        elif cut_days(self.ground.policies, norm):
            for period in self.ground.stretches((norm.id,)):
                if self._in(part, applies(part), period, "applies") and not self._in(
                    part, surely(part.engaged, part.mode), period, "engaged"
                ):
                    yield self._swallowed_in(norm, part, period, question)

    def _in(self, part: Judged, query: Query, period: Period, extra: str) -> bool:
        """Whether something is possible on days of a period; what is not decided counts as possible."""
        asked = Both((query, self.ground.within(period)))
        return self.put(part, asked, f"{extra} {period}").status is not Status.PROVED

    def _swallowed_in(self, norm: Norm, part: Judged, period: Period | None, question: int) -> Found:
        days = days_after(period or Period())
        return Found(
            "ANA-A2",
            Weight.ERROR,
            (norm.id,),
            Text(
                f"исключения нормы `{norm.id}` забирают всё, к чему она применима{days.ru}",
                f"the exceptions of `{norm.id}` cover all that it applies to{days.en}",
            ),
            Text("сузьте исключения или уберите норму", "narrow the exceptions, or drop the norm"),
            core=(part.subject.path, *(e.id for e in norm.exceptions), *([] if period is None else [str(period)])),
            days=period,
            question=question,
        )

    def _both_ways(self, norm: Norm, part: Judged, reached: list[Answer], *, alive: bool) -> Iterator[Found]:
        """Whether the norm can be violated, and whether it can be met."""
        sides = (
            (
                "ANA-A3",
                _asks(norm.id, "нарушена", "violates", turned=True),
                Text(f"`{norm.id}` невозможно нарушить", f"`{norm.id}` can't be violated"),
            ),
            (
                "ANA-A4",
                _asks(norm.id, "применима и выполнена", "applies to and is met by"),
                Text(
                    f"`{norm.id}` невозможно выполнить там, где она применима",
                    f"`{norm.id}` can't be met where it applies",
                ),
            ),
        )
        open_for_ever = alive and all(answer.status is Status.PROVED for answer in reached)
        for (analysis, asks, message), answer in zip(sides, reached, strict=True):
            if not self.on(analysis):
                continue
            self.note(analysis, part, asks, answer if alive else settled(Status.UNREACHABLE))
            if alive and answer.status is Status.PROVED and not open_for_ever:
                core = (part.subject.path,)
                question = self.ground.last
                wanted = violated if analysis == "ANA-A3" else _well
                reading = self._reading(part, analysis, wanted)
                yield Found(
                    analysis, Weight.ERROR, (norm.id,), message, MEND, core=core, question=question, reading=reading
                )

        if open_for_ever and self.on("ANA-A12"):
            yield self._never_settled(norm, part)

    def _never_settled(self, norm: Norm, part: Judged) -> Found:
        """Neither violated nor met where it applies: told once, and not as two faults."""
        return Found(
            "ANA-A12",
            Weight.WARNING,
            (norm.id,),
            Text(
                f"там, где `{norm.id}` применима, о её соблюдении никогда нельзя судить ({part.subject.path})",
                f"where `{norm.id}` applies, no facts decide it ({part.subject.path})",
            ),
            Text("уберите из требования вопрос без ответа", "remove the unanswered question from the requirement"),
            core=(part.subject.path, "where it applies"),
            question=self.ground.last,
            reading=self._reading(part, "violated", violated),
        )

    # --- branches -----------------------------------------------------------------------------------------------

    def _exceptions(self, norm: Norm, part: Judged) -> Iterator[Found]:
        clauses = next(found for found in norm.clauses if found.subject is part.subject)
        frame = (part.in_force, part.applies)
        if self.on("ANA-A18"):
            for name, when in clauses.exceptions:
                answer = self.put(part, surely(AllOf((*frame, when)), part.mode), f"exception {name}")
                asks = _asks(norm.id, f"применима с исключением `{name}`", f"applies to by its exception `{name}`")
                yield from self._branch(part, asks, answer, name)
        dropped = {frozenset(reading.without_exceptions) for reading in norm.readings} - {frozenset()}
        if self.on("ANA-A11"):
            for (one, first), (other, second) in combinations(clauses.exceptions, 2):
                if any((one in names) != (other in names) for names in dropped):
                    query = surely(AllOf((*frame, Not(part.met), first, second)), part.mode)
                    yield from self._overlap(norm, part, (one, other), query)

    def _overlap(self, norm: Norm, part: Judged, names: tuple[str, str], query: Query) -> Iterator[Found]:
        one, other = names
        asks = Text(
            f"есть ли снимок, где для `{norm.id}` верны оба исключения `{one}` и `{other}`?",
            f"is there a snapshot where both exceptions `{one}` and `{other}` of `{norm.id}` hold?",
        )
        answer = self.ground.ask(
            "ANA-A11", (norm.id,), part.subject.path, asks, somewhere(part, query), f"overlap {one} {other}"
        )
        if answer.status is Status.WITNESS:
            yield Found(
                "ANA-A11",
                Weight.WARNING,
                (norm.id,),
                Text(
                    f"исключения `{one}` и `{other}` нормы `{norm.id}` верны вместе, а прочтение убирает лишь одно",
                    f"exceptions `{one}` and `{other}` of `{norm.id}` hold together, and a reading drops only one",
                ),
                Text("разведите исключения условиями", "set the exceptions apart by their conditions"),
                core=(part.subject.path, one, other),
                answer=answer,
                days=self.ground.days_around((norm.id,), somewhere(part, query), answer, f"overlap {one} {other}"),
                show=norm.id,
                question=self.ground.last,
            )

    def _branch(self, part: Judged, asks: Text, answer: Answer, name: str) -> Iterator[Found]:
        self.note("ANA-A18", part, asks, answer)
        if answer.status is Status.PROVED:
            yield Found(
                "ANA-A18",
                Weight.WARNING,
                (self.policy.id,),
                Text(
                    f"ветвь `{name}` политики `{self.policy.id}` недостижима ({part.subject.path})",
                    f"branch `{name}` of `{self.policy.id}` is never reached ({part.subject.path})",
                ),
                Text("уберите её или исправьте условие", "remove it, or mend its condition"),
                core=(part.subject.path, name),
                question=self.ground.last,
            )

    def _readings(self, norm: Norm | Decision, part: Judged) -> Iterator[Found]:
        """A recorded reading that never changes a verdict."""
        if not self.on("ANA-A18"):
            return
        clauses = None
        if isinstance(norm, Norm):
            clauses = next(found for found in norm.clauses if found.subject is part.subject)
        for reading in norm.readings:
            if reading.chosen or reading.severity is not None:
                continue
            answer = self.put(part, self._differs(norm, clauses, part, reading), f"reading {reading.id}")
            asks = Text(
                f"есть ли снимок, где прочтение `{reading.id}` меняет вердикт `{norm.id}`?",
                f"is there a snapshot where reading `{reading.id}` changes the verdict of `{norm.id}`?",
            )
            yield from self._branch(part, asks, answer, reading.id)

    def _differs(self, policy: Norm | Decision, clauses: Clauses | None, part: Judged, reading: Reading) -> Query:
        chosen = tuple(other for other in policy.readings if other.chosen)
        one, other = verdicts(part), verdicts(judged(self.ground.policies, policy, clauses, (*chosen, reading)))
        return Either(tuple(Both((one[name], Negated(other[name]))) for name in one))

    # --- decisions ------------------------------------------------------------------------------------------------

    def _decision(self, decision: Decision, part: Judged) -> Iterator[Found]:
        outcomes = {
            decision.positive: self.put(part, moved(part), "positive"),
            decision.otherwise: self.put(part, stays(part), "otherwise"),
        }
        applied = self._implied(part, list(outcomes.values()))[0]
        if self.on("ANA-A1"):
            self.note("ANA-A1", part, _asks(decision.id, "применимо", "applies to"), applied)
            if applied.status is Status.PROVED:
                yield self._dead(part)
                return
        if not self.on("ANA-A18"):
            return
        for name, answer in outcomes.items():
            yield from self._branch(part, _asks(decision.id, f"даёт `{name}`", f"gives `{name}` for"), answer, name)
        tests = [(one.id, Not(one.when)) for one in decision.criteria]
        tests += [(one.id, one.when) for one in decision.exclusions]  # type: ignore[misc]
        for name, condition in tests:
            query = surely(AllOf((part.in_force, part.applies, condition)), part.mode)
            asks = _asks(decision.id, f"решает признаком `{name}`", f"decides by `{name}`")
            yield from self._branch(part, asks, self.put(part, query, f"test {name}"), name)
        yield from self._readings(decision, part)


def _asks(name: str, ru: str, en: str, *, turned: bool = False) -> Text:
    if turned:
        return Text(f"есть ли снимок, где `{name}` {ru}?", f"is there a snapshot that {en} `{name}`?")
    return Text(f"есть ли снимок, к которому `{name}` {ru}?", f"is there a snapshot that `{name}` {en}?")


def _well(part: Judged) -> Query:
    return surely(AllOf((part.engaged, part.met)), part.mode)


def _conjuncts(condition: Condition) -> list[Condition]:
    return [*condition.parts] if isinstance(condition, AllOf) else [condition]
