"""Reading the structure of our own files: keys, texts, dates, words, each mistake reported at its own place.

A reader never stops at the first mistake: it notes the problem, gives back None (or leaves the part out), and
goes on. The caller raises all problems of all files together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.logic.problem import Problem, Span
from validator.logic.text import Text

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
NO_HELP = Text("", "")


def nearest(word: str, known: Iterable[str]) -> Text:
    """A help line: the known name that `word` was probably meant to be, or the names there are."""
    names = sorted(set(known))
    close = closest(word, names)
    if close is not None:
        return Text(f"похоже на `{close}`", f"did you mean `{close}`?")
    if not names:
        return Text("здесь не допускается ни одно имя", "no name is allowed here")
    shown = ", ".join(f"`{name}`" for name in names[:12]) + (", …" if len(names) > 12 else "")
    return Text(f"допустимо: {shown}", f"expected one of: {shown}")


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known name nearest to `word`, None when none is near."""
    import difflib  # noqa: PLC0415 - only for a mistake

    folded: dict[str, str] = {}
    for name in sorted(set(known)):
        folded.setdefault(name.casefold(), name)
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def shorten(token: str) -> str:
    """A token as it may be quoted in a message: escaped, at most 80 characters."""
    escaped = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in token)
    return escaped if len(escaped) <= 80 else escaped[:79] + "…"


