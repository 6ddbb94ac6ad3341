"""The small parts of a SARIF log that many others are made of."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from validator.logic.report import Location
from validator.render.places import container_of, uri_of
from validator.render.safe import one_line

ROOT = "%SRCROOT%"
MOST_CHARACTERS = 1024  # of a description of a rule, for GitHub


class Message(TypedDict):
    """A text; `markdown` says the same."""

    text: str
    markdown: NotRequired[str]


class Artifact(TypedDict):
    """A file, relative to the root of the repository unless its URI is absolute."""

    uri: str
    uriBaseId: NotRequired[str]


class Region(TypedDict):
    """A place in a file; lines and columns from 1, columns in code points."""

    startLine: int
    startColumn: NotRequired[int]


class Physical(TypedDict):
    """A place in a file."""

    artifactLocation: Artifact
    region: Region


class Logical(TypedDict):
    """A place in the facts."""

    name: str
    fullyQualifiedName: str
    kind: str


class Place(TypedDict):
    """A place, where it lies and what it is called."""

    id: NotRequired[int]
    physicalLocation: Physical
    logicalLocations: NotRequired[list[Logical]]
    message: NotRequired[Message]


def words(text: str) -> str:
    """Text of others that stays text: in a SARIF message `[a](b)` would be a link."""
    return one_line(text).replace("](", "] (")


def short(text: str) -> str:
    """A description no longer than GitHub takes."""
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def physical(file: str, line: int | None, column: int | None) -> Physical:
    """A place in the file that lies in the repository; without a line the file as a whole is its first line."""
    uri = uri_of(file)
    artifact: Artifact = {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": ROOT}
    region: Region = {"startLine": line or 1}
    if column is not None:
        region["startColumn"] = column
    return {"artifactLocation": artifact, "region": region}


def place(location: Location) -> Place:
    """The place of a value; of a document in an archive it is told which member it is."""
    found: Place = {"physicalLocation": physical(location["file"], location["line"], location["column"])}
    member = container_of(location["file"]).member
    if member:
        found["message"] = {"text": words(member)}
    return found
