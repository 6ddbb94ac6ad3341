"""Our `NamedTuple` is that of `typing`, but for the time it takes."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem, Span
from validator.logic.text import Text


class Ours(NamedTuple):
    """Two fields."""

    first: int
    second: tuple[str, ...] = ()

    @property
    def both(self) -> str:
        """The fields in one text."""
        return f"{self.first} {self.second}"


class Theirs(typing.NamedTuple):
    """Two fields."""

    first: int
    second: tuple[str, ...] = ()

    @property
    def both(self) -> str:
        """The fields in one text."""
        return f"{self.first} {self.second}"


def test_a_class_says_of_itself_what_that_of_typing_says() -> None:
    for name in ("__doc__", "__module__", "_fields", "_field_defaults", "__match_args__", "__bases__", "__slots__"):
        assert getattr(Ours, name) == getattr(Theirs, name), name
    assert Ours.__qualname__ == Ours.__name__ == "Ours"
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)


def test_a_tuple_behaves_as_that_of_typing() -> None:
    ours, theirs = Ours(1, second=("x",)), Theirs(1, second=("x",))
    assert ours == theirs == (1, ("x",))
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours.both == theirs.both == "1 ('x',)"
    assert ours._replace(first=2) == (2, ("x",))
    assert ours._asdict() == theirs._asdict()
    assert not hasattr(ours, "__dict__")
    problem = Problem("code", Text("а", "a"), Text("б", "b"), Span("f", 1, 1, 1, 2))
    for value in (ours, problem):
        again = pickle.loads(pickle.dumps(value))
        assert type(again) is type(value)
        assert again == copy.deepcopy(value) == value


def test_a_class_that_would_be_another_than_it_looks_is_refused() -> None:
    with pytest.raises(TypeError, match="Wrong: fields"):
        type(NamedTuple)(
            "Wrong", (NamedTuple,), {"__annotations__": {}, "__module__": "m", "__qualname__": "Wrong"}
        )
    with pytest.raises(TypeError, match="Wrong: fields"):
        type(NamedTuple)(
            "Wrong",
            (NamedTuple,),
            {"__annotations__": {"a": "int", "b": "int"}, "a": 1, "__module__": "m", "__qualname__": "Wrong"},
        )
