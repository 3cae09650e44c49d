"""Every command understands its arguments in every order, and says in one line what it does not understand."""

from __future__ import annotations

import argparse
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.command_line.parser import DEFAULT, parser
from run import command, main

ROOT = Path(__file__).parents[2]

#: Every command with all it takes: words that belong together stand in one tuple.
CALLS: dict[str, list[tuple[tuple[str, ...], ...]]] = {
    "ask": [(("QUESTION",), ("--json",)), (("--batch", "B.jsonl"), ("--json",))],
    "provisions": [(("--json",),)],
    "obligations": [(("--json",),)],
    "propose-obligations": [(("SOURCE",), ("--json",))],
    "rank": [(("--corpus", "C"), ("--queries", "Q"), ("--top", "3"))],
    "poster": [(("1000",), ("--out", "p.svg"), ("--telegram", "a_bot"), ("--bale", "b_bot"), ("--json",))],
    "services": [
        (("import",), ("FILE",), ("--dry-run",), ("--json",)),
        (("list",), ("--json",)),
        (("--json",),),
    ],
    "agencies": [
        (("import",), ("FILE",), ("--dry-run",), ("--json",)),
        (("list",), ("--json",)),
        (("--json",),),
    ],
    "operator-code": [(("--json",),)],
    "forward": [(("--status",), ("--target", "sql"), ("--json",)), (("--replay", "id"), ("--json",))],
    "export": [(("--out", "r.csv"), ("--service", "1000"), ("--json",))],
    "chat": [()],
}


def _commands() -> set[str]:
    (action,) = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return set(action.choices)


def test_every_command_is_tried() -> None:
    assert _commands() == set(CALLS)


@pytest.mark.parametrize("command", sorted(CALLS))
def test_the_order_of_arguments_does_not_matter(command: str) -> None:
    for call in CALLS[command]:
        found = [
            vars(parser().parse_args([command, *itertools.chain(*order)]))
            for order in itertools.permutations(call)
            if [word for word in order if not word[0].startswith("-")]
            == [word for word in call if not word[0].startswith("-")]  # places say which is which
        ]
        assert found
        assert all(one == found[0] for one in found), call
        given = {word for words in call for word in words if not word.startswith("--")}
        assert given <= {str(value) for value in found[0].values()}


def test_an_option_may_stand_before_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    args = parser().parse_args(["services", "import", "--dry-run", "FILE"])
    assert (args.action, args.file, args.dry_run) == ("import", "FILE", True)


@pytest.mark.parametrize("command", sorted(CALLS))
def test_what_is_no_argument_is_refused_in_every_place(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = list(itertools.chain(*CALLS[command][0]))
    for arguments in ([command, "--no-such", *call], [command, *call, "--no-such"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        assert "--no-such" in capsys.readouterr().err


@pytest.mark.parametrize("name", [DEFAULT, *sorted(CALLS)])
def test_every_command_has_its_module(name: str) -> None:
    assert callable(command(name))


#: What takes long to import and is not needed by everybody, with the smallest call of whom it must not reach.
@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["provisions", "--json"], {"aiogram", "fastapi", "sqlalchemy", "telegram", "tantivy", "scipy", "rich"}),
        (["obligations", "--json"], {"aiogram", "fastapi", "sqlalchemy", "telegram", "tantivy", "scipy", "rich"}),
        (["operator-code"], {"aiogram", "fastapi", "telegram", "tantivy", "scipy"}),
        (["--help"], {"knowledge.corpus_files", "aiogram", "fastapi", "sqlalchemy", "telegram", "tantivy", "scipy"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_small_commands_import_little(arguments: list[str], unneeded: set[str], tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", str(ROOT / "run.py"), *arguments],
        env=os.environ | {"RAHYAR_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines() if line.startswith("import time")}
    assert "bot.command_line.parser" in imported
    assert not imported & unneeded


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["poster"], "این ورودی‌ها نوشته نشده است: ID. راهنما: python run.py poster --help"),
        (["rank"], "این ورودی‌ها نوشته نشده است: --corpus، --queries."),
        (["nosuch"], "«nosuch» برای COMMAND پذیرفته نیست؛ یکی از این‌ها را بنویسید: ask، provisions،"),
        (["services", "delete"], "«delete» برای action پذیرفته نیست؛ یکی از این‌ها را بنویسید: list، import."),
        (["forward", "--statis"], "این ورودی‌ها شناخته نیست: --statis. راهنما: python run.py --help"),
        (["rank", "--corpus", "a", "--queries", "b", "--top", "ده"], "--top باید عدد صحیح باشد، نه «ده»."),
        (["export", "--out"], "پس از --out چیزی نوشته نشده است."),
        (["ask", "--json=1"], "--json مقداری نمی‌گیرد؛ «1» را بردارید."),
        (["rank", "--corpus", "a", "--queries", "b", "--t", "1", "--c", "2", "x"], "این ورودی‌ها شناخته نیست: x."),
    ],
)
def test_what_is_wrong_is_one_persian_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1
    assert not re.search(r"argument|usage|invalid|expected|required", line.replace("«", ""))


@pytest.mark.parametrize("arguments", [["--help"], ["services", "--help"], ["rank", "--help"]])
def test_help_speaks_persian(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith(f"کاربرد: run.py {'' if arguments[0] == '--help' else arguments[0]}".strip())
    assert not re.search(r"usage|positional|options:|show ", told)
