"""Documents that no worker could judge, as problems: what happened, and what to do."""

from __future__ import annotations

from typing import assert_never

from validator.engines.local.supervise import Failure
from validator.journeys.assemble import Quarantined
from validator.journeys.batch.judging import put_aside
from validator.journeys.batch.records import Record
from validator.logic.problem import Problem
from validator.logic.text import Text

INTERNAL = 4


def put_aside_by(failure: Failure, file: str, digest: str, size: int) -> Record:
    """The record of a document that failed twice. A fault of ours makes the whole run end with 4."""
    record = put_aside(Quarantined(file, digest, size, [_problem(failure, file)]))
    return record._replace(gates=(INTERNAL,)) if failure.kind == "internal" else record


def _problem(failure: Failure, file: str) -> Problem:
    match failure.kind:
        case "crashed":
            how = f" ({failure.signal})" if failure.signal else ""
            message = Text(
                f"на этом документе процесс проверки дважды оборвался{how}",
                f"the process that judged this document ended abruptly, twice{how}",
            )
            help_ = Text(
                "проверьте документ отдельно (sverka validate) и сообщите нам; SIGKILL обычно значит, что системе"
                " не хватило памяти",
                "check the document by itself (sverka validate) and tell us; SIGKILL usually means that the system"
                " ran out of memory",
            )
            return Problem("worker-crashed", message, help_, file=file)
        case "time":
            message = Text("проверка этого документа не уложилась во время", "this document took too long")
            help_ = Text(
                "проверьте, что в нём; время задаёт --time-limit", "look what is in it; --time-limit sets the time"
            )
            return Problem("time-limit", message, help_, file=file)
        case "memory":
            message = Text("на этот документ не хватило памяти", "this document needs too much memory")
            help_ = Text(
                "проверьте, что в нём; память задаёт --memory-limit",
                "look what is in it; --memory-limit sets the memory",
            )
            return Problem("memory-limit", message, help_, file=file)
        case "internal":
            message = Text(
                f"внутренняя ошибка на этом документе, это вина программы: {failure.error}",
                f"internal error at this document, the fault is ours: {failure.error}",
            )
            help_ = Text(
                "сообщите нам: `sverka check` на нём одном запишет след ошибки в файл; остальные документы"
                " проверены",
                "tell us: `sverka check` on it alone writes a trace into a file; the other documents were judged",
            )
            return Problem("internal-error", message, help_, file=file)
        case _:
            assert_never(failure.kind)
