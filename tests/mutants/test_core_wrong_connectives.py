"""What is said of connectives, totals and shares that are written wrongly: code, columns, message and help.

Blocks as in `test_core_conditions.py`.
"""

from __future__ import annotations

from test_core_conditions import blocks, told

TOLD = """
people: 5
  nothing
  mapping-expected 1-2
    условие: ожидается набор «ключ: значение» / condition: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

people: {lod: 1}
  nothing
  unknown-field 2-5
    неизвестное имя `lod` (поле) / unknown field `lod`
    похоже на `load` / did you mean `load`?

organization: {people: {some: {organization: {people: {some: {person2: 1}}}}}}
  nothing
  unknown-field 49-56
    неизвестное имя `person2` (поле) / unknown field `person2`
    похоже на `person` / did you mean `person`?

people: {load: x, rank: 1}
  nothing
  wrong-type 8-9
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

people: {all: {load: 1}}
  nothing
  list-expected 7-16
    ожидается список / expected a list
    пишите `[…]` или строки, начинающиеся с `- ` / write `[…]`, or lines that start with `- `

people: {all: 5}
  nothing
  list-expected 7-8
    ожидается список / expected a list
    пишите `[…]` или строки, начинающиеся с `- ` / write `[…]`, or lines that start with `- `

people: {any: [{load: 1}, {load: x}]}
  nothing
  wrong-type 26-27
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

people: {not: {load: x}}
  nothing
  wrong-type 14-15
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

people: {not: 5}
  nothing
  mapping-expected 7-8
    условие: ожидается набор «ключ: значение» / condition: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

people: {meets: ""}
  nothing
  text-expected 9-11
    ожидается непустой текст / expected a text that is not empty
    напишите текст в той же строке после двоеточия / write the text on this line after the colon

people: {meets: PERSON-NWE}
  nothing
  unknown-definition 9-19
    неизвестное имя `PERSON-NWE` (определение) / unknown definition `PERSON-NWE`
    похоже на `PERSON-NEW` / did you mean `PERSON-NEW`?

people: {meets: ORG-RED}
  nothing
  wrong-scope 9-16
    определение `ORG-RED` описывает `organization`, а здесь `people`
    / definition `ORG-RED` is about `organization`, but this is `people`
    перейдите к нужной записи: `organization: {meets: ORG-RED}`
    / step to the right record first: `organization: {meets: ORG-RED}`

organization: {meets: PERSON-NEW}
  nothing
  wrong-scope 9-19
    определение `PERSON-NEW` описывает `people`, а здесь `organization`
    / definition `PERSON-NEW` is about `people`, but this is `organization`
    перейдите к нужной записи: `person: {meets: PERSON-NEW}`
    / step to the right record first: `person: {meets: PERSON-NEW}`

organization: {public_share: {meets: ORG-RED}}
  nothing
  wrong-scope 24-31
    определение `ORG-RED` описывает `organization`, а здесь `organization.public_share`
    / definition `ORG-RED` is about `organization`, but this is `organization.public_share`
    перейдите к нужной записи: `organization: {meets: ORG-RED}`
    / step to the right record first: `organization: {meets: ORG-RED}`

people: {undecided: ""}
  nothing
  text-expected 13-15
    ожидается непустой текст / expected a text that is not empty
    напишите текст в той же строке после двоеточия / write the text on this line after the colon

people: {fresh: 5}
  nothing
  mapping-expected 9-10
    `fresh`: ожидается набор «ключ: значение» / `fresh`: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

people: {fresh: {of: {load: 1}, on: first_on}}
  nothing
  missing-key 9-38
    не хватает ключа `within_days` / key `within_days` is missing
    добавьте `within_days:` / add `within_days:`

people: {fresh: {off: {load: 1}, on: first_on, within_days: 1}}
  nothing
  unknown-key 10-13
    неизвестное имя `off` (ключ) / unknown key `off`
    похоже на `of` / did you mean `of`?

people: {fresh: {of: {load: 1}, on: load, within_days: 1}}
  nothing
  wrong-type 29-33
    поле «Нагрузка» (целое число) здесь не подходит / field “Load” (a whole number) does not fit here
    нужно: день / wanted: a day

people: {fresh: {of: {load: x}, on: first_on, within_days: 1}}
  nothing
  wrong-type 21-22
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

people: {fresh: {of: {load: 1}, on: frst_on, within_days: 1}}
  nothing
  unknown-field 29-36
    неизвестное имя `frst_on` (поле) / unknown field `frst_on`
    похоже на `first_on` / did you mean `first_on`?

people: {fresh: {of: {load: 1}, on: first_on, within_days: x}}
  nothing
  integer-expected 52-53
    `x` не целое число / `x` is not a whole number
    пишите только цифры / write digits only

people: {sum: 5}
  nothing
  mapping-expected 7-8
    `sum`: ожидается набор «ключ: значение» / `sum`: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

people: {sum: {of: [load], mor_than: 5}}
  nothing
  unknown-key 20-28
    неизвестное имя `mor_than` (ключ) / unknown key `mor_than`
    похоже на `more_than` / did you mean `more_than`?

people: {sum: {more_than: 5}}
  nothing
  missing-key 7-21
    не хватает ключа `of` / key `of` is missing
    добавьте `of:` / add `of:`

people: {sum: {of: [], more_than: 5}}
  nothing
  list-expected 12-14
    складывать нечего / there is nothing to add up
    назовите поля: `of: [поле, поле]` / name the fields: `of: [field, field]`

people: {sum: {of: load, more_than: 5}}
  nothing
  list-expected 12-16
    ожидается список / expected a list
    пишите `[…]` или строки, начинающиеся с `- ` / write `[…]`, or lines that start with `- `

people: {sum: {of: [lod], more_than: 5}}
  nothing
  unknown-field 13-16
    неизвестное имя `lod` (поле) / unknown field `lod`
    похоже на `load` / did you mean `load`?

people: {sum: {of: [load, status], more_than: 5}}
  nothing
  wrong-type 19-25
    поле «Состояние» (слово или текст) здесь не подходит / field “Status” (a word or text) does not fit here
    нужно: число / wanted: a number

people: {sum: {of: [load]}}
  nothing
  missing-comparison 7-19
    нет сравнения / there is no comparison
    добавьте, например, `more_than: 50` / add one, for example `more_than: 50`

people: {sum: {of: [load], more_than: x}}
  nothing
  wrong-type 31-32
    ожидается число, а не `x` / expected a number, not `x`
    пишите цифры, дробную часть через точку / write digits, with a point for decimals

people: {sum: {of: [load], more_than: 1, less_than: x}}
  nothing
  wrong-type 45-46
    ожидается число, а не `x` / expected a number, not `x`
    пишите цифры, дробную часть через точку / write digits, with a point for decimals

people: {ratio: 5}
  nothing
  mapping-expected 9-10
    `ratio`: ожидается набор «ключ: значение» / `ratio`: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

people: {ratio: {of: load, more_than: 5}}
  nothing
  missing-key 9-33
    не хватает ключа `to` / key `to` is missing
    добавьте `to:` / add `to:`

people: {ratio: {of: load, too: rank, more_than: 5}}
  nothing
  unknown-key 20-23
    неизвестное имя `too` (ключ) / unknown key `too`
    похоже на `to` / did you mean `to`?

people: {ratio: {of: load, to: rank}}
  nothing
  missing-comparison 9-29
    нет сравнения / there is no comparison
    добавьте, например, `more_than: 50` / add one, for example `more_than: 50`

people: {ratio: {of: status, to: rank, more_than: 5}}
  nothing
  wrong-type 14-20
    поле «Состояние» (слово или текст) здесь не подходит / field “Status” (a word or text) does not fit here
    нужно: число / wanted: a number

people: {ratio: {of: load, to: status, more_than: 5}}
  nothing
  wrong-type 24-30
    поле «Состояние» (слово или текст) здесь не подходит / field “Status” (a word or text) does not fit here
    нужно: число / wanted: a number

organization: {ratio: {of: {people: {some: {load: 1}}}, to: budget, is: 1}}
  nothing
  unknown-key 24-28
    неизвестное имя `some` (ключ) / unknown key `some`
    допустимо: `as`, `count` / expected one of: `as`, `count`
  missing-key 23-40
    не хватает ключа `count` / key `count` is missing
    добавьте `count:` / add `count:`

organization: {ratio: {of: {people: {count: {load: 1}, is: 1}}, to: budget, is: 1}}
  nothing
  unknown-key 42-44
    неизвестное имя `is` (ключ) / unknown key `is`
    допустимо: `as`, `count` / expected one of: `as`, `count`

organization: {ratio: {of: {people: 5}, to: budget, is: 1}}
  nothing
  count-expected 14-25
    ожидается поле или `список: {count: условие}` / expected a field or `list: {count: condition}`
    например `services: {count: {purpose: teaching}}` / for example `services: {count: {purpose: teaching}}`

organization: {ratio: {of: {budget: {count: 1}}, to: budget, is: 1}}
  nothing
  count-expected 14-34
    ожидается поле или `список: {count: условие}` / expected a field or `list: {count: condition}`
    например `services: {count: {purpose: teaching}}` / for example `services: {count: {purpose: teaching}}`

organization: {ratio: {of: {poeple: {count: 1}}, to: budget, is: 1}}
  nothing
  count-expected 14-34
    ожидается поле или `список: {count: условие}` / expected a field or `list: {count: condition}`
    например `services: {count: {purpose: teaching}}` / for example `services: {count: {purpose: teaching}}`

organization: {ratio: {of: {people: {count: {load: 1}}, teams: {count: {open: true}}}, to: budget, is: 1}}
  nothing
  count-expected 14-72
    ожидается поле или `список: {count: условие}` / expected a field or `list: {count: condition}`
    например `services: {count: {purpose: teaching}}` / for example `services: {count: {purpose: teaching}}`

organization: {ratio: {of: {people: {count: {load: x}}}, to: budget, is: 1}}
  nothing
  wrong-type 38-39
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field
"""


def test_every_mistake_in_a_connective_is_told_at_its_place() -> None:
    assert [block for block in blocks(TOLD) if told(block.splitlines()[0]) != block] == []


def test_nothing_is_made_of_a_wrong_condition() -> None:
    assert [block for block in blocks(TOLD) if block.splitlines()[1] != "  nothing"] == []
    assert [block for block in blocks(TOLD) if len(block.splitlines()) < 5] == []
