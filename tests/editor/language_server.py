"""A client of a language server: JSON-RPC over the standard streams of a child process, as an editor speaks it.

Every wait has an end, and a wait in vain says what was waited for. The server is told its settings when it asks for
them (`workspace/configuration`), so that nothing is read from the machine and nothing is fetched from the network.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections import deque
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

FOREVER = 60.0  # seconds: far more than a slow machine needs, so that only a hanging server gets there
RETRIEVAL = "configuration that the server asks for"

Json = dict[str, Any]


class Place(NamedTuple):
    """A position in a file as the protocol counts it: both numbers from 0, columns in UTF-16 units."""

    line: int
    character: int

    def as_json(self) -> Json:
        """The form that goes over the wire."""
        return {"line": self.line, "character": self.character}


class Mark(NamedTuple):
    """One underlined place: the text that is underlined, the line it stands on (from 1), what is said of it."""

    token: str
    line: int
    message: str


def place_of(text: str, offset: int) -> Place:
    """The place of an offset into the text."""
    before = text[:offset]
    line = before[before.rfind("\n") + 1 :]
    return Place(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def covered(text: str, span: Json) -> str:
    """What stands in a range of the protocol."""
    lines = text.split("\n")
    start, end = span["start"], span["end"]
    rows = lines[start["line"] : end["line"] + 1]
    rows[-1] = _head(rows[-1], end["character"])
    rows[0] = rows[0][len(_head(rows[0], start["character"])) :]
    return "\n".join(rows)


def _marks_of(text: str, published: Json) -> list[Mark]:
    def order(mark: Json) -> tuple[int, int]:
        return mark["range"]["start"]["line"], mark["range"]["start"]["character"]

    return [
        Mark(covered(text, mark["range"]), mark["range"]["start"]["line"] + 1, mark["message"])
        for mark in sorted(published["diagnostics"], key=order)
    ]


def _head(line: str, units: int) -> str:
    return line.encode("utf-16-le")[: units * 2].decode("utf-16-le")


class LanguageServer:
    """One running server; use it as a context manager.

    `settings` holds the sections an editor would be asked for, `{"yaml": {...}}`; a section that is absent is
    empty. Raises TimeoutError with what was waited for, RuntimeError when the server answers with an error or ends.
    """

    def __init__(self, command: list[str], root: Path, settings: Json) -> None:
        self.settings = settings
        self.root = root
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root
        )
        self._inbox: queue.Queue[Json | None] = queue.Queue()
        self._said: deque[str] = deque(maxlen=50)  # the last lines of the server's own log
        self._marks: dict[str, Json] = {}
        self._number = 0
        self._readers = [threading.Thread(target=work, daemon=True) for work in (self._listen, self._overhear)]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> LanguageServer:
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": "policies"}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {
                            "completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}
                        },
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {"versionSupport": True},
                    },
                },
            },
        )
        self.notify("initialized", {})
        self.configure(self.settings)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.request("shutdown", None, 10)
            self.notify("exit", None)
            self._process.wait(10)
        except (OSError, RuntimeError, TimeoutError, subprocess.TimeoutExpired):
            pass  # whatever keeps it from ending by itself, it is ended now
        finally:
            self.stop()

    def stop(self) -> None:
        """End the server, whatever it is doing, and let go of its streams."""
        self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join(10)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert stream is not None
            with suppress(BrokenPipeError):  # what it was still to read is lost with it
                stream.close()

    # --- what an editor does ----------------------------------------------------------------------------------

    def configure(self, settings: Json) -> None:
        """Other settings from now on; returns when the server has fetched them."""
        self.settings = settings
        self.notify("workspace/didChangeConfiguration", {"settings": None})
        self._until(lambda message: message.get("method") == "workspace/configuration", RETRIEVAL, FOREVER)

    def open(self, uri: str, text: str) -> str:
        """The file is shown in the editor; the address it goes by.

        That is always a new one in the same folder, `FM-BAN.7.yaml`: whatever the server still has to say of an
        earlier text goes by another address, and so is never taken for an answer.
        """
        self._number += 1
        stem, point, suffix = uri.rpartition(".")
        shown = f"{stem}.{self._number}{point}{suffix}"
        document = {"uri": shown, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return shown

    def close(self, shown: str) -> None:
        """The file is no longer shown."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": shown}})

    def diagnose(self, uri: str, text: str) -> list[Mark]:
        """What the editor underlines in a file with this text, in the order of the file."""
        return self.diagnose_all({uri: text})[uri]

    def diagnose_all(self, texts: dict[str, str]) -> dict[str, list[Mark]]:
        """The same for many files at once; a server that waits before it looks waits only once."""
        shown = {self.open(uri, text): uri for uri, text in texts.items()}
        for address in shown:
            if address not in self._marks:
                self._until(partial(self._has_marks, address), f"diagnostics of {address}", FOREVER)
        found = {uri: _marks_of(texts[uri], self._marks[address]) for address, uri in shown.items()}
        for address in shown:
            self.close(address)
        return found

    def _has_marks(self, address: str, _: Json) -> bool:
        return address in self._marks

    def complete(self, uri: str, text: str, offset: int) -> list[Json]:
        """What the editor offers at an offset of a file with this text."""
        shown = self.open(uri, text)
        answer = self._at("textDocument/completion", shown, place_of(text, offset))
        self.close(shown)
        items = answer if isinstance(answer, list) else (answer or {}).get("items", [])
        return [item for item in items if isinstance(item, dict)]

    def hover(self, uri: str, text: str, offset: int) -> str:
        """What the editor shows under the pointer; empty when it shows nothing."""
        return self.hovers(uri, text, [offset])[offset]

    def hovers(self, uri: str, text: str, offsets: list[int]) -> dict[int, str]:
        """The same for many places of one file."""
        shown = self.open(uri, text)
        answers = {offset: self._at("textDocument/hover", shown, place_of(text, offset)) for offset in offsets}
        self.close(shown)
        return {offset: str(found["contents"]["value"]) if found else "" for offset, found in answers.items()}

    def _at(self, method: str, uri: str, place: Place) -> Any:
        return self.request(method, {"textDocument": {"uri": uri}, "position": place.as_json()})

    # --- the protocol -----------------------------------------------------------------------------------------

    def request(self, method: str, params: Json | None, seconds: float = FOREVER) -> Any:
        """The result of a request."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        answer = self._until(
            lambda m: m.get("id") == number and "method" not in m, f"an answer to {method}", seconds
        )
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer.get("result")

    def notify(self, method: str, params: Json | None) -> None:
        """Something that is not answered."""
        self._send({"method": method, "params": params})

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _until(self, wanted: Any, what: str, seconds: float) -> Json:
        """Take messages in, answering what the server asks, until one is wanted."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                message = self._inbox.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"waited {seconds:g} s for {what}; the server said: {self._log()}") from None
            if message is None:
                raise RuntimeError(f"the server ended while we waited for {what}; it said: {self._log()}")
            self._take(message)
            if wanted(message):
                return message

    def _log(self) -> str:
        return "\n".join(self._said) or "nothing"

    def _take(self, message: Json) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self._marks[message["params"]["uri"]] = message["params"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: Json) -> Any:
        if message["method"] == "workspace/configuration":
            return [self.settings.get(item.get("section")) for item in message["params"]["items"]]
        return None

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                self._inbox.put(None)
                return
            self._inbox.put(json.loads(stream.read(length)))

    def _overhear(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        for line in stream:
            self._said.append(line.decode("utf-8", "replace").rstrip())
