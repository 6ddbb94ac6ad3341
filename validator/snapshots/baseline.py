"""A baseline file to its entries: strict, every mistake at its own place."""

from __future__ import annotations

import re
from collections.abc import Collection

from validator.language.limits import ReadLimits, default
from validator.language.nodes import Document, Node, Scalar
from validator.language.source import read_json
from validator.language.structure import FileReader, closest, shorten
from validator.logic.baseline import SCHEMA, Baseline, Entry, Key, Known
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

ENDING = ".json"
KEYS = ("organization", "policy", "item", "verdict", "count")
REQUIRED = ("organization", "policy", "item", "verdict")
VERDICTS: tuple[Known, ...] = ("violation", "unknown")
_LIMITS = ReadLimits(bytes_id="limit-array-bytes", file_bytes=default("limit-array-bytes"))
_ORGANIZATION = re.compile(r"[0-9]{10}|entrepreneur:[0-9a-f]{16}")
_ITEM = re.compile(r"[a-z_]+(\[[A-Za-z0-9_-]*\])?(\.[a-z_]+(\[[A-Za-z0-9_-]*\])?)*")
_DROP = Text("уберите эту запись", "remove this entry")


def read_baseline(data: bytes, file: str, policies: Collection[str]) -> Baseline:
    """The baseline in `data`; its entries may name these policies. Raises `InputError` with every mistake."""
    problems: list[Problem] = []
    document = read_json(data, file, _LIMITS)
    reader = _BaselineReader(document, problems, policies)
    found = reader.entries()
    if problems:
        raise InputError(problems)
    return Baseline(file, document.digest, found)


class _BaselineReader(FileReader):
    def __init__(self, document: Document, problems: list[Problem], policies: Collection[str]) -> None:
        super().__init__(document.file, problems)
        self.root = document.root
        self.policies = policies
        self.found: dict[Key, Entry] = {}

    def entries(self) -> dict[Key, Entry]:
        """The entries that could be read; what is wrong is noted."""
        root = self.mapping(self.root, Text("список известного", "baseline"))
        if root is None or not self.keys(root, ("schema", "findings"), ("schema", "findings")):
            return {}
        schema = root.get("schema")
        if self.text(schema) not in (None, SCHEMA) and schema is not None:
            self.report(
                "baseline-schema",
                schema,
                Text("это не список известного", "this is no baseline"),
                Text(
                    f"нужно `{SCHEMA}`: его пишет --write-baseline",
                    f"`{SCHEMA}` is wanted: --write-baseline writes it",
                ),
            )
        for node in self.sequence(root.get("findings")):
            self._entry(node)
        return self.found

    def _entry(self, node: Node) -> None:
        mapping = self.mapping(node, Text("запись", "entry"))
        if mapping is None:
            return
        sound = self.keys(mapping, KEYS, REQUIRED)
        organization = self._like(_ORGANIZATION, mapping.get("organization"), "7800000002")
        policy = self._policy(mapping.get("policy"))
        item = self._like(_ITEM, mapping.get("item"), "organization, uses[u_1]")
        verdict = self._verdict(mapping.get("verdict"))
        number = self._number(mapping.get("count"))
        if not sound or organization is None or policy is None or item is None or verdict is None or number is None:
            return
        entry = Entry(Key(organization, policy, item), verdict, number, self.span(mapping))
        first = self.found.setdefault(entry.key, entry)
        if first is not entry:
            place = first.span.start()
            self.report(
                "duplicate-name",
                mapping,
                Text(f"эта запись уже есть: {place}", f"this entry is there already: {place}"),
                Text("оставьте одну из двух", "keep one of the two"),
            )

    def _like(self, form: re.Pattern[str], node: Node | None, example: str) -> str | None:
        text = self.text(node)
        if text is None or node is None or form.fullmatch(text):
            return text
        self.report(
            "unknown-value",
            node,
            Text(f"`{shorten(text)}` записано неверно", f"`{shorten(text)}` is malformed"),
            Text(f"например {example}", f"for example {example}"),
        )
        return None

    def _policy(self, node: Node | None) -> str | None:
        text = self.text(node)
        if text is None or node is None or text in self.policies:
            return text
        near, token = closest(text, self.policies), shorten(text)
        help_ = Text(
            "уберите запись или назовите набор политик, для которого написан список",
            "remove the entry, or name the policy set that the baseline was written for",
        )
        self.report(
            "unknown-name",
            node,
            Text(f"в наборе политик нет нормы `{token}`", f"the policy set has no norm `{token}`"),
            help_
            if near is None
            else Text(f"похоже на `{near}`; иначе {help_.ru}", f"did you mean `{near}`? Else {help_.en}"),
        )
        return None

    def _verdict(self, node: Node | None) -> Known | None:
        text = self.text(node)
        found = next((verdict for verdict in VERDICTS if verdict == text), None)
        if found is None and isinstance(node, Scalar) and text is not None:
            self.unknown_name("unknown-value", node, Text("значение", "value"), VERDICTS)
        return found

    def _number(self, node: Node | None) -> int | None:
        """How many; one when that is not said."""
        if node is None:
            return 1
        number = self.integer(node)
        if number is not None and number < 1:
            self.report(
                "unknown-value", node, Text("число должно быть от 1", "the number must be 1 or more"), _DROP
            )
            return None
        return number
