"""The pages that the browser looks at, and what it does with each."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summaries import dated, incomplete, many, renamed, usual

from validator.logic.report import OrganizationRow
from validator.render.html import render

# What the validator of HTML would have otherwise: long titles, inline style and script, and `type` of a data block
# are meant; a `role` on a drawing and on a place that scrolls is what axe asks for.
RULES = {
    "no-inline-style": "off",
    "require-sri": "off",
    "long-title": "off",
    "script-type": "off",
    "prefer-native-element": "off",
    "no-trailing-whitespace": "off",
}
COPIES = 40
HARMLESS = "Школа"
HOSTILE = [
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<!--<script>",
    "]]><img src=x onerror=window.hacked=1>",
    '"><svg onload=window.hacked=1>',
    "' onfocus=window.hacked=1 autofocus '",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.hacked=1",
    "\u202etxt.exe\u2066",
    "\x1b[2J\x07\r\n::error::x",
    '=HYPERLINK("http://example.com")',
    "&lt;b&gt;&amp;&#x3c;",
    "\ue000\ue000",
    "http://example.com/?a=b#?verdict=ok",
]
FILTERS: list[dict[str, Any]] = [
    {"select": {"by-verdict": "violation", "by-severity": "1"}},
    {"select": {"by-verdict": "violation"}},
    {"select": {"by-verdict": "unknown"}},
    {"select": {"by-verdict": "advice"}},
    {"select": {"by-policy-id": "FM-BAN"}},
    {"select": {"by-municipality": "78|Озёрный район"}},
    {"type": {"by-organization": "ПОСЕЛКА  сош"}},
    {"type": {"by-organization": "гБоУ 7899"}},
    {"type": {"by-organization": "нет такой организации"}},
    {"tick": ["by-disputed"]},
]


def page_of(row: OrganizationRow) -> str:
    """Where the page of an organization would lie."""
    return f"pages/{row['organization']}.html"


def hostile_names() -> list[str]:
    """A short list of our own, and the long one of the corpora where it is at hand."""
    names = list(HOSTILE)
    corpora = os.environ.get("SVERKA_CORPORA")
    if corpora:
        lists = Path(corpora)
        names += json.loads((lists / "big-list-of-naughty-strings" / "blns.json").read_text(encoding="utf-8"))
        for file in sorted((lists / "csv-injection").rglob("*.txt")):
            names += file.read_text(encoding="utf-8", errors="replace").split("\n")
    return names


def organization_pages() -> Iterator[tuple[str, str]]:
    """Two pages of organizations, as the tests of those pages make them."""
    place = Path(__file__).parents[1] / "organization_page" / "pages.py"
    spec = importlib.util.spec_from_file_location("organization_pages", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    examples = module.examples()
    yield "organization-ru", examples["transfer"].page("ru")
    yield "organization-en", examples["waived"].page("en")


class Names:
    """Other names for the names of a report, each time the same."""

    def __init__(self, others: list[str] | None) -> None:
        self.others = others
        self.given: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name not in self.given:
            number = len(self.given)
            other = HARMLESS if self.others is None else self.others[number % len(self.others)]
            self.given[name] = f"{other} {number:04}"
        return self.given[name]


def written(folder: Path) -> list[dict[str, Any]]:
    """Writes the pages; says of each where it lies and which steps are taken."""
    found: list[dict[str, Any]] = []

    def add(name: str, text: str, *steps: str, **more: Any) -> None:
        file = folder / f"{name}.html"
        file.write_text(text, encoding="utf-8", newline="\n")
        found.append({"name": name, "file": str(file), "steps": steps, **more})

    results = usual()
    everything = (
        "axe",
        "valid",
        "filters",
        "sorting",
        "keyboard",
        "details",
        "folds",
        "widths",
        "print",
        "still",
        "look",
    )
    more = {"filters": FILTERS, "keyboard": "#?verdict=violation", "details": "#?sort=policy", "folds": "озерный"}
    add("ru", render(results, "ru", dated(), page_of), *everything, **more, look="#trend")
    add("en", render(incomplete(), "en"), "axe", "valid", "widths", "print", "look", look="")
    for name, page in organization_pages():
        add(name, page, "axe", "valid", "widths", "look", look="")
    add("many", render(many(results, COPIES), "ru"), "filters", "still", filters=FILTERS)
    add("harmless", render(renamed(Names(None)), "ru", page_of=page_of), "skeleton")
    names = hostile_names()
    # A report has some thousand names, the corpora have five hundred.
    for number, shift in enumerate(range(0, min(len(names), 3))):
        add(
            f"hostile-{number}",
            render(renamed(Names(names[shift:] + names[:shift])), "ru", page_of=page_of),
            "skeleton",
        )
    return found
