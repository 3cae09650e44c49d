"""Step by step: which step comes next, and what was filled in so far, in the conversation's state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from bot.remembered import Memory
from bot.states import OpenForm

__all__ = [
    "ask_for",
    "begin_form",
    "draft_of",
    "filled_in",
    "finish_form",
    "keep_draft",
    "note_down",
    "present_form",
]


async def begin_form(state: FSMContext, step: State, **values: Any) -> OpenForm:
    """The first step of a form: what was half filled in before is no part of it."""
    memory = Memory.read(await state.get_data()).with_new_form(**values)
    await state.set_data(memory.write())
    await state.set_state(step)
    return _opened(step.state, memory)


async def ask_for(state: FSMContext, step: State, **values: Any) -> OpenForm:
    """The next message answers `step` of the same form; `values` (plain JSON) are added to it."""
    memory = Memory.read(await state.get_data()).with_form(**values)
    await state.set_data(memory.write())
    await state.set_state(step)
    return _opened(step.state, memory)


async def present_form(state: FSMContext) -> OpenForm:
    """The form that is being filled in; the nameless one when there is none."""
    return _opened(await state.get_state(), Memory.read(await state.get_data()))


def _opened(state: str | None, memory: Memory) -> OpenForm:
    return OpenForm(state.partition(":")[0], memory.forms) if state else OpenForm()


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
