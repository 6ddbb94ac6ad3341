"""The gate and the selection as users meet them: exit codes, what is said, settings, and the same in a batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from workplace import Folder, Ran, inn, start

from validator.cli.gate_options import GateOptions
from validator.cli.settings import Origin, Value
from validator.journeys.gate import DEFAULT_GATE, SEVERITIES

Sverka = Callable[..., Ran]
ReportOf = Callable[[str], dict[str, Any]]
CODE = {"ru": "Код выхода: ", "en": "Exit code: "}


@pytest.fixture(scope="module")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own-cache")


@pytest.fixture(autouse=True)
def _cache_of_these_tests(_own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs kept here are kept from tests that count on none being there."""
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(_own_cache))


def checked(sverka: Sverka, folder: Folder, *options: object, policies: Path | None = None) -> Ran:
    return sverka("check", folder.snapshots, "--policies", policies or folder.policies, *options)


def last(ran: Ran) -> str:
    return ran.out.splitlines()[-1]


# --- exit codes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("severity", SEVERITIES)
def test_the_severity_that_is_asked_for_decides(severity: str, folder: Folder, sverka: Sverka) -> None:
    policies = folder.policy_folder("own", severity)
    violation, unknown = folder.violating(), folder.unknown()
    place = SEVERITIES.index(severity)
    for bar in (*SEVERITIES, "never"):
        reached = bar != "never" and place <= SEVERITIES.index(bar)
        ran = sverka("check", violation, "--policies", policies, "--fail-on", bar)
        assert ran.code == (1 if reached else 0), bar
        ran = sverka("check", unknown, "--policies", policies, "--on-unknown", bar)
        assert ran.code == (3 if reached else 0), bar


MATRIX = [
    # modality, options, codes of a violation and of an unknown; the norm is of low severity
    ("obligation", (), (0, 0)),
    ("obligation", ("--fail-on", "obligation"), (1, 0)),
    ("obligation", ("--fail-on", "prohibition"), (0, 0)),
    ("obligation", ("--fail-on", "prohibition", "--fail-on", "low"), (1, 0)),
    ("obligation", ("--fail-on", "obligation=medium"), (0, 0)),
    ("obligation", ("--fail-on", "obligation=low", "--on-unknown", "low"), (1, 3)),
    ("recommendation", ("--fail-on", "info"), (0, 0)),
    ("recommendation", ("--fail-on", "recommendation"), (1, 0)),
    ("recommendation", ("--on-unknown", "info"), (0, 3)),
]


@pytest.mark.parametrize(("modality", "options", "codes"), MATRIX)
def test_modality_and_severity_decide_together(
    modality: str, options: tuple[str, ...], codes: tuple[int, int], folder: Folder, sverka: Sverka
) -> None:
    policies = folder.policy_folder("own", "low", modality)
    files = folder.violating(), folder.unknown()
    found = tuple(sverka("check", file, "--policies", policies, *options).code for file in files)
    assert found == codes


DISPUTES = [
    # readings, facts, the codes for ignore, chosen, unknown, strictest
    ("narrow", {"sferum_connected": False}, (0, 1, 3, 1)),
    ("narrow", {}, (0, 3, 3, 3)),
    ("exception", {"sferum_connected": False}, (0, 3, 3, 1)),
    ("exception", {"sferum_connected": False, "operates_regional_system": True}, (0, 0, 3, 1)),
]


@pytest.mark.parametrize(("readings", "facts", "codes"), DISPUTES)
def test_a_dispute_counts_as_is_asked_for(
    readings: str, facts: dict[str, bool], codes: tuple[int, ...], folder: Folder, sverka: Sverka
) -> None:
    policies = folder.policy_folder("own", "critical", readings=readings)
    folder.add("x.json", **facts)
    ways = ("ignore", "chosen", "unknown", "strictest")
    found = [checked(sverka, folder, "--on-disputed", way, policies=policies).code for way in ways]
    assert tuple(found) == codes


def test_violations_go_before_unknowns_and_unknowns_alone_are_3(folder: Folder, sverka: Sverka) -> None:
    folder.violating()
    folder.unknown()
    assert checked(sverka, folder).code == 1
    assert checked(sverka, folder, "--fail-on", "never").code == 3
    assert checked(sverka, folder, "--fail-on", "never", "--on-unknown", "never").code == 0


def test_no_gate_lets_a_quarantined_document_pass(folder: Folder, sverka: Sverka) -> None:
    folder.good()
    folder.broken()
    assert checked(sverka, folder, "--fail-on", "never", "--on-unknown", "never").code == 3


