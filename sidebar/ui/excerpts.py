"""What of a phrase's text a card shows, in which lines, and which of its characters were found."""

from collections.abc import Collection

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QTextLayout, QTextOption

from sidebar.domain.lean import dataclass
from sidebar.services.views import PhraseRow
from sidebar.ui import fonts, painting, widths

LINES = 2
_CHARACTERS = 500
"""More than two lines ever hold at the greatest width; the rest need not be looked at."""
_FAR = 36
"""Characters in, what was found might not be seen; so the excerpt begins shortly before it."""
_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text in one run; `spots` are the indexes of its characters that were found."""

    text: str
    spots: tuple[int, ...] = ()


def excerpt(row: PhraseRow) -> Excerpt:
    """The part of the phrase's text that its card shows, without line breaks."""
    if not row.in_text:
        return Excerpt(" ".join(row.text[:_CHARACTERS].split()))
    begin = 0 if row.in_text[0] < _FAR else row.in_text[0] - _BEFORE
    found, run, spots = set(row.in_text), "…" if begin else "", []
    for place, character in enumerate(row.text[begin : begin + _CHARACTERS], start=begin):
        if not character.isspace():
            if place in found:
                spots.append(len(run))
            run += character
        elif run and run[-1] != " ":
            run += " "
    return Excerpt(run.rstrip(), tuple(spots))


def lines_needed(text: str, room: float) -> int:
    return LINES if widths.is_wider(text, fonts.text(12), room) else 1


def lines(shown: Excerpt, room: float) -> tuple[Excerpt, ...]:
    """*shown* in as many lines of *room* pixels as it needs, cut short at the end of the second."""
    font, most = fonts.text(12), lines_needed(shown.text, room)
    text = widths.beginning(shown.text, font, (LINES + 1) * room)
    units = text.encode("utf-16-le")
    starts = _starts(text, font, room, most)
    parts = [
        units[2 * start : 2 * end].decode("utf-16-le", "ignore")
        for start, end in zip(starts, [*starts[1:], len(units) // 2], strict=True)
    ]
    if len(parts) > most:
        parts[most - 1 :] = [painting.shortened("".join(parts[most - 1 :]), font, room)]
    cut, begin = [], 0
    for part in parts:
        cut.append(Excerpt(part, tuple(at - begin for at in shown.spots if 0 <= at - begin < len(part))))
        begin += len(part)
    return tuple(cut)


def laid_out(text: str, spots: Collection[int], font: QFont, colour: str, room: float) -> QTextLayout:
    """*text* in one line from the point (0, 0), its *spots* in *colour*."""
    layout = QTextLayout(text, font)
    if spots:
        layout.setFormats(_coloured(text, spots, colour))
    layout.setTextOption(_wrapping(QTextOption.WrapMode.NoWrap))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room)
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    return layout


def _coloured(text: str, spots: Collection[int], colour: str) -> list[QTextLayout.FormatRange]:
    from PySide6.QtGui import QTextCharFormat  # nothing is found before it is looked for

    format = QTextCharFormat()
    format.setForeground(QColor(colour))
    ranges = []
    for place in spots:
        if place < len(text):
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = _utf16(text, place), _utf16_width(text[place]), format
            ranges.append(part)
    return ranges


def _starts(text: str, font: QFont, room: float, most: int) -> list[int]:
    """Where the first lines of *text* begin, one more than *most* if there are as many; in UTF-16 units."""
    layout = QTextLayout(text, font)
    layout.setTextOption(_wrapping(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere))
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        starts.append(line.textStart())
    layout.endLayout()
    return starts


def _wrapping(mode: QTextOption.WrapMode) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(mode)
    return option


def _utf16(text: str, place: int) -> int:
    """Qt counts UTF-16 units: an emoji before the place moves it by one."""
    return sum(map(_utf16_width, text[:place]))


def _utf16_width(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1
