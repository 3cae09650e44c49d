"""Plans and delivers in processes that are killed at random moments: `python -m tests.support.reminder_crash JSON`.

Imports once, then forks: each child opens the database, plans, sweeps and delivers, and dies by a timer of the kernel
wherever it happens to be. After so many deaths a day one child may finish. The last line printed says how many died.
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
from pathlib import Path
from typing import Any

from storage.database import Database
from tests.support.daily_law import daily_law
from tests.support.reminding import Clock, Law, Reminding, delivering_to

#: Longer than the lease: what the dead had claimed may be taken again.
NEXT_START = dt.timedelta(minutes=11)


async def live(plan: dict[str, Any], the_law: Law, now: dt.datetime) -> None:
    """One process's life."""
    database = Database(plan["database"])
    await database.open()
    reminding = Reminding(database, Clock(now), Path(plan["folder"]), the_law=the_law)
    async with delivering_to(reminding, plan["url"], plan["token"]) as worker:
        await worker.sweep()
        await reminding.plan()
        await worker.deliver_due()
    await database.close()


def forked(plan: dict[str, Any], the_law: Law, now: dt.datetime, dies_after_s: float | None) -> bool:
    """Whether the child was killed."""
    child = os.fork()
    if child == 0:
        if dies_after_s is not None:
            signal.setitimer(signal.ITIMER_REAL, max(dies_after_s, 0.001))
        try:
            asyncio.run(live(plan, the_law, now))
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


def main(plan: dict[str, Any]) -> None:
    the_law, chance = daily_law(plan["duties"]), random.Random(plan["seed"])
    scratch = {**plan, "database": f"sqlite+aiosqlite:///{Path(plan['folder']) / 'scratch.db'}"}
    asyncio.run(live(scratch, the_law, dt.datetime.fromisoformat(plan["start"])))  # imports what imports late
    now, killed, life_s = dt.datetime.fromisoformat(plan["start"]), 0, 0.5
    for _ in range(plan["days"]):
        moment = now
        for _ in range(plan["kills_a_day"]):
            early = chance.random() < 0.3  # while opening and planning; else while claiming, sending, recording
            share = chance.uniform(0, 0.5) if early else chance.uniform(0.4, 0.95)
            killed += forked(plan, the_law, moment, life_s * share)
            moment += NEXT_START
        began = time.monotonic()
        forked(plan, the_law, moment, None)
        life_s = 0.7 * life_s + 0.3 * (time.monotonic() - began)
        now += dt.timedelta(days=1)
    print(json.dumps({"killed": killed, "life_s": life_s}), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
