"""The `sverka` command with faulty workers (see there): `python faulty_run.py MARKS SECONDS ARGUMENTS…`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from validator.cli import batch
from validator.cli.main import main
from validator.engines.local.supervise import Supervisor

if __name__ == "__main__":
    marks, seconds, *arguments = sys.argv[1:]
    worker = Path(__file__).with_name("faulty_worker.py")
    command = (sys.executable, "-P", str(worker), marks, seconds)
    batch.Supervisor = partial(Supervisor, command=command)
    main(arguments)
