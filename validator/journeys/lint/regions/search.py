"""The search for facts that meet every goal: split the box of facts wherever a demand leaves a choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, assert_never

from validator.interpreters.readings import Overrides
from validator.journeys.lint.regions.differences import Least
from validator.journeys.lint.regions.expand import demands
from validator.journeys.lint.regions.goals import (
    ORGANIZATION,
    Add,
    Ask,
    Bound,
    Choice,
    Env,
    Goal,
    Guess,
    Item,
    Judged,
    Key,
    Narrow,
    Opaque,
    Point,
    Words,
    one_of,
)
from validator.journeys.lint.regions.operands import Fixed, Linear, Operands, known_goal
from validator.journeys.lint.regions.references import points
from validator.journeys.lint.regions.state import AS_OF, JUDGED, ForEach, State
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Meets,
    Not,
    OneOf,
    Quantified,
    Quantity,
    SetTest,
    Undecided,
)
from validator.logic.policy import PolicySet, Subject, Window
from validator.logic.shape import RecordShape
from validator.logic.values import SpecialDay, Value

MOST_STEPS = 3000
MOST_ITEMS = 12


class Possible(NamedTuple):
    """Whether there are facts that meet every goal: `yes`, `no`, or None with the reason why it is not known.

    With `yes` the `box` is of such facts: any that lie in it will do.
    """

    yes: bool | None
    why: str = ""
    box: State | None = None


class _TooLongError(Exception):
    """More steps than one question may take."""


class Search:
    """Questions about one policy, under one reading, for one of the lists it is about.

    Facts are those of a snapshot that its reader accepts, all lists complete; the law date is the snapshot's day.
    Declared invariants are not looked at. A question that nobody settled may be answered either way. `mindful`
    says that it matters which facts are known at all, not only what they are; `pointed` that it matters which item
    a reference points to, not only what is so of that item.
    """

    def __init__(
        self,
        policies: PolicySet,
        root: RecordShape,
        overrides: Overrides,
        subject: Subject,
        window: Window,
        *,
        mindful: bool = False,
        pointed: bool = False,
    ) -> None:
        item = ORGANIZATION
        self.env: dict[str, Item] = {ROOT: ORGANIZATION}
        self.lists: dict[Key, tuple[Item, ...]] = {}
        for scope, name in zip(subject.scopes, subject.path.split("."), strict=False):
            holder = item
            item = Item(f"the {scope}", None if holder is ORGANIZATION else holder)
            self.env[scope] = item
            self.lists[holder.name, (name,)] = (item,)
        self.operands = Operands(policies, root, overrides, self.env, window, mindful, pointed)
        self.policies = policies
        self.pointed = pointed
        self.steps = 0
        self.left = MOST_STEPS
        self._found = State()
        self._known: dict[tuple[int, bool, tuple[str, ...]], tuple[Goal, ...]] = {}
        self._kept: list[Condition] = []

    def possible(self, goals: Iterable[tuple[Condition, bool]]) -> Possible:
        """Whether all the conditions can surely have these truths at once."""
        state = State()
        state.items.update(self.lists)
        agenda: list[Goal] = [Ask(condition, truth, self.env) for condition, truth in goals]
        agenda.reverse()
        self.left = MOST_STEPS
        try:
            why = self._solve(state, agenda, [])
        except (_TooLongError, RecursionError):
            return Possible(None, "steps")
        if why is None:
            return Possible(False)
        return Possible(None, why) if why else Possible(True, box=self._found)

    # --- splitting --------------------------------------------------------------------------------------------

    def _solve(self, state: State, agenda: list[Goal], choices: list[Choice]) -> str | None:
        """None when no facts meet every goal, "" when some surely do, else why nobody can tell."""
        while True:
            if not self._settle(state, agenda, choices):
                return None
            found = self._narrowed(state, choices)
            if found is None:
                return None
            choices, agenda = found
            if not agenda:
                break
        if not choices:
            self._found = state
            return state.doubt()
        choices.sort(key=lambda choice: len(choice.ways))
        first, *rest = choices
        doubt: str | None = None
        doubted = state.guess
        for way in first.ways:
            why = self._solve(state.copy(), [*reversed(way)], list(rest))
            if why == "" or (why and doubted):
                return why
            doubt = doubt or why
        return doubt

    def _narrowed(self, state: State, choices: list[Choice]) -> tuple[list[Choice], list[Goal]] | None:
        """The choices without what is no longer possible, and the goals of those that are none any more."""
        left: list[Choice] = []
        agenda: list[Goal] = []
        for choice in choices:
            ways = [way for way in choice.ways if all(state.allows(goal) for goal in way)]
            if not ways:
                return None
            if len(ways) == 1:
                agenda += reversed(ways[0])
            elif () not in ways:
                left.append(choice if len(ways) == len(choice.ways) else Choice(tuple(ways)))
        return left, agenda

    def _settle(self, state: State, agenda: list[Goal], choices: list[Choice]) -> bool:
        """Meet every goal that leaves no choice; False when one can't be met."""
        while agenda:
            goal = agenda.pop()
            match goal:
                case Choice(ways):
                    if not ways:
                        return False
                    choices.append(goal)
                case Ask():
                    self._step()
                    agenda += reversed(self._expanded(state, goal))
                case Add(where, bind, body, truth, env):
                    item = Item(f"{where[0]}/{bind} {state.size}", _parent(env, where[0]))
                    agenda += self._add(state, where, item)
                    agenda.append(Ask(body, truth, {**env, bind: item}))
                case Point(key, where, known):
                    if key in state.targets:
                        if known and state.targets[key] != known:
                            return False
                        continue
                    state.targets[key] = known or Item(f"{key[0]}.{'.'.join(key[1])}")
                    agenda += () if known else self._add(state, where, state.targets[key])
                case Judged():
                    if not state.judged:
                        state.judged = True
                        agenda += self._judged()
                case _:
                    if not state.take(goal):
                        return False
        return True

    def _step(self) -> None:
        self.steps += 1
        self.left -= 1
        if self.left < 0:
            raise _TooLongError

    # --- conditions -------------------------------------------------------------------------------------------

    def _expanded(self, state: State, goal: Ask) -> tuple[Goal, ...]:
        condition, wanted, env = goal
        match condition:
            case AllOf(parts) | AnyOf(parts):
                if isinstance(condition, AllOf) is wanted:
                    return tuple(Ask(part, wanted, env) for part in parts)
                return one_of(tuple(self._way(Ask(part, wanted, env)) for part in parts))
            case Not(part):
                return (Ask(part, not wanted, env),)
            case Compare(left=Field() as left, right=Field() as right) if self.pointed and points(condition):
                return self._same_item(state, goal, left, right)
            case Compare() | OneOf() | SetTest() | ListedIn() | Known() | Fresh():
                return self._demands(goal)
            case Meets(definition, scope):
                return self._meets(definition, env[scope], wanted)
            case Undecided(question):
                return (Opaque(("undecided", question), wanted, None),)
            case Quantified():
                return self._quantified(state, condition, wanted, env)
            case Follow():
                return self._follow(state, goal, condition)
            case _:
                assert_never(condition)

    def _way(self, goal: Ask) -> tuple[Goal, ...]:
        """One alternative, in plain demands where that is possible without a look at the box."""
        match goal.condition:
            case Compare(left=left, right=right) if isinstance(left, CountOf) or isinstance(right, CountOf):
                return (goal,)
            case Compare() as comparison if self.pointed and points(comparison):
                return (goal,)
            case Compare() | OneOf() | SetTest() | ListedIn() | Known():
                return self._demands(goal)
            case Not(part):
                return self._way(Ask(part, not goal.truth, goal.env))
            case AllOf(parts) if goal.truth:
                return tuple(inner for part in parts for inner in self._way(Ask(part, True, goal.env)))
            case AnyOf(parts) if not goal.truth:
                return tuple(inner for part in parts for inner in self._way(Ask(part, False, goal.env)))
            case _:
                return (goal,)

    def _demands(self, goal: Ask) -> tuple[Goal, ...]:
        key = (id(goal.condition), goal.truth, tuple(f"{scope}={item.name}" for scope, item in goal.env.items()))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = demands(self.operands, goal)
            self._kept.append(goal.condition)  # so that no other condition gets its identity
        return found

    def _meets(self, definition: str, item: Item, wanted: bool) -> tuple[Goal, ...]:
        found = self.policies.definitions[self.operands.overrides.definitions.get(definition, definition)]
        env: dict[str, Item] = {ROOT: ORGANIZATION}
        inner: Item | None = item
        for scope in reversed(found.scopes):
            assert inner is not None
            env[scope] = inner
            inner = inner.parent
        return (Ask(found.when, wanted, env),)

    # --- lists and references ---------------------------------------------------------------------------------

    def _quantified(self, state: State, condition: Quantified, wanted: bool, env: Env) -> tuple[Goal, ...]:
        body, bind = condition.body, condition.bind
        holder = env[condition.items.scope]
        where: Key = (holder.name, condition.items.path)
        truth = condition.quantity is not Quantity.EVERY
        if (condition.quantity is Quantity.SOME) is wanted:  # some item satisfies it, or not every one does
            ways: list[tuple[Goal, ...]] = [(Add(where, bind, body, truth, env),)]
            if self.pointed:  # the item may be one of those that something else was said of
                ways += [(Ask(body, truth, {**env, bind: item}),) for item in state.items.get(where, ())]
            return one_of(tuple(ways))
        truth = not truth
        state.each[where] = (*state.each.get(where, ()), ForEach(body, truth, bind, env))
        return tuple(Ask(body, truth, {**env, bind: item}) for item in state.items.get(where, ()))

    def _add(self, state: State, where: Key, item: Item) -> tuple[Goal, ...]:
        """The goals that hold of a new item of a list because they hold of every item."""
        if state.size >= MOST_ITEMS:
            raise _TooLongError
        state.items[where] = (*state.items.get(where, ()), item)
        return tuple(
            Ask(each.body, each.truth, {**each.env, each.bind: item}) for each in state.each.get(where, ())
        )

    def _follow(self, state: State, goal: Ask, condition: Follow) -> tuple[Goal, ...]:
        """A reference that points nowhere makes the condition false; else it is that of the item pointed to."""
        reference, shape = condition.reference, condition.reference.shape
        key: Key = (goal.env[reference.scope].name, reference.path)
        words = frozenset[Value](shape.special)
        nowhere, points = Narrow(key, Words(True, words)), Narrow(key, Words(False, words))
        known: tuple[Goal, ...] = (known_goal(key, True),) if self.operands.mindful else ()
        if not goal.truth and state.allows(nowhere):
            if not state.allows(points):
                return known
            return (*known, Choice(((nowhere,), (points, goal))))
        if key not in state.targets:
            return self._pointing(state, key, shape.target or "", (*known, points, goal))
        env = {**goal.env, condition.bind: state.targets[key]}
        return (*known, points, Ask(condition.body, goal.truth, env))

    def _pointing(self, state: State, key: Key, target: str, then: tuple[Goal, ...]) -> tuple[Goal, ...]:
        """A reference points to some item, and then some goals are met."""
        where: Key = (ORGANIZATION.name, (target,))
        known = state.items.get(where, ()) if self.pointed else ()
        return one_of(tuple((Point(key, where, item), *then) for item in (None, *known)))

    def _same_item(self, state: State, goal: Ask, left: Field, right: Field) -> tuple[Goal, ...]:
        """Whether two references point to the same item, one of which may be what an item is called by itself."""
        found: list[Item] = []
        for field in (left, right):
            key: Key = (goal.env[field.scope].name, field.path)
            if field.shape.identity:
                found.append(goal.env[field.scope])
            elif key in state.targets:
                found.append(state.targets[key])
            else:
                known: tuple[Goal, ...] = (known_goal(key, True),) if self.operands.mindful else ()
                return self._pointing(state, key, field.shape.target or "", (*known, goal))
        return () if (found[0].name == found[1].name) is goal.truth else (Choice(()),)

    # --- the judged day ---------------------------------------------------------------------------------------

    def _judged(self) -> tuple[Goal, ...]:
        """The judged day is the last one of the subject, at most the day of judgement."""
        field = self.operands.window.judged_through
        today = (Bound(JUDGED, AS_OF, Least(0)), Bound(AS_OF, JUDGED, Least(0)))
        if field is None:
            return today
        ways: list[tuple[Goal, ...]] = []
        for given, of in self.operands.field(self.env, field):
            match of:
                case Linear(node):
                    most = (Bound(JUDGED, AS_OF, Least(0)), Bound(JUDGED, node, Least(0)))
                    ways.append((*given, *most, Bound(node, JUDGED, Least(0))))
                    if field.shape.future:
                        ways.append((*given, *most, Bound(AS_OF, JUDGED, Least(0))))
                case Fixed(SpecialDay()):
                    ways.append((*given, *today))
                case _:
                    return (Guess("judged"),)
        return one_of(tuple(ways))


def _parent(env: Env, holder: str) -> Item | None:
    """The item of that name, None for the organization: items of its lists have no enclosing item."""
    found = next(item for item in env.values() if item.name == holder)
    return None if found is ORGANIZATION else found
