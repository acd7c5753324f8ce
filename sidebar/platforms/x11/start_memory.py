"""Memory that only the start needed, given back to the system once it stands."""

import ctypes
import linecache
import logging
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

_DONT_NEED = 4
"""MADV_DONTNEED of <sys/mman.h>: the pages may go; whoever reads there again gets the file's anew."""
_FONTS = (".ttc", ".ttf", ".otf")
_MAPS = Path("/proc/self/maps")


def give_back() -> None:
    """Give back freed heap, source lines PySide6 has read, and the pages of font files.

    For each letter it draws FreeType reads some hundred bytes of a font, and the kernel maps 64 KiB
    around them: 6 MiB for the face of a sidebar in Chinese. The letters have been drawn by now and
    are kept as pictures by Qt; the file stays in the system's cache for the next new one.
    """
    linecache.clearcache()
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "malloc_trim"):  # a C library other than GNU's
        return
    libc.malloc_trim(ctypes.c_size_t(0))
    for start, end in font_mappings(_MAPS.read_text(encoding="utf-8", errors="replace")):
        libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _DONT_NEED)


def font_mappings(maps: str) -> Iterator[tuple[int, int]]:
    """Where fonts are mapped that nobody can have written to, of what /proc tells of a process' memory."""
    for line in maps.splitlines():
        place, mode, *_, path = line.split(maxsplit=5)
        if path.endswith(_FONTS) and "w" not in mode:
            start, _, end = place.partition("-")
            yield int(start, 16), int(end, 16)
