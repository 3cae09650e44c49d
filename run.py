"""Rahyar's only composition root and command line: reads the settings, builds everything, starts it.

`python run.py` starts all that is configured; `python run.py --help` lists the other commands. Only this module knows every
package. Imports stay inside the functions that need them, so that a small command starts quickly.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from bot.fluent_texts import Texts
    from knowledge.answering import QuestionAnswerer
    from knowledge.provisions import Corpus
    from reminders.due_dates import DueDates

HOME = Path(__file__).resolve().parent
REGULATIONS = HOME / "knowledge" / "regulations"
VERSION = "0.1.0"

BAD_INPUT, BROKEN = 2, 1
Progress = Callable[[int, int], None]


class CommandError(Exception):
    """Something a person can mend; the message is one line in their language."""


@dataclass(frozen=True)
class Knowledge:
    """Corpus, register and answering, ready to use."""

    corpus: Corpus
    dates: DueDates
    answerer: QuestionAnswerer


# -- building --------------------------------------------------------------------------------------------------------


def data_dir(settings: Settings) -> Path:
    """The absolute data directory, made if missing."""
    directory = settings.data_dir if settings.data_dir.is_absolute() else HOME / settings.data_dir
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(texts()("cli-data-dir", path=str(directory), reason=str(error.strerror))) from error
    return directory


def texts() -> Texts:
    from bot.fluent_texts import load_texts

    return load_texts(HOME / "bot" / "texts")


def build_corpus() -> tuple[Corpus, DueDates]:
    from knowledge.corpus_files import CorpusError, load_corpus
    from reminders.due_dates import DueDates
    from reminders.obligations import load_register

    try:
        corpus = load_corpus(REGULATIONS)
        return corpus, DueDates(load_register(REGULATIONS, corpus), corpus, dict)
    except CorpusError as error:
        raise CommandError("\n".join(error.problems)) from error


def build_knowledge(settings: Settings, on_progress: Progress) -> Knowledge:
    from knowledge.answering import QuestionAnswerer
    from knowledge.confidence import load_confidence
    from knowledge.finding import open_finder

    corpus, dates = build_corpus()
    finder = open_finder(corpus, data_dir(settings) / "index", on_progress)
    answerer = QuestionAnswerer(
        corpus,
        finder,
        dates,
        confidence=load_confidence(),
        length_max=settings.conversation.question_length_max,
    )
    return Knowledge(corpus, dates, answerer)


def index_progress() -> Progress:
    """A progress bar on the terminal while the index is built; a line in a log where there is no terminal."""
    from rich.progress import Progress as Bar

    bar = Bar(transient=True)
    task = bar.add_task(texts()("cli-indexing"), total=None)

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            bar.start()
            bar.update(task, completed=done, total=total)
            if done >= total:
                bar.stop()

    return show


def today_in(settings: Settings) -> dt.date:
    return dt.datetime.now(ZoneInfo(settings.timezone)).date()


# -- commands --------------------------------------------------------------------------------------------------------


def ask(settings: Settings, args: argparse.Namespace) -> int:
    from knowledge.contract import answer_json

    questions = list(_batch(Path(args.batch))) if args.batch else [(None, args.question)]
    if not args.batch and not (args.question or "").strip():
        raise CommandError(texts()("cli-ask-empty"))
    knowledge, today = build_knowledge(settings, index_progress()), today_in(settings)
    for id, question in questions:
        answer = knowledge.answerer.answer(question, today=today)
        if args.json:
            _print_json(answer_json(answer, id=id))
        else:
            from bot.plain_text import answer_text

            print(answer_text(answer, knowledge.corpus, texts()))
    return 0


def _batch(path: Path) -> Iterator[tuple[str | None, str]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(texts()("cli-file-unreadable", path=str(path), reason=str(error))) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["id"]), str(row["q"])
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(texts()("cli-batch-line", path=str(path), line=str(number))) from error


def provisions(settings: Settings, args: argparse.Namespace) -> int:
    from knowledge.contract import provision_json

    corpus, _ = build_corpus()
    if args.json:
        _print_json([provision_json(p, corpus) for p in corpus])
        return 0
    from knowledge.citations import label

    for p in corpus:
        print(f"{p.address}\t{label(p.address, corpus)}\t{p.heading}")
    return 0


def obligations(settings: Settings, args: argparse.Namespace) -> int:
    from persiantools.jdatetime import JalaliDate

    from reminders.contract import obligation_json

    _, dates = build_corpus()
    today = JalaliDate(today_in(settings))
    rows = [obligation_json(o, dates, today) for o in dates.register]
    if args.json:
        _print_json(rows)
        return 0
    for row in rows:
        print(f"{row['due'] or row.get('next_due') or '—'}\t{row['id']}\t{row['action']}")
    return 0


def rank(settings: Settings, args: argparse.Namespace) -> int:
    from knowledge.rank_command import RankInputError
    from knowledge.rank_command import rank as rank_corpus

    try:
        rank_corpus(Path(args.corpus), Path(args.queries), sys.stdout, top=args.top, on_progress=index_progress())
    except (RankInputError, OSError) as error:
        raise CommandError(str(error)) from error
    return 0


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


# -- command line ----------------------------------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    t = texts()
    top = argparse.ArgumentParser(prog="run.py", description=t("cli-about"))
    top.add_argument("--version", action="version", version=f"rahyar {VERSION}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title=t("cli-commands"))

    p = commands.add_parser("ask", help=t("cli-help-ask"))
    p.add_argument("question", nargs="?", help=t("cli-help-question"))
    p.add_argument("--batch", metavar="FILE.jsonl", help=t("cli-help-batch"))
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=ask)
    for name, run, help_key in (
        ("provisions", provisions, "cli-help-provisions"),
        ("obligations", obligations, "cli-help-obligations"),
    ):
        p = commands.add_parser(name, help=t(help_key))
        p.add_argument("--json", action="store_true", help=t("cli-help-json"))
        p.set_defaults(run=run)
    p = commands.add_parser("rank", help=t("cli-help-rank"))
    p.add_argument("--corpus", required=True, metavar="C.jsonl")
    p.add_argument("--queries", required=True, metavar="Q.jsonl")
    p.add_argument("--top", type=int, default=10)
    p.set_defaults(run=rank)
    p = commands.add_parser("chat", help=t("cli-help-chat"))
    p.set_defaults(run=chat)
    top.set_defaults(run=serve)
    return top


def chat(settings: Settings, args: argparse.Namespace) -> int:
    raise CommandError("")


def serve(settings: Settings, args: argparse.Namespace) -> int:
    raise CommandError("")


def main(arguments: Sequence[str]) -> int:
    """Exit code of one call: 0, 2 for bad input, 1 for what is broken, each with one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows or C-locale terminal would refuse Persian
    args = parser().parse_args(arguments)
    try:
        settings = load_settings(HOME / "config.toml", os.environ)
        logging.basicConfig(level=settings.log.level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        return int(args.run(settings, args))
    except (CommandError, SettingsError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return BROKEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
