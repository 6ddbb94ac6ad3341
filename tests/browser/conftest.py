"""All pages are looked at once, by one browser and one process of Node, however many processes run the tests."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "render_html"))  # the pages of those tests are looked at here, too

from browser_pages import RULES, written  # noqa: E402 - stands in that folder's reach

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(what: str) -> None:
    """A skip, but in CI a failure, as nobody reads skips."""
    message = f"{what}: no page was looked at in a browser; run `npm ci --prefix tests/browser --ignore-scripts`"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def look(folder: Path) -> None:
    """Writes the pages and what the browser saw of them."""
    node = shutil.which("node")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if node is None:
        missing("Node.js is missing")
    if browser is None:
        missing("Chromium is missing")
    if not (HERE / "node_modules" / "puppeteer-core").is_dir():
        missing("tests/browser/node_modules is missing")
    job = {"browser": browser, "rules": RULES, "pages": written(folder)}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    # The browser gets a home of its own: it writes there, and reads nobody's settings.
    environment = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [str(node), str(HERE / "checks.mjs"), str(folder / "job.json"), str(folder / "seen.part")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, f"the browser could not look at the pages:\n{done.stdout}{done.stderr}"
    (folder / "seen.part").rename(folder / "seen.json")


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser saw, by the name of the page."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "browser"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "seen.json").is_file():
            look(folder)
    found: dict[str, Any] = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
    return {**found, "folder": str(folder)}
