"""An answer as the terminal shows it."""

from __future__ import annotations

import sys

from bot.composition.clock import today_in
from bot.composition.knowledge import Knowledge
from bot.composition.places import texts
from bot.links import Links
from bot.preferences import Preferences
from bot.screens.answers import answer_screen
from bot.screens.frame import Desk
from bot.settings import Settings
from bot.terminal import terminal_text
from knowledge.answers import Answer


def answer_text(settings: Settings, knowledge: Knowledge, answer: Answer) -> str:
    """The answer as the conversation shows it, without buttons."""
    desk = Desk(
        texts=texts(),
        corpus=knowledge.corpus,
        limits=knowledge.dates,
        links=Links(),
        platform="terminal",
        today=today_in(settings),
        preferences=Preferences(),
    )
    screen = answer_screen(desk, answer, None, length_max=settings.conversation.question_length_max)
    return terminal_text(screen.text, styled=sys.stdout.isatty())
