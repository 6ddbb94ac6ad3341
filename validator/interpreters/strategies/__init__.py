"""Random snapshots, conditions and policies over any vocabulary, for property tests and differential runs.

Everything is drawn through a `Chooser`, so that the same generators serve Hypothesis (which shrinks) and a plain
seeded run (which is fast). What the documents say is always a sound snapshot. Nothing of the product imports this
package: Hypothesis is a tool of development.
"""

from validator.interpreters.strategies.choosers import Chooser, choosers, seeded
from validator.interpreters.strategies.conditions import random_condition
from validator.interpreters.strategies.directed import directed_document
from validator.interpreters.strategies.documents import random_document
from validator.interpreters.strategies.edits import forget, rename_refs, shuffle
from validator.interpreters.strategies.leaves import PLAIN, Menu
from validator.interpreters.strategies.mending import edited, mended
from validator.interpreters.strategies.policies import (
    norm_of,
    random_decision,
    random_norm,
    random_policies,
    random_reading,
    random_window,
    subject_of,
)
from validator.interpreters.strategies.pools import Pools
from validator.interpreters.strategies.witnesses import near_witness, witnesses_of
from validator.interpreters.strategies.worlds import DAY, NOTHING, NUMBERS, QUESTION, Json, World, words_of

__all__ = [
    "DAY",
    "NOTHING",
    "NUMBERS",
    "PLAIN",
    "QUESTION",
    "Chooser",
    "Json",
    "Menu",
    "Pools",
    "World",
    "choosers",
    "directed_document",
    "edited",
    "forget",
    "mended",
    "near_witness",
    "norm_of",
    "random_condition",
    "random_decision",
    "random_document",
    "random_norm",
    "random_policies",
    "random_reading",
    "random_window",
    "rename_refs",
    "seeded",
    "shuffle",
    "subject_of",
    "witnesses_of",
    "words_of",
]
