"""A chat window that takes pictures and files, and writes down what was pasted; run by its path.

Usage: picture_chat.py LOG
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTextEdit

CLASS = "PictureChat"


def pixels(picture: QImage) -> str:
    """What tells one picture from another, whatever it was encoded as."""
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    return sha256(bytes(plain.constBits())).hexdigest()


class Box(QTextEdit):
    """The input box, as chat clients have it: pictures first, then files, then text."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 (Qt's own name)
        return source.hasImage() or source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 (Qt's own name)
        image = source.imageData()
        if isinstance(image, QImage):
            self._write({"picture": pixels(image)})
        elif source.hasUrls():
            self._write({"files": [url.toLocalFile() for url in source.urls()]})
        else:
            self._write({"text": source.text()})
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: object) -> None:  # noqa: N802 (Qt's own name)
        super().keyPressEvent(event)  # type: ignore[arg-type]
        self._write({"caret": self.textCursor().position()})

    def _write(self, entry: dict[str, object]) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")


def main(log: Path) -> int:
    app = QApplication(["picture_chat"])
    app.setApplicationName(CLASS)
    box = Box(log)
    box.setWindowTitle("王小姐")
    box.resize(500, 300)
    box.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
