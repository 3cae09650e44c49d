"""The only composition root: it knows every package, opens connections and reads the clock of the machine.

`run.py` and `bot.command_line` use it, nothing else does. Importing it opens nothing.
"""
