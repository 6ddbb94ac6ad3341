"""The documents of a run, one after another, and a way to stop waiting for the next one."""

from __future__ import annotations

from collections.abc import Iterable

from validator.snapshots.stream import Delivered


class _Stop(BaseException):
    """Raised where a document is waited for; no reader takes it for an error of its own."""


class Source:
    """What is to be judged. Standard input may be silent for hours, so a signal has to reach into the waiting."""

    def __init__(self, documents: Iterable[Delivered]) -> None:
        self._documents = iter(documents)
        self._is_waiting = False
        self._is_stopped = False

    def next(self) -> Delivered | None:
        """The next document; None when there are no more, or none are to be taken."""
        try:
            try:
                self._is_waiting = True
                return None if self._is_stopped else next(self._documents, None)
            finally:
                self._is_waiting = False
        except _Stop:
            return None

    def stop(self) -> None:
        """Take no more documents. It is called by the handler of a signal, in the thread that waits."""
        self._is_stopped = True
        if self._is_waiting:
            self._is_waiting = False
            raise _Stop
