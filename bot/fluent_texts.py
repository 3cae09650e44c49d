"""Texts for people: every Persian sentence by key, from the Fluent files in `bot/texts/`.

Owns loading and filling in; knows nothing of what the texts are about. Values are HTML-escaped unless they are
`Html`, so that a text can hold markup and a value never can.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from knowledge.numerals import persian_digits

__all__ = ["TEXTS", "Html", "Texts", "TextsError", "load_texts"]

#: Where the project's own texts stand.
TEXTS = Path(__file__).parent / "texts"

Value = str | int
#: Characters; fluent.runtime refuses to fill in values of more than 2,500.
VALUE_MAX = 2000


class Html(str):
    """A string that is ready for Telegram's HTML parse mode: escaped, its tags well-formed."""

    __slots__ = ()


class TextsError(Exception):
    """A text file cannot be read or a text not filled in; the message names the file or key and what is wrong."""


class Texts:
    """All texts. `texts(key, …)` gives HTML, `texts.plain(key, …)` gives text for buttons, alerts and command lists.

    Whole numbers are written with Persian digits; strings stay as they are.
    """

    def __init__(self, bundle: FluentBundle, placeholders: Mapping[str, frozenset[str]]) -> None:
        self._bundle = bundle
        self._without_values: dict[str, str] = {}
        self.placeholders = placeholders

    def __call__(self, key: str, **values: Value) -> Html:
        """The text with every value escaped (`Html` values pass); TextsError for an unknown key or a missing value."""
        return Html(self._filled(key, {name: _escaped(value) for name, value in values.items()}))

    def plain(self, key: str, **values: Value) -> str:
        """The text as it is, for places that take no markup."""
        return self._filled(key, {name: _digits(value) for name, value in values.items()})

    def _filled(self, key: str, values: Mapping[str, str]) -> str:
        if values:
            return self._formatted(key, values)
        if key not in self._without_values:
            self._without_values[key] = self._formatted(key, values)
        return self._without_values[key]

    def _formatted(self, key: str, values: Mapping[str, str]) -> str:
        if key not in self.placeholders:
            raise TextsError(f"no text has the key {key!r}")
        pattern = self._bundle.get_message(key).value
        assert pattern is not None, f"{key} has attributes but no text"
        long = {name: value for name, value in values.items() if len(value) > VALUE_MAX}
        text, problems = self._bundle.format_pattern(pattern, {**values, **{name: _stand_in(name) for name in long}})
        if problems:
            raise TextsError(f"{key}: {problems[0]}")
        filled = str(text)
        for name, value in long.items():
            filled = filled.replace(_stand_in(name), value)
        return filled


def _stand_in(name: str) -> str:
    """What is formatted in place of a long value; private-use characters, which no text of ours holds."""
    return f"\ue000{name}\ue001"


@lru_cache(maxsize=4)
def load_texts(directory: Path = TEXTS) -> Texts:
    """The texts of every `*.ftl` below `directory`; TextsError for a broken file or a key that is given twice."""
    # Isolation marks around each value would be counted and copied with the text; what needs them brings its own.
    bundle = FluentBundle(["fa"], use_isolating=False)
    placeholders: dict[str, frozenset[str]] = {}
    for path in sorted(directory.glob("*.ftl")):
        resource = FluentResource(path.read_text("utf-8"))
        for message in _messages(path, resource.body):
            if message.id.name in placeholders:
                raise TextsError(f"{path.name}: the key {message.id.name} is given twice")
            placeholders[message.id.name] = _variables(message)
        bundle.add_resource(resource)
    return Texts(bundle, placeholders)


def _messages(path: Path, entries: Iterable[ast.EntryType]) -> Sequence[ast.Message]:
    messages = []
    for entry in entries:
        if isinstance(entry, ast.Junk):
            raise TextsError(f"{path.name}: cannot be read near {(entry.content or '').strip()[:60]!r}")
        if isinstance(entry, ast.Message):
            messages.append(entry)
    return messages


class _VariableCollector(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  # the visitor's own naming
        self.names.add(node.id.name)


def _variables(message: ast.Message) -> frozenset[str]:
    collector = _VariableCollector()
    collector.visit(message)
    return frozenset(collector.names)


def _escaped(value: Value) -> str:
    return value if isinstance(value, Html) else html.escape(_digits(value), quote=False)


def _digits(value: Value) -> str:
    return persian_digits(str(value)) if isinstance(value, int) else value
