"""What each check takes for a weakness and what it lets pass, beyond the one fixture of its code."""

from __future__ import annotations

from datetime import date

import pytest
from lint_fixtures import changed, codes

LAW, BAN, FATE = "sources/11-fz-2025.yaml", "norms/trial/T-BAN.yaml", "decisions/trial/T-FATE.yaml"
SERVICES, START, NEEDED = "registers/t-services.yaml", "parameters/t-start.yaml", "definitions/T-NEEDED.yaml"
IN_FORCE = "in_force: {from: 2025-03-01, judged_on: {from: first_on, through: last_on}}"
REMEDY = "remedy: {ru: Перенесите переписку в MAX, en: Move the correspondence to MAX}"
TITLE = "title: {ru: Переписка через запрещённый сервис, en: Correspondence through a banned service}"
EXPLAINED = """clauses:
  - at: ст. 1
    title: {ru: Общее, en: General}
    coverage: not_checkable
    why: {ru: Общие слова., en: General words.}
"""


def act(name: str, number: str, day: str, title: str = "О разном, en: On various things", **more: str) -> str:
    """An act on which nothing rests, and which says why."""
    further = "".join(f"{key}: {value}\n" for key, value in more.items())
    return (
        f"act: {name}\ntitle: {{ru: {title}}}\nshort: {{ru: Акт, en: Act}}\nnumber: {number}\ndate: {day}\n"
        f"force: {more.pop('force', 'federal_law')}\nchecked_on: 2026-12-10\n{further}{EXPLAINED}"
    )


def with_act(name: str, number: str, day: str, title: str = "О разном, en: On various things") -> list[str]:
    place = f"sources/{name}.yaml"
    return codes(changed(files=[(place, act(name, number, day, title))]))


# --- acts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "found"),
    [("2026-07-09", []), ("2026-07-10", ["stale-source-check"]), ("2026-01-09", ["stale-source-check"]), ("", [])],
)
def test_a_check_of_an_act_holds_half_a_year_and_can_not_lie_ahead(today: str, found: list[str]) -> None:
    assert codes(changed(day=date.fromisoformat(today) if today else None)) == found


def test_the_set_says_how_long_a_check_of_an_act_holds() -> None:
    days = "parameter: policy-check-days\ntitle: {ru: Дни, en: Days}\ntype: integer\nrows:\n"
    days += "  - {value: 10, cites: [{act: 11-fz-2025, at: ст. 2}]}\n"
    listed = (LAW, "t-domestic]", "t-domestic, policy-check-days]")
    file = ("parameters/policy-check-days.yaml", days)
    assert codes(changed(listed, files=[file], day=date(2026, 1, 20))) == []
    assert codes(changed(listed, files=[file], day=date(2026, 1, 21))) == ["stale-source-check"]


def test_the_same_number_in_another_year_or_of_another_weight_is_another_act() -> None:
    assert with_act("law-on-chats", "11-ФЗ", "2026-02-12") == []
    assert with_act("law-on-chats", "11-фз", "2025-03-12") == ["act-number-clash"]


def test_neighbouring_numbers_of_one_day_need_titles_of_their_own() -> None:
    same = "О переписке с гражданами, en: On letters"
    assert with_act("12-fz-2025", "12-ФЗ", "2025-02-10", same) == ["neighbour-acts-of-one-title"]
    assert with_act("12-fz-2025", "12-ФЗ", "2025-02-10") == []
    assert with_act("13-fz-2025", "13-ФЗ", "2025-02-10", same) == []  # not neighbours
    assert with_act("12-u-2025", "12-У", "2025-02-10", same) == []  # numbers of two rows
    assert with_act("12-fz-2025", "12-ФЗ", "2025-02-11", same) == []  # another day


