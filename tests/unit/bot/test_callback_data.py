"""Addresses in few characters, callback data within 64 bytes, and what was forged."""

from __future__ import annotations

import re

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st

from bot import callback_data, reminder_buttons, survey_buttons
from bot.address_codes import address_from_start, decode_address, encode_address, start_parameter
from bot.callback_data import Definitions, Rate, SetChoice, Show, View
from bot.links import Links
from knowledge.provisions import Address
from tests.support.corpus import real_corpus

CLASSES = [
    c
    for module in (callback_data, reminder_buttons, survey_buttons)
    for c in vars(module).values()
    if isinstance(c, type) and issubclass(c, CallbackData) and c.__module__ == module.__name__
]


def test_every_provision_has_a_deep_link_that_leads_back() -> None:
    corpus = real_corpus()
    assert len(corpus) > 500
    seen = set()
    for provision in corpus:
        parameter = start_parameter(provision.address)
        assert parameter is not None
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter)
        assert address_from_start(parameter) == provision.address
        seen.add(parameter)
    assert len(seen) == len(corpus)


def test_codes_stay_what_they_are() -> None:
    """Links on paper and in other chats live longer than any version of this code."""
    assert encode_address(Address("roadmap-1404", "art_21__note_1")) == "roadmap-1404_a21n1"
    assert encode_address(Address("roadmap-1404")) == "roadmap-1404"
    assert start_parameter(Address("pilot-projects-1402", "res_3__art_2__note_1")) == "a_pilot-projects-1402_r3a2n1"
    assert encode_address(Address("x", "preface")) == "x_o"
    assert encode_address(Address("x", "section_3__art_2")) == "x_SECTION3a2"
    assert decode_address("x_SECTION3a2") == Address("x", "section_3__art_2")


@pytest.mark.parametrize("code", ["", "_", "x_", "x_a1_", "x_a1z2", "X", "x_a01 ", "x/y", "x_ART21", "x_21"])
def test_anything_else_is_no_code(code: str) -> None:
    with pytest.raises(ValueError):
        decode_address(code)
    assert address_from_start(f"a_{code}") is None
    assert address_from_start(code) is None


@given(st.text(max_size=70))
def test_a_code_that_is_read_is_printed_the_same(code: str) -> None:
    try:
        address = decode_address(code)
    except ValueError:
        return
    assert encode_address(address) == code


def test_every_kind_of_data_fits_64_bytes_with_the_longest_address() -> None:
    for provision in real_corpus():
        for view in View:
            data = Show.of(provision.address, view, page=999, question=10**9)
            assert Show.unpack(data.pack()) == data
    assert len(Rate(question=2**53, useful=False).pack()) <= 64
    assert len(Definitions(regulation="a" * 40, page=999).pack()) <= 64
    assert len(SetChoice(setting="x" * 20, value="y" * 20).pack()) <= 64


def test_prefixes_differ() -> None:
    assert len(CLASSES) >= 40
    assert len({c.__prefix__ for c in CLASSES}) == len(CLASSES)


def test_nothing_chosen_survives_packing() -> None:
    assert Show.unpack(Show.of(Address("x")).pack()).question is None
    assert Definitions.unpack(Definitions().pack()).regulation == ""


@given(st.sampled_from(CLASSES), st.text(max_size=64) | st.lists(st.text(max_size=20)).map(":".join))
def test_forged_data_is_refused_in_the_one_expected_way(kind: type[CallbackData], data: str) -> None:
    for forged in (data, f"{kind.__prefix__}:{data}"):
        try:
            read = kind.unpack(forged)
        except (TypeError, ValueError):
            continue
        assert len(read.pack().encode()) <= 64


def test_links() -> None:
    address = Address("roadmap-1404", "art_21")
    links = Links("https://rahyar.example", "rahyar_bot")
    assert links.page(address) == "https://rahyar.example/r/roadmap-1404/art_21"
    assert links.page(Address("roadmap-1404")) == "https://rahyar.example/r/roadmap-1404"
    assert links.share(address, "ماده ۲۱", "web") == links.page(address)
    shared = links.share(address, "م", "telegram")
    assert (
        shared == "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Frahyar_bot%3Fstart%3Da_roadmap-1404_a21&text=%D9%85"
    )
    local = Links("http://127.0.0.1:8080")
    assert local.share(address, "م", "web") == "http://127.0.0.1:8080/r/roadmap-1404/art_21"
    assert local.share(address, "م", "telegram") is None  # Telegram refuses such buttons
    assert Links().share(address, "م", "web") is None
