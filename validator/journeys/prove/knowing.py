"""What facts do to verdicts: facts that a source never provides, facts that may turn a verdict, days that pass
(ANA-A12, A13, A14)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from validator.interpreters.smt.answer import Answer, Json
from validator.interpreters.smt.query import (
    Both,
    Definitely,
    Either,
    ForEvery,
    Judged,
    Negated,
    Other,
    Query,
    Then,
    somewhere,
    surely,
    surely_not,
    verdicts,
    violated,
)
from validator.journeys.prove.ground import Found, Ground, quoted, settled
from validator.journeys.prove.reach import data_cuts, every_node, in_vocabulary, names_law_date, part_reads
from validator.journeys.prove.told import FIRST, LAST, policies_told
from validator.journeys.sweep import DAY
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    TRUE,
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    Field,
    Fresh,
    Known,
    ListedIn,
    ListPath,
    Literal,
    Not,
    ParameterValue,
    Quantified,
    Quantity,
    terms_of,
)
from validator.logic.frozen import replace
from validator.logic.policy import ALWAYS, Modality, Norm, PolicySet
from validator.logic.proof import Status, Weight
from validator.logic.text import Text
from validator.logic.values import Order

BY_CONSTRUCTION = Text("следует из строения условий", "follows from how the conditions are built")


# --- facts that never come -------------------------------------------------------------------------------------


def sources(ground: Ground) -> Iterator[Found]:
    """Policies that are never decided: by any snapshot at all, or by those of one origin."""
    for policy in ground.analysed("ANA-A12"):
        for part in ground.parts(policy):
            if ground.concerns(policy.id):
                yield from _never_decided(ground, part)
    for source in ground.vocabulary.never_provided:
        yield from _by_source(ground, source)


def _decided(part: Judged) -> Query:
    return Either((surely(part.verdict, part.mode), surely_not(part.verdict, part.mode)))


def _never_decided(ground: Ground, part: Judged) -> Iterator[Found]:
    name, path = part.policy.id, part.subject.path
    asks = Text(f"есть ли снимок, по которому можно судить о `{name}`?", f"is `{name}` ever decided?")
    answer = ground.ask("ANA-A12", (name,), path, asks, somewhere(part, _decided(part)), "decided", witness=False)
    if answer.status is Status.PROVED:
        message = Text(
            f"о `{name}` нельзя судить ни по каким сведениям ({path})", f"`{name}` is decided by no facts ({path})"
        )
        help_ = Text("уберите из условий вопрос без ответа", "remove the unanswered question from the conditions")
        yield Found("ANA-A12", Weight.WARNING, (name,), message, help_, core=(path,), question=ground.last)


def _by_source(ground: Ground, source: str) -> Iterator[Found]:
    """The policies that snapshots of one origin never decide, together."""
    told = ground.vocabulary.never_provided[source]
    silent: list[str] = []
    for policy in ground.analysed("ANA-A12"):
        parts = ground.parts(policy)
        if not ground.concerns(policy.id) or not any(_touches(part, told.paths) for part in parts):
            continue
        asks = Text(
            f"можно ли судить о `{policy.id}` хоть по одному снимку из источника `{source}`?",
            f"does any snapshot of source `{source}` decide `{policy.id}`?",
        )
        queries = tuple(
            Both((_lacking(ground, part, told.paths), somewhere(part, _decided(part)))) for part in parts
        )
        extra = f"{source} {' '.join(told.paths)}"
        answer = ground.ask("ANA-A12", (policy.id,), source, asks, Either(queries), extra, witness=False)
        if answer.status is Status.PROVED:
            silent.append(policy.id)
    if silent:
        names = policies_told(silent)
        yield Found(
            "ANA-A12",
            Weight.INFO,
            tuple(silent),
            Text(
                f"по снимкам из источника `{source}` никогда нельзя судить о {names.ru} — {told.why.ru}",
                f"snapshots of source `{source}` never decide {names.en} — {told.why.en}",
            ),
            Text("соберите эти сведения иначе", "collect these facts in another way"),
            core=(source,),
            question=ground.last,
        )


def _touches(part: Judged, paths: tuple[str, ...]) -> bool:
    """Whether a policy judges or reads something that never comes."""
    heads = {part.subject.path, *(_spelled(read.about, read.path) for read in part_reads(part))}
    return any(head == path or head.startswith(f"{path}.") for head in heads for path in paths)


def _spelled(about: str, path: tuple[str, ...]) -> str:
    return ".".join(path if about == ROOT else (about, *path))


def _lacking(ground: Ground, part: Judged, paths: tuple[str, ...]) -> Query:
    """That the facts at the paths are not there: fields unknown, lists without items and not complete."""
    return Both(tuple(_absent(ground, part, path) for path in paths))


def _absent(ground: Ground, part: Judged, path: str) -> Query:
    lists = ground.vocabulary.lists
    if path in lists:
        holder, _, name = path.rpartition(".")
        about = holder or ROOT
        shape = lists[path]
        subject = in_vocabulary(ground.vocabulary, about)
        items = ListPath(subject.scope, (name,), shape)
        some = Quantified(Quantity.SOME, items, f"{shape.scope}#0", TRUE)
        mode = replace(part.mode, subject=subject)
        return ForEvery(
            subject, Both(tuple(Negated(Definitely(some, truth, mode, path)) for truth in (True, False))), path
        )
    about, _, name = path.rpartition(".")
    about = about if about in lists else ROOT
    subject = in_vocabulary(ground.vocabulary, about)
    field = Field(subject.scope, (name,), subject.shape.fields[name])
    mode = replace(part.mode, subject=subject)
    return ForEvery(subject, Definitely(Known(field), False, mode, path), path)


# --- facts that turn a verdict ---------------------------------------------------------------------------------


def monotone(ground: Ground) -> Iterator[Found]:
    """Whether more facts can turn a definite verdict; without `known` they never can."""
    for policy in ground.analysed("ANA-A13"):
        if not ground.concerns(policy.id):
            continue
        asked = False
        for part in ground.parts(policy):
            fields = tuple(dict.fromkeys(".".join(node.field.path) for node in _known_in(part)))
            if fields:
                asked = True
                yield from _turned(ground, part, fields)
        if not asked:
            settled_ = settled(Status.PROVED, BY_CONSTRUCTION)
            ground.note("ANA-A13", (policy.id,), "", _turns(policy.id, ""), settled_)


def _known_in(part: Judged) -> Iterator[Known]:
    """The questions for what is known in all that decides a verdict."""
    return (node for node in _nodes(part.verdict, part) if isinstance(node, Known))


def _nodes(condition: Condition, part: Judged) -> Iterator[Condition]:
    """A condition with everything inside it, and inside what a reading puts in the place of definitions."""
    policies = part.mode.policies
    named = [name for name in part.mode.overrides.definitions.values() if name in policies.definitions]
    for each in (condition, *(policies.definitions[name].when for name in named)):
        yield from every_node(each, policies)


def _turns(name: str, where: str) -> Text:
    return Text(
        f"могут ли новые сведения изменить определённый вердикт `{name}`{where}?",
        f"can more facts turn a definite verdict of `{name}`{where}?",
    )


def _turned(ground: Ground, part: Judged, fields: tuple[str, ...]) -> Iterator[Found]:
    """Asks for two snapshots, the second of which says more and leads to another verdict."""
    name, path = part.policy.id, part.subject.path
    body = Either(
        tuple(
            Both((query, Then(Negated(query), Other.MORE_FACTS)))
            for verdict, query in verdicts(part).items()
            if verdict != "unknown"
        )
    )
    answer = ground.ask("ANA-A13", (name,), path, _turns(name, f" ({path})"), somewhere(part, body), "more facts")
    if answer.status is Status.WITNESS:
        several = len(ground.parts(part.policy)) > 1
        yield Found(
            "ANA-A13",
            Weight.WARNING,
            (name,),
            Text(
                f"вердикт `{name}` может смениться от новых сведений: `known` о {quoted(fields)}",
                f"more facts may turn the verdict of `{name}`: `known` of {quoted(fields)}",
            ),
            Text("обойдитесь без `known`", "do without `known`"),
            core=(path, *fields) if several else fields,
            answer=answer,
            days=ground.days_around((name,), somewhere(part, body), answer, f"more facts {path}"),
            show=name,
            question=ground.last,
            because=_learned(answer),
        )


def _learned(answer: Answer) -> tuple[Text, ...]:
    """What the second snapshot of an answer says and the first does not."""
    witness = answer.witness
    if witness is None or witness.then is None:
        return ()
    told = [f"`{place}: {value}`" for place, value in added(witness.document, witness.then)]
    return tuple(Text(f"стало известно: {one}", f"became known: {one}") for one in told)


# --- days that pass --------------------------------------------------------------------------------------------


def lasting(ground: Ground) -> Iterator[Found]:
    """Whether a violation can go away although nothing about the organization changes, the next day."""
    for policy in ground.analysed("ANA-A14"):
        duty = isinstance(policy, Norm) and policy.modality is not Modality.PERMISSION
        for part in ground.parts(policy) if duty and ground.concerns(policy.id) else ():
            yield from _lasting(ground, part)


def _lasting(ground: Ground, part: Judged) -> Iterator[Found]:
    name, path = part.policy.id, part.subject.path
    dated = data_cuts(ground.policies, part.policy)
    steady = (
        Text(", пока данные с датами прежние", ", while dated data stay as they are") if dated else Text("", "")
    )
    asks = Text(
        f"может ли нарушение `{name}` исчезнуть на следующий день само{steady.ru} ({path})?",
        f"can a violation of `{name}` be gone the next day by itself{steady.en} ({path})?",
    )
    # The window may well end, and data with dates change; what is asked is whether the rest of the norm lets go.
    verdict = AllOf((part.applies, Not(part.exempt), Not(part.met)))
    if not _passes(verdict, part):
        ground.note("ANA-A14", (name,), path, asks, settled(Status.PROVED, BY_CONSTRUCTION))
        return
    body = Both((_steady(ground, part), violated(part), Then(surely_not(verdict, part.mode), Other.NEXT_DAY)))
    answer = ground.ask("ANA-A14", (name,), path, asks, somewhere(part, body), "next day")
    if answer.status is Status.WITNESS:
        yield Found(
            "ANA-A14",
            Weight.INFO,
            (name,),
            Text(
                f"нарушение `{name}` может исчезнуть само на следующий день ({path})",
                f"a violation of `{name}` can be gone by itself the next day ({path})",
            ),
            Text("проверьте, что срок задан верной стороной", "check that the deadline looks the right way"),
            core=(path,),
            answer=answer,
            days=ground.days_around((name,), somewhere(part, body), answer, f"next day {path}"),
            show=name,
            question=ground.last,
        )


def _steady(ground: Ground, part: Judged) -> Query:
    """That no parameter or register which the policy rests on says something else from the next day on."""
    cuts = sorted(data_cuts(ground.policies, part.policy))
    days = [Compare(AsOf(), Order.IS, Literal(cut - DAY)) for cut in cuts if FIRST < cut <= LAST]
    return surely_not(AnyOf(tuple(days)), ground.organization_mode)


def _passes(condition: Condition, part: Judged) -> bool:
    """Whether a condition may say something else on another day though the facts are the same."""
    overrides, policies = part.mode.overrides, part.mode.policies
    if overrides.registers or overrides.parameters:
        return True
    return any(
        isinstance(node, Fresh) or names_law_date(node) or _dated(node, policies)
        for node in _nodes(condition, part)
    )


def _dated(node: Condition, policies: PolicySet) -> bool:
    """Whether a condition itself reads data with periods, which count on a judged day."""
    if isinstance(node, ListedIn):
        rows = policies.registers[node.register].rows
        return any(row.period != ALWAYS or row.announced_on is not None for row in rows)
    names = [term.name for term in terms_of(node) if isinstance(term, ParameterValue)]
    return any(row.period != ALWAYS for name in names for row in policies.parameters[name].rows)


# --- two documents ---------------------------------------------------------------------------------------------


def added(less: Json, more: Json, place: str = "") -> Iterator[tuple[str, str]]:
    """What the second of two documents says and the first does not, by places as reports spell them."""
    match less, more:
        case dict(), dict():
            for name, value in more.items():
                inner = f"{place}.{name}" if place else name
                yield from added(less[name], value, inner) if name in less else _whole(value, inner)
        case list(), list():
            for index, value in enumerate(more):
                inner = f"{place}[{index}]"
                yield from added(less[index], value, inner) if index < len(less) else _whole(value, inner)
        case _:
            if less != more:
                yield from _whole(more, place)


def _whole(value: Json, place: str) -> Iterator[tuple[str, str]]:
    """All that a value says."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _whole(inner, f"{place}.{name}")
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for index, inner in enumerate(value):
            yield from _whole(inner, f"{place}[{index}]")
    else:
        yield place, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
