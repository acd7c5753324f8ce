"""The lettering of the face: one family list, few sizes, figures of equal width."""

from functools import cache

from PySide6.QtGui import QFont

_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "sans-serif")


@cache
def text(size: int = 13, *, strong: bool = False) -> QFont:
    """The font of words, *size* logical pixels high; not to be changed by who gets it."""
    font = QFont(list(_FAMILIES))
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


@cache
def figures(size: int = 15, *, strong: bool = True) -> QFont:
    """The font of clocks and counts: digits of one width, so that they do not dance."""
    font = QFont(text(size, strong=strong))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
