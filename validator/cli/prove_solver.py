"""Whether the solver of the extra `prove` is there and works."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from importlib.util import find_spec
from typing import NoReturn

from validator.cli.context import usage_error
from validator.logic.text import Text

_INSTALL = Text('pip install "sverka[prove]"', 'pip install "sverka[prove]"')
_AGAIN = Text(
    "pip install --force-reinstall --no-deps z3-solver",
    "pip install --force-reinstall --no-deps z3-solver",
)


def solver_is_installed() -> bool:
    """Whether there is a solver to load; that takes no time."""
    try:
        return find_spec("z3") is not None
    except ImportError:  # whoever stands in the way of an import may say so
        return False


def require_solver(
    ru: str = "нет решателя, без него доказать ничего нельзя",
    en: str = "the solver is missing, nothing can be proved without it",
) -> None:
    """Load the solver. Leaves with 2, in these words when it is missing."""
    if not solver_is_installed():
        usage_error(ru, en, _INSTALL)
    try:
        with redirect_stdout(io.StringIO()):  # without its library z3 prints advice of its own
            import validator.interpreters.smt.ask  # noqa: F401, PLC0415 - the solver takes long to load
    except ImportError as error:
        if error.name is not None and error.name.split(".")[0] == "validator":
            raise
        _broken(error)
    except Exception as error:  # that of z3 is its own, and can't be had without z3
        _broken(error)


def _broken(error: Exception) -> NoReturn:
    why = str(error) or type(error).__name__
    usage_error(
        f"решатель установлен, но не загружается: {why}",
        f"the solver is installed and can't be loaded: {why}",
        _AGAIN,
    )
