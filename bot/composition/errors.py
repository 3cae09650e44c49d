"""How a call of the command line ends that does not end well."""

from __future__ import annotations

BAD_INPUT, BROKEN = 2, 1


class CommandError(Exception):
    """Something a person can mend; the message is one line in their language."""
