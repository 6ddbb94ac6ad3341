"""Edits of the shipped policies on the shipped organizations: whose verdicts flip was worked out by hand."""

from __future__ import annotations

from impact_bench import FM_BAN, ORGANIZATIONS, Bench, Impact, found, write_snapshot

# --- dates ------------------------------------------------------------------------------------------------------


def test_a_ban_that_begins_later_forgives_what_ended_before_it(bench: Bench, impact: Impact) -> None:
    """Of all findings of FM-BAN these have their last judged day before 15 October 2025; the rest stay."""
    bench.replace(FM_BAN, "in_force: {from: 2025-06-01,", "in_force: {from: 2025-10-15,")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS)
    assert found(report) == {
        ("2799001017", "FM-BAN", "u_telegram", "unknown > ok", "better"),  # ended 2025-09-11
        ("5999001010", "FM-BAN", "u_on_june_1", "violation > ok", "better"),  # ended 2025-06-01
        ("6399001010", "FM-BAN", "u_lessons", "unknown > ok", "better"),  # ended 2025-10-10
        ("7899001010", "FM-BAN", "u_whatsapp", "violation > ok", "better"),  # goes on, facts of 2025-09-25
        ("7899001066", "FM-BAN", "u_moved", "violation > ok", "better"),  # ended 2025-10-12
    }
    assert report["code"] == 1
    assert report["organizations"] == {"total": 27, "touched": 5}
    assert report["counts"]["flips"] == {"worse": 0, "better": 5, "other": 0, "added": 0, "removed": 0}
    (policy,) = report["policies"]
    assert policy["causes"] == [{"kind": "norm", "name": "FM-BAN", "change": "changed", "file": FM_BAN}]
    assert policy["not_before"] == "2025-06-01"
    assert [change["parts"] for change in report["changes"]] == [["window"]]
    touched = {row["municipality"] for row in report["municipalities"] if row["touched"]}
    assert "городской округ Волжские Плёсы" in touched
    assert len(touched) == 5


def test_a_flip_tells_the_facts_that_decided_before_and_after(bench: Bench, impact: Impact) -> None:
    bench.replace(FM_BAN, "in_force: {from: 2025-06-01,", "in_force: {from: 2025-10-15,")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "spb-school-transfer-week.yaml")
    (flip,) = report["flips"]
    assert flip["before"]["message"]["ru"].endswith("общается с гражданами через WhatsApp")
    assert "uses[0].service" in {fact["path"] for fact in flip["before"]["because"]}
    assert [fact["path"] for fact in flip["after"]["because"]] == ["uses[0].last_on"]
    assert "15.10.2025" in flip["after"]["because"][0]["statement"]["ru"]
    assert flip["after"]["reason"] == "not_in_force"


def test_reasons_that_change_alone_are_no_flips_and_shown_when_asked_for(bench: Bench, impact: Impact) -> None:
    bench.replace(FM_BAN, "in_force: {from: 2025-06-01,", "in_force: {from: 2025-10-15,")
    file = ORGANIZATIONS / "spb-school-transfer-week.yaml"
    silent = impact("builtin", bench.policies, "--on", file)
    told = impact("builtin", bench.policies, "--on", file, "--reasons")
    assert silent["counts"] == told["counts"]
    assert silent["counts"]["reasons"] == 2
    assert silent["reason_changes"] == []
    assert {
        (flip["ref"], flip["before"]["reason"], flip["after"]["reason"]) for flip in told["reason_changes"]
    } == {
        ("u_max", "not_applicable", "not_in_force"),
        ("u_sms", "not_applicable", "not_in_force"),
    }


# --- shared parts -----------------------------------------------------------------------------------------------


def test_a_narrower_definition_flips_the_norms_that_use_it_and_is_named_as_the_cause(
    bench: Bench, impact: Impact
) -> None:
    """Without its line on companies FM-ADDR no longer reaches the park and the boat stations, and nobody else."""
    line = "    - legal_form: {in: [joint_stock, limited]}"
    bench.cut("definitions/FM-ADDR.yaml", line, "    - legal_form: {in: [nonprofit, fund]}")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS)
    assert found(report) == {
        ("5499001029", "FM-BAN", "u_visitors", "violation > ok", "better"),
        ("5499001029", "FM-BAN", "u_bot", "violation > ok", "better"),
        ("6199001012", "FM-BAN", "u_notices", "unknown > ok", "better"),
    }
    cause = {"kind": "definition", "name": "FM-ADDR", "change": "changed", "file": "definitions/FM-ADDR.yaml"}
    assert all(policy["causes"] == [cause] for policy in report["policies"])
    (change,) = report["changes"]
    # Every norm that names FM-ADDR, and no other one.
    assert change["policies"] == [
        *("FM-B2B", "FM-BAN", "FM-EDU", "FM-INT", "FM-PUB", "FM-REPLY", "FM-UNLIST-REVIEW")
    ]


