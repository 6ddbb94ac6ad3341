"""Quick checks of witnesses: a condition is shown by the smallest snapshot, written as the reader wants it.

A row is what a condition says of an item, and the item as it is shown; everything else that a snapshot must say is
the same in all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import z3
from worlds import REAL, TOY, World, read

from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask, new_solver, session
from validator.interpreters.smt.formulas import Bool
from validator.interpreters.smt.model import Minimizer, UndecidedError, decimal_text
from validator.interpreters.smt.query import (
    ForSome,
    Query,
    Setting,
    organization_mode,
    surely,
    surely_not,
    unsettled,
)
from validator.interpreters.smt.slots import Space
from validator.interpreters.smt.variables import Node, Variable
from validator.interpreters.strategies import subject_of
from validator.language.names import ReferenceNames
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.proof import Status

# Long enough for a machine that has much else to do.
LIMITS = Limits(timeout=600_000)
Item = dict[str, Any]
TOY_SCHEMA = Path(__file__).resolve().parents[1] / "interpreters" / "toy.schema.json"

ORGANIZATION = {"inn": "7800000002", "region": "50", "kind": "school"}
# What is said of the organization, and what is shown of it beside those.
OF_ORGANIZATION: tuple[tuple[Item, Item], ...] = (
    ({"region": "78"}, {"region": "78"}),
    ({"kind": {"in": ["club", "office"]}}, {"kind": "club"}),
    ({"kind": "office"}, {"kind": "office"}),
    ({"name": "Ромашка"}, {"name": "Ромашка"}),
    ({"name": {"known": True}}, {"name": "text 1"}),
    ({"inn": "500100732259"}, {"inn": "500100732259"}),
    ({"inn": "7800000002"}, {}),
    ({"bound": True}, {"bound": True}),
    ({"bound": {"known": True}}, {"bound": False}),
    ({"budget": {"at_most": "-1.5"}}, {"budget": "-2"}),
    ({"budget": {"more_than": "-1.5"}, "all": [{"budget": {"less_than": "-1.2"}}]}, {"budget": "-1.3"}),
    ({"public_share": {"federation": {"at_least": "33.3"}}}, {"public_share": {"federation": "34"}}),
    (
        {
            "public_share": {"region": {"at_least": 60}},
            "any": [{"public_share": {"municipality": {"at_least": 40}}}],
        },
        {"public_share": {"region": "60", "municipality": "40"}},
    ),
    ({"tags": {"is": ["red"]}}, {"tags": ["red"]}),
)
OF_PERSON: tuple[tuple[Item, Item], ...] = (
    ({"load": {"at_most": -5}}, {"load": -5}),
    ({"load": {"less_than": -5}}, {"load": -6}),
    ({"load": {"less_than": 7}}, {"load": 0}),
    ({"load": {"at_least": 2**40}}, {"load": 2**40}),
    ({"load": {"at_least": 2**53 - 1}}, {"load": 2**53 - 1}),
    ({"load": {"at_most": 1 - 2**53}}, {"load": 1 - 2**53}),
    ({"rank": {"more_than": 6}}, {"rank": 7}),
    ({"service": "alpha"}, {"service": "alpha"}),
    ({"service": {"in": ["gamma", "delta"]}}, {"service": "delta"}),
    ({"service": {"known": True}}, {"service": "alpha"}),
    ({"team": "none"}, {"team": "none"}),
    ({"skill": {"known": True}}, {"skill": "cook"}),
    ({"skill": "draw"}, {"skill": "draw"}),
    ({"skill": "swim"}, {"skill": "swim"}),
    ({"skill": {"in": ["sing", "swim"]}}, {"skill": "sing"}),
    ({"status": {"in": ["left", "gone"]}}, {"status": "left"}),
    ({"seen_on": "never"}, {"seen_on": "never"}),
    ({"seen_on": {"known": True}}, {"seen_on": "2025-01-01"}),
    ({"seen_on": {"before": "2022-02-03"}}, {"seen_on": "2020-01-01"}),
    ({"seen_on": {"before": "2010-02-03"}}, {"seen_on": "2000-01-01"}),
    ({"seen_on": {"before": "1901-02-03"}}, {"seen_on": "1900-01-01"}),
    ({"seen_on": {"before": "1850-02-03"}}, {"seen_on": "0001-01-01"}),
    (
        {"seen_on": {"on_or_after": "1850-02-03"}, "all": [{"seen_on": {"before": "1850-02-09"}}]},
        {"seen_on": "1850-02-03"},
    ),
    ({"desk": {"floor": {"more_than": 2}}}, {"desk": {"floor": 3}}),
    # What can be left out is left out in the order of the schema, whatever the condition speaks of first.
    ({"any": [{"load": 2}, {"skill": "cook"}]}, {"skill": "cook"}),
    ({"any": [{"skill": "cook"}, {"load": 2}]}, {"skill": "cook"}),
    ({"any": [{"desk": {"floor": 4}}, {"load": 2}]}, {"desk": {"floor": 4}}),
    ({"any": [{"desk": {"shared": True}}, {"desk": {"floor": 4}}]}, {"desk": {"shared": True}}),
)
OF_TASK: tuple[tuple[Item, Item], ...] = (
    ({"due_on": "open_ended"}, {"due_on": "open_ended"}),
    ({"due_on": "never"}, {"due_on": "never"}),
    ({"due_on": {"known": True}}, {"due_on": "2025-01-01"}),
    ({"weight": {"at_most": "-0.25"}}, {"weight": "-1"}),
    ({"weight": {"more_than": "-0.3"}, "all": [{"weight": {"less_than": "-0.25"}}]}, {"weight": "-0.26"}),
    ({"weight": {"more_than": "1.25"}, "all": [{"weight": {"less_than": "1.3"}}]}, {"weight": "1.26"}),
    (
        {"weight": {"more_than": "0.000001"}, "all": [{"weight": {"less_than": "0.000003"}}]},
        {"weight": "0.000002"},
    ),
)
OF_TEAM: tuple[tuple[Item, Item], ...] = (
    ({"month": "2024-05"}, {"month": "2024-05"}),
    ({"month": {"before": "2024-05"}}, {"month": "2020-01"}),
    ({"month": {"before": "1910-03"}}, {"month": "1904-01"}),
    ({"month": {"known": True}}, {"month": "2025-01"}),
)


def _query(world: World, path: str, structure: Item, make: Callable[..., Query] = surely) -> Query:
    mode = organization_mode(world.policies, subject_of(world, path))
    return ForSome(mode.subject, make(read(world, path, structure), mode))


def _shown(setting: Setting, query: Query) -> Item:
    """The snapshot that answers a question, without its schema and the day on which all of these lie."""
    answer = ask(setting, query, limits=LIMITS)
    assert answer.witness is not None
    document: Item = dict(answer.witness.document)
    assert document.pop("schema") == "sverka.snapshot/1"
    assert document.pop("as_of") == "2025-01-01"
    return document


def check_organizations() -> None:
    """What is shown of the organization."""
    setting = Setting(TOY.vocabulary, TOY.names)
    for structure, shown in OF_ORGANIZATION:
        found = _shown(setting, _query(TOY, "organization", structure))
        assert found == {"organization": {**ORGANIZATION, **shown}}
        assert [*found["organization"]] == [
            name for name in _fields(TOY.vocabulary) if name in found["organization"]
        ]


def _fields(vocabulary: Vocabulary) -> list[str]:
    return [*vocabulary.root.fields]


def check_items(path: str, rows: tuple[tuple[Item, Item], ...]) -> None:
    """What is shown of the items of a list: one item, known to be all that was given."""
    setting = Setting(TOY.vocabulary, TOY.names)
    for structure, shown in rows:
        found = _shown(setting, _query(TOY, path, structure))
        item: Item = {"ref": "t_1" if path == "teams" else "p_1", **shown}
        if path == "people.tasks":
            item = {"ref": "p_1", "tasks": [shown], "tasks_coverage": "partial"}
        name = path.partition(".")[0]
        assert found == {"organization": ORGANIZATION, name: [item], "coverage": {name: "partial"}}, structure


# What leaves much open: the smallest is not what any model happens to say.
OPEN: tuple[tuple[str, Item], ...] = (
    ("organization", {"kind": {"known": True}, "all": [{"region": {"known": True}}, {"inn": {"known": True}}]}),
    ("organization", {"kind": {"in": ["club", "office"]}, "all": [{"region": {"in": ["78", "27"]}}]}),
    ("organization", {"name": {"known": True}, "all": [{"bound": {"known": True}}]}),
    ("organization", {"budget": {"more_than": "-1.5"}, "all": [{"tags": {"known": True}}]}),
    ("organization", {"budget": {"less_than": "-1.5"}, "people": {"some": {}}, "teams": {"no": {"open": True}}}),
    ("people", {"service": {"known": True}, "all": [{"skill": {"known": True}}, {"status": {"known": True}}]}),
    ("people", {"service": {"listed_in": "home"}, "all": [{"skill": {"in": ["draw", "sing", "swim"]}}]}),
    ("people", {"team": {"known": True}}),
    ("people", {"team": {"open": {"known": True}}, "all": [{"load": {"at_least": 3}}]}),
    ("people", {"load": {"less_than": -5}, "all": [{"seen_on": {"known": True}}]}),
    ("people", {"load": {"more_than": 1000}, "all": [{"seen_on": {"before": "2021-01-01"}}]}),
    ("people", {"desk": {"floor": {"at_least": 1}, "shared": {"known": True}}, "rank": {"at_least": 2}}),
    ("people.tasks", {"due_on": {"known": True}, "all": [{"weight": {"more_than": "0.25"}}]}),
    ("people.tasks", {"weight": {"less_than": "-0.25"}, "all": [{"helper": {"load": {"known": True}}}]}),
    ("teams", {"month": {"before": "2024-05"}}),
    ("people", {"any": [{"skill": "cook"}, {"load": {"at_least": 2}}, {"desk": {"floor": {"at_least": 4}}}]}),
    ("people", {"any": [{"desk": {"shared": True}}, {"desk": {"floor": {"at_least": 4}}}]}),
    ("organization", {"people": {"no": {"status": "left"}}, "teams": {"no": {"open": True}}}),
    (
        "organization",
        {
            "people": {"count": {"of": {"tasks": {"no": {"urgent": True}}}, "is": {"at_least": 2}}},
            "any": [{"teams": {"no": {"open": True}}}, {"people": {"no": {"status": "left"}}}],
        },
    ),
    *(("people", {"load": {"at_least": least}}) for least in (1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 41)),
)


def check_from_afar() -> None:
    """The same snapshot is found whatever models the solver gives: here as far from it as can be."""
    for path, structure in OPEN:
        kept = session(Setting(TOY.vocabulary, ReferenceNames(TOY.names.services, frozenset({"78", "50", "27"}))))
        query = _query(TOY, path, structure)
        parts, sound, touched = kept.formulas((query,), kept.bounds(query, LIMITS)[0].sizes)
        plain = new_solver(LIMITS)
        plain.add([formula for formula in (*parts, *sound) if formula is not True])
        contrary = _Contrary(plain, _constants(kept.space, touched), _made_small(kept.space, plain, touched).model)
        found = _made_small(kept.space, contrary, touched).document()
        answer = ask(kept.setting, query, limits=LIMITS)
        assert answer.witness is not None
        assert found == answer.witness.document


def _made_small(space: Space, solver: Any, touched: list[Any]) -> Minimizer:
    solver.push()
    assert solver.check() == z3.sat
    found = Minimizer(space, solver, touched)
    found.run()
    found.document()
    solver.pop()
    return found


def _constants(space: Space, touched: list[Any]) -> list[Any]:
    found = [space.as_of, *(slot.here for slot in space.all_slots())]
    for part in touched:
        match part:
            case Variable(present=present, value=value):
                found += [one for one in (present, value, *part.members.values()) if z3.is_expr(one)]
            case (str(name), Node() as node):
                found.append(node.fact(f"{name}*", z3.BoolSort()))
    return found


class _Contrary:
    """A solver whose models differ from a given one wherever that is possible."""

    def __init__(self, solver: Any, constants: list[Any], model: Any) -> None:
        self._solver = solver
        self._otherwise = [one != model.eval(one, model_completion=True) for one in constants]
        self.add, self.push, self.pop = solver.add, solver.push, solver.pop

    def check(self, *assumed: Any) -> Any:
        """As the solver, which then looks for such a model."""
        answer = self._solver.check(*assumed)
        if answer == z3.sat:
            taken = list(assumed)
            for one in self._otherwise:
                if self._solver.check(*taken, one) == z3.sat:
                    taken.append(one)
            self._solver.check(*taken)
        return answer

    def model(self) -> Any:
        """The model found last."""
        return self._solver.model()


def check_references() -> None:
    """Items that others refer to come with them."""
    setting = Setting(TOY.vocabulary, TOY.names)
    found = _shown(setting, _query(TOY, "teams", {"lead": {"load": 3}}))
    assert found["people"] == [{"ref": "p_1", "load": 3}]
    assert found["teams"] == [{"ref": "t_1", "lead": "p_1"}]
    assert found["coverage"] == {"people": "partial", "teams": "partial"}
    found = _shown(setting, _query(TOY, "people.tasks", {"helper": {"skill": "draw"}}))
    tasks = {"tasks": [{"helper": "p_1"}], "tasks_coverage": "partial"}
    assert found["people"] == [{"ref": "p_1", "skill": "draw", **tasks}]
    found = _shown(setting, _query(TOY, "organization", {"roadmap": {"poster": True}}))
    assert found == {"organization": ORGANIZATION, "roadmap": {"poster": True}}


def check_completeness() -> None:
    """A list that the question speaks of is complete where that is possible, within items too."""
    setting = Setting(TOY.vocabulary, TOY.names)
    nobody = {"people": {"no": {"status": "left"}}}
    assert _shown(setting, _query(TOY, "organization", nobody))["coverage"] == {"people": "complete"}
    assert _shown(setting, _query(TOY, "organization", nobody, unsettled))["coverage"] == {"people": "partial"}
    idle = {"tasks": {"no": {"urgent": True}}}
    assert _shown(setting, _query(TOY, "people", idle))["people"] == [{"ref": "p_1", "tasks_coverage": "complete"}]
    assert _shown(setting, _query(TOY, "people", idle, unsettled))["people"] == [
        {"ref": "p_1", "tasks_coverage": "partial"}
    ]
    assert _shown(setting, _query(TOY, "people", idle, surely_not))["people"] == [
        {"ref": "p_1", "tasks": [{"urgent": True}], "tasks_coverage": "complete"}
    ]


def check_too_many_places() -> None:
    """A number that needs more than six decimal places is not written down: nothing is decided."""
    setting = Setting(TOY.vocabulary, TOY.names)
    narrow = {"weight": {"more_than": "0.0000001"}, "all": [{"weight": {"less_than": "0.0000003"}}]}
    answer = ask(setting, _query(TOY, "people.tasks", narrow), limits=LIMITS)
    assert answer.status is Status.UNDECIDED
    assert ask(setting, _query(TOY, "people.tasks", narrow), witness=False).status is Status.WITNESS


def check_entrepreneurs() -> None:
    """An entrepreneur has a longer number than a company."""
    setting = Setting(REAL.vocabulary, REAL.names)
    found = _shown(setting, _query(REAL, "organization", {"legal_form": "entrepreneur"}))
    assert found == {"organization": {**ORGANIZATION, "inn": "780000000000", "legal_form": "entrepreneur"}}
    found = _shown(setting, _query(REAL, "organization", {"legal_form": {"known": True}}))
    assert found["organization"]["inn"] == "7800000002"


def check_defaults() -> None:
    """What must be said of every organization is the usual where it is possible, else the first in order."""
    asked = {"bound": True}
    for regions, shown in (({"78", "50", "27"}, "50"), ({"99", "78"}, "78"), (set[str](), "50")):
        names = ReferenceNames(TOY.names.services, frozenset(regions))
        setting = Setting(TOY.vocabulary, names)
        assert _shown(setting, _query(TOY, "organization", asked))["organization"]["region"] == shown
    setting = Setting(_with_kinds(("office", "club")), TOY.names)
    assert _shown(setting, _query(TOY, "organization", asked))["organization"]["kind"] == "office"


def _with_kinds(words: tuple[str, ...]) -> Vocabulary:
    """The toy vocabulary with these kinds of organizations, and with kinds of people."""
    schema = json.loads(TOY_SCHEMA.read_bytes())
    values = {word: {"ru": word, "en": word} for word in words}
    kind = schema["properties"]["organization"]["properties"]["kind"]
    kind |= {"x-values": values, "enum": [*words]}
    person = next(one for one in schema["properties"]["people"]["anyOf"] if "items" in one)["items"]["properties"]
    person["kind"] = {**person["skill"], "x-values": values}
    person["kind"]["anyOf"] = [{"type": "string", "enum": [*words]}, {"const": "unknown"}]
    return read_vocabulary(json.dumps(schema).encode())


def check_preferences() -> None:
    """The names that a field can hold stand in the order in which they are preferred."""
    vocabulary = _with_kinds(("office", "school", "club"))
    setting = Setting(vocabulary, ReferenceNames(TOY.names.services, frozenset({"78", "50", "27"})))
    kept = session(setting)
    codes = kept.space.encoder.codes
    strange = [codes.of_service(name) for name in ("zeta", "eta")]
    texts = [codes.of(text) for text in ("Ромашка", "Лютик", "p_1", "780000000000")]
    kept.space.begin({"people": 1, "teams": 2})
    small = Minimizer(kept.space, None, [*texts, *strange], "a model")
    assert small.model == "a model"

    def preferred(path: str, name: str) -> list[str]:
        root = kept.space.root
        node = root if path == "organization" else kept.space.lists.slots(root, path)[0]
        return [codes.text(code) for code in small.options(Variable(node, (name,), node.shape.fields[name]))]

    assert preferred("organization", "kind") == ["school", "office", "club"]
    assert preferred("people", "kind") == ["office", "school", "club"]
    assert preferred("organization", "region") == ["50", "27", "78"]
    assert preferred("people", "team") == ["t_1", "t_2", "none"]
    assert preferred("people", "status") == ["active", "away", "left"]
    services = preferred("people", "service")
    assert services[:6] == ["alpha", "beta", "delta", "gamma", "eta", "zeta"]
    assert all(name.startswith("unregistered-") for name in services[6:])
    assert preferred("organization", "name")[:5] == ["780000000000", "p_1", "Лютик", "Ромашка", "text 1"]
    numbers = preferred("organization", "inn")
    assert [len(number) for number in numbers[:3]] == [12, 10, 10]
    assert numbers[0] == "780000000000"
    assert not small.demand(False)


def check_later_names() -> None:
    """Of many names the first that is possible is found, though it is none of the first ones."""
    words = ("arts", "bank", "camp", "dorm", "east", "farm", "gate")
    world = TOY._replace(vocabulary=_with_kinds(words))
    kept = session(Setting(world.vocabulary, world.names))
    for number in range(len(words) - 1):
        query = _query(world, "organization", {"kind": {"in": [*words[number:]]}})
        parts, sound, touched = kept.formulas((query,), {})
        plain = new_solver(LIMITS)
        plain.add([formula for formula in (*parts, *sound) if formula is not True])
        best = _made_small(kept.space, plain, touched)
        contrary = _Contrary(plain, _constants(kept.space, touched), best.model)
        for found in (best, _made_small(kept.space, contrary, touched)):
            assert found.document()["organization"]["kind"] == words[number]


def check_order_of_demands() -> None:
    """Lists are made complete in the order of their items and names."""

    class Recording(Minimizer):
        def demand(self, formula: Bool) -> bool:
            told.append(str(formula))
            return super().demand(formula)

    kept = session(Setting(TOY.vocabulary, TOY.names))
    told: list[str] = []
    idle = {"count": {"of": {"tasks": {"no": {"urgent": True}}}, "is": {"at_least": 2}}}
    query = _query(TOY, "organization", {"teams": {"no": {"open": True}}, "people": idle})
    parts, sound, touched = kept.formulas((query,), kept.bounds(query, LIMITS)[0].sizes)
    solver = new_solver(LIMITS)
    solver.add([formula for formula in (*parts, *sound) if formula is not True])
    assert solver.check() == z3.sat
    Recording(kept.space, solver, touched).run()
    lists = [formula for formula in told if formula.endswith("*")]
    assert lists == ["organization.people*", "organization.teams*", "people[0].tasks*", "people[1].tasks*"]


def check_texts() -> None:
    """Numbers and days as they are written."""
    written = {"0": 0, "-1": -1, "12": 12, "0.25": "1/4", "-0.25": "-1/4", "-12.5": "-25/2", "0.000002": "2e-6"}
    assert {text: decimal_text(Fraction(number)) for text, number in written.items()} == {
        text: text for text in written
    }
    with pytest.raises(UndecidedError):
        decimal_text(Fraction(1, 3))


CHECKS: dict[str, Callable[[], None]] = {
    "witness of an organization": check_organizations,
    "witness of people": partial(check_items, "people", OF_PERSON),
    "witness of tasks": partial(check_items, "people.tasks", OF_TASK),
    "witness of teams": partial(check_items, "teams", OF_TEAM),
    "witness from afar": check_from_afar,
    "witness with references": check_references,
    "witness of completeness": check_completeness,
    "witness with too many places": check_too_many_places,
    "witness of an entrepreneur": check_entrepreneurs,
    "witness with defaults": check_defaults,
    "witness: preferences": check_preferences,
    "witness: later names": check_later_names,
    "witness: order of demands": check_order_of_demands,
    "witness: texts": check_texts,
}
