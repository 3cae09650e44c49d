"""What moves a passage up: all of the question, near together, early, in its order, in short texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index import Document, FieldWeights, SearchIndex
from knowledge.ranking import PASSAGES, WORDINGS, Evidence

FILLER = ("سال", "گذشته", "گزارش‌های", "زیادی", "درباره", "موضوع‌های", "گوناگون", "منتشر", "شد", "و", "کارشناسان")


def filler(words: int) -> str:
    return " ".join(FILLER[n % len(FILLER)] for n in range(words))


def ranked(directory: Path, texts: dict[str, str], question: str, others: int = 30) -> list[str]:
    documents = [Document(key, {"text": [text]}) for key, text in texts.items()]
    documents += [Document(f"other{n}", {"text": [filler(20 + n)]}) for n in range(others)]
    index = SearchIndex.open_or_build(
        documents, directory, version="1", weights=FieldWeights({"text": 1.0}), on_progress=lambda done, total: None
    )
    return [hit.id for hit in index.search(question).hits]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param("سامانه نظرسنجی دولت", f"سامانه دولت {filler(2)}", id="more of the question"),
        pytest.param(f"سامانه نظرسنجی {filler(40)}", f"سامانه {filler(40)} نظرسنجی", id="near together"),
        pytest.param(f"نظرسنجی {filler(30)}", f"{filler(30)} نظرسنجی", id="early"),
        pytest.param(f"سامانه نظرسنجی {filler(9)}", f"نظرسنجی سامانه {filler(9)}", id="in the order asked"),
        pytest.param(f"نظرسنجی {filler(10)}", f"نظرسنجی {filler(120)}", id="in a short text"),
        pytest.param(f"نظرسنجی {filler(10)}", f"نظرمندی {filler(10)}", id="the word itself before its relatives"),
    ],
)
def test_what_moves_up(tmp_path: Path, better: str, worse: str) -> None:
    found = ranked(tmp_path, {"worse": worse, "better": better}, "سامانه نظرسنجی")
    assert found[0] == "better"


def test_another_form_of_a_verb_is_found(tmp_path: Path) -> None:
    texts = {"verb": f"مدیران می‌روند نظرسنجی {filler(10)}", "plain": f"مدیران نظرسنجی {filler(10)}"}
    assert ranked(tmp_path, texts, "نظرسنجی رفتند")[0] == "verb"


def test_the_documents_choose_among_readings(tmp_path: Path) -> None:
    """«دوبت» is one slip from دولت and from دعوت; the one beside the other words is meant."""
    texts = {"right": "خدمات دولت الکترونیک", "wrong": "دعوت از مهمانان و دعوت از همکاران"}
    directory = tmp_path
    index = SearchIndex.open_or_build(
        [Document(key, {"text": [text]}) for key, text in texts.items()],
        directory,
        version="1",
        weights=FieldWeights({"text": 1.0}),
        on_progress=lambda done, total: None,
    )
    result = index.search("خدمات دوبت الکترونیک")
    assert result.hits[0].id == "right"
    assert result.corrected == "خدمات دولت الکترونیک"


def test_the_same_question_gives_the_same_scores(tmp_path: Path) -> None:
    weights = FieldWeights({"text": 1.0, "asked_as": 1.2}, best_of=frozenset({"asked_as"}))
    documents = [Document(str(n), {"text": [filler(9 + n)], "asked_as": ["چه شد", filler(3)]}) for n in range(40)]
    scores = []
    for place in ("one", "two"):
        index = SearchIndex.open_or_build(
            documents, tmp_path / place, version="1", weights=weights, on_progress=lambda done, total: None
        )
        scores.append([(hit.id, hit.score) for hit in index.search("گزارش کارشناسان چه شد").hits])
    assert scores[0] == scores[1]


@pytest.mark.parametrize("weights", [PASSAGES, WORDINGS])
def test_every_kind_of_evidence_has_a_weight(weights: Evidence) -> None:
    assert len(weights.vector) == len(weights.__dataclass_fields__)
    assert weights.stem > 0