def test_the_swapped_sides_flip_the_other_way(bench: Bench, impact: Impact) -> None:
    line = "    - legal_form: {in: [joint_stock, limited]}"
    bench.cut("definitions/FM-ADDR.yaml", line, "    - legal_form: {in: [nonprofit, fund]}")
    report = impact(bench.policies, "builtin", "--on", ORGANIZATIONS)
    assert found(report) == {
        ("5499001029", "FM-BAN", "u_visitors", "ok > violation", "worse"),
        ("5499001029", "FM-BAN", "u_bot", "ok > violation", "worse"),
        ("6199001012", "FM-BAN", "u_notices", "ok > unknown", "worse"),
    }


def test_a_set_of_values_is_named_as_the_cause_and_not_the_policies_that_name_it(
    bench: Bench, impact: Impact
) -> None:
    bench.replace("definitions/staff-roles.yaml", "[employee, teacher, org_admin]", "[employee, org_admin]")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "spb-school-transfer-week.yaml")
    assert [(change["kind"], change["name"], change["parts"]) for change in report["changes"]] == [
        ("values", "staff-roles", ["members"])
    ]
    causes = {(cause["kind"], cause["name"]) for policy in report["policies"] for cause in policy["causes"]}
    assert causes == {("values", "staff-roles")}
    assert "XF-AUTO" in report["changes"][0]["policies"]
    assert report["flips"]


def test_a_parameter_is_named_as_the_cause(bench: Bench, impact: Impact) -> None:
    """No chat is moved yet on 25 September when the transfer of this school begins a month later."""
    bench.replace(
        "parameters/transfer-start.yaml",
        "kind: [school, additional]\n    value: 2025-09-22",
        "kind: [school, additional]\n    value: 2025-10-22",
    )
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "spb-school-transfer-week.yaml")
    auto = {flip["ref"]: flip for flip in report["flips"] if flip["policy"] == "XF-AUTO"}
    assert auto["h_5b"]["before"]["verdict"] == "moved"
    assert (auto["h_5b"]["after"]["verdict"], auto["h_5b"]["after"]["reason"]) == ("ok", "not_in_force")
    assert auto["h_5b"]["direction"] == "other"
    causes = {(cause["kind"], cause["name"]) for policy in report["policies"] for cause in policy["causes"]}
    assert causes == {("parameter", "transfer-start")}


def test_a_service_that_becomes_known_is_read_as_such_and_its_register_is_the_cause(
    bench: Bench, impact: Impact
) -> None:
    """The school writes to parents by an app that no register knew; now it is a domestic service."""
    row = """
  - id: green_handset
    title: {ru: Зелёная трубка, en: Green handset}
    aliases: [зелёная трубка]
    cites: [{act: 41-fz-2025, at: ст. 15 ч. 1}]
"""
    register = bench.file("registers/domestic-services.yaml")
    register.write_text(register.read_text("utf-8").rstrip("\n") + row, "utf-8")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "school-unknown-service.yaml")
    assert ("2399001012", "FM-BAN", "u_app", "unknown > ok", "better") in found(report)
    ban = next(policy for policy in report["policies"] if policy["policy"] == "FM-BAN")
    assert [(cause["kind"], cause["name"]) for cause in ban["causes"]] == [("register", "domestic-services")]


def test_another_spelling_of_a_service_is_read_as_that_service_and_concerns_every_policy(
    bench: Bench, impact: Impact
) -> None:
    """No register knows a new name, only a new spelling of one: no policy's text or closure differs."""
    bench.replace(
        "registers/foreign-messengers.yaml",
        "aliases: [вайбер, вибер, вайбэр,",
        "aliases: [зелёная трубка, вайбер, вибер, вайбэр,",
    )
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "school-unknown-service.yaml")
    assert ("2399001012", "FM-BAN", "u_app", "unknown > violation", "worse") in found(report)
    causes = {(cause["kind"], cause["name"]) for policy in report["policies"] for cause in policy["causes"]}
    assert causes == {("register", "foreign-messengers")}
    assert report["changes"][0]["verdicts"] is True


def test_a_renamed_norm_is_followed_even_where_facts_are_read_differently(bench: Bench, impact: Impact) -> None:
    spelling = "aliases: [вайбер, вибер, вайбэр,"
    register = "registers/foreign-messengers.yaml"
    bench.replace(register, spelling, spelling.replace("[", "[зелёная трубка, "))
    text = bench.file(FM_BAN).read_text("utf-8").replace("norm: FM-BAN", "norm: FM-BAN-NEW")
    bench.file(FM_BAN).unlink()
    bench.file("norms/foreign-messengers/FM-BAN-NEW.yaml").write_text(text, "utf-8")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "school-unknown-service.yaml")
    assert {flip for flip in found(report) if flip[1].startswith("FM-BAN")} == {
        ("2399001012", "FM-BAN-NEW", "u_app", "unknown > violation", "worse")
    }


