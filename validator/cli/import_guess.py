"""`sverka import --guess`: a mapping proposed from the tables, to be read and mended by a person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from validator.cli.context import USAGE, StopError, notice, say, shown, tell, usage_error
from validator.cli.outputs import write_whole
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.snapshots.tables.sources import Source


def guess_mapping(sources: list[Source], library: Library, output: str | None) -> int:
    """Print or write the proposal; the exit code. Leaves with 2 when no table is known."""
    from validator.snapshots.tables.guess import guess_tables, proposal  # noqa: PLC0415

    target = _target(output)
    tables = guess_tables(sources, library.vocabulary, library.names)
    for source in sources:
        if not any(table.file == source.file for table in tables):
            notice(
                Text(
                    f"{source.file}: таблица не узнана: нужен столбец с ИНН и ещё хотя бы один знакомый",
                    f"{source.file}: no known table: a column of INN is wanted, and one more that is known",
                )
            )
    if not tables:
        raise StopError(USAGE)
    text = proposal(tables, {key: tell(value) for key, value in _WORDS.items()}, len(sources) > 1)
    if target is None:
        say(text, end="")
    else:
        write_whole(target, text)
        notice(Text(f"записано предложение: {shown(target)}", f"the proposal was written: {shown(target)}"))
    notice(
        Text(
            "это предложение: проверьте его и читайте таблицу с ним: `--map`",
            "this is a proposal: check it, then read the table by it: `--map`",
        )
    )
    return 0


def _target(output: str | None) -> Path | None:
    """The file of the proposal. Leaves with 2 where something is there already: a mapping is work of people."""
    if output is None or output == "-":
        return None
    target = Path(output)
    if not target.absolute().parent.is_dir():
        usage_error(f"нет папки: {shown(target.parent)}", f"there is no folder: {shown(target.parent)}")
    if os.path.lexists(target):
        usage_error(
            f"такой файл уже есть: {shown(target)}",
            f"there is such a file already: {shown(target)}",
            Text("назовите другой", "name another"),
        )
    return target


_WORDS: Final = {
    "head": Text(
        "Предложение: проверьте каждую строку. Проценты говорят, насколько похоже.",
        "A proposal: check every line. Percentages say how likely it is.",
    ),
    "constants": Text(
        "Чего нет в таблице, а нужно: впишите одно значение для всех.",
        "Not in the table, yet needed: write one value for all.",
    ),
    "fill": Text("ВПИШИТЕ", "FILL-IN"),
    "coverage": Text(
        "Если в таблице все записи до одной, уберите знак # в начале:",
        "If the table holds every single item, remove the # below:",
    ),
    "zeros": Text(
        "Вернуть ноль, потерянный в начале ИНН и кодов (контрольная цифра проверяется):",
        "Give back the zero lost at the start of INN and codes (check digits are verified):",
    ),
    "unknown": Text("не узнано, не читается", "not known, not read"),
    "title": Text("название совпадает", "the name is the same"),
    "synonym": Text("так называют", "a known name"),
    "likeness": Text("название похоже", "a similar name"),
    "fits": Text("подходит {} значений", "{} of the values fit"),
    "translate": Text("переведите слова:", "translate the words:"),
    "translate_one": Text("что это?", "what is it?"),
}
