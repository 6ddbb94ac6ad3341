"""`NamedTuple` as that of `typing`, made in a third of the time when a module is imported.

That of `typing` compiles the annotation of every field, although nothing here asks for the types: for the forty
classes of a check that is a quarter of a bare start. For mypy the two are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    # What `namedtuple` has made itself; whatever else a class body says is carried over.
    _MADE = frozenset({"__module__", "__qualname__", "__annotations__", "__firstlineno__", "__static_attributes__"})

    class _Maker(type):
        """Makes of the body of a class a tuple whose fields are its annotations, in order."""

        def __new__(cls, name, bases, body):
            fields = body.get("__annotations__", {})
            defaults = [body[field] for field in fields if field in body]
            without = [field for field in fields if field not in body]
            if (
                not fields
                or [*fields][: len(without)] != without
                or [base.__name__ for base in bases] != ["NamedTuple"]
            ):
                raise TypeError(
                    f"{name}: fields with annotations are wanted, those with a default last, and one base"
                )
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__qualname__, made.__annotations__ = body["__qualname__"], dict(fields)
            for key, value in body.items():
                if key not in _MADE and key not in fields:
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {"__doc__": __doc__})

__all__ = ["NamedTuple"]
