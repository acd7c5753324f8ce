"""What the buyer who is open now would get, places that are still empty marked, and how long it is."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sidebar.services.editing import Told
from sidebar.ui import fonts, theme
from sidebar.ui.controls import Hint, dress_anew
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class Preview(QWidget):
    """The text where it is not what is typed anyway; below it the number of characters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme.LIGHT
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setFont(fonts.text(12))
        self._length = Hint(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(2)
        column.addWidget(self._text)
        column.addWidget(self._length)

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown

    def show_text(self, told: Told, *, typed: str, longest: int | None, loop: bool = False) -> None:
        """Tell what *typed* becomes."""
        differs = told.text != typed.rstrip()
        self._text.setVisible(differs and bool(told.text))
        self._text.setText(self._rich(told))
        self._text.setAccessibleName(told.text)
        over = longest is not None and told.length > longest
        role = "trouble" if over or loop else "quiet"
        if role != self._length.property("role"):
            self._length.setProperty("role", role)
            dress_anew(self._length)
        self._length.say(_("这一条绕回了自己，插不进去") if loop else _length(told.length, longest))

    def _rich(self, told: Told) -> str:
        parts, end = [], 0
        for start, stop in told.unfilled:
            parts.append(escape(told.text[end:start]))
            mark = f"color:{self._theme.warn_text};background-color:{self._theme.warn_soft}"
            parts.append(f'<span style="{mark}">{escape(told.text[start:stop])}</span>')
            end = stop
        parts.append(escape(told.text[end:]))
        words = "".join(parts).replace("\n", "<br>")
        return f'<span style="color:{self._theme.muted_text}">{words}</span>'


def _length(count: int, most: int | None) -> str:
    if most is None:
        return _("{count} 字").format(count=count)
    if count > most:
        return _("{count} 字，这个客户端最多 {most} 字").format(count=count, most=most)
    return _("{count} / {most} 字").format(count=count, most=most)
