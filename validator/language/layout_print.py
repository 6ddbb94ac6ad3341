"""Prints a tree of values and comments in the one layout: a function of what they say, not of how it was written.

A container stands on one line when it fits there, holds no comment and its place allows it; otherwise each entry
has its own line, and a long list of short values fills lines. A comment never changes the width of anything.
"""

from __future__ import annotations

import re
from typing import Final, assert_never

from validator.language.layout_rules import FREE, Rule, in_order, under
from validator.language.layout_scalars import WIDTH, block_lines, is_typed, spelled_key, spelled_value
from validator.language.layout_tree import Branch, Leaf, Slot, Value, is_commented

STEP: Final = 2
# A list of longer values is clearer with one value per line.
_SHORT: Final = 40
_MODELINE: Final = re.compile(r"#\s*yaml-language-server:")


def printed(root: Slot, rule: Rule) -> str:
    """The whole document: the line for editors, the other comments of the file, its entries."""
    branch = root.value
    assert isinstance(branch, Branch)
    header = sorted(root.head, key=lambda comment: not _MODELINE.match(comment))
    body = _branch_lines(branch, 0, rule) if branch.slots else ["{}", *branch.foot]
    return "\n".join([*header, *body]) + "\n"


def _branch_lines(branch: Branch, indent: int, rule: Rule) -> list[str]:
    """The entries of a container and the comments after them, each on its own line."""
    lines: list[str] = []
    for slot in _ordered(branch, rule):
        if branch.keyed:
            lines += _entry_lines(slot, indent, under(rule, slot.key or ""))
        else:
            lines += _item_lines(slot, indent, under(rule, None))
    return lines + [" " * indent + comment for comment in branch.foot]


def _ordered(branch: Branch, rule: Rule) -> list[Slot]:
    if not branch.keyed:
        return branch.slots
    return [branch.slots[position] for position in in_order(rule, [slot.key or "" for slot in branch.slots])]


def _entry_lines(slot: Slot, indent: int, rule: Rule) -> list[str]:
    """An entry of a mapping."""
    pad = " " * indent
    start = f"{pad}{spelled_key(slot.key or '', flow=False)}:"
    match slot.value:
        case Leaf() as leaf:
            first, rest = _leaf_lines(leaf, indent + STEP, len(start) + 1)
        case Branch() as branch:
            one_line = _on_one_line(branch, rule, len(start) + 1)
            first, rest = one_line or "", []
            if one_line is None:
                rest = _filled(branch, indent + STEP) or _branch_lines(branch, indent + STEP, rule)
        case other:
            assert_never(other)
    return [*(pad + comment for comment in slot.head), _beside(f"{start} {first}".rstrip(), slot.side), *rest]


def _item_lines(slot: Slot, indent: int, rule: Rule) -> list[str]:
    """An item of a list; a comment on the line of its dash stays there only when the item ends on that line."""
    pad, inner = " " * indent, indent + STEP
    head = [pad + comment for comment in slot.head]
    match slot.value:
        case Leaf() as leaf:
            first, rest = _leaf_lines(leaf, inner, inner)
        case Branch() as branch:
            one_line = _on_one_line(branch, rule, inner)
            if one_line is None:
                return head + _compact(slot, _branch_lines(branch, inner, rule), indent)
            first, rest = one_line, []
        case other:
            assert_never(other)
    return [*head, _beside(f"{pad}- {first}".rstrip(), slot.side), *rest]


def _compact(slot: Slot, lines: list[str], indent: int) -> list[str]:
    """A container whose first entry stands beside the dash of its item, the comments before both above them."""
    pad = " " * indent
    above = [pad + slot.side] if slot.side else []
    while lines[0].lstrip().startswith("#"):
        above.append(pad + lines.pop(0).lstrip())
    return [*above, f"{pad}- {lines[0].lstrip()}", *lines[1:]]


def _leaf_lines(leaf: Leaf, indent: int, column: int) -> tuple[str, list[str]]:
    """What stands of a scalar on the line it begins on, at `column`, and the lines below, at `indent`."""
    one_line = spelled_value(leaf.text, plain=leaf.plain, flow=False)
    long = "\n" in leaf.text or column + len(one_line) > WIDTH
    # What is no text can't become a block of lines, which always is one.
    if long and not (leaf.plain and is_typed(leaf.text)):
        block = block_lines(leaf.text, WIDTH - indent)
        if block is not None:
            mark, lines = block
            return mark, [" " * indent + line if line else "" for line in lines]
    return one_line, []


def _on_one_line(branch: Branch, rule: Rule, column: int) -> str | None:
    """The container in brackets, None when that does not fit or is not wanted at its place."""
    if is_commented(branch):
        return None
    text = None if rule.deepest and _depth(branch) > rule.deepest else _flow(branch, rule)
    return text if text is not None and (column + len(text) <= WIDTH or not branch.slots) else None


def _flow(value: Value, rule: Rule) -> str | None:
    """A value as it stands between brackets; None when it can't, or when its place asks for lines of its own."""
    if isinstance(value, Leaf):
        can_stand = "\n" not in value.text and not (value.plain and not value.text)
        return spelled_value(value.text, plain=value.plain, flow=True) if can_stand else None
    if rule.block and value.slots:
        return None
    parts: list[str] = []
    for slot in _ordered(value, rule):
        text = _flow(slot.value, under(rule, slot.key if value.keyed else None))
        if text is None:
            return None
        parts.append(f"{spelled_key(slot.key, flow=True)}: {text}" if slot.key is not None else text)
    inside = ", ".join(parts)
    return f"{{{inside}}}" if value.keyed else f"[{inside}]"


def _depth(value: Value) -> int:
    """How many brackets stand one inside another."""
    if isinstance(value, Leaf):
        return 0
    return 1 + max((_depth(slot.value) for slot in value.slots), default=0)


def _filled(branch: Branch, indent: int) -> list[str] | None:
    """A list of short values in brackets over as few lines as it takes, None for any other container."""
    if branch.keyed or is_commented(branch):
        return None
    lines: list[str] = []
    for slot in branch.slots:
        text = _flow(slot.value, FREE) if isinstance(slot.value, Leaf) else None
        if text is None or len(text) > _SHORT:
            return None
        if lines and indent + 1 + len(lines[-1]) + 2 + len(text) < WIDTH:
            lines[-1] += f", {text}"
        else:
            lines.append(text)
    pad = " " * indent
    lines = [f"{pad}{' ' if number else '['}{line}," for number, line in enumerate(lines)]
    return [*lines[:-1], f"{lines[-1][:-1]}]"]


def _beside(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line
