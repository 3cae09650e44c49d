"""The body of ``run.py rank``: one engine over any corpus, so that relevance can be measured on public data."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from knowledge.index import Document, FieldWeights, SearchIndex

TEXT_ONLY = FieldWeights({"text": 1.0})


class RankInputError(ValueError):
    """A line of the corpus or of the queries cannot be used; the message names file, line and what is missing."""


def rank(
    corpus: Path,
    queries: Path,
    out: TextIO,
    *,
    top: int,
    on_progress: Callable[[int, int], None],
    directory: Path | None = None,
) -> int:
    """Write ``{"qid", "ids"}`` a line for each query, best first, at most ``top`` ids; returns how many lines.

    ``corpus`` holds ``{"id", "text"}`` a line, ``queries`` ``{"qid", "question"}``. The index is kept in ``directory``
    and reused while the corpus file is unchanged; without one it is temporary. RankInputError: see there. OSError:
    unreadable file.
    """
    with tempfile.TemporaryDirectory(prefix="rank-") as temporary:
        index = SearchIndex.open_or_build(
            lambda: list(_documents(corpus)),
            directory or Path(temporary),
            version=_digest(corpus),
            weights=TEXT_ONLY,
            on_progress=on_progress,
        )
        written = 0
        for row in _rows(queries, ("qid", "question")):
            ids = [hit.id for hit in index.search(row["question"], limit=top).hits]
            out.write(json.dumps({"qid": row["qid"], "ids": ids}, ensure_ascii=False) + "\n")
            written += 1
    return written


def _documents(corpus: Path) -> Iterator[Document]:
    for row in _rows(corpus, ("id", "text")):
        yield Document(row["id"], {"text": (row["text"],)})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows(path: Path, keys: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _row(path, number, line, keys)


def _row(path: Path, number: int, line: str, keys: tuple[str, ...]) -> dict[str, str]:
    try:
        row: dict[str, str] = json.loads(line)
    except json.JSONDecodeError as error:
        raise RankInputError(f"{path}:{number}: not JSON ({error.msg})") from error
    missing = [key for key in keys if not isinstance(row, dict) or not isinstance(row.get(key), str)]
    if missing:
        raise RankInputError(f"{path}:{number}: needs the string {', '.join(missing)}")
    return row
