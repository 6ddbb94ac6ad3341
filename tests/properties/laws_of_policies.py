"""P8, P9, P10, P13, P15 and two of the domain: what the parts of a policy, and policies beside one another, do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from laws import Claim, is_item, law, same
from trials import Engine, Trial, with_policies

from validator.interpreters.strategies import (
    DAY,
    Chooser,
    Menu,
    Pools,
    directed_document,
    random_condition,
    random_decision,
    random_norm,
)
from validator.language.scopes import scope_of
from validator.logic.expr import AllOf, AnyOf, Condition, Literal, Not
from validator.logic.frozen import replace
from validator.logic.policy import (
    Clauses,
    Criterion,
    Decision,
    ExceptionClause,
    Modality,
    Norm,
    Policy,
    Severity,
    Window,
)

VIOLATING = ("violation", "advice")
SMALL = Menu(depth=1)


def _condition(trial: Trial, choose: Chooser, path: str) -> Condition:
    return random_condition(trial.world, choose, scope_of(trial.world.vocabulary, path), SMALL)


def _binding(trial: Trial) -> list[Norm]:
    return [norm for norm in trial.policies.norms.values() if norm.modality is not Modality.PERMISSION]


def _in_every_list(norm: Norm, **changes: object) -> Norm:
    return replace(norm, clauses=tuple(replace(clauses, **changes) for clauses in norm.clauses))


# --- P8: windows ---------------------------------------------------------------------------------------------


@law("P8")
def a_window_counts_its_first_and_its_last_day_and_no_other(
    trial: Trial, choose: Chooser, judge: Engine
) -> Iterator[Claim]:
    first = choose.one(trial.world.days())
    last = first + choose.below(3) * DAY
    window = Window(Literal(first), Literal(last))
    dated = trial.by(with_policies(trial.policies, [_dated(p, window) for p in trial.policies.policies()]))
    undated = trial.by(with_policies(trial.policies, [_dated(p, Window()) for p in trial.policies.policies()]))
    for day in (first, last):
        yield from same(undated._replace(day=day).judged(judge), dated._replace(day=day).judged(judge))
    for day in (first - DAY, last + DAY):
        for key, (verdict, others) in dated._replace(day=day).judged(judge).items():
            yield Claim((day, key), (("ok", "not_in_force"), ("ok",) * len(others)), (verdict, others))


def _dated(policy: Policy, window: Window) -> Policy:
    if isinstance(policy, Decision):
        return replace(policy, window=window)
    return _in_every_list(policy, window=window)


# --- P9: requirements ----------------------------------------------------------------------------------------


@law("P9")
def a_requirement_of_two_parts_fails_where_one_of_them_does(
    trial: Trial, choose: Chooser, judge: Engine
) -> Iterator[Claim]:
    for norm in _binding(trial):
        parts = {clauses.subject.path: _condition(trial, choose, clauses.subject.path) for clauses in norm.clauses}

        def with_part(norm: Norm, whole: bool, parts: dict[str, Condition] = parts) -> Norm:
            found = []
            for clauses in norm.clauses:
                part = parts[clauses.subject.path]
                both = AllOf((clauses.requirement, part))
                found.append(replace(clauses, requirement=both if whole else part))
            return replace(norm, clauses=tuple(found))

        versions = (norm, with_part(norm, False), with_part(norm, True))
        one, other, both = (trial.by(with_policies(trial.policies, [v])).judged(judge) for v in versions)
        for key in filter(is_item, both):
            expected = one[key][0][0] in VIOLATING or other[key][0][0] in VIOLATING
            yield Claim(key, expected, both[key][0][0] in VIOLATING)


# --- P10: exceptions -----------------------------------------------------------------------------------------


@law("P10")
def the_order_and_the_grouping_of_exceptions_change_nothing(
    trial: Trial, choose: Chooser, judge: Engine
) -> Iterator[Claim]:
    for norm in trial.policies.norms.values():
        plain = _with_exceptions(trial, choose, norm)
        given = trial.by(with_policies(trial.policies, [plain])).judged(judge)
        turned = [replace(c, exceptions=c.exceptions[::-1]) for c in plain.clauses]
        merged = [
            replace(c, exceptions=(("all", AnyOf(tuple(when for _, when in c.exceptions))),)) for c in plain.clauses
        ]
        for clauses in (turned, merged):
            changed = replace(plain, clauses=tuple(clauses))
            yield from same(given, trial.by(with_policies(trial.policies, [changed])).judged(judge))


@law("P10")
def an_exception_excuses_as_a_narrower_scope_would(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    for norm in _binding(trial):
        plain = _with_exceptions(trial, choose, norm)
        narrower = replace(plain, clauses=tuple(_narrowed(clauses) for clauses in plain.clauses))
        one, other = (trial.by(with_policies(trial.policies, [n])).judged(judge) for n in (plain, narrower))
        for key in sorted(one.keys() | other.keys()):
            yield Claim(key, one[key][0][0], other[key][0][0])


def _with_exceptions(trial: Trial, choose: Chooser, norm: Norm) -> Norm:
    """The norm under no reading, with an exception or two more."""
    names = [f"x{number}" for number in range(1 + choose.below(2))]
    lists = [replace(c, exceptions=(*c.exceptions, *_more(trial, choose, c, names))) for c in norm.clauses]
    told = tuple(ExceptionClause(name, (), None, norm.span) for name in names)
    return replace(norm, clauses=tuple(lists), exceptions=(*norm.exceptions, *told), readings=())


def _more(trial: Trial, choose: Chooser, clauses: Clauses, names: list[str]) -> list[tuple[str, Condition]]:
    return [(name, _condition(trial, choose, clauses.subject.path)) for name in names]


def _narrowed(clauses: Clauses) -> Clauses:
    outside = AllOf((clauses.applies_when, *(Not(when) for _, when in clauses.exceptions)))
    return replace(clauses, applies_when=outside, exceptions=())


# --- P13, P15: policies beside one another -------------------------------------------------------------------


@law("P13")
def the_order_of_policies_and_their_partition_change_nothing(
    trial: Trial, _: Chooser, judge: Engine
) -> Iterator[Claim]:
    policies = list(trial.policies.policies())
    whole = trial.judged(judge)
    yield from same(whole, trial.by(with_policies(trial.policies, policies[::-1])).judged(judge))
    alone = [trial.by(with_policies(trial.policies, [policy])).judged(judge) for policy in policies]
    yield from same(whole, {key: verdict for found in alone for key, verdict in found.items()})


@law("P13")
def a_policy_twice_says_the_same_twice(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    policies = list(trial.policies.policies())
    twins = [replace(policy, id=f"{policy.id}-TWIN") for policy in policies]
    found = trial.by(with_policies(trial.policies, [*policies, *twins])).judged(judge)
    for (policy, path), verdict in trial.judged(judge).items():
        yield Claim((policy, path), verdict, found[policy, path])
        yield Claim((policy, path), verdict, found[f"{policy}-TWIN", path])


@law("P13")
def policies_on_one_list_alone_say_what_they_say_among_others(
    trial: Trial, choose: Chooser, judge: Engine
) -> Iterator[Claim]:
    paths = sorted({path for policy in trial.policies.policies() for path in _paths(policy)})
    if not paths:
        return
    path = choose.one(paths)
    sliced = [policy for policy in trial.policies.policies() if path in _paths(policy)]
    whole = trial.judged(judge)
    for key, verdict in trial.by(with_policies(trial.policies, sliced)).judged(judge).items():
        yield Claim(key, whole[key], verdict)


def _paths(policy: Policy) -> list[str]:
    if isinstance(policy, Decision):
        return [policy.subject.path]
    return [clauses.subject.path for clauses in policy.clauses]


@law("P15")
def one_more_policy_changes_no_verdict_of_others(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    more = replace(random_norm(trial.world, choose, choose.one([*trial.world.vocabulary.lists])), id="A-NEW-ONE")
    found = trial.by(with_policies(trial.policies, [*trial.policies.policies(), more])).judged(judge)
    yield from same(trial.judged(judge), {key: verdict for key, verdict in found.items() if key[0] != "A-NEW-ONE"})


@law("P15")
def severity_and_texts_change_no_verdict(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    def other(policy: Policy) -> Policy:
        changed = replace(policy, topic="other", title=policy.title._replace(ru="иначе"), cites=())
        return replace(changed, severity=choose.one([*Severity])) if isinstance(changed, Norm) else changed

    found = trial.by(with_policies(trial.policies, [other(policy) for policy in trial.policies.policies()]))
    yield from same(trial.judged(judge), found.judged(judge))


# --- of the domain -------------------------------------------------------------------------------------------


@law("DOMAIN")
def one_more_exclusion_never_makes_anything_move(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    path = choose.one([*trial.world.vocabulary.lists])
    decision = random_decision(trial.world, choose, path, SMALL)
    if trial.world.policies.decisions:
        decision = choose.one([*trial.world.policies.decisions.values()])
    policies = with_policies(trial.policies, [decision])
    when = _condition(trial, choose, decision.subject.path)
    more = Criterion("more", decision.title, (), when, decision.span)
    changed = replace(decision, exclusions=(*decision.exclusions, more))
    near = directed_document(trial.world, choose, policies, Pools(policies), decision)
    near_by = trial.on(near)._replace(day=date.fromisoformat(near["as_of"]))
    before = near_by.by(policies).judged(judge)
    after = near_by.by(with_policies(policies, [changed])).judged(judge)
    for key, (verdict, _others) in before.items():
        if verdict[0] != decision.positive:
            yield Claim((key, after[key][0]), False, after[key][0][0] == decision.positive)


@law("DOMAIN")
def what_is_not_in_force_yet_says_nothing(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    firsts = {policy.id: _first(policy) for policy in trial.policies.policies()}
    early = trial._replace(day=min([day for day in firsts.values() if day], default=trial.day) - DAY)
    for key, (verdict, _others) in early.judged(judge).items():
        if firsts[key[0]] is not None:
            yield Claim((early.day, key), ("ok", "not_in_force"), verdict)


def _first(policy: Policy) -> date | None:
    """The first day that every list of the policy names; None where it is not a plain day."""
    windows = [policy.window] if isinstance(policy, Decision) else [clauses.window for clauses in policy.clauses]
    days = [w.first.value if isinstance(w.first, Literal) else None for w in windows]
    found = [day for day in days if isinstance(day, date)]
    return max(found) if len(found) == len(windows) else None
