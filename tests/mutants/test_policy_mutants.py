"""Mutants of a toy set: windows, exceptions, readings, data; which examples notice, which change nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from mutant_set import CITES, definition, library_of, mutants, parameter, register, studied, vocabulary

from validator.journeys.mutants.model import Mutant
from validator.journeys.mutants.study import State, Studied
from validator.language.library import Library


def ids(found: Iterable[Mutant], kind: str = "policy") -> set[str]:
    return {mutant.id.partition(":")[2] for mutant in found if mutant.kind == kind}


def states(found: Iterable[Studied]) -> dict[str, str]:
    return {one.mutant.id.removeprefix("T-NORM:"): one.state.value for one in found}


# --- what is changed -----------------------------------------------------------------------------------------


def test_each_end_of_a_window_moves_by_a_day_and_is_dropped() -> None:
    library = library_of(
        "in_force: {from: 2025-06-01, through: {param: t-day}, judged_on: {from: first_on, through: last_on}}\n"
        "required: {undecided: Q}",
        about="uses",
        **{"parameters__t-day": parameter("t-day", "date", "value: 2025-09-01")},
    )
    assert {name for name in ids(mutants(library)) if name.startswith("in_force")} == {
        *("in_force.from.dropped", "in_force.from.is.constant-minus", "in_force.from.is.constant-plus"),
        *("in_force.through.dropped", "in_force.through.earlier", "in_force.through.later"),
        *("in_force.judged_on.dropped", "in_force.judged_on.from", "in_force.judged_on.through"),
    }


def test_an_exception_is_dropped_negated_and_changed_inside() -> None:
    library = library_of(
        "required: {sferum_connected: true}\n"
        f"exceptions: [{{id: own, cites: {CITES}, when: {{kind: {{in: [school, preschool]}}}}}}]"
    )
    assert {name for name in ids(mutants(library)) if name.startswith("exceptions")} == {
        *("exceptions.without:own", "exceptions.own.negated", "exceptions.own.in.without:school"),
        *("exceptions.own.in.without:preschool", "exceptions.own.in.with:vocational"),
    }


def test_a_change_of_a_norm_about_two_lists_is_made_in_both() -> None:
    library = library_of(
        "fields: {service: {chats: platform}}\napplies_when: {service: max}\nrequired: {undecided: Q}",
        about="[uses, chats]",
        **{"registers__t-one": register("t-one", "id: max", "id: telegram")},
    )
    found = {mutant.id.partition(":")[2]: mutant for mutant in mutants(library)}
    changed = found["applies_when.dropped"].make().norms["T-NORM"]
    assert [clauses.subject.path for clauses in changed.clauses] == ["uses", "chats"]
    assert len({clauses.applies_when for clauses in changed.clauses}) == 1
    fewer = found["about.without:chats"].make().norms["T-NORM"]
    assert [clauses.subject.path for clauses in fewer.clauses] == ["uses"]


def test_everything_a_reading_changes_is_not_changed_once_and_its_days_move() -> None:
    library = library_of(
        "applies_when:\n  meets: T-DEF\n"
        "  chats: {some: {platform: {listed_in: t-one}, created_on: {before: {param: t-day}}}}\n"
        "required: {sferum_connected: true}\n"
        f"exceptions: [{{id: own, cites: {CITES}, when: {{kind: school}}}}]\n"
        "readings:\n"
        "  - {id: plain, chosen: true, why: {ru: Так, en: So}}\n"
        "  - id: other\n"
        "    why: {ru: Иначе, en: Otherwise}\n"
        "    parameters: {t-day: 2025-10-01}\n"
        "    definitions: {T-DEF: T-ALSO}\n"
        "    registers: {t-one: t-two}\n"
        "    without_exceptions: [own]\n",
        **{
            "parameters__t-day": parameter("t-day", "date", "value: 2025-09-01"),
            "definitions__T-DEF": definition("T-DEF", "organization", "{kind: school}"),
            "definitions__T-ALSO": definition("T-ALSO", "organization", "{kind: preschool}"),
            "registers__t-one": register("t-one", "id: telegram"),
            "registers__t-two": register("t-two", "id: max"),
        },
    )
    assert {name for name in ids(mutants(library)) if name.startswith("readings")} == {
        *("readings.other.parameters.t-day.constant-minus", "readings.other.parameters.t-day.constant-plus"),
        *("readings.other.parameters.without:t-day", "readings.other.definitions.without:T-DEF"),
        *("readings.other.registers.without:t-one", "readings.other.without_exceptions.without:own"),
    }
    # What only the other reading names is changed as well.
    assert "when.negated" in ids([m for m in mutants(library) if m.owner == "T-ALSO"], "definition")
    assert "max.dropped" not in ids([m for m in mutants(library) if m.owner == "t-one"], "register")
    assert {"max.dropped", "closed"} == ids([m for m in mutants(library) if m.owner == "t-two"], "register")


def test_rows_of_data_are_dropped_and_their_days_and_values_move() -> None:
    library = library_of(
        "applies_when: {chats: {some: {platform: {listed_in: t-one}, created_on: {before: {param: t-day}}}}}\n"
        "required: {sferum_connected: true}",
        **{
            "parameters__t-day": parameter(
                "t-day",
                "date",
                'region: "78", kind: [school, preschool], value: 2025-08-18',
                "from: 2025-01-01, through: 2025-06-30, value: 2025-09-01",
                "from: 2025-07-01, value: 2025-10-01",
            ),
            "registers__t-one": register("t-one", "id: telegram, from: 2025-06-01, announced_on: 2025-03-01"),
        },
    )
    found = mutants(library)
    assert ids(found, "parameter") == {
        *("78/school.dropped", "78/school.without:78school", "78/school.without:78preschool"),
        *("78/school.value.constant-minus", "78/school.value.constant-plus"),
        # A later last day of the first row, an earlier first day of the second: the rows would overlap.
        *("2025-01-01.dropped", "2025-01-01.first-minus", "2025-01-01.first-plus", "2025-01-01.last-minus"),
        *("2025-01-01.value.constant-minus", "2025-01-01.value.constant-plus"),
        *("2025-07-01.dropped", "2025-07-01.first-plus"),
        *("2025-07-01.value.constant-minus", "2025-07-01.value.constant-plus"),
    }
    assert ids(found, "register") == {
        *("closed", "telegram.dropped", "telegram.first-minus", "telegram.first-plus"),
        *("telegram.announced-minus", "telegram.announced-plus"),
    }


def test_data_that_no_policy_uses_is_not_changed() -> None:
    library = library_of(
        "required: {sferum_connected: true}",
        **{"parameters__t-day": parameter("t-day", "date", "value: 2025-09-01")},
    )
    assert {mutant.kind for mutant in mutants(library)} == {"policy"}


# --- what examples notice ------------------------------------------------------------------------------------

BOUNDARY = """
in_force: {from: 2025-06-01}
required: {member_count: {at_most: 10}}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}, item: {member_count: 10}}
  cases:
