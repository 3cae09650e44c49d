"""Whether a question is asked of the unit on the table."""

from __future__ import annotations

from dataclasses import replace

from knowledge.belonging import FEATURES, Beside, features, load_belonging
from knowledge.provisions import Address
from tests.support.answering import real_finder

UNIT = Address.parse("roadmap-1404/art_21")


def beside(question: str = "نظرسنجی از مردم") -> Beside:
    finder = real_finder()
    found = finder.find(question)
    return Beside(found, UNIT, 0.5, aspect=-0.8, points=False, matter=1, said=False, alike=False)


def test_the_features_have_a_weight_each() -> None:
    assert len(load_belonging().weights) == len(FEATURES) == len(features(beside()))


def test_a_unit_that_says_the_words_is_rather_meant() -> None:
    model, said_not = load_belonging(), beside()
    assert model.of(replace(said_not, said=True)) > model.of(said_not)


def test_what_no_text_tells_is_rather_not_asked_of_it() -> None:
    model, told = load_belonging(), beside()
    assert model.of(replace(told, aspect=0.9)) < model.of(told)


def test_the_best_unit_is_rather_meant_than_one_that_was_not_found() -> None:
    model = load_belonging()
    found = beside("نظرسنجی از مردم با کیست")
    assert found.found.units[0].address == UNIT
    assert model.of(found) > model.of(replace(found, unit=Address.parse("eservices-1393/art_37")))
