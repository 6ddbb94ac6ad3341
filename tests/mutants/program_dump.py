"""The programs that are written for conditions of each kind, and for a few random policies, as text.

python tests/mutants/program_dump.py > tests/mutants/programs.txt      after a wanted change of what is written
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import test_compile_links
from differential import trial
from outcome_dump import libraries_of_forms
from worlds import REAL

from validator.interpreters.compile.parts import parts_of
from validator.interpreters.compile.policies import source_of
from validator.language.vocabulary import Vocabulary
from validator.logic.policy import PolicySet

# Both worlds, with readings, windows, exceptions, decisions and items within items.
TRIALS = (1, 2)
Sets = dict[str, tuple[PolicySet, Vocabulary]]


def policy_sets() -> Sets:
    """What programs are written for, by name."""
    found = {name: (library.policies, library.vocabulary) for name, library in libraries_of_forms().items()}
    for name, turned in (("items that belong together", False), ("the same, sides turned round", True)):
        found[name] = (test_compile_links.policies(turned=turned), REAL.vocabulary)
    trials = {f"trial {seed}": trial(seed) for seed in TRIALS}
    return found | {name: (one.policies, one.world.vocabulary) for name, one in trials.items()}


def text(sets: Sets) -> str:
    """The programs, each under its name."""
    return "\n".join(
        f"# --- {name}\n\n{source_of(policies, vocabulary, parts_of(policies)).strip()}\n"
        for name, (policies, vocabulary) in sets.items()
    )


if __name__ == "__main__":
    sys.stdout.write(text(policy_sets()))
