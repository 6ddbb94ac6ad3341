"""How much the property tests do: a quick, repeatable run, or a long one with SVERKA_HYPOTHESIS=nightly."""

import os

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=120, suppress_health_check=QUIET)
settings.register_profile("nightly", deadline=None, max_examples=5_000, suppress_health_check=QUIET)
settings.load_profile("nightly" if os.environ.get("SVERKA_HYPOTHESIS") == "nightly" else "ci")
