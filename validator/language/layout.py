"""The one layout of policy files: from a text to the text that says the same and looks as all others do.

What comes out is read again and compared with what came in; a difference is a fault of ours, and nothing is
given back then.
"""

from __future__ import annotations

from collections import Counter

from validator.language.layout_print import printed
from validator.language.layout_rules import FREE, RULES, Rule, kind_of, under
from validator.language.layout_scalars import is_typed
from validator.language.layout_tree import comments_of, read_tree
from validator.language.limits import POLICY_LIMITS
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.source import read_yaml
from validator.language.source_text import decode
from validator.logic.problem import InputError


class NotPolicyError(Exception):
    """The file is sound YAML, but none of its keys says what kind of policy file it is."""


class LayoutError(Exception):
    """The new text would not say what the old one says: a fault of the program."""


def laid_out(data: bytes, file: str) -> str:
    """The text of a policy file in the one layout; `file` names it in messages.

    Raises `InputError` for what the strict reader refuses, `NotPolicyError` for a file of no known kind, and
    `LayoutError` rather than give back a text that means something else or has lost a comment.
    """
    before = read_yaml(data, file, POLICY_LIMITS).root
    kind = kind_of(before)
    if kind is None:
        raise NotPolicyError(file)
    tree = read_tree(decode(data, file, POLICY_LIMITS))
    text = printed(tree, RULES[kind])
    try:
        after = read_yaml(text.encode(), file).root
    except InputError as error:
        raise LayoutError(f"the new text can't be read: {error.problems[0].code}") from None
    if not means_the_same(before, after, RULES[kind]):
        raise LayoutError("the new text means something else")
    if Counter(comments_of(tree)) != Counter(comments_of(read_tree(text))):
        raise LayoutError("a comment got lost")
    return text


def means_the_same(one: Node, other: Node, rule: Rule = FREE) -> bool:
    """Whether two trees say the same: the same texts, and the same order wherever an order may say something.

    Quotes count where they tell a text from a number, a truth value, a date or nothing.
    """
    match one, other:
        case Scalar(), Scalar():
            return one.text == other.text and (one.kind == other.kind or not is_typed(one.text))
        case Sequence(), Sequence():
            inner = under(rule, None)
            same = len(one.items) == len(other.items)
            return same and all(map(means_the_same, one.items, other.items, [inner] * len(one.items)))
        case Mapping(), Mapping():
            keys, others = _keys(one, rule), _keys(other, rule)
            return keys == others and all(
                means_the_same(one.entries[key][1], other.entries[key][1], under(rule, key)) for key in keys
            )
        case _:
            return False


def _keys(mapping: Mapping, rule: Rule) -> list[str]:
    """The keys in an order that is the same for all texts that say the same."""
    known = set(rule.order)
    names = [text for text in mapping.entries if text not in known]
    return sorted(known & mapping.entries.keys()) + names
