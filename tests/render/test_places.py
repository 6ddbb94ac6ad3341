"""Files of the repository as URIs and paths: relative, percent-encoded, the archive and not its member."""

from __future__ import annotations

from pathlib import PureWindowsPath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.render.places import container_of, path_of, uri_of


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("snapshots/a.yaml", "snapshots/a.yaml"),
        ("./snapshots/a.yaml", "snapshots/a.yaml"),
        (PureWindowsPath(r"снимки\a b.yaml").as_posix(), "%D1%81%D0%BD%D0%B8%D0%BC%D0%BA%D0%B8/a%20b.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("a%20b#?.yaml", "a%2520b%23%3F.yaml"),
        ("/data/a b.yaml", "file:///data/a%20b.yaml"),
        ("C:/данные/a.yaml", "file:///C:/%D0%B4%D0%B0%D0%BD%D0%BD%D1%8B%D0%B5/a.yaml"),
        ("in/all.zip/d/a.json", "in/all.zip"),
        ("in/all.tar.gz/lines.ndjson", "in/all.tar.gz"),
        ("all.ndjson", "all.ndjson"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_a_file_as_a_uri(file: str, uri: str) -> None:
    assert uri_of(file) == uri


def test_a_document_in_an_archive_is_known_by_the_archive_and_its_member() -> None:
    assert container_of("in/all.zip/d/a.json") == ("in/all.zip", "d/a.json")
    assert container_of("in/all.zip") == ("in/all.zip", "")
    assert path_of("./in/all.zip/d/a.json") == "in/all.zip"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda name: name[0] not in "/."))
def test_a_uri_is_ascii_relative_and_says_the_name(name: str) -> None:
    uri = uri_of(f"in/{name}")
    assert uri.isascii()
    assert urlsplit(uri).scheme == urlsplit(uri).netloc == urlsplit(uri).query == urlsplit(uri).fragment == ""
    assert unquote(uri) == container_of(f"in/{name}").file
