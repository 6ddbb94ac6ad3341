"""`sverka test`: examples that hold, examples that do not, and no examples at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workplace import ACT, Ran

NORM = """norm: T-NORM
title: {ru: Проба, en: Trial}
about: organization
modality: obligation
severity: low
cites: [{act: test-act, at: ст. 1}]
required: {sferum_connected: true}
exceptions:
  - id: own
    cites: [{act: test-act, at: ст. 1}]
    when: {operates_regional_system: true}
readings:
  - {id: mild, chosen: true, why: {ru: Мягко, en: Mildly}}
  - {id: strict, without_exceptions: [own], why: {ru: Строго, en: Strictly}}
message: {ru: Не подключена, en: Not connected}
remedy_sets: {sferum_connected: true}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: true, operates_regional_system: false}}
  cases:
    - {name: connected, expect: met}
    - {name: not connected, change: {organization: {sferum_connected: false}}, expect: violation}
    - name: nobody knows
      change: {organization: {sferum_connected: unknown}}
      expect: unknown
      missing: [sferum_connected]
    - name: an own system
      change: {organization: {sferum_connected: false, operates_regional_system: true}}
      expect: exempt
      disputed: {strict: violation}
"""
DECISION = """decision: T-DECIDE
title: {ru: Выбор, en: Choice}
about: organization
cites: [{act: test-act, at: ст. 1}]
outcomes: {yes_: {ru: да будет так, en: so be it}, no_: {ru: не бывать, en: never}}
criteria:
  - id: T-C1
    title: {ru: Подключена, en: Connected}
    cites: [{act: test-act, at: ст. 1}]
    when: {sferum_connected: true}
then: {all_criteria_and_no_exclusion: yes_, otherwise: no_}
advice: {T-C1: {ru: Подключите, en: Connect}}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: true}}
  cases:
    - {name: connected, expect: yes_, criteria: {T-C1: "true"}}
    - {name: not connected, change: {organization: {sferum_connected: false}}, expect: no_, advice: [T-C1]}
"""


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes the set into `own` of the working folder, some of its text replaced."""
    monkeypatch.chdir(tmp_path)

    def write(*changes: tuple[str, str]) -> None:
        norm, decision = NORM, DECISION
        for old, new in changes:
            assert (old in norm) != (old in decision), old
            norm, decision = norm.replace(old, new), decision.replace(old, new)
        files = {"sources/test-act": ACT.replace("T-CONNECT", "T-NORM"), "norms/trial/T-NORM": norm}
        for place, text in (files | {"decisions/trial/T-DECIDE": decision}).items():
            file = tmp_path / "own" / f"{place}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def ran(sverka: Callable[..., Ran]) -> Callable[..., Ran]:
    def call(*arguments: object, lang: str = "en") -> Ran:
        return sverka("test", *arguments, "--policies", "own", "--lang", lang)

    return call


Write = Callable[..., None]
Run = Callable[..., Ran]


def test_examples_that_hold_are_counted(ran: Run, policies: Write) -> None:
    policies()
    assert ran() == Ran(0, "Examples 6, mismatches 0\n", "")
    assert ran("T-NORM") == Ran(0, "Examples 4, mismatches 0\n", "")
    assert ran("T-NORM", "T-DECIDE", lang="ru") == Ran(0, "Примеров 6, не сошлось 0\n", "")


def test_a_mismatch_is_told_at_its_place_with_what_decided(ran: Run, policies: Write) -> None:
    policies(("sferum_connected: false}}, expect: violation}", "sferum_connected: false}}, expect: met}"))
    found = ran("T-NORM")
    assert (found.code, found.err) == (1, "")
    assert found.out.splitlines() == [
        "T-NORM: not connected",
        "    own/norms/trial/T-NORM.yaml:22:88: expected `met`, got `violation` [example-mismatch]",
        "    What decided about organization:",
        "      in force: yes",
        "      applies: yes",
        "      exception “own”: no",
        "        [no] “Operation of a regional information system” is yes   "
        "organization.operates_regional_system = no (19:89)",
        "      the requirement is met: no",
        "        [no] “Connection to Sferum” is yes   organization.sferum_connected = no (22:71)",
        "Examples 4, mismatches 1",
    ]


