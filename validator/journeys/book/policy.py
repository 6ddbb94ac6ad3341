"""One policy for the book: norm or decision, put into words."""

from __future__ import annotations

import re

from validator.interpreters.naming import name_of, plain_name
from validator.interpreters.prose import day_term
from validator.journeys.book.examples import examples_part
from validator.journeys.book.index import addressee
from validator.journeys.book.parts import (
    Change,
    DecisionPart,
    Demand,
    Exempt,
    Fact,
    NormPart,
    Penalty,
    PolicyPart,
    ReadingPart,
    Ref,
    Term,
    Test,
    Told,
)
from validator.journeys.book.refs import ground, grounds, refs_of_term, rests_on, told_lines
from validator.language.library import Library
from validator.language.vocabulary import ROOT
from validator.logic.expr import TRUE, Condition, Literal, Not
from validator.logic.policy import Clauses, Criterion, Decision, Norm, Policy, PolicySet, Reading, Subject, Window
from validator.logic.shape import FieldShape, RecordShape
from validator.logic.text import Language, Text
from validator.logic.values import Value

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ORGANIZATION = Text("Организация", "Organization")


def policy_part(policy: Policy, library: Library, conflicts: dict[str, set[str]], *, draft: bool) -> PolicyPart:
    """The policy in words. `conflicts` names the conflicts of law recorded by each policy and definition."""
    teller = _Teller(library)
    below = rests_on(policy, library.policies)
    own = tuple(sorted(conflicts.get(policy.id, ())))
    beneath = {(name, ref) for ref in below for name in conflicts.get(ref.name, ()) if name not in own}
    return PolicyPart(
        id=policy.id,
        topic=policy.topic,
        title=policy.title,
        force=policy.force.value,
        grounds=grounds(policy.cites, library.policies),
        addressee=addressee(policy, library),
        readings=tuple(teller.reading(reading, policy) for reading in policy.readings),
        examples=examples_part(policy, library),
        rests_on=below,
        conflicts=own,
        conflicts_below=tuple(sorted(beneath)),
        norm=teller.norm(policy) if isinstance(policy, Norm) else None,
        decision=teller.decision(policy) if isinstance(policy, Decision) else None,
        draft=draft,
    )


def items_of(path: str, library: Library) -> Text:
    """The name of what is judged: of a list, or of the organization itself."""
    return _ORGANIZATION if path == ROOT else library.vocabulary.lists[path].title