@pytest.mark.parametrize(
    ("name", "number", "day", "found"),
    [
        ("rp-2240-2025", "2240-р", "2025-08-19", []),
        ("rp-2240-2025", "2240-р", "2026-08-19", ["act-id-disagrees"]),
        ("rp-2240-2025", "2241-р", "2025-08-19", ["act-id-disagrees"]),
        ("letter-01-15-1250", "01-15-1250", "2025-08-04", []),
        ("letter-ish-244-04", "ИШ-244/04", "2024-09-12", []),
        ("deck-2025-08-27", "5", "2025-08-27", []),
        ("code-of-p14", "195-ФЗ", "2001-12-30", []),  # a letter with a figure is no number
    ],
)
def test_the_figures_of_an_id_are_number_and_date(name: str, number: str, day: str, found: list[str]) -> None:
    assert with_act(name, number, day) == found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("закон № 11-ФЗ от 10.02.2025", False),
        ("закон от 10 февраля 2025 г. № 11-ФЗ", False),
        ("закон от 11 февраля 2025 г. № 11-ФЗ", True),
        ("закон № 10-ФЗ от 10.02.2025", True),
        ("закон № 12-ФЗ от 10.02.2025", True),
        ("закон № 13-ФЗ от 10.02.2025", False),  # an act that nobody registered
        ("закон № 12-ФЗ от 11.02.2025", False),
        ("закон № 11-ФЗ", False),
    ],
)
def test_an_act_is_named_by_its_own_number_and_date(text: str, wrong: bool) -> None:
    remark = f"remark: {{ru: {text}, en: The law}}\n{REMEDY}"
    assert codes(changed((BAN, REMEDY, remark))) == (["act-cited-otherwise"] if wrong else [])


def test_the_short_title_of_an_act_names_the_act_itself() -> None:
    """The act that is named is registered too, so that only the place of the text tells."""
    other = act("20-fz-2025", "20-ФЗ", "2025-02-10").replace("{ru: Акт,", '{ru: "Закон № 11-ФЗ от 10.02.2025",')
    assert codes(changed(files=[("sources/20-fz-2025.yaml", other)])) == ["act-cited-otherwise"]


def test_english_texts_are_looked_at_too() -> None:
    remark = f"remark: {{ru: Так сказано в законе, en: Law No. 11-FZ of 11 February 2025 says so}}\n{REMEDY}"
    assert codes(changed((BAN, REMEDY, remark))) == ["act-cited-otherwise"]


# --- days -----------------------------------------------------------------------------------------------------


def test_rows_that_touch_leave_no_gap_and_other_regions_are_other_rows() -> None:
    assert codes(changed((START, "from: 2025-09-01", "from: 2025-09-03"))) == ["gap-between-rows"]
    assert codes(changed((START, "from: 2025-09-01", 'region: "78"\n    from: 2025-09-03'))) == []


def test_a_register_may_be_without_an_entry_for_long_but_not_for_days() -> None:
    second = (
        "    cites: [{act: 11-fz-2025, at: ст. 2}]\n  - id: telegram\n    title: {ru: Telegram, en: Telegram}\n"
    )
    row = "    title: {ru: Telegram, en: Telegram}\n    from: 2025-03-01\n"
    for day, found in (("2025-06-02", []), ("2025-06-09", ["gap-between-rows"]), ("2025-06-10", [])):
        again = f"{row}    through: 2025-06-01\n{second}    from: {day}\n"
        assert codes(changed((SERVICES, row, again))) == found


def test_an_entry_is_announced_before_it_begins() -> None:
    announced = "announced_on: 2025-02-15"
    assert codes(changed((SERVICES, announced, "announced_on: 2025-02-28"))) == []
    assert codes(changed((SERVICES, announced, "announced_on: 2025-03-01"))) == ["announced-after-start"]


def test_a_policy_may_begin_with_its_act_and_data_have_grounds_of_their_own() -> None:
    assert codes(changed((BAN, "{from: 2025-03-01,", "{from: 2025-02-28,"))) == ["in-force-before-act"]
    assert codes(changed((START, "value: 2025-04-01", "value: 2024-04-01"))) == []


def test_without_a_day_of_entry_the_date_of_the_act_counts() -> None:
    law = (LAW, "in_force_from: 2025-03-01\n", "")
    assert codes(changed(law, (BAN, "{from: 2025-03-01,", "{from: 2025-02-10,"))) == []
    assert codes(changed(law, (BAN, "{from: 2025-03-01,", "{from: 2025-02-09,"))) == ["in-force-before-act"]


