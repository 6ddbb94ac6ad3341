"""What facts do to verdicts: facts that a source never provides, facts that may turn a verdict, days that pass
(ANA-A12, A13, A14)."""

from __future__ import annotations

from collections.abc import Iterator

from validator.interpreters.smt.query import (
    Both,
    Definitely,
    Either,
    ForEvery,
    Judged,
    Negated,
    Query,
    somewhere,
    surely,
    surely_not,
    violated,
)
from validator.journeys.prove.ground import Found, Ground, quoted, settled
from validator.journeys.prove.reach import every_node, in_vocabulary, is_fresh, names_law_date, part_reads
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    TRUE,
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    Field,
    Known,
    ListedIn,
    ListPath,
    Not,
    ParameterValue,
    Quantified,
    Quantity,
    Shifted,
    Term,
)
from validator.logic.frozen import replace
from validator.logic.policy import ALWAYS, Modality, Norm, PolicySet, RegisterRow
from validator.logic.proof import Status, Weight
from validator.logic.text import Text

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
    asks = Text(f"есть ли снимок, о котором `{name}` судит определённо?", f"is `{name}` ever decided?")
    answer = ground.ask("ANA-A12", (name,), path, asks, somewhere(part, _decided(part)), "decided", witness=False)
    if answer.status is Status.PROVED:
        message = Text(
            f"`{name}` не решается ни при каких сведениях ({path})", f"`{name}` is decided by no facts ({path})"
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
            f"решает ли `{policy.id}` хоть один снимок из источника `{source}`?",
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
        yield Found(
            "ANA-A12",
            Weight.INFO,
            tuple(silent),
            Text(
                f"снимки из источника `{source}` никогда не решают: {quoted(silent)} — {told.why.ru}",
                f"snapshots of source `{source}` never decide: {quoted(silent)} — {told.why.en}",
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
    """Whether more facts can turn a definite verdict: only where a condition asks what is known."""
    for policy in ground.analysed("ANA-A13"):
        if not ground.concerns(policy.id):
            continue
        nodes = [
            node
            for part in ground.parts(policy)
            for node in every_node(part.verdict, ground.policies)
            if isinstance(node, Known)
        ]
        asks = Text(
            f"могут ли новые сведения перевернуть определённый вывод `{policy.id}`?",
            f"can more facts turn a definite verdict of `{policy.id}`?",
        )
        status = Status.NOT_ANALYSED if nodes else Status.PROVED
        fields = quoted(dict.fromkeys(".".join(node.field.path) for node in nodes))
        why = Text(f"условие спрашивает, известно ли: {fields}", f"a condition asks whether is known: {fields}")
        ground.note("ANA-A13", (policy.id,), "", asks, settled(status, why if nodes else BY_CONSTRUCTION))
        if nodes:
            message = Text(
                f"вывод `{policy.id}` может перевернуться от новых сведений: `known` о {fields}",
                f"more facts may turn the verdict of `{policy.id}`: `known` of {fields}",
            )
            help_ = Text("обойдитесь без `known`", "do without `known`")
            core = tuple(dict.fromkeys(".".join(node.field.path) for node in nodes))
            yield Found("ANA-A13", Weight.WARNING, (policy.id,), message, help_, core=core, question=ground.last)


# --- days that pass --------------------------------------------------------------------------------------------


def lasting(ground: Ground) -> Iterator[Found]:
    """Whether a violation can go away although nothing about the organization changes, the next day."""
    for policy in ground.analysed("ANA-A14"):
        duty = isinstance(policy, Norm) and policy.modality is not Modality.PERMISSION
        for part in ground.parts(policy) if duty and ground.concerns(policy.id) else ():
            yield from _lasting(ground, part)


def _lasting(ground: Ground, part: Judged) -> Iterator[Found]:
    name, path = part.policy.id, part.subject.path
    asks = Text(
        f"может ли нарушение `{name}` исчезнуть на следующий день само ({path})?",
        f"can a violation of `{name}` be gone the next day by itself ({path})?",
    )
    # The window may well end; what is asked is whether the rest of the norm lets go.
    verdict = AllOf((part.applies, Not(part.exempt), Not(part.met)))
    if is_fresh(verdict, ground.policies) or _dated(verdict, part):
        why = Text("вывод опирается на данные с датами", "the verdict rests on dated data")
        ground.note("ANA-A14", (name,), path, asks, settled(Status.NOT_ANALYSED, why))
        return
    if not names_law_date(verdict, ground.policies):
        ground.note("ANA-A14", (name,), path, asks, settled(Status.PROVED, BY_CONSTRUCTION))
        return
    later = _tomorrow(verdict, ground.policies)
    if later is None:
        why = Text("день проверки стоит внутри определения", "a definition asks for the day of judgement")
        ground.note("ANA-A14", (name,), path, asks, settled(Status.NOT_ANALYSED, why))
        return
    body = Both((violated(part), surely_not(later, part.mode)))
    answer = ground.ask("ANA-A14", (name,), path, asks, somewhere(part, body), "tomorrow")
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
            days=ground.days_around((name,), somewhere(part, body), answer, f"tomorrow {path}"),
            show=name,
            question=ground.last,
        )


def _dated(condition: Condition, part: Judged) -> bool:
    """Whether a condition reads data with periods on a judged day that moves with the day of judgement."""
    policies = part.mode.policies
    for node in every_node(condition, policies):
        if isinstance(node, ListedIn) and any(row.period != ALWAYS for row in _rows(policies, node.register)):
            return True
        for name in _parameters(node):
            rows = policies.parameters[name].rows if name in policies.parameters else ()
            if any(row.period != ALWAYS for row in rows):
                return True
    return False


def _rows(policies: PolicySet, register: str) -> tuple[RegisterRow, ...]:
    return policies.registers[register].rows if register in policies.registers else ()


def _parameters(node: Condition) -> Iterator[str]:
    for term in (getattr(node, "left", None), getattr(node, "right", None)):
        for inner in (term, getattr(term, "day", None), getattr(term, "days", None)):
            if isinstance(inner, ParameterValue):
                yield inner.name


def _tomorrow(condition: Condition, policies: PolicySet) -> Condition | None:
    """The condition as it reads a day later; None where that can't be written down."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            moved = [_tomorrow(part, policies) for part in parts]
            sound = tuple(part for part in moved if part is not None)
            return replace(condition, parts=sound) if len(sound) == len(parts) else None
        case Not(part):
            inner = _tomorrow(part, policies)
            return None if inner is None else Not(inner)
        case Compare(left=left, right=right):
            first, second = _moved(left), _moved(right)
            return None if first is None or second is None else replace(condition, left=first, right=second)
        case _:
            return None if names_law_date(condition, policies) else condition


def _moved(term: Term) -> Term | None:
    match term:
        case AsOf():
            return Shifted(term, 1)
        case Shifted(day=AsOf(), days=int(days)):
            return replace(term, days=days + 1)
        case Shifted(day=AsOf()):
            return None
        case _:
            return term
