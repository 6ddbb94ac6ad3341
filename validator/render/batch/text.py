"""What a batch says at its end: the balance of documents, the figures, and where the results are."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.batch.run import Run
from validator.logic.batch import RollUpTable
from validator.logic.text import Language
from validator.render import baseline
from validator.render.partial import selected
from validator.render.rollup import text as rollup
from validator.render.safe import log_line


def render(run: Run, table: RollUpTable, folder: str, language: Language = "ru") -> str:
    """The summary of a finished run."""
    figures = rollup.render(table, language)
    return figures + "".join(log_line(line) + "\n" for line in _lines(run, folder, language))


def _lines(run: Run, folder: str, language: Language) -> Iterator[str]:
    def say(ru: str, en: str) -> str:
        return ru if language == "ru" else en

    yield ""
    inputs, expected, policies = run["inputs"], run["expected"], run["policy_set"]
    if "selection" in policies:
        yield selected(policies["selection"], language)
    if "baseline" in run:
        yield from baseline.told(run["baseline"], language)
    balance = [
        f"{say('проверено', 'evaluated')} {inputs['evaluated']}",
        f"{say('отложено', 'quarantined')} {inputs['quarantined']}",
        f"{say('не дошла очередь', 'not reached')} {inputs['not_reached']}",
    ]
    beside = [
        (inputs["repeated"], say("повторов", "repeated")),
        (expected["missing"] if expected else 0, say("нет снимка у ожидаемых", "expected and missing")),
        (expected["unexpected"] if expected else 0, say("не ожидалось", "unexpected")),
    ]
    more = "".join(f"; {name} {number}" for number, name in beside if number)
    yield f"{say('Документов', 'Documents')} {inputs['documents']} = {' + '.join(balance)}{more}"
    yield f"{say('Организаций', 'Organizations')}: {inputs['organizations']}"
    yield f"{say('Результаты', 'Results')}: {folder} ({', '.join(['run.json', *run['files']])})"
