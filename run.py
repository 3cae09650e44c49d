"""Rahyar's only composition root and command line: reads the settings, builds everything, starts it.

`python run.py` starts all that is configured; `python run.py --help` lists the other commands. Only this module knows
every package. Imports stay inside the functions that need them, so that a small command starts quickly.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import gc
import json
import logging
import os
import random
import secrets
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from bot.persian_arguments import PersianParser
from bot.settings import Settings, SettingsError, is_bot_username, load_settings

if TYPE_CHECKING:
    from aiogram import Bot, Dispatcher

    from bot.delivery import DeliveryWorker
    from bot.feeder import Feeder
    from bot.fluent_texts import Texts
    from bot.gate import Gate
    from bot.in_process import InProcessChannel
    from bot.links import Links
    from bot.ports import ChatFiles
    from bot.progress import ProgressBoard
    from bot.senders import Sender
    from bot.supervisor import Service
    from bot.wakeups import Wakeups
    from knowledge.answering import QuestionAnswerer
    from knowledge.answers import Answer
    from knowledge.provisions import Corpus
    from reminders.agency_import import ImportedAgencies
    from reminders.book_keeping import Books
    from reminders.due_dates import DueDates
    from reminders.use_cases import Reminders
    from storage.database import Database
    from storage.secrets import Secret
    from storage.unit_of_work import Repositories
    from surveys.cataloguing import Imported as ImportedServices
    from surveys.forwarding import Target
    from surveys.ports import AgencyDirectory
    from surveys.use_cases import Surveys
    from surveys.working_time import WorkingDays

HOME = Path(__file__).resolve().parent
REGULATIONS = HOME / "knowledge" / "regulations"
VERSION = "0.1.0"

BAD_INPUT, BROKEN = 2, 1
Progress = Callable[[int, int], None]
T = TypeVar("T")


class CommandError(Exception):
    """Something a person can mend; the message is one line in their language."""


@dataclass(frozen=True)
class Knowledge:
    """Corpus, register and answering, ready to use. `dates` counts from what `books` last read in the database."""

    corpus: Corpus
    books: Books
    dates: DueDates
    answerer: QuestionAnswerer


# -- building --------------------------------------------------------------------------------------------------------


def data_dir(settings: Settings) -> Path:
    """The absolute data directory, made if missing."""
    directory = settings.data_dir if settings.data_dir.is_absolute() else HOME / settings.data_dir
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(texts().plain("cli-data-dir", path=str(directory), reason=str(error.strerror))) from error
    return directory


def evidence_dir(settings: Settings) -> Path:
    """Where the files of reports are kept."""
    return data_dir(settings) / "evidence"


def texts() -> Texts:
    from bot.fluent_texts import load_texts

    return load_texts(HOME / "bot" / "texts")


def build_corpus(settings: Settings) -> tuple[Corpus, Books, DueDates]:
    from knowledge.corpus_files import CorpusError, load_corpus
    from reminders.book_keeping import Books
    from reminders.directory import load_structure
    from reminders.due_dates import DueDates
    from reminders.obligations import load_register
    from reminders.working_calendar import WEEKEND_DAYS

    weekend = [WEEKEND_DAYS[name] for name in settings.reminders.weekend]
    try:
        corpus = load_corpus(REGULATIONS)
        register = load_register(REGULATIONS, corpus)
        books = Books(register, corpus, load_structure(), weekend=weekend)
    except CorpusError as error:
        raise CommandError("\n".join(error.problems)) from error
    return corpus, books, DueDates(register, corpus, books.book)


def build_knowledge(
    settings: Settings, on_progress: Progress, taught: Mapping[str, Sequence[str]] | None = None
) -> Knowledge:
    """`taught`: wordings that operators accepted, by address; None: they are not asked for."""
    from knowledge.answering import QuestionAnswerer
    from knowledge.confidence import load_confidence
    from knowledge.finding import open_finder

    corpus, books, dates = build_corpus(settings)
    corpus = corpus.taught(taught or {})
    directory = index_directory(data_dir(settings), taught)
    try:
        finder = open_finder(corpus, directory, on_progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(texts().plain("cli-index-failed", path=str(directory), reason=reason)) from error
    answerer = QuestionAnswerer(
        corpus,
        finder,
        dates,
        confidence=load_confidence(),
        length_max=settings.conversation.question_length_max,
    )
    return Knowledge(corpus, books, dates, answerer)


def index_directory(data: Path, taught: Mapping[str, Sequence[str]] | None) -> Path:
    """Where the index is kept: that of accepted wordings stands beside that of the corpus alone.

    Where no wording is left, theirs is deleted: the last one may have gone because its author was forgotten.
    """
    of_taught = data / "index-taught"
    if taught is not None and not taught:
        shutil.rmtree(of_taught, ignore_errors=True)
    return of_taught if taught else data / "index"


def index_progress() -> Progress:
    """A progress bar on the terminal while the index is built; a line in a log where there is no terminal."""
    from rich.progress import Progress as Bar

    bar = Bar(transient=True)
    task = bar.add_task(texts().plain("cli-indexing"), total=None)

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
        raise CommandError(texts().plain("cli-ask-empty"))
    knowledge, today = build_knowledge(settings, index_progress()), today_in(settings)
    for id, question in questions:
        answer = knowledge.answerer.answer(question, today=today)
        if args.json:
            _print_json(answer_json(answer, id=id))
        else:
            print(_answer_in_terminal(settings, knowledge, answer))
    return 0


def _answer_in_terminal(settings: Settings, knowledge: Knowledge, answer: Answer) -> str:
    """The answer as the conversation shows it, without buttons."""
    from bot.links import Links
    from bot.preferences import Preferences
    from bot.screens.answers import answer_screen
    from bot.screens.frame import Desk
    from bot.terminal import terminal_text

    desk = Desk(
        texts=texts(),
        corpus=knowledge.corpus,
        limits=knowledge.dates,
        links=Links(),
        platform="terminal",
        today=today_in(settings),
        preferences=Preferences(),
    )
    screen = answer_screen(desk, answer, None, length_max=settings.conversation.question_length_max)
    return terminal_text(screen.text, styled=sys.stdout.isatty())


def _batch(path: Path) -> Iterator[tuple[str | None, str]]:
    for number, line in enumerate(_text_of(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["id"]), str(row["q"])
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(texts().plain("cli-batch-line", path=str(path), line=str(number))) from error


def provisions(settings: Settings, args: argparse.Namespace) -> int:
    from knowledge.contract import provision_json

    corpus, _, _ = build_corpus(settings)
    if args.json:
        _print_json([provision_json(p, corpus) for p in corpus])
        return 0
    from knowledge.labels import label

    for p in corpus:
        print(f"{p.address}\t{label(p.address, corpus)}\t{p.heading}")
    return 0


def obligations(settings: Settings, args: argparse.Namespace) -> int:
    from persiantools.jdatetime import JalaliDate

    from reminders.contract import obligation_json

    _, _, dates = build_corpus(settings)
    today = JalaliDate(today_in(settings))
    rows = [obligation_json(o, dates, today) for o in dates.register]
    if args.json:
        _print_json(rows)
        return 0
    t = texts().plain
    for row in rows:
        undated = t("duty-standing", standing="recurring" if row["lasts"] else "waiting")
        print(f"{row['due'] or row.get('next_due') or undated}\t{row['id']}\t{row['action']}")
    return 0


def propose_obligations(settings: Settings, args: argparse.Namespace) -> int:
    """Limits and periods of a regulation of the corpus, or of any text file, for a person to accept."""
    from reminders.passages import passages_of_file, passages_of_regulation
    from reminders.proposer import proposal_json, propose

    corpus, _, _ = build_corpus(settings)
    known = corpus.regulations.get(args.source)
    passages = passages_of_regulation(known) if known else passages_of_file(_text_of(Path(args.source)))
    bodies = {
        alias: actor.id
        for regulation in ([known] if known else corpus.regulations.values())
        for actor in regulation.actors.values()
        for alias in (actor.name, *actor.aliases)
    }
    proposals = propose(passages, list(bodies.items()))
    if args.json:
        _print_json([proposal_json(p) for p in proposals])
        return 0
    for p in proposals:
        print(f"{p.eid}\t{p.quote}\t{p.sentence}")
    return 0


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(texts().plain("cli-file-unreadable", path=str(path), reason=str(error))) from error


def rank(settings: Settings, args: argparse.Namespace) -> int:
    from knowledge.rank_command import RankInputError
    from knowledge.rank_command import rank as rank_corpus

    try:
        rank_corpus(Path(args.corpus), Path(args.queries), sys.stdout, top=args.top, on_progress=index_progress())
    except (RankInputError, OSError) as error:
        raise CommandError(str(error)) from error
    return 0


def poster(settings: Settings, args: argparse.Namespace) -> int:
    """An A4 page for a counter, with a code for every way to the survey that is known."""
    from bot.links import Links
    from bot.survey_links import survey_parameter
    from surveys.posters import PosterCode, PosterWords
    from surveys.posters import poster as drawn

    t = texts().plain
    service = asyncio.run(with_surveys(settings, lambda _, surveys: surveys.find_active(args.id)))
    out = Path(args.out or f"{service.id}.svg")
    format: Literal["svg", "pdf"] = "pdf" if out.suffix.lower() == ".pdf" else "svg"
    if out.suffix.lower() not in (".svg", ".pdf"):
        raise CommandError(t("cli-poster-ending", path=str(out)))
    telegram = args.telegram or settings.telegram.username
    for name in (telegram, args.bale):
        if name and not is_bot_username(name):
            raise CommandError(t("cli-poster-username", name=name))
    start, page = survey_parameter(service.id), Links(settings.web.public_url).survey_page(service.id)
    links = [
        ("poster-telegram", f"https://t.me/{telegram}?start={start}" if telegram else ""),
        ("poster-bale", f"https://ble.ir/{args.bale}?start={start}" if args.bale else ""),
        ("poster-web", page or ""),
    ]
    codes = [PosterCode(t(label), url) for label, url in links if url]
    if not codes:
        raise CommandError(t("cli-poster-nowhere"))
    if not page:
        print(t("cli-poster-no-web"), file=sys.stderr)
    id = persian_digits_of(service.id)
    note = t("poster-example", id=id) if service.is_example else t("poster-note", id=id)
    words = PosterWords(t("poster-call"), t("poster-how"), note)
    _write(out, drawn(service, codes, words, format))
    done = {"service": service.id, "file": str(out), "links": [code.url for code in codes]}
    _tell(args, done, t("cli-poster-done", path=str(out)))
    return 0


def services(settings: Settings, args: argparse.Namespace) -> int:
    """The catalogue, or what a file would make of it."""
    if args.action == "import":
        return _import_services(settings, args)
    found = asyncio.run(with_surveys(settings, lambda _, surveys: surveys.list_services()))
    if args.json:
        _print_json([asdict(service) for service in found])
        return 0
    for service in found:
        active = texts().plain("cli-active", active=str(service.active))
        print(f"{service.id}\t{service.title}\t{service.agency}\t{active}")
    return 0


def _import_services(settings: Settings, args: argparse.Namespace) -> int:
    from knowledge.written_tables import SIZE_MAX

    content = _bytes_of(args.file, "cli-services-file", SIZE_MAX)
    done = asyncio.run(
        with_surveys(settings, lambda _, surveys: surveys.import_services(content, dry_run=args.dry_run))
    )
    return _tell_imported(args, done)


def agencies(settings: Settings, args: argparse.Namespace) -> int:
    """The directory of agencies, or what a file would make of it. A running process knows them at its next use."""
    from reminders.agency_import import FILE_BYTES_MAX

    if args.action == "import":
        content = _bytes_of(args.file, "cli-agencies-file", FILE_BYTES_MAX)
        done = asyncio.run(
            with_reminders(settings, lambda reminders: reminders.import_agencies(None, content, dry_run=args.dry_run))
        )
        return _tell_imported(args, done)
    directory = asyncio.run(with_reminders(settings, lambda reminders: reminders.find_agencies.directory()))
    found = sorted(directory.agencies.values(), key=lambda agency: agency.id)
    if args.json:
        _print_json([asdict(agency) for agency in found])
        return 0
    for agency in found:
        print(f"{agency.id}\t{agency.name}\t{agency.parent}\t{'|'.join(agency.classes)}")
    return 0


def operator_code(settings: Settings, args: argparse.Namespace) -> int:
    """A one-time code for another operator, also while the process runs and when there is no operator left."""
    code = asyncio.run(with_reminders(settings, lambda reminders: reminders.offer_first_operator.anew()))
    sent = f"/start i_{code}"
    _tell(args, {"code": sent}, texts().plain("cli-operator-code", code=sent))
    return 0


def _bytes_of(file: str | None, missing_key: str, size_max: int) -> bytes:
    """One byte more than allowed at most: what is larger is refused by whoever reads it, not held in memory."""
    t = texts().plain
    if not file:
        raise CommandError(t(missing_key))
    try:
        with Path(file).open("rb") as opened:
            return opened.read(size_max + 1)
    except OSError as error:
        raise CommandError(t("cli-file-unreadable", path=file, reason=error.strerror or str(error))) from error


def _tell_imported(args: argparse.Namespace, done: ImportedServices | ImportedAgencies) -> int:
    """The counts on standard output, the problems on standard error; the exit code."""
    t = texts().plain
    if args.json:
        _print_json(asdict(done))
    else:
        said = t("cli-imported", added=done.added, changed=done.changed, unchanged=done.unchanged)
        print(f"{said} {t('cli-stored' if done.stored else 'cli-not-stored')}")
    for problem in done.problems:
        where = t("cli-row", row=problem.row) if problem.row else args.file
        near = "، ".join(persian_digits_of(name) for name in problem.near)
        said = t(problem.message_key, value=persian_digits_of(problem.value), near=near)
        print(f"{where}: {said}", file=sys.stderr)
    return BAD_INPUT if done.problems else 0


def forward(settings: Settings, args: argparse.Namespace) -> int:
    """How every target of results stands; with --replay, what was given up is sent again at the next run."""
    from storage.forwarding.deliveries import Deliveries
    from storage.forwarding.targets import status_json

    async def act(kept: Kept, surveys: Surveys) -> tuple[int, list[dict[str, Any]]]:
        deliveries, count = Deliveries(kept.database), 0
        known = [status.name for status in await deliveries.status()]
        if args.target and args.target not in known:
            raise CommandError(texts().plain("cli-forward-unknown", target=args.target))
        if args.replay is not None:
            for target in [args.target] if args.target else known:
                count += await deliveries.replay(target, now(), args.replay or None)
        return count, status_json(await deliveries.status())

    count, rows = asyncio.run(with_surveys(settings, act))
    if args.json:
        _print_json({"replayed": count, "targets": rows})
        return 0
    if args.replay is not None:
        print(texts().plain("cli-forward-replayed", count=count))
    if not rows:
        print(texts().plain("cli-forward-none"))
    for row in rows:
        print(
            "\t".join(
                f"{name}={value}" for name, value in row.items() if name != "failures" and value not in (None, "")
            )
        )
        for failure in row["failures"]:
            print(f"  {failure['id']}\t{failure['reason']}")
    return 0


def export(settings: Settings, args: argparse.Namespace) -> int:
    """All responses, or one service's, as a file."""
    from surveys.export import ExportFormat, TooManyRowsError

    t, out = texts().plain, Path(args.out)
    if out.suffix.lower().removeprefix(".") not in set(ExportFormat):
        raise CommandError(t("cli-export-ending", path=str(out)))
    if not out.parent.is_dir():
        raise CommandError(t("cli-file-unwritable", path=str(out), reason=t("cli-no-folder")))

    def on_progress(rows: int) -> None:
        if sys.stderr.isatty():
            print(t("cli-export-progress", rows=rows), end="\r", file=sys.stderr)

    async def act(kept: Kept, surveys: Surveys) -> int:
        return await export_to(surveys, out, on_progress, service_id=args.service)

    try:
        rows = asyncio.run(with_surveys(settings, act))
    except TooManyRowsError as error:
        raise CommandError(t("cli-export-too-many", path=str(out))) from error
    except OSError as error:
        raise CommandError(t("cli-file-unwritable", path=str(out), reason=error.strerror or str(error))) from error
    _tell(args, {"file": str(out), "rows": rows}, t("cli-export-done", path=str(out), rows=rows))
    return 0


