"""Pages of organizations to look at: of the fixtures, and three that together show everything a page can have."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from validator.logic.report import OrganizationRow, Result
from validator.logic.text import Language
from validator.render.organization_page.html import render

ROOT = Path(__file__).parents[2]
ORGANIZATIONS = "fixtures/organizations"
SCHOOL = "fixtures/organizations/spb-school-transfer-week.yaml"
UNKNOWNS = "fixtures/organizations/school-unknown-service.yaml"
WAIVED = "fixtures/waivers/school/snapshot.yaml"
WAIVERS = ("fixtures/waivers/school/waivers.yaml",)


class Given(NamedTuple):
    """What the page of one organization is made of."""

    row: OrganizationRow
    findings: list[Result]
    head: Any
    policies: Any

    def page(self, language: Language = "ru") -> str:
        """The page."""
        return render(self.row, self.findings, self.head, self.policies, language)


def given(results: Any) -> Iterator[Given]:
    """The pages of a result set, in its order."""
    found: dict[tuple[str, str], list[Result]] = {}
    for result in results.findings():
        found.setdefault((result["organization"], result["as_of"]), []).append(result)
    for row in results.organizations():
        yield Given(row, found.get((row["organization"], row["as_of"]), []), results.head, results.policies)


@cache
def evaluated(paths: tuple[str, ...], waivers: tuple[str, ...] = ()) -> tuple[Given, ...]:
    """The pages of snapshots checked by the policies of the product."""
    from validator.cli.check import evaluate
    from validator.cli.context import load_library
    from validator.journeys.results.entries import entries_of, names_of
    from validator.journeys.results.of_report import results_of

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SVERKA_CACHE", "off")
        report = evaluate(paths, (), None, waivers)
        library = load_library(())
        report["policies"] = entries_of(library.policies, library.vocabulary)
        report["names"] = names_of(library.policies, library.vocabulary)
    return tuple(given(results_of(report)))


def fixtures() -> tuple[Given, ...]:
    """The pages of all organizations that ship with the product."""
    return evaluated((ORGANIZATIONS,))


def examples() -> dict[str, Given]:
    """Three pages that together show everything: violations and chats, missing facts, a waiver. Copies."""
    files = {"transfer": (SCHOOL, ()), "unknowns": (UNKNOWNS, ()), "waived": (WAIVED, WAIVERS)}
    return {name: copy.deepcopy(evaluated((path,), waivers)[0]) for name, (path, waivers) in files.items()}


# --- pages made by hand -----------------------------------------------------------------------------------------


def both(ru: str, en: str) -> Any:
    """A text in two languages."""
    return {"ru": ru, "en": en}


def found(policy: str = "T-NORM", **given: Any) -> Any:
    """A violation of a norm of medium severity, unless other things are `given`."""
    made: dict[str, Any] = {
        "organization": "7800000001",
        "organization_name": "School 1",
        "as_of": "2025-10-01",
        "law_date": "2025-10-01",
        "policy": policy,
        "kind": "norm",
        "topic": "transfer",
        "title": both(f"Требование {policy}", f"Requirement {policy}"),
        "modality": "prohibition",
        "severity": "medium",
        "force": "federal_law",
        "subject": "chats[0]",
        "ref": "h_0",
        "verdict": "violation",
        "verdict_title": None,
        "reason": None,
        "disputed": None,
        "missing": [],
        "alternatives": [],
        "because": [fact("chats[0].platform", "Мессенджер", "Messenger", "Telegram")],
        "citations": [
            {
                "act": "a",
                "at": "5",
                "force": "federal_law",
                "checked_on": "never",
                "title": both("Закон", "The Act"),
            }
        ],
        "message": both(f"Нарушено {policy}", f"Violated {policy}"),
        "remedy": both("Исправьте", "Put it right"),
        "sanction": None,
        "waiver": None,
        "location": {"file": "in/school.yaml", "line": 3, "column": 5},
    }
    if given.get("verdict") == "unknown":
        made |= {"message": None, "remedy": None, "because": [], "missing": [missing("chats[0].kind")]}
    return made | given


def decided(number: int, **given: Any) -> Any:
    """A chat that stays behind because a parent created it, unless other things are `given`."""
    made = {
        "kind": "decision",
        "severity": None,
        "modality": None,
        "subject": f"chats[{number}]",
        "ref": f"h_{number}",
        "verdict": "stays",
        "verdict_title": both("не перенесётся", "stays behind"),
        "message": None,
        "remedy": None,
        "criteria": [
            criterion("P-1", "true", "живой чат", "a live chat"),
            criterion("E-1", "true", "создан родителем", "created by a parent", exclusion=True),
        ],
        "advice": [{"criterion": "E-1", "ru": "Создайте заново", "en": "Create it anew"}],
    }
    return found("T-MOVE", **(made | given))


def moved(number: int, **given: Any) -> Any:
    """A chat that is moved."""
    title = both("перенесётся", "is moved")
    criteria = [criterion("P-1", "true", "живой чат", "a live chat")]
    return decided(number, verdict="moved", verdict_title=title, criteria=criteria, advice=[], **given)


def criterion(name: str, truth: str, ru: str, en: str, *, exclusion: bool = False) -> Any:
    """A criterion of a decision, or an exclusion."""
    return {"id": name, "truth": truth, "missing": [], "exclusion": exclusion, "title": both(ru, en)}


def fact(path: str, ru: str, en: str, value: str) -> Any:
    """An observed fact."""
    place = {"file": "in/school.yaml", "line": 3, "column": 5}
    title = both(ru, en)
    return {
        "path": path,
        "value": value,
        "title": title,
        "value_title": both(value, value),
        "statement": title,
        "location": place,
    }


def missing(path: str, cause: str = "absent", ru: str = "Вид чата", en: str = "Kind of chat") -> Any:
    """A missing fact."""
    return {"path": path, "cause": cause, "title": both(ru, en)}


def entry(result: Any, **given: Any) -> Any:
    """The policy of a result as reports list it."""
    made = {
        name: result[name]
        for name in ("policy", "kind", "topic", "title", "modality", "severity", "force", "citations", "sanction")
    }
    days = {"in_force_from": None, "in_force_through": None, "in_force_varies": False}
    return made | days | {"about_persons": False, "verdicts": [], "outcomes": [], "readings": []} | given


def made(*findings: Any, **given: Any) -> Given:
    """A page of these findings. `row` and `head` change what it says of the organization and of the run."""
    entries = {result["policy"]: entry(result) for result in findings} | given.get("policies", {})
    row = {
        "organization": "7800000001",
        "name": "School 1",
        "region": "78",
        "municipality": "District 1",
        "kind": "school",
        "as_of": "2025-10-01",
        "file": "in/school.yaml",
        "digest": "sha256:11",
    }
    head = {
        "tool": {"name": "sverka", "version": "1.2.3", "language_version": 1},
        "policy_set": {"digest": "sha256:0123456789abcdef", "norms": 5, "decisions": 1},
        "law_date": None,
        "law_dates": ("2025-10-01", "2025-10-01"),
        "fact_dates": ("2025-10-01", "2025-10-01"),
        "inputs": {"documents": 1, "evaluated": 1, "quarantined": 0, "not_reached": 0},
        "counts": {},
        "organizations": 1,
        "explained": "all",
        "names": {
            "kinds": {"school": both("общеобразовательная организация", "school")},
            "regions": {"78": both("Санкт-Петербург", "Saint Petersburg")},
        },
    }
    whole: Any = {**row, **given.get("row", {})}
    return Given(whole, list(findings), {**head, **given.get("head", {})}, entries)