def test_a_policy_without_an_end_outlives_an_act_that_ended() -> None:
    ended = (LAW, "in_force_from: 2025-03-01", "in_force_from: 2025-03-01\nin_force_through: 2026-08-31")
    assert codes(changed(ended)) == ["in-force-after-act"] * 2
    until = (BAN, "{from: 2025-03-01,", "{from: 2025-03-01, through: 2026-09-01,")
    fate = (FATE, "{param: t-start}}", "{param: t-start}, through: 2026-08-31}")
    assert codes(changed(ended, until, fate)) == ["in-force-after-act"]
    in_time = (BAN, "{from: 2025-03-01,", "{from: 2025-03-01, through: 2026-08-31,")
    assert codes(changed(ended, in_time, fate)) == []


def test_an_act_can_not_end_before_it_begins() -> None:
    ended = (LAW, "in_force_from: 2025-03-01", "in_force_from: 2025-03-01\nin_force_through: 2025-02-28")
    assert codes(changed(ended)) == ["period-ends-before-it-starts"]


# --- use ------------------------------------------------------------------------------------------------------


def test_what_only_an_unused_definition_uses_is_unused_too() -> None:
    inner = "definition: T-INNER\ntitle: {ru: Школа, en: A school}\nwhen: {kind: school}\n"
    outer = "definition: T-OUTER\ntitle: {ru: Это она, en: This is one}\nwhen: {meets: T-INNER}\n"
    files = [("definitions/T-INNER.yaml", inner), ("definitions/T-OUTER.yaml", outer)]
    assert codes(changed(files=files)) == ["unused-definition"] * 2
    used = (BAN, "  actor: {in", "  organization: {meets: T-OUTER}\n  actor: {in")
    assert codes(changed(used, files=files)) == []


def test_a_part_of_a_place_covers_it_but_a_longer_number_does_not() -> None:
    clause = (
        "  - at: {at}\n    title: {{ru: Хранение, en: Storage}}\n    coverage: automated\n    policies: [T-BAN]\n"
    )
    part = changed((LAW, "  - at: ст. 3\n", clause.format(at="ст. 1 п. 2") + "  - at: ст. 3\n"))
    other = changed((LAW, "  - at: ст. 3\n", clause.format(at="ст. 12") + "  - at: ст. 3\n"))
    assert codes(part) == []
    assert codes(other) == ["covered-but-not-cited"]


def test_a_place_of_another_folder_need_not_list_who_cites_it() -> None:
    """Who adds a norm of one's own to a set can't write into that set."""
    from lint_fixtures import base, vocabulary

    from validator.journeys.lint.run import lint

    texts = list(base())
    (norm,) = [text for text in texts if text.place == BAN]
    own = norm.data.decode().replace("T-BAN", "O-BAN").encode()
    mine = norm._replace(file="own/norms/trial/O-BAN.yaml", place="norms/trial/O-BAN.yaml", data=own)
    theirs = [text._replace(file=f"set/{text.place}") for text in texts]
    assert codes(lint([*theirs, mine], vocabulary())) == []
    assert codes(lint([*theirs, mine._replace(file="set/norms/trial/O-BAN.yaml")], vocabulary())) == [
        "citation-not-listed"
    ]


