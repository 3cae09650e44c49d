"""The channel's own reading of Telegram's HTML agrees with the strict double's, which is proved elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_html import BadMarkupError, parse_html
from tests.support.botapi.errors import ApiError
from tests.support.botapi.rich_text import format_text


@pytest.mark.parametrize(
    "source",
    [
        "a < b",
        "a > b",
        "a & b",
        "&nbsp;",
        "&#0;",
        "&#xD800;",
        "<b>x",
        "x</b>",
        "<b><i>x</b></i>",
        "<div>x</div>",
        "<a>x</a>",
        '<a href="">x</a>',
        "<b class='x'>y</b>",
        '<span class="x">y</span>',
        "<blockquote><blockquote>x</blockquote></blockquote>",
        "<code><b>x</b></code>",
        "<br>",
    ],
)
def test_what_telegram_refuses_or_guesses_at_is_bad_markup(source: str) -> None:
    with pytest.raises(BadMarkupError):
        parse_html(source)


PIECES = st.sampled_from(
    ["ماده ", "x", "😀", "&lt;", "&amp;", "&#1740;", "\n", "\u202e", "\x07", "\u200c"]
    + [f"<{end}{tag}>" for tag in ("b", "u", "i", "blockquote", "code", "pre") for end in ("", "/")]
    + ["<blockquote expandable>", '<a href="https://a.ir/?x=1&amp;y=2">', "</a>", "<", ">", "&", "<u/>", "<B>", "</B >"]
)


@given(st.lists(PIECES, max_size=12).map(lambda pieces: f"x{''.join(pieces)}x"))
def test_what_passes_here_passes_telegram_and_looks_the_same(source: str) -> None:
    try:
        mine = parse_html(source)
    except BadMarkupError:
        return
    try:
        theirs = format_text(source, "HTML", None, "too long", 4096)
    except ApiError as error:
        raise AssertionError(f"{source!r} passed here, Telegram says: {error}") from error
    assert not theirs.notes
    assert mine.text == theirs.text
    assert _marked(mine.text, mine.entities) == _marked(mine.text, theirs.entities)


def _marked(text: str, entities: Iterable[Mapping[str, Any]]) -> set[tuple[str, int]]:
    """Which UTF-16 units are marked how: Telegram joins and trims entities, and finds links by itself."""
    units = text.encode("utf-16-le")
    return {
        (entity["type"], unit)
        for entity in entities
        if entity["type"] not in ("url", "bot_command", "mention", "hashtag")
        for unit in range(entity["offset"], entity["offset"] + entity["length"])
        if units[2 * unit : 2 * unit + 2].decode("utf-16-le", "replace").strip()
    }


def test_offsets_count_utf16() -> None:
    formatted = parse_html('😀<b>ab</b><a href="https://x.ir/?a=1&amp;b=2">c</a>')
    assert formatted.text == "😀abc"
    assert formatted.entities == (
        {"type": "bold", "offset": 2, "length": 2},
        {"type": "text_link", "offset": 4, "length": 1, "url": "https://x.ir/?a=1&b=2"},
    )