def test_a_mismatch_reads_in_russian(ran: Run, policies: Write) -> None:
    policies(("sferum_connected: false}}, expect: violation}", "sferum_connected: false}}, expect: met}"))
    lines = ran("T-NORM", lang="ru").out.splitlines()
    assert lines[1] == (
        "    own/norms/trial/T-NORM.yaml:22:88: ожидалось `met` (соблюдено), получено `violation` (НАРУШЕНИЕ) "
        "[example-mismatch]"
    )
    assert lines[2] == "    Что решило о organization:"
    assert "        [нет] «Подключение к «Сферуму»» — да   organization.sferum_connected = нет (22:71)" in lines
    assert lines[-1] == "Примеров 4, не сошлось 1"


def place(text: str) -> str:
    """Line and column of the place that `|` marks in words of a file of the set."""
    before, after = text.split("|")
    files = [file.read_text(encoding="utf-8") for file in Path("own").rglob("T-*.yaml")]
    (found,) = (content for content in files if before + after in content)
    start = found.index(before + after) + len(before)
    return f"{found.count(chr(10), 0, start) + 1}:{start - found.rfind(chr(10), 0, start)}"


# What is changed, where it is told (`|`), and what.
MISMATCHES = {
    "missing": (
        ("missing: [sferum_connected]", "missing: [kind]"),
        "missing: |[kind]",
        "`missing`: expected `kind`, got `organization.sferum_connected`",
    ),
    "disputed": (
        ("disputed: {strict: violation}", "disputed: {strict: ok}"),
        "disputed: |{strict: ok}",
        "`disputed`: expected `strict: ok`, got `strict: violation`",
    ),
    "a dispute that is not stated": (
        ("      disputed: {strict: violation}\n", ""),
        "    - |name: an own system",
        "`disputed`: expected `—`, got `strict: violation`",
    ),
    "criteria": (
        ('criteria: {T-C1: "true"}', "criteria: {T-C1: unknown}"),
        "criteria: {T-C1: |unknown}",
        "`T-C1`: expected `unknown`, got `true`",
    ),
    "advice": (
        ("advice: [T-C1]}", "advice: []}"),
        "advice: |[]}",
        "`advice`: expected `—`, got `T-C1`",
    ),
    "an outcome": (
        ("expect: no_,", "expect: yes_,"),
        "false}}, expect: |yes_,",
        "expected `yes_` (so be it), got `no_` (never)",
    ),
    "a remedy": (
        ("remedy_sets: {sferum_connected: true}", "remedy_sets: {kind: other}"),
        "    - |{name: not connected, change: {organization: {sferum_connected: false}}, expect: violation}",
        "`remedy_sets` does not cure the violation: after it there is still `violation`",
    ),
}


@pytest.mark.parametrize(("change", "where", "told"), MISMATCHES.values(), ids=MISMATCHES)
def test_everything_a_case_states_is_compared(
    ran: Run, policies: Write, change: tuple[str, str], where: str, told: str
) -> None:
    policies(change)
    found = ran()
    assert found.code == 1
    assert f".yaml:{place(where)}: {told} [example-mismatch]\n" in found.out
    assert found.out.endswith("Examples 6, mismatches 1\n")


