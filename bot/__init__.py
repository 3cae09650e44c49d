"""Channels, delivery, middlewares, texts and screens: everything between a person and a handler."""

from bot.quick_import import defer_aiogram_models

defer_aiogram_models()
