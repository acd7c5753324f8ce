"""The memory of the process, before its first thread is there."""

import sys

_ARENA_MAX = -8
"""M_ARENA_MAX of GNU's <malloc.h>: how many heaps there may be, 8 for each core if nobody says so."""


def share_one_heap() -> None:
    """Let all threads take memory from one heap, where the C library would make one for each.

    Ours work one at a time, so they do not wait for each other; heaps of their own would keep 0.4 MiB
    of what a start needed only for a moment.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # another C library than GNU's has one heap anyway
        library.mallopt(_ARENA_MAX, 1)