async def with_surveys(settings: Settings, act: Callable[[Kept, Surveys], Awaitable[T]]) -> T:
    """Does something with the surveys of the open database; CommandError with one line for what they refuse."""
    from surveys.refusals import RefusedError

    async with opened_storage(settings) as kept:
        surveys = build_surveys(settings, kept)
        await bring_examples(surveys)
        try:
            return await act(kept, surveys)
        except RefusedError as refusal:
            raise CommandError(texts().plain(refusal.message_key, **refusal.details)) from refusal


async def with_reminders(settings: Settings, act: Callable[[Reminders], Awaitable[T]]) -> T:
    """Does something with the reminders of the open database; CommandError with one line for what they refuse."""
    from reminders.refusals import RefusedError

    _, books, _ = build_corpus(settings)
    async with opened_storage(settings) as kept:
        try:
            return await act(build_reminders(settings, books, kept))
        except RefusedError as refusal:
            raise CommandError(texts().plain(refusal.message_key, **refusal.details)) from refusal


async def bring_examples(surveys: Surveys) -> None:
    """An empty catalogue gets the examples of the texts, so that there is something to rate."""
    from surveys.cataloguing import EXAMPLES

    if not await surveys.list_services():
        await surveys.import_services(EXAMPLES.read_bytes(), dry_run=False)


