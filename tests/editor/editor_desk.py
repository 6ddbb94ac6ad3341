"""What stands in the editor: files of this checkout, the server that helps with them, its settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from language_server import Json, LanguageServer, Mark

MAIN = Path(__file__).resolve().parents[2]
SERVER = Path(__file__).parent / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
CURSOR = "¦"
PUBLISHED = {
    "policy.schema.json": "/policies/**/*.yaml",
    "snapshot.schema.json": "/fixtures/organizations/*.yaml",
}

Start = Callable[..., AbstractContextManager[LanguageServer]]


def server_command() -> list[str]:
    """How the server is started. Where it is missing: a skip, but in CI a failure, as nobody reads skips."""
    node = shutil.which("node")
    if node and SERVER.is_file():
        return [node, str(SERVER), "--stdio"]
    missing = f"{SERVER.relative_to(MAIN)} is missing" if node else "Node.js is missing"
    message = f"{missing}: the editor was not tested; run `npm ci --prefix tests/editor`"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def settings(schemas: dict[str, str]) -> Json:
    """The settings of an editor: schema files by the pattern of the files they are for, and no network."""
    yaml = {"schemas": schemas, "validate": True, "hover": True, "completion": True, "hoverSchemaSource": False}
    return {"yaml": {**yaml, "schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}}}


def published() -> dict[str, str]:
    """The schemas of this checkout and the files they are for."""
    return {(MAIN / "schemas" / name).as_uri(): pattern for name, pattern in PUBLISHED.items()}


class Sheet:
    """A file as it stands in the editor: what is on disk, with changes that nobody has saved."""

    def __init__(self, server: LanguageServer, place: str, text: str | None = None) -> None:
        self.server = server
        self.uri = (server.root / place).as_uri()
        self.text = (server.root / place).read_text(encoding="utf-8") if text is None else text

    def with_change(self, old: str, new: str) -> str:
        """The text with one place changed; `old` must stand there exactly once."""
        assert self.text.count(old) == 1, f"`{old}` stands there {self.text.count(old)} times"
        return self.text.replace(old, new)

    def offers(self, old: str, new: str) -> list[str]:
        """The labels offered at the cursor, which `new` holds, without skeletons of whole mappings."""
        return [str(item["label"]) for item in self.items(old, new) if item.get("kind") != 7]

    def items(self, old: str, new: str) -> list[Json]:
        """Everything offered at the cursor, which `new` holds."""
        text = self.with_change(old, new)
        offset = text.index(CURSOR)
        return self.server.complete(self.uri, text.replace(CURSOR, ""), offset)

    def hover(self, at: str) -> str:
        """What is shown at the cursor, which stands in a piece of the text that is there once: `moda¦lity`."""
        piece = at.replace(CURSOR, "")
        assert self.text.count(piece) == 1, f"`{piece}` stands there {self.text.count(piece)} times"
        return self.server.hover(self.uri, self.text, self.text.index(piece) + at.index(CURSOR))

    def marks(self, old: str = "", new: str = "") -> list[Mark]:
        """What is underlined after a change, or in the text as it is."""
        return self.server.diagnose(self.uri, self.with_change(old, new) if old else self.text)
