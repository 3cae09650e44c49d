"""What the bot is and how to ask it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callback_data import Example, Regulations
from bot.fluent_texts import Texts
from bot.rendering import join
from bot.screens.frame import Desk, Row, Screen, button, keyboard
from bot.small_talk import SmallTalk
from reminders.people import Membership, acts_for_any, is_operator

__all__ = ["example_question", "group_welcome_screen", "help_screen", "small_talk_screen", "welcome_screen"]


def example_question(texts: Texts, number: int) -> str | None:
    """An example that a button asks, or None when there is no such example."""
    examples = _examples(texts)
    return examples[number - 1] if 1 <= number <= len(examples) else None


def _examples(texts: Texts) -> list[str]:
    return [texts.plain("example-1"), texts.plain("example-2"), texts.plain("example-3"), texts.plain("example-4")]


def welcome_screen(desk: Desk, *, link_is_broken: bool = False) -> Screen:
    """The first message; after a link that leads nowhere it says so first."""
    lines = [desk.texts("start-broken-link")] if link_is_broken else []
    titles = [regulation.short_title for regulation in desk.corpus.regulations.values()]
    lines.append(desk.texts("start", regulations="، ".join(titles)))
    return Screen(join(lines, "\n\n"), keyboard(_example_rows(desk)))


def help_screen(desk: Desk, memberships: Sequence[Membership] = ()) -> Screen:
    """What everybody can ask, and the commands of this person's places."""
    parts = [desk.texts("help")]
    if acts_for_any(memberships):
        parts.append(desk.texts("help-agency"))
    if is_operator(memberships):
        parts.append(desk.texts("help-operator"))
    return Screen(join(parts, "\n\n"), keyboard(_example_rows(desk)))


def small_talk_screen(desk: Desk, kind: SmallTalk, memberships: Sequence[Membership] = ()) -> Screen:
    """A kind word in turn; with examples, unless somebody thanks, agrees or leaves."""
    match kind:
        case SmallTalk.HELLO:
            return Screen(desk.texts("hello"), keyboard(_example_rows(desk)))
        case SmallTalk.THANKS:
            return Screen(desk.texts("you-are-welcome"))
        case SmallTalk.AGREED:
            return Screen(desk.texts("agreed"))
        case SmallTalk.BYE:
            return Screen(desk.texts("goodbye"))
        case SmallTalk.HELP:
            return help_screen(desk, memberships)
        case SmallTalk.ABOUT:
            return welcome_screen(desk)


def group_welcome_screen(desk: Desk) -> Screen:
    """What a group is told when the bot joins it."""
    return Screen(desk.texts("group-start", username=desk.links.bot_username))


def _example_rows(desk: Desk) -> list[Row]:
    rows: list[Row] = [[button(text, Example(number=i))] for i, text in enumerate(_examples(desk.texts), 1)]
    return [*rows, [button(desk.texts.plain("button-regulations"), Regulations())]]
