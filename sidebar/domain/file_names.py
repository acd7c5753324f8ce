"""Names that a file can have on every system, whatever it was called where it comes from."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from sidebar.domain.phrase_details import Attachment, AttachmentKind

FOLDERS = {AttachmentKind.IMAGE: "images", AttachmentKind.FILE: "files"}
"""Where the pictures and files of a pack lie, beside it."""

PACK_ENDINGS = (".yaml", ".yml")
"""What ends like this is read as a pack."""

_LONGEST = 200
"""Bytes; file systems take 255, and something may be put in front of a name while it is written."""
_UNUSABLE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)


def base_name(path: str) -> str:
    """The last part of *path*, written as on any system."""
    return path.replace("\\", "/").rpartition("/")[2]


def usable_name(path: str) -> str:
    """The last part of *path* as a file may be called anywhere: no device, no pack, not hidden, not too long.

    What can be called so already keeps its name.
    """
    name = unicodedata.normalize("NFC", _UNUSABLE.sub("_", base_name(path)))
    name = name.strip(" .\t\u3000\xa0") or "_"
    if _DEVICES.match(name):
        name = f"_{name}"
    if name.lower().endswith(PACK_ENDINGS):
        name += ".txt"
    return _shortened(name)


def places_for(attachment: Attachment) -> Iterator[str]:
    """Where a picture or file may lie beside its pack: 尺码.png, and of another one 2/尺码.png, 3/尺码.png …

    It is in a folder that the number is, and not in its name, which buyers see.
    """
    folder, name = FOLDERS[attachment.kind], usable_name(attachment.path)
    yield f"{folder}/{name}"
    yield from (f"{folder}/{number}/{name}" for number in count(2))


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > _LONGEST // 4:
        stem, dot, ending = name, "", ""
    room = _LONGEST - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + ending
