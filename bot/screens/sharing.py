"""A provision as an inline result: what is put into somebody else's chat."""

from __future__ import annotations

from aiogram.enums import ParseMode
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions

from bot.address_codes import encode_address
from bot.fluent_texts import Html
from bot.rendering import shortened
from bot.screens.frame import Desk, keyboard, link
from bot.screens.provisions import wording_pages
from knowledge.labels import label
from knowledge.provisions import Address

__all__ = ["inline_result"]

DESCRIPTION_MAX = 110


def inline_result(desk: Desk, address: Address) -> InlineQueryResultArticle:
    """The provision's words with its address, and a button that opens it in the bot."""
    provision = desk.corpus[address]
    quote, *more = wording_pages(desk, address, ())
    text = Html(quote + "\n\n" + desk.texts("shared-more")) if more else quote
    url = desk.links.opens(address)
    return InlineQueryResultArticle(
        id=encode_address(address)[:64],
        title=label(address, desk.corpus),
        description=shortened(provision.text or provision.heading, DESCRIPTION_MAX),
        input_message_content=InputTextMessageContent(
            message_text=text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=keyboard([[link(desk.texts.plain("button-open"), url)]] if url else []),
    )
