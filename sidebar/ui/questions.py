"""A panel that asks one thing after another: the few parts its questions are made of."""

from collections.abc import Callable

from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.panel import Choice, Panel


class Questions(Panel):
    """What is asked changes; what it is asked with does not."""

    def tell_trouble(self, sentence: str) -> None:
        """Say why what was answered cannot be done; the question stays."""
        trouble = Hint(self, role="trouble")
        trouble.say(sentence)
        self._body.insertWidget(0, trouble)

    def _hint(self, sentence: str, *, role: str = "quiet") -> Hint:
        made = Hint(self, role=role)
        made.say(sentence)
        return made

    def _words(self, text: str, *, strong: bool = False) -> Words:
        made = Words(self, strong=strong, role="" if strong else "quiet", size=13 if strong else 12)
        made.say(text)
        made.setToolTip(text)
        return made

    def _main(self, text: str, act: Callable[[], None]) -> WordButton:
        made = WordButton(self, role="main", height=32)
        made.say(text)
        made.clicked.connect(lambda: act())
        return made

    def _answer(self, text: str, act: Callable[[], None], *, hint: str = "") -> Choice:
        made = Choice(text, parent=self, hint=hint)
        made.clicked.connect(lambda: act())
        return made

    def _back(self, text: str, act: Callable[[], None]) -> WordButton:
        made = WordButton(self, role="quiet")
        made.say(text)
        made.clicked.connect(lambda: act())
        return made
