"""Plans and delivers in processes that are killed at random moments: `python -m tests.support.reminder_crash JSON`.

Imports once, then forks: each child opens the database, plans, sweeps and delivers, and dies wherever it happens to be.
Most die by a timer of the kernel, anywhere in their life; every third is aimed at a send, which no timer hits for certain
on a machine that is slower or faster than it was a moment ago. After so many deaths a day one child may finish. The last
line printed says how many died, and how many of them at a send.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from bot.senders import Rendered, Sender
from reminders.composing import Content
from reminders.ledger import Attempt, MessageKind
from storage.database import Database
from tests.support.daily_law import daily_law
from tests.support.reminding import Clock, Law, Reminding, delivering_to

#: Longer than the lease: what the dead had claimed may be taken again.
NEXT_START = dt.timedelta(minutes=11)
#: Every so manieth death is aimed at a send, from the first of a day on, when there is most to send.
AIMED_EVERY: Final = 3
#: Sends under way together: an aim among the first of them is met wherever anything is left to send.
AIMED_AT_MOST: Final = 3
#: A call of the double takes a few milliseconds.
CALL_S: Final = 0.008
#: A life may have become longer: what a timer never reaches would not be tried any more.
STRETCH: Final = 1.15
#: A chat that the double does not know: what it is told is in no transcript.
NOBODY: Final = 999_999
#: Lives a death at most: who has outlived the timer shows how long a life is now, and the next timer is shorter.
LIVES_A_DEATH: Final = 20


class Moment(StrEnum):
    """When in a send: before the platform hears of it, at some time in between, after its answer and before the record."""

    BEGUN = "begun"
    UNDER_WAY = "under_way"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Death:
    """By the timer after so many seconds of life, or at a moment of the n-th send; there after so many seconds."""

    after_s: float
    send: int = 0
    moment: Moment = Moment.BEGUN


class Mortal:
    """A sender that takes its process with it."""

    def __init__(self, inner: Sender, death: Death) -> None:
        self._inner, self._death, self._begun = inner, death, 0

    async def send(self, chat_id: int, message: Rendered) -> Attempt:
        self._begun += 1
        moment = self._death.moment if self._begun == self._death.send else None
        if moment is Moment.BEGUN:
            os.kill(os.getpid(), signal.SIGKILL)
        if moment is Moment.UNDER_WAY:
            signal.setitimer(signal.ITIMER_REAL, self._death.after_s)
        attempt = await self._inner.send(chat_id, message)
        if moment is Moment.ANSWERED:
            os.kill(os.getpid(), signal.SIGKILL)
        return attempt


async def live(plan: dict[str, Any], the_law: Law, now: dt.datetime, death: Death | None = None) -> None:
    """One process's life."""
    database = Database(plan["database"])
    await database.open()
    reminding = Reminding(database, Clock(now), Path(plan["folder"]), the_law=the_law)

    def mortal(sender: Sender) -> Sender:
        return sender if death is None else Mortal(sender, death)

    async with delivering_to(reminding, plan["url"], plan["token"], through=mortal) as worker:
        await worker.sweep()
        await reminding.plan()
        await worker.deliver_due()
    await database.close()


def forked(plan: dict[str, Any], the_law: Law, now: dt.datetime, death: Death | None) -> bool:
    """Whether the child was killed."""
    child = os.fork()
    if child == 0:
        if death is not None and not death.send:
            signal.setitimer(signal.ITIMER_REAL, death.after_s)
        try:
            asyncio.run(live(plan, the_law, now, death))
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        sys.exit(f"a child failed with {os.WEXITSTATUS(status)}")
    return False


class Reaper:
    """Chooses deaths; keeps in mind how long a life is, which changes with the machine's load and with what is left."""

    def __init__(self, plan: dict[str, Any], the_law: Law) -> None:
        self._plan, self._law, self._chance = plan, the_law, random.Random(plan["seed"])
        self._life_s = 0.5
        self.killed, self.at_a_send = 0, 0

    def day(self, now: dt.datetime) -> None:
        """So many deaths, then a life in peace."""
        moment = now
        for number in range(self._plan["kills_a_day"]):
            aimed = number % AIMED_EVERY == 0
            for _ in range(LIVES_A_DEATH):
                died = self._one(moment, self._at_a_send() if aimed else self._any_time())
                moment += NEXT_START
                if died:
                    self.at_a_send += aimed
                    break
                aimed = False  # nothing was left to send
            else:
                sys.exit(f"{LIVES_A_DEATH} lives in a row were shorter than {self._life_s} s")
            self.killed += 1
        self._one(moment, None)

    def _at_a_send(self) -> Death:
        moment = self._chance.choice(list(Moment))
        return Death(self._chance.uniform(1e-6, CALL_S), self._chance.randint(1, AIMED_AT_MOST), moment)

    def _any_time(self) -> Death:
        return Death(max(self._life_s * self._chance.uniform(0, 1), 1e-6))

    def _one(self, now: dt.datetime, death: Death | None) -> bool:
        began = time.monotonic()
        died = forked(self._plan, self._law, now, death)
        lived_s = time.monotonic() - began
        # Whoever was killed might have lived longer; whoever was not shows how long a life is now.
        self._life_s = max(self._life_s * STRETCH, lived_s) if died else lived_s
        return died


async def rehearse(plan: dict[str, Any], the_law: Law, now: dt.datetime) -> None:
    """Late imports and the reading of the texts, which would be most of every forked life."""
    database = Database(f"sqlite+aiosqlite:///{Path(plan['folder']) / 'rehearsal.db'}")
    await database.open()
    reminding = Reminding(database, Clock(now), Path(plan["folder"]), the_law=the_law)
    senders: list[Sender] = []

    def noted(sender: Sender) -> Sender:
        senders.append(sender)
        return sender

    async with delivering_to(reminding, plan["url"], plan["token"], through=noted) as worker:
        await reminding.plan()
        await worker.deliver_due()
        await senders[0].send(NOBODY, reminding.render(Content(MessageKind.DAILY), "telegram"))
    await database.close()


def main(plan: dict[str, Any]) -> None:
    the_law = daily_law(plan["duties"])
    now = dt.datetime.fromisoformat(plan["start"])
    asyncio.run(rehearse(plan, the_law, now))
    reaper = Reaper(plan, the_law)
    for _ in range(plan["days"]):
        reaper.day(now)
        now += dt.timedelta(days=1)
    print(json.dumps({"killed": reaper.killed, "at_a_send": reaper.at_a_send}), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
