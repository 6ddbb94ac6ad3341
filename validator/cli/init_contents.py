"""What `sverka init` writes: files by their places, made from templates that ship with the program.

A line of a template that begins with `[ru] ` or `[en] ` is there in that language only, without the mark; `@name@`
stands for a value. The templates are ours alone, so nothing of a user is ever read as one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, NamedTuple

from validator import __version__
from validator.cli.settings_schema import settings_schema
from validator.logic.text import Language, Text
from validator.resources import schema_bytes

Hosting = Literal["github", "gitlab", "gitflic", "both", "none"]
TEMPLATES = Path(__file__).with_name("templates") / "init"
SETTINGS, SAMPLE, HOOKS = "sverka.yaml", "snapshots/example-school.yaml", ".pre-commit-config.yaml"
GITHUB, GITLAB, GITFLIC = ".github/workflows/sverka.yml", ".gitlab-ci.yml", "gitflic-ci.yaml"
EDITOR, EXTENSIONS, SCHEMAS = ".vscode/settings.json", ".vscode/extensions.json", ".sverka/schemas"
_TEMPLATE = {
    SETTINGS: "sverka.yaml",
    SAMPLE: "snapshot.yaml",
    HOOKS: "pre-commit-config.yaml",
    GITHUB: "github-workflow.yml",
    GITLAB: "gitlab-ci.yml",
    GITFLIC: "gitflic-ci.yaml",
    EDITOR: "vscode-settings.json",
    EXTENSIONS: "vscode-extensions.json",
}
PURPOSES = {
    SETTINGS: Text(
        "настройки, какие политики и где снимки", "settings, which policies and where the snapshots lie"
    ),
    SAMPLE: Text("образец снимка, школа выдумана", "a sample snapshot, the school is invented"),
    HOOKS: Text("проверки перед записью в git", "checks before git records a change"),
    GITHUB: Text("проверка на GitHub", "the check on GitHub"),
    GITLAB: Text("проверка в GitLab", "the check in GitLab"),
    GITFLIC: Text("проверка в GitFlic", "the check in GitFlic"),
    EDITOR: Text("подсказки VS Code при правке снимков и политик", "hints of VS Code in snapshots and policies"),
    EXTENSIONS: Text("расширение VS Code для YAML", "the YAML extension of VS Code"),
    f"{SCHEMAS}/snapshot.schema.json": Text("схема снимка для редактора", "the schema of snapshots for the editor"),
    f"{SCHEMAS}/policy.schema.json": Text("схема политик для редактора", "the schema of policies for the editor"),
    f"{SCHEMAS}/settings.schema.json": Text(
        "схема sverka.yaml для редактора", "the schema of sverka.yaml for the editor"
    ),
}


class Wanted(NamedTuple):
    """What the user wants set up."""

    ci: Hosting
    hooks: bool
    editor: bool


def places(wanted: Wanted) -> list[str]:
    """The files that are wanted, as POSIX paths inside the folder, in the order in which they are told."""
    left_out = set()
    if wanted.ci not in ("github", "both"):
        left_out.add(GITHUB)
    if wanted.ci not in ("gitlab", "both"):
        left_out.add(GITLAB)
    if wanted.ci != "gitflic":
        left_out.add(GITFLIC)
    if not wanted.hooks:
        left_out.add(HOOKS)
    return [
        place
        for place in PURPOSES
        if place not in left_out and (wanted.editor or not place.startswith((".vscode/", ".sverka/")))
    ]


def content(place: str, language: Language, *, own_policies: bool) -> bytes:
    """The file for a place. `own_policies` says that the folder `policies` holds some already."""
    if place == f"{SCHEMAS}/settings.schema.json":
        return (json.dumps(settings_schema(language), ensure_ascii=False, indent=2) + "\n").encode()
    if place.startswith(SCHEMAS):
        return schema_bytes(Path(place).name.removesuffix(".schema.json"))
    template = (TEMPLATES / f"{_TEMPLATE[place]}.tmpl").read_text("utf-8")
    text = "".join(_line(line, language) for line in template.splitlines(keepends=True))
    values = {
        "@lang@": language,
        "@policies@": "[builtin, policies]" if own_policies else "[builtin]",
        "@version@": __version__,
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text.encode()


def _line(line: str, language: Language) -> str:
    """A line of a template in one language; nothing when it belongs to the other."""
    for mark in ("ru", "en"):
        if line.startswith(f"[{mark}] "):
            return line[len(mark) + 3 :] if mark == language else ""
    return line