# --- conditions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("any: [{not: {admins: {some: {bound: true}}}}]", []),
        ("any: [{not: {admins: {some: {any: [{bound: true}]}}}}]", ["deep-condition"]),
        ("any: [{admins: {some: {any: [{ref: {bound: true}}]}}}]", []),  # a step into a record is no level
        ("any: [{admins: {some: {any: [{bound: {is_not: true}}]}}}]", []),  # neither is a negated comparison
        ("all: [{all: [{all: [{all: [{official: true}]}]}]}]", []),  # nor what must all hold
        ("admins: {some: {}}", []),
        ("admins: {no: {}}", []),
        ("admins: {count: {of: {}, is: {at_least: 1}}}", []),
        ("admins: {every: {}}", ["empty-condition"]),
        ("any: []", ["empty-condition"]),
        ("all: [{}]", ["empty-condition"]),
        ("all: [{audience: {contains_all: []}}]", ["empty-value-list"]),
        ("all: [{creator: {roles: {within: []}}}]", []),  # asks whether the set is empty
        ("all: [{audience: {within: []}}]", ["one-outcome"]),  # empty, and yet to hold one of two words
        ("member_count: 3", []),
        ("ranks: {some: {owner: {is: {field: chat.creator.ref}}}}", []),  # a list inside the item
    ],
)
def test_a_condition(condition: str, found: list[str]) -> None:
    assert codes(changed((NEEDED, "  need: keep\n", f"  need: keep\n  {condition}\n"))) == found


def test_what_is_forbidden_may_be_three_levels_deep() -> None:
    """That it is kept as its negation adds no level; a negation that was written does."""
    deep = "any: [{organization: {chats: {some: {any: [{official: true}, {in_sferum: true}]}}}}]"
    assert codes(changed((BAN, "  actor: {in", f"  {deep}\n  actor: {{in"))) == []
    negated = "not: {actor: bot, any: [{organization: {chats: {some: {any: [{official: true}]}}}}]}"
    assert codes(changed((BAN, "  actor: {in", f"  {negated}\n  actor: {{in"))) == ["deep-condition"]


def test_a_set_of_words_can_not_be_compared_with_a_number() -> None:
    told = changed((NEEDED, "  need: keep\n", "  need: keep\n  member_count: {in: {values: t-families}}\n"))
    assert codes(told) == ["wrong-type"]


def test_words_of_a_set_must_be_services_where_services_are_compared() -> None:
    told = changed((NEEDED, "  need: keep\n", "  need: keep\n  platform: {in: {values: t-families}}\n"))
    assert codes(told) == ["wrong-type"]


# --- readings and examples ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("severity: low", []),
        ("severity: high", ["idle-reading"]),
        ("registers: {t-services: t-domestic}", []),
        ("registers: {t-domestic: t-services}", ["idle-reading"]),
        ("registers: {t-services: t-services}", ["idle-reading"]),
        ("parameters: {t-start: 2025-05-01}", ["idle-reading"]),
        ("admit_press: [t-start]", ["idle-reading"]),
    ],
)
def test_a_reading_changes_something_that_the_policy_uses(change: str, found: list[str]) -> None:
    assert codes(changed((BAN, "    without_exceptions: [public-posts]\n", f"    {change}\n"))) == found


def test_a_reading_may_change_what_only_its_own_definition_uses() -> None:
    other = "definition: T-OTHER\ntitle: {ru: Иначе, en: Otherwise}\nabout: chats\n"
    other += "when: {created_on: {after: {param: t-late}}}\n"
    late = (
        "parameter: t-late\ntitle: {ru: День, en: Day}\ntype: date\nrows:\n"
        "  - {value: 2025-03-01, cites: [{act: 11-fz-2025, at: ст. 2}]}\n"
    )
    readings = """readings:
  - {id: as-is, chosen: true, why: {ru: Так, en: So}}
  - id: else
    definitions: {T-NEEDED: T-OTHER}
    parameters: {t-late: 2025-06-01}
    why: {ru: Иначе, en: Otherwise}
advice:
"""
    files = [("definitions/T-OTHER.yaml", other), ("parameters/t-late.yaml", late)]
    listed = (LAW, "t-domestic]", "t-domestic, t-late]")
    assert codes(changed((FATE, "advice:\n", readings), listed, files=files)) == ["reading-not-shown"]


def test_each_of_several_exceptions_is_to_be_shown() -> None:
    """Both cases are exempt, but by one and the same exception."""
    same = changed(
        (BAN, "{direction: reply_to_comment}}\n      expect", "{direction: public_broadcast}}\n      expect")
    )
    assert codes(same) == ["exception-not-shown", "duplicate-case"]