# --- whole policies ---------------------------------------------------------------------------------------------


def test_a_deleted_norm_takes_its_findings_with_it(bench: Bench, impact: Impact) -> None:
    bench.file(FM_BAN).unlink()
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "company-share-50-01.yaml")
    assert found(report) == {
        ("5499001029", "FM-BAN", "u_visitors", "violation > not_judged", "removed"),
        ("5499001029", "FM-BAN", "u_bot", "violation > not_judged", "removed"),
    }
    (policy,) = report["policies"]
    # The third use, talk with a supplier, was ok: it is in the matrix and no flip.
    assert {"before": "ok", "after": "not_judged", "count": 1} in policy["matrix"]


def test_an_added_norm_brings_its_findings(bench: Bench, impact: Impact) -> None:
    text = bench.file(FM_BAN).read_text("utf-8").replace("norm: FM-BAN", "norm: FM-BAN-TWO")
    narrower = text.replace("  service: {listed_in: foreign-messengers}\n", "  service: viber\n")
    bench.file("norms/foreign-messengers/FM-BAN-TWO.yaml").write_text(narrower, "utf-8")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "company-share-50-01.yaml")
    assert found(report) == {("5499001029", "FM-BAN-TWO", "u_bot", "not_judged > violation", "added")}
    assert [(change["name"], change["change"]) for change in report["changes"]] == [("FM-BAN-TWO", "added")]


def test_a_norm_under_another_name_flips_nothing(bench: Bench, impact: Impact) -> None:
    text = bench.file(FM_BAN).read_text("utf-8")
    bench.file(FM_BAN).unlink()
    bench.file("norms/foreign-messengers/FM-BAN-NEW.yaml").write_text(
        text.replace("norm: FM-BAN", "norm: FM-BAN-NEW"), "utf-8"
    )
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS)
    (change,) = report["changes"]
    assert (change["change"], change["name"], change["was"]) == ("renamed", "FM-BAN-NEW", "FM-BAN")
    assert report["flips"] == []
    assert report["code"] == 0


def test_a_norm_that_becomes_a_draft_is_removed_and_the_reader_is_told(bench: Bench, impact: Impact) -> None:
    bench.replace(FM_BAN, "modality: prohibition\n", "modality: prohibition\nstatus: draft\n")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "company-share-50-01.yaml")
    removed = next(change for change in report["changes"] if change["kind"] == "norm")
    assert (removed["change"], removed["parts"]) == ("removed", ["status"])
    assert report["counts"]["flips"]["removed"] == 2


# --- what flips nothing -----------------------------------------------------------------------------------------


def test_severity_and_wording_flip_nothing_and_are_told(bench: Bench, impact: Impact) -> None:
    bench.replace(FM_BAN, "severity: critical", "severity: low")
    bench.replace(FM_BAN, "  en: Move the conversation to MAX", "  en: Please move the conversation to MAX")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS)
    (change,) = report["changes"]
    assert set(change["parts"]) == {"severity", "remedy"}
    assert change["verdicts"] is False
    assert report["flips"] == []
    assert report["equal"] is False
    assert report["code"] == 0
    assert [note["code"] for note in report["notes"]] == ["no-verdict-concerned"]
    assert report["inputs"]["not_read"] == report["inputs"]["documents"] == 27


def test_comments_line_ends_and_the_order_of_keys_are_no_change(bench: Bench, impact: Impact) -> None:
    file = bench.file(FM_BAN)
    text = (
        file.read_text("utf-8")
        .replace("severity: critical\n", "")
        .replace("modality: prohibition\n", "severity: critical   # a comment\nmodality: prohibition\n")
    )
    file.write_bytes(text.replace("\n", "\r\n").encode())
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS)
    assert report["equal"] is True
    assert report["changes"] == []
    assert report["code"] == 0
    assert [note["code"] for note in report["notes"]] == ["equal-sets"]


def test_a_file_moved_to_another_topic_changes_the_topic_alone(bench: Bench, impact: Impact) -> None:
    bench.file("norms/moved").mkdir()
    bench.file(FM_BAN).rename(bench.file("norms/moved/FM-BAN.yaml"))
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS)
    assert [(change["parts"], change["verdicts"]) for change in report["changes"]] == [(["topic"], False)]


# --- law of another day -----------------------------------------------------------------------------------------


