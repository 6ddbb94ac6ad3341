"""Each fault that is planted in the engines is seen by the laws that are there to see it, and every id sees one."""

from __future__ import annotations

from pathlib import Path

import laws_of_conditions  # noqa: F401
import laws_of_facts  # noqa: F401
import laws_of_policies  # noqa: F401
import laws_of_runs  # noqa: F401
import laws_of_time  # noqa: F401
import pytest
import yaml
from laws import LAWS
from planted_faults import FAULTS
from trials import PROGRAMS, SOURCES, drawn

from validator.interpreters.strategies import seeded

SEEN: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("planted_seen.yaml").read_text(encoding="utf-8")
)
BY_NAME = {law.name: law for law in LAWS}
TRIES = 120


def is_seen(fault: str, law: str, source: str, seed: int) -> bool:
    """Whether a law is broken in a trial while a fault is planted. A law that can't go on is broken too."""
    with pytest.MonkeyPatch.context() as patch:
        PROGRAMS.clear()
        FAULTS[fault](patch)
        try:
            return BY_NAME[law].faults(drawn(source, seed), seeded(seed))[1] != []
        except Exception:
            return True
        finally:
            PROGRAMS.clear()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str) -> None:
    assert SEEN[fault], "no law is known to see it"
    for law, told in SEEN[fault].items():
        source, _, seed = told.partition(" ")
        others = ((other, number) for number in range(TRIES) for other in SOURCES)
        assert is_seen(fault, law, source, int(seed)) or any(is_seen(fault, law, *trial) for trial in others), law


def test_there_are_faults_of_every_kind() -> None:
    assert set(SEEN) == set(FAULTS)
    assert len(FAULTS) >= 18
    assert {BY_NAME[law].id for laws in SEEN.values() for law in laws} == {law.id for law in LAWS}


def test_without_a_fault_the_same_trials_break_no_law() -> None:
    for laws in SEEN.values():
        for law, told in laws.items():
            source, _, seed = told.partition(" ")
            assert BY_NAME[law].faults(drawn(source, int(seed)), seeded(int(seed)))[1] == []