def persian_digits_of(id: str) -> str:
    """Digits of official ids as people read them; the Latin examples stay as they are typed."""
    from knowledge.numerals import persian_digits

    return persian_digits(id) if id.isdigit() else id


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(texts().plain("cli-file-unwritable", path=str(path), reason=reason)) from error


def _tell(args: argparse.Namespace, value: object, sentence: str) -> None:
    if args.json:
        _print_json(value)
    else:
        print(sentence)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


# -- command line ----------------------------------------------------------------------------------------------------


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
    t = texts().plain
    top = PersianParser(prog="run.py", description=t("cli-about"))
    top.add_argument("--version", action="version", version=f"rahyar {VERSION}", help=t("cli-help-version"))
    commands = top.add_subparsers(
        dest="command", metavar="COMMAND", title=t("cli-commands"), parser_class=CommandParser
    )

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
    p = commands.add_parser("propose-obligations", help=t("cli-help-propose"))
    p.add_argument("source", metavar="FILE|SLUG", help=t("cli-help-propose-source"))
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=propose_obligations)
    p = commands.add_parser("rank", help=t("cli-help-rank"))
    p.add_argument("--corpus", required=True, metavar="C.jsonl")
    p.add_argument("--queries", required=True, metavar="Q.jsonl")
    p.add_argument("--top", type=int, default=10)
    p.set_defaults(run=rank)
    p = commands.add_parser("poster", help=t("cli-help-poster"))
    p.add_argument("id", metavar="ID")
    p.add_argument("--out", metavar="FILE.svg|FILE.pdf")
    p.add_argument("--telegram", metavar="USERNAME", help=t("cli-help-poster-bot"))
    p.add_argument("--bale", metavar="USERNAME", help=t("cli-help-poster-bot"))
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=poster)
    p = commands.add_parser("services", help=t("cli-help-services"))
    p.add_argument("action", nargs="?", choices=["list", "import"], default="list")
    p.add_argument("file", nargs="?", metavar="FILE.csv|FILE.xlsx")
    p.add_argument("--dry-run", action="store_true", help=t("cli-help-dry-run"))
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=services)
    p = commands.add_parser("agencies", help=t("cli-help-agencies"))
    p.add_argument("action", nargs="?", choices=["list", "import"], default="list")
    p.add_argument("file", nargs="?", metavar="FILE.csv|FILE.xlsx")
    p.add_argument("--dry-run", action="store_true", help=t("cli-help-dry-run"))
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=agencies)
    p = commands.add_parser("operator-code", help=t("cli-help-operator-code"))
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=operator_code)
    p = commands.add_parser("forward", help=t("cli-help-forward"))
    p.add_argument("--status", action="store_true", help=t("cli-help-forward-status"))
    p.add_argument("--replay", nargs="?", const="", metavar="EVENT_ID", help=t("cli-help-forward-replay"))
    p.add_argument("--target", metavar="NAME")
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=forward)
    p = commands.add_parser("export", help=t("cli-help-export"))
    p.add_argument("--out", required=True, metavar="FILE.csv|FILE.xlsx|FILE.parquet")
    p.add_argument("--service", metavar="ID")
    p.add_argument("--json", action="store_true", help=t("cli-help-json"))
    p.set_defaults(run=export)
    p = commands.add_parser("chat", help=t("cli-help-chat"))
    p.set_defaults(run=chat)
    top.set_defaults(run=serve)
    return top


