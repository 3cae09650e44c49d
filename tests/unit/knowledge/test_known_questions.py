"""Questions that the models of wordings learn from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.finding import EVIDENCE, open_finder
from knowledge.known_questions import DIRECTORY, KnownQuestion, load_known_questions
from knowledge.provisions import Address, Corpus
from tests.support.corpus import real_corpus

QUESTION = "قاصدک‌های پرنده کی می‌رسند؟"


def test_what_is_known_leads_to_units_of_the_texts() -> None:
    corpus, known = real_corpus(), load_known_questions()
    assert len(known) > 4000
    assert {bool(question.units) for question in known} == {True, False}
    units = {unit for question in known for unit in question.units}
    assert all(corpus.get(Address.parse(unit)) is not None for unit in units)
    assert {corpus.unit_of(Address.parse(unit)) for unit in units} == {Address.parse(unit) for unit in units}


def test_references_teach_nothing_and_what_no_text_answers_does(tmp_path: Path) -> None:
    rows = [
        {"q": "ماده ۲۱", "gold": ["roadmap-1404/art_21"], "intent": "lookup", "scope": "in"},
        {"q": "نظرسنجی", "gold": ["roadmap-1404/art_21"], "intent": "topic", "scope": "in"},
        {"q": "ماده ۹۹ نقشه راه", "gold": [], "intent": "lookup", "scope": "in"},
        {"q": "قیمت دلار", "gold": [], "intent": "none", "scope": "out"},
    ]
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "some.jsonl").write_text("\n".join(lines), "utf-8")
    assert load_known_questions(tmp_path) == (
        KnownQuestion("نظرسنجی", ("roadmap-1404/art_21",)),
        KnownQuestion("قیمت دلار", ()),
    )


@pytest.mark.parametrize("path", sorted(DIRECTORY.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_file_is_whole(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows
    assert all({"id", "q", "style", "intent", "gold", "scope"} <= row.keys() for row in rows)
    assert all(row["scope"] in ("in", "out") and 0 < len(row["q"]) <= 300 for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


def test_what_is_learned_changes_what_a_question_sounds_like(tmp_path: Path) -> None:
    corpus = Corpus([real_corpus().regulations["smart-cycle-1404"]], "small")
    unit = "smart-cycle-1404/art_16"

    def heard(units: tuple[str, ...]) -> tuple[float, float]:
        known = [KnownQuestion(f"{QUESTION} {more}", units) for more in ("لطفا", "ممنون", "سلام")]
        outside = {"هوا": ("هوا چطور است", "فردا باران می‌بارد")}
        found = open_finder(corpus, tmp_path, lambda done, total: None, outside, known).find(f"سامانه {QUESTION}")
        likeness = {str(one.address): one.evidence[EVIDENCE.index("likeness")] for one in found.units}
        return found.outside, float(likeness[unit])

    (untold, unlike), (told, like) = heard(()), heard((unit,))
    assert untold > told
    assert like > unlike