OWN = "name: an own system"
MISTAKES = {
    "a field that does not exist": (
        ("{sferum_connected: unknown}", "{sferum_conected: unknown}"),
        "{|sferum_conected: unknown}",
        "organization: unknown key `sferum_conected` [unknown-key]\n        did you mean `sferum_connected`?",
    ),
    "a value that does not exist": (
        ("{sferum_connected: unknown}", "{sferum_connected: perhaps}"),
        "{sferum_connected: |perhaps}",
        "organization.sferum_connected: “Connection to Sferum”",
    ),
    "a verdict": (
        ("expect: exempt", "expect: exmpt"),
        "expect: |exmpt",
        "unknown verdict `exmpt` [unknown-value]\n        did you mean `exempt`?",
    ),
    "a reading": (
        ("{strict: violation}", "{strikt: violation}"),
        "{|strikt: violation}",
        "unknown other reading `strikt` [unknown-reading]\n        did you mean `strict`?",
    ),
    "a criterion": (
        ("criteria: {T-C1:", "criteria: {T-C2:"),
        "criteria: {|T-C2:",
        "unknown criterion or exclusion `T-C2` [unknown-criterion]\n        did you mean `T-C1`?",
    ),
    "a subject": (
        (OWN, f"{OWN}\n      subject: chats"),
        "subject: |chats",
        "the policy says nothing of `chats` [unknown-subject]",
    ),
    "no list": (
        (OWN, f"{OWN}\n      lists: {{people: {{ref: p}}}}"),
        "lists: {people: |{ref: p}}",
        "expected a list [list-expected]",
    ),
    "a parameter": (
        (OWN, f"{OWN}\n      parameters: {{nothing: 1}}"),
        "parameters: {|nothing: 1}",
        "unknown parameter `nothing` [unknown-parameter]",
    ),
    "a key": (
        ("expect: exempt", "expekt: exempt"),
        "|expekt: exempt",
        "unknown key `expekt` [unknown-key]\n        did you mean `expect`?",
    ),
    "a list of another name": (
        (OWN, f"{OWN}\n      item_of: chat"),
        "item_of: |chat",
        "unknown list `chat` [unknown-list]\n        did you mean `chats`?",
    ),
    "no date": (
        (OWN, f"{OWN}\n      as_of: 01.10.2025"),
        "as_of: |01.10.2025",
        "`01.10.2025` is not a date [date-expected]",
    ),
}


@pytest.mark.parametrize(("change", "where", "told"), MISTAKES.values(), ids=MISTAKES)
def test_an_example_that_can_not_be_run_is_told_at_the_token(
    ran: Run, policies: Write, change: tuple[str, str], where: str, told: str
) -> None:
    policies(change)
    found = ran()
    assert found.code == 1
    assert f".yaml:{place(where)}: {told}" in found.out
    assert found.out.endswith("Examples 6, mismatches 0, not run for mistakes 1\n")


def test_a_mistake_of_an_example_reads_in_russian(ran: Run, policies: Write) -> None:
    policies(("{sferum_connected: unknown}", "{sferum_conected: unknown}"))
    assert ran(lang="ru").out == (
        "T-NORM: nobody knows\n"
        "    own/norms/trial/T-NORM.yaml:24:31: organization: неизвестный ключ `sferum_conected` [unknown-key]\n"
        "        похоже на `sferum_connected`\n"
        "Примеров 6, не сошлось 0, не выполнено из-за ошибок 1\n"
    )


def test_a_mistake_in_what_cases_share_is_told_once(ran: Run, policies: Write) -> None:
    policies(
        ("{kind: school, sferum_connected: true, operates", "{kind: school, sferum_connected: true, opperates")
    )
    found = ran("T-NORM")
    assert found.code == 1
    assert found.out.count("did you mean `operates_regional_system`?") == 1
    assert "    this stops 3 cases more\n" in found.out
    assert found.out.endswith("Examples 4, mismatches 0, not run for mistakes 4\n")


def test_a_frame_that_is_wrong_stops_its_cases_and_no_others(ran: Run, policies: Write) -> None:
    right = "base: {organization: {kind: school, sferum_connected: true, oper"
    policies((right, right.replace("base", "bace")))
    found = ran()
    assert found.code == 1
    assert "T-NORM\n    own/norms/trial/T-NORM.yaml:19:3: unknown key `bace` [unknown-key]\n" in found.out
    assert found.out.endswith("Examples 3, mismatches 0, not run for mistakes 1\n")


