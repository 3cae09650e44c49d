"""``run.py rank``: lines in, lines out, and bad lines named."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from knowledge.rank_command import RankInputError, rank


def write(path: Path, rows: list[object]) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path


def quiet(done: int, total: int) -> None: ...


def test_one_line_a_query_in_the_same_order(tmp_path: Path) -> None:
    corpus = write(
        tmp_path / "c.jsonl", [{"id": "a", "text": "کتاب خوب", "src": "x"}, {"id": "b", "text": "خانه بزرگ"}]
    )
    queries = write(tmp_path / "q.jsonl", [{"qid": "2", "question": "خانه"}, {"qid": "1", "question": "؟"}])
    out = io.StringIO()
    assert rank(corpus, queries, out, top=10, on_progress=quiet) == 2
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"qid": "2", "ids": ["b"]},
        {"qid": "1", "ids": []},
    ]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    corpus = write(tmp_path / "c.jsonl", [{"id": "a", "text": "کتاب"}])
    queries = write(tmp_path / "q.jsonl", [{"qid": "1", "question": "کتاب"}, {"qid": "2"}])
    with pytest.raises(RankInputError, match=r"q\.jsonl:2: needs the string question"):
        rank(corpus, queries, io.StringIO(), top=10, on_progress=quiet)
    corpus.write_text("not json\n", encoding="utf-8")
    with pytest.raises(RankInputError, match=r"c\.jsonl:1: not JSON"):
        rank(corpus, queries, io.StringIO(), top=10, on_progress=quiet)
