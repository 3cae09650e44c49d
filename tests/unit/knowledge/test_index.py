"""The index finds what it was given, is reused while nothing changed, and is replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.index import Document, FieldWeights, SearchIndex

TEXT = FieldWeights({"text": 1.0})
LAW = FieldWeights({"text": 1.0, "heading": 1.5, "asked_as": 2.0}, best_of=frozenset({"asked_as"}))

PASSAGES = [
    Document("survey", {"text": ["وزارت ارتباطات نظرسنجی از گیرندگان خدمات دولتی را فراهم می‌کند."]}),
    Document("data", {"text": ["دستگاه‌های اجرایی داده‌های پایه را به اشتراک می‌گذارند."]}),
    Document("cloud", {"text": ["زیرساخت ابری دولت تا پایان سال ۱۴۰۴ راه‌اندازی می‌شود."]}),
    Document("empty", {"text": [""]}),
]


def build(
    documents: Sequence[Document], directory: Path, version: str = "1", weights: FieldWeights = TEXT
) -> SearchIndex:
    return SearchIndex.open_or_build(documents, directory, version=version, weights=weights, on_progress=ignore)


def ignore(done: int, total: int) -> None:
    assert 0 <= done <= total


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("نظرسنجی از مردم با کیست؟", "survey"),
        ("نظر‌سنجی", "survey"),
        ("داده هاي پايه دستگاههاي اجرائي", "data"),
        ("سال 1404", "cloud"),
        ("زیرساختِ ابریِ دولت", "cloud"),
    ],
)
def test_finds_the_passage_however_it_is_written(tmp_path: Path, question: str, expected: str) -> None:
    assert build(PASSAGES, tmp_path).search(question).hits[0].id == expected


def test_nothing_known_finds_nothing_and_names_the_words(tmp_path: Path) -> None:
    result = build(PASSAGES, tmp_path).search("قورمه‌سبزی")
    assert result.hits == ()
    assert result.unknown == ("قورمه", "سبزی")


@pytest.mark.parametrize("question", ["", "؟؟؟", " \u200c ", "🙂"])
def test_a_question_without_words_finds_nothing(tmp_path: Path, question: str) -> None:
    assert build(PASSAGES, tmp_path).search(question).hits == ()


def test_coverage_is_the_share_of_the_question_found(tmp_path: Path) -> None:
    index = build(PASSAGES, tmp_path)
    assert index.search("زیرساخت ابری").hits[0].coverage == pytest.approx(1.0)
    assert 0.2 < index.search("زیرساخت قورمه").hits[0].coverage < 0.8


def test_one_good_wording_counts_as_a_whole(tmp_path: Path) -> None:
    documents = [
        Document(
            "a",
            {"text": ["متن ماده یکم"], "asked_as": ["مهلت نظرسنجی کی است", "چه کسی نظر می‌پرسد", "حقوق شهروند چیست"]},
        ),
        Document("b", {"text": ["متن ماده دوم"], "asked_as": ["مهلت گزارش کی است", "نظرسنجی دانشجو"]}),
    ]
    hit = build(documents, tmp_path, weights=LAW).search("مهلت نظرسنجی").hits[0]
    assert hit.id == "a"
    assert hit.wording == pytest.approx(1.0)
    by_field = dict(zip(LAW.names, hit.field_coverage, strict=True))
    assert by_field["asked_as"] == pytest.approx(1.0)
    assert by_field["text"] == 0


def test_reused_while_unchanged_and_replaced_when_the_version_changes(tmp_path: Path) -> None:
    build(PASSAGES, tmp_path)

    def never() -> Sequence[Document]:
        raise AssertionError("a stored index must not be built again")

    again = SearchIndex.open_or_build(never, tmp_path, version="1", weights=TEXT, on_progress=ignore)
    assert again.search("نظرسنجی").hits[0].id == "survey"
    build(PASSAGES[1:], tmp_path, version="2")
    assert again.search("نظرسنجی").hits[0].id == "survey", "an opened index survives its replacement"
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_a_damaged_index_is_built_anew(tmp_path: Path) -> None:
    build(PASSAGES, tmp_path)
    next(tmp_path.glob("*/stem_of.npy")).write_bytes(b"")
    assert build(PASSAGES, tmp_path).search("نظرسنجی").hits[0].id == "survey"


def test_a_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    build(PASSAGES, tmp_path)

    def broken(done: int, total: int) -> None:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        SearchIndex.open_or_build(PASSAGES, tmp_path, version="2", weights=TEXT, on_progress=broken)
    assert build(PASSAGES, tmp_path).search("نظرسنجی").hits[0].id == "survey"
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_no_documents_at_all(tmp_path: Path) -> None:
    assert build([], tmp_path).search("نظرسنجی").hits == ()


def test_limit_and_order(tmp_path: Path) -> None:
    documents = [Document(f"d{n}", {"text": ["سامانه"]}) for n in range(30)]
    hits = build(documents, tmp_path).search("سامانه", limit=7).hits
    assert [hit.id for hit in hits] == [f"d{n}" for n in range(7)], "equal scores keep document order"


def test_what_has_one_common_word_of_many_is_left_out_beside_what_has_all(tmp_path: Path) -> None:
    whole = "نظرسنجی از گیرندگان خدمات دولتی هر شش ماه"
    others = [
        Document(f"other-{n}", {"text": [f"خدمات {word}"]}) for n, word in enumerate(("ابری", "بانکی", "پستی", "شهری"))
    ]
    index = build([Document("whole", {"text": [whole]}), *others], tmp_path)
    assert [hit.id for hit in index.search(whole).hits] == ["whole"]
    assert {hit.id for hit in index.search("خدمات").hits} == {"whole", *(other.id for other in others)}
