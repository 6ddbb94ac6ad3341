"""The compiled program against the reference, in small portions: what `.ci/mutants` asks first of a change in it.

Policies, snapshots and what the reference says of them are kept, so a change of the compiler costs its own time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache, partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import counting
import program_dump
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import test_compile_links
import test_kept_program
from differential import Trial, Verdicts, compiled, reference, trial
from outcome_dump import DOCUMENT, FORGOTTEN, libraries_of_forms
from worlds import AS_OF, REAL, TOY, read, snapshot_of

from validator.interpreters.compile import links, operands, parts, program, runtime
from validator.interpreters.compile.blocks import Block, Variable
from validator.interpreters.compile.conditions import Conditions, Mode
from validator.interpreters.compile.needs import Dependencies, Needs
from validator.interpreters.compile.parts import Written
from validator.interpreters.compile.policies import source_of
from validator.interpreters.compile.program import Program
from validator.interpreters.readings import Overrides
from validator.interpreters.strategies import random_decision, seeded, subject_of
from validator.interpreters.strategies.policies import norm_of
from validator.language.library import Library
from validator.language.source import read_json
from validator.language.store import DAMAGED
from validator.logic.expr import TRUE, Compare, Field, Literal, ParameterValue, SetRelation, SetTest, Shifted
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.lean import NEVER, Facts
from validator.logic.policy import Clauses, Modality, PolicySet, Reading, Window
from validator.logic.shape import Kind
from validator.logic.values import Order, SpecialDay, UnregisteredName
from validator.snapshots.read import read_snapshot

PORTIONS = [range(3), range(3, 12), range(12, 40), range(40, 90)]


@cache
def kept(seed: int) -> tuple[Trial, list[Verdicts]]:
    """A trial, and what the reference says of its snapshots."""
    found = trial(seed)
    return found, [reference(found.policies, snapshot, day) for snapshot, day in found.snapshots]


def agrees(seeds: range) -> None:
    """That the program says what the reference says."""
    for seed in seeds:
        found, wanted = kept(seed)
        made = Program(found.policies, found.world.vocabulary)
        assert [compiled(made, snapshot, day) for snapshot, day in found.snapshots] == wanted, seed


NOBODY = (None, None, None)
PAIRED = ("skills", "skill", "tools", "service")


def check_days_that_are_moved() -> None:
    """A day that is not known moves with both its ends, and no day leaves the calendar."""
    day, far = (5, 5, 5), (runtime.LAST_DAY,) * 3
    assert runtime.shift(day, (3, 3, 3)) == (8, 8, 8)
    assert runtime.shift(day, (-4, -4, -4)) == runtime.shift(day, (-9, -9, -9)) == (1, 1, 1)
    assert runtime.shift(far, (1, 1, 1)) == far
    assert runtime.shift(day, (None, 1, 3)) == (None, 6, 8)
    assert runtime.shift((None, 2, 9), (3, 3, 3)) == (None, 5, 12)
    assert runtime.shift((None, 2, 9), (None, 10, 30)) == (None, 12, 39)
    assert runtime.shift((None, 2, 9), NOBODY) == runtime.shift(NOBODY, day) == NOBODY
    for word in (NEVER, runtime.INF):
        assert runtime.shift((word, None, None), (3, 3, 3))[0] is word


def check_sets_with_strange_names() -> None:
    """An empty set is no other set; a strange name may be another name of anything in the other set."""
    known, strange = frozenset({"alpha"}), frozenset({UnregisteredName("stranger")})
    assert runtime.same(known, frozenset()) is runtime.same(frozenset(), strange) is False
    assert runtime.same(known, strange) is runtime.same(strange, known | {"beta"}) is None
    assert runtime.same(known, frozenset({"beta"})) is False
    assert runtime.same(frozenset(), frozenset()) is runtime.same(strange, strange) is True


def check_what_is_looked_up_once() -> None:
    """A strange name that is written like a known one is another name; an open day has its own answer."""
    found, day = runtime.Reference(TOY.policies), AS_OF.toordinal()
    for name, wanted in (("beta", True), (UnregisteredName("unheard"), None), ("delta", False)):
        assert found.listed("foreign", name, day, day) is wanted
        assert found.listed("foreign", name, day, day) is wanted
    assert found.listed("home", "unheard", day, day) is None
    assert found.listed("foreign", "beta", day - 2, day) is True
    assert (
        found.listed("foreign", "gamma", day - 2, day)
        is found.listed("foreign", "gamma", -runtime.INF, day)
        is None
    )
    assert found.listed("foreign", "delta", day, day) is False
    assert found.listed("foreign", UnregisteredName("delta"), day, day) is None
    assert found.listed("foreign", "delta", day, day) is False
    for kind, half in (("club", 50), ("school", 25), ("club", 50)):
        assert found.parameter("half", "50", kind, day, day, False) == half


def check_keys_are_asked_for_once() -> None:
    """An index is made once for all that look for something in it."""
    facts = Facts(None, {}, 1, "50", "school")
    run, asked = runtime.Run(facts, 1, runtime.Reference(TOY.policies)), []

    def keys(_: object, item: str) -> tuple[str, ...]:
        asked.append(item)
        return (item,)

    assert [runtime.near(run, keys, ["a", "b"], link) for link in ("a", "b", "c")] == [["a"], ["b"], []]
    assert asked == ["a", "b"]


def check_constants_are_written_as_literals() -> None:
    """Nothing of a text of a policy can be anything but a literal."""
    written = {
        True: "True",
        7: "7",
        "it's": '"it\'s"',
        UnregisteredName("x"): "'x'",
        NEVER: "NEVER",
        runtime.INF: "INF",
        -runtime.INF: "-INF",
        Fraction(-1, 2): "Fraction(-1, 2)",
        frozenset({"b", UnregisteredName("a")}): "frozenset(('a', 'b', ))",
    }
    assert {operands.spell_constant(value): text for value, text in written.items()} == {
        text: text for text in written.values()
    }
    with pytest.raises(TypeError, match="None"):
        operands.spell_constant(None)  # type: ignore[arg-type]
    never = operands.Operand("NEVER", "NEVER", "NEVER", "False", "True", "True")
    assert operands.constant(NEVER, "K1") == never
    for value in (runtime.INF, 7, Fraction(1, 2)):
        assert operands.constant(value, "K1") == operands.Operand("K1", "K1", "K1", "True", "True", "False")


def check_operands_are_handed_over_as_triples() -> None:
    """Without a usable interval there is none: also where the value is the word `never`."""
    operand = operands.Operand("v", "l", "h", "u", "k", "n")
    assert operand.triple() == "(v, l, h) if (u and not (n)) else (v, None, None)"
    assert operand._replace(usable="True", never="False").triple() == "(v, l, h)"
    assert operand._replace(usable="True").triple() == "(v, l, h) if not (n) else (v, None, None)"
    assert operand._replace(never="False").triple() == "(v, l, h) if u else (v, None, None)"
    for hopeless in (operand._replace(usable="False"), operand._replace(never="True")):
        assert hopeless.triple() == "(v, None, None)"
    assert (operands.no("True"), operands.no("False"), operands.no("a or b")) == ("False", "True", "not (a or b)")


def check_a_code_is_plainly_ok() -> None:
    """Under every reading, whichever of the reasons it is ok for."""
    ways = (parts.MET, parts.EXEMPT, parts.NOT_APPLICABLE, parts.NOT_IN_FORCE, parts.OPEN)
    assert all(parts.plainly_ok(one | other << parts.BITS) for one in ways for other in ways)
    for bad in (parts.UNKNOWN, parts.VIOLATION, parts.ADVICE, parts.POSITIVE, parts.OTHERWISE):
        assert not any(parts.plainly_ok(code) for way in ways for code in (bad, bad | way << 4, way | bad << 4))
        assert not parts.plainly_ok(bad << 8)


def check_what_conditions_depend_on() -> None:
    """Everything that a reading replaces is told apart: what is written for one reading is not used for another."""
    few = Literal(3)
    overrides = Overrides(
        {"few": few}, {"ORG-RED": "ORG-BIG"}, {"foreign": "home"}, frozenset(), frozenset({"gap"})
    )
    found = Dependencies(TOY.policies, overrides)

    def needs(path: str, structure: object) -> Needs:
        return found.of(read(TOY, path, structure))

    listed = needs("people", {"service": {"listed_in": "foreign"}})
    assert listed == Needs(frozenset({"person"}), True, frozenset({("register", "foreign", "home")}))
    assert needs("people", {"service": {"listed_in": "home"}}) == Needs(frozenset({"person"}), True)
    red = needs("people", {"organization": {"meets": "ORG-RED"}})
    assert red == Needs(changes=frozenset({("definition", "ORG-RED", "ORG-BIG"), ("parameter", "few", few)}))
    assert needs("people", {"load": {"param": "few"}}).changes == {("parameter", "few", few)}
    assert not needs("people", {"load": {"param": "few"}}).timed
    budget = Field("organization", ("budget",), TOY.vocabulary.root.fields["budget"])
    own = Dependencies(TOY.policies, overrides._replace(parameters={"half": budget}))
    half = own.of(read(TOY, "organization", {"budget": {"at_least": {"param": "half"}}}))
    assert half == Needs(changes=frozenset({("parameter", "half", budget)}))
    gap = needs("people", {"first_on": {"after": {"param": "gap"}}})
    assert gap == Needs(frozenset({"person"}), True, frozenset({("press", "gap", True)}))
    assert needs("people", {"first_on": {"after": {"param": "start"}}}) == Needs(frozenset({"person"}), True)
    assert needs("organization", {"tags": {"contains": "red"}}) == Needs()


def check_readings_reach_the_program() -> None:
    """What a reading puts in the place of a register or a parameter is what is asked."""
    days, register = {"few": Literal(3), "start": Literal(SpecialDay.NEVER)}, {"foreign": "home"}
    overrides = Overrides(days, {}, register, frozenset(), frozenset())
    writer = Conditions(TOY.policies, TOY.vocabulary)
    block = Block(writer.names)
    block.bind("organization", "o", TOY.vocabulary.root)
    block.bind("person", "x", TOY.vocabulary.record_of("people"))
    day = Variable("day", block)
    mode = Mode(overrides, Dependencies(TOY.policies, overrides), day, day)

    def rails(structure: object) -> tuple[str, str]:
        return writer.rails(block, read(TOY, "people", structure), mode)

    assert "c.listed('home', " in rails({"service": {"listed_in": "foreign"}})[0]
    assert "c.listed('whole', " in rails({"service": {"listed_in": "whole"}})[0]
    assert " >= 3" in rails({"load": {"at_least": {"param": "few"}}})[0]
    assert rails({"first_on": {"after": {"param": "start"}}}) == ("False", "True")


def check_readings_reach_an_index() -> None:
    """Of the items that belong together those that a reading leaves out are left out."""
    test = {"class": {"ref": {"field": "class.ref"}}, "agreed_channel_on": {"after": {"param": "start"}}}
    required = read(REAL, "classes", {"organization": {"guardians": {"no": test}}})
    chosen = Reading("chosen", True, None, TRUE.span)
    other = replace(chosen, id="other", chosen=False, parameters={"start": Literal(AS_OF)})
    clauses = Clauses(subject_of(REAL, "classes"), Window(), TRUE, required, ())
    policies = replace(REAL.policies, norms={"N": norm_of(clauses, Modality.OBLIGATION, (chosen, other))})
    found = test_compile_links.document(1)
    family = {"ref": "g_1", "class": "c_0", "agreed_channel_on": AS_OF.isoformat()}
    snapshot = snapshot_of(REAL, {**found, "guardians": [family], "coverage": {"guardians": "complete"}})
    told = compiled(Program(policies, REAL.vocabulary), snapshot, AS_OF)
    assert told == reference(policies, snapshot, AS_OF)
    assert ("violation", ("ok",)) in {(verdict, others) for (verdict, _), others in told.values()}


def check_never_and_a_day_is_never() -> None:
    """Where a reading puts the word in the place of a day, nothing lies after the day after it."""
    own = Field("person", ("first_on",), TOY.vocabulary.record_of("people").fields["first_on"])
    required = Compare(own, Order.AFTER, Shifted(ParameterValue("start", Kind.DATE), 1))
    reading = Reading("chosen", True, None, TRUE.span, parameters={"start": Literal(SpecialDay.NEVER)})
    clauses = Clauses(subject_of(TOY, "people"), Window(), TRUE, required, ())
    policies = replace(TOY.policies, norms={"N": norm_of(clauses, Modality.OBLIGATION, (reading,))})
    made = Program(policies, TOY.vocabulary)
    for snapshot, day in kept(2)[0].snapshots:
        assert compiled(made, snapshot, day) == reference(policies, snapshot, day)


def check_what_makes_a_pair() -> None:
    """A set and one name that it may hold, but no service (it has other names) and no other set."""
    fields = TOY.vocabulary.record_of("people").fields
    skills, skill, tools, service = (Field("person", (name,), fields[name]) for name in PAIRED)

    def pairs(one: Field, relation: SetRelation, other: Field) -> list[tuple[Field, Field]]:
        return list(links._pairs(TOY.vocabulary, SetTest(one, relation, other)))

    for relation in SetRelation:
        holds = relation in (SetRelation.CONTAINS_ANY, SetRelation.CONTAINS_ALL)
        assert pairs(skills, relation, skill) == ([(skills, skill)] if holds else [])
        assert pairs(skills, relation, skills) == pairs(tools, relation, service) == []
        assert pairs(tools, relation, tools) == []


def check_an_organization_can_bar_a_whole_list() -> None:
    """Of what has to hold of an item, the parts about the organization are asked before any item is looked at."""
    when = read(TOY, "people", {"organization": {"kind": "school"}, "status": "active"})
    clauses = Clauses(subject_of(TOY, "people"), Window(), when, TRUE, ())
    policies = replace(TOY.policies, norms={"N": norm_of(clauses, Modality.OBLIGATION)})
    text = source_of(policies, TOY.vocabulary, parts.parts_of(policies))
    assert f": g0 = {parts.NOT_APPLICABLE}\n    else: g0 = None\n" in text


def check_parts_of_programs() -> None:
    """What a program is kept with, and the verdict on items that an incomplete list may hold."""
    policies, vocabulary = kept(1)[0].policies, kept(1)[0].world.vocabulary
    written = program.write(policies, vocabulary)
    assert written.outline == parts.outline_of(policies) != ()
    assert written.code.co_filename == "<policies>"
    made = Program(policies, vocabulary, written)
    assert made.policies is policies
    assert {part.path: path for path, found in made.parts.items() for part in found} == {p: p for p in made.parts}
    assert program._rest([parts.MET, parts.EXEMPT]) == parts.OPEN
    assert program._rest([parts.EXEMPT, parts.EXEMPT]) == parts.EXEMPT
    assert program._rest([parts.MET, parts.VIOLATION]) == parts.UNKNOWN


@cache
def kept_counts() -> tuple[PolicySet, list[tuple[Snapshot, date, Verdicts]]]:
    """Norms that count in every way there is, snapshots, and what the reference says."""
    policies = counting.policies()
    pairs = [pair for seed in range(0, 12, 2) for pair in trial(seed).snapshots]
    return policies, [(snapshot, day, reference(policies, snapshot, day)) for snapshot, day in pairs]


def check_counts_are_judged_alike() -> None:
    """Of every way to count and to compare the program says what the reference says."""
    policies, told = kept_counts()
    made = Program(policies, TOY.vocabulary)
    assert [compiled(made, snapshot, day) for snapshot, day, _ in told] == [wanted for _, _, wanted in told]


def check_programs_are_kept() -> None:
    """What was kept is found again, for the same policies and schema only; anything else is refused."""
    policies, code = replace(kept(1)[0].policies, digest="kept"), kept_code()
    with TemporaryDirectory() as folder:
        place = test_kept_program.Place(Path(folder) / "cache", policies)
        assert place.run().read() is None
        place.run().write(code)
        test_kept_program.test_what_was_kept_is_the_same_code(place, code)
        assert [file.name.partition("-")[0] for file in place.store.folder.iterdir()] == ["program"]
        test_kept_program.test_code_of_other_policies_or_of_another_schema_is_not_found(place)
        test_kept_program.test_every_module_that_shapes_a_program_is_in_the_key()
        for payload in (*test_kept_program.NO_CODE, *test_kept_program.NO_MARSHAL):
            test_kept_program.test_an_entry_that_is_no_code_is_not_used(place, payload)
            assert DAMAGED.en in place.notices[0].en
        Path(folder, "file").write_text("", encoding="utf-8")
        place = test_kept_program.Place(Path(folder) / "file" / "cache", policies)
        found = place.run()
        assert found.read() is None
        found.write(code)
        assert len(place.notices) == 1
        place.run().write(code)
        assert [notice.en.partition(":")[0] for notice in place.notices] == ["the cache was not used"]


@cache
def kept_code() -> Written:
    """A program as it is kept."""
    found = kept(1)[0]
    return program.write(found.policies, found.world.vocabulary)


@cache
def kept_windows() -> tuple[PolicySet, list[tuple[Snapshot, date, Verdicts]]]:
    """Norms and decisions in force on days of parameters, with readings that change when they apply."""
    own = Field("person", ("first_on",), TOY.vocabulary.record_of("people").fields["first_on"])
    ends = [(ParameterValue("start", Kind.DATE), None), (None, ParameterValue("gap", Kind.DATE))]
    windows = [Window(*both, day, day) for both in ends for day in (None, own)]
    tests = (
        {"service": {"listed_in": "foreign"}},
        {"load": {"at_least": {"param": "few"}}},
        {"not": {"seen_on": "as_of"}},
    )
    applies = [read(TOY, "people", test) for test in tests]
    chosen = Reading("chosen", True, None, TRUE.span)
    other = replace(chosen, id="other", chosen=False)
    changes = [
        replace(other, parameters={"few": Literal(0)}),
        replace(other, parameters={"start": Literal(AS_OF), "gap": Literal(AS_OF)}, registers={"foreign": "home"}),
        replace(other, admit_press=("gap",)),
    ]
    norms, decisions = {}, {}
    for number, (window, when, change) in enumerate(product(windows, applies, changes)):
        clauses = Clauses(subject_of(TOY, "people"), window, when, read(TOY, "people", {"status": "active"}), ())
        norm = norm_of(clauses, Modality.OBLIGATION, (chosen, change))
        norms[f"N-{number}"] = replace(norm, id=f"N-{number}")
        decision = random_decision(TOY, seeded(number), "people")
        decisions[f"D-{number}"] = replace(
            decision, id=f"D-{number}", window=window, applies_when=when, readings=(chosen, change)
        )
    policies = replace(TOY.policies, norms=norms, decisions=decisions)
    pairs = [pair for seed in range(0, 12, 4) for pair in trial(seed).snapshots]
    return policies, [(snapshot, day, reference(policies, snapshot, day)) for snapshot, day in pairs]


def check_windows_are_judged_alike() -> None:
    """Whatever sets the days in force, and whatever a reading changes about whom a policy is for."""
    policies, told = kept_windows()
    made = Program(policies, TOY.vocabulary)
    for snapshot, day, wanted in told:
        assert compiled(made, snapshot, day) == wanted


@cache
def kept_forms() -> list[tuple[Library, Snapshot, Verdicts]]:
    """A norm for each form of condition, a whole and an incomplete snapshot, and what the reference says."""
    found = []
    for library in libraries_of_forms().values():
        for document in (DOCUMENT, FORGOTTEN):
            data = read_json(json.dumps(document).encode(), "snapshot.json")
            snapshot, _ = read_snapshot(data, library.vocabulary, library.names)
            found.append((library, snapshot, reference(library.policies, snapshot, snapshot.as_of)))
    return found


def check_forms_are_judged_alike() -> None:
    """Of each form of condition the program says what the reference says."""
    for library, snapshot, wanted in kept_forms():
        made = Program(library.policies, library.vocabulary)
        assert compiled(made, snapshot, snapshot.as_of) == wanted


@cache
def kept_sets() -> program_dump.Sets:
    """What programs are written for."""
    return program_dump.policy_sets()


def check_programs_are_written_as_they_were() -> None:
    """Also what is worked out once, outside of a loop, and what is not looked at: no verdict shows that."""
    wanted = Path(__file__).with_name("programs.txt").read_text(encoding="utf-8")
    assert program_dump.text(kept_sets()).splitlines() == wanted.splitlines()


CHECKS: dict[str, Callable[[], None]] = {
    "programs are written as they were": check_programs_are_written_as_they_were,
    **{f"trials {seeds.start} to {seeds.stop}": partial(agrees, seeds) for seeds in PORTIONS},
    "constants are written as literals": check_constants_are_written_as_literals,
    "operands are handed over as triples": check_operands_are_handed_over_as_triples,
    "a code is plainly ok": check_a_code_is_plainly_ok,
    "what conditions depend on": check_what_conditions_depend_on,
    "readings reach the program": check_readings_reach_the_program,
    "readings reach an index": check_readings_reach_an_index,
    "never and a day is never": check_never_and_a_day_is_never,
    "what makes a pair": check_what_makes_a_pair,
    "an organization can bar a whole list": check_an_organization_can_bar_a_whole_list,
    "parts of programs": check_parts_of_programs,
    "counts are judged alike": check_counts_are_judged_alike,
    "programs are kept": check_programs_are_kept,
    "windows are judged alike": check_windows_are_judged_alike,
    "forms are judged alike": check_forms_are_judged_alike,
    "days that are moved": check_days_that_are_moved,
    "sets with strange names": check_sets_with_strange_names,
    "what is looked up once": check_what_is_looked_up_once,
    "keys are asked for once": check_keys_are_asked_for_once,
    "conditions about two lists": test_compile_links.test_conditions_about_two_lists_are_judged_alike,
    "an index wherever one helps": test_compile_links.test_an_index_is_used_wherever_one_helps,
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_compiler_stands(name: str) -> None:
    CHECKS[name]()
