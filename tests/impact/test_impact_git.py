"""A git revision as the old side: what it reads, what it refuses, and that it writes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from impact_bench import Bench, Impact, Repo, Sverka, found, inn

NORM = "policies/norms/T-CONNECT.yaml"


@pytest.fixture(autouse=True)
def _in_the_repository(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.path)


def later(repo: Repo) -> None:
    """The working tree: the norm begins only in 2026."""
    file = repo.path / NORM
    file.write_text(file.read_text("utf-8").replace("2025-06-01", "2026-06-01"), "utf-8")


LATER = {
    (inn(0), "T-CONNECT", "organization", "violation > ok", "better"),
    (inn(2), "T-CONNECT", "organization", "unknown > ok", "better"),
}


@pytest.mark.parametrize("revision", ["HEAD", "main", "v1", "HEAD~0", "@"])
def test_the_working_tree_is_compared_with_any_name_of_a_revision(
    revision: str, repo: Repo, impact: Impact
) -> None:
    repo.git("tag", "v1")
    later(repo)
    report = impact("--base", revision, "--on", "snapshots")
    assert found(report) == LATER
    assert report["old"]["revision"] == revision
    assert report["old"]["commit"] == repo.git("rev-parse", "HEAD").strip()
    assert report["new"]["revision"] is None
    assert report["old"]["names"] == report["new"]["names"] == ["policies"]
    assert report["code"] == 1


def test_a_commit_is_compared_with_an_earlier_one(repo: Repo, impact: Impact) -> None:
    first = repo.git("rev-parse", "HEAD").strip()
    later(repo)
    repo.commit("two")
    assert found(impact("--base", first[:10], "--on", "snapshots")) == LATER
    assert impact("--base", "HEAD", "--on", "snapshots")["equal"] is True


def test_nothing_is_written_or_checked_out(repo: Repo, impact: Impact) -> None:
    later(repo)
    before = repo.state()
    impact("--base", "HEAD", "--on", "snapshots")
    assert repo.state() == before


def test_it_works_from_a_folder_inside_and_from_one_outside(
    repo: Repo, impact: Impact, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(repo)
    monkeypatch.chdir(repo.snapshots)
    assert found(impact("--base", "HEAD", "--policies", "../policies", "--on", ".")) == LATER
    monkeypatch.chdir(repo.path.parent)
    assert found(impact("--base", "HEAD", "--policies", "repo/policies", "--on", "repo/snapshots")) == LATER


def test_the_root_of_a_repository_may_be_the_policy_folder(
    tmp_path: Path, impact: Impact, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repo(tmp_path / "root")
    for path in (*other.policies.iterdir(),):
        path.rename(other.path / path.name)
    other.git("rm", "-r", "-q", "--cached", "snapshots", "policies")
    snapshots = tmp_path / "apart"
    other.snapshots.rename(snapshots)
    other.policies.rmdir()
    other.commit("root")
    (other.path / "README.md").write_text("no policy")
    file = other.path / "norms" / "T-CONNECT.yaml"
    file.write_text(file.read_text("utf-8").replace("2025-06-01", "2026-06-01"), "utf-8")
    monkeypatch.chdir(other.path)
    assert found(impact("--base", "HEAD", "--policies", ".", "--on", snapshots)) == LATER


def test_names_with_spaces_and_russian_letters_are_read(repo: Repo, impact: Impact) -> None:
    folder = repo.policies / "norms" / "Мои нормы"
    folder.mkdir()
    (repo.path / NORM).rename(folder / "T-CONNECT.yaml")
    repo.commit("moved")
    file = folder / "T-CONNECT.yaml"
    file.write_text(file.read_text("utf-8").replace("2025-06-01", "2026-06-01"), "utf-8")
    report = impact("--base", "HEAD", "--on", "snapshots")
    assert found(report) == LATER
    assert report["changes"][0]["file"] == "norms/Мои нормы/T-CONNECT.yaml"


def test_line_ends_that_git_converts_are_no_change(repo: Repo, impact: Impact) -> None:
    file = repo.path / NORM
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert impact("--base", "HEAD", "--on", "snapshots")["equal"] is True


def test_hidden_files_and_readmes_of_the_revision_are_no_policies(repo: Repo, impact: Impact) -> None:
    (repo.policies / ".hidden.yaml").write_text("a: [")
    (repo.policies / "README.md").write_text("# policies")
    (repo.policies / "norms" / ".git-keep").write_text("")
    repo.commit("more")
    assert impact("--base", "HEAD", "--on", "snapshots")["equal"] is True


def test_a_folder_that_was_not_there_is_all_new(repo: Repo, impact: Impact) -> None:
    repo.git("rm", "-r", "-q", "--cached", "policies")
    repo.git("commit", "-q", "-m", "without")
    report = impact("--base", "HEAD", "--on", "snapshots")
    assert [note["code"] for note in report["notes"]] == ["new-folder"]
    assert {flip["direction"] for flip in report["flips"]} == {"added"}
    assert {flip["after"]["verdict"] for flip in report["flips"]} == {"violation", "unknown"}


def test_hooks_filters_and_text_conversion_are_not_run(repo: Repo, impact: Impact, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    script = tmp_path / "script.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    later(repo)
    (repo.path / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n")
    for key in ("diff.trap.textconv", "filter.trap.smudge", "core.fsmonitor", "core.pager"):
        repo.git("config", key, str(script))
    hooks = repo.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        (hooks / name).write_text(script.read_text())
        (hooks / name).chmod(0o755)
    assert found(impact("--base", "HEAD", "--on", "snapshots")) == LATER
    assert not trap.exists()


# --- bad input --------------------------------------------------------------------------------------------------


def refused(sverka: Sverka, *arguments: object, language: str = "en") -> str:
    ran = sverka("impact", *arguments, "--lang", language)
    assert ran.code == 2, (ran.out, ran.err)
    assert ran.out == ""
    return ran.err


def test_an_unknown_revision_is_named_with_the_nearest_branch(repo: Repo, sverka: Sverka) -> None:
    repo.git("branch", "release-2025")
    told = refused(sverka, "--base", "relese-2025", "--on", "snapshots")
    assert told.splitlines() == [
        "there is no such revision: `relese-2025` [git-revision]",
        "    did you mean `release-2025`?",
    ]
    russian = refused(sverka, "--base", "relese-2025", "--on", "snapshots", language="ru")
    assert russian.splitlines() == [
        "нет такой ревизии: `relese-2025` [git-revision]",
        "    похоже на `release-2025`",
    ]


BACK = {
    "HEAD~1": ("`HEAD` — первый коммит, более раннего нет", "`HEAD` is the first commit, there is no earlier one"),
    "main^": ("`main` — первый коммит, более раннего нет", "`main` is the first commit, there is no earlier one"),
    "HEAD^^~3": (
        "`HEAD` — первый коммит, более раннего нет",
        "`HEAD` is the first commit, there is no earlier one",
    ),
}


@pytest.mark.parametrize("revision", BACK)
def test_before_the_only_commit_there_is_none_and_the_commit_itself_is_offered(
    revision: str, sverka: Sverka
) -> None:
    start = revision.rstrip("^~123")
    for language, words in zip(("ru", "en"), BACK[revision], strict=True):
        told = refused(sverka, "--base", revision, "--on", "snapshots", language=language)
        assert f"    {words}; " in told
        assert told.endswith(f": `--base {start}`\n")


def test_counting_back_before_the_first_commit_is_told(repo: Repo, sverka: Sverka, impact: Impact) -> None:
    later(repo)
    repo.commit("two")
    assert found(impact("--base", "HEAD~1", "--on", "snapshots")) == LATER
    assert "this goes back before the first" in refused(sverka, "--base", "HEAD~2", "--on", "snapshots")
    russian = refused(sverka, "--base", "HEAD~2", "--on", "snapshots", language="ru")
    assert "ревизия уходит раньше первого" in russian
    assert "похоже" not in russian


def test_a_branch_that_does_not_exist_is_not_counted_back_from(sverka: Sverka) -> None:
    told = refused(sverka, "--base", "mian~1", "--on", "snapshots")
    assert "did you mean `main`?" in told


def test_a_repository_without_a_commit_is_told(tmp_path: Path, sverka: Sverka, repo: Repo) -> None:
    empty = tmp_path / "empty"
    repo.git("init", "-q", str(empty))
    repo.policies.rename(empty / "policies")
    told = refused(sverka, "--base", "HEAD", "--policies", empty / "policies", "--on", "snapshots")
    assert "the repository has no commit yet" in told


def test_in_a_shallow_clone_the_way_to_the_rest_is_told(
    repo: Repo, sverka: Sverka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(repo)
    repo.commit("two")
    repo.git("clone", "-q", "--depth", "1", repo.path.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    told = refused(sverka, "--base", "HEAD~1", "--on", "snapshots")
    assert "this clone is shallow: `git fetch --unshallow`" in told


@pytest.mark.parametrize(
    "revision",
    ["--help", "-h", "--output=trap", "", "HEAD:policies", "HEAD..HEAD", "v1\nHEAD", "deadbeef", "HEAD~9"],
)
def test_what_is_no_revision_is_refused_and_never_an_option_of_git(
    revision: str, repo: Repo, sverka: Sverka
) -> None:
    told = refused(sverka, f"--base={revision}", "--on", "snapshots")
    assert "there is no such revision" in told
    assert not (repo.path / "trap").exists()


def test_a_blob_or_a_tree_is_no_revision(repo: Repo, sverka: Sverka) -> None:
    tree = repo.git("rev-parse", "HEAD:policies").strip()
    assert "there is no such revision" in refused(sverka, "--base", tree, "--on", "snapshots")


def test_a_folder_in_no_repository_is_told(sverka: Sverka, bench: Bench) -> None:
    told = refused(sverka, "--base", "HEAD", "--policies", bench.policies, "--on", "snapshots")
    assert "the folder lies in no git repository [git-repository]" in told
    assert "sverka impact OLD NEW" in told


def test_without_git_the_way_out_is_told(sverka: Sverka, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    told = refused(sverka, "--base", "HEAD", "--on", "snapshots")
    assert "the git program was not found [git-missing]" in told
    assert "compare two folders" in told


def test_a_folder_that_holds_no_policies_is_told(sverka: Sverka) -> None:
    told = refused(sverka, "--base", "HEAD", "--policies", "snapshots", "--on", "snapshots")
    assert "this is not a policy folder [policy-folder]" in told


def test_a_folder_that_does_not_exist_is_told(sverka: Sverka) -> None:
    told = refused(sverka, "--base", "HEAD", "--policies", "polices", "--on", "snapshots")
    assert "polices: there is no such policy folder [policy-folder]" in told


def test_the_shipped_set_alone_has_no_revisions(sverka: Sverka) -> None:
    told = refused(sverka, "--base", "HEAD", "--policies", "builtin", "--on", "snapshots")
    assert "`--base` needs a policy folder of a repository" in told


def test_an_old_set_that_is_broken_is_told_at_its_places_in_the_revision(repo: Repo, sverka: Sverka) -> None:
    good = (repo.path / NORM).read_text("utf-8")
    (repo.path / NORM).write_text(good.replace("severity: high", "severity: hihg"), "utf-8")
    repo.commit("broken")
    (repo.path / NORM).write_text(good, "utf-8")
    told = refused(sverka, "--base", "HEAD", "--on", "snapshots").splitlines()
    assert told[0] == "the policies of revision HEAD are not accepted by this program:"
    assert told[1] == f"HEAD:{NORM}:6:11: unknown value `hihg` [unknown-value]"
    assert told[2] == "    did you mean `high`?"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_in_the_revision_is_refused_aloud(repo: Repo, sverka: Sverka) -> None:
    os.symlink("T-CONNECT.yaml", repo.policies / "norms" / "LINK.yaml")
    repo.commit("link")
    (repo.policies / "norms" / "LINK.yaml").unlink()
    told = refused(sverka, "--base", "HEAD", "--on", "snapshots")
    assert "HEAD:policies/norms/LINK.yaml: this is a link, not a file [git-entry]" in told


def test_a_submodule_in_the_revision_is_refused_aloud(repo: Repo, sverka: Sverka) -> None:
    commit = repo.git("rev-parse", "HEAD").strip()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},policies/norms/inner")
    repo.git("commit", "-q", "-m", "submodule")
    told = refused(sverka, "--base", "HEAD", "--on", "snapshots")
    assert "HEAD:policies/norms/inner: this is a submodule [git-entry]" in told


def test_a_revision_with_too_many_files_is_refused_before_they_are_read(
    sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.cli.git_tree.default", lambda _: 1)
    assert "the policy set is too large" in refused(sverka, "--base", "HEAD", "--on", "snapshots")


def test_objects_that_are_missing_are_told(repo: Repo, sverka: Sverka) -> None:
    oid = repo.git("rev-parse", f"HEAD:{NORM}").strip()
    later(repo)
    (repo.path / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    told = refused(sverka, "--base", "HEAD", "--on", "snapshots")
    assert "git does not give the files of this revision [git-objects]" in told


def test_what_begins_like_an_option_never_reaches_git(sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    real = subprocess.run

    def watched(arguments: list[str], **options: object) -> object:
        calls.extend(arguments)
        return real(arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("validator.cli.git_tree.subprocess.run", watched)
    refused(sverka, "--base=--output=trap", "--on", "snapshots")
    assert calls
    assert not [argument for argument in calls if "trap" in argument]


def test_git_is_never_given_a_shell(repo: Repo, sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    real = subprocess.run

    def watched(arguments: object, **options: object) -> object:
        calls.append(arguments)
        assert not options.get("shell")
        assert isinstance(arguments, list)
        return real(arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("validator.cli.git_tree.subprocess.run", watched)
    refused(sverka, "--base", "$(touch trap); touch trap", "--on", "snapshots")
    assert calls
    assert not (repo.path / "trap").exists()
