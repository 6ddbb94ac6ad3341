"""The Russian catalogue of click's texts: reading the .po file, compiling it to .mo; what click itself holds."""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from validator.cli.context import CATALOGUES, DOMAIN

PO = Path(CATALOGUES) / "ru" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
_GETTEXT = {"_": 1, "gettext": 1, "ngettext": 2}


class Entry(NamedTuple):
    """A text with its plural (None where there is none) and its translations: one, or one for each form."""

    text: str
    plural: str | None
    told: tuple[str, ...]


def read_po(text: str) -> list[Entry]:
    """The entries of a catalogue, its header (an empty text) included. Raises ValueError for what it can't read."""
    entries: list[Entry] = []
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if not line or line.startswith("#"):
                continue
            value = line
            if not line.startswith('"'):
                key, _, value = line.partition(" ")
                if key in fields:
                    raise ValueError(f"no empty line before: {line}")
            fields[key] = fields.get(key, "") + ast.literal_eval(value)
        if fields:
            told = tuple(fields[key] for key in sorted(fields) if key.startswith("msgstr"))
            entries.append(Entry(fields["msgid"], fields.get("msgid_plural"), told))
    return entries


def compile_mo(entries: list[Entry]) -> bytes:
    """The binary form that gettext reads: a head, two tables of lengths and places, the texts in byte order."""
    pairs = sorted(
        ("\0".join([e.text] if e.plural is None else [e.text, e.plural]).encode(), "\0".join(e.told).encode())
        for e in entries
    )
    texts = b""
    tables: tuple[list[int], list[int]] = ([], [])
    start = 7 * 4 + 16 * len(pairs)
    for column, table in enumerate(tables):
        for pair in pairs:
            table += [len(pair[column]), start + len(texts)]
            texts += pair[column] + b"\0"
    head = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return struct.pack(f"<7I{4 * len(pairs)}I", *head, *tables[0], *tables[1]) + texts


def click_texts() -> dict[tuple[str, ...], str]:
    """Every text that the installed click asks gettext for (with its plural), and the module that does."""
    found: dict[tuple[str, ...], str] = {}
    for file in sorted(Path(click.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _GETTEXT:
                wanted = call.args[: _GETTEXT[call.func.id]]
                found.setdefault(tuple(_literals(wanted)), file.name)
    return {text: module for text, module in found.items() if text}


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
