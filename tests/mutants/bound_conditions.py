"""Quick checks of bounds: for a question, how many items of each list are enough, derived by hand.

A row is a condition and what it needs in the four ways in which it can be asked: surely true, not surely true,
surely false, not surely false. What is in no row of a condition is not needed.
"""

from __future__ import annotations

from bound_asked import (
    EVERYONE,
    FEEDS,
    GRADED,
    NONE,
    ONE,
    OPEN_TEAM,
    OWNED,
    PERSON_1,
    PERSON_2,
    TEAM_1,
    TEAM_2,
    Found,
    Sizes,
    Structure,
    counted,
    every,
    found_of,
    some,
    ways,
)
from worlds import TOY, read

ROWS: tuple[tuple[Structure, tuple[Sizes | Found, ...]], ...] = (
    # "And" and "or" of what has to be there, and of what must not be.
    ({"all": [PERSON_1, PERSON_2]}, ({"people": 2}, {}, {}, {"people": 2})),
    ({"any": [PERSON_1, PERSON_2]}, ({"people": 1}, {}, {}, {"people": 1})),
    ({"all": EVERYONE}, ({}, {"people": 1}, {"people": 1}, {})),
    ({"any": EVERYONE}, ({}, {"people": 2}, {"people": 2}, {})),
    ({"not": {"any": EVERYONE}}, ({"people": 2}, {}, {}, {"people": 2})),
    ({"any": [{"all": [PERSON_1, TEAM_1]}, TEAM_2]},
        ({"people": 1, "teams": 1}, {}, {}, {"people": 1, "teams": 1})),
    ({"people": {"no": {"load": 1}}}, ({}, {"people": 1}, {"people": 1}, {})),
    # A reference has to have its target where its value counts, and only there.
    (some("people", OPEN_TEAM), ({"people": 1, "teams": 1}, {}, {}, {"people": 1})),
    (every("people", OPEN_TEAM), ({}, {"people": 1}, {"people": 1, "teams": 1}, {})),
    (some("people", {"team": {"known": True}}), ({"people": 1, "teams": 1}, {}, {}, {"people": 1, "teams": 1})),
    (every("people", {"team": {"known": True}}), ({}, {"people": 1}, {"people": 1}, {})),
    (some("people", {"team": {"in": ["none"]}}), ({"people": 1, "teams": 1}, {}, {}, {"people": 1})),
    (some("people", {"team": "none"}), ({"people": 1, "teams": 1}, {}, {}, {"people": 1})),
    (some("people", {"fresh": {"of": OPEN_TEAM, "on": "seen_on", "within_days": 3}}),
        ({"people": 1, "teams": 1}, {}, {}, {"people": 1})),
    (some("people", OWNED), ({"people": 2}, {}, FEEDS, {"people": 1})),
    (some("people", {"team": {"lead": {"load": 1}}}), ({"people": 2, "teams": 1}, {},
        Found({"people": 1, "teams": 1}, frozenset({"people"})), {"people": 1})),
    # Nothing else is needed of an item than that it is there.
    ({"undecided": "question"}, ({}, {}, {}, {})),
    (some("people", {"service": {"listed_in": "home"}}), ({"people": 1}, {}, {}, {"people": 1})),
    (some("people", {"sum": {"of": ["load", "rank"], "at_least": 3}}), ({"people": 1}, {}, {}, {"people": 1})),
    # A member of a set of references shows how it differs, beside what is compared with it.
    (some("people", {"friends": {"within": {"field": "person.friends"}}}),
        ({"people": 2}, FEEDS, FEEDS, {"people": 2})),
    (some("people", {"friends": {"is": {"field": "person.friends"}}}),
        ({"people": 2}, FEEDS, FEEDS, {"people": 2})),
    (some("people", {"friends": {"contains": {"field": "person.desk.owner"}}}),
        ({"people": 3}, FEEDS, FEEDS, {"people": 2})),
    (some("people", {"skills": {"contains": "cook"}}), ({"people": 1}, {}, {}, {"people": 1})),
    # Numbers of items.
    (counted("people", {"load": 1}, at_least=3), ({"people": 3}, {}, {}, {"people": 3})),
    (counted("people", {"load": 1}, more_than=3), ({"people": 4}, {}, {}, {"people": 4})),
    (counted("people", {"load": 1}, at_most=3), ({}, {"people": 4}, {"people": 4}, {})),
    (counted("people", {"load": 1}, less_than=3), ({}, {"people": 3}, {"people": 3}, {})),
    (counted("people", {"load": 1}, at_least=0), ({}, {}, {}, {})),
    (counted("people", {"load": 1}, less_than=-4), ({}, {}, {}, {})),
    ({"people": {"count": {"of": {"load": 1}, "is": 3}}},
        ({"people": 3}, {"people": 4}, {"people": 4}, {"people": 3})),
    (counted("people", {"load": 1}, at_least={"param": "few"}), ({"people": 1}, {}, {}, {"people": 1})),
    (counted("people", {"load": 1}, at_least={"param": "half"}), ({"people": 50}, {}, {}, {"people": 50})),
    (some("people", GRADED), ({"people": 1, "teams": 4}, {}, {}, {"people": 1, "teams": 4})),
    # Between two numbers: at least one and a half is two, and so is more than that.
    (counted("people", {"load": 1}, at_least="1.5"), ({"people": 2}, {}, {}, {"people": 2})),
    (counted("people", {"load": 1}, more_than="1.5"), ({"people": 2}, {}, {}, {"people": 2})),
    (counted("people", {"load": 1}, at_most="1.5"), ({}, {"people": 2}, {"people": 2}, {})),
    (counted("people", {"load": 1}, less_than="1.5"), ({}, {"people": 2}, {"people": 2}, {})),
    (counted("people", {"load": 1}, at_least="-1.5"), ({}, {}, {}, {})),
    # Each of several chosen items has a target of its own; others have none of it.
    (counted("people", OWNED, at_least=2), ({"people": 4}, {}, FEEDS, {"people": 2})),
    ({"all": [PERSON_1, counted("people", OPEN_TEAM, at_least=2)]},
        ({"people": 3, "teams": 2}, {}, {}, {"people": 3})),
    # What is asked of several items may be decided otherwise for each of them.
    (counted("people", {"any": [PERSON_1, PERSON_2]}, at_least=2), ({"people": 4}, {}, {}, {"people": 4})),
    (every("people", {"any": [TEAM_1, TEAM_2]}), ({"teams": 2}, {"people": 1}, {"people": 1}, {"teams": 2})),
    (some("people", {"any": [TEAM_1, TEAM_2]}), ({"people": 1, "teams": 1}, {}, {}, {"people": 1, "teams": 1})),
    (every("people", {"all": [every("teams", {"size": 1}), every("teams", {"size": 2})]}),
        ({}, {"people": 1, "teams": 1}, {"people": 1, "teams": 1}, {})),
    # So many and no more.
    (ONE, ({"people": 1, "teams": 1}, {"people": 2, "teams": 2}, {"people": 2, "teams": 2},
        {"people": 1, "teams": 1})),
    (NONE, ({}, {"people": 1, "teams": 1}, {"people": 1, "teams": 1}, {})),
    (every("teams", ONE), ({"people": 1, "teams": 2}, {"people": 2, "teams": 3}, {"people": 2, "teams": 3},
        {"people": 1, "teams": 2})),
    (every("teams", {"not": ONE}), ({"people": 2, "teams": 2}, {"people": 1, "teams": 2},
        {"people": 1, "teams": 2}, {"people": 4, "teams": 4})),
    (every("teams", {"not": NONE}), ({"people": 1, "teams": 2}, {"teams": 1}, {"teams": 1},
        {"people": 2, "teams": 4})),
    (counted("people", OPEN_TEAM, **{"is": 1}), ({"people": 1, "teams": 2}, {"people": 2, "teams": 4},
        {"people": 2, "teams": 4}, {"people": 1})),
    (counted("people", {"not": TEAM_1}, **{"is": 1}), ({"people": 1, "teams": 1}, {"people": 2, "teams": 1},
        {"people": 2, "teams": 1}, {"people": 1, "teams": 1})),
    (counted("people", {"any": [TEAM_1, {"not": TEAM_2}]}, **{"is": 1}), ({"people": 1, "teams": 2},
        {"people": 2, "teams": 1}, {"people": 2, "teams": 1}, {"people": 1, "teams": 2})),
    # A definition speaks of what encloses its item.
    (some("people", {"tasks": {"some": {"meets": "TASK-DUE"}}}),
        ({"people": 1, "people.tasks": 1}, {}, {}, {"people": 1, "people.tasks": 1})),
    (some("people", {"tasks": {"every": {"meets": "TASK-DUE"}}}),
        ({"people": 1}, {"people.tasks": 1}, {"people.tasks": 1}, {"people": 1})),
    ({"meets": "ORG-BIG"}, ({"people": 1}, {}, {}, {"people": 1})),
    # A choice within an item that was chosen for each of others is one for each parent.
    ({"all": [TEAM_1, TEAM_2, every("teams", some("people", {"tasks": {"some": {"urgent": True}}}))]},
        ({"teams": 2, "people": 1, "people.tasks": 1}, {"teams": 1}, {"teams": 1},
         {"teams": 2, "people": 1, "people.tasks": 1})),
)  # fmt: skip


def check_conditions() -> None:
    """What conditions need in each of the four ways."""
    for structure, wanted in ROWS:
        found = [found_of(query)._replace(most=0) for query in ways(read(TOY, "organization", structure))]
        assert found == [one if isinstance(one, Found) else Found(one) for one in wanted], structure
