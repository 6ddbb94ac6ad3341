"""What the solver's side says of random questions: bounds, answers with their smallest snapshots, second opinions.

python tests/mutants/smt_dump.py > tests/mutants/smt_answers.json      after a wanted change of what is answered
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from smt_queries import Question, question

from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask, session
from validator.interpreters.smt.quantified import decide

# Long enough for a machine that has much else to do: what is asked takes a moment.
LIMITS = Limits(timeout=600_000)
# Of the questions that cost next to nothing; every fifth is one about the published vocabulary.
ASKED = tuple(seed for seed in range(70) if seed not in (11, 12, 17, 27, 40, 62, 63))
BOUNDED = range(70, 370)
# The second encoding answers these in a moment.
DECIDED = (1, 2, 3, 4, 8, 14, 15, 20, 24, 26, 29, 30, 31, 35, 44, 46, 52, 55, 61, 64, 65, 66, 68)


@cache
def asked(seed: int) -> Question:
    """The question of a seed."""
    return question(seed, real=seed % 5 == 4)


def answered(seeds: Iterable[int]) -> dict[str, Any]:
    """The answers to questions: status, exactness, bounds, the snapshot and the items that play the parts."""
    found: dict[str, Any] = {}
    for seed in seeds:
        answer = ask(asked(seed).setting, asked(seed).query, limits=LIMITS)
        shown = [answer.witness.document, dict(answer.witness.items)] if answer.witness is not None else None
        found[f"answer {seed}"] = [answer.status.value, answer.exact, dict(answer.bounds), shown]
    return found


def bounded(seeds: Iterable[int]) -> dict[str, Any]:
    """How long lists have to be for questions, which lists have no bound, and what was counted."""
    found: dict[str, Any] = {}
    for seed in seeds:
        one = asked(seed)
        bounds, exact = session(one.setting).bounds(one.query, Limits(bounded=2, longest=9))
        found[f"bounds {seed}"] = [dict(bounds.sizes), sorted(bounds.open), exact]
    return found


def decided(seeds: Iterable[int]) -> dict[str, Any]:
    """What the second encoding says."""
    return {f"decided {seed}": decide(asked(seed).setting, asked(seed).query, LIMITS) for seed in seeds}


def text() -> str:
    """The dump as JSON, one line for each question."""
    found = {**answered(ASKED), **bounded(BOUNDED), **decided(DECIDED)}
    lines = [f"{json.dumps(name)}: {json.dumps(told, ensure_ascii=False)}" for name, told in found.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(text())
