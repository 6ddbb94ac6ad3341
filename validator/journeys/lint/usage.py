"""What is there and used by nobody, and what is kept but never judged."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.catalogue import citations
from validator.journeys.lint.pack import CHECK_DAYS, Check, Pack, mappings_of, name_of, place_of, scalars, weakness
from validator.journeys.lint.uses import Uses, uses_of
from validator.language.library import PolicyFile
from validator.language.names import SERVICES, SUBJECTS
from validator.logic.problem import Problem, Span
from validator.logic.text import Text


def _everything_used(pack: Pack) -> Uses:
    policies = pack.policies
    found = [uses_of(policies, policy) for policy in (*policies.policies(), *policies.drafts.values())]
    return Uses(*(frozenset[str]().union(*parts) for parts in zip(*found, strict=True))) if found else _NOTHING


_NOTHING = Uses(frozenset(), frozenset(), frozenset())
_DATA = ("parameters", "registers")
_UNUSED = {
    "definitions": ("unused-definition", Text("определение", "definition")),
    "values": ("unused-value-set", Text("набор значений", "value set")),
    "parameters": ("unused-parameter", Text("параметр", "parameter")),
    "registers": ("unused-register", Text("перечень", "register")),
    "sources": ("unused-act", Text("акт", "act")),
}


def unused(pack: Pack) -> Iterator[Problem]:
    """Definitions, value sets, parameters, registers and acts that no policy needs."""
    recorded = _recorded(pack)
    for kind, name, file in _idle_files(pack):
        yield _idle(kind, name, place_of(file, None), kind in _DATA and name in recorded)


def idle_names(pack: Pack) -> set[str]:
    """The names of all that nobody uses, but for acts."""
    return {name for kind, name, _ in _idle_files(pack) if kind != "sources"}


def _idle_files(pack: Pack) -> Iterator[tuple[str, str, PolicyFile]]:
    """The files whose content nobody uses: what it is, its name, the file."""
    used = _everything_used(pack)
    cited = {citation.act for _, _, _, citation, _ in citations(pack.policies)}
    families = {register.name: register.family for register in pack.policies.registers.values()}
    needed = {families[name] for name in used.registers if name in families} | {SERVICES}
    for file in pack.files("sources", "registers", "parameters", "definitions"):
        name, kind = name_of(file), file.folder
        match kind:
            case "definitions" if file.root.get("values") is not None:
                kind, idle = "values", not _used_elsewhere(pack, file, name)
            case "definitions":
                idle = name not in used.definitions
            case "parameters":
                idle = name not in {*used.parameters, CHECK_DAYS}
            case "registers":
                idle = name != SUBJECTS and families.get(name, SERVICES) not in needed
            case _:
                idle = name not in cited and not _explained(file)
        if idle and name and name not in pack.in_doubt:
            yield kind, name, file


def _used_elsewhere(pack: Pack, file: PolicyFile, name: str) -> bool:
    """Whether a condition takes its values from a named set; what was read no longer knows that."""
    return any(
        key == "values" and node.text == name
        for other in pack.files("definitions", "norms", "decisions")
        if other is not file
        for key, node in scalars(other.root)
    )


def _explained(file: PolicyFile) -> bool:
    """Whether an act says of each of its places why nothing rests on it."""
    clauses = mappings_of(file.root.get("clauses"))
    return bool(clauses) and all(clause.get("why") is not None for clause in clauses)


def _recorded(pack: Pack) -> set[str]:
    """What acts say they are covered by: such data are kept on purpose."""
    clauses = (clause for act in pack.policies.acts.values() for clause in act.clauses.values())
    return {name for clause in clauses for name in clause.policies}


def _idle(kind: str, name: str, span: Span, recorded: bool) -> Problem:
    code, what = _UNUSED[kind]
    if recorded:
        return weakness(
            "recorded-but-unused",
            span,
            Text(
                f"{what.ru} `{name}` записан по акту, но ни одна политика о нём не спрашивает",
                f"the {what.en} `{name}` records what an act says, but no policy asks for it",
            ),
            Text("сошлитесь на него в политике, если от него зависит вывод", "use it where a verdict turns on it"),
        )
    if kind == "sources":
        return weakness(
            "unused-act",
            span,
            Text(f"на акт `{name}` никто не ссылается", f"nobody cites the act `{name}`"),
            Text(
                "сошлитесь на него, объясните у каждого места `coverage` и `why` или удалите файл",
                "cite it, explain each of its places by `coverage` and `why`, or remove the file",
            ),
        )
    return weakness(
        code,
        span,
        Text(f"{what.ru} `{name}` нигде не используется", f"the {what.en} `{name}` is used nowhere"),
        Text("удалите файл или сошлитесь на него", "remove the file, or make use of it"),
    )


def drafts(pack: Pack) -> Iterator[Problem]:
    """Policies that are read but never judged."""
    for policy in pack.policies.drafts.values():
        file = pack.file_of(policy.id, policy.span)
        if file is not None:
            yield weakness(
                "draft-policy",
                place_of(file, file.root.get("status")),
                Text(f"черновик `{policy.id}` не применяется", f"the draft `{policy.id}` is not applied"),
                Text("уберите `status: draft`, когда политика готова", "drop `status: draft` once it is ready"),
            )


USAGE: tuple[Check, ...] = (unused, drafts)
