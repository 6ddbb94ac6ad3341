"""Names that people take for one another."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from validator.journeys.lint.pack import NAMING, Check, Pack, at, mappings_of, place_of, weakness
from validator.language.library import PolicyFile
from validator.language.nodes import Mapping, Scalar
from validator.language.structure import shorten
from validator.logic.problem import Problem
from validator.logic.text import Text

# Cyrillic letters by the Latin ones that look alike; then figures by the letters that look alike.
_SCRIPTS = str.maketrans("авеікмнорстухѕј", "abeikmhopctyxsj")
_FIGURES = str.maketrans("oli|", "0111")
_JOINING = str.maketrans("", "", "-_ .")

_Named = tuple[PolicyFile, Scalar]


def look_of_id(name: str) -> str:
    """What is left of an id when case, script, hyphens and the likes of `l`, `1`, `O`, `0` are not told apart."""
    return look_of_place(name).translate(_FIGURES).translate(_JOINING)


def look_of_place(name: str) -> str:
    """The same of a place of an act, whose figures and spaces do tell places apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().translate(_SCRIPTS).split())


def confusable_names(pack: Pack) -> Iterator[Problem]:
    """Names of one kind that differ in nothing but what the eye does not see."""
    yield from _confusable(list(_of_the_set(pack)), look_of_id)
    for file in pack.files():
        for key in ("readings", "exceptions", "rows"):
            yield from _confusable(list(_ids(file, key, "id")), look_of_id)
        outcomes = at(file.root, "outcomes")
        if isinstance(outcomes, Mapping):
            yield from _confusable([(file, key) for key, _ in outcomes.items()], look_of_id)
        yield from _confusable(list(_ids(file, "clauses", "at")), look_of_place)


def _of_the_set(pack: Pack) -> Iterator[_Named]:
    """What a whole set names: each file's content, and criteria, which acts name too."""
    for file in pack.files():
        named = next((file.root.get(key) for key in NAMING if key in file.root.entries), None)
        if isinstance(named, Scalar):
            yield file, named
        for key in ("criteria", "exclusions"):
            yield from _ids(file, key, "id")


def _ids(file: PolicyFile, key: str, name: str) -> Iterator[_Named]:
    for item in mappings_of(file.root.get(key)):
        node = item.get(name)
        if isinstance(node, Scalar):
            yield file, node


def _confusable(names: list[_Named], look: Callable[[str], str]) -> Iterator[Problem]:
    first: dict[str, _Named] = {}
    for file, node in names:
        earlier_file, earlier = first.setdefault(look(node.text), (file, node))
        if earlier.text == node.text:
            continue
        other, where = shorten(earlier.text), place_of(earlier_file, earlier).start()
        yield weakness(
            "confusable-names",
            place_of(file, node),
            Text(
                f"`{shorten(node.text)}` легко спутать с `{other}` ({where})",
                f"`{shorten(node.text)}` is easily taken for `{other}` ({where})",
            ),
            Text(
                "назовите так, чтобы имена различались не регистром, дефисом или похожими знаками",
                "choose names that differ in more than case, hyphens or signs that look alike",
            ),
        )


NAMES: tuple[Check, ...] = (confusable_names,)
