"""What a clipboard holds, format by format, and which of them can be kept and given back."""

import struct
from collections.abc import Container, Iterable
from dataclasses import field

from sidebar.domain.lean import dataclass
from sidebar.platforms.windows import win32

NOT_FOR_HISTORIES = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
    "Clipboard Viewer Ignore",
)
"""Ask clipboard histories to pass a content over: Windows' own three, and the older convention.
The first and the last say so by being there, the others by holding the number 0."""
NO = (0).to_bytes(4, "little")

_DROPFILES = 20
"""Bytes of DROPFILES (shlobj_core.h), after which the paths begin."""
_NOT_MEMORY = frozenset(
    (
        win32.CF_BITMAP,
        win32.CF_METAFILEPICT,
        win32.CF_PALETTE,
        win32.CF_ENHMETAFILE,
        win32.CF_OWNERDISPLAY,
        win32.CF_DSPBITMAP,
        win32.CF_DSPMETAFILEPICT,
        win32.CF_DSPENHMETAFILE,
    )
)
_OF_A_LIVING_OBJECT = frozenset(
    (
        *("DataObject", "Ole Private Data", "Wine Marshalled DataObject"),
        *("Object Descriptor", "Link Source Descriptor"),
        *("Embed Source", "Embedded Object", "Link Source", "ObjectLink", "OwnerLink", "Native"),
        *("FileContents", "FileGroupDescriptor", "FileGroupDescriptorW"),
    )
)
"""OLE's references to an object of the program that was copied from: given back by another program
they lead nowhere, and a spreadsheet takes seconds to make them. `FileContents` is one format for
many files, asked for by index."""
_FIRST = (win32.CF_UNICODETEXT, win32.CF_HDROP)
_LAST = (win32.CF_DIBV5, win32.CF_DIB)
"""The largest by far, and made by the system of one another: the second often need not be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The content in one format; its data is kept out of `repr`, so that no log or traceback shows it."""

    format: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Implements `Saved`: every form of one content, in its owner's order; none is an empty clipboard."""

    forms: tuple[Form, ...] = ()
    complete: bool = True


def keepable(format: int, name: str) -> bool:
    """Whether a format is memory that means the same when another program gives it back.

    Pictures and the like that are handles of the graphics system are left out: what is made of
    them (CF_DIB of CF_BITMAP) is read instead, and the system makes them of that again.
    """
    private = win32.CF_PRIVATEFIRST <= format <= win32.CF_GDIOBJLAST
    return not private and format not in _NOT_MEMORY and name not in _OF_A_LIVING_OBJECT


def reading_order(formats: Iterable[int]) -> list[int]:
    """Texts and files ahead of all else, pictures last: where time or room is short, those are missing."""

    return sorted(formats, key=lambda each: (each in _LAST, each not in _FIRST, each == win32.CF_DIB))


def dispensable(format: int, had: Container[int]) -> bool:
    """Whether *format* can be done without, as the system makes it of one that was *had*."""
    return format in _LAST and any(each in had for each in _LAST)


def text_data(text: str) -> bytes:
    """*text* as CF_UNICODETEXT has it: CR LF between lines, NUL at the end."""
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return (lines + "\0").encode("utf-16-le", errors="replace")


def dropped_file(path: str) -> bytes:
    """*path* as CF_HDROP has it: DROPFILES, then the one path in UTF-16 with an empty one behind it."""
    head = struct.pack("<IiiII", _DROPFILES, 0, 0, 0, 1)
    return head + (path + "\0\0").encode("utf-16-le", errors="surrogatepass")
