"""References in every way that people write them lead to the provision they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.citations import CitationReader
from knowledge.corpus_files import load_corpus
from knowledge.provisions import Corpus
from knowledge.understanding import plain

ROOT = Path(__file__).resolve().parents[3] / "knowledge" / "regulations"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT)


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> CitationReader:
    return CitationReader(corpus)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ماده ۲۱ نقشه راه", "roadmap-1404/art_21"),
        ("م۲۱ نقشه راه", "roadmap-1404/art_21"),
        ("م.21 نقشه‌راه", "roadmap-1404/art_21"),
        ("ماده بیست و یکم سند نقشه راه", "roadmap-1404/art_21"),
        ("ماده (۲۱) نقشه راه دولت هوشمند چی میگه؟", "roadmap-1404/art_21"),
        ("تبصره 2 ماده بیست و یکم نقشه راه", "roadmap-1404/art_21__note_2"),
        ("ماده ۲۱ تبصره دوم نقشه راه", "roadmap-1404/art_21__note_2"),
        ("نقشه راه، ماده ٦ تبصره ٢", "roadmap-1404/art_6__note_2"),
        ("تبصره ماده ۷ نقشه راه", "roadmap-1404/art_7__note_1"),
        ("ماده ۳۳", None),
        ("ماده سی و سوم نقشه راه", "roadmap-1404/art_33"),
        ("مصوبه سوم ماده ۴", "pilot-projects-1402/res_3__art_4"),
        ("ماده ۴ مصوبه ۳", "pilot-projects-1402/res_3__art_4"),
        ("تبصره ۱ ماده ۲ مصوبه سوم", "pilot-projects-1402/res_3__art_2__note_1"),
        ("ردیف ۹ جدول ۱۳۹۳", "eservices-1393/timetable_9"),
        ("جدول ۱۳۹۳ ردیف نهم", "eservices-1393/timetable_9"),
        ("پروژه ۵", "pilot-projects-1402/project_5"),
        ("پروژه پنجم", "pilot-projects-1402/project_5"),
        ("گام چهارم", "smart-cycle-1404/step_4"),
        ("گام ۴ چرخه هوشمندسازی", "smart-cycle-1404/step_4"),
        ("مرحله سوم نقشه راه", "roadmap-1404/stage_3"),
        ("فصل پنجم نقشه راه", "roadmap-1404/chp_5"),
        ("ماده ۴۰", "eservices-1393/art_40"),
        ("ماده ۳۵", "eservices-1393/art_35"),
        ("ماده ۱۲ سال ۹۳", "eservices-1393/art_12"),
        ("بند ج ماده ۴ دستورالعمل حکمرانی داده", "data-governance-1404/art_4__list_6"),
    ],
)
def test_one_reading(reader: CitationReader, text: str, address: str | None) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.missing is None
    if address is not None:
        assert [str(t) for t in citation.targets] == [address]


@pytest.mark.parametrize(
    ("text", "count"), [("ماده ۱۴", 3), ("ماده ۴", 7), ("ماده ۲۱", 2), ("ماده ۴ مصوبه ۱۴۰۲", 3), ("مرحله ۲", 2)]
)
def test_several_readings_are_all_kept(reader: CitationReader, text: str, count: int) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert len(citation.targets) == count


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("ماده ۵۰ نقشه راه", "1", "33", "ماده"),
        ("ماده ۱۲ دستورالعمل حکمرانی داده", "1", "11", "ماده"),
        ("تبصره ۹ ماده ۲۱ نقشه راه", "1", "2", "تبصره"),
        ("پروژه ۲۵", "1", "20", "پروژه"),
        ("گام دهم", "1", "9", "گام"),
        ("ماده ۹۹", "1", "40", "ماده"),
        ("مصوبه چهارم ماده ۲", "1", "3", "مصوبه"),
    ],
)
def test_what_does_not_exist_is_said_with_the_range_that_does(
    reader: CitationReader, text: str, first: str, last: str, label: str
) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.targets == ()
    assert citation.missing is not None
    assert (citation.missing.first, citation.missing.last, citation.missing.kind_label) == (first, last, label)


@pytest.mark.parametrize(
    "text", ["ماده ۱۰۷ قانون برنامه هفتم", "تبصره ۲ ماده ۵ قانون کار", "ماده ۱۱۵ قانون مدیریت خدمات کشوری"]
)
def test_other_laws_are_not_ours(reader: CitationReader, text: str) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.external
    assert citation.targets == ()


@pytest.mark.parametrize(
    "text", ["سلام", "نظرسنجی از مردم", "ماده غذایی", "مهلت", "بند ۳", "مرحله به مرحله", "گام به گام", ""]
)
def test_texts_without_a_reference(reader: CitationReader, text: str) -> None:
    assert reader.read(plain(text)) is None


def test_every_label_is_read_back(reader: CitationReader, corpus: Corpus) -> None:
    """What the bot prints as an address, people may send back."""
    from knowledge.citations import label
    from knowledge.provisions import Kind

    kinds = {Kind.ARTICLE, Kind.NOTE, Kind.TABLE_ROW, Kind.STEP, Kind.STAGE, Kind.PHASE}
    asked = [p for p in corpus if p.kind in kinds]
    assert len(asked) > 200
    wrong = []
    for p in asked:
        citation = reader.read(plain(label(p.address, corpus)))
        if citation is None or p.address not in citation.targets or len(citation.targets) > 2:
            wrong.append((label(p.address, corpus), citation and [str(t) for t in citation.targets]))
    assert wrong == []
