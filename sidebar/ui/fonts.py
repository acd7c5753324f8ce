"""The lettering of the face: one family list, few sizes, figures of equal width."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

_FAMILIES = (
    *("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC"),
    # named, so that a smiley does not have fonts loaded that have none
    *("Noto Color Emoji", "Segoe UI Emoji", "Apple Color Emoji"),
    "sans-serif",
)
_EMBOLDENED = "Noto Sans CJK SC"
"""A family whose bold face is a file of 20 MB: strong words in it would cost 5 MiB of memory more.
Its regular face made bolder looks the same at our sizes."""


@cache
def text(size: int = 13, *, strong: bool = False) -> QFont:
    """The font of words, *size* logical pixels high; not to be changed by who gets it."""
    font = QFont(list(_FAMILIES))
    font.setPixelSize(size)
    if not strong:
        font.setWeight(QFont.Weight.Normal)
    elif QFontDatabase.hasFamily(_EMBOLDENED):
        font.setStyleName("Regular")
        font.setWeight(QFont.Weight.Bold)
    else:
        font.setWeight(QFont.Weight.DemiBold)
    return font


@cache
def figures(size: int = 15, *, strong: bool = True) -> QFont:
    """The font of clocks and counts: digits of one width, so that they do not dance."""
    font = QFont(text(size, strong=strong))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
