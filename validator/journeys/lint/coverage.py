"""What acts and policies say of one another: which place is covered by what, and who rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from validator.journeys.catalogue import DESIGN, citations, known_ids
from validator.journeys.lint.pack import Check, Pack, items_of, mappings_of, place_of, text_of, weakness
from validator.journeys.lint.usage import idle_names
from validator.journeys.lint.uses import through, uses_of
from validator.language.library import FOLDERS, PolicyFile
from validator.language.nodes import Mapping as MappingNode
from validator.language.structure import nearest, shorten
from validator.logic.policy import Citation, Clause, Decision, Force, Policy, PolicySet
from validator.logic.problem import Problem
from validator.logic.text import Text

# What acts may name as covering a place although it is no policy: rules that the program itself keeps.
RULES_OF_THE_READER = ("PD-MIN",)
_RETELLING = (Force.GUIDANCE, Force.PRESS)


class _Place(NamedTuple):
    """A place of an act as its file states it."""

    file: PolicyFile
    node: MappingNode
    act: str
    clause: Clause


def _places(pack: Pack) -> Iterator[_Place]:
    for act in pack.policies.acts.values():
        file = pack.file_of(act.id, act.span)
        for node in mappings_of(file.root.get("clauses")) if file else ():
            clause = act.clauses.get(text_of(node.get("at")))
            if file is not None and clause is not None and clause.span == file.document.span(node):
                yield _Place(file, node, act.id, clause)


def unknown_covering_policies(pack: Pack) -> Iterator[Problem]:
    """Names under `policies` of a place that nothing has."""
    known = known_ids(pack.policies) | set(RULES_OF_THE_READER)
    for place in _places(pack):
        for node in items_of(place.node.get("policies")):
            name = text_of(node)
            if name and name not in known and name not in pack.in_doubt:
                yield weakness(
                    "unknown-covering-policy",
                    place_of(place.file, node),
                    Text(f"нет политики `{shorten(name)}`", f"there is no policy `{shorten(name)}`"),
                    nearest(name, known),
                )


def covered_but_not_cited(pack: Pack) -> Iterator[Problem]:
    """Places said to be covered in full by policies none of which rests on them, not even indirectly."""
    citing = _citing(pack.policies)
    cited = {act for act, _ in citing}
    behind = lru_cache(maxsize=None)(lambda name: _rests_on(pack.policies, name))
    for place in _places(pack):
        clause, names = place.clause, {*place.clause.policies}
        retells = pack.policies.acts[place.act].force in _RETELLING and place.act != DESIGN
        if (
            clause.coverage != "automated"
            or retells
            or place.act not in cited
            or names & {*RULES_OF_THE_READER, *pack.in_doubt}
        ):
            continue
        near = {
            name
            for (act, at), found in citing.items()
            if act == place.act and _touch(at, clause.at)
            for name in found
        }
        if not any({name, *behind(name)} & near for name in names):
            yield weakness(
                "covered-but-not-cited",
                place_of(place.file, place.node.get("policies")),
                Text(
                    f"место `{shorten(clause.at)}` названо проверяемым, но ни одна политика на него не ссылается",
                    f"the place `{shorten(clause.at)}` is said to be checked, but no policy cites it",
                ),
                Text(
                    f"допишите ссылку `{{act: {place.act}, at: …}}` в политике или исправьте `coverage`",
                    f"cite `{{act: {place.act}, at: …}}` in the policy, or mend `coverage`",
                ),
            )


def _touch(one: str, other: str) -> bool:
    """Whether two places are the same, or one is a part of the other."""
    whole, part = sorted((one, other), key=len)
    return part.startswith(whole) and not part[len(whole) : len(whole) + 1].isalnum()


def _citing(policies: PolicySet) -> Mapping[tuple[str, str], set[str]]:
    """Which things cite each place; a criterion cites for its decision and by its own name."""
    found: dict[tuple[str, str], set[str]] = {}
    for owner, kind, name, citation, _ in citations(policies):
        names = {owner, name} if kind == "criterion" else {owner}
        found.setdefault((citation.act, citation.at), set()).update(names)
    return found


def _rests_on(policies: PolicySet, name: str) -> frozenset[str]:
    """The definitions, parameters and registers behind a name, with all registers of the same families."""
    definition = policies.definitions.get(name)
    owners = [policy for policy in policies.policies() if policy.id == name or name in _criteria(policy)]
    parts = [uses_of(policies, policy) for policy in owners]
    if definition is not None:
        parts.append(through(policies, [definition.when], [], ()))
    registers = {name for part in parts for name in part.registers}
    families = {policies.registers[name].family for name in registers if name in policies.registers}
    registers |= {register.name for register in policies.registers.values() if register.family in families}
    return frozenset(registers.union(*(part.definitions | part.parameters for part in parts)))


def _criteria(policy: Policy) -> set[str]:
    return {c.id for c in (*policy.criteria, *policy.exclusions)} if isinstance(policy, Decision) else set()


def citations_not_listed(pack: Pack) -> Iterator[Problem]:
    """Citations of a place that does not name who cites it; the two files belong to one folder.

    What nobody uses is told as such, and an act that nobody else cites too.
    """
    idle = idle_names(pack)
    places = {(place.act, place.clause.at): place for place in _places(pack)}
    for owner, kind, name, citation, _ in citations(pack.policies):
        place = places.get((citation.act, citation.at))
        if (
            place is None
            or owner in idle
            or {owner, name if kind == "criterion" else owner} & {*place.clause.policies}
        ):
            continue
        if _criteria_listed(pack, owner, place) or _folder(place.file.document.file) != _folder(citation.span.file):
            continue
        yield weakness(
            "citation-not-listed",
            citation.span,
            Text(
                f"у места `{shorten(citation.at)}` не сказано, что на него опирается `{owner}`",
                f"the place `{shorten(citation.at)}` does not say that `{owner}` rests on it",
            ),
            Text(
                f"допишите `{owner}` в `policies` этого места: {place.clause.span.start()}",
                f"add `{owner}` to `policies` of the place: {place.clause.span.start()}",
            ),
        )


def _criteria_listed(pack: Pack, owner: str, place: _Place) -> bool:
    decision = pack.policies.decisions.get(owner) or pack.policies.drafts.get(owner)
    return decision is not None and bool(_criteria(decision) & {*place.clause.policies})


def _folder(file: str) -> str:
    """The policy folder that a file belongs to: what stands before `sources/`, `norms/` and the rest."""
    parts = file.split("/")
    last = max((index for index, part in enumerate(parts[:-1]) if part in FOLDERS), default=0)
    return "/".join(parts[:last])


def not_checkable_but_cited(pack: Pack) -> Iterator[Problem]:
    """Policies in force that rest on a place which is said not to be checkable."""
    clauses = {
        (act.id, clause.at): clause for act in pack.policies.acts.values() for clause in act.clauses.values()
    }
    for policy, _ in pack.judged():
        for citation in policy.cites:
            clause = clauses.get((citation.act, citation.at))
            if clause is not None and clause.coverage == "not_checkable":
                yield _contradiction(policy, citation)


def _contradiction(policy: Policy, citation: Citation) -> Problem:
    return weakness(
        "cites-not-checkable-place",
        citation.span,
        Text(
            f"`{policy.id}` опирается на место, о котором сказано `coverage: not_checkable`",
            f"`{policy.id}` rests on a place that says `coverage: not_checkable`",
        ),
        Text("исправьте `coverage` этого места или ссылку", "mend `coverage` of the place, or the citation"),
    )


COVERAGE: tuple[Check, ...] = (
    unknown_covering_policies,
    covered_but_not_cited,
    citations_not_listed,
    not_checkable_but_cited,
)
