"""A Python function while it is being written: its variables, what it loads once, and its lines.

Blocks are nested as the code is: the body of a loop is a block inside that of its function. A value that does not
change in a loop is loaded outside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from validator.logic.shape import RecordShape

INDENT = "    "


class Names:
    """Fresh names for variables, the same at every run."""

    def __init__(self) -> None:
        self._count = 0

    def fresh(self, letter: str) -> str:
        """A name that nothing has yet."""
        self._count += 1
        return f"{letter}{self._count}"


class Variable:
    """A variable of generated code and the block it lives in; one that holds a record knows its shape."""

    __slots__ = ("block", "name", "shape")

    def __init__(self, name: str, block: Block, shape: RecordShape | None = None) -> None:
        self.name = name
        self.block = block
        self.shape = shape


class Block:
    """A function body or the body of a loop.

    `scopes` are the variables of the items by scope name.
    """

    def __init__(self, names: Names, outer: Block | None = None) -> None:
        self.names = names
        self.outer = outer
        self.depth: int = 0 if outer is None else outer.depth + 1
        self.scopes: dict[str, Variable] = {} if outer is None else dict(outer.scopes)
        self.prelude: list[str] = []
        self.memos: list[str] = []
        self._loads: dict[str, Variable] = {}

    def bind(self, scope: str, name: str, shape: RecordShape) -> None:
        """Let a scope name stand for a variable of this block."""
        self.scopes[scope] = Variable(name, self, shape)

    def load(self, letter: str, expression: str, uses: Iterable[Variable]) -> Variable:
        """A variable with the value of an expression, worked out once where all it uses is known."""
        home = self.home(uses)
        found = home.find(expression)
        if found is None:
            found = Variable(self.names.fresh(letter), home)
            home._loads[expression] = found
            home.prelude.append(f"{found.name} = {expression}")
        return found

    def load_pair(self, expression: str, uses: Iterable[Variable]) -> tuple[Variable, Variable]:
        """Two variables that an expression gives."""
        home = self.home(uses)
        low, high = home._loads.get(expression + "#low"), home._loads.get(expression + "#high")
        if low is None or high is None:
            low = Variable(self.names.fresh("l"), home)
            high = Variable(self.names.fresh("h"), home)
            home._loads[expression + "#low"], home._loads[expression + "#high"] = low, high
            home.prelude.append(f"{low.name}, {high.name} = {expression}")
        return low, high

    def memo(self, call: str, uses: Iterable[Variable]) -> str:
        """An expression for a call that is made at most once, and only when it is needed."""
        home = self.home(uses)
        key = "memo " + call
        found = home._loads.get(key)
        if found is None:
            found = Variable(self.names.fresh("m"), home)
            home._loads[key] = found
            home.memos.append(found.name)
        return f"({found.name} if {found.name} is not U else ({found.name} := {call}))"

    def find(self, expression: str) -> Variable | None:
        """The variable that an expression was loaded into, here."""
        return self._loads.get(expression)

    def home(self, uses: Iterable[Variable]) -> Block:
        """The innermost block of those that hold the variables."""
        return max((used.block for used in uses), key=lambda block: block.depth, default=self.top())

    def top(self) -> Block:
        """The outermost block."""
        return self if self.outer is None else self.outer.top()

    def opening(self) -> list[str]:
        """The lines a block starts with."""
        memos = [f"{' = '.join(self.memos)} = U"] if self.memos else []
        return [*memos, *self.prelude]


def indented(lines: Iterable[str], levels: int = 1) -> list[str]:
    """The lines, further in."""
    return [INDENT * levels + line for line in lines]


def both(parts: Iterable[str]) -> str:
    """A conjunction of Python conditions."""
    found = [part for part in dict.fromkeys(parts) if part != "True"]
    if "False" in found:
        return "False"
    return "True" if not found else found[0] if len(found) == 1 else f"({' and '.join(found)})"


def either(parts: Iterable[str]) -> str:
    """A disjunction of Python conditions."""
    found = [part for part in dict.fromkeys(parts) if part != "False"]
    if "True" in found:
        return "True"
    return "False" if not found else found[0] if len(found) == 1 else f"({' or '.join(found)})"