def test_a_duty_that_can_not_be_violated_needs_no_example_of_it() -> None:
    """Of a name that an open register does not hold nothing is known."""
    norm = """norm: T-LISTED
title: {ru: Регион подписал план, en: The region has signed the plan}
about: organization
modality: obligation
severity: low
cites: [{act: 11-fz-2025, at: ст. 2}]
in_force: {from: 2025-03-01}
required: {region: {listed_in: t-regions}}
message: {ru: Плана нет, en: There is no plan}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, region: '78'}}
  cases:
    - {name: signed, expect: met}
    - {name: nobody knows, change: {organization: {region: '50'}}, expect: unknown}
"""
    register = """register: t-regions
title: {ru: Регионы, en: Regions}
rows:
  - {id: "78", title: {ru: Петербург, en: St Petersburg}, cites: [{act: 11-fz-2025, at: ст. 2}]}
"""
    listed = (LAW, "t-domestic]", "t-domestic, T-LISTED, t-regions]")
    place = "registers/t-regions.yaml"
    files = [("norms/trial/T-LISTED.yaml", norm), (place, register)]
    assert codes(changed(listed, files=files)) == []
    closed = (place, "title: {ru: Регионы", "closed: true\ntitle: {ru: Регионы")
    assert codes(changed(listed, closed, files=files)) == ["missing-example"]
    ended = (place, "cites:", "through: 2025-05-01, cites:")
    assert codes(changed(listed, ended, files=files)) == ["missing-example"]


# --- texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ru", "en", "found"),
    [
        ("WhatsApp Business Cloud", "WhatsApp Business Cloud", []),  # a name
        ("example.org/news/some-page", "example.org/news/some-page", []),
        ("Сервис", "The service “Сферум”", []),  # a Russian name is quoted
        ("Сервис", "The service Сферум", ["untranslated-text"]),
        ("the service that is banned", "the service that is banned", ["untranslated-text"]),
        ("Сервис MAX", "The service MAX", []),
        ("Сервис МАX", "The service MAX", ["mixed-script-word"]),
        ("SMS-рассылка", "SMS messages", []),  # two words
    ],
)
def test_a_text_in_two_languages(ru: str, en: str, found: list[str]) -> None:
    assert codes(changed((BAN, TITLE, f"title: {{ru: '{ru}', en: '{en}'}}"))) == found


@pytest.mark.parametrize(
    "word", ["yes", "No", "ON", "off", "~", "null", "010", "1_000", "12:30", "0x1F", ".inf", "1e3"]
)
def test_a_word_that_others_read_otherwise_is_quoted(word: str) -> None:
    assert codes(changed((FATE, "en: will be moved", f"en: {word}"))) == ["unquoted-word"]
    assert codes(changed((FATE, "en: will be moved", f"en: '{word}'"))) == []


@pytest.mark.parametrize("word", ["true story", "2025", "10", "1.5", "on time", "2025-10-01"])
def test_other_words_need_no_quotes(word: str) -> None:
    assert codes(changed((FATE, "en: will be moved", f"en: {word}"))) == []


def test_a_word_of_the_vocabulary_stands_without_quotes() -> None:
    ages = "values: t-ages\ntitle: {ru: Возраст, en: Age}\nmembers: [7_13, 14_17]\n"
    needed = "  need: keep\n  organization: {people: {some: {age_band: {in: {values: t-ages}}}}}\n"
    assert codes(changed((NEEDED, "  need: keep\n", needed), files=[("definitions/t-ages.yaml", ages)])) == []


@pytest.mark.parametrize("twin", ["T-c1", "T-Cl", "TC1", "T--C1", "Т-С1"])
def test_names_that_look_alike(twin: str) -> None:
    criterion = (
        f"  - {{id: {twin}, title: {{ru: создан вручную, en: made by hand}}, when: {{origin: manual}}}}\nthen:"
    )
    told = codes(changed((FATE, "then:", criterion)))
    assert "confusable-names" in told


