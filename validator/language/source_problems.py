"""What the readers say about a text they refuse: one table, code → message and advice in both languages.

Only names of keys and signs of syntax may stand in a message, and only through `shown`; the values of a
document never do, because a snapshot may hold personal data.
"""

from __future__ import annotations

from typing import Final

from validator.language.limits import LIMIT, default
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem, Span
from validator.logic.text import Text


class _Said(NamedTuple):
    """A message and an advice; `{name}` is a word given with the problem."""

    message: Text
    help: Text


_SAVE_AS_UTF8: Final = Text(
    "сохраните файл заново в кодировке UTF-8: в Блокноте «Сохранить как» → «Кодировка: UTF-8»",
    "save the file again in the UTF-8 encoding",
)
_QUOTE_IT: Final = Text(
    "если это часть текста, возьмите весь текст в двойные кавычки",
    "if it is part of a text, put the whole text in double quotes",
)
_RENAME_KEY: Final = Text("исправьте имя ключа", "correct the name of the key")
_QUOTE_KEY: Final = Text(
    "если ключ действительно такой, возьмите его в двойные кавычки",
    "if the key really is so, put it in double quotes",
)
_SPELL_OUT: Final = Text(
    "напишите значение полностью на своём месте; если это часть текста, возьмите текст в двойные кавычки",
    "write the value out in its place; if it is part of a text, put the text in double quotes",
)
_CHECK_ENDING: Final = Text(
    "проверьте, что файл передан целиком, и закройте то, что открыто",
    "check that the file was transferred whole, and close what is open",
)
_ONE_DOCUMENT: Final = Text(
    "оставьте в файле один документ, остальное перенесите в другие файлы",
    "keep one document in the file and move the rest to other files",
)

