"""A line that was given its text: untouched, it still holds every character of that."""

from sidebar.ui.typing_line import TypingLine


class GivenLine(TypingLine):
    """Qt knows fewer kinds of spaces and breaks than a text may have."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(False)  # what is dropped on the form is for the phrase to enclose
        self._given = ("", "")
        """What it showed at first, and of what text."""

    @property
    def typed(self) -> str:
        """What it holds, or what it was given where nobody has touched it."""
        shown, given = self._given
        return given if self.text() == shown else self.text()

    def give(self, text: str, shown: str | None = None) -> None:
        """Hold *text*, in the words *shown* where there are others for it."""
        self.setText(text if shown is None else shown)
        self._given = (self.text(), text)
