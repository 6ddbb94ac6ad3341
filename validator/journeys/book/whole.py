"""The policy set as a book: every policy and everything it rests on, in words, with what points to what.

Pure: a library in, plain data out (`parts`). Whatever the set holds is in the book; drafts stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from validator.interpreters.naming import name_of
from validator.journeys.book.index import timeline
from validator.journeys.book.parts import (
    ActPart,
    Book,
    ConflictPart,
    DataRow,
    DefinitionPart,
    KindPart,
    ParameterPart,
    PolicyPart,
    Ref,
    RegisterLine,
    RegisterPart,
    TopicPart,
)
from validator.journeys.book.policy import items_of, policy_part
from validator.journeys.book.refs import closed, grounds, refs_in, rests_on, told_lines
from validator.journeys.catalogue import Conflict, conflicts, places
from validator.language.library import Library
from validator.language.names import SUBJECTS
from validator.logic.policy import Definition, Parameter, Policy, PolicySet, Register
from validator.logic.shape import FieldShape
from validator.logic.text import Text


def build_book(library: Library) -> Book:
    """The whole policy set of a library."""
    policies = library.policies
    found = conflicts(policies)
    recorded = _recorded(found)
    parts = [policy_part(policy, library, recorded, draft=False) for policy in policies.policies()]
    drafts = [policy_part(policy, library, recorded, draft=True) for policy in policies.drafts.values()]
    users = _users(policies)
    days, open_days = timeline(policies)
    return Book(
        topics=_topics(parts),
        drafts=tuple(drafts),
        definitions=tuple(_definition(d, library, users) for d in policies.definitions.values()),
        parameters=tuple(_parameter(p, library, users) for _, p in sorted(policies.parameters.items())),
        registers=tuple(_register(r, policies, users) for _, r in sorted(policies.registers.items())),
        acts=_acts(policies),
        conflicts=tuple(ConflictPart(c, tuple(_owner(r.policy, policies) for r in c.records)) for c in found),
        for_all=tuple(part.id for part in parts if not part.addressee.excluded),
        kinds=_kinds(parts, library),
        days=days,
        open_days=open_days,
        names=_names(policies, found),
    )


def _recorded(found: Iterable[Conflict]) -> dict[str, set[str]]:
    """The conflicts that each policy, definition or data file records."""
    recorded: dict[str, set[str]] = {}
    for conflict in found:
        for record in conflict.records:
            recorded.setdefault(record.policy, set()).add(conflict.id)
    return recorded


def _topics(parts: list[PolicyPart]) -> tuple[TopicPart, ...]:
    ordered = sorted(parts, key=lambda part: (part.topic, part.id))
    return tuple(TopicPart(name, tuple(group)) for name, group in groupby(ordered, key=lambda part: part.topic))


def _kinds(parts: list[PolicyPart], library: Library) -> tuple[KindPart, ...]:
    """Every kind with the policies that leave out some other kind but not this one."""
    return tuple(
        KindPart(
            kind,
            title,
            tuple(p.id for p in parts if p.addressee.excluded and kind in p.addressee.kinds),
        )
        for kind, title in library.vocabulary.root.fields["kind"].values.items()
    )


# --- what uses what ------------------------------------------------------------------------------------------


def _users(policies: PolicySet) -> dict[Ref, tuple[Ref, ...]]:
    """Of each definition, parameter and register: the policies that rest on it, and the definitions that do."""
    users: dict[Ref, set[Ref]] = {}
    for policy in (*policies.policies(), *policies.drafts.values()):
        for ref in rests_on(policy, policies):
            users.setdefault(ref, set()).add(Ref("policy", policy.id))
    for definition in policies.definitions.values():
        for ref in closed(refs_in(definition.when), policies):
            users.setdefault(ref, set()).add(Ref("definition", definition.name))
    return {ref: tuple(sorted(found)) for ref, found in users.items()}


def _owner(name: str, policies: PolicySet) -> Ref | None:
    """The section that a name in an act or a record means: of a criterion, that of its decision."""
    if name in policies.norms or name in policies.decisions or name in policies.drafts:
        return Ref("policy", name)
    if name in policies.definitions:
        return Ref("definition", name)
    if name in policies.parameters:
        return Ref("parameter", name)
    if name in policies.registers:
        return Ref("register", name)
    for decision in policies.decisions.values():
        if any(criterion.id == name for criterion in (*decision.criteria, *decision.exclusions)):
            return Ref("policy", decision.id)
    return None


def _acts(policies: PolicySet) -> tuple[ActPart, ...]:
    """Every act with its places, strongest first; a place points to whatever it names or is cited by."""
    found: list[ActPart] = []
    for act, group in groupby(places(policies), key=lambda place: place.act):
        rows = []
        for place in group:
            names = dict.fromkeys((*place.clause.policies, *place.cited_by))
            # A name that nothing bears is kept as it is: the page then shows it without a link.
            owners = dict.fromkeys(_owner(name, policies) or Ref("policy", name) for name in names)
            rows.append((place, tuple(owners)))
        found.append(ActPart(act, tuple(rows)))
    empty = [ActPart(act, ()) for act in policies.acts.values() if not act.clauses]
    return (*found, *sorted(empty, key=lambda part: part.act.id))


def _names(policies: PolicySet, found: Iterable[Conflict]) -> dict[Ref, Text]:
    """The titles of all sections."""
    listed: list[Policy] = [*policies.policies(), *policies.drafts.values()]
    names = {Ref("policy", policy.id): policy.title for policy in listed}
    names |= {Ref("definition", d.name): d.title for d in policies.definitions.values()}
    names |= {Ref("parameter", p.name): p.title for p in policies.parameters.values()}
    names |= {Ref("register", r.name): r.title for r in policies.registers.values()}
    names |= {Ref("act", a.id): a.short for a in policies.acts.values()}
    names |= {Ref("conflict", c.id): c.clause.title for c in found}
    return names


# --- definitions and data ------------------------------------------------------------------------------------


def _definition(definition: Definition, library: Library, users: dict[Ref, tuple[Ref, ...]]) -> DefinitionPart:
    policies = library.policies
    return DefinitionPart(
        name=definition.name,
        title=definition.title,
        path=definition.about,
        items=items_of(definition.about, library),
        when=told_lines(definition.when, policies, definition.scope),
        grounds=grounds(definition.cites, policies),
        rests_on=closed(refs_in(definition.when), policies),
        used_by=users.get(Ref("definition", definition.name), ()),
    )


def _parameter(parameter: Parameter, library: Library, users: dict[Ref, tuple[Ref, ...]]) -> ParameterPart:
    # A parameter is no field: only the kind of its values matters for their names.
    shape = FieldShape(parameter.name, parameter.kind, parameter.title, parameter.title)
    subjects = library.policies.registers.get(SUBJECTS)
    regions = {row.id: row.title for row in subjects.rows} if subjects else {}
    kinds = library.vocabulary.root.fields["kind"].values
    rows = tuple(
        DataRow(
            region=None if row.region is None else regions.get(row.region, Text(row.region, row.region)),
            kind=None if row.kind is None else kinds[row.kind],
            first=row.period.first,
            last=row.period.last,
            value=None if row.value is None else name_of(row.value, shape, library.policies),
            press=row.press,
            grounds=grounds(row.cites, library.policies),
            why=row.why,
        )
        for row in parameter.rows
    )
    used = users.get(Ref("parameter", parameter.name), ())
    return ParameterPart(parameter.name, parameter.title, parameter.unit, rows, used)


def _register(register: Register, policies: PolicySet, users: dict[Ref, tuple[Ref, ...]]) -> RegisterPart:
    rows = tuple(
        RegisterLine(
            row.id,
            row.title,
            row.aliases,
            row.period.first,
            row.period.last,
            row.announced_on,
            tuple(row.facts.items()),
            grounds(row.cites, policies),
            row.note,
        )
        for row in register.rows
    )
    family = tuple(
        Ref("register", other.name)
        for other in policies.registers.values()
        if other.family == register.family and other.name != register.name
    )
    used = users.get(Ref("register", register.name), ())
    return RegisterPart(register.name, register.title, register.closed, family, rows, used)