def test_two_cases_of_one_name_are_a_mistake(ran: Run, policies: Write) -> None:
    policies(("name: an own system", "name: connected"))
    found = ran("T-NORM")
    assert found.code == 1
    assert "T-NORM.yaml:27:13: the name `connected` is taken: " in found.out
    assert "[duplicate-name]\n        choose another name, or remove one of the two\n" in found.out


def test_cases_are_chosen_by_name(ran: Run, policies: Write) -> None:
    policies()
    assert ran("--case", "connected") == Ran(0, "Examples 2, mismatches 0\n", "")
    assert ran("--case", "connected", "--policy", "T-NORM") == Ran(0, "Examples 1, mismatches 0\n", "")


def test_an_unknown_case_is_refused_with_the_nearest_name(ran: Run, policies: Write) -> None:
    policies()
    found = ran("T-NORM", "--case", "an own sistem")
    assert (found.code, found.out) == (2, "")
    assert found.err == "sverka: there is no case `an own sistem`\n    did you mean `an own system`?\n"
    assert ran("--case", "такого нет", lang="ru").err.startswith("sverka: нет случая `такого нет`\n")


@pytest.mark.parametrize("chosen", [("T-NORM",), ("--policy", "T-NORM")])
def test_a_named_policy_without_examples_is_never_a_pass(
    ran: Run, policies: Write, chosen: tuple[str, ...]
) -> None:
    policies((NORM[NORM.index("  cases:") :], "  cases: []\n"))
    assert ran(*chosen) == Ran(2, "", "sverka: policy `T-NORM` has no example\n    add some under `examples:`\n")


def test_a_policy_without_examples_is_told_when_all_are_run(ran: Run, policies: Write) -> None:
    policies((NORM[NORM.index("  cases:") :], "  cases: []\n"))
    assert ran() == Ran(0, "Policies without an example 1: T-NORM\nExamples 2, mismatches 0\n", "")
    assert ran(lang="ru").out.startswith("Политик без единого примера 1: T-NORM\n")


def test_no_example_at_all_is_never_a_pass(ran: Run, policies: Write) -> None:
    policies(
        (NORM[NORM.index("  cases:") :], "  cases: []\n"), (DECISION[DECISION.index("  cases:") :], "  cases: []\n")
    )
    found = ran()
    assert (found.code, found.out) == (2, "")
    assert "no example was found" in found.err


def test_an_unknown_policy_is_refused_with_the_nearest_name(ran: Run, policies: Write) -> None:
    policies()
    for arguments in (["T-NORN"], ["--policy", "T-NORN"]):
        found = ran(*arguments)
        assert found.code == 2
        assert found.err == "sverka: there is neither a policy nor a file `T-NORN`\n    did you mean `T-NORM`?\n"


def test_a_draft_is_told_apart_from_a_misspelt_name(ran: Run, policies: Write) -> None:
    policies(("severity: low\n", "severity: low\nstatus: draft\n"))
    found = ran("T-NORM")
    assert found.code == 2
    assert "`T-NORM` is a draft: it is never judged" in found.err


def test_the_json_report_tells_the_same(ran: Run, policies: Write) -> None:
    policies(("sferum_connected: false}}, expect: violation}", "sferum_connected: false}}, expect: met}"))
    found = ran("T-NORM", "-o", "json")
    assert (found.code, found.err) == (1, "")
    report = json.loads(found.out)
    assert report["schema"] == "sverka.test/1"
    assert report["counts"] == {"cases": 4, "passed": 3, "mismatch": 1, "error": 0}
    assert [case["ending"] for case in report["cases"]] == ["passed", "mismatch", "passed", "passed"]
    (wrong,) = report["cases"][1]["mismatches"]
    assert (wrong["what"], wrong["expected"], wrong["got"]) == ("expect", "met", "violation")
    assert wrong["location"] == {"file": "own/norms/trial/T-NORM.yaml", "line": 22, "column": 88}
    assert report["cases"][1]["explanation"][0] == {"depth": 1, "ru": "действует: да", "en": "in force: yes"}
    assert report["cases"][0]["explanation"] == []
    assert report["coverage"] is None
    assert ran("T-NORM", "-o", "json", lang="ru").out == found.out


