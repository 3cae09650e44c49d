"""How a call of the command line ends that does not end well."""

from __future__ import annotations

BROKEN = 1


class CommandError(Exception):
    """Something a person can mend; the message is one line in their language."""
