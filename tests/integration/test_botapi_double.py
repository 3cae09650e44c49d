"""The Bot API double, driven over HTTP by both client libraries: whatever Telegram refuses, it refuses."""

import asyncio
import contextlib
import json
import struct
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaDocument,
    InputTextMessageContent,
    LinkPreviewOptions,
    MenuButtonCommands,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyKeyboardRemove,
    ReplyParameters,
    WebAppInfo,
)
from aiohttp import web
from telegram.request import HTTPXRequest

from tests.support.botapi import SECRET_HEADER, BotApiDouble, Clock, FloodLimits, User, launched
from tests.support.botapi.errors import ApiError
from tests.support.botapi.html_mode import HtmlParser
from tests.support.botapi.rich_text import format_text

SARA = 7
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 40, 30, 8, 2, 0, 0, 0) + b"\0" * 8


@pytest.fixture
async def double() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as server:
        yield server


@pytest.fixture
def sara(double: BotApiDouble) -> User:
    return double.user(id=SARA, first_name="سارا", language_code="fa", started=True)


class PromptSession(AiohttpSession):
    """aiogram's own session, without the quarter second that it sleeps on closing for the sake of TLS."""

    async def close(self) -> None:
        """Close at once."""
        if self._session is not None:
            await self._session.close()


def aiogram_bot(double: BotApiDouble, token: str | None = None) -> Bot:
    session = PromptSession(api=TelegramAPIServer.from_base(double.url))
    return Bot(token or double.token, session=session)


@pytest.fixture
async def bot(double: BotApiDouble) -> AsyncIterator[Bot]:
    async with aiogram_bot(double) as one:
        yield one


