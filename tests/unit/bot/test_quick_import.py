"""aiogram with models that are built at their first use works like aiogram."""

import subprocess
import sys
import typing
from pathlib import Path

from aiogram import Bot, types
from aiogram.types import TelegramObject

ROOT = Path(__file__).resolve().parents[3]

FIRST_USE = """
import bot, aiogram
from aiogram.types import Update

assert not Update.__pydantic_complete__, "built at once"
entity = {"type": "bold", "offset": 0, "length": 1}
message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "x", "entities": [entity]}
update = Update.model_validate({"update_id": 1, "message": message})
assert Update.__pydantic_complete__
assert update.message.html_text == "<b>x</b>"
assert update.model_dump(exclude_none=True)["message"]["chat"]["id"] == 1
"""


def test_every_model_finds_the_names_that_it_needs() -> None:
    every = [getattr(types, name) for name in types.__all__]
    models = [model for model in every if isinstance(model, type) and issubclass(model, TelegramObject)]
    assert len(models) > 300
    for model in models:
        assert typing.get_type_hints(model, vars(sys.modules[model.__module__]), {"Bot": Bot})


def test_models_are_built_at_first_use() -> None:
    subprocess.run([sys.executable, "-c", FIRST_USE], cwd=ROOT, check=True, timeout=60)
