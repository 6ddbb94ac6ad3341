"""What conditions, policies, facts and waivers are made of: what `.ci/mutants` asks first of a change in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "logic"))

import test_frozen
import test_named_tuple

pytest.register_assert_rewrite("records_conditions", "records_facts", "records_policies", "records_reports")

import records_conditions  # noqa: E402 - a failure in these tells the values too
import records_facts  # noqa: E402
import records_policies  # noqa: E402
import records_reports  # noqa: E402

TESTS = (
    test_frozen.test_conditions_are_equal_wherever_they_were_written,
    test_frozen.test_records_of_other_classes_are_never_equal,
    test_frozen.test_the_place_counts_where_nothing_says_that_it_does_not,
    test_frozen.test_the_places_do_not_show_in_messages,
    test_frozen.test_records_never_change,
    test_frozen.test_a_field_that_there_is_not_is_never_replaced,
    test_frozen.test_the_names_of_fields_come_in_order,
    test_named_tuple.test_a_class_says_of_itself_what_that_of_typing_says,
    test_named_tuple.test_a_tuple_behaves_as_that_of_typing,
    test_named_tuple.test_a_class_that_would_be_another_than_it_looks_is_refused,
)
CHECKS: dict[str, Callable[[], None]] = {
    **{test.__name__: test for test in TESTS},
    **{
        name: check
        for module in (records_conditions, records_facts, records_policies, records_reports)
        for name, check in vars(module).items()
        if name.startswith("check_")
    },
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_records_stand(name: str) -> None:
    CHECKS[name]()
