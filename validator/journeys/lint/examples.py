"""What the embedded examples leave out, and which of them say nothing new."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.examples.cases import BrokenCase, Case, run
from validator.journeys.examples.embedded import examples_of
from validator.journeys.examples.expectations import verdict_words
from validator.journeys.lint.outcomes import Fault, answers_of
from validator.journeys.lint.pack import Check, Pack, at, mappings_of, named_in, place_of, text_of, weakness
from validator.journeys.lint.possible import never_violated
from validator.language.library import PolicyFile
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.structure import closest
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Decision, Modality, Norm, Policy, PolicySet
from validator.logic.problem import Problem
from validator.logic.text import Text

OK = ("ok", "met", "exempt", "open")
# The keys of a case that say what must come out; all others are its input.
_EXPECTATIONS = ("name", "expect", "missing", "disputed", "criteria", "advice")


def _cases(file: PolicyFile) -> list[Mapping]:
    return mappings_of(at(file.root, "examples", "cases"))


def _policies(pack: Pack) -> Iterator[tuple[Policy, PolicyFile]]:
    """The policies that have a list of examples at all; that a list is missing is told by the reader."""
    for policy, file in pack.judged():
        if isinstance(at(file.root, "examples", "cases"), Sequence):
            yield policy, file


# --- answers ---------------------------------------------------------------------------------------------------


def missing_examples(pack: Pack) -> Iterator[Problem]:
    """Answers of a policy that no example shows."""
    for policy, file in _policies(pack):
        shown = {text_of(case.get("expect")) for case in _cases(file)}
        shown |= _meant(shown, policy)
        wanted = _wanted_of_norm(pack.policies, policy) if isinstance(policy, Norm) else _wanted_of_decision(policy)
        never = _impossible(pack, policy)
        missing = [names[0] for names in wanted if not shown & {*names} and names[0] not in never]
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            yield weakness(
                "missing-example",
                place_of(file, file.root.entries["examples"][0]),
                Text(f"у `{policy.id}` нет примера с ответом {names}", f"`{policy.id}` has no example of {names}"),
                Text(
                    "допишите в `cases` по случаю на каждый такой ответ",
                    "add a case to `cases` for each of these answers",
                ),
            )


_DEAD = (Fault.NEVER_IN_FORCE, Fault.NEVER_APPLIES)


def _impossible(pack: Pack, policy: Policy) -> set[str]:
    """The answers that the policy never gives, which is told on its own."""
    found: set[str] = set()
    for fault in {answer.fault for answer in answers_of(pack, policy)}:
        match fault:
            case Fault.NEVER_IN_FORCE | Fault.NEVER_APPLIES:
                found |= {"violation", "advice", "ok"}
            case Fault.ALWAYS_EXCEPTED | Fault.NEVER_VIOLATED:
                found |= {"violation", "advice"}
            case Fault.NEVER_MET:
                found |= {"ok"}
            case Fault.NEVER_POSITIVE if isinstance(policy, Decision):
                found.add(policy.positive)
            case Fault.NEVER_OTHERWISE if isinstance(policy, Decision):
                found.add(policy.otherwise)
            case _:
                pass
    return found


def _meant(shown: set[str], policy: Policy) -> set[str]:
    """What misspelt answers stand for: each of them is told on its own, and not also as missing."""
    words = verdict_words(policy)
    return {close for word in shown - {*words} if (close := closest(word, words))}


def _wanted_of_norm(policies: PolicySet, norm: Norm) -> list[tuple[str, ...]]:
    wanted: list[tuple[str, ...]] = [OK, ("unknown",)]
    if norm.modality is Modality.RECOMMENDATION:
        wanted.insert(0, ("advice",))
    elif norm.modality is not Modality.PERMISSION:
        wanted.insert(0, ("violation",))
    if len(wanted) == 3 and all(never_violated(policies, clauses) for clauses in norm.clauses):
        del wanted[0]
    return wanted


def _wanted_of_decision(decision: Decision) -> list[tuple[str, ...]]:
    return [(decision.positive,), (decision.otherwise,), ("unknown",)]


def mistakes(pack: Pack) -> Iterator[Problem]:
    """What is wrong in the examples themselves: unknown keys, answers and names. They are not run."""
    for case in examples_of(pack.library):
        if isinstance(case, Case | BrokenCase):
            yield from (problem for problem in case.errors if not pack.doubtful(problem))


# --- readings and exceptions -----------------------------------------------------------------------------------


def readings_not_shown(pack: Pack) -> Iterator[Problem]:
    """Readings other than the chosen one by which no example comes out differently."""
    for policy, file in _policies(pack):
        shown = {key.text for case in _cases(file) for key in _keys(case.get("disputed"))}
        names = [reading.id for reading in policy.readings]
        shown |= {close for name in shown - {*names} if (close := closest(name, names))}
        for reading in policy.readings:
            if not reading.chosen and reading.id not in shown:
                yield weakness(
                    "reading-not-shown",
                    place_of(file, named_in(file, "readings", reading.id)),
                    Text(
                        f"ни один пример не показывает, чем отличается прочтение `{reading.id}`",
                        f"no example shows where the reading `{reading.id}` differs",
                    ),
                    Text(
                        f"допишите случай с `disputed: {{{reading.id}: …}}` или уберите прочтение",
                        f"add a case with `disputed: {{{reading.id}: …}}`, or remove the reading",
                    ),
                )


def _keys(node: Node | None) -> list[Scalar]:
    return [key for key, _ in node.items()] if isinstance(node, Mapping) else []


def exceptions_not_shown(pack: Pack) -> Iterator[Problem]:
    """Exceptions that no example falls under."""
    for norm, file in _policies(pack):
        if not isinstance(norm, Norm) or not norm.exceptions:
            continue
        exempt = any(text_of(case.get("expect")) == "exempt" for case in _cases(file))
        answers = answers_of(pack, norm)
        dead = any(answer.fault in _DEAD for answer in answers)
        idle = {answer.part for answer in answers if answer.fault is Fault.IDLE_EXCEPTION}
        for exception in norm.exceptions:
            # With one exception, or a set that can't be judged, the word of the examples must do.
            shown = _exempts(pack, norm, exception.id) if len(norm.exceptions) > 1 and pack.sound else exempt
            if not shown and not dead and exception.id not in idle:
                yield weakness(
                    "exception-not-shown",
                    place_of(file, named_in(file, "exceptions", exception.id)),
                    Text(
                        f"ни один пример не попадает под исключение `{exception.id}`",
                        f"no example falls under the exception `{exception.id}`",
                    ),
                    Text("допишите случай с `expect: exempt`", "add a case with `expect: exempt`"),
                )


def _exempts(pack: Pack, norm: Norm, name: str) -> bool:
    """Whether some example is exempt when the norm has this one exception alone."""
    alone = replace(
        norm,
        exceptions=tuple(exception for exception in norm.exceptions if exception.id == name),
        clauses=tuple(_with_one(clauses, name) for clauses in norm.clauses),
    )
    policies = replace(pack.policies, norms={**pack.policies.norms, norm.id: alone})
    cases = [
        case._replace(policy=alone, cured=None, errors=())
        for case in examples_of(pack.library, [norm.id])
        if isinstance(case, Case) and text_of(case.node.get("expect")) == "exempt"
    ]
    return any(case.result is not None and case.result["reason"] == "exempt" for case in run(cases, policies))


def _with_one(clauses: Clauses, name: str) -> Clauses:
    return replace(clauses, exceptions=tuple(found for found in clauses.exceptions if found[0] == name))


# --- cases -----------------------------------------------------------------------------------------------------


def same_input(pack: Pack) -> Iterator[Problem]:
    """Two cases of one input: the second shows nothing, or contradicts the first."""
    for _, file in _policies(pack):
        first: dict[object, Mapping] = {}
        for case in _cases(file):
            found = first.setdefault(_input(case), case)
            if found is not case:
                yield weakness(
                    "duplicate-case",
                    place_of(file, case),
                    Text(
                        f"те же данные, что у примера в строке {found.line}",
                        f"the same facts as the case at line {found.line}",
                    ),
                    Text("измените данные (`change`) или уберите пример", "change the facts, or remove the case"),
                )


def _input(case: Mapping) -> object:
    return tuple(sorted((key.text, _plain(value)) for key, value in case.items() if key.text not in _EXPECTATIONS))


def _plain(node: Node) -> str:
    """A node as text: equal for equal content, whatever the order of keys and the layout."""
    match node:
        case Scalar():
            return repr(node.text)
        case Sequence():
            return f"[{','.join(_plain(item) for item in node.items)}]"
        case Mapping():
            return f"{{{','.join(sorted(f'{key.text!r}:{_plain(value)}' for key, value in node.items()))}}}"


EXAMPLES: tuple[Check, ...] = (
    missing_examples,
    mistakes,
    readings_not_shown,
    exceptions_not_shown,
    same_input,
)
