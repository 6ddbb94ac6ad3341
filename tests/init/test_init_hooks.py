"""Hooks of git: the generated ones run in a real repository, those of this project are what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from init_folder import Ran, git, start

from validator.cli.main import COMMANDS

Sverka = Callable[..., Ran]
ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = (sys.executable, "-m", "pre_commit")


@pytest.fixture
def repository(folder: Path, sverka: Sverka) -> Path:
    """A repository set up by `sverka init`, everything staged."""
    git(folder, "init", "--quiet")
    assert sverka("init").code == 0
    git(folder, "add", "--all")
    return folder


def hooks(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the hooks over all files."""
    home = str(repository.parent / "pre-commit")
    return start(*PRE_COMMIT, "run", "--all-files", *arguments, cwd=repository, PRE_COMMIT_HOME=home)


def test_the_sample_passes_all_hooks(repository: Path) -> None:
    for stage in ("pre-commit", "pre-push"):
        ran = hooks(repository, "--hook-stage", stage)
        assert ran.returncode == 0, ran.stdout
    assert "снимки, вид и целостность" in hooks(repository).stdout
    assert hooks(repository, "sverka-validate").stdout.rstrip().endswith("Passed")
    assert hooks(repository, "--hook-stage", "pre-push", "sverka-check").stdout.rstrip().endswith("Passed")


def test_a_broken_snapshot_is_stopped_with_its_place(repository: Path) -> None:
    broken = repository / "snapshots" / "7800000108.yaml"
    broken.write_text('schema: sverka.snapshot/1\nas_of: soon\norganization: {inn: "1"}\n', "utf-8")
    git(repository, "add", "--all")
    ran = hooks(repository)
    assert ran.returncode == 1
    assert "snapshots/7800000108.yaml:2:8: " in ran.stdout
    assert "exit code: 3" in ran.stdout


def test_a_violation_can_be_recorded_but_not_pushed(repository: Path) -> None:
    sample = repository / "snapshots" / "example-school.yaml"
    text = sample.read_text("utf-8").replace("    service: max\n", "    service: whatsapp\n", 1)
    sample.write_text(text, "utf-8")
    git(repository, "add", "--all")
    assert hooks(repository).returncode == 0
    ran = hooks(repository, "--hook-stage", "pre-push")
    assert ran.returncode == 1
    assert "FM-BAN" in ran.stdout


def test_installing_the_hooks_installs_both_stages(repository: Path) -> None:
    ran = start(*PRE_COMMIT, "install", cwd=repository, PRE_COMMIT_HOME=str(repository.parent / "pre-commit"))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert {"pre-commit", "pre-push"} <= {path.name for path in (repository / ".git" / "hooks").iterdir()}


# --- the hooks that this project offers -----------------------------------------------------------------------


def manifest() -> dict[str, dict[str, object]]:
    return {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}


def test_the_manifest_is_one(tmp_path: Path) -> None:
    ran = start(*PRE_COMMIT, "validate-manifest", str(MANIFEST), cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout


def test_every_hook_calls_a_command_that_exists_and_is_named_after_it(sverka: Sverka) -> None:
    found = manifest()
    assert set(found) == {"sverka-check", "sverka-validate", "sverka-lint", "sverka-test", "sverka-fmt"}
    for name, hook in found.items():
        program, command, *options = str(hook["entry"]).split()
        assert (program, f"sverka-{command}") == ("sverka", name)
        assert command in COMMANDS
        assert sverka(command, *options, "--help").code == 0


def test_what_looks_at_the_whole_set_gets_no_file_names() -> None:
    found = manifest()
    assert {name for name, hook in found.items() if hook.get("pass_filenames") is False} == {
        "sverka-lint",
        "sverka-test",
    }
    assert all("additional_dependencies" not in hook for hook in found.values())


installs = pytest.mark.skipif(
    "SVERKA_TEST_INSTALL" not in os.environ,
    reason="installs the project from the package index, half a minute; set SVERKA_TEST_INSTALL=1",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The working tree of this project as a repository of its own."""
    project = tmp_path / "project"
    listed = start("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, project / name)
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "project")
    return project


@installs
def test_no_file_is_missed_when_there_are_too_many_for_one_command_line(project: Path, tmp_path: Path) -> None:
    """pre-commit hands over 5,000 paths to several processes, one after the other."""
    repository = tmp_path / "many"
    folder = repository / "snapshots" / "район-с-длинным-названием"
    folder.mkdir(parents=True)
    for number in range(5_000):
        first = f"99{number:07d}"
        last = sum(w * int(d) for w, d in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), first, strict=True)) % 11 % 10
        (folder / f"{first}{last}.yaml").write_text(
            "schema: sverka.snapshot/1\nas_of: 2025-10-06\n"
            f'organization: {{inn: "{first}{last}", region: "78", kind: kindergarten}}\n',
            "utf-8",
        )
    files = sorted(folder.iterdir())
    files[4_321].write_text("schema: [", "utf-8")
    violating = files[4_999].read_text("utf-8") + (
        "uses:\n  - {ref: u_1, service: whatsapp, actor: employee_on_duty, counterpart: [parents], purpose: inform,"
        " direction: outgoing, first_on: 2025-09-01, last_on: ongoing}\n"
    )
    files[4_999].write_text(violating.replace("kindergarten}", "kindergarten, founder: municipality}"), "utf-8")
    (repository / "elsewhere.yaml").write_text("schema: [", "utf-8")
    git(repository, "init", "--quiet")
    git(repository, "add", "--all")
    ran = start(
        *PRE_COMMIT, "try-repo", str(project), "sverka-check", "--all-files", cwd=repository,
        PRE_COMMIT_HOME=str(tmp_path / "pre-commit"),
    )  # fmt: skip
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert files[4_321].name in ran.stdout
    assert files[4_999].name in ran.stdout
    assert "elsewhere" not in ran.stdout
    # Little is known of any of them, so every one is told of.
    told = set(re.findall(r"99\d{8}\.yaml", ran.stdout))
    assert told == {file.name for file in files}
    assert len(re.findall(r"^(?:Код выхода|Exit code): ", ran.stdout, re.MULTILINE)) > 1


@installs
@pytest.mark.parametrize("hook", ["sverka-check", "sverka-fmt"])
def test_a_hook_of_this_project_installs_and_runs_in_another_repository(
    hook: str, project: Path, repository: Path, tmp_path: Path
) -> None:
    policy = repository / "policies" / "norms" / "OWN-1.yaml"
    policy.parent.mkdir(parents=True)
    policy.write_text("norm:   OWN-1\n", "utf-8")
    git(repository, "add", "--all")
    ran = start(
        *PRE_COMMIT, "try-repo", str(project), hook, "--all-files", cwd=repository,
        PRE_COMMIT_HOME=str(tmp_path / "pre-commit"),
    )  # fmt: skip
    if hook == "sverka-check":
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert "проверка снимков организаций" in ran.stdout
        assert ran.stdout.rstrip().endswith("Passed")
    else:
        assert ran.returncode == 1, ran.stdout + ran.stderr
        assert policy.read_text("utf-8") == "norm: OWN-1\n"