@pytest.mark.parametrize(("twin", "found"), [("tria1", ["confusable-names"]), ("other", [])])
def test_topics_are_named_like_everything_else(twin: str, found: list[str]) -> None:
    topics = [
        (f"topics/{name}.yaml", f"topic: {name}\ntitle: {{ru: Тема {number}, en: Topic {number}}}\n")
        for number, name in enumerate(("trial", twin))
    ]
    assert codes(changed(files=topics)) == found


def test_places_of_an_act_may_differ_in_their_figures_only() -> None:
    clause = "  - at: {at}\n    title: {{ru: Иное, en: Other}}\n    coverage: not_checkable\n"
    clause += "    why: {{ru: Иное., en: Other.}}\n"
    assert codes(changed((LAW, "  - at: ст. 3\n", clause.format(at="ст. 31") + "  - at: ст. 3\n"))) == []
    told = changed((LAW, "  - at: ст. 3\n", clause.format(at="Ст.  2") + "  - at: ст. 3\n"))
    assert codes(told) == ["confusable-names"]


# --- messages -------------------------------------------------------------------------------------------------


def test_what_a_condition_asks_for_may_stand_in_a_message() -> None:
    texts = "  ru: Организация пишет гражданам через {service}\n"
    texts += "  en: The organization writes to citizens through {service}\n"
    asked = texts.replace("{service}", "{service}, {actor}")
    assert codes(changed((BAN, texts, asked))) == []
    assert codes(changed((BAN, texts, texts.replace("{service}", "{organization.name}")))) == []
    required = texts.replace("{service}", "{organization.kind}")
    assert codes(changed((BAN, texts, required))) == []


@pytest.mark.parametrize(
    ("modality", "severity", "found"),
    [("recommendation", "medium", []), ("recommendation", "high", ["severity-above-modality"])],
)
def test_a_recommendation_stops_nobody(modality: str, severity: str, found: list[str]) -> None:
    told = changed(
        (BAN, "modality: prohibition\nseverity: high", f"modality: {modality}\nseverity: {severity}"),
        (BAN, "expect: violation", "expect: advice"),
        (BAN, "no-posts: violation", "no-posts: advice"),
    )
    assert codes(told) == found


def test_a_mild_norm_may_do_without_a_remedy() -> None:
    assert codes(changed((BAN, REMEDY + "\n", ""), (BAN, "severity: high", "severity: low"))) == []
    assert codes(changed((BAN, REMEDY + "\n", ""), (BAN, "severity: high", "severity: medium"))) == [
        "missing-remedy"
    ]


# --- no echoes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "old", "new", "code"),
    [
        (BAN, "{listed_in: t-services}", "{listed_in: t-service}", "unknown-register"),
        (FATE, "{meets: T-NEEDED}", "{meets: T-NEED}", "unknown-definition"),
        (FATE, "{param: t-start}", "{param: t-stort}", "unknown-parameter"),
        (NEEDED, "{values: t-families}", "{values: t-family}", "unknown-values"),
        (BAN, "expect: violation", "expect: violetion", "unknown-value"),
        (BAN, "through {service}", "through {servise}", "unknown-placeholder"),
        (BAN, "modality: prohibition", "modality: prohibit", "unknown-value"),
        (FATE, "examples:", "example:", "unknown-key"),
        (LAW, "date: 2025-02-10", "date: 10.02.2025", "date-expected"),
        (START, "value: 2025-04-01", "value: 1_000", "wrong-type"),
    ],
)
def test_a_mistake_has_no_echo_among_the_weaknesses(place: str, old: str, new: str, code: str) -> None:
    assert codes(changed((place, old, new))) == [code]


def test_a_file_that_can_not_be_read_leaves_nothing_unused() -> None:
    assert codes(changed((FATE, "about: chats", "about: [chats"))) == ["unclosed-bracket"]


def test_errors_and_weaknesses_are_told_together() -> None:
    told = changed((BAN, REMEDY + "\n", ""), (FATE, "{meets: T-NEEDED}", "{meets: T-NEED}"))
    assert codes(told) == ["unknown-definition", "missing-remedy"]
