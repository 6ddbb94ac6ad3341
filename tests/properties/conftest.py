"""The worlds and the shipped policies of other folders can be imported here."""

from __future__ import annotations

import sys
from pathlib import Path

for folder in ("interpreters", "policies"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))
