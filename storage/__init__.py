"""Where Rahyar keeps things: tables, repositories, migrations. Implements what `bot.ports` and the domains ask for.

Knows neither aiogram nor FastAPI.
"""
