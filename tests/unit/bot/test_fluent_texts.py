"""Texts: every key is used, every used key exists, placeholders match, nothing is longer than its place allows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.fluent_texts import Html, TextsError, load_texts
from bot.introduction import AGENCY_COMMANDS, COMMANDS, OPERATOR_COMMANDS, bot_commands
from bot.rendering import visible_length
from bot.telegram_html import parse_html

ROOT = Path(__file__).parents[3]
TEXTS = load_texts()
FOLDERS = ("bot", "handlers", "web", "storage", "knowledge", "reminders", "surveys")
SOURCES = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py")] + [ROOT / "run.py"]
PAGES = [p for p in (ROOT / "web").rglob("*") if p.suffix in (".html", ".js")]
#: Names under which code holds its texts.
GIVERS = {"texts", "_texts", "plain", "t"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path, ast.parse(path.read_text("utf-8"))


def calls() -> Iterator[tuple[Path, str, set[str], bool]]:
    """Every text that code asks for by a written key: where, the key, the names of the values, and whether all are named."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            func = node.func.func if isinstance(node.func, ast.Call) else node.func
            name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
            key = node.args[0].value
            if name in GIVERS and isinstance(key, str) and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key):
                named = {k.arg for k in node.keywords if k.arg}
                yield path, key, named, len(named) == len(node.keywords)


def test_every_text_that_code_asks_for_exists_and_gets_its_values() -> None:
    asked = list(calls())
    assert len(asked) > 100
    missing = {(str(path.relative_to(ROOT)), key) for path, key, _, _ in asked if key not in TEXTS.placeholders}
    assert not missing
    wrong = [
        (path.name, key, named) for path, key, named, complete in asked if complete and named != TEXTS.placeholders[key]
    ]
    assert not wrong


def test_every_text_is_used() -> None:
    written, begun = set[str](), set[str]()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
    pages = " ".join(path.read_text("utf-8") for path in PAGES)
    written |= set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", pages))
    prefixes = tuple(b for b in begun if re.fullmatch(r"[a-z]+-", b))
    unused = [key for key in TEXTS.placeholders if key not in written and not key.startswith(prefixes)]
    assert not unused


def filled(key: str, length: int) -> Html:
    return TEXTS(key, **dict.fromkeys(TEXTS.placeholders[key], "ماده " * (length // 5)))


def toasts() -> set[str]:
    """Keys of what is said in alerts: `….answer(texts.plain(key))` on a press."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "answer":
                for inner in node.args:
                    found |= {
                        n.value for n in ast.walk(inner) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                    }
    return {key for key in found if key in TEXTS.placeholders}


def test_no_alert_is_longer_than_200_characters() -> None:
    keys = toasts()
    assert {"answer-forgotten", "thanks-useful", "thanks-not-useful", "channel-button-old"} <= keys
    assert all(
        len(TEXTS.plain(key)) <= 200 and "<" not in TEXTS.plain(key) for key in keys if key != "channel-too-fast"
    )


@pytest.mark.parametrize("key", sorted(TEXTS.placeholders))
def test_every_text_is_well_formed_and_fits_a_message(key: str) -> None:
    # Web texts and lines for the operator may name <keys> of files; they never reach Telegram.
    if not key.startswith(("web-", "cli-", "storage-", "terminal-")):
        assert parse_html(filled(key, 100)).visible
        assert visible_length(filled(key, 100)) <= 4096 - 1024
    text = TEXTS.plain(key, **dict.fromkeys(TEXTS.placeholders[key], "x"))
    assert not re.search("[يكىـ\u200e\u200f]|[0-9]", text.replace("‎", "")) or key.startswith(
        ("web-", "cli-", "storage-")
    )
    assert "  " not in text.replace("\n", " x").strip()


def test_commands_are_described_within_the_limits_of_the_api() -> None:
    commands = bot_commands(TEXTS)
    assert [c.command for c in commands] == list(COMMANDS)
    assert all(1 <= len(c.description) <= 256 for c in commands)
    assert len(TEXTS.plain("bot-description")) <= 512
    assert len(TEXTS.plain("bot-short-description")) <= 120
    for key, names in (("help", COMMANDS), ("help-agency", AGENCY_COMMANDS), ("help-operator", OPERATOR_COMMANDS)):
        assert [name for name in names if f"/{name}" not in TEXTS(key) and name not in ("start", "help")] == []


def test_buttons_are_short() -> None:
    assert all(
        len(TEXTS.plain(k, **dict.fromkeys(v, ""))) <= 40
        for k, v in TEXTS.placeholders.items()
        if k.startswith("button-")
    )


def test_values_are_escaped_and_digits_persian() -> None:
    assert TEXTS("provision-title", label="<b>&") == "<b>&lt;b&gt;&amp;</b>"
    assert TEXTS("provision-title", label=Html("<i>x</i>")) == "<b><i>x</i></b>"
    assert TEXTS.plain("button-chosen", name="<b>") == "✓ <b>"
    assert TEXTS("state-left", days=12) == "۱۲ روز مانده"


def test_values_may_be_long() -> None:
    assert TEXTS("corrected", question="س" * 9000).endswith("س" * 9000)


def test_what_cannot_be_filled_in_says_why() -> None:
    with pytest.raises(TextsError, match="no text has the key 'no-such'"):
        TEXTS("no-such")
    with pytest.raises(TextsError, match="state-left"):
        TEXTS("state-left")


@pytest.mark.parametrize(("source", "says"), [("a = 1\na = 2\n", "given twice"), ("a = {\n", "cannot be read near")])
def test_a_broken_file_is_named(tmp_path: Path, source: str, says: str) -> None:
    (tmp_path / "x.ftl").write_text(source, "utf-8")
    with pytest.raises(TextsError, match=rf"x\.ftl: .*{says}"):
        load_texts(tmp_path)
