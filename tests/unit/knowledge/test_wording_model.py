"""The linear model of wordings: learned, stored, asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from knowledge.wording_model import OUTSIDE, WordingModel

WORDINGS = [
    ("مهلت نظرسنجی از مردم کی است", "survey"),
    ("نظرسنجی مردم با کیه", "survey"),
    ("از مردم کی نظر می‌پرسند", "survey"),
    ("بودجه نقشه راه با کیست", "budget"),
    ("بودجه را چه کسی می‌دهد", "budget"),
    ("پول و بودجه کارها", "budget"),
    ("هوای فردا چطور است", OUTSIDE),
    ("فردا هوا بارانی است؟", OUTSIDE),
]


def learned(directory: Path, version: str = "1") -> WordingModel:
    return WordingModel.open_or_learn(lambda: WORDINGS, directory, version=version)


@pytest.mark.parametrize(
    ("question", "label"),
    [("نظرسنجي مردم تا کی؟", "survey"), ("کی بودجه‌ها رو می‌ده", "budget"), ("هوا فردا چطوره", OUTSIDE)],
)
def test_the_likeliest_label_has_the_highest_margin(question: str, label: str, tmp_path: Path) -> None:
    model = learned(tmp_path)
    assert model.labels[int(np.argmax(model.margins(question)))] == label


@pytest.mark.parametrize("labels", [("survey",), ("survey", "budget")])
def test_few_labels_are_no_fault(labels: tuple[str, ...], tmp_path: Path) -> None:
    wordings = [(text, label) for text, label in WORDINGS if label in labels]
    model = WordingModel.open_or_learn(lambda: wordings, tmp_path, version="1")
    assert sorted(model.labels) == sorted(labels)
    margins = dict(zip(model.labels, model.margins("بودجه کارها").tolist(), strict=True))
    assert len(labels) < 2 or margins["budget"] > margins["survey"]


def test_words_never_seen_leave_the_bias(tmp_path: Path) -> None:
    model = learned(tmp_path)
    nothing = model.margins("qqq")
    assert np.isfinite(nothing).all()
    assert (nothing == model.margins("")).all()


def test_stored_until_the_wordings_change_and_learned_anew_when_damaged(tmp_path: Path) -> None:
    def never() -> Iterable[tuple[str, str]]:
        raise AssertionError("learned again")

    first = learned(tmp_path)
    again = WordingModel.open_or_learn(never, tmp_path, version="1")
    assert (again.margins("بودجه") == first.margins("بودجه")).all()

    learned(tmp_path, "2")
    (stored,) = tmp_path.glob("wordings-*.npz")
    stored.write_bytes(stored.read_bytes()[:100])
    assert learned(tmp_path, "2").margins("بودجه").shape == (3,)
    assert [path.name for path in tmp_path.iterdir()] == [stored.name]
