"""The files that `sverka init` writes are right: they parse, fit their schemas, and work."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from init_folder import CREATED, Ran, start, state

from validator import __version__
from validator.cli.init_contents import PURPOSES, TEMPLATES, Wanted, content, places
from validator.cli.settings import SETTINGS
from validator.cli.settings_schema import settings_schema
from validator.logic.text import Language

Sverka = Callable[..., Ran]
LANGUAGES: tuple[Language, ...] = ("ru", "en")


def text_of(place: str, language: Language = "ru") -> str:
    return content(place, language, own_policies=False).decode("utf-8")


def test_every_template_belongs_to_a_file_and_every_file_has_a_purpose() -> None:
    assert sorted(PURPOSES) == sorted([*CREATED, "gitflic-ci.yaml"])
    assert sorted(places(Wanted("both", True, True))) == CREATED
    templates = {path.name for path in TEMPLATES.iterdir()}
    assert len(templates) == sum(not place.startswith(".sverka/") for place in PURPOSES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", CREATED)
def test_the_file_parses_and_no_mark_of_the_template_is_left(place: str, language: Language) -> None:
    text = text_of(place, language)
    if place.endswith(".json"):
        assert isinstance(json.loads(text), dict)
    else:
        assert isinstance(yaml.safe_load(text), dict)
        assert "[ru] " not in text
        assert "[en] " not in text
        assert not re.search(r"@(lang|policies|version)@", text)
    assert text.endswith("\n")
    assert "\r" not in text


@pytest.mark.parametrize("place", [place for place in CREATED if not place.endswith(".json")])
def test_comments_are_in_the_language_of_the_run_and_the_rest_is_the_same(place: str) -> None:
    comments = {language: re.findall(r"(?m)^ *# .*", text_of(place, language)) for language in LANGUAGES}
    cyrillic = re.compile("[а-яё]", re.IGNORECASE)
    assert comments["ru"]
    assert not [line for line in comments["en"] if cyrillic.search(line)]
    assert len([line for line in comments["ru"] if cyrillic.search(line)]) > len(comments["ru"]) / 2
    ru, en = (yaml.safe_load(text_of(place, language)) for language in LANGUAGES)
    if place == "snapshots/example-school.yaml":
        assert ru == en
    else:
        assert list(ru) == list(en)


def test_every_setting_stands_in_the_settings_file_with_an_example() -> None:
    text = text_of("sverka.yaml")
    for name in SETTINGS:
        assert re.search(rf"(?m)^(# )?{name}: ", text), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_the_settings_file_is_accepted_by_the_program(
    language: Language, folder: Path, sverka: Sverka
) -> None:
    text = re.sub(rf"(?m)^# ({'|'.join(SETTINGS)}: )", r"\1", text_of("sverka.yaml", language))
    (folder / "sverka.yaml").write_text(text, "utf-8")
    ran = sverka("config", "-o", "json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)["settings"]
    assert {setting["origin"]["kind"] for setting in told} == {"file"}
    assert next(s["value"] for s in told if s["name"] == "lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_repository_can_be_checked_at_once(language: Language, folder: Path, sverka: Sverka) -> None:
    assert sverka("init", "--lang", language).code == 0
    checked, validated = sverka("check", "-o", "json"), sverka("validate", "-o", "json")
    assert (checked.code, validated.code) == (0, 0)
    report = json.loads(checked.out)
    assert report["inputs"] == {"documents": 1, "evaluated": 1, "quarantined": 0, "not_reached": 0}
    assert report["warnings"] == []
    assert report["counts"]["ok"]["met"] > 20
    assert report["counts"]["violation"] == 0
    assert list(state(folder)) == CREATED


def test_the_sample_shows_a_violation_when_changed_as_its_comment_says(folder: Path, sverka: Sverka) -> None:
    sverka("init")
    sample = folder / "snapshots" / "example-school.yaml"
    text = sample.read_text("utf-8")
    assert "`service: whatsapp`" in text
    sample.write_text(text.replace("    service: max\n", "    service: whatsapp\n", 1), "utf-8")
    ran = sverka("check", "-o", "concise")
    assert ran.code == 1
    assert "FM-BAN" in ran.out


# --- schemas --------------------------------------------------------------------------------------------------


def schema(folder: Path, name: str) -> Any:
    return json.loads((folder / ".sverka" / "schemas" / f"{name}.schema.json").read_text("utf-8"))


def test_the_editor_is_told_of_schemas_that_are_there_and_files_that_exist(folder: Path, sverka: Sverka) -> None:
    sverka("init")
    settings = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))
    patterns = settings["yaml.schemas"]
    for place in (*patterns, *(entry["url"] for entry in settings["json.schemas"])):
        assert (folder / place).is_file()
        assert "://" not in place
    bound = {
        file: place
        for place, globs in patterns.items()
        for glob in globs
        for file in state(folder)
        if Path("/", file).match(glob.replace("/**/", "/"))
    }
    assert bound == {
        "snapshots/example-school.yaml": ".sverka/schemas/snapshot.schema.json",
        "sverka.yaml": ".sverka/schemas/settings.schema.json",
    }


def test_the_written_files_fit_the_written_schemas(folder: Path, sverka: Sverka) -> None:
    sverka("init")
    # Scalars of a snapshot are text for the program; the YAML reader of an editor makes dates of some.
    snapshot = yaml.load((folder / "snapshots" / "example-school.yaml").read_text("utf-8"), _Plain)
    jsonschema.validate(snapshot, schema(folder, "snapshot"))
    settings = yaml.load((folder / "sverka.yaml").read_text("utf-8"), _Plain)
    jsonschema.validate(settings, schema(folder, "settings"))


class _Plain(yaml.SafeLoader):
    """YAML 1.2 as editors read it: of plain scalars only `true`, `false` and numbers of digits are no text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
