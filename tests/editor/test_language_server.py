"""Our own client: what it does when a server is silent or gone, and how it counts columns."""

from __future__ import annotations

import sys
from pathlib import Path

import editor_desk
import pytest
from language_server import LanguageServer, Place, covered, place_of


def test_a_silent_server_is_waited_for_in_vain_and_the_error_says_for_what(tmp_path: Path) -> None:
    talk = "import sys, time; print('loading', file=sys.stderr, flush=True); time.sleep(60)"
    silent = LanguageServer([sys.executable, "-c", talk], tmp_path, {})
    try:
        with pytest.raises(TimeoutError, match=r"waited 2 s for an answer to initialize; the server said: loading"):
            silent.request("initialize", {}, 2)
    finally:
        silent.stop()


def test_a_server_that_ends_is_noticed_at_once(tmp_path: Path) -> None:
    talk = "import sys; sys.stdin.buffer.readline(); print('no such module', file=sys.stderr)"
    gone = LanguageServer([sys.executable, "-c", talk], tmp_path, {})
    try:
        with pytest.raises(RuntimeError, match="ended while we waited for an answer to initialize"):
            gone.request("initialize", {})
    finally:
        gone.stop()


def test_columns_are_counted_as_the_protocol_counts_them() -> None:
    text = "а: 🏫б\nв: г"
    assert place_of(text, text.index("б")) == Place(0, 5)
    assert place_of(text, text.index("г")) == Place(1, 3)
    span = {"start": {"line": 0, "character": 3}, "end": {"line": 1, "character": 1}}
    assert covered(text, span) == "🏫б\nв"


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_a_missing_server_is_said_aloud_and_fails_in_ci(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor_desk, "SERVER", editor_desk.MAIN / "tests" / "editor" / "nowhere")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="the editor was not tested; run `npm ci --prefix tests/editor`"):
        editor_desk.server_command()
