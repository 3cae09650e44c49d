"""A strict double of the Telegram Bot API over HTTP, proved against aiogram and python-telegram-bot.

Inside a test: ``async with BotApiDouble() as double``. As a process: ``python -m tests.support.botapi``, driven through
``launched()``. It knows nothing of the bot under test.
"""

from tests.support.botapi.clock import Clock
from tests.support.botapi.double import TOKEN, BotApiDouble
from tests.support.botapi.faults import Fault
from tests.support.botapi.flood import FloodLimits
from tests.support.botapi.people import GroupDesk, User
from tests.support.botapi.remote import RemoteDouble, launched
from tests.support.botapi.transcript import Transcript
from tests.support.botapi.webhook import SECRET_HEADER
from tests.support.botapi.world import Call, ChatMessage, InlineSearch, Person, Press

__all__ = [
    "SECRET_HEADER",
    "TOKEN",
    "BotApiDouble",
    "Call",
    "ChatMessage",
    "Clock",
    "Fault",
    "FloodLimits",
    "GroupDesk",
    "InlineSearch",
    "Person",
    "Press",
    "RemoteDouble",
    "Transcript",
    "User",
    "launched",
]
