"""``python -m tests.support.botapi --port N``: the double as a process of its own, driven over /control."""

import argparse
import asyncio
import json
import signal

from tests.support.botapi.clock import Clock
from tests.support.botapi.double import TOKEN, BotApiDouble


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--flood", action="store_true", help="switch Telegram's flood limits on")
    parser.add_argument("--scale", type=float, default=1.0, help="the double's seconds a real second")
    parser.add_argument("--seed", type=int, default=0, help="of injected faults")
    return parser.parse_args()


async def serve(arguments: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT; the first line on standard output is JSON with ``url`` and ``token``."""
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    double = BotApiDouble(arguments.token, clock=Clock(arguments.scale), seed=arguments.seed, port=arguments.port)
    if arguments.flood:
        double.flood.enable()
    async with double:
        print(json.dumps({"url": double.url, "token": double.token}), flush=True)
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(serve(_arguments()))
