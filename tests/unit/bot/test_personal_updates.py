"""Personal numbers are masked wherever people write, and nothing else of an update changes."""

from typing import Any

from bot.personal_updates import masked_update

PHONE, HIDDEN = "09121234567", "█" * 11


def test_every_place_where_people_write() -> None:
    update: dict[str, Any] = {
        "update_id": 9121234567,
        "message": {
            "message_id": 1,
            "from": {"id": 9121234567, "first_name": "سارا"},
            "text": f"a {PHONE}",
            "entities": [{"type": "phone_number", "offset": 2, "length": 11}],
            "reply_to_message": {"message_id": 8, "text": "نان", "caption": "نان", "entities": []},
            "quote": {"text": PHONE},
            "contact": {"phone_number": PHONE},
            "location": {"latitude": 1.0},
        },
    }
    masked = masked_update(update)
    assert masked["update_id"] == 9121234567
    message = masked["message"]
    assert message["text"] == f"a {HIDDEN}"
    assert message["reply_to_message"] == {"message_id": 8}
    assert "quote" not in message
    assert message["from"] == update["message"]["from"]
    assert message["entities"] == update["message"]["entities"]
    assert "contact" not in message
    assert "location" not in message
    assert update["message"]["text"] == f"a {PHONE}"


def test_queries_are_masked_and_buttons_are_not() -> None:
    masked = masked_update({"inline_query": {"query": PHONE}, "callback_query": {"data": PHONE}})
    assert masked == {"inline_query": {"query": HIDDEN}, "callback_query": {"data": PHONE}}


def test_of_a_pressed_message_its_place_and_buttons_are_kept() -> None:
    place = {"message_id": 1, "chat": {"id": 2}, "reply_markup": {"inline_keyboard": [[{"text": "باز کردن"}]]}}
    said = {"text": "کارت من نیامد", "entities": [{"type": "bold"}], "caption": "نان", "caption_entities": []}
    pressed = {"callback_query": {"data": "cs:1:s", "message": place | said | {"reply_to_message": said}}}
    masked = masked_update(pressed)
    assert masked == {"callback_query": {"data": "cs:1:s", "message": place | {"reply_to_message": {}}}}


def test_half_a_surrogate_pair_becomes_a_sign_that_databases_take() -> None:
    assert masked_update({"message": {"text": "x\ud83d", "from": {"first_name": "\udc00"}}}) == {
        "message": {"text": "x\ufffd", "from": {"first_name": "\ufffd"}}
    }
