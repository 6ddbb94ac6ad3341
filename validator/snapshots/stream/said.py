"""What is said of files and archives that can't be used: one table, code → message and advice."""

from __future__ import annotations

from typing import Final

from validator.language.limits import default
from validator.language.source_problems import over_limit
from validator.logic.problem import InputError, Problem, Span
from validator.logic.text import Text

_CHECK_FILE: Final = Text("проверьте файл и права доступа", "check the file and its permissions")
_SEND_AGAIN: Final = Text("передайте файл заново и целиком", "transfer the file again, and whole")
_PACK_AGAIN: Final = Text(
    "распакуйте архив, проверьте, что в нём, и упакуйте заново", "unpack it, look at what it holds, pack it again"
)
_PACK_PARQUET: Final = Text(
    "читается только Parquet, записанный командой `sverka validate ПУТИ… --pack файл.parquet`",
    "only Parquet written by `sverka validate PATHS… --pack file.parquet` is read",
)

SAID: Final[dict[str, tuple[Text, Text]]] = {
    "symbolic-link": (
        Text("это ссылка, а не файл", "this is a link, not a file"),
        Text("положите на её место сам файл или папку", "put the file or the folder itself in its place"),
    ),
    "unreadable-file": (Text("файл не открывается", "the file can't be opened"), _CHECK_FILE),
    "read-error": (
        Text("файл не удалось дочитать", "the file could not be read to its end"),
        Text("проверьте диск или сеть и повторите", "check the disk or the network, then repeat"),
    ),
    "not-a-file": (Text("это не обычный файл", "this is not a regular file"), _CHECK_FILE),
    "unreadable-folder": (
        Text("папка не открывается", "the folder can't be opened"),
        Text("проверьте папку и права доступа", "check the folder and its permissions"),
    ),
    "changed-while-read": (
        Text("файл изменился, пока его читали", "the file changed while it was read"),
        Text("дождитесь, пока он будет записан, и повторите", "wait until it is written, then repeat"),
    ),
    "unsupported-format": (
        Text("файлы этого формата не читаются", "files of this format are not read"),
        Text(
            "передайте снимки файлами .json, .yaml, .ndjson или архивом .zip, .tar.gz",
            "give the snapshots as .json, .yaml or .ndjson files, or as a .zip or .tar.gz archive",
        ),
    ),
    "not-as-packed": (
        Text(
            "файл назван файлом sverka.snapshots/1, но записан иначе; ни один документ из него не взят",
            "the file calls itself sverka.snapshots/1 but is written otherwise; no document of it was taken",
        ),
        _PACK_PARQUET,
    ),
    "damaged-row": (
        Text("строка файла Parquet не читается", "the row of the Parquet file can't be read"),
        _PACK_PARQUET,
    ),
    "parquet-not-installed": (
        Text("файл Parquet нечем прочитать", "there is nothing to read the Parquet file with"),
        Text(
            'для Parquet установите: pip install "sverka[parquet]"',
            'for Parquet install: pip install "sverka[parquet]"',
        ),
    ),
    "not-ndjson": (
        Text(
            "это не NDJSON: больше половины строк не начинаются с `{`; остальное не прочитано",
            "this is no NDJSON: more than half of the lines do not begin with `{`; the rest was not read",
        ),
        Text(
            "в NDJSON каждая строка — целый документ; один документ на много строк сохраните как .json",
            "in NDJSON every line is a whole document; save one document of many lines as .json",
        ),
    ),
    "empty-array": (
        Text("в файле пустой список, снимков нет", "the file holds an empty list, no snapshots"),
        Text("проверьте, тот ли это файл", "check that it is the right file"),
    ),
    "not-an-array-of-documents": (
        Text("это список не снимков, а других значений", "this is a list of other values, not of snapshots"),
        Text("в списке должны стоять документы: `[{…}, {…}]`", "the list must hold documents: `[{…}, {…}]`"),
    ),
    "damaged-archive": (
        Text(
            "архив повреждён или передан не целиком; ни один документ из него не взят",
            "the archive is damaged or was not transferred whole; no document of it was taken",
        ),
        _SEND_AGAIN,
    ),
    "data-after-end": (
        Text(
            "до начала или после конца архива есть лишние данные; ни один документ из него не взят",
            "there are data before the start or after the end of the archive; no document of it was taken",
        ),
        _PACK_AGAIN,
    ),
    "overlapping-members": (
        Text(
            "файлы в архиве занимают одно и то же место; ни один документ из него не взят",
            "files of the archive lie in the same place; no document of it was taken",
        ),
        _PACK_AGAIN,
    ),
    "empty-archive": (
        Text("в архиве нет ни одного снимка", "the archive holds no snapshot"),
        Text("проверьте, тот ли это архив", "check that it is the right archive"),
    ),
    "damaged-member": (
        Text("файл в архиве повреждён", "the file in the archive is damaged"),
        _SEND_AGAIN,
    ),
    "encrypted-member": (
        Text("файл в архиве закрыт паролем", "the file in the archive is locked by a password"),
        Text("упакуйте снимки без пароля", "pack the snapshots without a password"),
    ),
    "unsupported-compression": (
        Text("файл в архиве сжат необычным способом", "the file in the archive is compressed in an unusual way"),
        Text("упакуйте снимки обычным способом (Deflate)", "pack the snapshots in the usual way (Deflate)"),
    ),
    "unsafe-member-name": (
        Text("имя файла в архиве ведёт за пределы архива", "the name of the file leads out of the archive"),
        _PACK_AGAIN,
    ),
    "special-member": (
        Text("в архиве не файл, а ссылка или устройство", "this is no file of the archive but a link or a device"),
        Text("положите в архив сам файл", "put the file itself into the archive"),
    ),
    "repeated-member": (
        Text(
            "в архиве несколько файлов с этим именем (или различие только в регистре букв)",
            "several files of the archive have this name (or differ from it by case only)",
        ),
        Text("оставьте один из них", "keep one of them"),
    ),
    "archive-on-standard-input": (
        Text("в стандартный ввод передан архив", "an archive was given on standard input"),
        Text("передайте архив файлом", "give the archive as a file"),
    ),
}

