"""The gate: which findings block. The words that set it are read strictly and mean the same in any order."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from validator.cli.settings import SETTINGS
from validator.cli.settings_schema import settings_schema
from validator.journeys.gate import (
    DEFAULT_GATE,
    MODALITIES,
    NEVER,
    ON_UNKNOWN,
    SEVERITIES,
    GateWordError,
    OnDisputed,
    bar_of,
    gate_of,
)

KINDS = ("norm", "decision")
VERDICTS = ("violation", "advice", "unknown", "ok", "waived")
# What other readings may say of a verdict: nothing, something milder, something graver.
DISPUTES = ((), ("ok",), ("unknown",), ("violation",), ("advice", "unknown"))
BINDING = [modality for modality in MODALITIES if modality != "recommendation"]


def code(verdict: str, modality: str = "obligation", severity: str = "medium", **words: Any) -> int:
    """What a gate of these words says of an undisputed result."""
    given = {"fail_on": ["medium"], "on_unknown": "high", "on_disputed": "ignore", **words}
    disputes = given.pop("disputes", ())
    return gate_of(**given).of("norm", verdict, modality, severity, disputes)


def blocked(severity: str, verdict: str, modality: str = "obligation", **words: Any) -> bool:
    return code(verdict, modality, severity, **words) != 0


# --- the default ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("disputes", DISPUTES)
def test_by_default_violations_from_medium_and_unknowns_from_high_block(
    kind: str, verdict: str, disputes: tuple[str, ...]
) -> None:
    for modality, severity in product(MODALITIES, SEVERITIES):
        wanted = 0
        if kind == "norm" and not disputes:
            if verdict == "violation" and severity in ("critical", "high", "medium"):
                wanted = 1
            if verdict == "unknown" and severity in ("critical", "high"):
                wanted = 3
        assert DEFAULT_GATE.of(kind, verdict, modality, severity, disputes) == wanted, (modality, severity)


def test_the_settings_have_the_default_of_the_gate_and_offer_its_words() -> None:
    assert SETTINGS["fail_on"].default == DEFAULT_GATE.fail_words
    assert SETTINGS["on_unknown"].default == (DEFAULT_GATE.unknown_word,)
    assert SETTINGS["on_disputed"].default == (DEFAULT_GATE.on_disputed.value,)
    assert SETTINGS["on_unknown"].choices == ON_UNKNOWN
    assert SETTINGS["on_disputed"].choices == tuple(one.value for one in OnDisputed)
    assert gate_of(["medium"], "high", "ignore") == DEFAULT_GATE


# --- severities and modalities --------------------------------------------------------------------------------


@pytest.mark.parametrize("bar", SEVERITIES)
def test_a_severity_blocks_violations_so_grave_and_graver(bar: str) -> None:
    found = [severity for severity in SEVERITIES if blocked(severity, "violation", fail_on=[bar])]
    assert found == list(SEVERITIES[: SEVERITIES.index(bar) + 1])


@pytest.mark.parametrize("bar", MODALITIES)
def test_a_modality_blocks_violations_of_its_norms_and_of_no_other(bar: str) -> None:
    for modality, severity in product(BINDING, SEVERITIES):
        assert blocked(severity, "violation", modality, fail_on=[bar]) == (modality == bar)


def test_a_modality_with_a_severity_blocks_only_where_both_hold() -> None:
    def found(modality: str) -> list[str]:
        return [one for one in SEVERITIES if blocked(one, "violation", modality, fail_on=["prohibition=high"])]

    assert found("prohibition") == ["critical", "high"]
    assert found("obligation") == []


def test_several_words_block_what_any_of_them_blocks() -> None:
    words = ["critical", "prohibition"]
    assert blocked("critical", "violation", "obligation", fail_on=words)
    assert blocked("info", "violation", "prohibition", fail_on=words)
    assert not blocked("high", "violation", "obligation", fail_on=words)


def test_advice_blocks_only_where_recommendations_are_named() -> None:
    for severity in SEVERITIES:
        assert not blocked(severity, "advice", "recommendation", fail_on=list(SEVERITIES))
        assert blocked(severity, "advice", "recommendation", fail_on=["recommendation"])
    assert not blocked("low", "advice", "recommendation", fail_on=["recommendation=medium"])


def test_never_blocks_nothing_of_its_kind() -> None:
    for severity, modality in product(SEVERITIES, MODALITIES):
        assert not blocked(severity, "violation", modality, fail_on=[NEVER])
        assert not blocked(severity, "unknown", modality, on_unknown=NEVER)
    assert code("unknown", severity="high", fail_on=[NEVER]) == 3
    assert code("violation", severity="high", on_unknown=NEVER) == 1


@pytest.mark.parametrize("bar", SEVERITIES)
def test_unknowns_block_from_their_own_severity_on_with_a_code_of_their_own(bar: str) -> None:
    codes = [code("unknown", severity=severity, on_unknown=bar) for severity in SEVERITIES]
    number = SEVERITIES.index(bar) + 1
    assert codes == [3] * number + [0] * (len(SEVERITIES) - number)


# --- disputes -------------------------------------------------------------------------------------------------

DISPUTED = [
    # the chosen reading, another one, and the codes when disputes are ignored, chosen, unknown, strictest
    ("violation", "ok", (0, 1, 3, 1)),
    ("ok", "violation", (0, 0, 3, 1)),
    ("unknown", "violation", (0, 3, 3, 1)),
    ("violation", "unknown", (0, 1, 3, 1)),
    ("ok", "unknown", (0, 0, 3, 3)),
    ("waived", "ok", (0, 0, 0, 0)),
]


@pytest.mark.parametrize(("chosen", "other", "codes"), DISPUTED)
def test_a_disputed_result_counts_as_the_gate_says(chosen: str, other: str, codes: tuple[int, ...]) -> None:
    ways = [one.value for one in OnDisputed]
    assert ways == ["ignore", "chosen", "unknown", "strictest"]
    assert tuple(code(chosen, severity="high", on_disputed=way, disputes=[other]) for way in ways) == codes


def test_a_disputed_result_still_needs_its_severity() -> None:
    for way in ("chosen", "unknown", "strictest"):
        assert not blocked("low", "violation", on_disputed=way, disputes=["ok"])


@pytest.mark.parametrize("way", [one.value for one in OnDisputed])
def test_what_nobody_disputes_does_not_depend_on_how_disputes_count(way: str) -> None:
    assert code("violation", severity="high", on_disputed=way) == 1
    assert code("unknown", severity="high", on_disputed=way) == 3
    assert code("ok", severity="high", on_disputed=way) == 0


def test_decisions_and_what_is_known_never_block() -> None:
    gate = gate_of(["info", *MODALITIES], "info", "strictest")
    assert gate.of("decision", "unknown", None, None, ["moved"]) == 0
    result: Any = {"kind": "norm", "verdict": "violation", "modality": "prohibition", "severity": "critical"}
    result["disputed"] = None
    assert gate.blocks(result) == 1
    assert gate.blocks({**result, "baseline": True}) == 0


# --- words ----------------------------------------------------------------------------------------------------


def test_a_gate_is_its_words_in_any_order_and_however_often() -> None:
    gate = gate_of(["prohibition=high", "low", "low", "recommendation"], NEVER, "chosen")
    assert gate == gate_of(["recommendation", "low", "prohibition=high"], NEVER, "chosen")
    assert gate == gate_of(**gate.words())
    assert gate.words() == {
        "fail_on": ["low", "prohibition=high", "recommendation"],
        "on_unknown": "never",
        "on_disputed": "chosen",
    }
    assert gate_of([NEVER], NEVER, "ignore").words()["fail_on"] == [NEVER]


@pytest.mark.parametrize("word", [*SEVERITIES, *MODALITIES, "obligation=critical", "permission=low"])
def test_a_word_is_written_as_it_is_read(word: str) -> None:
    bar = bar_of(word)
    assert bar is not None
    assert bar.word == word


@pytest.mark.parametrize(
    ("word", "token", "suggested"),
    [
        ("hihg", "hihg", "high"),
        ("prohibitoin", "prohibitoin", "prohibition"),
        ("prohibition=grave", "grave", "critical"),
        ("prohibition=", "", "low"),
        ("high=prohibition", "high", "obligation"),
        ("High", "High", "high"),
        ("", "", "never"),
    ],
)
def test_a_wrong_word_is_refused_by_its_wrong_part(word: str, token: str, suggested: str) -> None:
    with pytest.raises(GateWordError) as caught:
        bar_of(word)
    assert caught.value.token == token
    assert suggested in caught.value.known


def test_the_schema_of_settings_takes_the_words_that_the_program_takes() -> None:
    import re

    schema: Any = settings_schema("ru")["properties"]
    pattern = re.compile(schema["fail_on"]["anyOf"][1]["pattern"])
    for word in (*SEVERITIES, *MODALITIES, NEVER, "prohibition=low", "grave", "high=prohibition", "prohibition="):
        try:
            bar_of(word)
            sound = True
        except GateWordError:
            sound = False
        assert bool(pattern.fullmatch(word)) == sound, word
