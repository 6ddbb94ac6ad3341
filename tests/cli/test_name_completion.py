"""A shell completes the names that `--only` and `--exclude` take, from the set that would judge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workplace import ACT, NORM, Folder, Ran

import validator.language.library

Sverka = Callable[..., Ran]
Complete = Callable[..., dict[str, str]]


@pytest.fixture
def complete(sverka: Sverka) -> Complete:
    """What a shell is offered for the last word: the names with their titles. Nothing may be said aside."""

    def call(*words: object) -> dict[str, str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("_SVERKA_COMPLETE", "zsh_complete")
            patch.setenv("COMP_WORDS", " ".join(map(str, ("sverka", *words))))
            patch.setenv("COMP_CWORD", str(len(words)))
            ran = sverka()
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        return dict(zip(lines[1::3], lines[2::3], strict=True)) if lines != [""] else {}

    return call


@pytest.fixture
def own(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of two norms and two acts, of which one is cited; worked in from its folder, a repository."""
    (folder.path / ".git").mkdir()
    norm = NORM.replace("SEVERITY", "high").replace("MODALITY", "obligation").replace("READINGS", "")
    files = {
        "norms/users/T-OTHER.yaml": norm.replace("T-CONNECT", "T-OTHER"),
        "sources/test-act.yaml": ACT.replace("[T-CONNECT]", "[T-CONNECT, T-OTHER]"),
        "sources/test-idle.yaml": ACT.replace("test-act", "test-idle").replace(
            "coverage: automated\n    policies: [T-CONNECT]",
            "coverage: not_checkable\n    why: {ru: Нет, en: No}",
        ),
    }
    for place, text in files.items():
        file = folder.policies / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.chdir(folder.path)
    return folder.policies


@pytest.mark.parametrize("option", ["--only", "--exclude"])
def test_policies_topics_and_acts_are_offered_with_their_titles(
    option: str, own: Path, complete: Complete, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Организация подключена"
    assert complete("check", "--policies", own, option, "T-") == {"T-CONNECT": title, "T-OTHER": title}
    assert complete("check", "--policies", own, "in", option, "T-O") == {"T-OTHER": title}
    assert complete("check", "--policies", own, option, "use") == {"users": "_"}
    act = complete("check", "--policies", own, option, "test")
    assert act == {"test-act": "Учебный акт"}  # the other one selects no policy
    monkeypatch.setenv("SVERKA_LANG", "en")
    assert complete("check", "--policies", own, option, "test") == {"test-act": "Specimen act"}


def test_a_kind_before_the_name_is_kept(own: Path, complete: Complete) -> None:
    here = ("check", "--policies", own, "--only")
    assert complete(*here, "topic=") == {"topic=norms": "_", "topic=users": "_"}
    assert set(complete(*here, "policy=T-")) == {"policy=T-CONNECT", "policy=T-OTHER"}
    assert complete(*here, "act=te") == {"act=test-act": "Учебный акт"}
    assert complete(*here, "act=T-") == {}
    assert complete(*here, "pol") == {"policy=": "_"}


@pytest.mark.usefixtures("own")
def test_every_name_that_is_offered_is_one_that_check_takes(
    folder: Folder, complete: Complete, sverka: Sverka
) -> None:
    folder.good()
    here = ("check", "in", "--policies", "policies")
    offered = [*complete(*here, "--only", ""), *complete(*here, "--only", "topic=")]
    assert len(offered) == 7
    for name in offered:
        assert sverka(*here, "--only", name).code == 0, name


@pytest.mark.usefixtures("own")
def test_the_configured_policies_are_those_that_are_offered(folder: Folder, complete: Complete) -> None:
    assert "T-CONNECT" not in complete("check", "--only", "T-")
    (folder.path / "sverka.yaml").write_text("policies: policies\n", "utf-8")
    assert set(complete("check", "--only", "T-")) == {"T-CONNECT", "T-OTHER"}


@pytest.mark.usefixtures("own")
def test_the_second_time_no_policy_is_parsed(
    folder: Folder, complete: Complete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(folder.path / "cache"))
    here = ("check", "--policies", "policies", "--only", "T-")
    first = complete(*here)
    monkeypatch.setattr(validator.language.library, "load", lambda *_: pytest.fail("policies were parsed"))
    assert complete(*here) == first != {}


@pytest.mark.parametrize("broken", ["settings", "policies", "no folder"])
def test_whoever_types_is_not_interrupted_by_mistakes(
    broken: str, own: Path, folder: Folder, complete: Complete
) -> None:
    if broken == "settings":
        (folder.path / "sverka.yaml").write_text("policies: [nowhere]\nnonsense: 1\n", "utf-8")
        assert complete("check", "--only", "T-") == {}
        return
    if broken == "policies":
        (own / "norms" / "T-CONNECT.yaml").write_text("norm: [", "utf-8")
    assert complete("check", "--policies", own if broken == "policies" else "nowhere", "--only", "T-") == {}
