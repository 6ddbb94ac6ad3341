"""YAML texts in every style there is, with comments strewn in, made from trees whose content is known.

A tree is nested dicts and lists of texts; `Plain` marks a text that must stand without quotes to mean what it
means. The writer here shares nothing with the layout under test: it chooses styles at random and keeps to the
rules of YAML.
"""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

from hypothesis import strategies as st

SIMPLE = re.compile(r"[A-Za-zа-яё][A-Za-zа-яё0-9_]*(?:[ -][A-Za-zа-яё0-9_]+)*\Z")
TYPED = ("true", "false", "null", "~", "010", "12", "-5", "1.50", "2025-01-01", "0x1F", ".5", "1e3")
OLD = {"yes", "no", "on", "off", "y", "n", "Yes", "ON"}


class Plain(str):
    """A number, a truth value, a date or nothing: a plain scalar that no reader takes for text."""

    __slots__ = ()


# fmt: off
NASTY = (
    *TYPED,
    *sorted(OLD),
    *("", "#", "# x", " #", "a #b", "a#b", "a: b", "a:", ":a", "- a", "-", "-a", "---", "--- a", "...", "? a", "?"),
    *("[a]", "{a}", "a, b", "a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "'", '"', "it's", '"a"', "'a\""),
    "\\",
    *("C:\\dir", "<<", "=", "12:30", "1_000", "7_13", " lead", "trail ", "\tx", "x\ty", "a\nb", "a\n\nb", "a\n"),
    *("a\u00a0 " * 30, "b " * 60 + "\u00a0"),
    *("\n", "a\n\n", "a \nb", " a\nb", "a\n b", "a\n# b", "«Сферум» — чат", "\u00a0a", "a\u00a0b", "😀", "1 2"),
    *("длинный текст о переносе чатов " * 8, "word " * 60 + "end", "abc" * 70, "две  пробела " * 12 + "."),
    *(("x" * 70 + "\n") * 2, "много слов подряд " * 9 + "\nвторой абзац " * 3, "- a " * 50, "# b " * 50),
    *("абзац " * 30 + "конец\n\n\nещё один", "p " * 70 + "q\n- r\n\ns\n"),
)
# fmt: on
WORDS = """
title cites ru en act at when any all not examples cases name expect readings id why applies_when rows lists change
on no yes 10 ключ is 2025-01-01 true ~x #k x,y some item aliases message
"""
KEYS = (*WORDS.split(), "a b", "a: b", "- k")

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.sampled_from("abя №:#-?,[]{}'\"\\|>*&!%@`~=\n\t01."), max_size=12),
    st.sampled_from(TYPED).map(Plain),
)
trees = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)
roots = st.dictionaries(st.sampled_from(KEYS), trees, max_size=6).map(lambda keys: {"norm": "T-NORM", **keys})


