"""What becomes of a text's line breaks in a chat client, where Enter usually means: send."""

import re
from enum import StrEnum

from sidebar.domain.hotkeys import KeyCombo, Modifier

_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")


class Newlines(StrEnum):
    """How a client's input box comes by a line break; none of the ways is ever a bare Enter.

    With a chord, a text of several lines goes in line by line, and by the clipboard only: what
    accessibility writes does not wait its turn behind the keys.
    """

    AS_IS = "as_is"
    SHIFT_ENTER = "shift_enter"
    CTRL_ENTER = "ctrl_enter"
    JOINED = "joined"
    """There is no line break: the lines follow one another with a space between."""

    @property
    def chord(self) -> KeyCombo | None:
        """The keys that begin a line; None where none are pressed."""
        return _CHORDS.get(self)

    def pieces(self, text: str) -> tuple[str, ...]:
        """What goes into the box at once, piece by piece, with the chord between two of them."""
        match self:
            case Newlines.AS_IS:
                return (text,)
            case Newlines.JOINED:
                return (" ".join(filter(None, map(str.strip, _BREAK.split(text)))),)
            case _:
                return tuple(_BREAK.split(text))


_CHORDS = {
    Newlines.SHIFT_ENTER: KeyCombo("return", Modifier.SHIFT),
    Newlines.CTRL_ENTER: KeyCombo("return", Modifier.CTRL),
}