_OVER_ARRAY: Final = Text(
    "разделите список или передайте NDJSON: один документ на строке, без предела",
    "split the list, or give NDJSON: one document per line, without a limit",
)


def about(code: str, file: str, span: Span | None = None) -> Problem:
    """The problem of that code with a file."""
    message, help_ = SAID[code]
    return Problem(code, message, help_, span, file)


def stop(code: str, file: str) -> InputError:
    """The same, to be raised."""
    return InputError([about(code, file)])


def over(limit_id: str, file: str, span: Span | None = None) -> Problem:
    """The problem of a limit exceeded by a file, at a place or as a whole."""
    found = over_limit(limit_id, default(limit_id), span or Span(file, 1, 1, 1, 2))
    help_ = _OVER_ARRAY if limit_id == "limit-array-bytes" else found.help
    return found._replace(span=span, help=help_)


def foreign_parquet(file: str) -> Problem:
    """A file with the name of a Parquet file that is none of ours."""
    message = Text(
        "это не файл Parquet со снимками (sverka.snapshots/1)",
        "this is no Parquet file of snapshots (sverka.snapshots/1)",
    )
    return about("unsupported-format", file)._replace(message=message, help=_PACK_PARQUET)


def newer_parquet(file: str) -> Problem:
    """A file of ours in a version of the format that is not known here."""
    message = Text("неизвестная версия файла Parquet со снимками", "unknown version of a Parquet file of snapshots")
    help_ = Text(
        "обновите Сверку или запишите файл заново этой версией",
        "update Sverka, or pack the file again with this version",
    )
    return about("unsupported-format", file)._replace(message=message, help=help_)
