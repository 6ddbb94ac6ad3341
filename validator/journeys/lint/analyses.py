"""Conditions that contradict themselves or one another, found without a solver: dates and values that can't meet.

Each analysis is a check like any other and is listed here. What could not be decided is said, once per policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.lint.conditions import empty_conditions, empty_sets, sets_without_common_word
from validator.journeys.lint.gaps import Gap, gaps
from validator.journeys.lint.outcomes import Answer, Fault, answers_of, nodes_of
from validator.journeys.lint.pack import Check, Pack, at, named_in, place_of, text_of, weakness
from validator.language.library import PolicyFile
from validator.language.vocabulary import ROOT
from validator.logic.policy import Cover, Norm, Period, Policy, Topic
from validator.logic.problem import Problem, Span
from validator.logic.text import Text

_WHY = {
    "comparison": Text("сравниваются два поля", "two fields are compared"),
    "ratio": Text("сравнивается доля", "a share is compared"),
    "count": Text("считаются записи списка", "items of a list are counted"),
    "sum": Text("сумма и её слагаемое сравниваются порознь", "a sum and one of its terms are compared"),
    "month": Text("судят по месяцу", "a month is judged"),
    "readings": Text("у норм темы разные прочтения или дни", "the norms of the topic differ in readings or days"),
    "steps": Text("слишком много сочетаний", "too many combinations"),
}
_OTHER = Text("условие такого вида не разбирается", "conditions of this kind are not looked into")


def impossible(pack: Pack) -> Iterator[Problem]:
    """What a policy can never do, under its chosen reading, whatever the facts."""
    told = {
        problem.span
        for check in (empty_conditions, empty_sets, sets_without_common_word)
        for problem in check(pack)
    }
    for policy, file in pack.judged():
        if told and any(node.span in told for node in nodes_of(pack.policies, policy)):
            continue  # said of the condition already, and the reason of whatever follows from it
        open_ones: list[Answer] = []
        for answer in answers_of(pack, policy):
            if answer.fault is None:
                open_ones.append(answer)
            else:
                yield _impossible(policy, file, answer, answer.fault)
        if open_ones:
            yield _not_decided(policy.id, place_of(file, None), [answer.why for answer in open_ones])


def _impossible(policy: Policy, file: PolicyFile, answer: Answer, fault: Fault) -> Problem:
    where = _of_list(policy, answer)
    match fault:
        case Fault.NEVER_IN_FORCE:
            return weakness(
                "never-in-force",
                place_of(file, at(file.root, "in_force")),
                Text(
                    f"`{policy.id}` не действует ни в один день{where.ru}",
                    f"`{policy.id}` is in force on no day{where.en}",
                ),
                Text(
                    "сверьте `from` и `through` с тем, что известно о днях",
                    "compare `from` and `through` with what is known of the days",
                ),
            )
        case Fault.NEVER_APPLIES:
            return weakness(
                "never-applies",
                place_of(file, at(file.root, "applies_when") or at(file.root, "in_force")),
                Text(
                    f"`{policy.id}` ни к чему не применяется{where.ru}: условия исключают друг друга",
                    f"`{policy.id}` applies to nothing{where.en}: its conditions rule each other out",
                ),
                Text(
                    "найдите в `applies_when` и `in_force` условия, которые вместе невозможны",
                    "find the conditions in `applies_when` and `in_force` that can't hold together",
                ),
            )
        case Fault.ALWAYS_EXCEPTED:
            return weakness(
                "always-excepted",
                place_of(file, at(file.root, "exceptions")),
                Text(
                    f"исключения забирают всё, к чему применяется `{policy.id}`{where.ru}",
                    f"the exceptions take away all that `{policy.id}` applies to{where.en}",
                ),
                Text("сузьте исключения или удалите норму", "narrow the exceptions, or remove the norm"),
            )
        case Fault.NEVER_VIOLATED | Fault.NEVER_MET:
            return _of_requirement(policy, file, fault, where)
        case Fault.IDLE_EXCEPTION:
            return weakness(
                "idle-exception",
                place_of(file, named_in(file, "exceptions", answer.part)),
                Text(
                    f"исключение `{answer.part}` никогда не выполнено там, где применяется `{policy.id}`{where.ru}",
                    f"the exception `{answer.part}` never holds where `{policy.id}` applies{where.en}",
                ),
                Text(
                    "исправьте условие исключения или уберите его",
                    "mend the condition of the exception, or drop it",
                ),
            )
        case _:
            return _of_decision(policy, file, answer, fault)


def _of_requirement(policy: Policy, file: PolicyFile, fault: Fault, where: Text) -> Problem:
    place = place_of(file, at(file.root, "forbidden") or at(file.root, "required"))
    if fault is Fault.NEVER_VIOLATED:
        return weakness(
            "never-violated",
            place,
            Text(
                f"`{policy.id}` нельзя нарушить{where.ru}: требование выполнено всегда, когда норма применяется",
                f"`{policy.id}` can't be violated{where.en}: what it requires always holds where it applies",
            ),
            Text(
                "уберите из требования то, что уже сказано в `applies_when`, или исправьте его",
                "drop from the requirement what `applies_when` says already, or mend it",
            ),
        )
    return weakness(
        "never-met",
        place,
        Text(
            f"`{policy.id}` нельзя выполнить{where.ru}: требование противоречит условиям нормы или себе",
            f"`{policy.id}` can't be met{where.en}: what it requires contradicts the norm's conditions, or itself",
        ),
        Text("сверьте требование с `applies_when`", "compare the requirement with `applies_when`"),
    )


def _of_decision(policy: Policy, file: PolicyFile, answer: Answer, fault: Fault) -> Problem:
    if fault in (Fault.NEVER_POSITIVE, Fault.NEVER_OTHERWISE):
        key = "all_criteria_and_no_exclusion" if fault is Fault.NEVER_POSITIVE else "otherwise"
        node = at(file.root, "then", key)
        return weakness(
            "one-outcome",
            place_of(file, node or at(file.root, "then")),
            Text(
                f"исход `{text_of(node)}` решения `{policy.id}` невозможен",
                f"the outcome `{text_of(node)}` of `{policy.id}` is impossible",
            ),
            Text(
                "сверьте признаки и исключения между собой и с `applies_when`",
                "compare the criteria and exclusions with one another and with `applies_when`",
            ),
        )
    criterion = fault is Fault.IDLE_CRITERION
    return weakness(
        "idle-criterion",
        place_of(file, named_in(file, "criteria" if criterion else "exclusions", answer.part)),
        Text(f"признак `{answer.part}` выполнен всегда", f"the criterion `{answer.part}` always holds")
        if criterion
        else Text(f"исключение `{answer.part}` не выполнено никогда", f"the exclusion `{answer.part}` never holds"),
        Text(
            "уберите его или исправьте условие: на исход он не влияет",
            "drop it or mend its condition: the outcome does not turn on it",
        ),
    )


def _of_list(policy: Policy, answer: Answer) -> Text:
    """Which list is meant, where the policy is about several."""
    if not isinstance(policy, Norm) or len(policy.clauses) < 2 or answer.subject == ROOT:
        return Text("", "")
    return Text(f" (список `{answer.subject}`)", f" (the list `{answer.subject}`)")


def _not_decided(name: str, span: Span, reasons: list[str]) -> Problem:
    said = [_WHY.get(why, _OTHER) for why in dict.fromkeys(reasons)]
    return weakness(
        "not-analysed",
        span,
        Text(
            f"не всё о `{name}` решено без решателя: {'; '.join(text.ru for text in said)}",
            f"not all about `{name}` is decided without a solver: {'; '.join(text.en for text in said)}",
        ),
        Text("спросите решатель: `sverka prove`", "ask the solver: `sverka prove`"),
    )


# --- what a topic leaves uncovered -----------------------------------------------------------------------------


def uncovered(pack: Pack) -> Iterator[Problem]:
    """Days and kinds of organization that no norm of a topic applies to, though it is to cover them all."""
    for topic in pack.policies.topics.values() if pack.sound else ():
        if any(off.analysis == "ANA-A9" for off in topic.switched_off):
            continue
        for cover in topic.covers:
            for gap in gaps(pack.policies, pack.library.vocabulary, topic, cover) if cover.exhaustive else ():
                if isinstance(gap, Gap):
                    yield _uncovered(pack, topic, cover, gap)
                else:
                    yield _not_decided(topic.name, cover.span, [gap.why])


def _uncovered(pack: Pack, topic: Topic, cover: Cover, gap: Gap) -> Problem:
    shape = pack.library.vocabulary.root.fields["kind"]
    titles = [shape.values[kind] for kind in gap.kinds]
    whose = Text("", "")
    if titles:
        whose = Text(f": {', '.join(t.ru for t in titles)}", f": {', '.join(t.en for t in titles)}")
    days = _said(gap.days)
    return weakness(
        "coverage-gap",
        cover.span,
        Text(
            f"область «{cover.title.ru}» темы `{topic.name}`: ни одна норма не применяется {days.ru}{whose.ru}",
            f"the domain “{cover.title.en}” of topic `{topic.name}`: no norm applies {days.en}{whose.en}",
        ),
        Text(
            "дополните нормы темы, сузьте область или поставьте `exhaustive: false`",
            "add to the norms of the topic, narrow the domain, or set `exhaustive: false`",
        ),
    )


def _said(days: Period) -> Text:
    match days.first, days.last:
        case None, None:
            return Text("ни в один день", "on any day")
        case None, last:
            return Text(f"по {last}", f"through {last}")
        case first, None:
            return Text(f"с {first}", f"from {first}")
        case first, last:
            return Text(f"с {first} по {last}", f"from {first} through {last}")


ANALYSES: tuple[Check, ...] = (impossible, uncovered)
