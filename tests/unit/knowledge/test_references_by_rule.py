"""The references that `make eval` makes by rule: drawn by seed, none beyond what a question may hold, nearly all found."""

from __future__ import annotations

from itertools import islice

from benchmarks.questions import TODAY
from benchmarks.references import LENGTH_MAX, Drawer
from tests.support.answering import real_answerer
from tests.support.corpus import real_corpus

COUNT = 600


def test_the_same_seed_draws_the_same() -> None:
    first, second = (list(islice(Drawer(real_corpus(), 3).cases(), 50)) for _ in range(2))
    assert first == second
    assert first != list(islice(Drawer(real_corpus(), 4).cases(), 50))
    assert all(len(case.question) <= LENGTH_MAX for case in first)


def test_nearly_all_are_found() -> None:
    """97 of 100, whatever the spoiling; those without one all but always."""
    cases = list(islice(Drawer(real_corpus(), 1404).cases(), COUNT))
    missed = [
        case for case in cases if not case.holds(real_answerer().answer(case.question, today=TODAY), real_corpus())
    ]
    assert len(missed) <= 0.03 * COUNT, [(case.spoiling, case.question) for case in missed]
    plain = [case for case in cases if case.spoiling == "none"]
    assert len(plain) > 50
    assert sum(case.spoiling == "none" for case in missed) <= 1