SAID: Final[dict[str, _Said]] = {
    # The bytes and the characters.
    "not-utf-8": _Said(
        Text(
            "файл не в кодировке UTF-8: ошибка в байте {offset}",
            "the file is not in UTF-8: the mistake is at byte {offset}",
        ),
        _SAVE_AS_UTF8,
    ),
    "encoding-cp1251": _Said(
        Text(
            "файл не в кодировке UTF-8, а, похоже, в кодировке Windows-1251 (байт {offset})",
            "the file is not in UTF-8 but, it seems, in Windows-1251 (byte {offset})",
        ),
        _SAVE_AS_UTF8,
    ),
    "encoding-utf-16": _Said(
        Text(
            "файл не в кодировке UTF-8, а в кодировке UTF-16 или UTF-32 («Юникод» Блокнота и Excel)",
            "the file is not in UTF-8 but in UTF-16 or UTF-32",
        ),
        _SAVE_AS_UTF8,
    ),
    "control-character": _Said(
        Text("недопустимый управляющий знак {token}", "the control character {token} is not allowed"),
        Text(
            "удалите знак; из управляющих знаков в тексте допустимы только перевод строки и табуляция",
            "delete it; of the control characters a text may hold only the line feed and the tab",
        ),
    ),
    "line-separator": _Said(
        Text("недопустимый разделитель строк {token}", "the line separator {token} is not allowed"),
        Text("замените его обычным переводом строки", "replace it by an ordinary line feed"),
    ),
    "byte-order-mark": _Said(
        Text(
            "метка порядка байтов {token} стоит не в начале файла",
            "the byte order mark {token} is not at the start of the file",
        ),
        Text(
            "удалите этот невидимый знак; обычно он остаётся на стыке, когда файл склеен из нескольких",
            "delete this invisible character; it is usually left where files were joined",
        ),
    ),
    "lone-surrogate": _Said(
        Text("половина знака Юникода без второй половины", "one half of a Unicode character without the other"),
        Text(
            "запишите знак целиком, самим знаком, а не кодами `\\u`",
            "write the character itself, not its `\\u` codes",
        ),
    ),
    "bad-escape": _Said(
        Text("неверная запись после обратной косой черты", "a wrong escape after a backslash"),
        Text(
            "удвойте обратную косую черту (`\\\\`), если она часть текста; в YAML знак запишите самим знаком, а "
            "не кодами `\\u`",
            "double the backslash (`\\\\`) if it is part of the text; in YAML write the character itself, not "
            "its `\\u` codes",
        ),
    ),
    # The document as a whole.
    "file-ending": _Said(
        Text("неизвестно, как читать файл с таким именем", "a file of this name can't be read"),
        Text(
            "имя файла должно кончаться на `.json`, `.yaml` или `.yml`",
            "the name must end in `.json`, `.yaml` or `.yml`",
        ),
    ),
    "empty-document": _Said(
        Text("в файле нет данных", "there is no data in the file"),
        Text("проверьте, тот ли это файл и передан ли он целиком", "check that it is the right file, and whole"),
    ),
    "object-expected": _Said(
        Text(
            "в файле должен быть словарь «ключ: значение», а не список и не одно значение",
            "the file must hold a mapping of keys to values, not a list and not a single value",
        ),
        Text("начните документ с ключей верхнего уровня", "start the document with its top-level keys"),
    ),
    "second-document": _Said(
        Text("в файле начинается второй документ", "a second document starts in the file"), _ONE_DOCUMENT
    ),
    "text-after-end": _Said(
        Text("после конца документа есть лишний текст", "there is text after the end of the document"),
        Text("удалите лишнее или исправьте отступ этой строки", "delete it, or correct the indent of this line"),
    ),
    "no-end-marker": _Said(
        Text("документ не кончается строкой `...`", "the document does not end with a line `...`"),
        Text(
            "проверьте, что файл передан целиком, и добавьте в конец строку `...`",
            "check that the file was transferred whole and add the line `...` at its end",
        ),
    ),
    "unexpected-end": _Said(
        Text(
            "файл обрывается: не закрыта скобка `{token}` (строка {line}, столбец {column})",
            "the file breaks off: the bracket `{token}` is not closed (line {line}, column {column})",
        ),
        _CHECK_ENDING,
    ),
    # Keys.
    "duplicate-key": _Said(
        Text(
            "ключ `{token}` указан дважды (первый раз: строка {line}, столбец {column})",
            "key `{token}` is given twice (first at line {line}, column {column})",
        ),
        Text("оставьте один из них", "keep one of them"),
    ),
    "confusable-key": _Said(
        Text(
            "ключ `{token}` отличается от ключа `{other}` (строка {line}, столбец {column}) только регистром "
            "или внутренней записью букв",
            "key `{token}` differs from key `{other}` (line {line}, column {column}) only by case or by the "
            "invisible make-up of its letters",
        ),
        Text("оставьте один из них", "keep one of them"),
    ),
    "mixed-script-key": _Said(
        Text(
            "в ключе `{token}` смешаны латинские и русские буквы",
            "key `{token}` mixes Latin and Cyrillic letters",
        ),
        Text(
            "наберите ключ заново одной раскладкой клавиатуры",
            "type the key again in one keyboard layout",
        ),
    ),
    "invisible-in-key": _Said(
        Text("в ключе `{token}` есть невидимый знак", "key `{token}` holds an invisible character"),
        Text("наберите ключ заново, не копируя его", "type the key again instead of copying it"),
    ),
    "empty-key": _Said(Text("пустой ключ", "the key is empty"), _RENAME_KEY),
    "non-text-key": _Said(
        Text("ключ `{token}` — не текст", "key `{token}` is not a text"),
        _QUOTE_KEY,
    ),
    "key-not-scalar": _Said(
        Text("ключом не может быть список или словарь", "a list or a mapping can't be a key"),
        Text(
            "напишите ключ одним словом; текст в фигурных или квадратных скобках возьмите в двойные кавычки",
            "write the key as one word; put a text in braces or brackets in double quotes",
        ),
    ),
    # YAML that we don't read.
    "merge-key": _Said(
        Text("слияние ключом `<<` не поддерживается", "merging by the key `<<` is not supported"), _SPELL_OUT
    ),
    "yaml-anchor": _Said(
        Text("якоря (`&имя`) не поддерживаются", "anchors (`&name`) are not supported"), _SPELL_OUT
    ),
    "yaml-alias": _Said(
        Text("ссылки на якоря (`*имя`) не поддерживаются", "aliases (`*name`) are not supported"), _SPELL_OUT
    ),
    "yaml-tag": _Said(
        Text("метки типа (`!имя`) не поддерживаются", "tags (`!name`) are not supported"),
        Text(
            "удалите метку; если это часть текста, возьмите текст в двойные кавычки",
            "delete the tag; if it is part of a text, put the text in double quotes",
        ),
    ),
    "yaml-directive": _Said(
        Text("указания YAML (строки с `%`) не поддерживаются", "YAML directives (`%` lines) are not supported"),
        Text("удалите эту строку", "delete this line"),
    ),
    # YAML written wrongly.
    "tab-indent": _Said(
        Text("отступ сделан знаком табуляции", "a tab is used for the indent"),
        Text("замените табуляцию пробелами", "replace the tab by spaces"),
    ),
    "no-break-space": _Said(
        Text(
            "вместо обычного пробела стоит неразрывный пробел {token}",
            "the no-break space {token} stands in place of an ordinary space",
        ),
        Text(
            "замените его обычным пробелом; если это часть текста, возьмите текст в двойные кавычки",
            "replace it by an ordinary space; if it is part of a text, put the text in double quotes",
        ),
    ),
    "unexpected-colon": _Said(
        Text("двоеточие здесь недопустимо", "a colon is not allowed here"),
        Text(
            "если двоеточие — часть текста, возьмите текст в двойные кавычки; если это новый ключ, выровняйте "
            "его отступ с соседними ключами",
            "if the colon is part of a text, put the text in double quotes; if this is a new key, align its "
            "indent with its neighbours",
        ),
    ),
    "colon-expected": _Said(
        Text("после ключа нет двоеточия", "there is no colon after the key"),
        Text("после ключа нужны двоеточие и пробел", "a key is followed by a colon and a space"),
    ),
    "bad-indent": _Said(
        Text("строка не на своём месте", "this line is out of place"),
        Text(
            "выровняйте отступ с соседними строками; после закрывающей кавычки ничего не пишите",
            "align the indent with the neighbouring lines; write nothing after a closing quote",
        ),
    ),
    "reserved-character": _Said(
        Text("со знака `{token}` значение начинаться не может", "a value can't start with `{token}`"), _QUOTE_IT
    ),
    "yaml-syntax": _Said(
        Text("запись не соответствует правилам YAML", "the text breaks the rules of YAML"),
        Text(
            "проверьте отступы, кавычки и скобки в этой строке и в предыдущей",
            "check the indents, quotes and brackets of this line and the one before",
        ),
    ),
    # Both syntaxes.
    "unclosed-quote": _Said(
        Text("кавычка открыта, но не закрыта", "a quote is opened but not closed"),
        Text(
            "закройте кавычку; кавычку внутри текста запишите как `\\\"`",
            "close the quote; write a quote inside a text as `\\\"`",
        ),
    ),
    "unclosed-bracket": _Said(
        Text(
            "внутри скобок не хватает значения, запятой или закрывающей скобки",
            "a value, a comma or a closing bracket is missing inside brackets",
        ),
        Text(
            "проверьте запятые и закройте скобку; если скобка — часть текста, возьмите текст в двойные кавычки",
            "check the commas and close the bracket; if it is part of a text, put the text in double quotes",
        ),
    ),
    # JSON written wrongly.
    "json-comment": _Said(
        Text("в JSON не бывает примечаний", "JSON has no comments"),
        Text("удалите примечание", "delete the comment"),
    ),
    "wrong-quotes": _Said(
        Text("в JSON кавычки только двойные прямые (`\"`)", "JSON quotes are straight double ones (`\"`) only"),
        Text("замените кавычки", "replace the quotes"),
    ),
    "trailing-comma": _Said(
        Text("лишняя запятая", "there is a comma too many"), Text("удалите запятую", "delete the comma")
    ),
    "not-finite": _Said(
        Text("бесконечность и «не число» в JSON не записываются", "JSON has neither infinity nor NaN"),
        Text("укажите число или удалите поле", "give a number or leave the field out"),
    ),
    "bad-number": _Said(
        Text("число записано неверно", "a number is written wrongly"),
        Text(
            "пишите цифры без нулей впереди, без плюса, с точкой; номера и коды берите в кавычки",
            "write digits without leading zeros or a plus, with a point; quote numbers that are codes",
        ),
    ),
    "number-out-of-range": _Said(
        Text("число слишком велико", "the number is out of range"),
        Text("проверьте число; номера и коды берите в кавычки", "check the number; quote numbers that are codes"),
    ),
    "line-break-in-string": _Said(
        Text("перевод строки или табуляция внутри кавычек", "a line break or a tab inside quotes"),
        Text("запишите его как `\\n` или `\\t`", "write it as `\\n` or `\\t`"),
    ),
    "key-expected": _Said(
        Text("здесь нужен ключ в двойных кавычках", "a key in double quotes is expected here"),
        Text("возьмите ключ в двойные кавычки", "put the key in double quotes"),
    ),
    "comma-expected": _Said(
        Text("здесь нужна запятая или закрывающая скобка", "a comma or a closing bracket is expected here"),
        Text(
            "проверьте предыдущее значение: запятую после него, его кавычки и скобки",
            "check the value before: the comma after it, its quotes and brackets",
        ),
    ),
    "bracket-mismatch": _Said(
        Text(
            "скобка не та: открыта `{token}` (строка {line}, столбец {column})",
            "the bracket does not match the open `{token}` (line {line}, column {column})",
        ),
        Text("закройте скобки в обратном порядке", "close the brackets in reverse order"),
    ),
    "value-expected": _Said(
        Text("здесь нужно значение", "a value is expected here"),
        Text(
            "текст берите в двойные кавычки; `true`, `false` и `null` пишите строчными буквами",
            "put a text in double quotes; write `true`, `false` and `null` in small letters",
        ),
    ),
}  # fmt: skip

