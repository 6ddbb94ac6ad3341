"""What conditions are read to, node by node with the columns they stand at.

A block is a condition, after the list that it is about, and under it the tree that the reader makes of it. Whoever
changes the reader on purpose changes the tree with it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from validator.language.conditions import ConditionReader
from validator.language.scopes import Known, scope_of
from validator.language.source import read_yaml
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.frozen import Placed
from validator.logic.problem import Problem, Span
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text

TOY = Path(__file__).resolve().parents[1] / "interpreters" / "toy.schema.json"
KNOWN = Known(
    {"ORG-RED": "organization", "PERSON-NEW": "people", "TASK-DUE": "people.tasks", "LOST": "nowhere"},
    {"few": Kind.INTEGER, "start": Kind.DATE},
    {"foreign": "services", "home": "services"},
    {"warm": frozenset({"red", "green"})},
    frozenset({"alpha", "beta"}),
)


@functools.cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(TOY.read_bytes())


def told(line: str) -> str:
    """The block of a condition: the tree that is read, or what is wrong with it."""
    about, _, written = line.partition(": ")
    decision, about = about.startswith("decision on "), about.removeprefix("decision on ")
    problems: list[Problem] = []
    reader = ConditionReader("", problems, KNOWN)
    if decision:
        reader.allow_known = True
    found = reader.condition(read_yaml(written.encode(), "", object_only=False).root, scope_of(vocabulary(), about))
    lines = [line, *(tree(found, "  ") if found is not None else ["  nothing"])]
    for problem in dict.fromkeys(problems):  # each once, as a refusal tells them
        assert problem.span is not None
        lines.append(f"  {problem.code} {place(problem.span)}")
        lines += [f"    {line}" for text in (problem.message, problem.help) for line in bilingual(text)]
    return "\n".join(lines)


def bilingual(text: Text) -> list[str]:
    """Both languages, on one line where they fit."""
    both = f"{text.ru} / {text.en}"
    return [both] if len(both) < 110 else [text.ru, f"/ {text.en}"]


def tree(node: Placed, indent: str) -> Iterator[str]:
    """A node: its type, columns and plain attributes on one line, the nodes in it below."""
    inner: list[Placed] = []
    words = []
    for name in type(node).__match_args__:
        value = getattr(node, name)
        if isinstance(value, Placed):
            inner.append(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Placed):
            inner += value
        elif name != "span":
            words.append(spelt(value))
    yield f"{indent}{' '.join([type(node).__name__, place(node.span), *words])}".rstrip()
    for part in inner:
        yield from tree(part, indent + "  ")


def spelt(value: object) -> str:
    match value:
        case FieldShape():
            return value.kind.value
        case tuple():
            return ".".join(value)
        case frozenset():
            return f"{{{', '.join(sorted(map(repr, value)))}}}"
        case str():
            return value
        case _:
            return str(getattr(value, "value", value))


def place(span: Span) -> str:
    """Where a node stands: the columns, as a block is one line."""
    assert span.line == span.end_line == 1
    return f"{span.column}-{span.end_column}"


def blocks(text: str) -> list[str]:
    return text.strip("\n").split("\n\n")


READ = """
people: {status: active}
  Compare 2-8 is
    Field 2-8 person status enum
    Literal 10-16 active

people: {status: active, load: 2}
  AllOf 1-26
    Compare 2-8 is
      Field 2-8 person status enum
      Literal 10-16 active
    Compare 18-22 is
      Field 18-22 person load integer
      Literal 24-25 2

people: {all: [{load: 1}, {load: 2}]}
  AllOf 2-5
    Compare 9-13 is
      Field 9-13 person load integer
      Literal 15-16 1
    Compare 20-24 is
      Field 20-24 person load integer
      Literal 26-27 2

people: {any: [{load: 1}, {load: 2}]}
  AnyOf 2-5
    Compare 9-13 is
      Field 9-13 person load integer
      Literal 15-16 1
    Compare 20-24 is
      Field 20-24 person load integer
      Literal 26-27 2

