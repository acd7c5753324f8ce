"""Pictures and files on their way into a chat, each by a paste of its own."""

from dataclasses import field
from enum import StrEnum

from sidebar.domain.lean import dataclass


class EnclosureState(StrEnum):
    """What an import would do with a picture or file of a phrase."""

    NEW = "new"
    CHANGED = "changed"
    """Another one takes the place of that with this name."""
    SAME = "same"
    MISSING = "missing"
    """The phrase names it and it did not come along."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """Something that goes into the chat `before` the text or after it.

    A picture has its bytes as `png`, and as `dib` (a BMP file without its first 14 bytes) where the
    desktop wants that; a file has its absolute `path` alone. The bytes are kept out of `repr`.
    """

    name: str
    path: str
    before: bool = False
    png: bytes = field(default=b"", repr=False)
    dib: bytes = field(default=b"", repr=False)
