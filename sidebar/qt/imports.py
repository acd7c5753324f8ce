"""Imports as Python makes them, although PySide6 wants to look at each."""

import builtins

import shiboken6 as shiboken6  # it is this that takes the place of `__import__`


def import_plainly() -> None:
    """Import from now on without PySide6 looking on.

    WORKAROUND(PYSIDE-2029): PySide6 reads the source of every module imported after it, to see
    whether that uses PySide6 and so might ask for names_with_underscores, as `__feature__` gives
    them. We do not, and it would be 17 ms and 8 MiB of a start.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
