"""Rahyar's command line: reads the arguments and the settings, then does the one command.

`python run.py` starts all that is configured; `python run.py --help` lists the other commands.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence

from bot.command_line.parser import DEFAULT, parser
from bot.composition.errors import BROKEN, CommandError
from bot.composition.places import HOME, texts
from bot.persian_arguments import BAD_INPUT
from bot.settings import Settings, SettingsError, load_settings


def command(name: str) -> Callable[..., int]:
    """What does this command: `run` in the module of its name, imported now, since most take a second or more."""
    module = importlib.import_module(f"bot.command_line.{name.replace('-', '_')}")
    run: Callable[..., int] = module.run
    return run


def log_as(settings: Settings) -> None:
    logging.basicConfig(level=settings.log.level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("alembic", "uvicorn", "aiogram", "apscheduler", "httpx", "gensim"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(settings.log.level)))


def main(arguments: Sequence[str]) -> int:
    """Exit code of one call: 0, 2 for bad input, 1 for what is broken, each with one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows or C-locale terminal would refuse Persian
    gc.set_threshold(100_000)  # a start makes a million objects that stay; looking at them again and again takes 0.5 s
    args = parser().parse_args(arguments)
    try:
        settings = load_settings(HOME / "config.toml", os.environ)
        log_as(settings)
        return command(args.command or DEFAULT)(settings, args)
    except SettingsError as error:
        print(texts().plain("cli-setting", reason=str(error)), file=sys.stderr)
        return BAD_INPUT
    except CommandError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return BROKEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
