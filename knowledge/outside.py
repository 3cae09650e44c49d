"""What people ask that none of the regulations answers, by subject: the file outside.toml, which editors extend.

The wording model learns from it what a question about something else sounds like.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["load_outside"]

FILE = Path(__file__).with_name("outside.toml")


def load_outside() -> Mapping[str, Sequence[str]]:
    """Wordings by subject."""
    subjects = tomllib.loads(FILE.read_text("utf-8"))["subject"]
    return {subject["name"]: tuple(subject["asked_as"]) for subject in subjects}
