"""Properties that users state: an implication between verdicts, proved or shown to be wrong (ANA-A19).

```yaml
properties:
  - id: fm149-includes-ban
    title: {ru: …, en: …}
    about: uses
    when: [{policy: FM149-PD, verdict: violation}]
    then: [{policy: FM-BAN, verdict: violation}]
```
Both sides list literals; all of `when`, and then at least one of `then`. A policy about the list of `about` is
asked of one and the same item; of any other policy the literal says that `some` (or `every`) item it judges has
that verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from validator.interpreters.smt.query import Both, Either, ForEvery, ForSome, Judged, Negated, Query, verdicts
from validator.journeys.prove.digests import digest
from validator.journeys.prove.ground import Found, Ground
from validator.journeys.prove.reach import in_vocabulary
from validator.language.library import Library
from validator.language.limits import POLICY_LIMITS
from validator.language.nodes import Mapping, Node, Scalar
from validator.language.source import read_yaml
from validator.language.structure import FileReader
from validator.language.vocabulary import ROOT
from validator.logic.policy import Modality, Norm, Policy
from validator.logic.problem import InputError, Problem, Span
from validator.logic.proof import Status, Weight
from validator.logic.text import Text

KEYS = ("id", "title", "about", "when", "then")
LITERAL_KEYS = ("policy", "verdict", "is_not", "of")
_PART = "part"


class Of(Enum):
    """Which of the items that a policy judges a literal is about."""

    SOME = "some"
    EVERY = "every"


class Verdict(NamedTuple):
    """That a policy has a verdict, or (`negated`) has not."""

    policy: str
    verdict: str
    negated: bool
    of: Of


class Property(NamedTuple):
    """Whenever all of `when` hold, some of `then` does."""

    id: str
    title: Text
    about: str
    when: tuple[Verdict, ...]
    then: tuple[Verdict, ...]
    span: Span


def read_properties(data: bytes, file: str, library: Library) -> tuple[Property, ...]:
    """The properties of a file. Raises `InputError` with every mistake."""
    problems: list[Problem] = []
    document = read_yaml(data, file, POLICY_LIMITS)
    found = _Reader(file, problems, library).properties(document.root)
    if problems:
        raise InputError(problems)
    return found


class _Reader(FileReader):
    def __init__(self, file: str, problems: list[Problem], library: Library) -> None:
        super().__init__(file, problems)
        self.library = library

    def properties(self, root: Node) -> tuple[Property, ...]:
        """Every property that could be read; what is wrong is noted."""
        mapping = self.mapping(root, Text("свойства", "properties"))
        if mapping is None or not self.keys(mapping, ("properties",), ("properties",)):
            return ()
        self.distinct(mapping.get("properties"), "id")
        found = self.each(mapping.get("properties"), self._property)
        if not found and not self.problems:
            message = Text("нет ни одного свойства", "there is no property")
            self.report("list-expected", mapping, message, Text("добавьте их", "add some"))
        return found

    def _property(self, node: Node) -> Property | None:
        mapping = self.mapping(node, Text("свойство", "property"))
        if mapping is None or not self.keys(mapping, KEYS, ("id", "title", "when", "then")):
            return None
        name = self.text(mapping.get("id"))
        title = self.both(mapping.get("title"), Text("название", "title"))
        about = self.text(mapping.get("about")) or ROOT
        lists = (ROOT, *self.library.vocabulary.lists)
        written = mapping.get("about")
        if about not in lists and isinstance(written, Scalar):
            self.unknown_name("unknown-list", written, Text("список", "list"), lists)
        when = self.each(mapping.get("when"), self._literal)
        then = self.each(mapping.get("then"), self._literal)
        for key, side in (("when", when), ("then", then)):
            if not side and not self.problems:
                message = Text(f"`{key}` ничего не говорит", f"`{key}` says nothing")
                help_ = Text("`[{policy: …, verdict: …}]`", "`[{policy: …, verdict: …}]`")
                self.report("list-expected", mapping.get(key) or mapping, message, help_)
        if name is None or title is None:
            return None
        return Property(name, title, about, when, then, self.span(mapping))

    def _literal(self, node: Node) -> Verdict | None:
        mapping = self.mapping(node, Text("вердикт политики", "verdict of a policy"))
        if mapping is None or not self.keys(mapping, LITERAL_KEYS, ("policy",)):
            return None
        policies = self.library.policies
        name, written = self.text(mapping.get("policy")), mapping.get("policy")
        if name is None:
            return None
        policy = policies.norms.get(name) or policies.decisions.get(name)
        if policy is None:
            assert isinstance(written, Scalar)
            known = [one.id for one in policies.policies()]
            self.unknown_name("unknown-name", written, Text("политика", "policy"), known)
            return None
        return self._of_policy(mapping, policy)

    def _of_policy(self, mapping: Mapping, policy: Policy) -> Verdict | None:
        given = [key for key in ("verdict", "is_not") if mapping.get(key) is not None]
        if len(given) != 1:
            message = Text("нужен один из ключей `verdict` и `is_not`", "one of `verdict` and `is_not` is wanted")
            self.report("missing-key", mapping, message, Text("оставьте один", "keep one"))
            return None
        node = mapping.get(given[0])
        verdict, of = self.text(node), self.word(mapping.get("of"), Of)
        known = verdicts_of(policy)
        if verdict is not None and verdict not in known and isinstance(node, Scalar):
            self.unknown_name("unknown-value", node, Text("вердикт", "verdict"), known)
            return None
        return None if verdict is None else Verdict(policy.id, verdict, given[0] == "is_not", of or Of.SOME)


def verdicts_of(policy: Policy) -> list[str]:
    """The verdicts that a policy can have."""
    if not isinstance(policy, Norm):
        return [policy.positive, policy.otherwise, "ok", "unknown"]
    match policy.modality:
        case Modality.PERMISSION:
            return ["ok", "unknown"]
        case Modality.RECOMMENDATION:
            return ["advice", "ok", "unknown"]
        case _:
            return ["violation", "ok", "unknown"]


# --- the questions ---------------------------------------------------------------------------------------------


def properties(ground: Ground, stated: tuple[Property, ...]) -> Iterator[Found]:
    """The properties that do not hold."""
    for one in stated:
        names = tuple(dict.fromkeys(literal.policy for literal in (*one.when, *one.then)))
        subject = in_vocabulary(ground.vocabulary, one.about)
        when = Both(tuple(_literal(ground, literal, one.about) for literal in one.when))
        then = Either(tuple(_literal(ground, literal, one.about) for literal in one.then))
        extra = digest(str(one.when), str(one.then))
        premise = ground.probe(names, ForSome(subject, when), f"{extra} premise")
        query = ForSome(subject, Both((when, Negated(then))))
        asks = Text(f"нарушает ли что-нибудь «{one.title.ru}»?", f"does anything break “{one.title.en}”?")
        if premise.status is Status.PROVED:
            why = Text("условие свойства невыполнимо", "its premise can't be met")
            ground.note("ANA-A19", names, one.about, asks, premise._replace(status=Status.UNREACHABLE, why=why))
            yield _void(ground, one, names, why)
            continue
        answer = ground.ask("ANA-A19", names, one.about, asks, query, extra)
        if answer.status is Status.WITNESS:
            days = ground.days_around(names, query, answer, extra)
            yield Found(
                "ANA-A19",
                Weight.ERROR,
                names,
                Text(
                    f"ваше свойство `{one.id}` не выполняется: {one.title.ru}",
                    f"your property `{one.id}` does not hold: {one.title.en}",
                ),
                Text("исправьте политики или свойство", "mend the policies, or the property"),
                core=(one.id, extra),
                answer=answer,
                days=days,
                show=names[0],
                question=ground.last,
            )


def _void(ground: Ground, one: Property, names: tuple[str, ...], why: Text) -> Found:
    return Found(
        "ANA-A19",
        Weight.WARNING,
        names,
        Text(
            f"ваше свойство `{one.id}` ничего не говорит: {why.ru}",
            f"your property `{one.id}` says nothing: {why.en}",
        ),
        Text("исправьте `when`", "mend `when`"),
        core=(one.id, "premise"),
        question=ground.last,
    )


def _literal(ground: Ground, literal: Verdict, about: str) -> Query:
    """The literal, of the item of the property or of the items of the policy itself."""
    policy = ground.policies.norms.get(literal.policy) or ground.policies.decisions[literal.policy]
    found: Query = Either(tuple(_of_part(part, literal, about) for part in _asked(ground, policy, about)))
    return Negated(found) if literal.negated and literal.of is Of.SOME else found


def _asked(ground: Ground, policy: Policy, about: str) -> tuple[Judged, ...]:
    parts = ground.parts(policy)
    same = tuple(part for part in parts if part.subject.path == about)
    return same or parts


def _of_part(part: Judged, literal: Verdict, about: str) -> Query:
    if part.subject.path == about:
        return verdicts(part)[literal.verdict]
    name = f"{_PART} {part.policy.id}"
    body = verdicts(part, name)[literal.verdict]
    if literal.of is Of.SOME:
        return ForSome(part.subject, body, name)
    return ForEvery(part.subject, Negated(body) if literal.negated else body, name)
