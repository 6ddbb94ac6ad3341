"""A snapshot as YAML text, and as a case to paste under the `examples:` of a policy.

A case adds to the base that the other cases of its policy share, so what the base says and the snapshot does not is
made `unknown` in it; lists of the base that the snapshot lacks are emptied. A case is given back only after it was
read and run like any other and came out as it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from validator.journeys.examples.cases import run
from validator.journeys.examples.embedded import inline_case
from validator.journeys.examples.facts import Inline
from validator.language.layout_print import printed
from validator.language.layout_rules import RULES
from validator.language.layout_tree import Branch, Leaf, Slot, Value
from validator.language.library import Library
from validator.language.limits import POLICY_LIMITS
from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Node
from validator.language.nodes import Sequence as SequenceNode
from validator.language.source import read_yaml
from validator.language.structure import FileReader, parse_day
from validator.language.vocabulary import ROOT
from validator.logic.policy import Policy
from validator.logic.problem import InputError
from validator.logic.report import Result
from validator.logic.shape import Kind, RecordShape

Data = Mapping[str, object]
UNKNOWN = "unknown"
_STEP = re.compile(r"([a-z_]+)\[([0-9]+)\]")
_FILE = "case.yaml"


def snapshot_text(document: Data) -> str:
    """The snapshot as YAML, as `check` reads it."""
    return printed(Slot(_value(document)), RULES[""])


def case_text(library: Library, policy: Policy, document: Data, result: Result, name: str) -> str | None:
    """The snapshot as a case of the policy that expects the result; None when it can't be said as one.

    The text is indented as `cases:` of a shipped policy are.
    """
    case = _case(library, policy, document, result, name)
    if case is None:
        return None
    # Whether lists are complete seldom matters; without a word on it a case is easier to read.
    shorter = {key: value for key, value in case.items() if key != "coverage"}
    texts = [_printed(one) for one in ((shorter, case) if "coverage" in case else (case,))]
    text = next((text for text in texts if _comes_out(library, policy, text)), None)
    if text is None:
        return None
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines()[1:])


def _printed(case: dict[str, object]) -> str:
    return printed(Slot(Branch(True, [Slot(_value([case]), "cases")])), RULES["examples"])


# --- the case --------------------------------------------------------------------------------------------------


def _case(library: Library, policy: Policy, document: Data, result: Result, name: str) -> dict[str, object] | None:
    examples = library.examples.get(policy.id)
    base = examples.node.get("base") if examples is not None else None
    path = _path(result["subject"])
    organization = document.get(ROOT)
    assert isinstance(organization, Mapping)
    shape = library.vocabulary.root
    change: dict[str, object] = {ROOT: _over(_under(base, ROOT), _organization(organization), shape)}
    if (roadmap := document.get("roadmap")) is not None or _under(base, "roadmap") is not None:
        inner = shape.fields["roadmap"].record if "roadmap" in shape.fields else None
        change["roadmap"] = _over(_under(base, "roadmap"), roadmap if isinstance(roadmap, Mapping) else {}, inner)
    case: dict[str, object] = {"name": name, "as_of": document["as_of"]}
    lists = {key: list(value) for key, value in document.items() if isinstance(value, list)}
    if path:
        taken = _taken(lists, path)
        if taken is None:
            return None
        item, parent, place = taken
        change["item"] = _over(_under(base, "item"), item, library.vocabulary.record_of(place))
        if parent is not None:
            outer = library.vocabulary.record_of(place.rpartition(".")[0])
            change["parent"] = _over(_under(base, "parent"), parent, outer)
        if place != _own(policy):
            case["item_of"] = place
    case["change"] = change
    return _with_lists(case, library, lists, document, base, result)


def _with_lists(
    case: dict[str, object],
    library: Library,
    lists: dict[str, list[object]],
    document: Data,
    base: Node | None,
    result: Result,
) -> dict[str, object]:
    shapes = library.vocabulary.document.fields
    kept = {name: _opened(items, shapes[name].record) for name, items in lists.items() if items}
    given = _under(base, "lists")
    for name in given.entries if isinstance(given, MappingNode) else ():
        kept.setdefault(name, [])
    stated = document.get("coverage")
    coverage = {
        name: str(stated.get(name, UNKNOWN)) if isinstance(stated, Mapping) else UNKNOWN
        for name, field in shapes.items()
        if field.kind is Kind.LIST
    }
    if kept:
        case["lists"] = kept
    common = _under(base, "coverage")
    partial = {
        name: word
        for name, word in coverage.items()
        if word != "complete" or (isinstance(common, MappingNode) and name in common.entries)
    }
    if partial:
        case["coverage"] = partial
    if not _STEP.search(result["subject"]) and result["subject"] != ROOT:
        case["subject"] = result["subject"]
    case["expect"] = result["reason"] if result["verdict"] == "ok" and result["reason"] else result["verdict"]
    if result["disputed"]:
        case["disputed"] = {other["reading"]: other["verdict"] for other in result["disputed"]}
    return case


def _organization(organization: Data) -> dict[str, object]:
    """What a case says of its organization; the number is the invented one that every case has."""
    return {name: value for name, value in organization.items() if name != "inn"}


def _own(policy: Policy) -> str:
    clauses = getattr(policy, "clauses", None)
    subject = clauses[0].subject if clauses else policy.subject  # type: ignore[union-attr]
    return str(subject.path)


def _path(subject: str) -> list[tuple[str, int]]:
    return [(name, int(index)) for name, index in _STEP.findall(subject)]


def _taken(
    lists: dict[str, list[object]], path: list[tuple[str, int]]
) -> tuple[Data, dict[str, object] | None, str] | None:
    """The judged item, taken out of its list, with the item that holds it (None for a list of the document)."""
    (name, index), *inner = path
    if len(inner) > 1 or name not in lists:
        return None
    outer = lists[name].pop(index)
    assert isinstance(outer, Mapping)
    if not inner:
        return outer, None, name
    ((below, number),) = inner
    items = list(outer[below])
    item = items.pop(number)
    return item, {**outer, below: items}, f"{name}.{below}"


def _under(node: Node | None, key: str) -> Node | None:
    return node.get(key) if isinstance(node, MappingNode) else None


def _over(base: Node | None, wanted: Data, shape: RecordShape | None) -> dict[str, object]:
    """What turns the base into what is wanted, both of the shape: what only the base says becomes unknown."""
    found: dict[str, object] = {}
    for name, value in wanted.items():
        inner = shape.fields[name].record if shape is not None and name in shape.fields else None
        if isinstance(value, Mapping):
            found[name] = _over(_under(base, name), value, inner)
        elif isinstance(value, list) and shape is not None and name in shape.fields and inner is not None:
            found[name] = _opened(value, inner)
        else:
            found[name] = value
    fields = shape.fields if shape is not None else {}
    for name in base.entries if isinstance(base, MappingNode) else ():
        if name in wanted or name not in fields:
            continue
        field = fields[name]
        if field.kind is Kind.RECORD:
            found[name] = _over(_under(base, name), {}, field.record)
        elif field.kind is Kind.LIST:
            found[name] = []
        elif not field.required:
            found[name] = UNKNOWN
    return _nested_coverage(found, shape)


def _nested_coverage(item: dict[str, object], shape: RecordShape | None) -> dict[str, object]:
    """A case takes lists inside items for complete, a snapshot does not."""
    for field in shape.fields.values() if shape is not None else ():
        if field.kind is Kind.LIST and field.coverage and "." not in field.coverage:
            item.setdefault(field.coverage, UNKNOWN)
            if item[field.coverage] == "complete":
                del item[field.coverage]
    return item


def _opened(items: Sequence[object], shape: RecordShape | None) -> list[object]:
    return [_over(None, item, shape) if isinstance(item, Mapping) else item for item in items]


# --- whether it says what it should ------------------------------------------------------------------------------


def _comes_out(library: Library, policy: Policy, text: str) -> bool:
    """Whether the case can be read and comes out as it says, on the base of the other cases."""
    try:
        root = read_yaml(text.encode(), _FILE, POLICY_LIMITS).root
    except InputError:
        return False
    cases = _under(root, "cases")
    node = cases.items[0] if isinstance(cases, SequenceNode) else None
    examples = library.examples.get(policy.id)
    base = examples.node.get("base") if examples is not None else None
    if not isinstance(node, MappingNode):
        return False
    reader = FileReader(_FILE, [])
    shared = base if isinstance(base, MappingNode) else None
    case = inline_case(policy, "case", node, Inline(node, shared, None, policy, _FILE, library), reader)
    # That a remedy does not cure may be just what the case is to show.
    return all(
        not result.errors and all(mismatch.what == "remedy_sets" for mismatch in result.mismatches)
        for result in run([case], library.policies)
    )


# --- text --------------------------------------------------------------------------------------------------------


def _value(value: object) -> Value:
    match value:
        case Mapping():
            return Branch(True, [Slot(_value(inner), str(key)) for key, inner in value.items()])
        case list() | tuple():
            return Branch(False, [Slot(_value(inner)) for inner in value])
        case bool():
            return Leaf("true" if value else "false", plain=True)
        case date():
            return Leaf(value.isoformat(), plain=True)
        case str():
            return Leaf(value, plain=parse_day(value) is not None)
        case _:
            return Leaf(str(value), plain=True)
