"""Items that belong together are found by an index: no pair that matters is left out, or it would be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from differential import compiled, everywhere, reference
from worlds import AS_OF, INN, REAL, read, snapshot_of

from validator.interpreters.compile import links, runtime
from validator.interpreters.compile.parts import parts_of
from validator.interpreters.compile.policies import source_of
from validator.interpreters.compile.program import Program
from validator.interpreters.strategies import random_policies, seeded
from validator.logic.expr import TRUE, Compare, Field
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Modality, PolicySet, Subject, Window

OWNER = {"creator": {"ref": {"ref": {"field": "person.ref"}}}}
ADMIN = {"admins": {"some": {"ref": {"ref": {"field": "person.ref"}}}}}
FAMILY = {"class": {"ref": {"field": "class.ref"}}}
CONDITIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("classes", {"organization": {"guardians": {"some": {"max_status": "refused", **FAMILY}}}}),
    ("classes", {"organization": {"guardians": {"no": {"max_status": "refused", **FAMILY}}}}),
    ("classes", {"organization": {"guardians": {"every": {"not": FAMILY}}}}),
    ("classes", {"organization": {"guardians": {"count": {"of": FAMILY, "is": {"at_least": 2}}}}}),
    ("people", {"organization": {"chats": {"some": {"need": "keep", "any": [OWNER, ADMIN]}}}}),
    ("people", {"organization": {"chats": {"no": {"any": [OWNER, ADMIN]}}}}),
    ("people", {"organization": {"chats": {"some": ADMIN}}}),
    ("people", {"organization": {"chats": {"count": {"of": ADMIN, "is": {"at_most": 1}}}}}),
    ("chats", {"organization": {"guardians": {"some": {"children": {"contains": {"field": "chat.creator.ref"}}}}}}),
    (
        "classes",
        {"organization": {"guardians": {"every": {"any": [{"not": FAMILY}, {"max_status": "accepted"}]}}}},
    ),
    # Here every item matters, also one that belongs to none: no index helps.
    ("classes", {"organization": {"guardians": {"every": FAMILY}}}),
)
LINKED = len(CONDITIONS) - 1


def _turned(node: Any) -> Any:
    """An equality of two fields with its sides the other way round."""
    if isinstance(node, Compare) and isinstance(node.left, Field) and isinstance(node.right, Field):
        return replace(node, left=node.right, right=node.left)
    return node


def policies(*, turned: bool = False) -> PolicySet:
    """A norm for each condition; the sides of all equalities may be turned round."""
    some = random_policies(REAL, seeded(2), 6)
    norm = next(iter(some.norms.values()))
    norms = {}
    for number, (path, structure) in enumerate(CONDITIONS):
        subject = Subject(path, REAL.vocabulary.scopes_of(path), REAL.vocabulary.record_of(path))
        clauses = Clauses(subject, Window(), TRUE, read(REAL, path, structure), ())
        norms[f"N-{number}"] = replace(
            norm, id=f"N-{number}", modality=Modality.OBLIGATION, clauses=(clauses,), exceptions=(), readings=()
        )
    found = replace(some, norms=norms, decisions={})
    return everywhere(found, _turned) if turned else found


def document(seed: int) -> dict[str, Any]:
    """Few people, classes, families and chats that belong together in many ways, often not known."""
    random = Random(seed)

    def maybe(**fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if random.random() > 0.25}

    def person() -> str:
        return f"p_{random.randrange(3)}"

    def coverage() -> str:
        return random.choice(("complete", "complete", "partial"))

    lists = {
        "people": [{"ref": f"p_{n}"} for n in range(3)],
        "classes": [{"ref": f"c_{n}"} for n in range(2)],
        "guardians": [
            {
                "ref": f"g_{n}",
                **maybe(
                    max_status=random.choice(("refused", "accepted")),
                    children=[person()],
                    **{"class": f"c_{random.randrange(2)}"},
                ),
            }
            for n in range(random.randrange(4))
        ],
        "chats": [
            {
                "ref": f"h_{n}",
                **maybe(
                    need=random.choice(("keep", "drop")),
                    creator=maybe(ref=person()),
                    admins=[maybe(ref=person()) for _ in range(random.randrange(3))],
                    admins_coverage=coverage(),
                ),
            }
            for n in range(random.randrange(3))
        ],
    }
    return {
        "schema": "sverka.snapshot/1",
        "as_of": AS_OF.isoformat(),
        "coverage": {name: coverage() for name in lists},
        "organization": {"inn": INN, "region": "78", "kind": "school"},
        **lists,
    }


def differing(seeds: int, *, turned: bool = False) -> Iterator[tuple[int, str, str]]:
    """Where the compiled program and the reference differ."""
    found = policies(turned=turned)
    program = Program(found, REAL.vocabulary)
    for seed in range(seeds):
        snapshot = snapshot_of(REAL, document(seed))
        one, other = compiled(program, snapshot, AS_OF), reference(found, snapshot, AS_OF)
        yield from ((seed, *key) for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def test_conditions_about_two_lists_are_judged_alike() -> None:
    assert list(differing(250)) == []
    assert list(differing(60, turned=True)) == []


def test_an_index_is_used_wherever_one_helps() -> None:
    found = policies()
    used = []
    for norm in found.norms.values():
        alone = replace(found, norms={norm.id: norm})
        used.append("near(c" in source_of(alone, REAL.vocabulary, parts_of(alone)))
    assert used == [True] * LINKED + [False]


def test_all_verdicts_occur() -> None:
    found = policies()
    program = Program(found, REAL.vocabulary)
    verdicts: set[tuple[str, str]] = set()
    for seed in range(60):
        for (norm, _), ((verdict, _), _) in compiled(program, snapshot_of(REAL, document(seed)), AS_OF).items():
            verdicts.add((norm, verdict))
    assert verdicts >= {(norm, verdict) for norm in found.norms for verdict in ("ok", "violation", "unknown")}


def _blind(run: runtime.Run, keys: Callable[..., Any], items: list[Any], link: Any) -> list[Any]:
    return [] if link is None else runtime.near(run, keys, items, link)


def _surely(run: runtime.Run, keys: Callable[..., Any], items: list[Any], link: Any) -> list[Any]:
    return [item for item in items if link in keys(run, item)]


def _first(vocabulary: Any, variable: str, bind: str, parts: Any) -> Iterator[links.Link]:
    yield from links.links(vocabulary, variable, bind, list(parts[:1]))


def _closed(variable: str, items: Any, keys: str) -> str:
    return f"tuple(k for w in {variable}.{links.list_slot(items.path[-1])} for k in {keys})"


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "what is not known to belong to another is left out": (runtime, "near", _surely),
    "only the first of several ways to belong counts": (links, "_of_any", _first),
    "an incomplete list within an item counts as complete": (links, "_within", _closed),
    "what holds of some is asked of every item": (
        links,
        "wanted_parts",
        lambda node: list(links._parts(node.body)),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_pair_that_is_left_out_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, attribute, fault = FAULTS[name]
    monkeypatch.setattr(module, attribute, fault)
    if attribute == "wanted_parts":
        monkeypatch.setattr("validator.interpreters.compile.conditions.wanted_parts", fault)
    assert next(differing(400), None) is not None