people: {all: [{load: 1}]}
  AllOf 2-5
    Compare 9-13 is
      Field 9-13 person load integer
      Literal 15-16 1

people: {not: {load: 1}}
  Not 2-5
    Compare 8-12 is
      Field 8-12 person load integer
      Literal 14-15 1

people: {meets: PERSON-NEW}
  Meets 9-19 PERSON-NEW person

people: {organization: {meets: ORG-RED}}
  Meets 24-31 ORG-RED organization

people.tasks: {meets: TASK-DUE}
  Meets 9-17 TASK-DUE task

people: {undecided: Q9}
  Undecided 13-15 Q9

people: {fresh: {of: {load: 1}, on: first_on, within_days: 30}}
  Fresh 2-7 30
    Compare 15-19 is
      Field 15-19 person load integer
      Literal 21-22 1
    Field 29-37 person first_on date

people: {fresh: {of: {load: 1}, on: seen_on, within_days: {param: few}}}
  Fresh 2-7
    Compare 15-19 is
      Field 15-19 person load integer
      Literal 21-22 1
    Field 29-36 person seen_on date
    ParameterValue 59-62 few integer

people: {sum: {of: [load, rank], more_than: 5}}
  Compare 26-35 more_than
    Sum 2-5
      Field 13-17 person load integer
      Field 19-23 person rank integer
    Literal 37-38 5

people: {sum: {of: [load, rank], is: 5, at_most: {param: few}}}
  AllOf 7-55
    Compare 26-28 is
      Sum 2-5
        Field 13-17 person load integer
        Field 19-23 person rank integer
      Literal 30-31 5
    Compare 33-40 at_most
      Sum 2-5
        Field 13-17 person load integer
        Field 19-23 person rank integer
      ParameterValue 50-53 few integer

people: {sum: {of: [load], is_not: 5}}
  Not 20-26
    Compare 20-26 is
      Sum 2-5
        Field 13-17 person load integer
      Literal 28-29 5

people: {sum: {of: [load], at_least: 0.5}}
  Compare 20-28 at_least
    Sum 2-5
      Field 13-17 person load integer
    Literal 30-33 0.5

people: {ratio: {of: load, to: rank, at_least: 50}}
  Compare 30-38 at_least
    Ratio 2-7
      Field 14-18 person load integer
      Field 24-28 person rank integer
    Literal 40-42 50

organization: {ratio: {of: {people: {count: {load: 1}}}, to: {teams: {count: {open: true}, as: t}}, is: 5}}
  Compare 87-89 is
    Ratio 2-7
      CountOf 15-21 person
        ListPath 15-21 organization people list
        Compare 32-36 is
          Field 32-36 person load integer
          Literal 38-39 1
      CountOf 49-54 t
        ListPath 49-54 organization teams list
        Compare 65-69 is
          Field 65-69 t open boolean
          Literal 71-75 True
    Literal 91-92 5

organization: {ratio: {of: budget, to: public_share.region, is_not: 50}}
  Not 47-53
    Compare 47-53 is
      Ratio 2-7
        Field 14-20 organization budget decimal
        Field 26-45 organization public_share.region decimal
      Literal 55-57 50

organization: {public_share: {region: {more_than: 50}}}
  Compare 26-35 more_than
    Field 17-23 organization public_share.region decimal
    Literal 37-39 50

people: {sum: {of: [load], more_than: {field: person.rank}}}
  Compare 20-29 more_than
    Sum 2-5
      Field 13-17 person load integer
    Field 39-50 person rank integer

people: {ratio: {of: load, to: rank, at_most: {field: person.grade}}}
  Compare 30-37 at_most
    Ratio 2-7
      Field 14-18 person load integer
      Field 24-28 person rank integer
    Field 47-59 person grade integer
"""


def test_every_connective_total_and_share_is_read_to_its_tree() -> None:
    assert [block for block in blocks(READ) if told(block.splitlines()[0]) != block] == []


def test_a_definition_of_a_list_that_is_not_there_is_told_where_it_is_defined_only() -> None:
    assert told("people: {meets: LOST}").splitlines()[1:] == ["  nothing"]
