"""Answers kept for what is asked again and again, new questions answered together: what is computed on arrays costs
hardly more for many than for one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

__all__ = ["Remembered"]

Asked = TypeVar("Asked", bound=Hashable)
Found = TypeVar("Found")
_MOST: Final = 4_096


class Remembered(Generic[Asked, Found]):
    """``look_up`` with a memory; it is called with what is new, without repetitions."""

    def __init__(self, look_up: Callable[[Sequence[Asked]], Mapping[Asked, Found]]) -> None:
        self._look_up = look_up
        self._known: dict[Asked, Found] = {}

    def __call__(self, asked: Iterable[Asked]) -> Mapping[Asked, Found]:
        wanted = dict.fromkeys(asked)
        known = self._known  # nothing is ever taken out of it, whatever another thread does
        found = {one: known[one] for one in wanted if one in known}
        new = [one for one in wanted if one not in found]
        if new:
            found.update(self._look_up(new))
            if len(known) > _MOST:
                self._known = known = {}
            known.update((one, found[one]) for one in new)
        return found
