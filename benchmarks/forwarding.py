"""Our process killed at random while it rates and forwards to a hook, a database and files: 300 rounds.

The aim: nothing lost, each id once at a receiver that keeps ids, the order of each service kept. The hook answers 503 or
breaks the connection after receipt now and then.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.integration.storage.test_forwarding import killed_rounds


def main(arguments: Sequence[str] = ()) -> bool:
    """Prints the figures; whether they hold."""
    parser = argparse.ArgumentParser(prog="benchmarks.forwarding")
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args(arguments).rounds
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(killed_rounds(Path(folder), rounds))
    print(json.dumps({"rounds": rounds, **figures}))
    return figures["killed"] > rounds // 2 and not (
        figures["lost"] or figures["kept_twice"] or figures["services_out_of_order"]
    )


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
