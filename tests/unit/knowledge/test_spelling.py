"""Slips, sound-alikes and forgotten spaces lead back to words of the index; good words stay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.spelling import Speller, save_deletions, slip_cost, sound_key
from knowledge.vocabulary import Vocabulary, VocabularyBuilder

WORDS = (
    "نظرسنجی",
    "ذخیره",
    "حافظه",
    "صلاحیت",
    "اطلاعات",
    "قانون",
    "غذا",
    "سامانه",
    "داده",
    "دولت",
    "وزارت",
    "خواهر",
    "مردم",
)


@pytest.fixture
def speller(tmp_path: Path) -> Speller:
    builder = VocabularyBuilder()
    for word in WORDS:
        builder.number(word)
    save_deletions(tmp_path, tuple(builder.surfaces))
    vocabulary = Vocabulary(
        surfaces=tuple(builder.surfaces),
        stems=tuple(builder.stems),
        stem_of=np.asarray(builder.stem_of, np.int32),
        surface_frequency=np.ones(len(builder.surfaces), np.int32),
        stem_frequency=np.ones(len(builder.stems), np.int32),
        documents=10,
    )
    return Speller.load(tmp_path, vocabulary)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("زخیره", "ذخیره"),
        ("هافظه", "حافظه"),
        ("سلاهیت", "صلاحیت"),
        ("اتلاعات", "اطلاعات"),
        ("قزا", "غذا"),
        ("خاهر", "خواهر"),
        ("قانوم", "قانون"),
        ("سامنه", "سامانه"),
        ("دولتت", "دولت"),
        ("وزرات", "وزارت"),
        ("نطرسنچی", "نظرسنجی"),
    ],
)
def test_finds_what_was_meant(speller: Speller, typed: str, meant: str) -> None:
    assert speller.suggest(typed)[0].words == (meant,)


def test_a_forgotten_space(speller: Speller) -> None:
    assert speller.suggest("وزارتمردم")[0].words == ("وزارت", "مردم")


@pytest.mark.parametrize("word", ["قورمه", "هواپیما", "abc", "12345", "ب", "دا"])
def test_nothing_near_suggests_nothing(speller: Speller, word: str) -> None:
    assert speller.suggest(word) == ()


def test_short_words_are_only_matched_by_sound(speller: Speller) -> None:
    assert speller.suggest("غزا")[0].words == ("غذا",)
    assert speller.suggest("غدا") == ()


def test_costs_order_kinds_of_slips() -> None:
    same = slip_cost("قزا", "غذا") / 2
    swapped = slip_cost("وزرات", "وزارت")
    near = slip_cost("قانوم", "قانون")
    far = slip_cost("قانوس", "قانون")
    first_letter = slip_cost("بانون", "قانون")
    assert 0 < same < swapped < near < far < first_letter
    assert slip_cost("دولت", "دولت") == 0


def test_equal_sounds_have_equal_keys() -> None:
    assert sound_key("ضابطه") == sound_key("ظابته") == sound_key("زابطه")
    assert sound_key("محقق") == sound_key("محق")
    assert sound_key("دولت") != sound_key("دولا")
