"""A slim bar for what went wrong: one sentence, in place, until it is solved or sent away."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidebar.services.views import Notice, Offer
from sidebar.ui import sentences
from sidebar.ui.controls import Hint, WordButton, dress_anew
from sidebar.ui.sentences import Tone
from sidebar.ui.wording import _


class Offers(QWidget):
    """What can be done about a notice, a button each; made when a notice first offers something."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[Offer, str], ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 6, 2)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self._buttons: list[WordButton] = []

    def show_offers(self, offers: tuple[tuple[Offer, str], ...]) -> None:
        if offers == self._shown:
            return
        self._shown = offers
        while len(self._buttons) < len(offers):
            button = WordButton(self, height=24)
            button.clicked.connect(partial(self._take, len(self._buttons)))
            self._row.addWidget(button)
            self._buttons.append(button)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(offers))
            button.say(offers[place][1] if place < len(offers) else "")
        self.setVisible(bool(offers))

    def _take(self, place: int) -> None:
        self.taken.emit(self._shown[place][0].value)


class NoticeBar(QWidget):
    """Shown only while there is something to tell; never modal, never taking the keyboard."""

    dismissed = Signal()
    offer_taken = Signal(str)
    """An `Offer`, by its value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self._said = ""
        self._offers: Offers | None = None
        self._frame = QFrame(self)
        self._sentence = Hint(self, role="notice")
        self._dismiss = WordButton(self, role="quiet", size=13, height=22)
        self._dismiss.setFixedWidth(24)
        self._dismiss.clicked.connect(self.dismissed)
        self._lay_out()
        self.retranslate()
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        if notice == self._notice and not self._said:
            return
        self._notice = notice
        self._said = ""
        if notice is None:
            self._tell("", Tone.TROUBLE)
        else:
            self._tell(sentences.notice(notice), sentences.tone(notice))
        self._make_offers(() if notice is None else sentences.offers(notice))

    def show_sentence(self, sentence: str) -> None:
        """Tell something that is no notice of a service; the next notice takes its place."""
        self._said = sentence
        self._tell(sentence, Tone.TROUBLE)
        self._make_offers(())

    def retranslate(self) -> None:
        self._dismiss.say("×", name=_("知道了"), hint=_("知道了"))
        if self._notice is not None and not self._said:
            self._tell(sentences.notice(self._notice), sentences.tone(self._notice))
            self._make_offers(sentences.offers(self._notice))

    def _make_offers(self, offers: tuple[tuple[Offer, str], ...]) -> None:
        """A button for each of *offers* below the sentence; most notices offer nothing."""
        if not offers and self._offers is None:
            return
        if self._offers is None:
            self._offers = Offers(self._frame)
            self._offers.taken.connect(self.offer_taken)
            self._column.addWidget(self._offers)
        self._offers.show_offers(offers)

    def _tell(self, sentence: str, tone: Tone) -> None:
        if tone.value != self._frame.property("tone"):
            self._frame.setProperty("tone", tone.value)
            dress_anew(self._frame)
        self._sentence.say(sentence)
        self.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        self._frame.setProperty("role", "notice")
        inside = self._column = QVBoxLayout(self._frame)
        inside.setContentsMargins(10, 6, 4, 6)
        inside.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        inside.addLayout(row)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.addWidget(self._frame)