# --- --exit-zero ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["violating", "unknown", "broken"])
def test_exit_zero_reports_only_and_says_so(kind: str, folder: Folder, sverka: Sverka) -> None:
    getattr(folder, kind)()
    assert checked(sverka, folder).code in (1, 3)
    ran = checked(sverka, folder, "--exit-zero", "--lang", "en")
    assert ran.code == 0
    assert last(ran).startswith("Exit code: 0 (")
    assert last(ran).endswith(", with --exit-zero only reported)")
    assert checked(sverka, folder, "--exit-zero", "--no-exit-zero").code in (1, 3)


def test_exit_zero_changes_nothing_about_nothing(folder: Folder, sverka: Sverka) -> None:
    assert checked(sverka, folder, "--exit-zero").code == 2
    folder.good()
    ran = checked(sverka, folder, "--exit-zero")
    assert (ran.code, last(ran)) == (0, "Код выхода: 0 (блокирующих замечаний нет)")
    assert sverka("check", folder.path / "nowhere", "--exit-zero").code == 2
    assert checked(sverka, folder, "--exit-zero", "--fail-on", "x").code == 2


def test_exit_zero_hides_no_internal_error(folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    import validator.cli.check

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(validator.cli.check, "evaluate_by", fail)
    folder.good()
    assert checked(sverka, folder, "--exit-zero").code == 4


def test_exit_zero_turns_1_and_3_into_0_and_no_other_code() -> None:
    nothing = Value((), Origin("default"))
    asked = GateOptions(DEFAULT_GATE, True, nothing, nothing)
    assert [asked.code(code) for code in (0, 1, 2, 3, 4, 130)] == [0, 0, 2, 0, 4, 130]
    assert [asked._replace(exit_zero=False).code(code) for code in range(5)] == [0, 1, 2, 3, 4]


# --- what is said ---------------------------------------------------------------------------------------------


def test_the_last_line_names_a_gate_that_is_not_the_usual_one(folder: Folder, sverka: Sverka) -> None:
    folder.violating()
    told = {"ru": "есть нарушения; порог: ", "en": "there are violations; gate: "}
    for language, text in told.items():
        ran = checked(sverka, folder, "--lang", language, "--fail-on", "high", "--fail-on", "prohibition")
        assert last(ran) == f"{CODE[language]}1 ({text}--fail-on high --fail-on prohibition)"
    ran = checked(sverka, folder, "--fail-on", "medium", "--on-unknown", "never", "--on-disputed", "strictest")
    assert last(ran) == "Код выхода: 1 (есть нарушения; порог: --on-unknown never --on-disputed strictest)"
    assert last(checked(sverka, folder, "--fail-on", "medium")) == "Код выхода: 1 (есть нарушения)"


WRONG = [
    (("--fail-on", "hihg"), "--fail-on: неизвестное значение `hihg`", "--fail-on: unknown value `hihg`", "`high`"),
    (
        ("--fail-on", "obligation=grave"),
        "--fail-on: неизвестное значение `grave`",
        "--fail-on: unknown value `grave`",
        "`critical`, `high`",
    ),
    (
        ("--fail-on", "never", "--fail-on", "low"),
        "--fail-on: `never` не сочетается с другими словами",
        "--fail-on: `never` goes with no other word",
        "",
    ),
    (("--on-unknown", "alot"), "'--on-unknown'", "'--on-unknown'", "check --help"),
    (("--on-disputed", "fail"), "'--on-disputed'", "'--on-disputed'", "check --help"),
    (
        ("--only", "T-CONECT"),
        "--only: нет ни политики, ни темы, ни акта `T-CONECT`",
        "--only: there is no policy, topic or act `T-CONECT`",
        "`T-CONNECT`",
    ),
    (
        ("--exclude", "act=test-atc"),
        "--exclude: нет акта `test-atc`",
        "--exclude: there is no act `test-atc`",
        "`test-act`",
    ),
    (("--exclude", "T-CONNECT"), "--exclude: ни одной политики не выбрано", "--exclude: no policy is selected", ""),
    (
        ("--only", "T-CONNECT", "--exclude", "act=test-act"),
        "--only, --exclude: ни одной политики не выбрано",
        "--only, --exclude: no policy is selected",
        "",
    ),
]


@pytest.mark.parametrize(("options", "ru", "en", "help_"), WRONG)
@pytest.mark.parametrize("batch", [False, True], ids=["files", "batch"])
def test_a_wrong_word_is_a_mistake_of_usage(
    options: tuple[str, ...], ru: str, en: str, help_: str, batch: bool, folder: Folder, sverka: Sverka
) -> None:
    folder.violating()
    more = ("--to", folder.path / "out") if batch else ()
    for language, text in (("ru", ru), ("en", en)):
        ran = checked(sverka, folder, *options, *more, "--lang", language)
        assert (ran.code, ran.out) == (2, "")
        first, second = ran.err.splitlines()
        assert first.startswith("sverka: ")
        assert text in first
        assert help_ in second
    assert not (folder.path / "out").exists()


# --- the report and the selection -----------------------------------------------------------------------------


def two_norms(folder: Folder) -> Path:
    """A policy set of T-CONNECT (critical) and T-OTHER (low) that demand the same."""
    policies = folder.policy_folder("two")
    norm = policies / "norms" / "T-CONNECT.yaml"
    text = norm.read_text("utf-8").replace("T-CONNECT", "T-OTHER").replace("critical", "low")
    (policies / "norms" / "T-OTHER.yaml").write_text(text, "utf-8")
    act = policies / "sources" / "test-act.yaml"
    act.write_text(act.read_text("utf-8").replace("[T-CONNECT]", "[T-CONNECT, T-OTHER]"), "utf-8")
    return policies


def test_the_report_is_the_same_under_every_gate(folder: Folder, sverka: Sverka) -> None:
    folder.violating()
    folder.unknown()
    gates = [
        (),
        ("--fail-on", "never", "--on-unknown", "never"),
        ("--fail-on", "info", "--on-disputed", "strictest"),
    ]
    reports = {checked(sverka, folder, "-o", "json", *gate).out for gate in (*gates, ("--exit-zero",))}
    assert len(reports) == 1
    assert "selection" not in reports.pop()


def test_only_what_is_selected_judges_and_the_report_says_so(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    policies = two_norms(folder)
    folder.violating()
    whole = report_of(checked(sverka, folder, "-o", "json", policies=policies).out)
    ran = checked(sverka, folder, "-o", "json", "--only", "T-OTHER", policies=policies)
    part = report_of(ran.out)
    assert ran.code == 0
    assert part["results"] == [result for result in whole["results"] if result["policy"] == "T-OTHER"]
    told = part["policy_set"]
    assert (told["norms"], told["decisions"]) == (1, 0)
    assert told["digest"] != whole["policy_set"]["digest"]
    assert told["selection"] == {
        "only": ["T-OTHER"],
        "exclude": [],
        "policies": ["T-OTHER"],
        "whole": whole["policy_set"],
    }
    other = report_of(checked(sverka, folder, "-o", "json", "--exclude", "T-OTHER", policies=policies).out)
    assert [result["policy"] for result in other["results"]] == ["T-CONNECT"]


@pytest.mark.parametrize("form", ["text", "concise"])
def test_a_part_is_told_aloud_in_every_format(form: str, folder: Folder, sverka: Sverka) -> None:
    policies = two_norms(folder)
    folder.violating()
    told = {"ru": "проверена часть политик: 1 из 2", "en": "only a part of the policies: 1 of 2"}
    heads = {
        "ru": "Внимание: проверена только часть политик, 1 из 2 (--exclude T-CONNECT)",
        "en": "Note: only a part of the policies judged, 1 of 2 (--exclude T-CONNECT)",
    }
    for language, text in told.items():
        ran = checked(sverka, folder, "-o", form, "--exclude", "T-CONNECT", "--lang", language, policies=policies)
        assert ran.code == 0
        assert text in (ran.out if form == "text" else ran.err).splitlines()[-1]
        if form == "text":
            assert heads[language] in ran.out.splitlines()
    assert "2" in checked(sverka, folder, policies=policies).out
    assert "часть политик" not in checked(sverka, folder, policies=policies).out


def test_a_cached_program_of_the_whole_set_is_not_taken_for_that_of_a_part(folder: Folder, sverka: Sverka) -> None:
    policies = two_norms(folder)
    folder.violating()
    for options, wanted in (
        ((), ["T-CONNECT", "T-OTHER"]),
        (("--only", "T-OTHER"), ["T-OTHER"]),
        ((), ["T-CONNECT", "T-OTHER"]),
        (("--only", "T-CONNECT"), ["T-CONNECT"]),
        (("--only", "T-OTHER"), ["T-OTHER"]),
    ):
        ran = checked(sverka, folder, "-o", "json", "--results", "findings", *options, policies=policies)
        assert [result["policy"] for result in json.loads(ran.out)["results"]] == wanted


def test_the_digest_of_a_part_is_the_same_in_every_process(folder: Folder) -> None:
    folder.good()
    options = ("--only", "users", "--only", "transfer", "-o", "json", "--results", "findings")
    reports = {
        start("check", folder.snapshots, *options, PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "2", "3")
    }
    assert len(reports) == 1


WAIVER = """
waivers:
  - id: W-1
    policy: T-CONNECT
    organization: "{inn}"
    from: 2025-01-01
    through: 2025-12-31
    ground: {{ru: Учебное, en: A specimen}}
    approved_by: {{post: директор школы, document: приказ № 1}}
"""


def test_a_waiver_of_a_norm_that_does_not_judge_is_told_aside(folder: Folder, sverka: Sverka) -> None:
    policies = two_norms(folder)
    folder.violating(number=2)
    waivers = folder.path / "w.yaml"
    waivers.write_text(WAIVER.format(inn=inn(2)), "utf-8")
    told = {
        "ru": "не проверены отступления от норм, которые не выбраны: 1 (первое: W-1)",
        "en": "not checked are waivers of norms that were not selected: 1 (the first: W-1)",
    }
    for language, text in told.items():
        options = ("--only", "T-OTHER", "--waivers", waivers, "--lang", language)
        ran = checked(sverka, folder, *options, policies=policies)
        assert ran.code == 0
        assert text in ran.err
        assert "W-1" not in ran.out
        out = folder.path / f"out-{language}"
        ran = checked(sverka, folder, *options, "--to", out, "--jobs", "1", policies=policies)
        assert (ran.code, text in ran.err) == (0, True)
        assert (out / "warnings.jsonl").read_bytes() == b""


# --- settings -------------------------------------------------------------------------------------------------


def test_flags_win_over_the_environment_and_that_over_the_file(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path)
    folder.violating()
    settings = folder.path / "sverka.yaml"
    assert checked(sverka, folder).code == 1
    settings.write_text("fail_on: never\n", "utf-8")
    assert checked(sverka, folder).code == 0
    monkeypatch.setenv("SVERKA_FAIL_ON", "prohibition:obligation=high")
    assert checked(sverka, folder).code == 1
    assert checked(sverka, folder, "--fail-on", "prohibition").code == 0
    settings.write_text("exit_zero: yes\n", "utf-8")
    assert checked(sverka, folder).code == 0
    assert checked(sverka, folder, "--no-exit-zero").code == 1
    monkeypatch.setenv("SVERKA_EXIT_ZERO", "no")
    assert checked(sverka, folder).code == 1
    assert checked(sverka, folder, "--exit-zero").code == 0


def test_the_other_settings_of_the_gate_count_too(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path)
    folder.unknown()
    settings = folder.path / "sverka.yaml"
    settings.write_text("on_unknown: never\n", "utf-8")
    assert checked(sverka, folder).code == 0
    monkeypatch.setenv("SVERKA_ON_UNKNOWN", "critical")
    assert checked(sverka, folder).code == 3
    policies = folder.policy_folder("own", "critical", readings="exception")
    folder.unknown().unlink()
    folder.add("x.json", sferum_connected=False)
    settings.write_text("on_disputed: strictest\n", "utf-8")
    assert checked(sverka, folder, policies=policies).code == 1
    monkeypatch.setenv("SVERKA_ON_DISPUTED", "ignore")
    assert checked(sverka, folder, policies=policies).code == 0


def test_a_table_of_pyproject_sets_the_gate_too(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path)
    folder.violating()
    table = '[tool.sverka]\nfail_on = ["prohibition", "recommendation"]\non_unknown = "low"\n'
    (folder.path / "pyproject.toml").write_text(table, "utf-8")
    assert checked(sverka, folder).code == 0


@pytest.mark.parametrize("batch", [False, True], ids=["files", "batch"])
def test_a_name_that_settings_get_wrong_is_told_at_its_place(
    batch: bool, folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path)
    folder.good()
    more = ("--to", folder.path / "out") if batch else ()
    (folder.path / "sverka.yaml").write_text("lang: en\nonly: [T-CONNECT, T-CONECT]\n", "utf-8")
    ran = checked(sverka, folder, *more)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "sverka.yaml:2:19: there is no policy, topic or act `T-CONECT` [unknown-name]\n"
        "    did you mean `T-CONNECT`?\n"
    )
    monkeypatch.setenv("SVERKA_ONLY", "T-CONNCT")
    ran = checked(sverka, folder, *more)
    assert ran.err.startswith("SVERKA_ONLY: there is no policy, topic or act `T-CONNCT` [unknown-name]\n")
    assert checked(sverka, folder, "--only", "T-CONNECT").code == 0


# --- batches --------------------------------------------------------------------------------------------------

GATES: list[tuple[str, ...]] = [
    (),
    ("--fail-on", "never"),
    ("--fail-on", "never", "--on-unknown", "never"),
    ("--fail-on", "low", "--only", "T-OTHER"),
    ("--on-unknown", "low", "--exclude", "T-CONNECT"),
    ("--on-disputed", "strictest", "--fail-on", "obligation"),
]


def test_a_batch_has_the_exit_codes_of_a_check_whatever_was_kept_before(folder: Folder, sverka: Sverka) -> None:
    """Every batch finds the records of those before it in the cache."""
    policies = two_norms(folder)
    sets: list[tuple[str, ...]] = [("violating",), ("unknown",), ("violating", "unknown"), ("good", "unknown")]
    for number, (kinds, gate) in enumerate(product(sets, GATES)):
        for file in folder.snapshots.iterdir():
            file.unlink()
        for kind in kinds:
            getattr(folder, kind)()
        wanted = checked(sverka, folder, *gate, policies=policies)
        out = folder.path / f"out{number}"
        found = checked(sverka, folder, *gate, "--to", out, "--jobs", "1", policies=policies)
        assert (found.code, last(found)) == (wanted.code, last(wanted)), (kinds, gate)


def test_a_batch_tells_its_gate_and_its_selection(folder: Folder, sverka: Sverka) -> None:
    policies, out = two_norms(folder), folder.path / "out"
    folder.violating()
    options = ("--fail-on", "low", "--only", "T-OTHER", "--to", out, "--jobs", "1", "--lang", "en")
    ran = checked(sverka, folder, *options, policies=policies)
    assert ran.code == 1
    assert "Note: only a part of the policies judged, 1 of 2 (--only T-OTHER)" in ran.out.splitlines()
    told = json.loads((out / "run.json").read_bytes())
    assert told["terms"]["gate"] == {"fail_on": ["low"], "on_unknown": "high", "on_disputed": "ignore"}
    assert told["policy_set"]["selection"]["policies"] == ["T-OTHER"]
    assert told["policy_set"]["digest"] == told["terms"]["policies"]


def test_a_batch_is_not_taken_up_under_another_gate_or_selection(folder: Folder, sverka: Sverka) -> None:
    policies, out = two_norms(folder), folder.path / "out"
    folder.violating()
    to = ("--to", out, "--jobs", "1", "--lang", "en")
    assert checked(sverka, folder, *to, policies=policies).code == 1
    ran = checked(sverka, folder, *to, "--resume", "--fail-on", "never", policies=policies)
    assert (ran.code, "these differ: gate" in ran.err) == (2, True)
    ran = checked(sverka, folder, *to, "--resume", "--only", "T-OTHER", policies=policies)
    assert (ran.code, "these differ: policies" in ran.err) == (2, True)
    assert checked(sverka, folder, *to, "--resume", "--fail-on", "medium", policies=policies).code == 1
    assert checked(sverka, folder, *to, "--resume", "--exit-zero", policies=policies).code == 0


def test_exit_zero_is_no_part_of_a_batch(folder: Folder, sverka: Sverka) -> None:
    out = folder.path / "out"
    folder.violating()
    ran = checked(sverka, folder, "--exit-zero", "--to", out, "--jobs", "1", "--lang", "en")
    assert (ran.code, last(ran)) == (0, "Exit code: 0 (there are violations, with --exit-zero only reported)")
    assert json.loads((out / "run.json").read_bytes())["exit_code"] == 1


def test_evidence_of_what_blocks_follows_the_gate(folder: Folder, sverka: Sverka) -> None:
    policies = two_norms(folder)
    folder.violating()
    explained = {}
    for bar in ("medium", "low", "never"):
        out = folder.path / bar
        options = ("--fail-on", bar, "--evidence", "blocking", "--to", out, "--jobs", "1")
        checked(sverka, folder, *options, policies=policies)
        rows = [json.loads(line) for line in (out / "findings.jsonl").read_bytes().splitlines()]
        explained[bar] = [row["policy"] for row in rows if "because" in row]
    assert explained == {"medium": ["T-CONNECT"], "low": ["T-CONNECT", "T-OTHER"], "never": []}