def chat(settings: Settings, args: argparse.Namespace) -> int:
    """The terminal chat: the same conversation, through the in-process channel."""
    from bot.terminal import TerminalChat, line_reader

    knowledge = build_knowledge(settings, index_progress())

    async def run() -> None:
        async with opened_storage(settings) as kept:
            process = Process(settings, knowledge, kept)
            channel = process.in_process_channel("terminal", 1)
            await channel.feeder.replay()
            talk = TerminalChat(
                channel, process.texts, read_line=line_reader(sys.stdin), write=print, styled=sys.stdout.isatty()
            )
            delivery = process.delivery_service()
            delivering = asyncio.ensure_future(delivery.run())
            try:
                await talk.run()
            finally:
                process.delivery.stop()
                await delivering

    asyncio.run(run())
    return 0


def serve(settings: Settings, args: argparse.Namespace) -> int:
    """Starts all that is configured and runs until a signal."""
    if not settings.web.enabled and not settings.telegram.token.get_secret_value():
        raise CommandError(texts().plain("cli-nothing-to-start"))
    print(texts().plain("cli-preparing"), file=sys.stderr)

    async def run() -> None:
        async with opened_storage(settings) as kept:
            knowledge = build_knowledge(
                settings, index_progress(), await build_surveys(settings, kept).accepted_wordings()
            )
            knowledge.answerer.answer(WARM_UP, today=today_in(settings))  # what is made at first use is made now
            await Process(settings, knowledge, kept).run()

    asyncio.run(run())
    return 0


