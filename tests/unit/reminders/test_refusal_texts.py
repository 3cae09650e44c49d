"""Every refusal of reminders and surveys has its sentence, and gives it every value that it names."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.fluent_texts import load_texts

ROOT = Path(__file__).parents[3]


def refusals() -> list[tuple[str, set[str]]]:
    found = []
    for path in sorted([*(ROOT / "reminders").glob("*.py"), *(ROOT / "surveys").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RefusedError" and node.args:
                key = node.args[0]
                assert isinstance(key, ast.Constant), f"{path.name}:{node.lineno}: a key that can be looked for"
                found.append((str(key.value), {str(k.arg) for k in node.keywords}))
    return found


def test_every_refusal_has_its_sentence() -> None:
    texts = load_texts()
    looked = refusals()
    assert len(looked) > 40
    assert [(key, given) for key, given in looked if set(texts.placeholders.get(key, frozenset({"?"}))) != given] == []
