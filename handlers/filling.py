"""Step by step: which step comes next, and what was filled in so far, in the conversation's state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from bot.remembered import Memory

__all__ = ["ask_for", "begin_form", "draft_of", "filled_in", "finish_form", "keep_draft", "note_down"]


async def begin_form(state: FSMContext, step: State, **values: Any) -> None:
    """The first step of a form: what was half filled in before is no part of it."""
    memory = Memory.read(await state.get_data()).without_form()
    await state.set_data(memory.with_form(**values).write())
    await state.set_state(step)


async def ask_for(state: FSMContext, step: State, **values: Any) -> None:
    """The next message answers `step`; `values` (plain JSON) are added to the form."""
    memory = Memory.read(await state.get_data())
    await state.set_data(memory.with_form(**values).write())
    await state.set_state(step)


async def note_down(state: FSMContext, **values: Any) -> None:
    """Remembers `values` with the form; what is written next is no answer to it."""
    memory = Memory.read(await state.get_data())
    await state.set_data(memory.with_form(**values).write())


async def filled_in(state: FSMContext) -> Mapping[str, Any]:
    """The form; empty when nothing is being filled in."""
    return Memory.read(await state.get_data()).form


async def draft_of(state: FSMContext) -> Mapping[str, Any]:
    """The report that was not handed in yet; empty when there is none."""
    return Memory.read(await state.get_data()).draft


async def keep_draft(state: FSMContext, **values: Any) -> None:
    """Keeps `values` (plain JSON) as the report that is being put together, in place of what was kept."""
    await state.set_data(Memory.read(await state.get_data()).with_draft(**values).write())


async def finish_form(state: FSMContext) -> None:
    """Nothing is being filled in any more."""
    await state.set_state(None)
    await state.set_data(Memory.read(await state.get_data()).without_form().write())
