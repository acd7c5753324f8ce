"""What the buyer who is open now would get, places that are still empty marked, and how long it is."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sidebar.services.editing import Checked
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

    def show_text(self, checked: Checked, *, body: str) -> None:
        """Tell what *body* becomes."""
        differs = checked.text != body.rstrip()
        self._text.setVisible(differs and bool(checked.text))
        self._text.setText(self._rich(checked))
        self._text.setAccessibleName(checked.text)
        over = checked.longest is not None and checked.length > checked.longest
        role = "trouble" if over else "quiet"
        if role != self._length.property("role"):
            self._length.setProperty("role", role)
            dress_anew(self._length)
        self._length.say(_length(checked))

    def _rich(self, checked: Checked) -> str:
        parts, end = [], 0
        for start, stop in checked.unfilled:
            parts.append(escape(checked.text[end:start]))
            mark = f"color:{self._theme.warn_text};background-color:{self._theme.warn_soft}"
            parts.append(f'<span style="{mark}">{escape(checked.text[start:stop])}</span>')
            end = stop
        parts.append(escape(checked.text[end:]))
        words = "".join(parts).replace("\n", "<br>")
        return f'<span style="color:{self._theme.muted_text}">{words}</span>'


def _length(checked: Checked) -> str:
    if checked.loop:
        return _("这一条绕回了自己，插不进去")
    if checked.longest is None:
        return _("{count} 字").format(count=checked.length)
    if checked.length > checked.longest:
        return _("{count} 字，这个客户端最多 {most} 字").format(count=checked.length, most=checked.longest)
    return _("{count} / {most} 字").format(count=checked.length, most=checked.longest)
