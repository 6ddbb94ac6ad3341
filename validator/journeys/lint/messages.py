"""What a norm says to people: placeholders that fit, a remedy where one is owed, a tone that fits the modality."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.lint.conditions import of_policy
from validator.journeys.lint.pack import Check, Pack, at, both_texts, piece, place_of, weakness
from validator.language.library import PolicyFile
from validator.language.nodes import Node, Scalar
from validator.language.policy_parts import PLACEHOLDER, placeholder_field
from validator.language.scopes import scope_of
from validator.logic.expr import Condition, Field, Follow, Meets, terms_of, walk
from validator.logic.policy import Decision, Modality, Norm, Policy, Severity, Subject
from validator.logic.problem import Problem
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text

# Where messages stand: keys of a norm, and the advice of a decision.
_MESSAGES = ("message", "remedy", "remark", "advice")
_BINDING = (Modality.PROHIBITION, Modality.OBLIGATION)
_BLOCKING = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM)
# The gravest that fits: what is only recommended does not stop anybody, what is allowed can't be violated.
_GRAVEST = {Modality.RECOMMENDATION: Severity.MEDIUM, Modality.PERMISSION: Severity.LOW}
_PERSONS = ("people", "guardians")


def _messages(file: PolicyFile) -> Iterator[tuple[Scalar, Scalar]]:
    for key in _MESSAGES:
        node = file.root.get(key)
        for _, ru, en in both_texts(node, key) if node is not None else ():
            yield ru, en


def placeholders_differ(pack: Pack) -> Iterator[Problem]:
    """Placeholders that one language has and the other has not."""
    for _, file in pack.judged():
        for ru, en in _messages(file):
            if pack.mistaken(place_of(file, ru), place_of(file, en)):
                continue  # what is misspelt in one of them is no difference
            for node, other, name in ((ru, en, "en"), (en, ru, "ru")):
                there = {found[1] for found in PLACEHOLDER.finditer(other.text)}
                for found in PLACEHOLDER.finditer(node.text):
                    if found[1] in there:
                        continue
                    yield weakness(
                        "placeholders-differ",
                        piece(file, node, found.start(1), found[1]),
                        Text(
                            f"`{{{found[1]}}}` есть только в одном языке",
                            f"`{{{found[1]}}}` is in one language only",
                        ),
                        Text(f"допишите его в тексте `{name}`", f"add it to the text `{name}`"),
                    )


# --- facts that messages name ----------------------------------------------------------------------------------


def absent_facts(pack: Pack) -> Iterator[Problem]:
    """Placeholders of facts that may be missing and that no condition of the policy asks for."""
    for policy, file in pack.judged():
        asked = {field for condition in of_policy(policy) for field in _asked(pack, condition, ())}
        told: set[str] = set()
        for node, start, name, path, shape in _placeholders(pack, policy, file):
            if (
                name in told
                or _about_a_person(policy, shape)
                or shape.required
                or (path[-1] == "name" and "organization" in name)
                or path in asked
            ):
                continue
            told.add(name)
            yield weakness(
                "placeholder-may-be-absent",
                piece(file, node, start, name),
                Text(
                    f"факт `{name}` необязателен и условиями не проверяется: в сообщении может стоять «нет данных»",
                    f"`{name}` is optional and asked for by no condition: the message may say “unknown”",
                ),
                Text(
                    "назовите обязательный факт или обойдитесь без него", "name a required fact, or do without it"
                ),
            )


def _asked(pack: Pack, condition: Condition, seen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The paths of the fields that a condition compares, through its definitions."""
    for node in walk(condition):
        yield from (term.path for term in terms_of(node) if isinstance(term, Field))
        if isinstance(node, Follow):
            yield node.reference.path
        if isinstance(node, Meets) and node.definition not in seen:
            definition = pack.policies.definitions.get(node.definition)
            if definition is not None:
                yield from _asked(pack, definition.when, (*seen, node.definition))


def _placeholders(
    pack: Pack, policy: Policy, file: PolicyFile
) -> Iterator[tuple[Scalar, int, str, tuple[str, ...], FieldShape]]:
    """Every placeholder: its text, where in it, its name, and the field that it names in the first list."""
    subject = _subjects(policy)[0]
    scope = scope_of(pack.library.vocabulary, subject.path, subject.renamed)
    for node in (node for both in _messages(file) for node in both):
        for found in PLACEHOLDER.finditer(node.text):
            field = placeholder_field(found[1], scope)
            if field is not None:
                yield node, found.start(1), found[1], field[1], field[2]


def _subjects(policy: Policy) -> list[Subject]:
    match policy:
        case Norm():
            return [clauses.subject for clauses in policy.clauses]
        case Decision():
            return [policy.subject]


def facts_about_persons(pack: Pack) -> Iterator[Problem]:
    """Placeholders that would put a person, or a sensitive fact about one, into a message."""
    for policy, file in pack.judged():
        for node, start, name, _, shape in _placeholders(pack, policy, file):
            if _about_a_person(policy, shape):
                yield weakness(
                    "placeholder-for-person",
                    piece(file, node, start, name),
                    Text(
                        f"`{name}` назовёт в сообщении человека или то, что о нём не говорят",
                        f"`{name}` would put a person, or what is not told of a person, into the message",
                    ),
                    Text(
                        "уберите: место в снимке отчёт называет и так",
                        "leave it out: the report names the place in the snapshot anyway",
                    ),
                )


def _about_a_person(policy: Policy, shape: FieldShape) -> bool:
    of_person = shape.kind is Kind.REF and shape.target in _PERSONS
    own = shape.kind is Kind.ID and _subjects(policy)[0].path in _PERSONS
    return of_person or own or shape.personal == "sensitive"


# --- remedy and tone -------------------------------------------------------------------------------------------


def missing_remedies(pack: Pack) -> Iterator[Problem]:
    """Norms whose violation blocks and that do not say what to do."""
    for policy, file in pack.judged():
        if not isinstance(policy, Norm) or policy.modality not in _BINDING or policy.severity not in _BLOCKING:
            continue
        if policy.remedy is None and file.root.get("remedy") is None:
            yield weakness(
                "missing-remedy",
                place_of(file, _key(file, "message")),
                Text(
                    f"нарушение `{policy.id}` останавливает проверку, а что делать, не сказано",
                    f"a violation of `{policy.id}` blocks, but nothing says what to do",
                ),
                Text("допишите `remedy: {ru: …, en: …}`", "add `remedy: {ru: …, en: …}`"),
            )


def _key(file: PolicyFile, name: str) -> Node | None:
    entry = file.root.entries.get(name)
    return entry[0] if entry else None


def severity_above_modality(pack: Pack) -> Iterator[Problem]:
    """Recommendations and permissions that are graver than their modality can be."""
    for policy, file in pack.judged():
        gravest = _GRAVEST.get(policy.modality) if isinstance(policy, Norm) else None
        if gravest is None or not isinstance(policy, Norm) or policy.severity.rank >= gravest.rank:
            continue
        yield weakness(
            "severity-above-modality",
            place_of(file, at(file.root, "severity")),
            Text(
                f"`{policy.severity.value}` слишком сильно для `{policy.modality.value}`",
                f"`{policy.severity.value}` is too grave for `{policy.modality.value}`",
            ),
            Text(
                f"не выше `{gravest.value}`; если это обязанность, исправьте `modality`",
                f"at most `{gravest.value}`; if it is a duty, mend `modality`",
            ),
        )


MESSAGES: tuple[Check, ...] = (
    placeholders_differ,
    absent_facts,
    facts_about_persons,
    missing_remedies,
    severity_above_modality,
)
