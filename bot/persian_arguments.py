"""The command line's parser with its own words in Persian: one sentence for what it does not understand, and its help.

Knows no command. The library has its sentences in its own code and no way to ask for them apart, so they are told by
their shape; one that no shape fits is said in general, with the library's words behind it.
"""

from __future__ import annotations

import argparse
import re
from functools import cache
from typing import Any, Final, NoReturn

from bot.fluent_texts import Texts, load_texts

__all__ = ["BAD_INPUT", "PersianParser"]

#: Exit code for what a person can mend.
BAD_INPUT: Final = 2
#: Sentences of `argparse` (CPython 3.11 to 3.14), and the key of ours; groups are its placeholders.
_SENTENCES: Final = tuple(
    (re.compile(shape), key)
    for shape, key in (
        (r"the following arguments are required: (?P<names>.+)", "cli-arguments-missing"),
        (r"unrecognized arguments: (?P<names>.+)", "cli-arguments-unknown"),
        (r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \((?:choose from )(?P<choices>.+)\)", "cli-choice"),
        (r"argument (?P<name>.+?): invalid int value: (?P<value>.+)", "cli-not-a-number"),
        (r"argument (?P<name>.+?): expected (?:one|at least one) argument", "cli-value-missing"),
        (r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)", "cli-value-unwanted"),
        (r"ambiguous option: (?P<name>.+?) could match (?P<choices>.+)", "cli-ambiguous"),
        (r"(?P<reason>.+)", "cli-arguments-wrong"),
    )
)


@cache
def _texts() -> Texts:
    return load_texts()


class PersianParser(argparse.ArgumentParser):
    """As `argparse.ArgumentParser`; what is wrong ends the process with exit code 2 and one line on standard error."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, add_help=False, formatter_class=_Help)
        t = _texts().plain
        self._positionals.title, self._optionals.title = t("cli-arguments"), t("cli-options")
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help=t("cli-help"))

    def error(self, message: str) -> NoReturn:
        reason = _persian(message)
        self.exit(BAD_INPUT, f"{_texts().plain('cli-arguments-hint', reason=reason, command=self.prog)}\n")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The library asks with an empty prefix for the beginning of a command's own usage, and hands one back from
        which it has cut its own «usage: ».
        """
        usage = usage.strip() if isinstance(usage, str) else usage
        super().add_usage(usage, actions, groups, f"{_texts().plain('cli-usage')} " if prefix is None else prefix)


def _persian(message: str) -> str:
    for shape, key in _SENTENCES:
        if found := shape.fullmatch(message):
            return _texts().plain(key, **{name: _listed(value) for name, value in found.groupdict().items()})
    return message


def _listed(value: str) -> str:
    """Without the quotes of the library's `repr`, and with our commas."""
    return re.sub(r"'([^']*)'", r"\1", value).replace(", ", "، ")