def test_two_runs_say_the_same_bytes(ran: Run, policies: Write) -> None:
    policies(("expect: exempt", "expect: met"))
    assert ran("--coverage") == ran("--coverage")


# --- coverage ------------------------------------------------------------------------------------------------


def test_coverage_tells_what_examples_leave_out(ran: Run, policies: Write) -> None:
    policies()
    found = ran("--coverage")
    assert found.code == 0
    # Connected: all three; own system: no, yes, never unknown; the criterion: yes and no.
    assert found.out.splitlines()[1:] == [
        "T-DECIDE: 2 of 3 — Choice",
        "    own/decisions/trial/T-DECIDE.yaml:10:12: not shown: unknown: “Connection to Sferum” is yes",
        "T-NORM: 5 of 6 — Trial",
        "    own/norms/trial/T-NORM.yaml:11:12: not shown: unknown: "
        "“Operation of a regional information system” is yes",
        "Shown in full: 0 of 2",
        "Coverage of conditions: 7 of 9 (77.7%); conditions 3",
        "Not shown: true — 0, false — 0, unknown — 2",
        "Examples 6, mismatches 0",
    ]


@pytest.mark.parametrize(("wanted", "code"), [(0, 0), (77, 0), (78, 1), (100, 1)])
def test_too_little_coverage_fails(ran: Run, policies: Write, wanted: int, code: int) -> None:
    policies()
    found = ran("--min-coverage", wanted)
    assert found.code == code
    reached = "is reached" if code == 0 else "is not reached"
    assert f"The threshold of {wanted}% {reached}\n" in found.out


def test_full_coverage_is_one_hundred(ran: Run, policies: Write) -> None:
    facts = "{organization: {sferum_connected: false, operates_regional_system: unknown}}"
    more = f"{{name: unclear, change: {facts}, expect: unknown, disputed: {{strict: violation}}}}\n    - "
    policies((OWN, more + OWN))
    found = ran("T-NORM", "--min-coverage", 100, lang="ru")
    assert found.code == 0
    assert (
        "Показаны полностью: 1 из 1\nПокрытие условий: 6 из 6 (100,0 %); условий 2\nПорог 100 % достигнут\n"
        in found.out
    )


def test_coverage_counts_the_chosen_cases_only(ran: Run, policies: Write) -> None:
    policies()
    found = ran("T-NORM", "--case", "connected", "--coverage")
    assert "Coverage of conditions: 2 of 6 (33.3%); conditions 2\n" in found.out


def test_a_threshold_is_a_percentage(ran: Run, policies: Write) -> None:
    policies()
    assert ran("--min-coverage", 101).code == 2
    assert ran("--min-coverage", "much").code == 2


def test_coverage_in_json_has_every_leaf(ran: Run, policies: Write) -> None:
    policies()
    coverage = json.loads(ran("T-NORM", "--min-coverage", 90, "-o", "json").out)["coverage"]
    assert (coverage["shown"], coverage["possible"], coverage["at_least"], coverage["reached"]) == (5, 6, 90, False)
    (row,) = coverage["rows"]
    assert (row["name"], row["kind"]) == ("T-NORM", "policy")
    assert [
        (leaf["location"]["line"], leaf["shown"], leaf["not_shown"], leaf["impossible"]) for leaf in row["leaves"]
    ] == [
        (7, ["true", "false", "unknown"], [], []),
        (11, ["true", "false"], ["unknown"], []),
    ]
    assert row["leaves"][0]["statement"]["ru"] == "«Подключение к «Сферуму»» — да"
