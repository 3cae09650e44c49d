"""What people typed is read as it stands where it is Persian; slips and words written in one lead back to what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index import Document, FieldWeights, SearchIndex

TEXTS = {
    "income": "درامد دولت از تعرفه خدمات",
    "council": "شورای راهبری تا پایان شهریور تشکیل می‌شود",
    "plan": "مراحل نوسازی سامانه‌ها در تاریخ مقرر",
    "plan_again": "نوسازی دستگاه‌ها و ماده ۵",
    "fresh": "تازه نوسازی شده، بعدا و بعدی",
    "data": "حکمرانی داده در دستگاه‌ها و خدمات وزارت",
    "services": "بهره‌وری دستگاه‌ها و متن قانون",
}


def opened(directory: Path, texts: dict[str, str] | None = None) -> SearchIndex:
    return SearchIndex.open_or_build(
        [Document(key, {"text": [text]}) for key, text in (texts or TEXTS).items()],
        directory,
        version="1",
        weights=FieldWeights({"text": 1.0}),
        on_progress=lambda done, total: None,
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return opened(tmp_path_factory.mktemp("reading"))


@pytest.mark.parametrize(
    "question",
    [
        "آمار از ثبت‌ها درآید",  # a form of a verb behind «در»
        "نوسازی‌اش کی تمام می‌شود",  # a word of the index with an ending
        "نوسازیشون با کیه",
        "متنشو بده",
        "فاصله تا شهر",  # a common word that no text has
        "معده درد دارم",  # sounds like «ماده»
        "بازنشستگان خدمات می‌خواهند",
        "شورای راهبری هنوز تشکیل نشده",
    ],
)
def test_good_persian_is_not_corrected(index: SearchIndex, question: str) -> None:
    assert index.search(question).corrected is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("تاچه تاریخی", "تا چه تاریخی"),
        ("بعداز شهریور", "بعد از شهریور"),
        ("ازکی شورای راهبری", "از کی شورای راهبری"),
        ("هرچند ماه", "هر چند ماه"),
        ("دردستگاهها", "در دستگاهها"),
    ],
)
def test_words_written_in_one_with_a_function_word(index: SearchIndex, typed: str, meant: str) -> None:
    assert index.search(typed).corrected == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("حکمرنی داده", "حکمرانی داده"),
        ("زارت خدمات", "وزارت خدمات"),
        ("ماه ۵ وزارط", "ماه ۵ وزارت"),  # three letters, of four
        ("کدان شورای راهبری", "کدام شورای راهبری"),  # a question word that no text has
        ("نوسازی چکونه", "نوسازی چگونه"),
        ("وزاارت", "وزارت"),
    ],
)
def test_slips(index: SearchIndex, typed: str, meant: str) -> None:
    assert index.search(typed).corrected == meant


def test_a_slip_in_a_question_word_is_no_strange_word(index: SearchIndex) -> None:
    result = index.search("شورای راهبری کدان")
    assert result.unknown == ()
    assert result.hits[0].id == "council"


@pytest.mark.parametrize(
    ("latin", "persian"),
    [
        ("nosazi kodum dastgahas", "نوسازی کدام دستگاهها است"),
        ("matnesho bedin", "متنش را بدین"),
        ("dagighan che tarikhi", "دقیقا چه تاریخی"),
        ("bahrevari chejoori", "بهرهوری چجوری"),
        ("ghablaz shahrivar", "قبل از شهریور"),
        ("emsal shoraye rahbari", "امسال شورای راهبری"),  # «e-» has a letter of its own: not مثال
        ("hokmrani e dade", "حکمرانی داده"),
        ("step 5", None),
        ("masoole nosazi kie", "مسئول نوسازی کیه"),
        ("nosazi ro tamam kon", "نوسازی را تمام کن"),
    ],
)
def test_everyday_words_in_latin_letters(index: SearchIndex, latin: str, persian: str | None) -> None:
    assert index.search(latin).corrected == persian


def test_words_of_the_index_come_before_everyday_words(tmp_path: Path) -> None:
    """«khodro» is خودرو where a text has it, never «خود را»."""
    index = opened(tmp_path, {"car": "مالیات خودرو", "self": "خود دستگاه"})
    assert index.search("maliat khodro").corrected == "مالیات خودرو"


def test_the_address_of_a_site_is_no_persian(index: SearchIndex) -> None:
    assert index.search("data.gov.ir nosazi kodum dastgahas").corrected == "data.gov.ir نوسازی کدام دستگاهها است"
