"""What is said of fields and lists that are written wrongly: code, columns, message and help.

Blocks as in `test_core_conditions.py`.
"""

from __future__ import annotations

from test_core_conditions import blocks, told

TOLD = """
people: {load: {}}
  nothing
  missing-comparison 8-10
    нет сравнения с полем `load` / field `load` is not compared with anything
    допустимо: `at_least`, `at_most`, `in`, `is`, `is_not`, `known`, `less_than`, `more_than`, `not_in`
    / expected one of: `at_least`, `at_most`, `in`, `is`, `is_not`, `known`, `less_than`, `more_than`, `not_in`

people: {load: [1, 2]}
  nothing
  list-not-allowed 8-14
    здесь нужно одно значение / one value is wanted here
    для нескольких пишите `{in: […]}` / for several write `{in: […]}`

people: {load: {is: [1, 2]}}
  nothing
  wrong-type 13-19
    для поля «Нагрузка» ожидается целое число / field “Load” takes a whole number
    исправьте значение или выберите другое поле / mend the value or choose another field

people: {load: {at_lest: 1}}
  nothing
  unknown-operator 9-16
    неизвестное имя `at_lest` (сравнение для «Нагрузка») / unknown comparison for “Load” `at_lest`
    похоже на `at_least` / did you mean `at_least`?

people: {load: {at_least: 1, at_most: x}}
  nothing
  wrong-type 31-32
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

people: {load: {parm: few}}
  nothing
  unknown-operator 9-13
    неизвестное имя `parm` (сравнение для «Нагрузка») / unknown comparison for “Load” `parm`
    похоже на `param` / did you mean `param`?

people: {status: {more_than: 1}}
  nothing
  unknown-operator 11-20
    неизвестное имя `more_than` (сравнение для «Состояние») / unknown comparison for “Status” `more_than`
    допустимо: `in`, `is`, `is_not`, `known`, `listed_in`, `not_in`
    / expected one of: `in`, `is`, `is_not`, `known`, `listed_in`, `not_in`

people: {first_on: {at_least: 1}}
  nothing
  unknown-operator 13-21
    неизвестное имя `at_least` (сравнение для «С») / unknown comparison for “First on” `at_least`
    допустимо: `after`, `before`, `is`, `is_not`, `known`, `on_or_after`, `on_or_before`
    / expected one of: `after`, `before`, `is`, `is_not`, `known`, `on_or_after`, `on_or_before`

organization: {tags: {in: [red]}}
  nothing
  unknown-operator 9-11
    неизвестное имя `in` (сравнение для «Метки») / unknown comparison for “Tags” `in`
    допустимо: `contains`, `contains_all`, `contains_any`, `empty`, `is`, `is_not`, `known`, `within`
    / expected one of: `contains`, `contains_all`, `contains_any`, `empty`, `is`, `is_not`, `known`, `within`

organization: {bound: {in: [true]}}
  nothing
  unknown-operator 10-12
    неизвестное имя `in` (сравнение для «Связана») / unknown comparison for “Bound” `in`
    допустимо: `is`, `is_not`, `known` / expected one of: `is`, `is_not`, `known`

people: {service: {listed_on: foreign}}
  nothing
  unknown-operator 12-21
    неизвестное имя `listed_on` (сравнение для «Сервис») / unknown comparison for “Service” `listed_on`
    похоже на `listed_in` / did you mean `listed_in`?

people: {status: {in: active}}
  nothing
  list-expected 15-21
    ожидается список значений / expected a list of values
    пишите `[…]` или `{values: имя}` / write `[…]` or `{values: name}`

people: {status: {not_in: [actve]}}
  nothing
  unknown-value 20-25
    неизвестное имя `actve` (значение поля «Состояние») / unknown value of “Status” `actve`
    похоже на `active` / did you mean `active`?

people: {team: {open: x}}
  nothing
  wrong-type 15-16
    для поля «Открыта» ожидается `true` или `false`, а не `x` / field “Open” takes `true` or `false`, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

people: {status: {known: true}}
  nothing
  known-in-norm 11-16
    `known` допустимо только в решениях / `known` is allowed in decisions only
    в норме недостающий факт сам даёт ответ «нет данных» / in a norm a missing fact already gives `unknown`

people: {status: {known: x}}
  nothing
  boolean-expected 18-19
    ожидается `true` или `false` / expected `true` or `false`
    без кавычек / without quotes
  known-in-norm 11-16
    `known` допустимо только в решениях / `known` is allowed in decisions only
    в норме недостающий факт сам даёт ответ «нет данных» / in a norm a missing fact already gives `unknown`

decision on people: {status: {known: x}}
  nothing
  boolean-expected 18-19
    ожидается `true` или `false` / expected `true` or `false`
    без кавычек / without quotes

organization: {tags: {empty: x}}
  nothing
  boolean-expected 16-17
    ожидается `true` или `false` / expected `true` or `false`
    без кавычек / without quotes

people: {service: {listed_in: ""}}
  nothing
  text-expected 23-25
    ожидается непустой текст / expected a text that is not empty
    напишите текст в той же строке после двоеточия / write the text on this line after the colon

people: {service: {listed_in: foriegn}}
  nothing
  unknown-register 23-30
    неизвестное имя `foriegn` (перечень) / unknown register `foriegn`
    похоже на `foreign` / did you mean `foreign`?

organization: {tags: {contains: pink}}
  nothing
  unknown-value 19-23
    неизвестное имя `pink` (значение поля «Метки») / unknown value of “Tags” `pink`
    допустимо: `blue`, `green`, `red` / expected one of: `blue`, `green`, `red`

organization: {tags: {contains_all: red}}
  nothing
  list-expected 23-26
    ожидается список значений / expected a list of values
    пишите `[…]` или `{values: имя}` / write `[…]` or `{values: name}`

organization: {people: 5}
  nothing
  mapping-expected 10-11
    список `people`: ожидается набор «ключ: значение» / list `people`: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

organization: {people: {smoe: {load: 1}}}
  nothing
  unknown-key 11-15
    неизвестное имя `smoe` (ключ) / unknown key `smoe`
    похоже на `some` / did you mean `some`?

organization: {people: {}}
  nothing
  missing-quantifier 10-12
    не сказано, сколько элементов списка `people` / which items of `people` are meant?
    допустимо: `count`, `every`, `no`, `some` / expected one of: `count`, `every`, `no`, `some`

organization: {people: {as: p}}
  nothing
  missing-quantifier 10-17
    не сказано, сколько элементов списка `people` / which items of `people` are meant?
    допустимо: `count`, `every`, `no`, `some` / expected one of: `count`, `every`, `no`, `some`

organization: {people: {some: {load: x}}}
  nothing
  wrong-type 24-25
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

organization: {people: {some: {load: 1}, every: {load: x}}}
  nothing
  wrong-type 42-43
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

organization: {people: {some: {load: 1}, as: [p]}}
  nothing
  text-expected 32-35
    ожидается непустой текст / expected a text that is not empty
    напишите текст в той же строке после двоеточия / write the text on this line after the colon

organization: {people: {some: {load: 1}, as: organization}}
  nothing
  name-taken 32-44
    имя `organization` уже занято / the name `organization` is taken
    выберите другое имя из латинских букв / choose another name of Latin letters

organization: {people: {some: {load: 1}, as: all}}
  nothing
  name-taken 32-35
    имя `all` уже занято / the name `all` is taken
    выберите другое имя из латинских букв / choose another name of Latin letters

organization: {people: {some: {load: 1}, as: p-1}}
  nothing
  name-taken 32-35
    имя `p-1` уже занято / the name `p-1` is taken
    выберите другое имя из латинских букв / choose another name of Latin letters

organization: {people: {some: {tasks: {some: {person: {tasks: {some: {person: {tasks: {no: {points: 1}}}}}}}}}}}
  nothing
  too-deep 66-71
    слишком много вложенных списков / too many lists inside one another
    вынесите часть условия в определение / move a part of the condition into a definition

organization: {people: {count: 5}}
  nothing
  mapping-expected 18-19
    `count`: ожидается набор «ключ: значение» / `count`: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

organization: {people: {count: {of: {load: 1}}}}
  nothing
  missing-key 18-33
    не хватает ключа `is` / key `is` is missing
    добавьте `is:` / add `is:`

organization: {people: {count: {of: {load: 1}, is: 1, at: 2}}}
  nothing
  unknown-key 41-43
    неизвестное имя `at` (ключ) / unknown key `at`
    допустимо: `is`, `of` / expected one of: `is`, `of`

organization: {people: {count: {of: {load: x}, is: 1}}}
  nothing
  wrong-type 30-31
    для поля «Нагрузка» ожидается целое число, а не `x` / field “Load” takes a whole number, not `x`
    исправьте значение или выберите другое поле / mend the value or choose another field

organization: {people: {count: {of: {load: 1}, is: x}}}
  nothing
  wrong-type 38-39
    ожидается число, а не `x` / expected a number, not `x`
    пишите цифры, дробную часть через точку / write digits, with a point for decimals

organization: {people: {count: {of: {load: 1}, is: [1]}}}
  nothing
  mapping-expected 38-41
    `is`: ожидается набор «ключ: значение» / `is`: expected `key: value` pairs
    запишите ключи с отступом под этим местом / write the keys indented below this place

organization: {people: {count: {of: {load: 1}, is: {mor_than: 1}}}}
  nothing
  unknown-key 39-47
    неизвестное имя `mor_than` (ключ) / unknown key `mor_than`
    похоже на `more_than` / did you mean `more_than`?

organization: {people: {count: {of: {load: 1}, is: {}}}}
  nothing
  missing-comparison 38-40
    нет сравнения / there is no comparison
    добавьте, например, `more_than: 50` / add one, for example `more_than: 50`

organization: {people: {count: {of: {load: 1}, is: 1}, as: [p]}}
  nothing
  text-expected 46-49
    ожидается непустой текст / expected a text that is not empty
    напишите текст в той же строке после двоеточия / write the text on this line after the colon

organization: {people: {count: {of: {load: 1}, is: {param: few}}}}
  nothing
  unknown-key 39-44
    неизвестное имя `param` (ключ) / unknown key `param`
    допустимо: `at_least`, `at_most`, `is`, `is_not`, `less_than`, `more_than`
    / expected one of: `at_least`, `at_most`, `is`, `is_not`, `less_than`, `more_than`

people: {load: {is: {field: rank}}}
  nothing
  unknown-scope 21-25
    неизвестное имя `rank` (запись, от которой идёт путь) / unknown start of a path `rank`
    допустимо: `organization`, `person` / expected one of: `organization`, `person`
"""


def test_every_mistake_in_a_field_or_list_is_told_at_its_place() -> None:
    assert [block for block in blocks(TOLD) if told(block.splitlines()[0]) != block] == []


def test_nothing_is_made_of_a_wrong_condition() -> None:
    assert [block for block in blocks(TOLD) if block.splitlines()[1] != "  nothing"] == []
    assert [block for block in blocks(TOLD) if len(block.splitlines()) < 5] == []


def test_a_count_inside_too_many_lists_is_told_at_its_list() -> None:
    lists = "{tasks: {no: {person: "
    line = f"people: {lists * 3}{{tasks: {{count: {{of: {{points: 1}}, is: 1}}}}}}{'}}}' * 3}"
    at = (len(lists) * 3) + 2
    assert told(line).splitlines()[1:3] == ["  nothing", f"  too-deep {at}-{at + len('tasks')}"]
