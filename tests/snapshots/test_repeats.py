"""One organization on one day: what comes twice is told, nothing is chosen, and no order of files decides."""

from __future__ import annotations

from itertools import permutations

from validator.snapshots.repeats import Came, Identity, Key, Repeats, again, conflict

SCHOOL, OTHER = Key("7800000002", "2025-10-01"), Key("7800000010", "2025-10-01")
A, B, C = (Identity(f"{name}.json", f"sha256:{name}", 7) for name in "abc")


def seen(*documents: tuple[Key, Identity]) -> tuple[Repeats, list[tuple[Came, str]]]:
    repeats = Repeats()
    answers = [repeats.see(key, document) for key, document in documents]
    return repeats, [(answer.came, answer.first.file) for answer in answers]


def test_other_organizations_and_other_days_are_no_repeats() -> None:
    later = SCHOOL._replace(as_of="2025-11-01")
    repeats, answers = seen((SCHOOL, A), (OTHER, B), (later, C))
    assert [came for came, _ in answers] == [Came.NEW] * 3
    assert not repeats.retracted


def test_the_same_bytes_again_are_told_with_the_name_of_the_first() -> None:
    repeats, answers = seen((SCHOOL, A), (SCHOOL, A._replace(file="copy.json")))
    assert answers[1] == (Came.AGAIN, "a.json")
    assert not repeats.retracted


def test_other_bytes_are_a_conflict_that_takes_the_first_back() -> None:
    repeats, answers = seen((SCHOOL, A), (OTHER, A), (SCHOOL, B), (SCHOOL, C))
    assert answers[2:] == [(Came.CONFLICT, "a.json")] * 2
    ((key, (document, problem)),) = repeats.retracted.items()
    assert (key, document) == (SCHOOL, A)
    assert (problem.code, problem.file) == ("conflict", "a.json")
    assert "b.json" in problem.message.ru
    assert "b.json" in problem.message.en


def test_the_order_of_documents_decides_nothing() -> None:
    again_a, again_b = A._replace(file="a2.json"), B._replace(file="b2.json")
    outcomes = set()
    for order in permutations([A, again_a, B, again_b]):
        repeats, answers = seen(*((SCHOOL, document) for document in order))
        aside = {
            document.digest for document, (came, _) in zip(order, answers, strict=True) if came is Came.CONFLICT
        }
        aside |= {document.digest for document, _ in repeats.retracted.values()}
        copies = sum(came is Came.AGAIN for came, _ in answers)
        outcomes.add((frozenset(aside), copies))
    assert outcomes == {(frozenset({A.digest, B.digest}), 2)}


def test_several_days_of_one_organization_are_said_once_for_all() -> None:
    later, earlier = SCHOOL._replace(as_of="2025-11-01"), SCHOOL._replace(as_of="2025-09-01")
    repeats, _ = seen((SCHOOL, A), (OTHER, B))
    assert repeats.several_days() is None
    repeats, _ = seen((later, A), (SCHOOL, B), (earlier, C), (OTHER, B))
    problem = repeats.several_days()
    assert problem is not None
    assert problem.warning
    assert problem.message.en.startswith("organizations with facts of several days: 1")
    assert "2025-10-01 / 2025-11-01" in problem.message.en


def test_messages_name_both_documents() -> None:
    for problem in (again(A, B), conflict(A, B)):
        assert problem.file == "a.json"
        assert "b.json" in problem.message.ru
        assert "b.json" in problem.message.en
    assert again(A, B).warning
    assert not conflict(A, B).warning