_Plain.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[0-9]+$"), list("-0123456789"))


SETTINGS_DOCUMENTS = [
    ({"policies": ["builtin", "policies"]}, True),
    ({"policies": "builtin"}, True),
    ({"policies": []}, False),
    ({"polices": ["builtin"]}, False),
    ({"as_of": "2025-11-01"}, True),
    ({"as_of": "soon"}, False),
    ({"lang": "en"}, True),
    ({"lang": "de"}, False),
    ({"results": "findings"}, True),
    ({"results": ["findings"]}, False),
    ({"output": ["text", "json=r.json"]}, True),
    ({"output": "json="}, False),
    ({"output": "pdf"}, False),
    ({"snapshots": {"a": "b"}}, False),
]


@pytest.mark.parametrize(("document", "right"), SETTINGS_DOCUMENTS, ids=str)
def test_the_schema_of_settings_agrees_with_the_reader(
    document: dict[str, Any], right: bool, folder: Path, sverka: Sverka
) -> None:
    found = settings_schema("ru")
    jsonschema.Draft7Validator.check_schema(found)
    assert jsonschema.Draft7Validator(found).is_valid(document) == right
    (folder / "sverka.yaml").write_text(yaml.safe_dump(document, default_flow_style=False), "utf-8")
    (folder / "policies").mkdir()
    text = (folder / "sverka.yaml").read_text("utf-8").replace("'", "")
    (folder / "sverka.yaml").write_text(text, "utf-8")
    assert (sverka("config").code == 0) == right


def test_the_schema_of_settings_tells_of_every_setting_in_both_languages() -> None:
    for language in LANGUAGES:
        found: Any = settings_schema(language)
        told = {name: text["description"] for name, text in found["properties"].items()}
        assert told == {name: setting.title.in_language(language) for name, setting in SETTINGS.items()}


# --- CI -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("place", "arguments"),
    [
        (".github/workflows/sverka.yml", ["vendor.github-workflows"]),
        (".gitlab-ci.yml", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
)
def test_the_pipeline_fits_the_schema_of_its_host(
    place: str, arguments: list[str], language: Language, folder: Path
) -> None:
    pytest.importorskip("check_jsonschema")
    import sys

    file = folder / Path(place).name
    file.write_bytes(content(place, language, own_policies=False))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *arguments, file.name]
    ran = start(*command, cwd=folder)
    assert ran.returncode == 0, ran.stdout
    file.write_text(file.read_text("utf-8").replace("  sverka:\n    runs-on", "  sverka:\n    run-on"), "utf-8")
    file.write_text(file.read_text("utf-8").replace("    - if: $CI", "    - iff: $CI"), "utf-8")
    assert start(*command, cwd=folder).returncode == 1  # the check does find mistakes


PIPELINES = (".github/workflows/sverka.yml", ".gitlab-ci.yml", "gitflic-ci.yaml")


@pytest.mark.parametrize("place", PIPELINES)
def test_what_a_pipeline_runs_leaves_the_reports_that_it_keeps(
    place: str, folder: Path, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands as the server would run them, in a repository that was just set up."""
    assert sverka("init").code == 0
    summary = folder / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    text = text_of(place)
    (line,) = re.findall(r"(?m)^.*?(sverka check .*)$", text)
    _, *arguments = [os.path.expandvars(word) for word in shlex.split(line)]
    ran = sverka(*arguments)
    assert ran.code in (0, 3), ran.out + ran.err
    kept = set(re.findall(r"[\w-]+\.(?:json|xml)\b", text))
    assert kept
    assert all((folder / name).stat().st_size for name in kept)
    assert summary.exists() == ("GITHUB_STEP_SUMMARY" in text)


@pytest.mark.parametrize("place", [".github/workflows/sverka.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"])
def test_every_command_that_is_called_exists_with_its_options(place: str, folder: Path, sverka: Sverka) -> None:
    lines = re.findall(r"(?m)^(?: *- | *(?:run|entry): | {10,})(sverka .*)$", text_of(place))
    assert len(lines) >= 3
    for line in lines:
        _, *arguments = line.split()
        assert sverka(*arguments, "--help").code == 0, line
    assert list(folder.iterdir()) == []


def test_a_pipeline_installs_one_version_that_can_be_changed_in_one_place() -> None:
    for place in PIPELINES:
        text = text_of(place)
        assert len(re.findall(r"(?m)^ *VALIDATOR_PACKAGE: ", text)) == 1
        assert f"VALIDATOR_PACKAGE: sverka=={__version__}\n" in text
