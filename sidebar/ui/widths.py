"""How wide a text is, known without its letters' shapes.

To lay out a line fetches the shape of each letter from its font. A CJK font keeps some 65,000 of
them, and those of one library's phrases lie all over its 19 MB, most of which would stay in memory
for cards that are scrolled out of sight. But a hanzi is as wide as its font is high.
"""

from functools import cache

from PySide6.QtGui import QFont

from sidebar.ui import painting

_NEARER = 0.1
"""Latin letters side by side stand up to this much nearer or further than their widths add up to."""
_NARROWEST = 0.2
"""The width of an i or a comma; in the height of the font."""


def is_wider(text: str, font: QFont, room: float) -> bool:
    """Whether *text* in one line is wider than *room*, in logical pixels; laid out only in doubt."""
    squares, letters, em, key = 0.0, 0.0, font.pixelSize(), font.key()
    for character in text:
        if _square(character):
            squares += em
        elif character.isascii():
            letters += _advance(character, key)
        else:
            break
        if squares + letters * (1 - _NEARER) > room:
            return True
    else:
        if squares + letters * (1 + _NEARER) <= room:
            return False
    return painting.advance(text, font) > room


def beginning(text: str, font: QFont, room: float) -> str:
    """As much of *text* as may be seen in *room*; the rest need not be laid out."""
    width, em = 0.0, font.pixelSize()
    for place, character in enumerate(text):
        if width > room:
            return text[:place]
        width += em if _square(character) else em * _NARROWEST
    return text


def _square(character: str) -> bool:
    """Whether *character* is a hanzi or one of the signs that are made as wide as hanzi."""
    code = ord(character)
    return 0x3000 <= code <= 0x9FFF or 0xFF01 <= code <= 0xFF5E


@cache
def _advance(letter: str, font: str) -> float:
    described = QFont()
    described.fromString(font)
    return painting.advance(letter, described)
