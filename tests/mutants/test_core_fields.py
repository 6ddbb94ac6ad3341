"""What conditions on fields, references and lists are read to. Blocks as in `test_core_conditions.py`."""

from __future__ import annotations

from typing import get_args

from test_core_conditions import READ as CONNECTIVES
from test_core_conditions import blocks, told

from validator.logic.expr import Condition

READ = """
people: {status: {is: active}}
  Compare 11-13 is
    Field 2-8 person status enum
    Literal 15-21 active

people: {status: {is_not: active}}
  Not 11-17
    Compare 11-17 is
      Field 2-8 person status enum
      Literal 19-25 active

people: {status: {in: [active]}}
  OneOf 11-13 {'active'}
    Field 2-8 person status enum

people: {status: {not_in: [active]}}
  Not 11-17
    OneOf 11-17 {'active'}
      Field 2-8 person status enum

people: {load: {in: [1, 2]}}
  OneOf 9-11 {1, 2}
    Field 2-6 person load integer

people: {load: {at_least: 1, at_most: 3}}
  AllOf 8-33
    Compare 9-17 at_least
      Field 2-6 person load integer
      Literal 19-20 1
    Compare 22-29 at_most
      Field 2-6 person load integer
      Literal 31-32 3

people: {load: {more_than: {field: person.rank}}}
  Compare 9-18 more_than
    Field 2-6 person load integer
    Field 28-39 person rank integer

people: {load: {field: person.rank}}
  Compare 2-6 is
    Field 2-6 person load integer
    Field 16-27 person rank integer

people: {load: {param: few}}
  Compare 2-6 is
    Field 2-6 person load integer
    ParameterValue 16-19 few integer

people: {first_on: {after: {param: start}}}
  Compare 13-18 after
    Field 2-10 person first_on date
    ParameterValue 28-33 start date

people: {first_on: {before: as_of}}
  Compare 13-19 before
    Field 2-10 person first_on date
    AsOf 21-26

people: {first_on: {on_or_before: {as_of: {plus_days: -3}}}}
  Compare 13-25 on_or_before
    Field 2-10 person first_on date
    Shifted 27-51 -3
      AsOf 27-51

people: {seen_on: {on_or_after: 2025-09-01}}
  Compare 12-23 on_or_after
    Field 2-9 person seen_on date
    Literal 25-35 2025-09-01

people: {seen_on: never}
  Compare 2-9 is
    Field 2-9 person seen_on date
    Literal 11-16 never

people: {service: {listed_in: foreign}}
  ListedIn 23-30 foreign
    Field 2-9 person service service

people: {service: alpha}
  Compare 2-9 is
    Field 2-9 person service service
    Literal 11-16 alpha

organization: {tags: [red, green]}
  Compare 2-6 is
    Field 2-6 organization tags set
    Literal 8-20 {'green', 'red'}

organization: {tags: {is: [red]}}
  Compare 9-11 is
    Field 2-6 organization tags set
    Literal 13-18 {'red'}

organization: {tags: {empty: true}}
  Compare 2-6 is
    Field 2-6 organization tags set
    Literal 16-20 {}

organization: {tags: {empty: false}}
  Not 2-6
    Compare 2-6 is
      Field 2-6 organization tags set
      Literal 16-21 {}

organization: {tags: {contains: red}}
  SetTest 9-17 contains_any
    Field 2-6 organization tags set
    Literal 19-22 {'red'}

organization: {tags: {contains_any: [red, blue]}}
  SetTest 9-21 contains_any
    Field 2-6 organization tags set
    Literal 23-34 {'blue', 'red'}

organization: {tags: {contains_all: {values: warm}}}
  SetTest 9-21 contains_all
    Field 2-6 organization tags set
    Literal 23-37 {'green', 'red'}

organization: {tags: {within: {field: organization.paints}}}
  SetTest 9-15 within
    Field 2-6 organization tags set
    Field 25-44 organization paints set

people: {organization: {tags: {contains: {field: person.skill}}}}
  SetTest 24-32 contains_any
    Field 17-21 organization tags set
    Field 42-54 person skill enum

decision on people: {status: {known: true}}
  Known 11-16
    Field 2-8 person status enum

decision on people: {status: {known: false}}
  Not 11-16
    Known 11-16
      Field 2-8 person status enum

decision on people: {friends: {known: true}}
  Known 12-17
    Field 2-9 person friends set

people: {team: none}
  Compare 2-6 is
    Field 2-6 person team ref
    Literal 8-12 none

people: {team: {is_not: none}}
  Not 9-15
    Compare 9-15 is
      Field 2-6 person team ref
      Literal 17-21 none

people: {team: {open: true}}
  Follow 2-6 team
    Field 2-6 person team ref
    Compare 9-13 is
      Field 9-13 team open boolean
      Literal 15-19 True

people: {team: {lead: {team: {open: true}}}}
  Follow 2-6 team
    Field 2-6 person team ref
    Follow 9-13 person#2
      Field 9-13 team lead ref
      Follow 16-20 team#2
        Field 16-20 person#2 team ref
        Compare 23-27 is
          Field 23-27 team#2 open boolean
          Literal 29-33 True

organization: {people: {some: {load: 1}}}
  Quantified 11-15 some person
    ListPath 2-8 organization people list
    Compare 18-22 is
      Field 18-22 person load integer
      Literal 24-25 1

organization: {people: {every: {load: 1}, no: {rank: 1}}}
  AllOf 10-43
    Quantified 11-16 every person
      ListPath 2-8 organization people list
      Compare 19-23 is
        Field 19-23 person load integer
        Literal 25-26 1
    Quantified 29-31 no person
      ListPath 2-8 organization people list
      Compare 34-38 is
        Field 34-38 person rank integer
        Literal 40-41 1

organization: {people: {some: {organization: {people: {some: {load: {field: colleague.load}}, as: colleague}}}}}
  Quantified 11-15 some person
    ListPath 2-8 organization people list
    Quantified 42-46 some colleague
      ListPath 33-39 organization people list
      Compare 49-53 is
        Field 49-53 colleague load integer
        Field 63-77 colleague load integer

organization: {people: {every: {tasks: {some: {helper: {load: 1}}}}}}
  Quantified 11-16 every person
    ListPath 2-8 organization people list
    Quantified 27-31 some task
      ListPath 19-24 person tasks list
      Follow 34-40 person#2
        Field 34-40 task helper ref
        Compare 43-47 is
          Field 43-47 person#2 load integer
          Literal 49-50 1

organization: {people: {count: {of: {load: 1}, is: 2}}}
  Compare 38-39 is
    CountOf 2-8 person
      ListPath 2-8 organization people list
      Compare 24-28 is
        Field 24-28 person load integer
        Literal 30-31 1
    Literal 38-39 2

organization: {people: {count: {of: {load: 1}, is: {at_least: 1, is_not: 5}}}}
  AllOf 38-62
    Compare 39-47 at_least
      CountOf 2-8 person
        ListPath 2-8 organization people list
        Compare 24-28 is
          Field 24-28 person load integer
          Literal 30-31 1
      Literal 49-50 1
    Not 52-58
      Compare 52-58 is
        CountOf 2-8 person
          ListPath 2-8 organization people list
          Compare 24-28 is
            Field 24-28 person load integer
            Literal 30-31 1
        Literal 60-61 5

organization: {people: {count: {of: {p: {load: 1}}, is: {at_most: {param: few}}}, as: p}}
  Compare 44-51 at_most
    CountOf 2-8 p
      ListPath 2-8 organization people list
      Compare 28-32 is
        Field 28-32 p load integer
        Literal 34-35 1
    ParameterValue 61-64 few integer

organization: {people: {some: {organization: {people: {some: {organization: {people: {some: {load: 1}}}}}}}}}
  Quantified 11-15 some person
    ListPath 2-8 organization people list
    Quantified 42-46 some person#2
      ListPath 33-39 organization people list
      Quantified 73-77 some person#3
        ListPath 64-70 organization people list
        Compare 80-84 is
          Field 80-84 person#3 load integer
          Literal 86-87 1

organization: {tags: {contains: [red]}}
  SetTest 9-17 contains_any
    Field 2-6 organization tags set
    Literal 19-24 {'red'}

organization: {people: {count: {of: {load: 1}, is: {at_least: {field: organization.budget}}}}}
  Compare 39-47 at_least
    CountOf 2-8 person
      ListPath 2-8 organization people list
      Compare 24-28 is
        Field 24-28 person load integer
        Literal 30-31 1
    Field 57-76 organization budget decimal
"""


def test_every_form_of_field_reference_and_list_is_read_to_its_tree() -> None:
    assert [block for block in blocks(READ) if told(block.splitlines()[0]) != block] == []


def test_a_sound_condition_leaves_no_problem_behind() -> None:
    left = [block for block in blocks(CONNECTIVES) + blocks(READ) if "nothing" in block or "/" in block]
    assert left == []


def test_the_trees_hold_every_kind_of_condition() -> None:
    words = set((CONNECTIVES + READ).split())
    assert {kind.__name__ for kind in get_args(Condition)} <= words
