"""Explain: a policy in prose; `explain_facts` has the tree of its conditions on what was observed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.interpreters.prose import day_term, outline
from validator.journeys.explain.lines import Line
from validator.journeys.explain.lines import head as _head
from validator.logic.expr import TRUE, Condition, Meets, Not, walk
from validator.logic.policy import Citation, Decision, Norm, Policy, PolicySet, Subject, Window
from validator.logic.shape import FieldShape
from validator.logic.text import Text

# --- the policy in prose -------------------------------------------------------------------------------------


def describe(
    policy: Policy, policies: PolicySet, words: Mapping[str, Text], lists: Mapping[str, FieldShape]
) -> Iterator[Line]:
    """The policy as prose: what it says, by which acts, when, how it is read.

    `words` names forces and the like, `lists` has the shape of every list by its path.
    """
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
    if isinstance(policy, Norm):
        yield from _norm(policy, policies, lists)
    else:
        yield from _decision(policy, policies, lists)
    yield from _readings(policy)
    yield from _definitions(policy, policies)


def _citation(citation: Citation, policies: PolicySet, words: Mapping[str, Text]) -> Text:
    act = policies.acts[citation.act]
    force = words[act.force.value]
    read = "никем не сверено с текстом" if act.checked_on is None else f"сверено {act.checked_on:%d.%m.%Y}"
    checked = "never checked against the text" if act.checked_on is None else f"checked on {act.checked_on}"
    return Text(
        f"{act.short.ru}, {citation.at} — {force.ru}; {read}",
        f"{act.short.en}, {citation.at} — {force.en}; {checked}",
    )


def _norm(norm: Norm, policies: PolicySet, lists: Mapping[str, FieldShape]) -> Iterator[Line]:
    for clauses in norm.clauses:
        about = clauses.subject.scope
        yield _subject(clauses.subject, lists)
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


def _subject(subject: Subject, lists: Mapping[str, FieldShape]) -> Line:
    """What is judged, by its name and by its path in snapshots."""
    if not subject.scopes:
        return _head(f"О чём: организация ({subject.path})", f"About: the organization ({subject.path})")
    title = lists[subject.path].title
    return _head(f"О чём: «{title.ru}» ({subject.path})", f"About: “{title.en}” ({subject.path})")


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


def _decision(decision: Decision, policies: PolicySet, lists: Mapping[str, FieldShape]) -> Iterator[Line]:
    about = decision.subject.scope
    yield _subject(decision.subject, lists)
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
