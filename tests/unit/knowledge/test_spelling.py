"""Slips, sound-alikes and forgotten spaces lead back to words of the index; good words stay."""

from __future__ import annotations

import pytest

from knowledge.index import Document, FieldWeights, SearchIndex
from knowledge.spelling import Speller, slip_cost, sound_key
from knowledge.vocabulary import Vocabulary

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


@pytest.fixture(scope="module")
def speller(tmp_path_factory: pytest.TempPathFactory) -> Speller:
    """Over an index of one document a word."""
    directory = tmp_path_factory.mktemp("spelling")
    SearchIndex.open_or_build(
        [Document(word, {"text": [word]}) for word in WORDS],
        directory,
        version="1",
        weights=FieldWeights({"text": 1.0}),
        on_progress=lambda done, total: None,
    )
    stored = next(path for path in directory.iterdir() if path.is_dir())
    return Speller.load(stored, Vocabulary.load(stored, len(WORDS)))


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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("سامانهدادهدولت", ("سامانه", "داده", "دولت")),
        ("هایاطلاعاتمردم", ("اطلاعات", "مردم")),  # «سامانه‌هایاطلاعاتمردم» falls in two at its half-space
        ("دولتوزارتمردمقانونغذا", ("دولت", "وزارت", "مردم", "قانون", "غذا")),
    ],
)
def test_a_run_without_any_space(speller: Speller, typed: str, meant: tuple[str, ...]) -> None:
    assert speller.suggest(typed)[0].words == meant


@pytest.mark.parametrize("word", ["دادهقزلآلامردم", "مردمدادهب" * 20])
def test_a_run_with_a_stranger_in_it_is_left_alone(speller: Speller, word: str) -> None:
    assert speller.suggest(word) == ()


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