class FileReader:
    """Reads the nodes of one file and collects its problems.

    `broken` names what other files define, but wrongly, as (folder, name): that is told where it stands, and not
    again wherever the name is used.
    """

    broken: Collection[tuple[str, str]] = frozenset()

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def span(self, node: Node) -> Span:
        """The place of a node of this file."""
        return node.span(self.file)

    def report(self, code: str, node: Node, message: Text, help_: Text = NO_HELP) -> None:
        """Note a mistake at a node."""
        self.problems.append(Problem(code, message, help_, self.span(node), self.file))

    def mapping(self, node: Node | None, what: Text) -> Mapping | None:
        """The node as a mapping."""
        if node is None or isinstance(node, Mapping):
            return node
        self.report(
            "mapping-expected",
            node,
            Text(f"{what.ru}: ожидается набор «ключ: значение»", f"{what.en}: expected `key: value` pairs"),
            Text("запишите ключи с отступом под этим местом", "write the keys indented below this place"),
        )
        return None

    def keys(self, mapping: Mapping, allowed: Collection[str], required: Iterable[str] = ()) -> bool:
        """Whether only allowed keys and all required ones are there."""
        sound = True
        meant: set[str] = set()  # a misspelt key is one mistake: what it was meant to be is not missing as well
        for key, _ in mapping.entries.values():
            if key.text not in allowed:
                self.unknown_name("unknown-key", key, Text("ключ", "key"), allowed)
                meant.add(closest(key.text, allowed) or "")
                sound = False
        for name in required:
            if mapping.get(name) is None and name in meant:
                sound = False
            elif mapping.get(name) is None:
                self.report(
                    "missing-key",
                    mapping,
                    Text(f"не хватает ключа `{name}`", f"key `{name}` is missing"),
                    Text(f"добавьте `{name}:`", f"add `{name}:`"),
                )
                sound = False
        return sound

    def distinct(self, node: Node | None, key: str) -> None:
        """Note every item of a list of mappings that has the `key` of an earlier one."""
        first: dict[str, Scalar] = {}
        for item in node.items if isinstance(node, Sequence) else ():
            name = item.get(key) if isinstance(item, Mapping) else None
            if isinstance(name, Scalar) and first.setdefault(name.text, name) is not name:
                place = self.span(first[name.text]).start()
                self.report(
                    "duplicate-name",
                    name,
                    Text(
                        f"имя `{shorten(name.text)}` уже занято: {place}",
                        f"the name `{shorten(name.text)}` is taken: {place}",
                    ),
                    Text(
                        "дайте другое имя или уберите одно из двух",
                        "choose another name, or remove one of the two",
                    ),
                )

    def part(self, node: Scalar, start: int, text: str) -> Scalar:
        """A piece of a scalar from the character `start` on, at its own place.

        Where the text is not written as it is read (escapes, several lines) the piece has the place of the whole.
        """
        quotes = node.end_column - node.column - len(node.text)
        if node.line != node.end_line or quotes not in (0, 2):
            return Scalar(text, node.kind, node.line, node.column, node.end_line, node.end_column)
        column = node.column + quotes // 2 + start
        return Scalar(text, node.kind, node.line, column, node.line, column + len(text))

    def unknown_name(self, code: str, node: Scalar, what: Text, known: Collection[str]) -> None:
        """Note a name that does not exist, with the nearest that does."""
        token = shorten(node.text)
        self.report(
            code,
            node,
            Text(f"неизвестное имя `{token}` ({what.ru})", f"unknown {what.en} `{token}`"),
            nearest(node.text, known),
        )

    def text(self, node: Node | None) -> str | None:
        """The node as non-empty text."""
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text.strip():
            return node.text
        self.report(
            "text-expected",
            node,
            Text("ожидается непустой текст", "expected a text that is not empty"),
            Text(
                "напишите текст в той же строке после двоеточия",
                "write the text on this line after the colon",
            ),
        )
        return None

    def both(self, node: Node | None, what: Text) -> Text | None:
        """A text in both languages: `{ru: …, en: …}`."""
        mapping = self.mapping(node, what)
        if mapping is None:
            return None
        sound = self.keys(mapping, ("ru", "en"))
        missing = [language for language in ("ru", "en") if mapping.get(language) is None]
        meant = {closest(key.text, ("ru", "en")) for key, _ in mapping.items()} if missing else set()
        for language in missing:
            if language not in meant:
                self.report(
                    "missing-translation",
                    mapping,
                    Text(f"{what.ru}: нет текста на языке `{language}`", f"{what.en}: no text in `{language}`"),
                    Text("нужны оба: `ru` и `en`", "both `ru` and `en` are needed"),
                )
                sound = False
        ru, en = self.text(mapping.get("ru")), self.text(mapping.get("en"))
        return Text(ru, en) if sound and ru is not None and en is not None else None

    def word(self, node: Node | None, choices: type[E]) -> E | None:
        """One of the words of an enumeration."""
        text = self.text(node)
        if text is None:
            return None
        for choice in choices:
            if choice.value == text:
                return choice
        assert isinstance(node, Scalar)
        self.unknown_name("unknown-value", node, Text("значение", "value"), [c.value for c in choices])
        return None

    def day(self, node: Node | None) -> date | None:
        """A civil date `YYYY-MM-DD`."""
        text = self.text(node)
        if text is None:
            return None
        found = parse_day(text)
        if found is None and node is not None:
            self.report(
                "date-expected",
                node,
                Text(f"`{shorten(text)}` не дата", f"`{shorten(text)}` is not a date"),
                Text("пишите ГГГГ-ММ-ДД, например 2025-11-01", "write YYYY-MM-DD, for example 2025-11-01"),
            )
        return found

    def integer(self, node: Node | None) -> int | None:
        """A whole number."""
        text = self.text(node)
        if text is None or node is None:
            return None
        found = parse_integer(text)
        if found is None:
            self.report(
                "integer-expected",
                node,
                Text(f"`{shorten(text)}` не целое число", f"`{shorten(text)}` is not a whole number"),
                Text("пишите только цифры", "write digits only"),
            )
        return found

    def boolean(self, node: Node | None) -> bool | None:
        """`true` or `false`, without quotes."""
        if node is None:
            return None
        if isinstance(node, Scalar) and node.kind in ("plain", "true", "false") and node.text in ("true", "false"):
            return node.text == "true"
        self.report(
            "boolean-expected",
            node,
            Text("ожидается `true` или `false`", "expected `true` or `false`"),
            Text("без кавычек", "without quotes"),
        )
        return None

    def sequence(self, node: Node | None) -> list[Node]:
        """The items of a list; an absent list has none."""
        if node is None:
            return []
        if isinstance(node, Sequence):
            return node.items
        self.report(
            "list-expected",
            node,
            Text("ожидается список", "expected a list"),
            Text("пишите `[…]` или строки, начинающиеся с `- `", "write `[…]`, or lines that start with `- `"),
        )
        return []

    def each(self, node: Node | None, read: Callable[[Node], T | None]) -> tuple[T, ...]:
        """What `read` makes of every item that it can read."""
        return tuple(found for item in self.sequence(node) if (found := read(item)) is not None)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        if isinstance(node, Scalar):
            text = self.text(node)
            return () if text is None else (text,)
        return self.each(node, self.text)


def parse_day(text: str) -> date | None:
    """A date in the one spelling `YYYY-MM-DD`, or None."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not (text[:4] + text[5:7] + text[8:]).isascii():
        return None
    if not (text[:4] + text[5:7] + text[8:]).isdigit():
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None


def parse_integer(text: str) -> int | None:
    """Digits with an optional minus, within ±(2^53 - 1), or None."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 16 or (len(digits) > 1 and digits[0] == "0"):
        return None
    found = int(text)
    return found if abs(found) < 2**53 else None


def parse_decimal(text: str) -> Decimal | None:
    """Digits with a point, no exponent, at most 40 characters, or None."""
    whole, point, rest = text.removeprefix("-").partition(".")
    digits = whole + rest
    if len(text) > 40 or not whole or (point and not rest) or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