def test_a_change_that_begins_later_is_said_to_need_another_day(bench: Bench, impact: Impact) -> None:
    bench.replace("norms/foreign-messengers/FM-INT.yaml", "severity:", "# the same\nseverity:")
    text = bench.file(FM_BAN).read_text("utf-8").replace("norm: FM-BAN", "norm: FM-BAN-2027")
    text = text.replace(
        "in_force: {from: 2025-06-01, judged_on: {from: first_on, through: last_on}}",
        "in_force: {from: 2027-01-01}",
    )
    bench.file("norms/foreign-messengers/FM-BAN-2027.yaml").write_text(text, "utf-8")
    file = ORGANIZATIONS / "company-share-50-01.yaml"
    early = impact("builtin", bench.policies, "--on", file)
    assert early["flips"] == []
    (note,) = early["notes"]
    assert note["code"] == "nothing-before"
    assert "2027-01-01" in note["message"]["en"]
    assert note["help"]["en"].endswith("`--as-of 2027-01-01`")
    late = impact("builtin", bench.policies, "--on", file, "--as-of", "2027-01-01")
    assert {flip["ref"] for flip in late["flips"]} == {"u_visitors", "u_bot"}
    assert late["notes"] == []
    assert late["new"]["law_date"] == late["old"]["law_date"] == "2027-01-01"


# --- disputes ---------------------------------------------------------------------------------------------------


def test_a_violation_that_is_no_longer_disputed_is_a_flip_of_its_own(bench: Bench, impact: Impact) -> None:
    """Signal is foreign and not on the published list: the reading `listed-only` disputes that violation."""
    bench.cut(FM_BAN, "  - id: listed-only", "message:")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "school-unknown-service.yaml")
    (flip,) = [flip for flip in report["flips"] if flip["ref"] == "u_signal"]
    assert flip["before"]["verdict"] == flip["after"]["verdict"] == "violation"
    assert [other["reading"] for other in flip["before"]["disputed"]] == ["listed-only"]
    assert flip["after"]["disputed"] == []
    assert flip["direction"] == "other"


def test_documents_that_can_not_be_read_are_said_and_leave_with_3(bench: Bench, impact: Impact) -> None:
    write_snapshot(bench.path / "good.json", 1, as_of="2025-11-01")
    bench.snapshot("broken.json", '{"schema": "sverka.snapshot/1", "schema": 1}')
    bench.replace(FM_BAN, "in_force: {from: 2025-06-01,", "in_force: {from: 2025-10-15,")
    report = impact("builtin", bench.policies, "--on", bench.path / "good.json", bench.path / "broken.json")
    assert report["flips"] == []
    assert report["code"] == 3
    assert report["inputs"] == {"documents": 2, "compared": 1, "quarantined": 1, "left_out": 0, "not_read": 0}
    assert {record["side"] for record in report["quarantine"]} == {"both"}


def test_a_document_that_one_side_alone_can_read_is_said_with_the_side(bench: Bench, impact: Impact) -> None:
    """A code of a federal subject taken from the register: its schools can't be read by the new set."""
    bench.cut("registers/federal-subjects.yaml", '  - id: "78"', "  - id: ")
    for parameter in bench.file("parameters").iterdir():  # their rows name the subject
        if 'region: "78"' in parameter.read_text("utf-8"):
            parameter.write_text(parameter.read_text("utf-8").replace('region: "78"', 'region: "77"'), "utf-8")
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS / "spb-school-transfer-week.yaml")
    assert {record["side"] for record in report["quarantine"]} == {"new"}
    assert report["code"] == 3


# --- what moves no verdict --------------------------------------------------------------------------------------


def test_another_cover_of_a_topic_and_gaps_that_are_meant_are_told_and_move_no_verdict(
    bench: Bench, impact: Impact
) -> None:
    bench.replace("topics/alternatives.yaml", "ru: Связь с людьми вне MAX", "ru: Связь с теми, кто вне MAX")
    bench.replace("topics/alternatives.yaml", "  - id: guardians-outside", "  - id: guardians-not-in-max")
    place = next(
        path.relative_to(bench.policies).as_posix()
        for path in sorted((bench.policies / "parameters").glob("*.yaml"))
        if "\ngaps: " not in path.read_text("utf-8")
    )
    bench.replace(place, "\nrows:", "\ngaps: intended\nrows:")
    bench.file("topics/foreign-messengers.yaml").unlink()
    report = impact("builtin", bench.policies, "--on", ORGANIZATIONS)
    told = {(change["kind"], change["name"], change["change"]): change for change in report["changes"]}
    assert {key[0]: change["parts"] for key, change in told.items() if key[2] == "changed"} == {
        "topic": ["title", "covers"],
        "parameter": ["gaps_intended"],
    }
    assert ("topic", "foreign-messengers", "removed") in told
    assert not any(change["verdicts"] for change in report["changes"])
    assert report["flips"] == []
