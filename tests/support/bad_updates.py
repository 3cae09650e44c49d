"""Generated updates that no polite client sends: huge, empty, invisible, forged, outdated, of the wrong type.

`play` sends them through the whole bot and says how they ended; nothing may fail, be refused or be lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot import callback_data, reminder_buttons, survey_buttons
from bot.callback_data import Show
from bot.reminder_buttons import short_code
from handlers import conversation_router
from reminders.people import Role
from storage.database import Database
from tests.support.answering import real_dependencies
from tests.support.chats import BOT_ID, Chat, open_channel
from tests.support.corpus import NOON, real_corpus
from tests.support.rating import SurveyDesk
from tests.support.reminding import Clock, Reminding

__all__ = ["play", "updates"]

PEOPLE = (1001, 1002, 1003)
GROUP = -1001
QUESTION = "ماده ۲۱ نقشه راه"
PREFIXES = [
    c.__prefix__
    for m in (callback_data, reminder_buttons, survey_buttons)
    for c in vars(m).values()
    if hasattr(c, "__prefix__")
]
COMMANDS = [
    "start",
    "help",
    "ask",
    "article",
    "regulations",
    "definitions",
    "settings",
    "privacy",
    "forget",
    "cancel",
    "agency",
    "obligations",
    "done",
    "calendar",
    "timeline",
    "operator",
    "ledger",
    "events",
    "broadcast",
    "rate",
    "track",
    "cases",
    "kept",
    "report",
    "nothing",
]

# -- what people write -----------------------------------------------------------------------------------------------

strange = st.sampled_from(
    [
        "", " ", "\u200c", "\x00", "\u202eمتن وارونه\u202c", "\u2067\u2067\u2067", "\ufeff", "\ud800", "a\ud83d", "👨‍👩‍👧‍👦" * 50,
        "<b>باز", "</blockquote>", "<a href='x'>", "&lt;&#x41;&nbsp;&", "<script>alert(1)</script>", "؟؟؟", "۰" * 5000,
        "کد ملی 0012345679", "█████", "ا\u064b" * 2000, "ماده" * 1500, "@rahyar_bot", "/", "//", "/start\n/start",
        "1" * 300, "' OR 1=1 --", "{ $key }", "%s%n", "\u0600\u06dd", "تبصره ۲ ماده ۶ " * 19, "ماده ۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹",
    ]
)  # fmt: skip
asked = st.sampled_from(
    [
        QUESTION, "تبصره‌هاش؟", "مهلتش کی بود؟", "ماده بعدی", "ماده ۱۴", "سازمان یعنی چه", "گام‌های چرخه هوشمندسازی",
        "وزارت ارتباطات و فناوری اطلاعات چه وظایفی دارد؟", "نظرسنجی از مردم", "دیباچه نقشه راه", "made 21 chie",
        "بند ب ماده ۱ مصوبه اول", "ماده ۵۰ نقشه راه", "آب و هوا", "ثبت احوال", "۳۱ مهر", "۱۵ آبان ۱۴۰۵", "تا ۱۰ روز دیگر نیستم",
        "مدل بلوغ دولت هوشمند در ۱ آبان ۱۴۰۴ ابلاغ شد", "کارشناس", "۲۵ آذر ۱۴۰۴ آلودگی هوا", "i_" + "x" * 32,
    ]
)  # fmt: skip
words = st.text(st.characters(codec=None), max_size=60) | strange | asked
commands = st.builds("/{}{} {}".format, st.sampled_from(COMMANDS), st.sampled_from(["", "@rahyar_bot", "@x"]), words)
links = st.builds(
    "/start {}{}".format, st.sampled_from(["a_", "i_", "s_", "sb_"]), st.text("abcdefgxrn0123456789_-AZ", max_size=60)
)
texts = words | commands | links

# -- buttons ---------------------------------------------------------------------------------------------------------

addresses = st.sampled_from([p.address for p in real_corpus()])
real_data = st.builds(
    lambda at, view, page, question: Show.of(at, view, page=page, question=question).pack(),
    addresses,
    st.sampled_from(list(callback_data.View)),
    st.integers(0, 999),
    st.none() | st.integers(1, 40),
)
fields = st.sampled_from(
    [
        "", "0", "1", "-1", "99", "c", "p", "w", "n", "y", "a", "d", "s", "r", "e", "x", "detail", "short",
        "roadmap-1404_a21", "9" * 18, "representative", "operator", "ict-ministry", "eservices-1393", "overdue",
        "unsorted", "0123456789ab", short_code("roadmap-1404.maturity-model"), "2025-12-01", "executive-agencies", "1000", "EXAMPLE-1",
    ]
)  # fmt: skip
forged_data = st.builds(
    lambda prefix, rest: ":".join([prefix, *rest])[:64], st.sampled_from(PREFIXES), st.lists(fields, max_size=5)
)
data = real_data | forged_data | st.text(max_size=64)

# -- updates ---------------------------------------------------------------------------------------------------------

persons = st.sampled_from(PEOPLE).map(lambda n: {"id": n, "is_bot": False, "first_name": "x"})
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
media = st.sampled_from(
    [
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "ماده ۲۱"},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
        {"contact": {"phone_number": "+989121234567", "first_name": "x"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"new_chat_title": "x"},
        {"poll": 5},
        {},
    ]
)


def chat_of(person: Mapping[str, Any], in_group: bool) -> dict[str, Any]:
    return {"id": GROUP, "type": "supergroup", "title": "g"} if in_group else {"id": person["id"], "type": "private"}


def _message(person: dict[str, Any], in_group: bool, number: int, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"message_id": number, "date": 1, "from": person, "chat": chat_of(person, in_group), **content}


messages = st.builds(
    _message, persons, st.booleans(), st.integers(1, 60), texts.map(lambda text: {"text": text}) | media
)
answers_to_us = st.builds(
    lambda message: (
        message | {"reply_to_message": message | {"from": {"id": BOT_ID, "is_bot": True, "first_name": "b"}}}
    ),
    messages,
)
presses = st.builds(
    lambda person, message, pressed, query: (
        {"id": query, "from": person, "chat_instance": "1", "data": pressed}
        | ({"message": message} if message else {"inline_message_id": "i"})
    ),
    persons,
    st.none() | messages | st.builds(lambda m: {"chat": m["chat"], "message_id": m["message_id"], "date": 0}, messages),
    data,
    st.text("0123456789", min_size=1, max_size=9),
)
searches = st.builds(
    lambda person, query: {"id": "7", "from": person, "query": query, "offset": ""},
    persons,
    texts.map(lambda t: t[:256]),
)
memberships = st.builds(
    lambda person, in_group, old, new: {
        "chat": chat_of(person, in_group),
        "from": person,
        "date": 1,
        "old_chat_member": {"status": old, "user": {"id": BOT_ID, "is_bot": True, "first_name": "b"}, "until_date": 0},
        "new_chat_member": {"status": new, "user": {"id": BOT_ID, "is_bot": True, "first_name": "b"}, "until_date": 0},
    },
    persons,
    st.booleans(),
    st.sampled_from(["left", "kicked", "member"]),
    st.sampled_from(["left", "kicked", "member", "owner"]),
)
broken = st.dictionaries(
    st.sampled_from(["message", "callback_query", "inline_query", "edited_message", "something_new"]),
    anything
    | st.builds(
        lambda message, key, value: message | {key: value},
        messages,
        st.sampled_from(["chat", "from", "text", "date"]),
        anything,
    ),
    max_size=2,
)
updates = (
    messages.map(lambda m: {"message": m})
    | messages.map(lambda m: {"message": m})
    | messages.map(lambda m: {"edited_message": m | {"edit_date": 2}})
    | answers_to_us.map(lambda m: {"message": m})
    | presses.map(lambda p: {"callback_query": p})
    | presses.map(lambda p: {"callback_query": p})
    | searches.map(lambda q: {"inline_query": q})
    | memberships.map(lambda m: {"my_chat_member": m})
    | broken
)


async def play(sent: Sequence[Mapping[str, Any]], folder: Path) -> Mapping[str, int]:
    """How many ended how, over a SQLite file in `folder`. AssertionError when somebody's conversation does not go on
    afterwards, or lost its state.

    Chat 1 asks and chooses before the flood and goes on after it; its buttons still know their answer. One of those who
    send is an operator, one acts for an agency.
    """
    database = Database(f"sqlite+aiosqlite:///{folder / 'bad.sqlite3'}")
    await database.open()
    try:
        return await _played(sent, Reminding(database, Clock(NOON), folder))
    finally:
        await database.close()


async def _played(sent: Sequence[Mapping[str, Any]], reminding: Reminding) -> Mapping[str, int]:
    storage = reminding.storage
    operator = (await storage.people.seen("test", PEOPLE[0], NOON)).id
    token = await reminding.offer_first_operator()
    await reminding.accept_invitation(operator, token or "", name="کارشناس")
    invited = await reminding.invite(operator, "ict-ministry", Role.REPRESENTATIVE)
    member = (await storage.people.seen("test", PEOPLE[1], NOON)).id
    await reminding.accept_invitation(member, invited.token, name="نماینده")
    desk = SurveyDesk(reminding.database)
    dependencies = real_dependencies(storage.questions, reminders=reminding, surveys=(await desk.prepared()).surveys)
    async with open_channel([conversation_router()], dependencies, storage=storage, clock=lambda: NOON) as channel:
        calm = Chat(channel, person_id=1)
        await calm.says("/settings")
        await calm.presses("۱۴۰۴/۰۵/۳۱")
        answer = await calm.says("نظرسنجی از مردم")
        for update in sent:
            await channel.receive_update(update)
        await channel.settled()
        await calm.presses("گزینه‌های دیگر", on=answer)
        assert (await calm.presses("بازگشت به پاسخ")).html == answer.html
        assert "۱۴۰۴/۰۵/۳۱" in (await calm.says("مهلتش کی بود؟")).text
        for person in PEOPLE:
            await channel.receive_update(
                {"message": _message({"id": person, "is_bot": False, "first_name": "x"}, False, 1, {"text": "/cancel"})}
            )
            assert (await Chat(channel, person_id=person).says(QUESTION)).text.startswith(QUESTION)
        return await storage.inbox.counts("test")
