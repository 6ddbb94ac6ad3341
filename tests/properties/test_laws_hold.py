"""PROP-P1 to P21 on random policies and on the shipped ones, by the reference and by the compiled program.

Conditions alone have laws of their own in `tests/interpreters/test_laws.py` and `test_verdicts.py`; more of the
round trips (P18) are in `tests/language/test_codec.py` and `tests/snapshots/test_agreement.py`, of the two engines
(P19) in `tests/interpreters/test_compile.py`, of batches (P16) in `tests/journeys/test_batch_judging.py` and
`tests/engines`. In CI the seeds are the same each time; `.ci/nightly properties` goes on with others.
"""

from __future__ import annotations

import re
from pathlib import Path

import laws_of_conditions
import laws_of_facts
import laws_of_policies
import laws_of_runs
import laws_of_time
import pytest
from laws import LAWS, Law
from trials import SOURCES, drawn

from validator.interpreters.strategies import seeded

MODULES = (laws_of_conditions, laws_of_facts, laws_of_policies, laws_of_runs, laws_of_time)
SEEDS = 8
# What these laws are about is rare in one of the sources; elsewhere each law has something to say of most trials.
SILENT = {
    ("what_a_remedy_sets_ends_the_violation", "random"),
    ("equal_numbers_are_neither_more_nor_less", "shipped"),
    ("what_was_printed_and_read_again_is_judged_the_same", "shipped"),
}
RARE = {
    ("what_a_remedy_sets_ends_the_violation", "shipped"),
    ("once_violated_always_violated_on_these_facts", "random"),
    ("once_violated_always_violated_on_these_facts", "shipped"),
    ("a_bound_of_a_count_is_the_negation_of_the_next_one", "shipped"),
}
TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: f"PROP-{law.id}-{law.name}")
def test_a_law_holds(law: Law, source: str) -> None:
    claims = 0
    for seed in range(SEEDS * (5 if (law.name, source) in RARE else 1)):
        made, wrong = law.faults(drawn(source, seed), seeded(seed))
        assert wrong == [], f"seed {seed}: keep it with `python tests/properties/nightly.py --seed {seed}`"
        claims += made
    assert (claims == 0) is ((law.name, source) in SILENT)


def test_every_property_is_tested() -> None:
    texts = [file.read_text("utf-8") for file in TESTS.rglob("test_*.py")]
    elsewhere = {int(n) for text in texts for n in re.findall(r"def test_p(\d+)_", text)}
    assert {int(law.id[1:]) for law in LAWS if law.id != "DOMAIN"} | elsewhere == set(range(1, 22))