# -- the running process ---------------------------------------------------------------------------------------------

WARM_UP = "مهلت نظرسنجی از مردم"
WEB_BOT_ID, TERMINAL_BOT_ID = 1, 2
RETENTION_EVERY_S, TEND_EVERY_S = 3600.0, 120.0


@dataclass(frozen=True)
class Kept:
    """The open database with its repositories, and the instance's secret."""

    database: Database
    repositories: Repositories
    secret: Secret


@asynccontextmanager
async def opened_storage(settings: Settings) -> AsyncIterator[Kept]:
    """The database, open and up to date; CommandError with one line when it cannot be."""
    from storage.database import Database
    from storage.errors import StorageError
    from storage.secrets import load_secret
    from storage.unit_of_work import Repositories

    directory = data_dir(settings)
    try:
        secret = load_secret(os.environ, directory)
        database = Database(settings.storage.url or f"sqlite+aiosqlite:///{directory / 'rahyar.sqlite3'}")
        await database.open()
    except StorageError as error:
        raise CommandError(texts().plain(error.message_key, **error.details)) from error
    try:
        yield Kept(database, Repositories(database, asker_key=secret.asker_key), secret)
    finally:
        await database.close()


def build_reminders(settings: Settings, books: Books, kept: Kept) -> Reminders:
    from reminders.calendar_feed import CalendarWords
    from reminders.office_hours import OfficeHours
    from reminders.schedule import Cadence
    from reminders.use_cases import Reminders
    from storage.evidence_files import EvidenceFolder
    from storage.unit_of_work import reminder_work

    chosen, t = settings.reminders, texts().plain
    return Reminders(
        lambda: reminder_work(kept.database),
        books,
        OfficeHours(ZoneInfo(settings.timezone), chosen.from_hour, chosen.to_hour),
        EvidenceFolder(evidence_dir(settings)),
        cadence=Cadence(chosen.leads, chosen.escalate_after_days or None),
        calendar_words=CalendarWords(t("calendar-name"), t("calendar-due"), t("calendar-quote"), t("calendar-reading")),
        clock=now,
        new_token=lambda: secrets.token_urlsafe(24),
    )


def build_surveys(settings: Settings, kept: Kept, books: Books | None = None) -> Surveys:
    """`books` say when offices work, closures included; without them the public calendar does."""
    from reminders.working_calendar import WEEKEND_DAYS, WorkingCalendar
    from storage.unit_of_work import reminder_work, survey_work
    from surveys.answering import SurveyRules
    from surveys.case_work import tracking_code
    from surveys.periods import PeriodKind
    from surveys.questionnaire import load_questionnaires
    from surveys.use_cases import Surveys
    from surveys.working_time import OfficeHours

    chosen, timezone = settings.reminders, ZoneInfo(settings.timezone)
    rules = SurveyRules(
        questionnaires=load_questionnaires(HOME / "surveys" / "questionnaires"),
        period=PeriodKind(settings.surveys.period),
        timezone=timezone,
        clock=now,
        new_id=lambda: secrets.token_hex(16),
        new_code=lambda: tracking_code(secrets.choice),
        person_key=kept.secret.asker_key,
    )
    weekend = [WEEKEND_DAYS[name] for name in chosen.weekend]
    days: WorkingDays = WorkingCalendar(closures={}, weekend=weekend) if books is None else books
    # An office that closes at 24 closes at the last minute of its day.
    closes = dt.time(chosen.to_hour) if chosen.to_hour < 24 else dt.time(23, 59)
    hours = OfficeHours(days, timezone, dt.time(chosen.from_hour), closes)
    repositories = kept.repositories

    async def directory() -> AgencyDirectory:
        known = books or build_corpus(settings)[1]  # half a second that only imports take
        async with reminder_work(kept.database) as work:
            return (await known.view(work)).directory

    return Surveys(
        lambda: survey_work(kept.database),
        repositories.surveys,
        repositories.first_answers,
        rules,
        hours,
        directory,
        escalates=chosen.escalate_after_days > 0,
    )


