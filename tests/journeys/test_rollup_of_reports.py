"""The roll-up of the invented organizations agrees with what their report counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from validator.cli.check import evaluate
from validator.journeys.rollup.accumulate import RollUp
from validator.journeys.rollup.persons import persons_of
from validator.language.library import load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.batch import Coverage, Group, Tally
from validator.resources import organizations_folder, policies_folder, schema_bytes


def test_the_roll_up_of_the_invented_organizations_has_the_counts_of_their_report() -> None:
    report: Any = evaluate((str(organizations_folder()),), (), None)
    library = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
    persons = persons_of(library.policies, library.vocabulary)
    tallies: defaultdict[tuple[str, str], Counter[Tally]] = defaultdict(Counter)
    for found in report["results"]:
        line = Tally(found["policy"], found["verdict"], found["reason"], found["disputed"] is not None, 1)
        tallies[found["organization"], found["as_of"]][line] += 1
    rolled = RollUp(persons, (policy.id for policy in library.policies.policies()))
    for row in report["organizations"]:
        lines = tallies[row["organization"], row["as_of"]]
        group = Group(row["region"], row["municipality"], row["kind"])
        rolled.add(group, (line._replace(number=number) for line, number in lines.items()))
    inputs = report["inputs"]
    table = rolled.table(
        Coverage(inputs["documents"], inputs["evaluated"], inputs["quarantined"], 0, None, None, None)
    )

    exact = [found for found in report["results"] if found["policy"] not in persons]
    total = table["total"]["judgements"]
    assert total["judgements"] == len(exact)
    assert total["violation"] == sum(found["verdict"] == "violation" for found in exact) > 0
    assert total["unknown"] == sum(found["verdict"] == "unknown" for found in exact) > 0
    assert total["disputed"] == sum(found["disputed"] is not None for found in exact) > 0
    assert total["ok"]["not_in_force"] == sum(found["reason"] == "not_in_force" for found in exact)
    assert {row["policy"] for row in table["by_policy"]} == {policy.id for policy in library.policies.policies()}
    of_persons = sum(found["verdict"] == "violation" for found in report["results"] if found["policy"] in persons)
    assert table["total"]["persons"]["violation"] in (of_persons, None)
