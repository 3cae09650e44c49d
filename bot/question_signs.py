"""Whether a message asks something, by its words alone: where a name was wanted, people ask questions all the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from knowledge.understanding import plain

__all__ = ["asks_something", "names_a_body"]

_FILE = Path(__file__).with_suffix(".toml")


def asks_something(text: str) -> bool:
    """A question mark at the end, or a word that asks."""
    words = plain(text).lower()
    return words.endswith(("؟", "?")) or bool(_signs()["asks"].search(words))


def names_a_body(text: str) -> bool:
    """Whether the message begins as names of bodies do («سازمان …»)."""
    return bool(_signs()["bodies"].match(plain(text)))


@lru_cache(maxsize=1)
def _signs() -> Mapping[str, re.Pattern[str]]:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") for name, words in data.items()}
