"""The indexes: by topic, by act, by addressee, by date."""

from __future__ import annotations

from datetime import date

import pytest
from book_pages import LANGUAGES, book, library, links, markdown

from validator.journeys.book.index import may_concern
from validator.journeys.book.parts import Ref
from validator.journeys.book.refs import closed, conditions_of, refs_in, refs_of_term, windows_of
from validator.logic.expr import Literal
from validator.logic.text import Language

POLICIES = library().policies
KINDS = library().vocabulary.root.fields["kind"].values


def test_an_authority_is_outside_of_what_only_schools_must_do_and_a_ban_for_public_bodies_concerns_all() -> None:
    pilot, ban = POLICIES.norms["RM-PILOT"], POLICIES.norms["FM-BAN"]
    assert [kind for kind in KINDS if may_concern(pilot, kind, POLICIES)] == ["school"]
    assert all(may_concern(ban, kind, POLICIES) for kind in KINDS)


def test_every_policy_is_listed_for_all_or_for_each_kind_that_it_may_concern() -> None:
    listed = {kind.id: set(kind.policies) | set(book().for_all) for kind in book().kinds}
    assert list(listed) == list(KINDS)
    for policy in POLICIES.policies():
        for kind in KINDS:
            assert (policy.id in listed[kind]) is may_concern(policy, kind, POLICIES), (policy.id, kind)


def test_no_example_that_comes_to_more_than_not_applicable_is_about_a_kind_left_out() -> None:
    """The embedded examples know better than any derivation whom a policy concerns."""
    kind_of = library().vocabulary.root.fields["kind"].values
    checked = 0
    for topic in book().topics:
        for part in topic.policies:
            assert part.examples is not None
            titles = {title.en: kind for kind, title in kind_of.items()}
            base = next(
                (titles.get(f.value.en) for f in part.examples.base if f.title.en.endswith("Kind of organization")),
                None,
            )
            for case in part.examples.cases:
                own = [
                    titles.get(f.value.en) for f in case.facts if f.title.en == "Organization: Kind of organization"
                ]
                kind = own[0] if own else base
                if kind is not None and case.expect in ("violation", "advice", "met", "exempt"):
                    assert kind in part.addressee.kinds, (part.id, case.name)
                    checked += 1
    assert checked > 100


def test_the_calendar_holds_every_fixed_first_and_last_day() -> None:
    days = {day.day: day for day in book().days}
    for norm in POLICIES.norms.values():
        for clauses in norm.clauses:
            match clauses.window.first:
                case Literal(value=date() as day):
                    assert norm.id in days[day].starts
            match clauses.window.last:
                case Literal(value=date() as day):
                    assert norm.id in days[day].ends
    assert list(days) == sorted(days)


def test_every_other_beginning_and_end_is_told_in_words() -> None:
    told = {name for day in book().open_days for name in (*day.starts, *day.ends)}
    told |= {name for day in book().days for name in (*day.starts, *day.ends)}
    bounded = {
        norm.id for norm in POLICIES.norms.values() for c in norm.clauses if c.window.first or c.window.last
    } | {d.id for d in POLICIES.decisions.values() if d.window.first or d.window.last}
    assert bounded == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_name_every_policy_once_and_every_page(language: Language) -> None:
    found = [words for words, _ in links(markdown(language)["README.md"])]
    assert sorted(set(found) & {p.id for p in POLICIES.policies()}) == sorted(p.id for p in POLICIES.policies())
    assert len(found) == len(set(found))
    targets = {target for _, target in links(markdown(language)["README.md"])}
    assert set(markdown(language)) - {"README.md"} <= targets


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_by_act_leads_to_every_policy(language: Language) -> None:
    found = {words for words, _ in links(markdown(language)["acts.md"])}
    assert set(POLICIES.norms) <= found


def test_a_definition_names_what_rests_on_it_through_others_and_in_readings() -> None:
    users = {part.name: part.used_by for part in book().definitions}
    assert Ref("policy", "FM-BAN") in users["FM-SHARE"]  # through FM-ADDR
    assert Ref("policy", "XF-AUTO") in users["XF-LOW-CREATOR"]  # by a reading alone
    assert Ref("definition", "FM-ADDR") in users["FM-SHARE"]


def test_a_parameter_that_only_the_term_of_a_policy_names_counts_as_used() -> None:
    users = {part.name: part.used_by for part in book().parameters}
    alone = 0
    for policy in POLICIES.policies():
        inside = {ref.name for condition in conditions_of(policy) for ref in closed(refs_in(condition), POLICIES)}
        for window in windows_of(policy):
            terms = [term for term in (window.first, window.last) if term is not None]
            for ref in (ref for term in terms for ref in refs_of_term(term)):
                assert Ref("policy", policy.id) in users[ref.name]
                alone += ref.name not in inside
    assert alone > 0
