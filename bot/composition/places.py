"""Where an instance finds what it reads and keeps what it writes."""

from __future__ import annotations

from pathlib import Path

from bot.composition.errors import CommandError
from bot.fluent_texts import Texts, load_texts
from bot.settings import Settings

VERSION = "0.1.0"
HOME = Path(__file__).resolve().parents[2]
REGULATIONS = HOME / "knowledge" / "regulations"


def data_dir(settings: Settings) -> Path:
    """The absolute data directory, made if missing."""
    directory = settings.data_dir if settings.data_dir.is_absolute() else HOME / settings.data_dir
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(texts().plain("cli-data-dir", path=str(directory), reason=str(error.strerror))) from error
    return directory


def evidence_dir(settings: Settings) -> Path:
    """Where the files of reports are kept."""
    return data_dir(settings) / "evidence"


def texts() -> Texts:
    return load_texts()
