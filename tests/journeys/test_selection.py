"""A part of the policies: the same verdicts as in the whole set, and never taken for the whole set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from validator.engines.kept_key import results_key
from validator.interpreters.compile.kept import key_of
from validator.journeys.batch.judging import EvidenceLevel
from validator.journeys.check import check
from validator.journeys.findings import Finder
from validator.journeys.gate import DEFAULT_GATE, gate_of
from validator.journeys.selection import PartialSet, Selection, SelectionError, identity_of, select, waivers_of
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.policy import PolicySet
from validator.logic.problem import Span
from validator.logic.text import Text
from validator.logic.waiver import Waiver
from validator.resources import named_policies, organizations_folder, schema_bytes
from validator.snapshots.read import read_snapshot
from validator.snapshots.stream import Delivered, document_of

FILES = sorted(organizations_folder().glob("*.yaml"))[:6]


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(named_policies("builtin")), read_vocabulary(schema_bytes("snapshot")))


@pytest.fixture(scope="module")
def policies(library: Library) -> PolicySet:
    return library.policies


def ids(policies: PolicySet, only: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> list[str]:
    return [policy.id for policy in select(policies, Selection(only, exclude)).policies()]


def snapshot_of(library: Library, file: Path) -> Snapshot:
    item = Delivered(file.name, file.read_bytes())
    return read_snapshot(document_of(item), library.vocabulary, library.names)[0]


# --- what is selected -----------------------------------------------------------------------------------------


def test_a_policy_is_selected_by_its_id(policies: PolicySet) -> None:
    assert ids(policies, ("FM-BAN",)) == ids(policies, ("policy=FM-BAN",)) == ["FM-BAN"]


def test_a_topic_stands_for_its_norms_and_decisions(policies: PolicySet) -> None:
    wanted = [policy.id for policy in policies.policies() if policy.topic == "transfer"]
    assert {*wanted} & {*policies.decisions}
    assert ids(policies, ("transfer",)) == ids(policies, ("topic=transfer",)) == wanted


def test_an_act_stands_for_the_policies_that_cite_it_themselves(policies: PolicySet) -> None:
    wanted = [one.id for one in policies.policies() if any(cite.act == "41-fz-2025" for cite in one.cites)]
    assert wanted
    assert ids(policies, ("41-fz-2025",)) == ids(policies, ("act=41-fz-2025",)) == wanted


def test_several_words_add_up_and_exclusion_wins(policies: PolicySet) -> None:
    every = [policy.id for policy in policies.policies()]
    topic = ids(policies, ("users",))
    assert ids(policies, ("users", "FM-BAN")) == sorted([*topic, "FM-BAN"])
    assert ids(policies, ("users", "FM-BAN"), ("users",)) == ["FM-BAN"]
    assert ids(policies, exclude=("users",)) == [one for one in every if one not in topic]


def test_selecting_everything_is_the_whole_set(policies: PolicySet) -> None:
    assert select(policies, Selection()) is policies
    assert select(policies, Selection(tuple(policy.id for policy in policies.policies()))) is policies
    assert "selection" not in identity_of(policies)


def test_definitions_registers_and_acts_stay_whole(policies: PolicySet) -> None:
    part = select(policies, Selection(("FM-BAN",)))
    assert isinstance(part, PartialSet)
    for name in ("definitions", "registers", "parameters", "acts", "drafts"):
        assert getattr(part, name) is getattr(policies, name)


# --- what can't be selected -----------------------------------------------------------------------------------

MISTAKES = [
    ("FM-BNA", "нет ни политики, ни темы, ни акта `FM-BNA`", "there is no policy, topic or act `FM-BNA`", "FM-BAN"),
    ("policy=users", "нет политики `users`", "there is no policy `users`", ""),
    ("topic=user", "нет темы `user`", "there is no topic `user`", "users"),
    ("act=41-fz", "нет акта `41-fz`", "there is no act `41-fz`", ""),
    ("topc=users", "`topc` — не то, по чему выбирают", "`topc` is nothing to select by", "topic"),
    ("act=koap-rf", "не опирается ни одна политика", "no policy rests on the act `koap-rf`", "sverka docs"),
    ("CAND-2026-09", "черновик, по нему не судят", "`CAND-2026-09` is a draft", "no draft"),
    ("topic=", "нет темы ``", "there is no topic ``", ""),
]


@pytest.mark.parametrize(("word", "ru", "en", "help_"), MISTAKES)
def test_a_word_that_selects_nothing_is_refused(
    word: str, ru: str, en: str, help_: str, policies: PolicySet
) -> None:
    for selection in (Selection(("FM-BAN", word)), Selection((), (word,))):
        with pytest.raises(SelectionError) as caught:
            select(policies, selection)
        assert caught.value.word == word
        assert ru in caught.value.message.ru
        assert en in caught.value.message.en
        assert help_ in caught.value.help.en
        assert caught.value.help.ru


def test_a_selection_that_leaves_nothing_is_refused(policies: PolicySet) -> None:
    with pytest.raises(SelectionError, match="no policy is selected") as caught:
        select(policies, Selection(("FM-BAN",), ("foreign-messengers",)))
    assert caught.value.word is None


def test_a_name_of_two_things_has_to_say_which(policies: PolicySet) -> None:
    from validator.logic.frozen import replace

    act = replace(policies.acts["41-fz-2025"], id="users")
    twofold = replace(policies, acts={**policies.acts, "users": act})
    with pytest.raises(SelectionError, match="names more than one thing") as caught:
        select(twofold, Selection(("users",)))
    assert caught.value.help.en == "say which: `topic=users`, `act=users`"
    assert ids(twofold, ("topic=users",)) == ids(policies, ("users",))


# --- what it is taken for -------------------------------------------------------------------------------------


def test_a_part_tells_what_it_is_a_part_of(policies: PolicySet) -> None:
    part = select(policies, Selection(("FM-BAN", "topic=transfer"), ("XF-AUTO",)))
    told = identity_of(part)
    assert told["digest"] == part.digest != policies.digest
    assert (told["norms"], told["decisions"]) == (len(part.norms), len(part.decisions))
    assert told["selection"] == {
        "only": ["FM-BAN", "topic=transfer"],
        "exclude": ["XF-AUTO"],
        "policies": [policy.id for policy in part.policies()],
        "whole": {"digest": policies.digest, "norms": len(policies.norms), "decisions": len(policies.decisions)},
    }


def test_every_part_has_a_digest_of_its_own_that_depends_on_the_policies_alone(policies: PolicySet) -> None:
    one = select(policies, Selection(("FM-BAN", "US-INVITE")))
    same = select(policies, Selection(("policy=US-INVITE", "FM-BAN", "XF-AUTO"), ("XF-AUTO",)))
    other = select(policies, Selection(("FM-BAN", "US-MEMBERS")))
    assert one.digest == same.digest
    assert len({one.digest, other.digest, policies.digest}) == 3


def test_caches_tell_parts_and_gates_apart(library: Library) -> None:
    policies, schema = library.policies, schema_bytes("snapshot")
    part = select(policies, Selection(("FM-BAN",)))
    assert key_of(policies, schema) != key_of(part, schema)

    def key(judging: PolicySet, words: tuple[str, ...] = ("medium",)) -> str:
        gate = gate_of(words, "high", "ignore")
        return results_key([], [], None, EvidenceLevel.NONE, gate, judging)

    assert key(policies) == results_key([], [], None, EvidenceLevel.NONE, DEFAULT_GATE, policies)
    assert len({key(policies), key(part), key(policies, ("low",))}) == 3


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_part_judges_as_the_whole_set_does(file: Path, library: Library) -> None:
    snapshot = snapshot_of(library, file)
    part = select(library.policies, Selection(("transfer", "FM-BAN", "local-acts"), ("XF-WHEN",)))
    wanted = {policy.id for policy in part.policies()}
    whole = [result for result in check(snapshot, library.policies) if result["policy"] in wanted]
    assert check(snapshot, part) == whole
    found = Finder(part, library.vocabulary, worth_bytes=0).find(snapshot)
    assert found.results == [one for one in whole if one["verdict"] != "ok" or one["disputed"]]
    assert sum(found.fine.values()) == len(whole) - len(found.results)


# --- waivers --------------------------------------------------------------------------------------------------


def waiver(policy: str) -> Waiver:
    span, day = Span("w.yaml", 1, 1, 1, 2), date(2025, 1, 1)
    return Waiver("W", policy, "7800000002", None, day, day, Text("x", "x"), "post", "document", span, {})


def test_waivers_of_policies_that_were_left_out_are_left_out(policies: PolicySet) -> None:
    given = (waiver("FM-BAN"), waiver("US-INVITE"), waiver("NO-SUCH"))
    assert waivers_of(given, policies) == given
    part = select(policies, Selection(("FM-BAN",)))
    assert [one.policy for one in waivers_of(given, part)] == ["FM-BAN", "NO-SUCH"]