CASES"""
ALL_CASES = """    - {name: ten, expect: met}
    - {name: eleven, change: {item: {member_count: 11}}, expect: violation}
    - {name: nine, change: {item: {member_count: 9}}, expect: met}
    - {name: before, as_of: 2025-05-31, change: {item: {member_count: 11}}, expect: not_in_force}
    - {name: the first day, as_of: 2025-06-01, change: {item: {member_count: 11}}, expect: violation}
"""


def boundary(*without: str) -> Library:
    lines = [line for line in ALL_CASES.splitlines() if not any(f"name: {name}," in line for name in without)]
    return library_of(BOUNDARY.replace("CASES", "\n".join(lines)), about="chats")


def test_examples_on_both_sides_of_every_boundary_notice_every_change() -> None:
    assert set(states(studied(boundary())).values()) == {"killed"}


@pytest.mark.parametrize(
    ("without", "alive"),
    [
        ("ten", {"requirement.order:less_than", "requirement.right.is.constant-minus"}),
        ("before", {"in_force.from.dropped", "in_force.from.is.constant-minus"}),
        ("the first day", {"in_force.from.is.constant-plus"}),
    ],
)
def test_without_one_of_them_just_the_changes_at_that_boundary_live_on(without: str, alive: set[str]) -> None:
    found = states(studied(boundary(without)))
    assert {name for name, state in found.items() if state != "killed"} == alive
    assert len(found) == len(states(studied(boundary())))


def test_a_definition_is_judged_by_the_examples_of_the_policies_that_rest_on_it() -> None:
    examples = (
        "examples:\n  as_of: 2025-10-01\n  base: {organization: {kind: school, sferum_connected: true}}\n"
        "  cases:\n    - {name: a school, expect: met}\n"
    )
    library = library_of(
        f"applies_when: {{meets: T-DEF}}\nrequired: {{sferum_connected: true}}\n{examples}",
        **{"definitions__T-DEF": definition("T-DEF", "organization", "{kind: {in: [school, preschool]}}")},
    )
    found = {one.mutant.id: one for one in studied(library)}
    assert found["T-DEF:when.in.without:school"].by == "T-NORM: a school"
    assert found["T-DEF:when.in.without:preschool"].state is State.UNCHECKED
    assert found["T-DEF:when.in.with:vocational"].mutant.touches == ("T-NORM",)


@pytest.mark.parametrize(("stated", "state"), [("", "unchecked"), (", missing: [sferum_connected]", "killed")])
def test_what_an_example_does_not_state_it_does_not_notice(stated: str, state: str) -> None:
    """Without its first half the requirement is as unknown as before; only the missing fact is another one."""
    library = library_of(
        "required: {any: [{sferum_connected: true}, {operates_regional_system: true}]}\n"
        "examples:\n  as_of: 2025-10-01\n  base: {organization: {kind: school}}\n"
        f"  cases:\n    - {{name: nobody knows, expect: unknown{stated}}}\n"
    )
    assert states(studied(library))["requirement.0.dropped"] == state


def test_a_remedy_that_cures_no_more_is_noticed() -> None:
    body = (
        "required: {sferum_connected: true}\nremedy_sets: {sferum_connected: true}\n"
        "examples:\n  as_of: 2025-10-01\n  base: {organization: {kind: school}}\n  cases:\n"
        "    - {name: no, change: {organization: {sferum_connected: false}}, expect: violation}\n"
    )
    one = "required: {sferum_connected: true}"
    cured = states(
        studied(library_of(body.replace(one, "required: {any: [{sferum_connected: true}, {kind: other}]}")))
    )
    assert cured["requirement.0.dropped"] == "killed"
    plain = body.replace("remedy_sets: {sferum_connected: true}\n", "")
    left = states(
        studied(library_of(plain.replace(one, "required: {any: [{sferum_connected: true}, {kind: other}]}")))
    )
    assert left["requirement.0.dropped"] == "unchecked"


# --- what changes nothing ------------------------------------------------------------------------------------


def test_what_no_snapshot_can_show_is_proved_equivalent_and_the_rest_comes_with_facts() -> None:
    pytest.importorskip("z3")
    from validator.journeys.mutants.equivalence import Equivalence

    library = library_of(
        "required: {any: [{member_count: {at_least: 5}}, {member_count: {at_least: 8}}]}\n"
        "examples:\n  as_of: 2025-10-01\n  base: {organization: {kind: school}, item: {member_count: 5}}\n"
        "  cases:\n    - {name: five, expect: met}\n"
        "    - {name: four, change: {item: {member_count: 4}}, expect: violation}\n",
        about="chats",
    )
    found = states(studied(library, Equivalence(library)))
    assert {name for name, state in found.items() if state == "equivalent"} == {
        *("requirement.1.dropped", "requirement.1.order:more_than"),
        *("requirement.1.right.is.constant-minus", "requirement.1.right.is.constant-plus"),
    }
    assert set(found.values()) <= {"killed", "equivalent", "alive"}
    alive = [one for one in studied(library, Equivalence(library)) if one.state is State.ALIVE]
    assert all(one.survival.witness and one.survival.witness.policy == "T-NORM" for one in alive)


def test_rows_that_give_the_same_answer_as_those_behind_them_change_nothing() -> None:
    pytest.importorskip("z3")
    from validator.journeys.mutants.equivalence import Equivalence

    library = library_of(
        "required: {member_count: {at_most: {param: t-most}}}",
        about="chats",
        **{"parameters__t-most": parameter("t-most", "integer", "value: 10", "kind: school, value: 10")},
    )
    decided = {one.mutant.id: one.state for one in studied(library, Equivalence(library))}
    assert decided["t-most:school.dropped"] is State.EQUIVALENT
    assert decided["t-most:all.dropped"] is State.ALIVE
    assert decided["t-most:school.value.constant-plus"] is State.ALIVE


def test_a_change_that_those_who_ask_a_definition_never_see_changes_nothing() -> None:
    """`T-USER` asks `T-DEF` of those who refused, so its other half never matters; the norm is not looked at."""
    pytest.importorskip("z3")
    from validator.interpreters.smt.answer import Limits
    from validator.journeys.mutants.equivalence import Equivalence

    library = library_of(
        "applies_when:\n  any:\n"
        "    - organization: {guardians: {some: {meets: T-USER, class: {ref: {field: class.ref}}}}}\n"
        "required: {told_in_person: true}",
        about="classes",
        **{
            "definitions__T-DEF": definition(
                "T-DEF", "guardians", "{any: [{max_status: refused}, {max_status: cannot_register}]}"
            ),
            "definitions__T-USER": definition("T-USER", "guardians", "{max_status: refused, meets: T-DEF}"),
        },
    )
    decided = {
        one.mutant.id: one.state
        for one in studied(library, Equivalence(library, Limits(timeout=10_000, bounded=1, longest=1)))
    }
    assert decided["T-DEF:when.1.dropped"] is State.EQUIVALENT
    assert decided["T-DEF:when.0.dropped"] is State.ALIVE
    assert decided["T-USER:when.0.dropped"] is State.ALIVE


PLAIN = "{any: [{max_status: refused}, {max_status: cannot_register}]}"


@pytest.mark.parametrize(
    ("asked", "user", "same"),
    [
        ("T-USER", "{meets: T-DEF}", True),
        ("T-DEF", "{meets: T-DEF}", False),  # the norm itself asks the changed one
    ],
)
def test_users_speak_for_a_definition_only_when_nobody_else_asks_it(asked: str, user: str, same: bool) -> None:
    from validator.journeys.mutants.modular import same_where_used

    library = library_of(
        f"required: {{guardians: {{every: {{meets: {asked}}}}}}}",
        **{
            "definitions__T-DEF": definition("T-DEF", "guardians", PLAIN),
            "definitions__T-USER": definition("T-USER", "guardians", user),
        },
    )
    policies, mutant = library.policies, next(m for m in mutants(library) if m.id == "T-DEF:when.1.dropped")
    answers = iter([False, True])  # it means something else by itself, and the same inside its user
    found = same_where_used(policies, mutant.make(), mutant, vocabulary(), lambda _: next(answers))
    assert found is same


def test_a_definition_that_turns_on_a_day_is_left_to_the_policies() -> None:
    from validator.journeys.mutants.modular import same_where_used

    library = library_of(
        "required: {chats: {every: {meets: T-DEF}}}",
        **{
            "definitions__T-DEF": definition("T-DEF", "chats", "{created_on: {before: {param: t-day}}}"),
            "parameters__t-day": parameter("t-day", "date", "value: 2025-09-01"),
        },
    )
    mutant = next(m for m in mutants(library) if m.id == "T-DEF:when.negated")
    assert not same_where_used(library.policies, mutant.make(), mutant, vocabulary(), lambda _: True)


def test_the_shipped_examples_notice_all_that_can_be_noticed_of_some_policies() -> None:
    """Of every policy it takes minutes; these few stand for the ways in which examples were added."""
    pytest.importorskip("z3")
    from validator.journeys.examples.cases import run
    from validator.journeys.examples.embedded import examples_of
    from validator.journeys.mutants.all import mutants_of
    from validator.journeys.mutants.equivalence import Equivalence
    from validator.journeys.mutants.killing import Examples
    from validator.journeys.mutants.study import study
    from validator.language.library import load, read_folder
    from validator.resources import policies_folder

    library = load(read_folder(policies_folder()), vocabulary())
    chosen = ["ALT-KINDS", "PR-PHONE", "US-DESK"]
    cases = examples_of(library, chosen)
    examples = Examples(zip(cases, run(cases, library.policies), strict=True), library.policies)
    own = [mutant for mutant in mutants_of(library.policies, chosen) if mutant.owner in chosen]
    found = list(study(own, examples, Equivalence(library)))
    assert [one.mutant.id for one in found if one.state not in (State.KILLED, State.EQUIVALENT)] == []
    assert sum(one.state is State.KILLED for one in found) > 50
