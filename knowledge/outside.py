"""What people ask that none of the regulations answers: files that editors extend.

outside.toml has other matters, by subject: the wording model learns from it what a question about something else sounds
like. outside_aspects.toml has what is told of no matter of the regulations, inside_aspects.toml how people ask for what
is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["load_inside_aspects", "load_outside", "load_outside_aspects"]

FILE = Path(__file__).with_name("outside.toml")
ASPECTS_FILE = Path(__file__).with_name("outside_aspects.toml")
INSIDE_FILE = Path(__file__).with_name("inside_aspects.toml")


def load_outside() -> Mapping[str, Sequence[str]]:
    """Wordings by subject."""
    subjects = tomllib.loads(FILE.read_text("utf-8"))["subject"]
    return {subject["name"]: tuple(subject["asked_as"]) for subject in subjects}


def load_outside_aspects() -> Sequence[str]:
    """Wordings with «x» for the matter that they ask of."""
    return tuple(tomllib.loads(ASPECTS_FILE.read_text("utf-8"))["aspects"])


def load_inside_aspects() -> Sequence[str]:
    """Wordings with «x» for the matter of which they ask what the regulations tell."""
    return tuple(tomllib.loads(INSIDE_FILE.read_text("utf-8"))["told"])
