"""What every test needs: aiogram is imported the quick way (`bot.quick_import`), as in the product."""

import bot

assert bot.__doc__, "imported before any test imports aiogram"
