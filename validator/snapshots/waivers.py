"""Waiver files to waivers: strict, every mistake of every file at once, each at its own place.

Posts and documents may stand in a waiver, persons may not. What looks like a person's data is told by its path and
never repeated; nothing else is said about such a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from validator.language.limits import POLICY_LIMITS, default
from validator.language.nodes import Document, Mapping, Node, Scalar, Sequence
from validator.language.source import read_yaml
from validator.language.structure import NO_HELP, FileReader, shorten
from validator.logic.problem import InputError, Problem, Span
from validator.logic.text import Text
from validator.logic.waiver import Waiver
from validator.snapshots.integrity import inn_is_valid
from validator.snapshots.personal import looks_personal
from validator.snapshots.stream import Delivered

ENDINGS = (".yaml", ".yml")
MAX_DAYS = default("limit-waiver-days")
KEYS = ("id", "policy", "organization", "item", "from", "through", "ground", "approved_by")
# Without an organization a waiver is told to be too broad; without the others it is none.
REQUIRED = ("id", "policy", "from", "through", "ground", "approved_by")
_ID = re.compile(r"\w[\w./-]{0,63}\Z")
_ENTREPRENEUR = re.compile(r"entrepreneur:[0-9a-f]{16}\Z")
# A word of letters and digits is a pseudonym made by hashing and may hold the digits of anything.
_HASHED = re.compile(r"[0-9]*[A-Za-z][0-9A-Za-z]*")


def read_waivers(files: Iterable[Delivered]) -> tuple[Waiver, ...]:
    """Every waiver of the files, in their order. Raises `InputError` with all mistakes of all files."""
    problems: list[Problem] = []
    found: list[Waiver] = []
    for file in files:
        if file.problem is not None:
            problems.append(file.problem)
        elif not file.file.lower().endswith(ENDINGS):
            problems.append(_not_yaml(file.file))
        else:
            try:
                document = read_yaml(file.data, file.file, POLICY_LIMITS)
            except InputError as error:
                problems.extend(error.problems)
            else:
                found.extend(_of_document(document, problems))
    problems.extend(_taken_ids(found))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _not_yaml(file: str) -> Problem:
    message = Text("это не файл YAML", "this is no YAML file")
    help_ = Text("отступления записывают в файлах .yaml или .yml", "waivers are written in .yaml or .yml files")
    return Problem("waiver-file", message, help_, file=file)


def _of_document(document: Document, problems: list[Problem]) -> tuple[Waiver, ...]:
    own: list[Problem] = []
    found = _WaiverReader(document, own).waivers()
    problems.extend(sorted(own, key=lambda problem: problem.span or Span(document.file, 0, 0, 0, 0)))
    return found


def _taken_ids(waivers: list[Waiver]) -> Iterator[Problem]:
    """A problem for every waiver whose id an earlier one has: a report could not say which of them it means."""
    first: dict[str, Waiver] = {}
    for waiver in waivers:
        earlier = first.setdefault(waiver.id, waiver)
        if earlier is not waiver and not looks_personal(waiver.id):
            token, place = shorten(waiver.id), earlier.span_of("id").start()
            message = Text(f"имя `{token}` уже занято: {place}", f"the name `{token}` is taken: {place}")
            help_ = Text("дайте отступлению другой номер", "give the waiver another id")
            span = waiver.span_of("id")
            yield Problem("duplicate-name", message, help_, span, span.file)


def _personal(node: Node, path: str, inside: str = "") -> Iterator[tuple[Scalar, str]]:
    """Every text in a tree that looks like a person's data, with its path; keys are looked at as well."""
    match node:
        case Scalar():
            text = _HASHED.sub("x", node.text) if inside == "item" else node.text
            if looks_personal(text):
                yield node, path
        case Sequence():
            for index, item in enumerate(node.items):
                yield from _personal(item, f"{path}[{index}]")
        case Mapping():
            for key, value in node.items():
                yield from _personal(key, path)
                known = key.text if not looks_personal(key.text) else "?"
                yield from _personal(value, f"{path}.{known}".removeprefix("."), key.text)


