"""How far the index is, for who waits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.progress import Progress as Bar

from bot.composition.places import texts

if TYPE_CHECKING:
    from knowledge.index import Progress


def index_progress() -> Progress:
    """A progress bar on the terminal while the index is built; nothing where there is no terminal."""
    bar = Bar(transient=True)
    task = bar.add_task(texts().plain("cli-indexing"), total=None)

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            bar.start()
            bar.update(task, completed=done, total=total)
            if done >= total:
                bar.stop()

    return show
