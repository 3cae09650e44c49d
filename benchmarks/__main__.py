"""`make bench`: every measurement of this package, one after another; fails when one misses its aim."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

#: Run by `make eval`, or tools.
OTHERS = {
    "__main__",
    "questions",
    "references",
    "follow_ups",
    "frames",
    "proposer",
    "misspelt",
    "fit_belonging",
    "fit_confidence",
    "fit_finding",
    "fit_limits",
}


def main() -> int:
    """0 when every aim is met."""
    missed = []
    for module in sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name not in OTHERS):
        print(f"== {module} ==", flush=True)
        if not importlib.import_module(f"benchmarks.{module}").main():
            missed.append(module)
    print(f"missed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
