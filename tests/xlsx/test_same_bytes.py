"""The same results give the same bytes, whatever the machine, the day and the order of sets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from workbooks import fixtures, made, parts, report, trees

HERE = Path(__file__).parent
PROGRAM = """
import hashlib, os, sys
os.umask(int(sys.argv[1], 8))
sys.path.insert(0, sys.argv[2])
import json, workbooks
workbooks._report = lambda: open(sys.argv[3], encoding="utf-8").read()
print(hashlib.sha256(workbooks.made(workbooks.report())[0]).hexdigest())
"""


@pytest.mark.parametrize(
    ("seed", "zone", "umask", "locale"),
    [("0", "UTC", "022", "C"), ("1", "Asia/Kamchatka", "077", "C.UTF-8"), ("77", "America/St_Johns", "000", "C")],
)
def test_bytes_do_not_depend_on_seed_zone_umask_or_locale(
    seed: str, zone: str, umask: str, locale: str, tmp_path: Path
) -> None:
    import json

    saved = tmp_path / "report.json"
    saved.write_text(json.dumps(report()), "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, umask, str(HERE), str(saved)],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parents[1],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "TMPDIR": str(tmp_path)},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == hashlib.sha256(fixtures()).hexdigest()


def test_the_document_is_dated_by_the_results() -> None:
    core = parts(fixtures())["docProps/core.xml"].decode()
    last = max(row["as_of"] for row in report()["organizations"])
    assert f">{last}T00:00:00Z</dcterms:created>" in core
    assert f">{last}T00:00:00Z</dcterms:modified>" in core
    law = report()
    law["law_date"] = "2031-05-06"
    assert b">2031-05-06T00:00:00Z</dcterms:created>" in parts(made(law)[0])["docProps/core.xml"]


def test_members_of_the_file_have_no_time_of_their_own() -> None:
    with zipfile.ZipFile(BytesIO(fixtures())) as archive:
        assert {info.date_time[:2] for info in archive.infolist()} == {(1980, 1)}


def test_every_part_is_sound_xml() -> None:
    assert len(trees(fixtures())) > 12