class _WaiverReader(FileReader):
    """Reads one file of waivers."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        FileReader.__init__(self, document.file, problems)
        self.root = document.root
        self.personal: set[int] = set()

    def report(self, code: str, node: Node, message: Text, help_: Text = NO_HELP) -> None:
        """Note a mistake, unless its message could repeat what looks like a person's data."""
        if id(node) not in self.personal:
            FileReader.report(self, code, node, message, help_)

    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers of the file that could be read; everything wrong is noted."""
        for node, path in _personal(self.root, ""):
            self._note_personal(node, path)
            self.personal.add(id(node))
        root = self.mapping(self.root, Text("отступления", "waivers"))
        if root is None or not self.keys(root, ("waivers",), ("waivers",)):
            return ()
        return self.each(root.get("waivers"), self._waiver)

    def _note_personal(self, node: Scalar, path: str) -> None:
        message = Text("похоже на персональные данные", "this looks like a person's data")
        help_ = Text(
            "назовите должность и документ; имён, номеров и адресов в отступлении не пишут",
            "name the post and the document; a waiver holds no names, numbers or addresses of persons",
        )
        self.problems.append(Problem("personal-data", message, help_, self.span(node), self.file, path))

    def _waiver(self, node: Node) -> Waiver | None:
        mapping = self.mapping(node, Text("отступление", "waiver"))
        if mapping is None:
            return None
        sound = self.keys(mapping, KEYS, REQUIRED)
        id_, policy = self._id(mapping.get("id")), self._one(mapping.get("policy"))
        organization = self._organization(mapping.get("organization"))
        item = self._one(mapping.get("item"))
        first, last = self.day(mapping.get("from")), self.day(mapping.get("through"))
        ground, approved = self._ground(mapping.get("ground")), self._approval(mapping.get("approved_by"))
        if first is not None and last is not None:
            sound = self._term(mapping, first, last) and sound
        if not sound or id_ is None or policy is None or first is None or last is None or ground is None:
            return None
        if approved is None:
            return None
        spans = {key.text: self.span(value) for key, value in mapping.items()}
        place = self.span(mapping)
        return Waiver(id_, policy, organization, item, first, last, ground, *approved, place, spans)

    def _one(self, node: Node | None) -> str | None:
        """One name. A waiver is about one norm, one organization, one record: several take several waivers."""
        if not isinstance(node, Sequence):
            return self.text(node)
        self.report(
            "text-expected",
            node,
            Text("ожидается одно имя, а не список", "expected one name, not a list"),
            Text("запишите по отступлению на каждое", "write a waiver for each"),
        )
        return None

    def _id(self, node: Node | None) -> str | None:
        text = self._one(node)
        if text is None or node is None or _ID.match(text):
            return text
        self.report(
            "bad-id",
            node,
            Text(f"номер `{shorten(text)}` записан неверно", f"the id `{shorten(text)}` is malformed"),
            Text(
                "до 64 букв, цифр и знаков `-` `_` `.` `/`, например W-2025-1",
                "up to 64 letters, digits and `-` `_` `.` `/`, for example W-2025-1",
            ),
        )
        return None

    def _organization(self, node: Node | None) -> str | None:
        """The id as reports show it. A pattern, or `all`, is kept: it is told to be too broad."""
        text = self._one(node)
        if text is None or node is None or is_pattern(text) or _ENTREPRENEUR.match(text):
            return text
        digits = text.isascii() and text.isdigit()
        if digits and len(text) == 12:
            self.report(
                "personal-data",
                node,
                Text("ИНН предпринимателя — персональные данные", "the INN of an entrepreneur is personal data"),
                Text(
                    "пишите код из отчёта: `entrepreneur:` и 16 знаков",
                    "write the id of the report: `entrepreneur:` and 16 characters",
                ),
            )
        elif not digits or not inn_is_valid(text):
            self.report(
                "organization-id",
                node,
                Text("это не ИНН организации", "this is no INN of an organization"),
                Text(
                    "нужны 10 цифр с верной контрольной, как в снимке и отчёте",
                    "10 digits with a right check digit are wanted, as in the snapshot and the report",
                ),
            )
        return text

    def _term(self, mapping: Mapping, first: date, last: date) -> bool:
        node, days = mapping.entries["through"][1], (last - first).days + 1
        if days < 1:
            self.report(
                "period-ends-before-it-starts",
                node,
                Text("последний день раньше первого", "the last day lies before the first"),
                Text("исправьте `from` или `through`", "mend `from` or `through`"),
            )
        elif days > MAX_DAYS:
            latest = date.fromordinal(first.toordinal() + MAX_DAYS - 1).isoformat()
            self.report(
                "limit-waiver-days",
                node,
                Text(
                    f"срок {days} дн., а можно не больше {MAX_DAYS}", f"{days} days, {MAX_DAYS} at most are allowed"
                ),
                Text(f"последний день не позже {latest}", f"the last day is {latest} at the latest"),
            )
        return 1 <= days <= MAX_DAYS

    def _ground(self, node: Node | None) -> Text | None:
        """Why. An organization may write its own texts in one language; it stands for both then."""
        if not isinstance(node, Mapping):
            text = self.text(node)
            return None if text is None else Text(text, text)
        if not self.keys(node, ("ru", "en")):
            return None
        texts = [text for name in ("ru", "en") if (text := self.text(node.get(name))) is not None]
        if not node.entries:
            self.text(node)
        return Text(texts[0], texts[-1]) if texts else None

    def _approval(self, node: Node | None) -> tuple[str, str] | None:
        """The post and the document."""
        mapping = self.mapping(node, Text("кто утвердил", "who approved"))
        if mapping is None or not self.keys(mapping, ("post", "document"), ("post", "document")):
            return None
        post, document = self.text(mapping.get("post")), self.text(mapping.get("document"))
        return None if post is None or document is None else (post, document)


def is_pattern(text: str) -> bool:
    """Whether a name stands for many."""
    return text.casefold() in ("all", "все") or any(sign in text for sign in "*?")
