"""The conversation: aiogram routers, one file a conversation. Thin: typed input, one use case, one screen, next state.

Handlers get by name from the dispatcher: `texts`, `corpus`, `limits`, `links`, `ask`, `rate`, `answerer`, `people`,
`reminders`, `surveys`, `make_export`, `forget_files`, `wakeups`, `progress_board`, `clock`, `timezone`,
`question_length_max` (characters), `question_text_days`; of each update `platform` and `person`.
"""

from __future__ import annotations

from aiogram import Router

from handlers import (
    agencies,
    agency_files,
    anything_else,
    asked_within,
    asking,
    broadcasting,
    browsing,
    calendars,
    cancelling,
    cases,
    definitions,
    duties,
    events,
    groups,
    naming,
    office,
    personal,
    rating,
    reading,
    reporting,
    results,
    sharing,
    small_talk,
    sorting,
    starting,
    wishes,
)
from handlers.at_desk import AtDesk
from handlers.refusing import Refusals

__all__ = ["conversation_router"]


def conversation_router() -> Router:
    """A fresh router with every conversation, in the order in which they are asked."""
    router = Router(name="conversation")
    for observer in (router.message, router.edited_message, router.callback_query, router.inline_query):
        observer.middleware(AtDesk())
        observer.middleware(Refusals())
    router.my_chat_member.middleware(AtDesk())
    # Commands come before states, so that /cancel and /help work everywhere; plain text is a question at the very end.
    router.include_routers(
        cancelling.router(),
        starting.router(),
        browsing.router(),
        definitions.router(),
        personal.router(),
        sharing.router(),
        groups.router(),
        asked_within.router(),
        agencies.router(),
        naming.router(),
        duties.router(),
        sorting.router(),
        reporting.router(),
        calendars.router(),
        office.router(),
        agency_files.router(),
        events.router(),
        broadcasting.router(),
        wishes.router(),
        rating.router(),
        cases.router(),
        results.router(),
        small_talk.router(),
        reading.router(),
        asking.router(),
        anything_else.router(),
    )
    return router
