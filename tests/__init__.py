"""Rahyar's tests. Any of them imports aiogram the quick way, as the product does: `bot` sees to it when it comes first."""

import bot as bot
