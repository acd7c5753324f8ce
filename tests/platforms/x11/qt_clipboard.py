"""A Qt program of its own process that copies, or pastes and tells what it got; for `python -m`."""

import json
import sys
from base64 import b64encode

from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

TEXT = "订单 20261121\n😊"
HTML = "<b>订单</b> 20261121"
FILE = "file:///home/anna/%E5%8F%91%E7%A5%A8.pdf"
WIDTH, HEIGHT = 160, 120


def picture() -> QImage:
    """A picture with something in every pixel."""
    grey = bytes((x * 7 + y * 31) % 256 for y in range(HEIGHT) for x in range(WIDTH))
    return QImage(grey, WIDTH, HEIGHT, WIDTH, QImage.Format.Format_Grayscale8).convertToFormat(
        QImage.Format.Format_RGB32
    )


def copied() -> QMimeData:
    """Text, HTML, a file, and something only this program knows."""
    data = QMimeData()
    data.setText(TEXT)
    data.setHtml(HTML)
    data.setUrls([QUrl(FILE)])
    data.setData("application/x-order", QByteArray(bytes(range(256))))
    return data


def told(data: QMimeData) -> dict[str, object]:
    """What a program that pastes would find."""
    image = data.imageData()
    return {
        "text": data.text() if data.hasText() else None,
        "html": data.html() if data.hasHtml() else None,
        "urls": [url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in data.urls()],
        "own": b64encode(data.data("application/x-order").data()).decode(),
        "same picture": isinstance(image, QImage)
        and image.convertToFormat(QImage.Format.Format_RGB32) == picture(),
    }


def main(act: str) -> int:
    app = QGuiApplication([])
    clipboard = app.clipboard()
    if act == "read":
        json.dump(told(clipboard.mimeData()), sys.stdout)
        return 0
    if act == "copy":
        clipboard.setMimeData(copied())
    else:
        clipboard.setImage(picture())
    clipboard.dataChanged.connect(lambda: None if clipboard.ownsClipboard() else app.quit())
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
