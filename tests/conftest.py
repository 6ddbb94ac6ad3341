"""Fixtures for all tests."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_HELPER = Path(__file__).with_name("schemas") / "report_validation.py"


@pytest.fixture(scope="session")
def valid_report() -> Callable[[Any], None]:
    """A check of a report against its schema: `valid_report(report)` raises AssertionError with what differs."""
    spec = importlib.util.spec_from_file_location("report_validation", _HELPER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    check: Callable[[Any], None] = module.assert_valid_report
    return check
