"""The norms about one list beside one another: questions about many pairs and groups of them, put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from validator.interpreters.smt.answer import Answer
from validator.interpreters.smt.query import Judged, Negated, Query, surely, violated
from validator.journeys.prove.ground import Ground
from validator.journeys.prove.reach import met_reads, part_reads
from validator.logic.shape import Role

if TYPE_CHECKING:
    from validator.interpreters.smt.together import Group, Together

Put = Callable[[], Answer]


class Beside:
    """Norms on one list. What is asked of them is put to one solver when the first answer is wanted."""

    def __init__(self, ground: Ground, parts: list[Judged]) -> None:
        self.ground = ground
        self.parts = parts
        self._places = {id(part): index for index, part in enumerate(parts)}

    # --- two at once ----------------------------------------------------------------------------------------------

    @cached_property
    def pairs(self) -> list[tuple[Judged, Judged]]:
        """The pairs that demand something of the same fact, which an organization can change."""
        on = [part for part in self.parts if not self.ground.switched_off("ANA-A6", part.policy)]
        return [
            (one, other)
            for one, other in combinations(on, 2)
            if self.ground.concerns(one.policy.id, other.policy.id)
            and any(read.role is not Role.GIVEN for read in met_reads(one) & met_reads(other))
        ]

    def met(self, one: Judged, other: Judged, demands: tuple[Judged, ...]) -> Put:
        """Puts the question whether two apply to the same thing, which meets those of them that are named."""
        return lambda: self._at_once.answer(self._group(one, other, demands))

    def _group(self, one: Judged, other: Judged, demands: tuple[Judged, ...]) -> Group:
        engaged = [self._places[id(part)] for part in (one, other)]
        return (*engaged, *(len(self.parts) + self._places[id(part)] for part in demands))

    @cached_property
    def _at_once(self) -> Together:
        """The first half of the parts is that a norm is engaged, the second that it is met."""
        engaged: list[Query] = [surely(part.engaged, part.mode) for part in self.parts]
        met: list[Query] = [surely(part.met, part.mode) for part in self.parts]
        groups = [
            self._group(one, other, demands)
            for one, other in self.pairs
            for demands in ((one, other), (one,), (other,))
        ]
        return self._together([*engaged, *met], groups)

    # --- one among others -----------------------------------------------------------------------------------------

    @cached_property
    def others(self) -> list[list[Judged]]:
        """For each part the other norms that turn on something which it turns on, given facts apart."""
        turns = [{read for read in part_reads(part) if read.role is not Role.GIVEN} for part in self.parts]
        return [
            [
                other
                for other, of_other in zip(self.parts, turns, strict=True)
                if other.policy.id != part.policy.id and own & of_other
            ]
            for part, own in zip(self.parts, turns, strict=True)
        ]

    def only(self, part: Judged) -> Put:
        """Puts the question whether something violates a norm and surely none of the others."""
        return lambda: self._among.answer(self._alone(self._places[id(part)]))

    def covering(self, part: Judged) -> list[Judged]:
        """A smallest group of the others that forbid all that a norm does, where all of them together do."""
        index, number = self._places[id(part)], len(self.parts)
        names = (part.policy.id, *(other.policy.id for other in self.others[index]))
        found = self.ground.work_out(
            names,
            f"covering {part.subject.path}",
            lambda: [self.parts[other - number].policy.id for other in self._among.least(self._alone(index))],
        )
        assert isinstance(found, list)
        return [other for other in self.others[index] if other.policy.id in found]

    def _alone(self, index: int) -> Group:
        return (index, *(len(self.parts) + self._places[id(other)] for other in self.others[index]))

    @cached_property
    def _among(self) -> Together:
        """The first half of the parts is that a norm is violated, the second that it surely is not."""
        broken: list[Query] = [violated(part) for part in self.parts]
        groups = [
            self._alone(index)
            for index, part in enumerate(self.parts)
            if self.others[index]
            and self.ground.concerns(part.policy.id, *(other.policy.id for other in self.others[index]))
        ]
        return self._together([*broken, *(Negated(one) for one in broken)], groups, grow=False)

    def _together(self, queries: list[Query], groups: list[Group], *, grow: bool = True) -> Together:
        from validator.interpreters.smt.together import Together  # noqa: PLC0415 - the solver takes long to load

        ground = self.ground
        return Together(ground.setting, self.parts[0].subject, queries, groups, ground.limits, grow=grow)
