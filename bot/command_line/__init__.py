"""What `run.py` can be told: the arguments stand in `parser`, each command in a module of its name.

A module's `run(settings, args)` does the command and gives its exit code. It is imported when its command is called, so
that a small command starts quickly.
"""