async def export_to(
    surveys: Surveys, path: Path, on_progress: Callable[[int], None], *, service_id: str | None = None
) -> int:
    """Writes every response (of one service) into a file whose ending names its format; how many rows."""
    from storage.exports.files import export_responses
    from surveys.export import ExportFormat

    source = await surveys.open_export(service_id)
    format = ExportFormat(path.suffix.lower().removeprefix("."))
    return await export_responses(path, format, source.columns, source.services, source.batches, on_progress)


def build_forwarding(settings: Settings) -> Sequence[Target]:
    """Where results go; empty where nothing is set."""
    chosen = settings.forwarding
    sql, secret = chosen.sql.get_secret_value(), chosen.http_secret.get_secret_value()
    if not (sql or chosen.http or chosen.parquet):
        return ()
    from storage.forwarding.targets import TargetKind, TargetSetting, build_targets

    wanted = [
        TargetSetting("sql", TargetKind.SQL, sql),
        TargetSetting("http", TargetKind.HTTP, chosen.http, secret),
        TargetSetting("parquet", TargetKind.PARQUET, chosen.parquet),
    ]
    try:
        return build_targets([target for target in wanted if target.address], clock=now)
    except ValueError as error:
        raise CommandError(texts().plain("cli-forwarding", reason=str(error))) from error


def guarding(bot: Bot) -> Gate:
    """The gate that this bot's conversation passes from now on, and that its bulk must pass, too."""
    from bot.gate import GateLimits, SlidingGate, guard

    gate = SlidingGate(GateLimits(), stopwatch=time.monotonic, sleep=asyncio.sleep)
    guard(bot.session, gate)
    return gate


