"""The real language server, started once for the tests of a module, on the files of this checkout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from editor_desk import MAIN, Sheet, Start, published, server_command, settings
from language_server import LanguageServer


@pytest.fixture(scope="session")
def start() -> Start:
    """A server over a folder with some schemas: `with start(schemas, folder) as server`."""

    def started(schemas: dict[str, str], folder: Path = MAIN) -> AbstractContextManager[LanguageServer]:
        return LanguageServer(server_command(), folder, settings(schemas))

    return started


@pytest.fixture(scope="module")
def server(start: Start) -> Iterator[LanguageServer]:
    """A server with the published schemas."""
    with start(published()) as running:
        yield running


@pytest.fixture
def sheet(server: LanguageServer) -> Callable[..., Sheet]:
    """A file of the checkout in the editor: `sheet("policies/…/FM-BAN.yaml")`."""
    return lambda place, text=None: Sheet(server, place, text)
