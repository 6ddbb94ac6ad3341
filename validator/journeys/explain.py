"""Explain: a policy in prose, and the tree of its conditions on one subject with what was observed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from validator.interpreters.evidence import decisive_parts
from validator.interpreters.judge import case_of, environments, judge_decision, judge_norm
from validator.interpreters.missing import ways_to_settle
from validator.interpreters.outcome import Outcome
from validator.interpreters.prose import day_term, outline, sentence
from validator.interpreters.readings import readings_of
from validator.interpreters.terms import Env
from validator.logic.expr import TRUE, AllOf, AnyOf, Condition, Meets, Not, walk
from validator.logic.facts import Record, Snapshot
from validator.logic.policy import Citation, Decision, Norm, Policy, PolicySet, Subject, Window
from validator.logic.text import Text
from validator.logic.truth import Truth

TRUTHS = {
    Truth.TRUE: Text("да", "yes"),
    Truth.FALSE: Text("нет", "no"),
    Truth.UNKNOWN: Text("неизвестно", "unknown"),
}
MAX_ITEMS = 5


class Line(NamedTuple):
    """A line of an explanation and how deep it is indented; a heading stands out."""

    depth: int
    text: Text
    heading: bool = False


def _head(ru: str, en: str, depth: int = 0) -> Line:
    return Line(depth, Text(ru, en), heading=True)


# --- the policy in prose -------------------------------------------------------------------------------------


def describe(policy: Policy, policies: PolicySet, words: dict[str, Text]) -> Iterator[Line]:
    """The policy as prose: what it says, by which acts, when, how it is read. `words` names forces and the like."""
    yield _head(f"{policy.id}. {policy.title.ru}", f"{policy.id}. {policy.title.en}")
    if isinstance(policy, Norm):
        modality, severity = words[policy.modality.value], words[policy.severity.value]
        force = words[policy.force.value]
        yield Line(
            1,
            Text(
                f"{modality.ru}; важность: {severity.ru}; сила: {force.ru}",
                f"{modality.en}; severity: {severity.en}; force: {force.en}",
            ),
        )
    yield _head("Основания", "Grounds")
    for citation in policy.cites:
        yield Line(1, _citation(citation, policies, words))
    yield from _norm(policy, policies) if isinstance(policy, Norm) else _decision(policy, policies)
    yield from _readings(policy)
    yield from _definitions(policy, policies)


def _citation(citation: Citation, policies: PolicySet, words: dict[str, Text]) -> Text:
    act = policies.acts[citation.act]
    force = words[act.force.value]
    read = "никем не сверено с текстом" if act.checked_on is None else f"сверено {act.checked_on:%d.%m.%Y}"
    checked = "never checked against the text" if act.checked_on is None else f"checked on {act.checked_on}"
    return Text(
        f"{act.short.ru}, {citation.at} — {force.ru}; {read}",
        f"{act.short.en}, {citation.at} — {force.en}; {checked}",
    )


def _norm(norm: Norm, policies: PolicySet) -> Iterator[Line]:
    for clauses in norm.clauses:
        about = clauses.subject.scope
        yield _head(f"О чём: {clauses.subject.path}", f"About: {clauses.subject.path}")
        yield from _window(clauses.window, policies)
        yield from _applies(clauses.applies_when, policies, about)
        if isinstance(clauses.requirement, Not):
            yield _head("Запрещено", "Forbidden")
            yield from _outline(clauses.requirement.part, policies, about)
        else:
            allowed = norm.modality.value == "permission"
            yield _head("Разрешено", "Allowed") if allowed else _head("Требуется", "Required")
            yield from _outline(clauses.requirement, policies, about)
        for exception, (_, when) in zip(norm.exceptions, clauses.exceptions, strict=True):
            title = exception.title or Text(exception.id, exception.id)
            yield _head(f"Исключение «{exception.id}»: {title.ru}", f"Exception “{exception.id}”: {title.en}")
            yield from _outline(when, policies, about)
    if norm.remedy is not None:
        yield _head("Что сделать", "What to do")
        yield Line(1, norm.remedy)
    if norm.sanction is not None:
        yield _head("Санкция", "Sanction")
        yield Line(1, _sanction(norm, policies))


def _applies(condition: Condition, policies: PolicySet, about: str) -> Iterator[Line]:
    if condition != TRUE:
        yield _head("Когда применяется", "Applies when")
        yield from _outline(condition, policies, about)


def _sanction(norm: Norm, policies: PolicySet) -> Text:
    assert norm.sanction is not None
    sanction = norm.sanction
    act = policies.acts[sanction.cites.act].short
    disputed = sanction.applies == "disputed"
    ru = "применимость спорна" if disputed else "предусмотрена"
    en = "whether it applies is disputed" if disputed else "applies"
    return Text(f"{act.ru}, {sanction.cites.at}: {ru}", f"{act.en}, {sanction.cites.at}: {en}")


def _decision(decision: Decision, policies: PolicySet) -> Iterator[Line]:
    about = decision.subject.scope
    yield _head(f"О чём: {decision.subject.path}", f"About: {decision.subject.path}")
    yield from _window(decision.window, policies)
    yield from _applies(decision.applies_when, policies, about)
    positive, otherwise = decision.outcomes[decision.positive], decision.outcomes[decision.otherwise]
    yield _head(
        f"Исход «{positive.ru}», если выполнены все признаки и нет ни одного исключения; иначе «{otherwise.ru}»",
        f"Outcome “{positive.en}” when all criteria hold and no exclusion does; otherwise “{otherwise.en}”",
    )
    for word, group in (
        (Text("Признак", "Criterion"), decision.criteria),
        (Text("Исключение", "Exclusion"), decision.exclusions),
    ):
        for criterion in group:
            yield _head(
                f"{word.ru} {criterion.id}: {criterion.title.ru}",
                f"{word.en} {criterion.id}: {criterion.title.en}",
                1,
            )
            for line in _outline(criterion.when, policies, about):
                yield line._replace(depth=line.depth + 1)


def _window(window: Window, policies: PolicySet) -> Iterator[Line]:
    if window.first is None and window.last is None:
        return
    ru, en = "Действует", "In force"
    if window.first is not None:
        first = day_term(window.first, policies)
        ru, en = f"{ru} с {first.ru}", f"{en} from {first.en}"
    if window.last is not None:
        last = day_term(window.last, policies)
        ru, en = f"{ru} по {last.ru}", f"{en} through {last.en}"
    yield _head(ru, en)
    if window.judged_from is not None:
        first = window.judged_from.shape.title
        last = (window.judged_through or window.judged_from).shape.title
        if first == last:
            told = Text(f"судят по дню: «{first.ru}»", f"judged by the day: “{first.en}”")
        else:
            told = Text(
                f"судят по дням от «{first.ru}» до «{last.ru}»",
                f"judged by the days from “{first.en}” to “{last.en}”",
            )
        yield Line(1, told)


def _outline(condition: Condition, policies: PolicySet, about: str) -> Iterator[Line]:
    for line in outline(condition, policies, about):
        yield Line(line.depth + 1, line.text)


def _readings(policy: Policy) -> Iterator[Line]:
    if policy.readings:
        yield _head("Прочтения", "Readings")
    for reading in policy.readings:
        why = reading.why or Text("", "")
        chosen = Text(" (принято)", " (chosen)") if reading.chosen else Text("", "")
        yield Line(1, Text(f"{reading.id}{chosen.ru}: {why.ru}", f"{reading.id}{chosen.en}: {why.en}"))


def _definitions(policy: Policy, policies: PolicySet) -> Iterator[Line]:
    for name in used_definitions(policy, policies):
        definition = policies.definitions[name]
        about = definition.scope
        yield _head(f"«{definition.title.ru}» ({name})", f"“{definition.title.en}” ({name})")
        yield from _outline(definition.when, policies, about)


def used_definitions(policy: Policy, policies: PolicySet) -> list[str]:
    """The names of all definitions that a policy rests on, directly or not, in order of first use."""
    found: dict[str, None] = {}
    queue = list(_conditions(policy))
    while queue:
        for node in walk(queue.pop(0)):
            if isinstance(node, Meets) and node.definition not in found:
                found[node.definition] = None
                queue.append(policies.definitions[node.definition].when)
    return list(found)


def _conditions(policy: Policy) -> Iterator[Condition]:
    if isinstance(policy, Decision):
        yield policy.applies_when
        yield from (criterion.when for criterion in (*policy.criteria, *policy.exclusions))
        return
    for clauses in policy.clauses:
        yield clauses.applies_when
        yield clauses.requirement
        yield from (when for _, when in clauses.exceptions)


# --- the tree on facts ---------------------------------------------------------------------------------------


def explain_on(
    policy: Policy, policies: PolicySet, snapshot: Snapshot, law_date: date | None, subject: str | None
) -> Iterator[Line]:
    """The tree of conditions with truth, observed values and places, of every judged item or of one."""
    day = law_date or snapshot.as_of
    subjects = [c.subject for c in policy.clauses] if isinstance(policy, Norm) else [policy.subject]
    for index, about in enumerate(subjects):
        items = [(item, env) for item, env in environments(snapshot, about) if subject in (None, item.path)]
        for item, env in items[:MAX_ITEMS]:
            yield from _item(policy, index, policies, snapshot, day, item, env)
        if len(items) > MAX_ITEMS:
            rest = len(items) - MAX_ITEMS
            yield _head(
                f"И ещё {rest}: назовите запись в --subject, например {items[MAX_ITEMS][0].path}",
                f"And {rest} more: name one with --subject, for example {items[MAX_ITEMS][0].path}",
            )


def subjects_of(policy: Policy, snapshot: Snapshot) -> list[str]:
    """The paths of everything the policy judges in a snapshot."""
    subjects: list[Subject] = (
        [clauses.subject for clauses in policy.clauses] if isinstance(policy, Norm) else [policy.subject]
    )
    return [item.path for about in subjects for item, _ in environments(snapshot, about)]


def _item(
    policy: Policy, index: int, policies: PolicySet, snapshot: Snapshot, day: date, item: Record, env: Env
) -> Iterator[Line]:
    chosen = readings_of(policy)[0]
    about = _about(policy, index)
    parts: list[tuple[Text, Outcome]]
    if isinstance(policy, Norm):
        clauses = policy.clauses[index]
        case = case_of(policies, snapshot, day, chosen, env, clauses.window)
        found = judge_norm(policy, clauses, case, env)
        verdict, reason = found.verdict, found.reason
        parts = [
            (Text("действует", "in force"), found.window),
            (Text("применяется", "applies"), found.applies),
            *((Text(f"исключение «{name}»", f"exception “{name}”"), o) for name, o in found.exceptions),
            (Text("требование выполнено", "the requirement is met"), found.requirement),
        ]
    else:
        case = case_of(policies, snapshot, day, chosen, env, policy.window)
        decided = judge_decision(policy, case, env)
        verdict, reason = decided.verdict, decided.reason
        parts = [(Text("действует", "in force"), decided.window), (Text("применяется", "applies"), decided.applies)]
        for criterion, outcome in zip(
            (*policy.criteria, *policy.exclusions), (*decided.criteria, *decided.exclusions), strict=True
        ):
            parts.append(
                (Text(f"{criterion.id} {criterion.title.ru}", f"{criterion.id} {criterion.title.en}"), outcome)
            )
    told = verdict if reason is None else f"{verdict}: {reason}"
    where = f"{item.span.file}:{item.span.line}:{item.span.column}"
    yield _head(f"{item.path} — {told}   {where}", f"{item.path} — {told}   {where}")
    for name, outcome in parts:
        truth = TRUTHS[outcome.truth]
        yield Line(1, Text(f"{name.ru}: {truth.ru}", f"{name.en}: {truth.en}"))
        yield from _tree(outcome, policies, about, 2)


def _about(policy: Policy, index: int) -> str:
    subject = policy.clauses[index].subject if isinstance(policy, Norm) else policy.subject
    return subject.scope


def _tree(outcome: Outcome, policies: PolicySet, about: str, depth: int) -> Iterator[Line]:
    condition = outcome.condition
    if isinstance(condition, AllOf | AnyOf | Not) and outcome.parts:
        for part in decisive_parts(outcome):
            yield from _tree(part, policies, about, depth)
        return
    if isinstance(condition, AllOf | AnyOf):
        return
    told, truth = sentence(condition, policies, about=about), TRUTHS[outcome.truth]
    facts = "; ".join(f"{o.path} = {o.value} ({o.span.line}:{o.span.column})" for o in outcome.observed)
    tail = f"   {facts}" if facts else ""
    if outcome.truth is Truth.UNKNOWN and not outcome.parts:
        ways = ways_to_settle(outcome)
        gaps = ", ".join(f"{gap.path} ({gap.cause})" for gap in sorted(ways[0])) if ways else ""
        tail += f"   ? {gaps}"
    yield Line(depth, Text(f"[{truth.ru}] {told.ru}{tail}", f"[{truth.en}] {told.en}{tail}"))
    for part in decisive_parts(outcome)[:MAX_ITEMS]:
        yield from _tree(part, policies, about, depth + 1)
