"""Questions as JSON lines on standard input, answered on the GUI thread, one line each."""

import json
import threading
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Signal

Answers = Mapping[str, Callable[..., object]]


class Answering(QObject):
    """Answers while it lives; the end of the questions ends the program."""

    _asked = Signal(str)
    _nobody_left = Signal()

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._answers = answers
        self._asked.connect(self._on_asked)
        self._nobody_left.connect(QCoreApplication.quit)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        # unbuffered: nobody may hold a lock when the program ends
        with open(0, "rb", buffering=0, closefd=False) as questions:
            for line in questions:
                self._asked.emit(line.decode())
        self._nobody_left.emit()

    def _on_asked(self, line: str) -> None:
        question = json.loads(line)
        answer = self._answers[question.pop("ask")](**question)
        print(json.dumps({"answer": answer}), flush=True)