class _Teller:
    def __init__(self, library: Library) -> None:
        self.library = library
        self.policies: PolicySet = library.policies

    # --- norms and decisions ------------------------------------------------------------------------------

    def norm(self, norm: Norm) -> NormPart:
        subject = norm.clauses[0].subject
        sanction = norm.sanction
        waivable = norm.waivable
        return NormPart(
            modality=norm.modality.value,
            severity=norm.severity.value,
            demands=tuple(self._demand(norm, clauses) for clauses in norm.clauses),
            message=self.readable(norm.message, subject),
            remedy=None if norm.remedy is None else self.readable(norm.remedy, subject),
            remark=None if norm.remark is None else self.readable(norm.remark, subject),
            remedy_sets=tuple(self._set(path, value, subject) for path, value in norm.remedy_sets.items()),
            penalty=None
            if sanction is None
            else Penalty(
                ground(sanction.cites, self.policies), sanction.applies, sanction.official_rub, sanction.entity_rub
            ),
            waivable=waivable if isinstance(waivable, bool) else told_lines(waivable, self.policies, subject.scope),
        )

    def _demand(self, norm: Norm, clauses: Clauses) -> Demand:
        about, requirement = clauses.subject.scope, clauses.requirement
        forbidden = isinstance(requirement, Not)
        told = requirement.part if isinstance(requirement, Not) else requirement
        allowed = norm.modality.value == "permission"
        return Demand(
            path=clauses.subject.path,
            items=items_of(clauses.subject.path, self.library),
            term=self.term(clauses.window),
            applies=self._applies(clauses.applies_when, about),
            verb="forbidden" if forbidden else "allowed" if allowed else "required",
            requirement=told_lines(told, self.policies, about),
            exceptions=tuple(
                Exempt(
                    exception.id,
                    exception.title,
                    grounds(exception.cites, self.policies),
                    told_lines(when, self.policies, about),
                )
                for exception, (_, when) in zip(norm.exceptions, clauses.exceptions, strict=True)
            ),
        )

    def decision(self, decision: Decision) -> DecisionPart:
        subject = decision.subject
        return DecisionPart(
            path=subject.path,
            items=items_of(subject.path, self.library),
            term=self.term(decision.window),
            applies=self._applies(decision.applies_when, subject.scope),
            positive=decision.outcomes[decision.positive],
            otherwise=decision.outcomes[decision.otherwise],
            outcomes=tuple(decision.outcomes.items()),
            criteria=tuple(self._test(criterion, decision) for criterion in decision.criteria),
            exclusions=tuple(self._test(criterion, decision) for criterion in decision.exclusions),
        )

    def _test(self, criterion: Criterion, decision: Decision) -> Test:
        advice = decision.advice.get(criterion.id)
        return Test(
            criterion.id,
            criterion.title,
            grounds(criterion.cites, self.policies),
            told_lines(criterion.when, self.policies, decision.subject.scope),
            None if advice is None else self.readable(advice, decision.subject),
        )

    def _applies(self, condition: Condition, about: str) -> tuple[Told, ...]:
        return () if condition == TRUE else told_lines(condition, self.policies, about)

    def term(self, window: Window) -> Term:
        first, last = (
            None if term is None else Told(0, day_term(term, self.policies), refs_of_term(term))
            for term in (window.first, window.last)
        )
        judged = [field.shape.title for field in (window.judged_from, window.judged_through) if field is not None]
        return Term(first, last, tuple(dict.fromkeys(judged)))

    # --- readings -----------------------------------------------------------------------------------------

    def reading(self, reading: Reading, policy: Policy) -> ReadingPart:
        policies = self.policies
        changes = [
            Change("parameter", Ref("parameter", name), name, self._literal(value))
            for name, value in reading.parameters.items()
        ]
        changes += [
            Change("definition", Ref("definition", name), name, None, Ref("definition", other))
            for name, other in reading.definitions.items()
        ]
        changes += [
            Change("register", Ref("register", name), name, None, Ref("register", other))
            for name, other in reading.registers.items()
        ]
        if reading.severity is not None:
            changes.append(Change("severity", None, reading.severity.value))
        titles = {e.id: e.title for e in policy.exceptions} if isinstance(policy, Norm) else {}
        changes += [Change("exception", None, name, titles.get(name)) for name in reading.without_exceptions]
        changes += [Change("press", Ref("parameter", name), name) for name in reading.admit_press]
        return ReadingPart(
            reading.id, reading.chosen, reading.why, grounds(reading.cites, policies), tuple(changes)
        )

    def _literal(self, value: Literal | object) -> Text:
        return plain_name(value.value) if isinstance(value, Literal) else day_term(value, self.policies)  # type: ignore[arg-type]

    # --- messages -----------------------------------------------------------------------------------------

    def _set(self, path: str, value: Value, subject: Subject) -> Fact:
        field = self._field(path, subject)
        if field is None:
            return Fact(Text(path, path), plain_name(value))
        return Fact(field.title, name_of(value, field, self.policies))

    def readable(self, text: Text, subject: Subject) -> Text:
        """A message with the names of fields where facts will stand."""

        def in_language(template: str, language: Language) -> str:
            def name(found: re.Match[str]) -> str:
                field = self._field(found[1], subject)
                return f"[{found[1] if field is None else field.title.in_language(language)}]"

            return _PLACEHOLDER.sub(name, template)

        return Text(in_language(text.ru, "ru"), in_language(text.en, "en"))

    def _field(self, path: str, subject: Subject) -> FieldShape | None:
        """The field a placeholder names: of the judged item, of what encloses it, or of the organization."""
        first, *rest = path.split(".")
        first = subject.renamed.get(first, first)
        shape = subject.shape
        if first not in shape.fields and rest:
            shape, (first, *rest) = self._scope(first), rest
        field = shape.fields.get(first)
        for name in rest:
            field = field.record.fields.get(name) if field is not None and field.record is not None else None
        return field

    def _scope(self, name: str) -> RecordShape:
        for field in self.library.vocabulary.lists.values():
            if field.scope == name and field.record is not None:
                return field.record
        return self.library.vocabulary.root
