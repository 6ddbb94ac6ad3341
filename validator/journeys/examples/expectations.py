"""What a case says must come out: whether the words it uses exist, and where a result differs from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.structure import FileReader
from validator.language.vocabulary import ROOT
from validator.logic.policy import Decision, Force, Policy
from validator.logic.problem import Problem, Span
from validator.logic.report import Result
from validator.logic.text import Text
from validator.logic.truth import Truth

EXPECTATION_KEYS = ("expect", "missing", "disputed", "criteria", "advice")
# What a case file may state beside that; embedded examples leave it to the text of their policy.
FURTHER_KEYS = ("sanction", "force", "message")
REASONS = ("met", "exempt", "not_applicable", "not_in_force", "open")
NORM_VERDICTS = ("violation", "advice", "unknown", "ok")
SANCTIONS = ("yes", "disputed", "none")
NOTHING = "—"


class Mismatch(NamedTuple):
    """One thing that came out otherwise: `what` is the key of the case, or the name of a criterion.

    `expected` and `got` are words of the language, as a case writes them.
    """

    what: str
    expected: str
    got: str
    span: Span

    def message(self) -> Text:
        """The mismatch as a sentence."""
        if self.what == "remedy_sets":
            return Text(
                f"`remedy_sets` не устраняет нарушение: и после него `{self.got}`",
                f"`remedy_sets` does not cure the violation: after it there is still `{self.got}`",
            )
        ru, en = (
            f"ожидалось `{self.expected}`, получено `{self.got}`",
            f"expected `{self.expected}`, got `{self.got}`",
        )
        return Text(ru, en) if self.what == "expect" else Text(f"`{self.what}`: {ru}", f"`{self.what}`: {en}")

    def problem(self) -> Problem:
        """The mismatch as a problem of the text that states what is expected."""
        help_ = Text("исправьте пример или политику", "mend the example or the policy")
        if self.what == "remedy_sets":
            help_ = Text("исправьте `remedy_sets`", "mend `remedy_sets`")
        return Problem("example-mismatch", self.message(), help_, self.span, self.span.file)


# --- whether the words exist ---------------------------------------------------------------------------------


def verdict_words(policy: Policy) -> tuple[str, ...]:
    """What `expect` may say of a policy: verdicts, reasons of an `ok`, outcomes of a decision."""
    if isinstance(policy, Decision):
        return (*policy.outcomes, "unknown", "ok", "not_applicable", "not_in_force", "open")
    return (*NORM_VERDICTS, *REASONS)


def check_expectation(node: Mapping, policy: Policy, reader: FileReader) -> None:
    """Note every name in an expectation that does not exist. Keys that are not there are not asked for."""
    words = verdict_words(policy)
    _known(reader, node.get("expect"), "unknown-value", Text("вердикт", "verdict"), words)
    reader.texts(node.get("missing"))
    readings = [reading.id for reading in policy.readings if not reading.chosen]
    for key, value in _entries(reader, node, "disputed"):
        _known(reader, key, "unknown-reading", Text("другое прочтение", "other reading"), readings)
        _known(reader, value, "unknown-value", Text("вердикт", "verdict"), words)
    decision = policy if isinstance(policy, Decision) else None
    criteria = [c.id for c in (*decision.criteria, *decision.exclusions)] if decision else []
    for key, value in _entries(reader, node, "criteria"):
        _known(reader, key, "unknown-criterion", Text("признак или исключение", "criterion or exclusion"), criteria)
        _known(reader, value, "unknown-value", Text("истинность", "truth"), [truth.value for truth in Truth])
    advice = node.get("advice")
    reader.texts(advice)
    for item in _items(advice):
        what = Text("признак, о котором есть совет", "criterion that has advice")
        _known(reader, item, "unknown-criterion", what, decision.advice if decision else ())
    _known(reader, node.get("sanction"), "unknown-value", Text("применимость санкции", "sanction"), SANCTIONS)
    _known(reader, node.get("force"), "unknown-value", Text("сила акта", "force"), [force.value for force in Force])
    reader.text(node.get("message"))


def _known(reader: FileReader, node: Node | None, code: str, what: Text, known: Collection[str]) -> None:
    text = reader.text(node)
    if text is not None and text not in known:
        assert isinstance(node, Scalar)
        reader.unknown_name(code, node, what, known)


def _entries(reader: FileReader, node: Mapping, key: str) -> Iterator[tuple[Scalar, Node]]:
    mapping = reader.mapping(node.get(key), Text(f"`{key}`", f"`{key}`"))
    if mapping is not None:
        yield from mapping.items()


def _items(node: Node | None) -> list[Node]:
    if isinstance(node, Sequence):
        return node.items
    return [] if node is None else [node]


# --- whether a result is as expected -------------------------------------------------------------------------


def compare(node: Mapping, result: Result, file: str) -> Iterator[Mismatch]:
    """Where a result differs from what a case (of checked words) expects. What it does not state may be anything.

    But for disputes: a dispute that the case does not mention is a mismatch too, disputed law is never hidden.
    """
    span = node.span(file)
    expected = text_of(node.get("expect"))
    got = result["reason"] or result["verdict"]
    if expected not in (got, result["verdict"]):
        yield Mismatch("expect", expected, got, _span(node, "expect", span))
    yield from _missing(node, result, span)
    yield from _disputed(node, result, span)
    truths = {criterion["id"]: str(criterion["truth"]) for criterion in result.get("criteria", [])}
    for name, wanted in _texts(node.get("criteria")).items():
        if truths.get(name) != wanted:
            place = node.get("criteria")
            assert isinstance(place, Mapping)
            yield Mismatch(name, wanted, truths.get(name, NOTHING), _span(place, name, span))
    if node.get("advice") is not None:
        advice = [text_of(item) for item in _items(node.get("advice"))]
        given = [advice["criterion"] for advice in result.get("advice", [])]
        if advice != given:
            yield Mismatch("advice", _list(advice), _list(given), _span(node, "advice", span))
    yield from _further(node, result, span)


def _missing(node: Mapping, result: Result, span: Span) -> Iterator[Mismatch]:
    if node.get("missing") is None:
        return
    got = {fact["path"] for fact in result["missing"]}
    prefix = (ROOT if result["subject"] == ROOT else result["subject"]) + "."
    wanted = {text_of(item) for item in _items(node.get("missing"))}
    # A case may leave out the path of what is judged.
    full = {prefix + name if name not in got and prefix + name in got else name for name in wanted}
    if full != got:
        yield Mismatch("missing", _list(sorted(full)), _list(sorted(got)), _span(node, "missing", span))


def _disputed(node: Mapping, result: Result, span: Span) -> Iterator[Mismatch]:
    wanted = _texts(node.get("disputed"))
    got = {other["reading"]: other["verdict"] for other in result["disputed"] or ()}
    if wanted != got:
        yield Mismatch("disputed", _pairs(wanted), _pairs(got), _span(node, "disputed", span))


def _further(node: Mapping, result: Result, span: Span) -> Iterator[Mismatch]:
    sanction = result["sanction"]["applies"] if result["sanction"] else "none"
    for key, got in (("sanction", sanction), ("force", result["force"])):
        wanted = text_of(node.get(key))
        if wanted and wanted != got:
            yield Mismatch(key, wanted, got, _span(node, key, span))
    words, message = text_of(node.get("message")), result["message"]
    if words and (message is None or (words not in message["ru"] and words not in message["en"])):
        told = NOTHING if message is None else message["ru"]
        yield Mismatch("message", words, told, _span(node, "message", span))


def _span(node: Mapping, key: str, otherwise: Span) -> Span:
    """The place of the value under a key, or of the case when it does not have the key."""
    found = node.get(key)
    return otherwise if found is None else found.span(otherwise.file)


def text_of(node: Node | None) -> str:
    """The text of a scalar; nothing for anything else."""
    return node.text if isinstance(node, Scalar) else ""


def _texts(node: Node | None) -> dict[str, str]:
    return {key.text: text_of(value) for key, value in node.items()} if isinstance(node, Mapping) else {}


def _pairs(pairs: dict[str, str]) -> str:
    return _list([f"{key}: {value}" for key, value in sorted(pairs.items())])


def _list(names: list[str]) -> str:
    return ", ".join(names) or NOTHING
