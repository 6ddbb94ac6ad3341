"""Whatever the policy set holds stands in its own section of the book, in both languages and both formats."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import pytest
from book_pages import LANGUAGES, book, flat, library, markdown, page, plain, sections

from validator.interpreters.naming import plain_name
from validator.interpreters.prose import outline
from validator.language.nodes import Mapping, Scalar, Sequence
from validator.language.weights import may_say_law, says_law
from validator.logic.expr import TRUE, Condition, Not
from validator.logic.policy import Citation, Decision, Norm, Policy
from validator.logic.text import Language, Text
from validator.render.book.layout import topic_page
from validator.render.words import FORCES, MODALITIES, SEVERITIES

POLICIES = library().policies
ALL: dict[str, Policy] = {policy.id: policy for policy in (*POLICIES.policies(), *POLICIES.drafts.values())}
FORMATS = ("html", "markdown")


@functools.cache
def _markdown(language: Language) -> dict[str, dict[str, str]]:
    return {name: sections(text) for name, text in markdown(language).items()}


def section(kind: str, name: str, language: Language, sort: str) -> str:
    """The text of a section as a reader sees it."""
    if sort == "html":
        return flat(page(language).texts[name if kind == "policy" else f"{kind}-{name}"])
    home = f"{kind}s.md"
    if kind == "policy":
        home = "drafts.md" if name in POLICIES.drafts else f"{topic_page(ALL[name].topic)}.md"
    return flat(_markdown(language)[home][name])


def missing(text: str, wanted: list[Text | str | None], language: Language) -> list[str]:
    """Which of the texts are not there; placeholders stand for any words."""
    found = []
    for item in wanted:
        told = "" if item is None else item if isinstance(item, str) else item.in_language(language)
        pieces = [flat(piece) for piece in re.split(r"\{[^{}]*\}", told)]
        found += [told for piece in pieces if piece not in text]
    return found


def _cited(cites: tuple[Citation, ...]) -> Iterator[Text | str]:
    for citation in cites:
        yield citation.at
        yield POLICIES.acts[citation.act].short


def _told(condition: Condition, about: str) -> list[Text | str | None]:
    return [] if condition == TRUE else [line.text for line in outline(condition, POLICIES, about)]


def _examples(name: str) -> Iterator[str]:
    cases = library().examples[name].node.get("cases")
    assert isinstance(cases, Sequence)
    for case in cases.items:
        assert isinstance(case, Mapping)
        found = case.get("name")
        assert isinstance(found, Scalar)
        yield found.text


def _of_policy(policy: Policy) -> list[Text | str | None]:
    wanted: list[Text | str | None] = [policy.title, *_cited(policy.cites), *_examples(policy.id)]
    wanted += [POLICIES.acts[citation.act].clauses[citation.at].title for citation in policy.cites]
    wanted.append(FORCES[policy.force.value])
    for reading in policy.readings:
        wanted += [reading.id, reading.why, *_cited(reading.cites)]
        wanted += [*reading.parameters, *reading.definitions, *reading.definitions.values()]
        wanted += [*reading.registers, *reading.registers.values(), *reading.admit_press]
    return wanted


def _of_norm(norm: Norm) -> list[Text | str | None]:
    wanted = [norm.message, norm.remedy, norm.remark, SEVERITIES[norm.severity.value]]
    found: list[Text | str | None] = [*wanted]
    for exception in norm.exceptions:
        found += [exception.id, exception.title, *_cited(exception.cites)]
    for clauses in norm.clauses:
        about, requirement = clauses.subject.scope, clauses.requirement
        found += _told(clauses.applies_when, about)
        found += _told(requirement.part if isinstance(requirement, Not) else requirement, about)
        for _, when in clauses.exceptions:
            found += _told(when, about)
    if norm.sanction is not None:
        found += _cited((norm.sanction.cites,))
    return found


def _of_decision(decision: Decision) -> list[Text | str | None]:
    found: list[Text | str | None] = [*decision.outcomes, *decision.outcomes.values(), *decision.advice.values()]
    found += _told(decision.applies_when, decision.subject.scope)
    for criterion in (*decision.criteria, *decision.exclusions):
        found += [criterion.id, criterion.title, *_cited(criterion.cites)]
        found += _told(criterion.when, decision.subject.scope)
    return found


@pytest.mark.parametrize("sort", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_a_policy_is_told_with_all_its_parts(name: str, language: Language, sort: str) -> None:
    policy = ALL[name]
    text = section("policy", name, language, sort)
    parts = _of_norm(policy) if isinstance(policy, Norm) else _of_decision(policy)
    assert missing(text, [*_of_policy(policy), *parts], language) == []
    if isinstance(policy, Norm):
        assert MODALITIES[policy.modality.value].in_language(language) in text.lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_the_term_of_a_policy_is_told_with_both_ends_counting(name: str, language: Language) -> None:
    policy, text = ALL[name], section("policy", name, language, "html")
    windows = [c.window for c in policy.clauses] if isinstance(policy, Norm) else [policy.window]
    for window in windows:
        for side, words in (
            (window.first, "день" if language == "ru" else "that day included"),
            (window.last, "включительно" if language == "ru" else "inclusive"),
        ):
            day = getattr(side, "value", None)
            if side is not None:
                assert words in text
            if day is not None:
                assert plain_name(day).in_language(language) in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", POLICIES.norms)
def test_a_duty_by_a_letter_is_never_told_as_a_duty_by_law(name: str, language: Language) -> None:
    norm = POLICIES.norms[name]
    lead = section("policy", name, language, "html").split(". ")[0]
    told = Text(lead, lead)
    assert says_law(told) is (norm.force.value == "federal_law"), lead
    without = (
        "Закона и акта Правительства среди оснований нет" if language == "ru" else "There is no law and no act"
    )
    assert (without in section("policy", name, language, "html")) is not may_say_law(norm.force)


@pytest.mark.parametrize("sort", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", POLICIES.definitions)
def test_a_definition_is_told(name: str, language: Language, sort: str) -> None:
    definition = POLICIES.definitions[name]
    wanted = [definition.title, *_told(definition.when, definition.scope), *_cited(definition.cites)]
    assert missing(section("definition", name, language, sort), wanted, language) == []


@pytest.mark.parametrize("sort", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", POLICIES.parameters)
def test_a_parameter_is_told_with_every_row(name: str, language: Language, sort: str) -> None:
    parameter = POLICIES.parameters[name]
    regions = {row.id: row.title for row in POLICIES.registers["federal-subjects"].rows}
    kinds = library().vocabulary.root.fields["kind"].values
    wanted: list[Text | str | None] = [parameter.title, parameter.unit]
    for row in parameter.rows:
        wanted += [row.why, *_cited(row.cites), row.kind and kinds[row.kind], row.region and regions[row.region]]
        wanted.append(Text("не установлено", "not set") if row.value is None else plain_name(row.value))
        wanted += [plain_name(day) for day in (row.period.first, row.period.last) if day is not None]
    assert missing(section("parameter", name, language, sort), wanted, language) == []


@pytest.mark.parametrize("sort", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", POLICIES.registers)
def test_a_register_is_told_with_every_entry(name: str, language: Language, sort: str) -> None:
    register = POLICIES.registers[name]
    wanted: list[Text | str | None] = [register.title]
    for row in register.rows:
        wanted += [row.id, row.title, row.note, *row.aliases, *_cited(row.cites)]
        days = (row.period.first, row.period.last, row.announced_on)
        wanted += [plain_name(day) for day in days if day is not None]
    assert missing(section("register", name, language, sort), wanted, language) == []


@pytest.mark.parametrize("sort", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", POLICIES.acts)
def test_an_act_is_told_with_every_place_and_what_rests_on_it(name: str, language: Language, sort: str) -> None:
    act = POLICIES.acts[name]
    wanted: list[Text | str | None] = [act.short, act.title, act.number, act.note, FORCES[act.force.value]]
    wanted.append(
        Text("никем не сверено с официальным текстом", "nobody has checked it against the official text")
        if act.checked_on is None
        else plain_name(act.checked_on)
    )
    criteria = {c.id: d.id for d in POLICIES.decisions.values() for c in (*d.criteria, *d.exclusions)}
    for clause in act.clauses.values():
        wanted += [clause.at, clause.title, clause.why]
        wanted += [criteria.get(policy, policy) for policy in clause.policies]
    assert missing(section("act", name, language, sort), wanted, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_conflict_of_law_has_a_section_that_policies_lead_to(language: Language) -> None:
    design = POLICIES.acts["sverka-design"].clauses
    for name in (at for at in design if re.match(r"C\d\d\Z", at)):
        assert (
            missing(section("conflict", name, language, "html"), [design[name].title, design[name].why], language)
            == []
        )
    part = next(p for topic in book().topics for p in topic.policies if p.id == "FM-BAN")
    assert part.conflicts == ("C14", "C15", "C33")
    assert ("C03", "FM-ADDR") in {(name, ref.name) for name, ref in part.conflicts_below}


@pytest.mark.parametrize("language", LANGUAGES)
def test_drafts_stand_in_their_own_chapter_and_say_that_nothing_is_judged_by_them(language: Language) -> None:
    words = "по нему не судят" if language == "ru" else "nothing is judged by it"
    assert POLICIES.drafts
    for name in POLICIES.drafts:
        assert words in section("policy", name, language, "markdown")
        assert words in section("policy", name, language, "html")
    for name in POLICIES.norms:
        assert words not in section("policy", name, language, "html")


def _rows(name: str, language: Language) -> dict[str, list[str]]:
    """The example table of a policy: the cells of each case by its name."""
    home = f"{topic_page(ALL[name].topic)}.md"
    lines = re.split(r"^## ", markdown(language)[home], flags=re.MULTILINE)
    body = next(part for part in lines if part.startswith(f"{name}\n"))
    rows = [
        [plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in body.splitlines()
        if line.startswith("| ")
    ]
    return {row[0]: row[1:] for row in rows if len(row) == 4}


def test_an_example_says_what_differs_the_verdict_what_is_missing_and_what_another_reading_says() -> None:
    ru, en = _rows("FM-BAN", "ru"), _rows("FM-BAN", "en")
    assert ru["nobody knows to whom"] == ["Собеседники — неизвестно", "нет данных", "Собеседники"]
    assert en["nobody knows to whom"] == ["Counterparts — unknown", "unknown", "Counterparts"]
    assert ru["a post in a public channel"][1] == "действует исключение; по прочтению no-tolerance — нарушение"
    assert ru["judged before the law"] == ["день проверки: 31.05.2025", "не действует на эту дату", "—"]
    assert en["a parent writes to parents"] == ["Author of the messages — citizen", "met", "—"]
    question = POLICIES.acts["sverka-design"].clauses["C03"].title
    assert ru["a fund founded by a region"][2] == f"C03. {question.ru}"
    assert ru["the list of uses may be incomplete"][0].startswith(
        "Используемый сервис — MAX; Использование сервисов — список может быть неполным"
    )


def test_an_example_of_a_decision_names_its_outcome() -> None:
    outcomes = {text.ru for text in POLICIES.decisions["XF-AUTO"].outcomes.values()}
    verdicts = {cells[1].split(";")[0] for cells in _rows("XF-AUTO", "ru").values()}
    assert outcomes <= verdicts


@pytest.mark.parametrize("sort", FORMATS)
def test_a_sanction_says_how_much_and_whether_it_applies(sort: str) -> None:
    text = section("policy", "FM-BAN", "ru", sort)
    assert "КоАП РФ, ст. 13.11.2: применимость спорна" in text
    assert "должностным лицам 30 000–50 000 рублей; организациям 100 000–700 000 рублей" in text
    assert "officials 30,000–50,000 roubles" in section("policy", "FM-BAN", "en", sort)
    assert "Санкция Не указана." in section("policy", "RM-PILOT", "ru", "html")


def test_a_waiver_is_told_possible_possible_under_a_condition_or_not_possible() -> None:
    text = section("policy", "FM-BAN", "ru", "html")
    condition = POLICIES.norms["FM-BAN"].waivable
    assert not isinstance(condition, bool)
    assert f"Отступление Возможно, если: {outline(condition, POLICIES, 'use')[0].text.ru}" in text
    assert "Отступление Возможно." in section("policy", "ALT-ASSIST", "ru", "html")
    never = [
        norm.id
        for norm in POLICIES.norms.values()
        if norm.waivable is False and norm.modality.value != "permission"
    ]
    assert never
    assert all("Отступление Невозможно." in section("policy", name, "ru", "html") for name in never)


def test_a_reading_says_what_it_changes() -> None:
    text = section("policy", "XF-AUTO", "ru", "html")
    assert "другое значение: activity-from — День, с которого сообщения делают чат действующим = 02.01.2025" in text
    assert "вместо XF-LOW — " in text
    assert "учитывают сведения прессы: transfer-start — " in text
    assert "без исключения public-posts — Односторонние публикации в открытом канале" in section(
        "policy", "FM-BAN", "ru", "html"
    )
    assert "on-or-after (принято): " in text
