"""The quote: which words of the law are shown for an address, with the labels that the law prints before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.fluent_texts import Html
from bot.rendering import Block
from bot.screens.frame import Desk
from knowledge.labels import local_label
from knowledge.numerals import persian_digits
from knowledge.provisions import ITEMS, UNITS, Address, Kind, Provision

__all__ = ["notes_blocks", "notes_of", "wording_blocks"]


def wording_blocks(desk: Desk, address: Address, words: Sequence[str] = ()) -> list[Block]:
    """The provision's words and those of its list items, in the order of the law; its notes are a screen of their own.

    A list item comes with the words that lead to it, «[…]» where others are left out between; a step with its articles.
    """
    quote = _Quote(desk, tuple(words))
    provision = desk.corpus[address]
    if provision.kind in ITEMS:
        return list(quote.led_item(provision))
    return list(quote.whole(provision))


def notes_of(desk: Desk, unit: Address) -> list[Provision]:
    """Every note of a unit, those of its list items included, in reading order; of a note the notes below it."""
    parts = list(desk.corpus.unit_parts(unit))
    return [part for part in parts if part.kind is Kind.NOTE and part.address != unit]


def notes_blocks(desk: Desk, unit: Address, words: Sequence[str] = ()) -> list[Block]:
    """All notes of a unit under their labels."""
    quote = _Quote(desk, tuple(words))
    return [block for note in notes_of(desk, unit) for block in quote.labelled(note)]


class _Quote:
    def __init__(self, desk: Desk, words: tuple[str, ...]) -> None:
        self._desk, self._words = desk, words

    def whole(self, provision: Provision) -> Iterator[Block]:
        yield from self._own(provision)
        for child in self._desk.corpus.children(provision.address):
            if child.kind in ITEMS:
                yield from self._item(child)
            elif provision.kind is Kind.STEP and child.kind is Kind.ARTICLE:
                yield from self.labelled(child)
        yield from self._tail(provision)

    def labelled(self, provision: Provision) -> Iterator[Block]:
        """«تبصره ۱:» and its words."""
        first, *rest = list(self.whole(provision)) or [self._block(Html(""), "")]
        label = self._desk.texts("quote-label", label=local_label(provision, self._desk.corpus))
        yield Block(Html(label + " " + first.before), first.text, first.after, quoted=True, words=first.words)
        yield from rest

    def led_item(self, item: Provision) -> Iterator[Block]:
        above = [a for a in self._desk.corpus.ancestors(item.address) if a.kind is not Kind.REGULATION]
        lead: list[Provision] = []
        for provision in above:
            lead.insert(0, provision)
            if provision.kind in UNITS or provision.kind is Kind.NOTE:
                break
        for i, provision in enumerate(lead):
            below = lead[i + 1] if i + 1 < len(lead) else item
            yield from self._item_line(provision) if i else self._own(provision)
            if self._items(provision)[0] != below.address:
                yield self._block(self._desk.texts("quote-left-out"), "")
        yield from self._item(item)

    def _items(self, provision: Provision) -> list[Address]:
        return [c.address for c in self._desk.corpus.children(provision.address) if c.kind in ITEMS]

    def _item(self, item: Provision) -> Iterator[Block]:
        yield from self._item_line(item)
        for child in self._desk.corpus.children(item.address):
            if child.kind in ITEMS:
                yield from self._item(child)
        yield from self._tail(item)

    def _item_line(self, item: Provision) -> Iterator[Block]:
        first, *rest = list(self._own(item)) or [self._block(Html(""), "")]
        yield Block(self._marker(item), first.text, quoted=True, words=self._words)
        yield from rest

    def _marker(self, item: Provision) -> Html:
        if item.kind is Kind.STAGE_ACTOR:
            return Html("")
        if item.number:
            return Html(self._desk.texts("quote-number", number=persian_digits(item.number)) + " ")
        return Html(self._desk.texts("quote-bullet") + " ")

    def _own(self, provision: Provision) -> Iterator[Block]:
        for text in (provision.title, provision.text):
            if text:
                yield self._block(Html(""), text)

    def _tail(self, provision: Provision) -> Iterator[Block]:
        if provision.tail:
            yield self._block(Html(""), provision.tail)

    def _block(self, before: Html, text: str) -> Block:
        return Block(before, text, quoted=True, words=self._words)