@pytest.fixture
async def ptb(double: BotApiDouble, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[telegram.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it every RetryAfter warns
    quick = [HTTPXRequest(read_timeout=0.25, httpx_kwargs={"verify": False}) for _ in range(2)]
    async with telegram.Bot(
        double.token,
        base_url=f"{double.url}/bot",
        base_file_url=f"{double.url}/file/bot",
        request=quick[0],
        get_updates_request=quick[1],
    ) as one:
        yield one


def keys(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def key(text: str, data: str = "x") -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)


async def raw(double: BotApiDouble, method: str, **settings: Any) -> tuple[int, Any]:
    """A call by hand, for what the libraries would not send."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{double.url}/bot{double.token}/{method}", **settings) as response,
    ):
        return response.status, await response.json()


class TestSending:
    async def test_both_libraries_send_and_the_transcript_keeps_it(
        self, double: BotApiDouble, sara: User, bot: Bot, ptb: telegram.Bot
    ) -> None:
        one = await bot.send_message(
            SARA,
            "<b>ماده ۲۱</b> «نظرسنجی» &lt;مهم&gt;\n<blockquote expandable>متن 😀 کامل</blockquote>",
            parse_mode="HTML",
            reply_markup=keys([key("بعدی", "a:2"), key("قبلی", "a:1")], [key("خانه")]),
        )
        two = await ptb.send_message(SARA, "<i>سلام</i>", parse_mode="HTML", disable_notification=True)
        kept = double.transcript.from_bot(sara)
        assert [message.message_id for message in kept] == [one.message_id, two.message_id]
        assert one.text == kept[0].text == "ماده ۲۱ «نظرسنجی» <مهم>\nمتن 😀 کامل"
        assert kept[0].marked("bold") == ["ماده ۲۱"]
        assert kept[0].marked("expandable_blockquote") == ["متن 😀 کامل"]
        assert kept[0].buttons == ["بعدی", "قبلی", "خانه"]
        assert two.entities[0].type == "italic"
        assert "[ بعدی | قبلی ]" in double.transcript.render()
        assert double.violations == []
        assert [call.outcome for call in double.calls_of("sendMessage")] == ["ok", "ok"]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "message text is empty"),
            (" \n\t ", "text must be non-empty"),
            ("\u200c\u200f", "text must be non-empty"),
            ("ا" * 4097, "message is too long"),
            ("ا" * 17000, "text is too long"),
        ],
    )
    async def test_text_has_1_to_4096_characters(self, sara: User, bot: Bot, text: str, reason: str) -> None:
        with pytest.raises(TelegramBadRequest, match=f"Bad Request: {reason}"):
            await bot.send_message(SARA, text)

    async def test_the_limit_counts_characters_after_parsing(self, sara: User, bot: Bot) -> None:
        text = "😀" * 4095 + "&lt;"
        sent = await bot.send_message(SARA, f"<b>{text}</b>", parse_mode="HTML")
        assert sent.text is not None
        assert len(sent.text) == 4096

    async def test_control_and_override_characters_vanish_and_ends_are_trimmed(self, sara: User, bot: Bot) -> None:
        sent = await bot.send_message(SARA, "  \u202eالف\u202c\r\x01<b> ب </b>\n", parse_mode="HTML")
        assert sent.text == "الف  ب"
        assert sent.entities is not None
        assert [(one.offset, one.length) for one in sent.entities] == [(4, 2)]

    async def test_given_entities_are_checked(self, sara: User, bot: Bot, double: BotApiDouble) -> None:
        bold = MessageEntity(type="bold", offset=0, length=4)
        await bot.send_message(SARA, "😀اب", entities=[bold])
        kept = double.transcript.last(sara)
        assert kept is not None
        assert kept.marked("bold") == ["😀اب"]
        with pytest.raises(TelegramBadRequest, match="ends after the end of the text at UTF-16 offset 4"):
            await bot.send_message(SARA, "ابج", entities=[bold])
        with pytest.raises(TelegramBadRequest, match="unsupported parse_mode"):
            await bot.send_message(SARA, "*الف*", parse_mode="MarkdownV2")

    async def test_who_cannot_be_written_to(
        self, double: BotApiDouble, sara: User, bot: Bot, ptb: telegram.Bot
    ) -> None:
        stranger = double.user(id=8)
        with pytest.raises(TelegramBadRequest, match="Bad Request: chat not found"):
            await bot.send_message(999, "سلام")
        with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
            await bot.send_message(stranger.id, "سلام")
        sara.blocks_bot()
        with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
            await bot.send_message(SARA, "سلام")
        with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
            await ptb.send_message(SARA, "سلام")
        sara.person.deactivated = True
        with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
            await bot.send_chat_action(SARA, "typing")
        status, body = await raw(double, "sendMessage", json={"text": "سلام"})
        assert (status, body["description"]) == (400, "Bad Request: chat_id is empty")

    async def test_replies(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        asked = await sara.sends("ماده ۱۴؟")
        answer = await bot.send_message(SARA, "کدام؟", reply_parameters=ReplyParameters(message_id=asked.message_id))
        assert answer.reply_to_message is not None
        assert answer.reply_to_message.text == "ماده ۱۴؟"
        with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
            await bot.send_message(SARA, "کدام؟", reply_parameters=ReplyParameters(message_id=999))
        await bot.send_message(
            SARA, "کدام؟", reply_parameters=ReplyParameters(message_id=999, allow_sending_without_reply=True)
        )

    async def test_link_previews_and_reply_keyboards(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        quiet = LinkPreviewOptions(is_disabled=True)
        sent = await bot.send_message(SARA, "https://example.ir/a", link_preview_options=quiet)
        assert sent.link_preview_options is not None
        assert sent.entities is not None
        assert sent.entities[0].type == "url"
        await bot.send_message(SARA, "بی‌صفحه‌کلید", reply_markup=ReplyKeyboardRemove())
        with pytest.raises(TelegramBadRequest, match="Wrong HTTP URL"):
            await bot.send_message(SARA, "پیوند", link_preview_options=LinkPreviewOptions(url="http://nohost"))
        assert double.violations == []

    async def test_actions_and_reactions(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        asked = await sara.sends("سلام")
        assert await bot.send_chat_action(SARA, "typing")
        assert [action for _, action, _ in double.world.actions] == ["typing"]
        with pytest.raises(TelegramBadRequest, match="wrong parameter action"):
            await bot.send_chat_action(SARA, "dancing")
        assert await bot.set_message_reaction(SARA, asked.message_id, [ReactionTypeEmoji(emoji="👍")])
        assert asked.reaction[0]["emoji"] == "👍"
        with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
            await bot.set_message_reaction(SARA, asked.message_id, [ReactionTypeEmoji(emoji="🦷")])
        with pytest.raises(TelegramBadRequest, match="REACTIONS_TOO_MANY"):
            await bot.set_message_reaction(SARA, asked.message_id, [ReactionTypeEmoji(emoji=one) for one in "👍👎"])
        with pytest.raises(TelegramBadRequest, match="message to react not found"):
            await bot.set_message_reaction(SARA, 999, [])


class TestHtml:
    @pytest.mark.parametrize(
        ("html", "reason"),
        [
            ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
            ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
            ("متن<br>", 'Unsupported start tag "br" at byte offset 6'),
            ("<p>متن</p>", 'Unsupported start tag "p" at byte offset 0'),
            ("a < b", 'Unsupported start tag "" at byte offset 2'),
            ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
            ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
            ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
            ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
            ("<a href", 'Unclosed start tag "a" at byte offset 0'),
            ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
            ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
            ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
            ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
            ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
            ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
            ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
            ("&#57311;", "Text contains invalid Unicode characters after decoding HTML entities"),
        ],
    )
    async def test_refusals_carry_telegrams_words(
        self, double: BotApiDouble, sara: User, html: str, reason: str
    ) -> None:
        status, answer = await raw(double, "sendMessage", data={"chat_id": SARA, "text": html, "parse_mode": "HTML"})
        assert status == answer["error_code"] == 400
        assert answer["description"].startswith(f"Bad Request: can't parse entities: {reason}")

    @pytest.mark.parametrize(
        ("html", "text", "entities"),
        [
            ("&lt;&gt;&amp;&quot;&laquo;&#12345678;", '<>&"&laquo;&#12345678;', []),
            ("&#1777;&#x6F1;", "۱۱", []),
            ("<strong>ا</strong><em>ب</em>", "اب", [("bold", 0, 1), ("italic", 1, 1)]),
            ("<u>ا</u><ins>ب</ins>", "اب", [("underline", 0, 1), ("underline", 1, 1)]),
            ("<s>ا</s><strike>ب</strike><del>پ</del>", "ابپ", [("strikethrough", i, 1) for i in range(3)]),
            (
                "<tg-spoiler>ا</tg-spoiler><span class='tg-spoiler'>ب</span>",
                "اب",
                [("spoiler", 0, 1), ("spoiler", 1, 1)],
            ),
            ("🏟 🏟<i>🏟 &gt;<b>&lt;🏟</b></i>", "🏟 🏟🏟 ><🏟", [("italic", 5, 7), ("bold", 9, 3)]),
            ('<a href="https://a.ir/?x=1&amp;y=2">ا</a>', "ا", [("text_link", 0, 1)]),
            ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
            ('<pre><code class="language-fift">ا</code></pre>', "ا", [("pre", 0, 1)]),
            ("<code>ا</code><pre>ب</pre>", "اب", [("code", 0, 1), ("pre", 1, 1)]),
            ("<blockquote>ا <b>ب</b></blockquote>", "ا ب", [("blockquote", 0, 3), ("bold", 2, 1)]),
            ("<B>ا</B>", "ا", [("bold", 0, 1)]),
            ("x<b></b>", "x", []),
        ],
    )
    def test_tags_become_entities(self, html: str, text: str, entities: list[tuple[str, int, int]]) -> None:
        formatted = format_text(html, "HTML", None, "too long", 6000)
        assert formatted.text == text
        assert [(one["type"], one["offset"], one["length"]) for one in formatted.entities] == entities

    def test_entities_keep_their_arguments(self) -> None:
        link = format_text('<a href="https://a.ir/?x=1&amp;y=2">ا</a>', "html", None, "", 10).entities[0]
        code = format_text('<pre><code class="language-py">ا</code></pre>', "html", None, "", 10).entities[0]
        assert (link["url"], code["language"]) == ("https://a.ir/?x=1&y=2", "py")

    @pytest.mark.parametrize(
        "html",
        [
            "الف & ب",
            "a > b",
            "&nbsp;ا",
            "&ltا",
            "<b>ا</>",
            '<b class="x">ا</b>',
            '<a href="ftp://a.ir">ا</a>',
            '<a href="javascript:alert(1)">ا</a>',
            "<code><b>ا</b></code>",
            "<b><code>ا</code> ب</b>",
            "<blockquote>ا<blockquote>ب</blockquote></blockquote>",
            "<b>ا</b>" * 101,
        ],
    )
    async def test_what_the_server_forgives_is_a_violation(self, double: BotApiDouble, sara: User, html: str) -> None:
        status, _ = await raw(double, "sendMessage", data={"chat_id": SARA, "text": html, "parse_mode": "HTML"})
        assert status == 200
        assert double.violations

    def test_a_number_of_any_length_is_no_character(self) -> None:
        endless = "&#" + "9" * 5000 + ";"
        assert format_text(endless, "HTML", None, "too long", 6000).text == endless

    def test_the_parser_survives_anything(self) -> None:
        pieces = ["<", ">", "/", "b", "a", " ", "=", '"', "'", "&", "lt", ";", "#", "9" * 500, "span", "ا", "\0"]
        for first in pieces:
            for second in pieces:
                for third in pieces:
                    with contextlib.suppress(ApiError):
                        HtmlParser(f"<{first}{second}{third}b>{second}{third}</b>").parse()


class TestKeyboards:
    @pytest.mark.parametrize(
        ("button", "reason"),
        [
            ({"text": " ", "callback_data": "x"}, "button text must be non-empty"),
            ({"callback_data": "x"}, 'Can\'t find field "text"'),
            ({"text": "ا"}, "Text buttons are unallowed in the inline keyboard"),
            ({"text": "ا", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
            ({"text": "ا", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
            ({"text": "ا", "callback_data": "ا" * 33}, "BUTTON_DATA_INVALID"),
            ({"text": "ا", "url": "http://localhost/"}, "URL 'http://localhost/' is invalid: Wrong HTTP URL"),
            ({"text": "ا", "url": "ftp://a.ir"}, "Unsupported URL protocol"),
            ({"text": "ا", "url": "https:///x"}, "URL host is empty"),
            ({"text": "ا", "url": 5}, "BUTTON_URL_INVALID"),
            ({"text": "ا", "web_app": {"url": "http://a.ir"}}, "Only HTTPS links are allowed"),
            ({"text": "ا", "copy_text": {"text": "ا" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
            ({"text": "ا", "url": "https://a.ir", "callback_data": "x"}, "exactly one action is allowed"),
            ("ا", "InlineKeyboardButton must be an Object"),
        ],
    )
    async def test_a_bad_button_is_refused(self, double: BotApiDouble, sara: User, button: Any, reason: str) -> None:
        body = {"chat_id": SARA, "text": "متن", "reply_markup": {"inline_keyboard": [[button]]}}
        status, answer = await raw(double, "sendMessage", json=body)
        assert status == 400
        assert reason in answer["description"]

    @pytest.mark.parametrize(
        ("markup", "reason"),
        [
            ("{", "can't parse reply keyboard markup JSON object"),
            ("[]", "object expected as reply markup"),
            ('{"inline_keyboard":["x"]}', "must be an Array of Arrays"),
            ('{"keyboard":[[{"text":""}]]}', "keyboard button text must be non-empty"),
        ],
    )
    async def test_bad_markup_is_refused(self, double: BotApiDouble, sara: User, markup: str, reason: str) -> None:
        status, answer = await raw(double, "sendMessage", data={"chat_id": SARA, "text": "ا", "reply_markup": markup})
        assert status == 400
        assert reason in answer["description"]

    async def test_at_most_100_buttons_and_8_a_row(self, sara: User, bot: Bot) -> None:
        await bot.send_message(SARA, "متن", reply_markup=keys(*[[key("ا")] * 8] * 12))
        for rows in ([[key("ا")] * 9], [[key("ا")] * 8] * 13):
            with pytest.raises(TelegramBadRequest, match="reply markup is too long"):
                await bot.send_message(SARA, "متن", reply_markup=keys(*rows))

    async def test_good_buttons(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        buttons = [
            key("ا", "ا" * 32),
            InlineKeyboardButton(text="ب", url="https://example.ir/?q=۱"),
            InlineKeyboardButton(text="پ", url="tg://user?id=7"),
            InlineKeyboardButton(text="ت", web_app=WebAppInfo(url="https://example.ir")),
            InlineKeyboardButton(text="ث", switch_inline_query=""),
            InlineKeyboardButton(text="ج", copy_text=CopyTextButton(text="ماده ۲۱")),
            InlineKeyboardButton(text="چ", url="http://127.0.0.1:8080/"),
        ]
        await bot.send_message(SARA, "متن", reply_markup=keys(buttons))
        assert double.violations == []


class TestEditing:
    async def test_edits_are_kept_and_an_unchanged_one_is_refused(
        self, double: BotApiDouble, sara: User, bot: Bot, ptb: telegram.Bot
    ) -> None:
        sent = await bot.send_message(SARA, "<b>یک</b>", parse_mode="HTML", reply_markup=keys([key("بعدی")]))
        where: dict[str, Any] = {"chat_id": SARA, "message_id": sent.message_id}
        same = keys([key("بعدی")])
        exactly = "specified new message content and reply markup are exactly the same as a current content and reply"
        with pytest.raises(TelegramBadRequest, match=f"message is not modified: {exactly}"):
            await bot.edit_message_text("<b>یک</b> ", parse_mode="HTML", reply_markup=same, **where)
        with pytest.raises(telegram.error.BadRequest, match="not modified"):
            await ptb.edit_message_text(
                "یک", entities=[telegram.MessageEntity("bold", 0, 2)], reply_markup=json_markup(same), **where
            )
        with pytest.raises(TelegramBadRequest, match="not modified"):
            await bot.edit_message_reply_markup(reply_markup=same, **where)
        await bot.edit_message_text("دو", **where)
        await bot.edit_message_reply_markup(reply_markup=same, **where)
        kept = double.transcript.last(sara)
        assert kept is not None
        assert [(one.text, len(one.keyboard)) for one in kept.versions] == [("یک", 1), ("دو", 0), ("دو", 1)]
        assert kept.payload["edit_date"] >= kept.payload["date"]
        assert "(edited): دو" in double.transcript.render()

    async def test_what_cannot_be_edited(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        theirs = await sara.sends("سلام")
        photo = await bot.send_photo(SARA, BufferedInputFile(PNG, "a.png"), caption="شرح")
        text = await bot.send_message(SARA, "متن")
        refusals = [
            (bot.edit_message_text("نو", chat_id=SARA, message_id=999), "message to edit not found"),
            (bot.edit_message_text("نو", chat_id=SARA, message_id=theirs.message_id), "message can't be edited"),
            (bot.edit_message_text("نو", chat_id=SARA, message_id=photo.message_id), "there is no text in the message"),
            (bot.edit_message_caption(chat_id=SARA, message_id=text.message_id, caption="ا"), "there is no caption"),
            (bot.edit_message_text("نو", inline_message_id="x"), "MESSAGE_ID_INVALID"),
            (bot.edit_message_text("نو", chat_id=SARA), "message identifier is not specified"),
            (bot.edit_message_text("", chat_id=SARA, message_id=text.message_id), "message text is empty"),
        ]
        for attempt, reason in refusals:
            with pytest.raises(TelegramBadRequest, match=reason):
                await attempt
        await bot.edit_message_caption(chat_id=SARA, message_id=photo.message_id, caption="شرح نو")
        with pytest.raises(TelegramBadRequest, match="message caption is too long"):
            await bot.edit_message_caption(chat_id=SARA, message_id=photo.message_id, caption="ا" * 1025)
        status, answer = await raw(
            double,
            "editMessageText",
            json={"chat_id": SARA, "message_id": text.message_id, "text": "ا", "reply_markup": {"force_reply": True}},
        )
        assert (status, answer["description"]) == (400, "Bad Request: inline keyboard expected")

    async def test_deleting(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        sent = await bot.send_message(SARA, "متن")
        assert await bot.delete_message(SARA, sent.message_id)
        assert double.transcript.last(sara) is None
        with pytest.raises(TelegramBadRequest, match="message to delete not found"):
            await bot.delete_message(SARA, sent.message_id)
        old = await bot.send_message(SARA, "متن")
        double.clock.advance(48 * 3600 + 1)
        with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
            await bot.delete_message(SARA, old.message_id)


def json_markup(markup: InlineKeyboardMarkup) -> telegram.InlineKeyboardMarkup:
    """The same keyboard for the other library."""
    rows = [
        [telegram.InlineKeyboardButton(one.text, callback_data=one.callback_data) for one in row]
        for row in markup.inline_keyboard
    ]
    return telegram.InlineKeyboardMarkup(rows)


class TestQueries:
    async def test_a_callback_is_answered_once_and_in_time(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        await bot.send_message(SARA, "متن", reply_markup=keys([key("مفید بود", "fb:1")]))
        press = await sara.presses(None, "مفید")
        update = (await bot.get_updates())[0]
        assert update.callback_query is not None
        assert update.callback_query.data == "fb:1"
        assert update.callback_query.message is not None
        with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
            await bot.answer_callback_query(press.id, "ا" * 201)
        with pytest.raises(TelegramBadRequest, match="URL_INVALID"):
            await bot.answer_callback_query(press.id, url="https://example.ir")
        assert await bot.answer_callback_query(press.id, "سپاس", show_alert=True)
        assert (press.toast, (press.answer or {})["show_alert"]) == ("سپاس", "true")
        late = await sara.presses_data(double.transcript.messages[0], "forged:٩")
        double.clock.advance(double.world.query_lifetime_s + 1)
        for query_id in (press.id, late.id, "12345"):
            with pytest.raises(
                TelegramBadRequest, match="query is too old and response timeout expired or query ID is"
            ):
                await bot.answer_callback_query(query_id)

    async def test_a_press_on_a_deleted_message_shows_it_inaccessible(
        self, sara: User, bot: Bot, double: BotApiDouble
    ) -> None:
        sent = await bot.send_message(SARA, "متن", reply_markup=keys([key("ا")]))
        await bot.delete_message(SARA, sent.message_id)
        await sara.presses(double.transcript.messages[0], "ا")
        update = (await bot.get_updates())[0]
        assert update.callback_query is not None
        assert type(update.callback_query.message).__name__ == "InaccessibleMessage"

    async def test_inline_results_are_checked(self, sara: User, bot: Bot, ptb: telegram.Bot) -> None:
        def article(number: str, text: str = "متن") -> InlineQueryResultArticle:
            content = InputTextMessageContent(message_text=text, parse_mode="HTML")
            return InlineQueryResultArticle(id=number, title="ماده", input_message_content=content)

        search = await sara.inline("نظرسنجی")
        update = (await ptb.get_updates())[0]
        assert update.inline_query is not None
        assert update.inline_query.query == "نظرسنجی"
        refusals: list[tuple[list[Any], str]] = [
            ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
            ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
            ([article("")], "RESULT_ID_INVALID"),
            ([article("ا" * 33)], "RESULT_ID_INVALID"),
            ([article("1", "<br>")], "can't parse entities"),
            ([article("1", "")], "message text is empty"),
        ]
        for results, reason in refusals:
            with pytest.raises(TelegramBadRequest, match=reason):
                await bot.answer_inline_query(search.id, results)
        await bot.answer_inline_query(search.id, [article("1"), article("2")], cache_time=0, is_personal=True)
        assert [result["id"] for result in search.results] == ["1", "2"]
        await sara.chooses(search, "2")
        with pytest.raises(TelegramBadRequest, match="query is too old"):
            await bot.answer_inline_query(search.id, [])


class TestProfile:
    async def test_commands_descriptions_menu_and_chat(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        me = await bot.get_me()
        assert (me.is_bot, me.supports_inline_queries) == (True, True)
        scope = BotCommandScopeAllPrivateChats()
        commands = [BotCommand(command="ask", description="پرسش")]
        assert await bot.set_my_commands(commands, scope=scope, language_code="fa")
        kept = await bot.get_my_commands(scope=scope, language_code="fa")
        assert [(one.command, one.description) for one in kept] == [("ask", "پرسش")]
        assert await bot.get_my_commands() == []
        assert await bot.delete_my_commands(scope=scope, language_code="fa")
        for command, reason in [
            (BotCommand(command="Ask", description="x"), "BOT_COMMAND_INVALID"),
            (BotCommand(command="ask", description=""), "BOT_COMMAND_DESCRIPTION_INVALID"),
        ]:
            with pytest.raises(TelegramBadRequest, match=reason):
                await bot.set_my_commands([command])
        with pytest.raises(TelegramBadRequest, match="BOT_COMMANDS_TOO_MUCH"):
            await bot.set_my_commands(commands * 101)
        assert await bot.set_my_description("راهنما", "fa")
        assert (await bot.get_my_description("fa")).description == "راهنما"
        assert await bot.set_my_short_description("راهنما")
        assert (await bot.get_my_short_description()).short_description == "راهنما"
        with pytest.raises(TelegramBadRequest, match="too long"):
            await bot.set_my_short_description("ا" * 121)
        assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        assert (await bot.get_chat_menu_button()).type == "commands"
        assert (await bot.get_chat(SARA)).first_name == "سارا"
        assert double.violations == []


class TestRarerRefusals:
    @pytest.mark.parametrize(
        ("method", "body", "reason"),
        [
            ("setChatMenuButton", {"menu_button": {"type": "tray"}}, "can't parse menu button"),
            ("setChatMenuButton", {"menu_button": {"type": "web_app", "text": "ا"}}, "BUTTON_URL_INVALID"),
            ("setMyCommands", {"commands": "ask"}, "can't parse commands JSON object"),
            ("setMyCommands", {"commands": [], "scope": {"type": "planet"}}, "can't parse BotCommandScope"),
            ("setMyCommands", {"commands": [], "language_code": "فارسی"}, "language_code is invalid"),
            ("setMyDescription", {"description": "ا" * 513}, "description is too long"),
            ("answerInlineQuery", {"results": {}}, "expected an Array of InlineQueryResult"),
            ("answerInlineQuery", {"results": [{"type": "poem", "id": "1"}]}, "unsupported type"),
            ("answerInlineQuery", {"results": [{"type": "article", "id": "1"}]}, "ARTICLE_TITLE_EMPTY"),
            ("answerInlineQuery", {"results": [], "next_offset": "ا" * 33}, "NEXT_OFFSET_INVALID"),
            (
                "answerInlineQuery",
                {"results": [], "button": {"text": "ا", "start_parameter": "a b"}},
                "START_PARAM_INVALID",
            ),
            ("sendMediaGroup", {"chat_id": SARA, "media": "x"}, "can't parse media JSON object"),
            ("sendPhoto", {"chat_id": SARA}, "there is no photo in the request"),
            ("sendMessage", {"chat_id": SARA, "text": "ا", "reply_parameters": "[1]"}, "object expected as reply"),
            ("sendMessage", {"chat_id": SARA, "text": "ا", "reply_parameters": {"quote": "x"}}, "message_id"),
            ("sendMessage", {"chat_id": SARA, "text": "ا", "link_preview_options": "[1]"}, "link preview options"),
            (
                "sendMessage",
                {"chat_id": SARA, "text": "ا", "entities": [{"type": "loud"}]},
                "can't parse MessageEntity",
            ),
            ("getFile", {}, "file_id not specified"),
        ],
    )
    async def test_each(self, double: BotApiDouble, sara: User, method: str, body: dict[str, Any], reason: str) -> None:
        status, answer = await raw(double, method, json=body)
        assert status == 400
        assert reason in answer["description"]

    async def test_pictures_of_impossible_shape(self, sara: User, bot: Bot) -> None:
        for width, height in ((9000, 2000), (1000, 10)):
            picture = PNG[:16] + struct.pack(">II", width, height) + PNG[24:]
            with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
                await bot.send_photo(SARA, BufferedInputFile(picture, "a.png"))


class TestFiles:
    async def test_both_libraries_upload_and_download(
        self, double: BotApiDouble, sara: User, bot: Bot, ptb: telegram.Bot
    ) -> None:
        sent = await sara.sends_document(b"%PDF evidence", "گزارش.pdf", mime_type="application/pdf", caption="انجام شد")
        file_id = sent.payload["document"]["file_id"]
        stream = await bot.download(file_id)
        assert stream is not None
        assert stream.read() == b"%PDF evidence"
        file = await ptb.get_file(file_id)
        assert bytes(await file.download_as_bytearray()) == b"%PDF evidence"
        calendar = await ptb.send_document(
            SARA, b"BEGIN:VCALENDAR", filename="cal.ics", caption="<b>ا</b>", parse_mode="HTML"
        )
        assert calendar.document is not None
        assert calendar.document.file_name == "cal.ics"
        again = await bot.send_document(SARA, calendar.document.file_id)
        assert again.document is not None
        photo = await bot.send_photo(SARA, BufferedInputFile(PNG, "qr.png"))
        assert photo.photo is not None
        assert (photo.photo[0].width, photo.photo[0].height) == (40, 30)
        album = await bot.send_media_group(
            SARA, [InputMediaDocument(media=BufferedInputFile(b"x", name)) for name in ("a.txt", "b.txt")]
        )
        assert len({message.media_group_id for message in album}) == 1
        assert double.violations == []

    async def test_bad_files_are_refused(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        large = await sara.sends_document(b"x", "big.zip", size=20 * 1024 * 1024 + 1)
        document = InputMediaDocument(media=BufferedInputFile(b"x", "a"))
        refusals = [
            (bot.get_file(large.payload["document"]["file_id"]), "file is too big"),
            (bot.get_file("nonsense"), "invalid file_id"),
            (bot.send_document(SARA, BufferedInputFile(b"", "a")), "file must be non-empty"),
            (bot.send_document(SARA, "nonsense"), "wrong remote file identifier"),
            (bot.send_document(SARA, "https://example.ir/a.pdf"), "Failed to get HTTP URL content"),
            (bot.send_photo(SARA, BufferedInputFile(b"no picture", "a.png")), "IMAGE_PROCESS_FAILED"),
            (bot.send_photo(SARA, BufferedInputFile(PNG, "a.png"), caption="ا" * 1025), "caption is too long"),
            (bot.send_media_group(SARA, [document]), "2-10 items"),
        ]
        for attempt, reason in refusals:
            with pytest.raises(TelegramBadRequest, match=reason):
                await attempt
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{double.url}/file/bot{double.token}/none") as response,
        ):
            assert response.status == 404


class TestPolling:
    async def test_updates_stay_until_a_higher_offset_confirms_them(
        self, double: BotApiDouble, sara: User, bot: Bot, ptb: telegram.Bot
    ) -> None:
        await sara.opens_link("a_roadmap-1404_art_21")
        for text in ("یک", "دو"):
            await sara.sends(text)
        first = await bot.get_updates(limit=2)
        assert [update.message and update.message.text for update in first] == ["/start a_roadmap-1404_art_21", "یک"]
        assert [update.update_id for update in await ptb.get_updates()] == [
            first[0].update_id + number for number in range(3)
        ]
        rest = await bot.get_updates(offset=first[-1].update_id + 1)
        assert [update.message and update.message.text for update in rest] == ["دو"]
        assert await bot.get_updates(offset=-1) == rest
        assert await bot.get_updates(offset=rest[0].update_id + 1) == []
        assert double.queue.confirmed == 3

    async def test_a_long_poll_wakes_up(self, sara: User, bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.05)
        assert not poll.done()
        await sara.sends_command("ask", "مهلت")
        update = (await asyncio.wait_for(poll, 1))[0]
        assert update.message is not None
        assert update.message.entities is not None
        assert update.message.entities[0].type == "bot_command"

    async def test_time_scale_shortens_an_empty_poll(self, double: BotApiDouble, bot: Bot) -> None:
        double.clock.set_scale(100)
        assert await asyncio.wait_for(bot.get_updates(timeout=10), 1) == []

    async def test_the_older_of_two_pollers_gets_a_conflict(
        self, double: BotApiDouble, bot: Bot, ptb: telegram.Bot
    ) -> None:
        older = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.05)
        await ptb.get_updates()
        with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request; make sure that only"):
            await older

    async def test_a_bot_that_dies_while_polling_finds_everything_after_its_restart(
        self, double: BotApiDouble, sara: User, bot: Bot
    ) -> None:
        dying = asyncio.create_task(bot.get_updates(timeout=30))
        await sara.sends("یک")
        await dying
        dying = asyncio.create_task(bot.get_updates(timeout=30, offset=1))
        await asyncio.sleep(0.02)
        dying.cancel()
        await sara.sends("دو")
        async with aiogram_bot(double) as restarted:
            texts = [update.message and update.message.text for update in await restarted.get_updates(timeout=1)]
        assert texts == ["یک", "دو"]

    async def test_only_wanted_kinds_arrive_and_blocking_is_told(
        self, double: BotApiDouble, sara: User, bot: Bot
    ) -> None:
        await bot.get_updates(allowed_updates=["my_chat_member"])
        await sara.sends("سلام")
        sara.blocks_bot()
        update = (await bot.get_updates())[0]
        assert update.my_chat_member is not None
        assert update.my_chat_member.new_chat_member.status == "kicked"
        await bot.get_updates(allowed_updates=[])
        await sara.sends("سلام")
        assert [bool(one.message) for one in await bot.get_updates(offset=update.update_id + 1)] == [False, True]

    async def test_a_malformed_update_can_be_played(self, double: BotApiDouble, bot: Bot) -> None:
        double.queue.push_raw({"message": {"date": "never"}})
        with pytest.raises(ClientDecodeError):
            await bot.get_updates()


class TestWebhook:
    async def test_updates_are_posted_with_the_secret_and_retried(
        self, double: BotApiDouble, sara: User, bot: Bot, unused_site: "Site"
    ) -> None:
        double.clock.set_scale(100)
        unused_site.failures = 2
        assert await bot.set_webhook(unused_site.url, secret_token="s-3_cret")
        await sara.sends("یک")
        await sara.sends("دو")
        await double.wait_for(lambda _: len(unused_site.seen) == 4)
        assert [text for text, _ in unused_site.seen] == ["یک", "یک", "یک", "دو"]
        assert {secret for _, secret in unused_site.seen} == {"s-3_cret"}
        await double.wait_for(lambda t: len(t.from_bot(sara)) == 2)
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (unused_site.url, 0)
        assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        assert await bot.delete_webhook()
        assert await bot.get_updates() == []

    async def test_a_running_poll_ends_when_a_webhook_is_set(self, bot: Bot, unused_site: "Site") -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.05)
        await bot.set_webhook(unused_site.url, drop_pending_updates=True)
        with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
            await poll

    @pytest.mark.parametrize(
        ("url", "secret", "reason"),
        [
            ("http://example.ir/hook", "", "An HTTPS URL must be provided for webhook"),
            ("https://example.ir:8080/hook", "", "only on ports 80, 88, 443 or 8443"),
            ("nonsense", "", "invalid webhook URL specified"),
            ("https://example.ir/hook", "a b", "secret token contains unallowed characters"),
            ("https://example.ir/hook", "a" * 257, "secret token is too long"),
        ],
    )
    async def test_bad_webhooks_are_refused(self, bot: Bot, url: str, secret: str, reason: str) -> None:
        with pytest.raises(TelegramBadRequest, match=reason):
            await bot.set_webhook(url, secret_token=secret or None)


class Site:
    """A bot's webhook end: notes what arrives and answers with a method call."""

    def __init__(self) -> None:
        self.url = ""
        self.failures = 0
        self.seen: list[tuple[str, str | None]] = []

    async def handle(self, request: web.Request) -> web.Response:
        """Fail as often as asked, then reply in the response body."""
        message = (await request.json())["message"]
        self.seen.append((message["text"], request.headers.get(SECRET_HEADER)))
        if self.failures:
            self.failures -= 1
            return web.Response(status=503)
        return web.json_response({"method": "sendMessage", "chat_id": message["chat"]["id"], "text": "رسید"})


@pytest.fixture
async def unused_site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_post("/hook", site.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield site
    await runner.cleanup()


class TestGroups:
    async def test_privacy_mode_and_removal(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        group = double.group(-100500, "کارگروه")
        await sara.sends("گپ", group=group)
        await sara.sends_command("ask@another_bot", "x", group=group)
        await sara.sends_command("ask", "مهلت", group=group)
        await sara.sends(f"@{double.world.bot.username} مهلت؟", group=group)
        said = await bot.send_message(group.id, "بفرمایید")
        await sara.sends("پاسخ", group=group, reply_to=double.transcript.last(group))
        texts = [update.message and update.message.text for update in await bot.get_updates()]
        assert texts == ["/ask مهلت", f"@{double.world.bot.username} مهلت؟", "پاسخ"]
        assert said.chat.type == "supergroup"
        theirs = double.transcript.chat(group)[0]
        with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
            await bot.delete_message(group.id, theirs.message_id)
        group.removes_bot(sara)
        with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
            await bot.send_message(group.id, "سلام")


class TestFlood:
    @pytest.fixture
    def frozen(self, double: BotApiDouble) -> Clock:
        """Time that moves only by hand."""
        double.clock.set_scale(0)
        double.flood.enable()
        return double.clock

    async def test_one_a_second_to_a_person_after_a_small_burst(
        self, frozen: Clock, sara: User, bot: Bot, ptb: telegram.Bot
    ) -> None:
        for _ in range(3):
            await bot.send_message(SARA, "متن")
        with pytest.raises(TelegramRetryAfter, match="Too Many Requests: retry after 1") as refused:
            await bot.send_message(SARA, "متن")
        assert refused.value.retry_after == 1
        with pytest.raises(telegram.error.RetryAfter):
            await ptb.send_message(SARA, "متن")
        frozen.advance(1)
        await ptb.send_message(SARA, "متن")
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(SARA, "متن")

    async def test_thirty_a_second_overall(self, double: BotApiDouble, frozen: Clock, bot: Bot) -> None:
        double.crowd(1000, 31)
        for number in range(30):
            await bot.send_message(1000 + number, "متن")
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(1030, "متن")
        frozen.advance(1)
        await bot.send_message(1030, "متن")
        assert sum(double.flood.refused.values()) == 1

    async def test_twenty_a_minute_to_a_group(self, double: BotApiDouble, frozen: Clock, bot: Bot) -> None:
        group = double.group(-100500)
        for _ in range(20):
            await bot.send_message(group.id, "متن")
        frozen.advance(15)
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(group.id, "متن")
        assert refused.value.retry_after == 45
        frozen.advance(45)
        await bot.send_message(group.id, "متن")

    async def test_edits_count_unless_told_otherwise(
        self, double: BotApiDouble, frozen: Clock, sara: User, bot: Bot
    ) -> None:
        sent = await bot.send_message(SARA, "متن")
        for number in range(2):
            await bot.edit_message_text(f"متن {number}", chat_id=SARA, message_id=sent.message_id)
        with pytest.raises(TelegramRetryAfter):
            await bot.edit_message_text("متن نو", chat_id=SARA, message_id=sent.message_id)
        double.flood.enable(FloodLimits(private_burst=1, count_edits=False))
        await bot.send_message(SARA, "متن")
        await bot.edit_message_text("متن نو", chat_id=SARA, message_id=sent.message_id)


class TestFaults:
    async def test_each_fault_maps_to_the_right_exception(
        self, double: BotApiDouble, sara: User, bot: Bot, ptb: telegram.Bot
    ) -> None:
        expected: list[tuple[str, type[Exception], type[Exception]]] = [
            ("429", TelegramRetryAfter, telegram.error.RetryAfter),
            ("500", TelegramServerError, telegram.error.NetworkError),
            ("502", ClientDecodeError, telegram.error.NetworkError),
            ("reset_before", TelegramNetworkError, telegram.error.NetworkError),
        ]
        for kind, in_aiogram, in_ptb in expected:
            fault = double.inject(kind, "sendMessage", times=2, retry_after=3)  # type: ignore[arg-type]
            with pytest.raises(in_aiogram):
                await bot.send_message(SARA, "متن")
            with pytest.raises(in_ptb):
                await ptb.send_message(SARA, "متن")
            assert fault.hits == 2
        assert double.transcript.from_bot(sara) == []
        await bot.send_message(SARA, "متن")
        assert len(double.transcript.from_bot(sara)) == 1

    async def test_a_reset_after_processing_leaves_the_message(
        self, double: BotApiDouble, sara: User, bot: Bot
    ) -> None:
        double.inject("reset_after", "sendMessage")
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(SARA, "متن")
        assert len(double.transcript.from_bot(sara)) == 1
        call = double.calls_of("sendMessage")[0]
        assert (call.outcome, call.took_effect) == ("reset_after", True)

    async def test_hanging_and_slowness(self, double: BotApiDouble, sara: User, bot: Bot, ptb: telegram.Bot) -> None:
        double.inject("hang_after", "sendMessage")
        with pytest.raises(telegram.error.TimedOut):
            await ptb.send_message(SARA, "یک", read_timeout=0.1)
        double.inject("hang_before", "sendMessage")
        with pytest.raises(TelegramNetworkError, match="Request timeout error"):
            await bot(SendMessage(chat_id=SARA, text="دو"), request_timeout=0.1)  # type: ignore[arg-type]
        double.inject("slow", "sendMessage", delay_s=0.02)
        await bot.send_message(SARA, "سه")
        assert [message.text for message in double.transcript.from_bot(sara)] == ["یک", "سه"]

    async def test_faults_by_probability_are_repeatable(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        outcomes = []
        for _ in range(2):
            double.faults.seed(5)
            fault = double.inject("500", "getChat", times=None, probability=0.5, chat_id=SARA)
            for _ in range(12):
                try:
                    await bot.get_chat(SARA)
                except TelegramServerError:
                    continue
            outcomes.append([call.outcome for call in double.calls_of("getChat")][-12:])
            assert 0 < fault.hits < 12
            double.faults.clear()
        assert outcomes[0] == outcomes[1]


class TestProtocol:
    async def test_tokens_and_methods(self, double: BotApiDouble, bot: Bot) -> None:
        async with aiogram_bot(double, "1:wrong") as stranger:
            with pytest.raises(TelegramUnauthorizedError):
                await stranger.get_me()
        with pytest.raises(TelegramNotFound, match="method not found"):
            await bot.get_forum_topic_icon_stickers()
        assert double.violations == ["getForumTopicIconStickers: method not found"]
        assert double.calls[-1].error_code == 404
        async with aiohttp.ClientSession() as session, session.get(f"{double.url}/botnonsense/getMe") as response:
            assert response.status == 404

    async def test_json_form_multipart_and_query_are_understood(self, double: BotApiDouble, sara: User) -> None:
        fields = {"chat_id": str(SARA), "text": "متن", "protect_content": "true"}
        multipart = aiohttp.FormData(fields, default_to_multipart=True)
        for settings in ({"json": fields}, {"data": fields}, {"data": multipart}, {"params": fields}):
            status, answer = await raw(double, "SENDMESSAGE", **settings)
            assert (status, answer["result"]["text"]) == (200, "متن")
        assert double.violations == []
        assert (await raw(double, "sendMessage", json=[]))[0] == 400
        assert (await raw(double, "sendMessage", data="{", headers={"Content-Type": "application/json"}))[0] == 400
        lone = json.dumps({"chat_id": SARA, "text": "\ud800"})
        status, answer = await raw(double, "sendMessage", data=lone, headers={"Content-Type": "application/json"})
        assert (status, answer["description"]) == (400, "Bad Request: strings must be encoded in UTF-8")

    async def test_unknown_parameters_and_wrong_types_are_violations(self, double: BotApiDouble, sara: User) -> None:
        status, _ = await raw(
            double,
            "sendMessage",
            json={"chat_id": SARA, "text": "متن", "colour": "red", "protect_content": "maybe", "message_thread_id": 3},
        )
        assert status == 200
        assert double.violations == [
            "sendMessage: unknown parameter 'colour'",
            "sendMessage: parameter 'message_thread_id' is not modelled by the double",
            "sendMessage: parameter 'protect_content' must be bool, got 'maybe'",
        ]

    async def test_waiting_in_vain_shows_the_transcript(self, double: BotApiDouble, sara: User) -> None:
        await sara.sends("کسی هست؟")
        with pytest.raises(AssertionError, match="کسی هست؟"):
            await double.wait_for(lambda t: t.last(sara), 0.05)

    async def test_a_person_asks_and_a_bot_answers(self, double: BotApiDouble, sara: User, bot: Bot) -> None:
        async def answer_once() -> None:
            update = (await bot.get_updates(timeout=5))[0]
            assert update.message is not None
            await bot.send_message(update.message.chat.id, f"گفتید: {update.message.text}")

        answering = asyncio.create_task(answer_once())
        assert (await sara.asks("سلام")).text == "گفتید: سلام"
        await answering

    async def test_stopping_does_not_wait_for_hanging_calls(self) -> None:
        async with BotApiDouble() as double, aiogram_bot(double) as bot:
            poll = asyncio.create_task(bot.get_updates(timeout=30))
            await asyncio.sleep(0.05)
        with pytest.raises((TelegramServerError, TelegramNetworkError)):
            await poll


class TestStandalone:
    async def test_a_process_is_driven_over_its_control_api(self) -> None:
        async with launched("--scale", "1") as remote:
            await remote.post("user", id=SARA, first_name="سارا")
            await remote.post("user/7/sends", text="سلام")
            session = PromptSession(api=TelegramAPIServer.from_base(remote.url))
            async with Bot(remote.token, session=session) as bot:
                update = (await bot.get_updates())[0]
                await bot.send_message(SARA, "بفرمایید", reply_markup=keys([key("بعدی", "n")]))
                await remote.post("user/7/presses", button="بعدی")
                assert len(await bot.get_updates(offset=update.update_id + 1)) == 1
                await remote.post("faults", kind="500", method="getMe")
                with pytest.raises(TelegramServerError):
                    await bot.get_me()
                await remote.post("flood", private_burst=1)
                await bot.send_message(SARA, "یک")
                with pytest.raises(TelegramRetryAfter):
                    await bot.send_message(SARA, "دو")
                await remote.post("clock", advance=10)
                await bot.send_message(SARA, "دو")
            told = await remote.wait_for("transcript", lambda answer: len(answer) == 4, chat_id=SARA)
            assert [message["text"] for message in told] == ["سلام", "بفرمایید", "یک", "دو"]
            summary = await remote.get("summary")
            assert summary["calls"]["sendMessage 429"] == 1
            assert (summary["violations"], summary["flood_refused"]) == ([], 1)
            assert (await remote.post("update", message={"broken": True}))["update_id"]
            await remote.delete("faults")
            with pytest.raises(AssertionError, match="unknown action 'flies'"):
                await remote.post("user/7/flies")
