"""A checked policy set with what is needed to use it, wherever it comes from: the files, or the cache of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from validator.language.names import ReferenceNames
from validator.language.vocabulary import Vocabulary
from validator.logic.frozen import Frozen
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import PolicySet
from validator.logic.problem import Problem

if TYPE_CHECKING:
    from validator.language.nodes import Document
    from validator.language.nodes import Mapping as MappingNode


class Examples(NamedTuple):
    """The embedded examples of a policy, not yet read."""

    policy: str
    document: Document
    node: MappingNode


class Library(Frozen, frozen=True):
    """A policy set with what is needed to use it: examples by policy, names of services and regions.

    `cached` tells that it was found in the cache: the same set was used before, and will be again.
    """

    policies: PolicySet
    examples: Mapping[str, Examples]
    names: ReferenceNames
    vocabulary: Vocabulary
    warnings: tuple[Problem, ...]
    cached: bool = False
