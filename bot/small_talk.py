"""Greetings, thanks and the like: which whole messages they are. What is said in turn stands on a screen.

Must never take a question away: nothing matches but the whole message.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from knowledge.understanding import plain

__all__ = ["SmallTalk", "small_talk"]

_FILE = Path(__file__).with_suffix(".toml")


class SmallTalk(StrEnum):
    """Kinds of messages that are no question; the values are the tables of the file."""

    HELLO = "hello"
    THANKS = "thanks"
    AGREED = "agreed"
    BYE = "bye"
    HELP = "help"
    ABOUT = "about"


def small_talk(text: str) -> SmallTalk | None:
    """The kind of a message that is nothing but small talk, None for everything else."""
    return _kinds().get(_bare(text))


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, SmallTalk]:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return {_bare(said): kind for kind in SmallTalk for said in data[kind]}


def _bare(text: str) -> str:
    """Folded words with single spaces between them: no punctuation, no emoji."""
    return re.sub(r"[\W_]+", " ", plain(text)).strip().lower()
