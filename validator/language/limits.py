"""Every limit on what is read and computed, in one table; nothing else in the code holds such a figure.

The id of a limit is also the code of the problem it gives, and the defaults leave room of ten times and more
over real documents. Evaluation is limited by counted steps, so a result does not depend on the machine; only
the time of a process is a clock, and it lies elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from validator.logic.named_tuple import NamedTuple
from validator.logic.text import Text

KIB: Final = 1024
MIB: Final = 1024 * KIB
GIB: Final = 1024 * MIB

_BYTES = Text("байт", "bytes")
_ITEMS = Text("штук", "pieces")
_LEVELS = Text("уровней", "levels")
_CHARS = Text("знаков", "characters")


class Limit(NamedTuple):
    """The largest allowed number of something: `id` is the problem's code, `default` counts `unit`.

    The Russian unit stands in the genitive plural, as it follows «не больше 32».
    """

    id: str
    default: int
    unit: Text
    title: Text


LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "limit-snapshot-bytes",
        5 * MIB,
        _BYTES,
        Text("размер снимка (файла, строки NDJSON)", "size of a snapshot (a file, a line of NDJSON)"),
    ),
    Limit(
        "limit-array-bytes",
        32 * MIB,
        _BYTES,
        Text("размер файла со списком снимков", "size of a file with a list of snapshots"),
    ),
    Limit(
        "limit-strange-lines",
        10,
        Text("строк", "lines"),
        Text("строки NDJSON не с `{`, если их больше половины", "lines of NDJSON without `{`, when most are such"),
    ),
    Limit("limit-archive-members", 200_000, Text("файлов", "files"), Text("файлы в архиве", "files in an archive")),
    Limit(
        "limit-archive-total-bytes",
        50 * GIB,
        _BYTES,
        Text("размер архива после распаковки", "size of an archive once unpacked"),
    ),
    Limit(
        "limit-archive-ratio",
        200,
        Text("раз", "times"),
        Text("степень сжатия архива", "compression of an archive"),
    ),
    Limit(
        "limit-archive-nesting",
        1,
        _LEVELS,
        Text("архивы один в другом, считая внешний", "archives within archives, the outer one counted"),
    ),
    Limit(
        "limit-archive-refused",
        1_000,
        Text("файлов", "files"),
        Text("отвергнутые файлы одного архива", "refused files of one archive"),
    ),
    Limit(
        "limit-archive-list-bytes",
        64 * MIB,
        _BYTES,
        Text("размер оглавления архива zip", "size of the table of a zip archive"),
    ),
    Limit(
        "limit-archive-header-bytes",
        64 * KIB,
        _BYTES,
        Text("размер заголовка файла в архиве tar", "size of the header of a file in a tar archive"),
    ),
    Limit(
        "limit-xz-memory-bytes",
        128 * MIB,
        _BYTES,
        Text("память для распаковки xz", "memory for unpacking xz"),
    ),
    Limit(
        "limit-table-bytes",
        256 * MIB,
        _BYTES,
        Text("размер файла таблицы", "size of a file with a table"),
    ),
    Limit(
        "limit-table-unpacked-bytes",
        2 * GIB,
        _BYTES,
        Text("размер книги Excel после распаковки", "size of a workbook once unpacked"),
    ),
    Limit("limit-table-rows", 1_048_576, Text("строк", "rows"), Text("строки таблицы", "rows of a table")),
    Limit("limit-table-columns", 702, Text("столбцов", "columns"), Text("столбцы таблицы", "columns of a table")),
    Limit(
        "limit-table-cells",
        20_000_000,
        Text("ячеек", "cells"),
        Text("площадь листа таблицы", "area of a sheet of a table"),
    ),
    Limit(
        "limit-table-cell-chars",
        32_767,
        _CHARS,
        Text("длина текста в ячейке таблицы", "length of a text in a cell of a table"),
    ),
    Limit("limit-policy-bytes", 512 * KIB, _BYTES, Text("размер файла политики", "size of a policy file")),
    Limit("limit-pack-bytes", 16 * MIB, _BYTES, Text("размер набора политик", "size of a policy pack")),
    Limit("limit-pack-files", 2_000, Text("файлов", "files"), Text("файлы в наборе политик", "files in a pack")),
    Limit(
        "limit-depth",
        32,
        _LEVELS,
        Text("вложенность списков и словарей", "nesting of lists and mappings"),
    ),
    Limit(
        "limit-nodes",
        500_000,
        Text("значений", "values"),
        Text("значения в одном файле", "values in one file"),
    ),
    Limit("limit-keys", 1_000, Text("ключей", "keys"), Text("ключи одного словаря", "keys of one mapping")),
    Limit(
        "limit-items",
        100_000,
        Text("элементов", "items"),
        Text("элементы одного списка", "items of one list"),
    ),
    Limit("limit-string-bytes", 64 * KIB, _BYTES, Text("длина одного текста", "length of one text")),
    Limit("limit-key-bytes", 256, _BYTES, Text("длина ключа", "length of a key")),
    Limit("limit-id-bytes", 128, _BYTES, Text("длина идентификатора", "length of an id")),
    Limit("limit-name-bytes", KIB, _BYTES, Text("длина названия", "length of a name")),
    Limit("limit-number-digits", 40, _CHARS, Text("запись числа", "spelling of a number")),
    Limit(
        "limit-integer",
        2**53 - 1,
        Text("", ""),
        Text("целое число без знака", "whole number without its sign"),
    ),
    Limit(
        "limit-steps",
        5_000_000,
        Text("шагов", "steps"),
        Text("шаги проверки одного снимка", "evaluation steps for one snapshot"),
    ),
    Limit("limit-quantifiers", 3, _LEVELS, Text("вложенность кванторов", "nesting of quantifiers")),
    Limit(
        "limit-findings",
        10_000,
        Text("выводов", "findings"),
        Text("выводы об одном снимке", "findings about one snapshot"),
    ),
    Limit("limit-message-bytes", 4 * KIB, _BYTES, Text("длина сообщения", "length of a message")),
    Limit(
        "limit-errors",
        50,
        Text("ошибок", "errors"),
        Text("показанные ошибки одного файла", "errors shown for one file"),
    ),
    Limit(
        "limit-quoted-chars",
        80,
        _CHARS,
        Text("выдержка из файла в сообщении", "excerpt of a file in a message"),
    ),
    Limit(
        "limit-waiver-days",
        365,
        Text("дней", "days"),
        Text("срок освобождения от нормы", "term of a waiver"),
    ),
)

LIMIT: Final[Mapping[str, Limit]] = MappingProxyType({limit.id: limit for limit in LIMITS})


def default(limit_id: str) -> int:
    """The default of a limit; KeyError when there is no such limit."""
    return LIMIT[limit_id].default


class ReadLimits(NamedTuple):
    """The limits one reading obeys; `bytes_id` tells which limit on the size of the file is meant."""

    bytes_id: str = "limit-snapshot-bytes"
    file_bytes: int = default("limit-snapshot-bytes")
    depth: int = default("limit-depth")
    nodes: int = default("limit-nodes")
    keys: int = default("limit-keys")
    items: int = default("limit-items")
    string_bytes: int = default("limit-string-bytes")
    key_bytes: int = default("limit-key-bytes")
    number_digits: int = default("limit-number-digits")
    integer: int = default("limit-integer")
    errors: int = default("limit-errors")


SNAPSHOT_LIMITS: Final = ReadLimits()
POLICY_LIMITS: Final = ReadLimits(bytes_id="limit-policy-bytes", file_bytes=default("limit-policy-bytes"))
