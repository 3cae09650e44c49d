"""Rendering: nothing of the law is lost or changed, and nothing leaves that Telegram would refuse."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html, load_texts
from bot.rendering import (
    Block,
    cleaned,
    date_digits,
    date_words,
    escape,
    isolated,
    marked,
    pages,
    plain_text,
    right_to_left,
    sentences,
    shortened,
    visible_length,
)
from bot.telegram_html import parse_html

TEXTS = load_texts()
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
LAW = st.text("ابپتسمن‌ ،؛:.؟!\n<>&۱۲😀", max_size=3000)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(ANY)
def test_escaped_text_shows_just_itself(text: str) -> None:
    assert plain_text(escape(text)) == text


@given(ANY, st.lists(ANY, max_size=5))
def test_marking_changes_no_character(text: str, words: list[str]) -> None:
    assert plain_text(marked(text, words)) == text


def test_matching_words_are_marked_by_their_stems() -> None:
    assert marked("نتایج نظرسنجی‌ها و نظام هویتی <x>", ["نظرسنجی", "نظام", "هویتی"]) == (
        "نتایج <b>نظرسنجی‌ها</b> و <b>نظام هویتی</b> &lt;x&gt;"
    )


@given(st.lists(st.tuples(LAW, st.booleans(), st.booleans()), max_size=6), st.integers(60, 500))
def test_pages_hold_every_word_within_the_limit(parts: list[tuple[str, bool, bool]], limit: int) -> None:
    blocks = [Block(Html("<i>تبصره:</i> "), text, quoted=quoted, apart=apart) for text, quoted, apart in parts]
    shown = pages(blocks, limit=limit)
    assert shown
    for page in shown:
        parse_html(page)
        assert visible_length(page) <= limit
    whole = "".join(squeezed(plain_text(page)) for page in shown).replace("\u200f", "")
    assert whole == "".join("تبصره:" + squeezed(text) for text, _, _ in parts)


def test_long_texts_are_cut_at_sentence_ends() -> None:
    sentence = "این یک جمله است که در آن چیزی گفته می‌شود."
    first, second, third = pages([Block(text=" ".join([sentence] * 10), quoted=True)], limit=200)
    for page in (first, second, third):
        assert plain_text(page).endswith("شود.")
        assert page.startswith("<blockquote>")


def test_a_long_quote_is_folded_up() -> None:
    assert pages([Block(text="متن " * 300, quoted=True)])[0].startswith("<blockquote expandable>")


def test_quotes_that_follow_each_other_are_one() -> None:
    blocks = [
        Block(Html("<b>x</b>")),
        Block(text="الف", quoted=True),
        Block(text="ب", quoted=True),
        Block(text="ج", apart=True),
    ]
    assert pages(blocks) == ["<b>x</b>\n\n<blockquote>الف\nب</blockquote>\n\nج"]


@given(st.text(max_size=200))
def test_cleaned_text_can_be_stored_and_shown(text: str) -> None:
    clean = cleaned(text)
    clean.encode("utf-8")
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in clean)
    assert not set(clean) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")


def test_cleaning_keeps_half_spaces_and_pairs() -> None:
    assert cleaned("می‌خواهم \ud83d\ude00\x00\u202e") == "می‌خواهم 😀"
    assert isolated("abc") == "\u2068abc\u2069"


@pytest.mark.parametrize(
    ("date", "words", "digits"),
    [
        (JalaliDate(1404, 5, 31), "۳۱\u00a0مرداد\u00a0۱۴۰۴", "۱۴۰۴/۰۵/۳۱"),
        (JalaliDate(1399, 12, 30), "۳۰\u00a0اسفند\u00a0۱۳۹۹", "۱۳۹۹/۱۲/۳۰"),
        (JalaliDate(1404, 1, 1), "۱\u00a0فروردین\u00a0۱۴۰۴", "۱۴۰۴/۰۱/۰۱"),
    ],
)
def test_dates(date: JalaliDate, words: str, digits: str) -> None:
    assert (date_words(TEXTS, date), date_digits(date)) == (words, digits)


def test_the_twelve_months() -> None:
    names = [date_words(TEXTS, JalaliDate(1404, month, 1)).split()[1] for month in range(1, 13)]
    assert names == [
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ]


def test_our_lines_that_begin_with_latin_are_laid_out_from_the_right() -> None:
    assert right_to_left(Html("<b>API</b> یعنی چه\nسلام\nURL")) == "\u200f<b>API</b> یعنی چه\nسلام\nURL"


def test_shortened_between_words() -> None:
    assert shortened("یک دو سه", 8) == "یک دو سه"
    assert shortened("یک دو، سه چهار", 9) == "یک دو…"
    assert shortened("الف\nب", 9) == "الف ب"


def test_sentences() -> None:
    assert sentences("یک. دو؟ سه\nچهار؛ پنج") == ["یک.", "دو؟", "سه", "چهار؛", "پنج"]