class Process:
    """Everything that runs between start and signal, built from its parts."""

    def __init__(self, settings: Settings, knowledge: Knowledge, kept: Kept) -> None:
        from knowledge.asking import AskQuestion, RateAnswer
        from web.metrics import MeteredQuestionLog, Metrics

        self.settings, self.knowledge, self.kept = settings, knowledge, kept
        self.texts = texts()
        self.timezone = ZoneInfo(settings.timezone)
        self.metrics = Metrics()
        self.ask = AskQuestion(
            knowledge.answerer,
            MeteredQuestionLog(kept.repositories.questions, self.metrics),
            clock=now,
            stopwatch=time.perf_counter,
            asker_key=kept.secret.asker_key,
            timezone=self.timezone,
        )
        self.rate = RateAnswer(kept.repositories.questions, clock=now, asker_key=kept.secret.asker_key)
        self.reminders = build_reminders(settings, knowledge.books, kept)
        self.surveys = build_surveys(settings, kept, knowledge.books)
        self.senders: dict[str, Sender] = {}
        self.delivery = self._delivery_worker()
        self.wakeups = self._wakeups()
        self.progress_board = self._progress_board()
        self.public_url = settings.web.public_url
        self._dispatchers: dict[str, Dispatcher] = {}
        self._services: list[Service] = []
        self._feeders: list[Feeder] = []
        self._closing: list[Callable[[], Awaitable[None]]] = [self.progress_board.close]

    async def run(self) -> None:
        """Runs all channels until a signal; returns with nothing in flight."""
        from bot.supervisor import Supervisor

        if self.settings.web.enabled:
            self._add_web()
        if self.settings.telegram.token.get_secret_value():
            self._add_telegram()
        self._services.append(self.delivery_service())
        if targets := build_forwarding(self.settings):
            self._add_forwarding(targets)
        await bring_examples(self.surveys)
        await self._offer_first_operator()
        gc.collect()
        gc.freeze()  # a full collection over the corpus and the models stops the process for 150 ms
        supervisor = Supervisor(
            self._services, self._feeders, drain_s=self.settings.conversation.shutdown_s, sleep=asyncio.sleep
        )
        try:
            await supervisor.run()
        finally:
            for close in self._closing:
                await close()

    # -- channels ------------------------------------------------------------------------------------------------

    def chat_files(self, platform: str) -> ChatFiles:
        """Where the files of a platform's chats are kept; Telegram's keep their own."""
        from storage.chat_files import ChatFileFolder

        return ChatFileFolder(data_dir(self.settings) / "chat-files" / platform, lambda: secrets.token_urlsafe(24))

    def dispatcher(self, platform: str, bot_id: int, links: Links) -> Dispatcher:
        from bot.dispatcher import build_dispatcher
        from bot.flood_limit import FloodLimit
        from bot.state_storage import OneAtATime, StoredState
        from handlers import conversation_router
        from storage.exports.made import ExportMaker

        repositories, settings = self.kept.repositories, self.settings
        return build_dispatcher(
            [conversation_router()],
            {
                "corpus": self.knowledge.corpus,
                "limits": self.knowledge.dates,
                "answerer": self.knowledge.answerer,
                "ask": self.ask,
                "rate": self.rate,
                "reminders": self.reminders,
                "surveys": self.surveys,
                "forget_files": self.chat_files(platform).forget,
                "make_export": ExportMaker(data_dir(settings)),
                "wakeups": self.wakeups,
                "progress_board": self.progress_board,
                "links": links,
                "timezone": self.timezone,
                "question_length_max": settings.conversation.question_length_max,
                "question_text_days": settings.storage.question_text_days,
            },
            state=StoredState(repositories.states, {bot_id: platform}),
            isolation=OneAtATime(),
            people=repositories.people,
            texts=self.texts,
            clock=now,
            flood=FloodLimit(settings.conversation.messages_per_minute, stopwatch=time.monotonic),
        )

    def in_process_channel(self, platform: str, bot_id: int) -> InProcessChannel:
        """A channel of this process; its feeder is finished before the process ends."""
        from bot.chat_events import ChatEvents
        from bot.feeder import Feeder
        from bot.in_process import InProcessChannel, InProcessSession, in_process_bot
        from bot.links import Links
        from bot.senders import ChatSender

        repositories = self.kept.repositories
        session = InProcessSession(
            repositories.chat_log,
            events=ChatEvents(),
            clock=now,
            name=self.texts.plain("bot-name"),
            username="rahyar",
            files=self.chat_files(platform) if platform == "web" else None,
        )
        bot = in_process_bot(session, bot_id)
        self.senders[platform] = ChatSender(bot)
        feeder = Feeder(
            platform,
            bot,
            self.dispatcher(platform, bot_id, Links(self.public_url)),
            repositories.inbox,
            clock=now,
            concurrency=self.settings.telegram.concurrency,
        )
        self._feeders.append(feeder)
        return InProcessChannel(
            platform,
            bot,
            session,
            feeder,
            chat_log=repositories.chat_log,
            inbox=repositories.inbox,
            clock=now,
            new_id=lambda: secrets.randbits(61),
        )

    def _add_web(self) -> None:
        from limits.aio.storage import MemoryStorage

        from bot.supervisor import Service
        from web.app import WebParts, build_app
        from web.identity import Identity
        from web.limits import RateLimits
        from web.server import WebServer
        from web.stream import Streams

        web, streams = self.settings.web, Streams()
        url = self.public_url or f"http://{web.host}:{web.port}"
        self.public_url = url
        channel = self.in_process_channel("web", WEB_BOT_ID)
        app = build_app(
            WebParts(
                version=VERSION,
                texts=self.texts,
                corpus=self.knowledge.corpus,
                limit_book=self.knowledge.dates,
                ask=self.ask,
                channel=channel,
                chat_log=self.kept.repositories.chat_log,
                chat_files=self.chat_files("web"),
                streams=streams,
                identity=Identity(
                    self.kept.secret.key("web-cookie").hex(),
                    secure=url.startswith("https://"),
                    new_person_id=lambda: secrets.randbits(52),
                ),
                rate_limits=RateLimits(
                    MemoryStorage(),
                    per_person=web.requests_per_minute,
                    per_address=web.requests_per_minute_address,
                ),
                metrics=self.metrics,
                inbox_counts=self.kept.repositories.inbox.counts,
                open_calendar=self._calendar_of,
                surveys=self.surveys,
                send_soon=self.wakeups.send_soon,
                people=self.kept.repositories.people,
                platforms=("web", "telegram") if self.settings.telegram.token.get_secret_value() else ("web",),
                today=lambda: today_in(self.settings),
                timezone=self.settings.timezone,
                public_url=self.settings.web.public_url,
                metrics_token=web.metrics_token.get_secret_value(),
                question_length_max=self.settings.conversation.question_length_max,
                link_base=url,
            )
        )
        try:
            server = WebServer(
                app, streams, host=web.host, port=web.port, shutdown_s=self.settings.conversation.shutdown_s
            )
        except OSError as error:
            raise CommandError(
                self.texts.plain(
                    "cli-port-taken", port=str(web.port), host=web.host, reason=error.strerror or str(error)
                )
            ) from error

        async def serve_web() -> None:
            await channel.feeder.replay()
            print(self.texts.plain("cli-running-web", url=server.url), flush=True)
            await server.serve()

        self._services.append(Service("web", serve_web, stop=server.stop, essential=True))

    def _add_telegram(self) -> None:
        from aiogram.exceptions import TelegramNetworkError, TelegramUnauthorizedError

        from bot.feeder import Feeder
        from bot.introduction import introduce
        from bot.links import Links
        from bot.polling import Poller
        from bot.sending import Sending
        from bot.supervisor import Service
        from bot.telegram import telegram_bot

        telegram, repositories = self.settings.telegram, self.kept.repositories
        chance = random.SystemRandom().random
        bot = telegram_bot(
            telegram.token.get_secret_value(),
            api_base=telegram.api_base,
            proxy=telegram.proxy,
            sending=Sending(sleep=asyncio.sleep, stopwatch=time.monotonic, chance=chance),
        )
        self._closing.append(bot.session.close)
        self._add_bulk(guarding(bot))

        async def poll() -> None:
            try:
                me = await bot.me()
            except TelegramUnauthorizedError:
                print(self.texts.plain("cli-telegram-token"), file=sys.stderr, flush=True)
                await asyncio.Event().wait()  # nothing to repeat until the setting is changed; the rest goes on
            except TelegramNetworkError:
                print(self.texts.plain("cli-telegram-away", base=telegram.api_base), file=sys.stderr, flush=True)
                raise
            feeder = Feeder(
                "telegram",
                bot,
                self.dispatcher("telegram", bot.id, Links(self.public_url, me.username or "")),
                repositories.inbox,
                clock=now,
                concurrency=telegram.concurrency,
            )
            self._feeders.append(feeder)
            poller = Poller(
                bot,
                repositories.inbox,
                feeder,
                clock=now,
                sleep=asyncio.sleep,
                chance=chance,
                poll_timeout_s=telegram.poll_timeout_s,
            )
            print(self.texts.plain("cli-running-telegram", username=me.username or "?"), flush=True)
            async with asyncio.TaskGroup() as together:
                together.create_task(introduce(bot, self.texts))
                await poller.run()

        self._services.append(Service("telegram", poll, takes=True))

    def _add_bulk(self, gate: Gate) -> None:
        """Reminders and broadcasts to Telegram go through python-telegram-bot, behind the conversation's own gate."""
        from bot.senders import BotApiSender, bulk_bot, close_bulk_bot

        telegram = self.settings.telegram
        bulk = bulk_bot(
            telegram.token.get_secret_value(),
            api_base=telegram.api_base,
            proxy=telegram.proxy,
            connections=self.settings.reminders.concurrency,
        )
        self.senders["telegram"] = BotApiSender(bulk, gate)
        self._closing.append(lambda: close_bulk_bot(bulk))

    # -- what is sent unasked ------------------------------------------------------------------------------------

    def _delivery_worker(self) -> DeliveryWorker:
        from bot.delivery import DeliveryWorker
        from bot.reminder_messages import ReminderMessages
        from storage.unit_of_work import reminder_work

        return DeliveryWorker(
            lambda: reminder_work(self.kept.database),
            self.reminders.compose,
            ReminderMessages(self.texts, self.knowledge.corpus),
            self.senders,
            self.reminders.unreachable,
            clock=now,
            sleep=asyncio.sleep,
            concurrency=self.settings.reminders.concurrency,
        )

    def _wakeups(self) -> Wakeups:
        from bot.wakeups import Chore, Wakeups

        chores = [
            Chore("retention", RETENTION_EVERY_S, self._retention),
            Chore("surveys", TEND_EVERY_S, self.surveys.tend),
        ]
        return Wakeups(self.reminders.plan, self.delivery, chores)

    def _progress_board(self) -> ProgressBoard:
        from bot.progress import ProgressBoard

        return ProgressBoard(sleep=asyncio.sleep)

    def delivery_service(self) -> Service:
        """Plans and delivers until it is stopped."""
        from bot.supervisor import Service

        async def deliver() -> None:
            self.wakeups.start()
            try:
                await self.delivery.run()
            finally:
                self.wakeups.stop()

        return Service("delivery", deliver, stop=self.delivery.stop)

    async def _offer_first_operator(self) -> None:
        code = await self.reminders.offer_first_operator()
        if code is not None:
            print(self.texts.plain("cli-first-operator", code=f"/start i_{code}"), file=sys.stderr, flush=True)

    def _add_forwarding(self, targets: Sequence[Target]) -> None:
        from bot.supervisor import Service
        from storage.forwarding.deliveries import Deliveries
        from storage.forwarding.worker import ForwardingWorker

        worker = ForwardingWorker(
            Deliveries(self.kept.database),
            targets,
            holder=secrets.token_hex(8),
            clock=now,
            chance=random.SystemRandom().random,
        )

        async def forward() -> None:
            while True:
                await worker.drain()
                await asyncio.sleep(self.settings.forwarding.every_s)

        self._services.append(Service("forwarding", forward))
        self._closing.extend(target.close for target in targets)

    async def _calendar_of(self, token: str) -> bytes | None:
        from reminders.refusals import RefusedError

        owner = await self.reminders.open_feed.owner(token)
        try:
            return None if owner is None else await self.reminders.make_calendar(owner)
        except RefusedError:
            return None

    async def _retention(self) -> None:
        """Deletes what is kept for a while only."""
        from storage.evidence_files import EvidenceFolder, delete_unreported
        from storage.retention import delete_expired
        from storage.survey_retention import delete_expired_surveys

        kept_for = dt.timedelta(days=self.settings.storage.question_text_days)
        await delete_expired(self.kept.database, now(), question_texts_kept=kept_for)
        await delete_expired_surveys(self.kept.database, now(), self.timezone)
        await delete_unreported(EvidenceFolder(evidence_dir(self.settings)), self.kept.database, now())


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def main(arguments: Sequence[str]) -> int:
    """Exit code of one call: 0, 2 for bad input, 1 for what is broken, each with one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows or C-locale terminal would refuse Persian
    args = parser().parse_args(arguments)
    try:
        settings = load_settings(HOME / "config.toml", os.environ)
        logging.basicConfig(level=settings.log.level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        for chatty in ("alembic", "uvicorn", "aiogram", "apscheduler", "httpx", "gensim"):
            logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(settings.log.level)))
        return int(args.run(settings, args))
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
