"""The arguments of every command."""

from __future__ import annotations

import argparse
from typing import Any

from bot.composition.places import VERSION, texts
from bot.persian_arguments import PersianParser

#: The command that is meant where none is named.
DEFAULT = "serve"


class CommandParser(PersianParser):
    """One command's arguments, its options before, between or behind them."""

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As everywhere; the library's own order gives `import --dry-run FILE` no file."""
        if self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def parser() -> argparse.ArgumentParser:
    """`command` of what it parses is the name of a command, or None."""
    t = texts().plain
    top = PersianParser(prog="run.py", description=t("cli-about"))
    top.add_argument("--version", action="version", version=f"rahyar {VERSION}", help=t("cli-help-version"))
    commands = top.add_subparsers(
        dest="command", metavar="COMMAND", title=t("cli-commands"), parser_class=CommandParser
    )

    def command(name: str, help: str, *, json: bool = True) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=help)
        if json:
            added.add_argument("--json", action="store_true", help=t("cli-help-json"))
        return added

    p = command("ask", t("cli-help-ask"))
    p.add_argument("question", nargs="?", help=t("cli-help-question"))
    p.add_argument("--batch", metavar="FILE.jsonl", help=t("cli-help-batch"))
    command("provisions", t("cli-help-provisions"))
    command("obligations", t("cli-help-obligations"))
    p = command("propose-obligations", t("cli-help-propose"))
    p.add_argument("source", metavar="FILE|SLUG", help=t("cli-help-propose-source"))
    p = command("rank", t("cli-help-rank"), json=False)
    p.add_argument("--corpus", required=True, metavar="C.jsonl")
    p.add_argument("--queries", required=True, metavar="Q.jsonl")
    p.add_argument("--top", type=int, default=10)
    p = command("poster", t("cli-help-poster"))
    p.add_argument("id", metavar="ID")
    p.add_argument("--out", metavar="FILE.svg|FILE.pdf")
    p.add_argument("--telegram", metavar="USERNAME", help=t("cli-help-poster-bot"))
    p.add_argument("--bale", metavar="USERNAME", help=t("cli-help-poster-bot"))
    for name, help in (("services", t("cli-help-services")), ("agencies", t("cli-help-agencies"))):
        p = command(name, help)
        p.add_argument("action", nargs="?", choices=["list", "import"], default="list")
        p.add_argument("file", nargs="?", metavar="FILE.csv|FILE.xlsx")
        p.add_argument("--dry-run", action="store_true", help=t("cli-help-dry-run"))
    command("operator-code", t("cli-help-operator-code"))
    p = command("forward", t("cli-help-forward"))
    p.add_argument("--status", action="store_true", help=t("cli-help-forward-status"))
    p.add_argument("--replay", nargs="?", const="", metavar="EVENT_ID", help=t("cli-help-forward-replay"))
    p.add_argument("--target", metavar="NAME")
    p = command("export", t("cli-help-export"))
    p.add_argument("--out", required=True, metavar="FILE.csv|FILE.xlsx|FILE.parquet")
    p.add_argument("--service", metavar="ID")
    command("chat", t("cli-help-chat"), json=False)
    return top