_SMALLER: Final = Text(
    "разделите данные или проверьте, тот ли это файл", "split the data, or check that it is the right file"
)


def shown(token: str) -> str:
    """A token made safe for a message: what is not printable is escaped, at most 80 characters."""
    room = default("limit-quoted-chars")
    text = "".join(ch if ch.isprintable() and ch != "`" else _escape(ch) for ch in token[: room + 1])
    return text if len(text) <= room else text[: room - 1] + "…"


def code_point(char: str) -> str:
    """`U+00A0`, the name of a character that can't be shown."""
    return f"U+{ord(char):04X}"


def problem(code: str, span: Span, path: str = "", **words: str | int) -> Problem:
    """The problem of that code at a place; KeyError when the code or one of its words is missing."""
    message, advice = SAID[code]
    said = Text(message.ru.format(**words), message.en.format(**words))
    return Problem(code, said, advice, span, span.file, path)


def over_limit(limit_id: str, allowed: int, span: Span, path: str = "") -> Problem:
    """The problem of a limit exceeded; `allowed` is the limit in force, which may differ from the default."""
    limit = LIMIT[limit_id]
    message = Text(
        f"превышен предел: {limit.title.ru} — не больше {allowed} {limit.unit.ru}".rstrip(),
        f"over the limit: {limit.title.en}, at most {allowed} {limit.unit.en}".rstrip(),
    )
    return Problem(limit_id, message, _SMALLER, span, span.file, path)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
