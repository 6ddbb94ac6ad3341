"""How good the examples of a policy set are: every mutant judged, and what is known of those that live on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from validator.journeys.mutants.documents import Facts
from validator.journeys.mutants.killing import Examples
from validator.journeys.mutants.model import Mutant


class State(Enum):
    """What became of a mutant.

    KILLED: an example fails on it. ALIVE: none does, and facts are known on which it says something else.
    EQUIVALENT: proved to say the same of every snapshot. BOUNDED: says the same as long as lists are short, a proof
    for long ones is not to be had. UNDECIDED: neither was found out. UNCHECKED: nobody tried, there is no solver.
    """

    KILLED = "killed"
    ALIVE = "alive"
    EQUIVALENT = "equivalent"
    BOUNDED = "bounded"
    UNDECIDED = "undecided"
    UNCHECKED = "unchecked"


class Witness(NamedTuple):
    """Facts on which a mutant of `policy` says something else of the item at the path `subject`."""

    policy: str
    facts: Facts
    subject: str


class Survival(NamedTuple):
    """What was found out about a mutant that no example notices.

    `bounds` are the lengths of lists up to which it was compared, where that matters.
    """

    state: State
    witness: Witness | None = None
    bounds: Mapping[str, int] = {}


class Studied(NamedTuple):
    """A mutant and what became of it; `by` names the example that kills it."""

    mutant: Mutant
    survival: Survival
    by: str = ""

    @property
    def state(self) -> State:
        """What became of it."""
        return self.survival.state


UNCHECKED = Survival(State.UNCHECKED)
# Decides whether a mutant that lives on says the same as the policies it was made of.
Decide = Callable[[Mutant], Survival]


def study(mutants: Iterable[Mutant], examples: Examples, decide: Decide | None) -> Iterator[Studied]:
    """Each mutant and what became of it; without `decide` those that live on stay unchecked."""
    for mutant, by in examples.judge(mutants):
        if by is not None:
            yield Studied(mutant, Survival(State.KILLED), f"{by.about}: {by.name}" if by.about else by.name)
        else:
            yield Studied(mutant, UNCHECKED if decide is None else decide(mutant))