class Writer:
    """Writes a tree in styles chosen at random; `comments` are those written, in the order of the text."""

    def __init__(self, random: Random, *, commented: bool = True) -> None:
        self.random = random
        self.commented = commented
        self.comments: list[str] = []

    def write(self, tree: dict[str, Any]) -> bytes:
        lines = [*self.own(0), *self.block(tree, 0), *self.own(0)]
        if self.chance():
            lines = ["---", *lines, "...", *self.own(0)]
        text = "\n".join(lines)
        # Without a line break at the end of the file a block of lines would lose its own.
        text += self.random.choice(["\n", "\n\n\n", "\n" if "|" in text else ""])
        if self.chance():
            text = text.replace("\n", "\r\n")
        return text.encode("utf-8-sig" if self.chance() else "utf-8")

    # --- comments and chances -----------------------------------------------------------------------------

    def chance(self, one_in: int = 4) -> bool:
        return self.random.randrange(one_in) == 0

    def comment(self) -> str:
        tail = self.random.choice(["", " x", ": y", ' "', " #", " {", "-", " я"])
        self.comments.append(f"#{len(self.comments)}{tail}")
        return self.comments[-1]

    def own(self, most: int) -> list[str]:
        """Perhaps comments and empty lines; their indent is not more than `most`."""
        if not self.commented or not self.chance(5):
            return []
        spaces = [self.random.randint(0, most) for _ in range(self.random.randint(1, 2))]
        return [*([""] if self.chance() else []), *(" " * number + self.comment() for number in spaces)]

    def beside(self) -> str:
        return self.random.choice([" ", "   "]) + self.comment() if self.commented and self.chance(6) else ""

    # --- values -------------------------------------------------------------------------------------------

    def block(self, tree: Any, indent: int, *, compact: bool = False) -> list[str]:
        """The lines of a container that is not empty, each entry on its own; `compact` starts with an entry."""
        pad, step = " " * indent, self.random.randint(1, 4)
        lines: list[str] = []
        for key, value in tree.items() if isinstance(tree, dict) else ((None, value) for value in tree):
            lines += self.own(indent) if lines or not compact else []
            start = pad + ("-" if key is None else self.key(key) + ":")
            lines += self.entry(start, value, indent, step, in_list=key is None)
        return lines

    def entry(self, start: str, value: Any, indent: int, step: int, in_list: bool) -> list[str]:
        if isinstance(value, (dict, list)) and value and not self.chance(3):
            if in_list and self.chance(2):
                # Compact: the first entry on the line of the dash.
                inner = self.block(value, indent + 2, compact=True)
                return [f"{start} {inner[0].lstrip(' ')}", *inner[1:]]
            loose = isinstance(value, list) and not in_list and self.chance(3)
            head = start + self.beside()
            return [head, *self.block(value, indent if loose else indent + step)]
        if isinstance(value, (dict, list)):
            return [f"{start} {self.flow(value, indent + 1)}{self.beside()}"]
        return self.scalar(start, str(value), isinstance(value, Plain), indent, step)

    def scalar(self, start: str, text: str, plain: bool, indent: int, step: int) -> list[str]:
        if plain or not self.lines_can_say(text) or not self.chance(3):
            return [f"{start} {self.inline(text, plain)}{self.beside()}"]
        body = text.rstrip("\n")
        chomp = "" if text.endswith("\n") else "-"
        pad = " " * (indent + step)
        return [
            f"{start} |{chomp}{self.beside()}",
            *(pad + line if line else "" for line in body.split("\n")),
        ]

    @staticmethod
    def lines_can_say(text: str) -> bool:
        body = text.rstrip("\n")
        return (
            bool(body)
            and body[0] not in " \t\n"
            and len(text) - len(body) < 2
            and text.isprintable() | ("\n" in text)
            and "\t" not in text
        )

    def inline(self, text: str, plain: bool) -> str:
        if plain:
            return text
        styles = ["double"]
        if SIMPLE.match(text) and text not in TYPED:
            styles.append("plain")
        if not set(text) & set("\n\t"):
            styles.append("single")
        match self.random.choice(styles):
            case "plain":
                return text
            case "single":
                return "'" + text.replace("'", "''") + "'"
            case _:
                return json.dumps(text, ensure_ascii=False)

    def key(self, text: str) -> str:
        bare = SIMPLE.match(text) and text not in TYPED and not self.chance()
        return text if bare else json.dumps(text, ensure_ascii=False)

    def flow(self, tree: Any, indent: int) -> str:
        """A value in brackets, perhaps over several lines with comments between them."""
        if not isinstance(tree, (dict, list)):
            return self.inline(str(tree), isinstance(tree, Plain))
        signs = "{}" if isinstance(tree, dict) else "[]"
        text = signs[0] + self.gap(indent)
        for number, item in enumerate(tree):
            key = f"{self.key(item)}: " if isinstance(tree, dict) else ""
            value = tree[item] if isinstance(tree, dict) else item
            text += ("," + self.gap(indent) if number else "") + key + self.flow(value, indent)
        return text + self.gap(indent) + signs[1]

    def gap(self, indent: int) -> str:
        if not self.chance(8):
            return " "
        comment = " " + self.comment() if self.commented and self.chance(2) else ""
        return f"{comment}\n{' ' * (indent + self.random.randint(0, 5))}"


@st.composite
def documents(draw: st.DrawFn, *, commented: bool = True) -> tuple[dict[str, Any], bytes, list[str]]:
    """A tree, a text that says it, and the comments of that text."""
    tree = draw(roots)
    writer = Writer(Random(draw(st.integers(0, 2**32))), commented=commented)
    return tree, writer.write(tree), writer.comments
