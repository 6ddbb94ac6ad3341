"""Workflow commands: read back as the runner of GitHub does, whatever names and texts hold."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import decision, everything, named, real_report, record, report, result

from validator.render import github
from validator.render.safe import one_line

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=[])),
    st.lists(
        st.sampled_from(
            ["%0A", "%0D", "%3A", "%2C", "%25", "%", "::error::", ":", ",", "=", "\r", "\n", " ", "##[x]"]
        )
    ).map("".join),
)


class Command(NamedTuple):
    """A command as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def _decoded(text: str, *, in_property: bool) -> str:
    pairs = [("%0D", "\r"), ("%0A", "\n"), *([("%3A", ":"), ("%2C", ",")] if in_property else []), ("%25", "%")]
    for written, meant in pairs:
        text = text.replace(written, meant)
    return text


def command_of(line: str) -> Command | None:
    """What the runner makes of a line of the log: it trims it, and a command begins with two colons."""
    line = line.strip()
    if not line.startswith("::") or "::" not in line[2:]:
        return None
    head, _, message = line[2:].partition("::")
    name, _, rest = head.partition(" ")
    pairs = [pair.partition("=") for pair in rest.split(",") if pair]
    properties = {key.strip(): _decoded(value, in_property=True) for key, _, value in pairs}
    return Command(name, properties, _decoded(message, in_property=False))


def commands(text: str) -> tuple[list[Command], list[str]]:
    """The commands, and the lines that are none."""
    assert text.endswith("\n")
    found, plain = [], []
    for line in text.splitlines():  # more ends of lines than the runner knows
        command = command_of(line)
        if command is None:
            plain.append(line)
        else:
            found.append(command)
    return found, plain


def test_each_finding_is_an_annotation_at_its_place() -> None:
    found, plain = commands(github.render(report(result()), "en"))
    place = {"file": "in/school.yaml", "line": "3", "col": "5", "title": "T-NORM uses[0] u_1"}
    assert found == [Command("error", place, "violation: A text — Школа № 1 (INN 7800000001)")]
    assert len(plain) == 2


def test_levels_and_order_are_by_gravity() -> None:
    found, _ = commands(github.render(everything()))
    assert [(command.name, command.properties["title"].split()[0]) for command in found] == [
        ("error", "T-NORM"),
        ("error", "duplicate-key"),
        ("error", "T-UNKNOWN"),
        ("warning", "T-DISPUTED"),
        ("warning", "T-LOW"),
        ("warning", "waiver-expired"),
        ("notice", "T-KNOWN"),
        ("notice", "T-ADVICE"),
    ]


def test_a_document_is_annotated_once_and_its_other_mistakes_are_counted() -> None:
    found, _ = commands(github.render(report(quarantine=[record(), record(path="x"), record(path="y")]), "en"))
    assert len(found) == 1
    assert found[0].message.endswith("(and more mistakes in it: 2)")


def test_an_annotation_has_a_line_even_where_the_document_has_none() -> None:
    (found,), _ = commands(github.render(report(quarantine=[record(line=None, column=None)])))
    assert found.properties["line"] == "1"
    assert "col" not in found.properties


@pytest.mark.parametrize(("number", "left"), [(10, 0), (11, 1), (60, 50)])
def test_the_ten_worst_are_shown_and_the_others_counted(number: int, left: int) -> None:
    mild = [result(n, severity="low") for n in range(number - 1)]
    fitted = github.fit(report(*mild, result(999)), "en")
    found, _ = commands(fitted.text)
    shown = [command for command in found if command.properties["title"] != "Sverka"]
    assert len(shown) == 10
    assert (shown[0].name, shown[1].name) == ("error", "warning")
    told = [command.message for command in found if command.properties["title"] == "Sverka"]
    if not left:
        assert (told, fitted.left_out) == ([], None)
        return
    assert fitted.left_out is not None
    assert told == [fitted.left_out.en]
    assert f"the 10 gravest of {number} findings are shown, {left} are not" in told[0]


def test_nothing_found_has_no_annotation_and_the_counts_are_told() -> None:
    for made in (report(decision()), report()):
        found, plain = commands(github.render(made, "en"))
        assert found == []
        assert plain[-1].startswith("Documents ")


def test_a_run_cut_short_is_an_error() -> None:
    made = report(result())
    made["inputs"]["not_reached"] = 7
    found, _ = commands(github.render(made, "en"))
    assert Command("error", {"title": "Sverka"}, "the run is incomplete, documents not reached: 7") in found


@given(TEXTS, TEXTS, TEXTS)
def test_texts_and_names_come_back_as_they_are_and_command_nothing(name: str, text: str, file: str) -> None:
    made = report(
        result(organization_name=name or None, message={"ru": text, "en": text}, ref=text, location=_place(file)),
        quarantine=[record(message={"ru": text, "en": text}, path=name, file=f"in/{file}")],
    )
    found, plain = commands(github.render(made, "en"))
    assert [command.name for command in found] == ["error", "error"]
    assert len(plain) == 2
    assert found[0].message.startswith(one_line(f"violation: {text}"))
    assert found[0].properties.keys() == {"file", "line", "col", "title"}
    ref = f" {text}" if text else ""
    assert found[0].properties["title"] == one_line(f"T-NORM uses[0]{ref}")
    assert one_line(f"in/{file}").startswith(found[0].properties["file"])


def _place(file: str) -> dict[str, Any]:
    return {"file": f"in/{file}", "line": 3, "column": 5}


def test_no_line_beside_the_commands_holds_text_of_others() -> None:
    _, one = commands(github.render(named("Школа")))
    _, other = commands(github.render(named("::add-mask::x ##[stop-commands]y")))
    assert one == other


def test_a_real_report_is_told_in_both_languages() -> None:
    texts = [github.render(real_report(), language) for language in ("ru", "en")]
    assert all(len(commands(text)[0]) == 11 for text in texts)
    assert texts[0] != texts[1]
