"""Quick checks of what a condition uses: where that is the same, what was worked out is used again."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from bound_asked import Structure, every, mode_of, some
from worlds import TOY, read

from validator.interpreters.smt.query import NO_OVERRIDES, Mode
from validator.interpreters.smt.uses import UseFinder, Uses
from validator.interpreters.strategies import subject_of
from validator.logic.expr import Field, Literal
from validator.logic.frozen import replace
from validator.logic.policy import PolicySet, Window


class Row(NamedTuple):
    """What a condition uses, spaces between the names: scopes, lists, what it reads by name."""

    path: str
    structure: Structure
    scopes: str
    lists: str = ""
    reads: str = ""
    judged: bool = False


def of(**structure: Any) -> Structure:
    """Said of the person around a task."""
    return {"person": structure}


SIZED = {"size": {"is": {"field": "person.load"}}}
COUNTS = {"of": {"people": {"count": {"load": 1}}}, "to": {"teams": {"count": {"size": 1}}}, "at_least": 50}
ROWS = (
    Row("people", {"load": 1}, "person"),
    Row("people", {"load": {"is": {"field": "organization.budget"}}}, "organization person"),
    Row("people", {"load": {"at_least": {"param": "few"}}}, "person", "", "few", judged=True),
    Row("people", {"team": "none"}, "person", "teams"),
    Row("people", {"team": {"in": ["none"]}}, "person", "teams"),
    Row("people", {"status": {"in": ["left", "gone"]}}, "person"),
    Row("people", {"team": {"known": True}}, "person", "teams"),
    Row("people", {"desk": {"owner": {"known": True}}}, "person", "people"),
    Row("people", {"skills": {"contains": "cook"}}, "person"),
    Row("people.tasks", of(friends={"contains": {"field": "task.helper"}}), "person task", "people"),
    Row("people.tasks", of(skill={"known": True}, load=1), "person"),
    # Items of lists, by name and by reference: what they are called within is not left over.
    Row("organization", some("people", {"load": 1}), "organization", "people"),
    Row("people", {"tasks": {"every": {"urgent": True}}}, "person", "people.tasks"),
    Row("people", some("teams", SIZED), "organization person", "teams"),
    Row("people", some("teams", {"lead": {"load": 1}}), "organization", "people teams"),
    Row("people", {"team": {"open": True}}, "person", "teams"),
    Row("people", {"team": {"lead": {"load": {"is": {"field": "person.load"}}}}}, "person", "people teams"),
    Row("people", {"organization": {"teams": {"count": {"of": SIZED, "is": 1}}}}, "organization person", "teams"),
    Row("organization", {"ratio": COUNTS}, "organization", "people teams"),
    # Several parts.
    Row("people", {"not": some("teams", {"size": 1}), "any": [{"load": 1}]}, "organization person", "teams"),
    Row("organization", {"all": []}, ""),
    Row("organization", {"undecided": "question"}, ""),
    Row(
        "people",
        {"all": [{"load": {"is": {"param": "few"}}}, {"load": {"is": {"param": "half"}}}, some("teams", {})]},
        "organization person", "teams", "few half", judged=True,
    ),
    # Sums, shares and shifted days.
    Row("people.tasks", of(sum={"of": ["load", "rank"], "is": {"field": "task.points"}}), "person task"),
    Row("people.tasks", of(ratio={"of": "load", "to": "rank", "is": {"field": "task.points"}}), "person task"),
    Row("people.tasks", {"due_on": {"before": {"field": "person.first_on", "plus_days": 3}}}, "person task"),
    Row(
        "people.tasks",
        {"due_on": {"before": {"field": "person.first_on", "plus_days": {"param": "within"}}}},
        "person task", "", "within", judged=True,
    ),
    Row("people", {"seen_on": {"before": {"param": "start", "plus_days": 3}}}, "person", "", "start", judged=True),
    Row("people", {"seen_on": {"before": {"as_of": {"plus_days": 3}}}}, "person"),
    # Registers, definitions, freshness.
    Row("people", {"service": {"listed_in": "home"}}, "person", "", "home", judged=True),
    Row("organization", {"meets": "ORG-RED"}, "organization", "", "ORG-RED"),
    Row("people", {"organization": {"meets": "ORG-BIG"}}, "organization", "people", "ORG-BIG few", judged=True),
    Row("people.tasks", {"meets": "TASK-DUE"}, "task", "", "TASK-DUE"),
    Row(
        "people",
        {"fresh": {"of": {"organization": {"bound": True}}, "on": "seen_on", "within_days": 3}},
        "organization person", judged=True,
    ),
    Row(
        "people",
        {"fresh": {"of": {"team": {"open": True}}, "on": "seen_on", "within_days": {"param": "within"}}},
        "person", "teams", "within", judged=True,
    ),
)  # fmt: skip


def _reads(uses: Uses) -> frozenset[str]:
    return frozenset(cast("tuple[str, ...]", thing)[0] for thing in uses.things)


def check_uses() -> None:
    """What conditions use of their surroundings, lists and data, and whether they ask for the judged day."""
    for row in ROWS:
        found = UseFinder(mode_of(row.path)).of(read(TOY, row.path, row.structure))
        told = (found.scopes, found.lists, _reads(found), found.judged, found.subject)
        wanted = (
            *(frozenset(names.split()) for names in (row.scopes, row.lists, row.reads)),
            row.judged,
            frozenset(),
        )
        assert told == wanted, row


def check_what_is_found_is_kept() -> None:
    """A condition is looked at once."""
    finder = UseFinder(mode_of("organization"))
    for structure in (some("people", {"load": 1}), every("teams", {"size": 1})):
        condition = read(TOY, "organization", structure)
        assert finder.of(condition) is finder.of(condition)


# Each reads another kind of data, each by its name `home`, `few`, `gap`, `ORG-RED`.
READING: dict[str, Structure] = {
    "home": {"service": {"listed_in": "home"}},
    "few": {"load": {"at_least": {"param": "few"}}},
    "gap": {"first_on": {"before": {"param": "gap", "plus_days": {"param": "within"}}}},
    "ORG-RED": {"organization": {"meets": "ORG-RED"}},
    "nothing": {"load": 1},
}


def _modes() -> dict[str, tuple[Mode, set[str]]]:
    """Ways to read the names, and of which of the conditions the meaning is another than in the first."""
    policies, subject = TOY.policies, subject_of(TOY, "people")
    few, gap = policies.parameters["few"], policies.parameters["gap"]
    red, home = policies.definitions["ORG-RED"], policies.registers["home"]
    load = TOY.vocabulary.record_of("people").fields["load"]

    def changed(**overrides: Any) -> Mode:
        return Mode(policies, NO_OVERRIDES._replace(**overrides), subject, Window())

    def other(**parts: Any) -> Mode:
        found: PolicySet = replace(policies, **parts)
        return Mode(found, NO_OVERRIDES, subject, Window())

    again = {name: replace(found) for name, found in (("few", few), ("gap", gap), ("red", red), ("home", home))}
    return {
        "the same": (changed(), set()),
        "the same names": (changed(registers={"home": "home"}, definitions={"ORG-RED": "ORG-RED"}), set()),
        "other names": (changed(registers={"whole": "home"}, definitions={"ORG-BIG": "ORG-RED"}), set()),
        "a register": (changed(registers={"home": "whole"}), {"home"}),
        "a definition": (changed(definitions={"ORG-RED": "ORG-BIG"}), {"ORG-RED"}),
        "a number": (changed(parameters={"few": Literal(3)}), {"few"}),
        "another number": (changed(parameters={"few": Literal(4)}), {"few"}),
        "a field": (changed(parameters={"few": Field("person", ("load",), load)}), {"few"}),
        "the press": (changed(admit_press=frozenset({"gap"})), {"gap"}),
        "another parameter": (other(parameters={**policies.parameters, "few": again["few"]}), {"few"}),
        "another gap": (other(parameters={**policies.parameters, "gap": again["gap"]}), {"gap"}),
        "another definition": (other(definitions={**policies.definitions, "ORG-RED": again["red"]}), {"ORG-RED"}),
        "another register": (other(registers={**policies.registers, "home": again["home"]}), {"home"}),
        # What is on no row of a register may be on one of another.
        "one register less": (other(registers={"home": home}), {"home"}),
    }


def check_readings() -> None:
    """What a condition uses is the same in two ways to read it just where its meaning is."""
    conditions = {name: read(TOY, "people", structure) for name, structure in READING.items()}
    plain = UseFinder(mode_of("people"))
    before: dict[str, list[Uses]] = {name: [plain.of(condition)] for name, condition in conditions.items()}
    for told, (mode, others) in _modes().items():
        finder = UseFinder(mode)
        for name, condition in conditions.items():
            found = finder.of(condition)
            assert (found != before[name][0]) is (name in others), (told, name)
            if name in others:
                assert found not in before[name], (told, name)
                before[name].append(found)


def check_replaced_parameters() -> None:
    """A value instead of a parameter is the same on any day; a field is one of what is judged."""
    modes = _modes()
    condition = read(TOY, "people", {"all": [READING["few"], {"rank": {"is": {"param": "few"}}}, {"places": 1}]})
    for name, judged, subject in (("the same", True, ""), ("a number", False, ""), ("a field", False, "person")):
        found = UseFinder(modes[name][0]).of(condition)
        assert (found.judged, found.subject) == (judged, frozenset(subject.split()))
