"""Our own windows' way to what we ourselves hold on the clipboard."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

_TEXTS = ("UTF8_STRING", "text/plain;charset=utf-8")


def adopt(held: Mapping[str, bytes]) -> None:
    """Make Qt the owner of *held*, so that a line of ours can paste it at once.

    A line that pasted what the platform's clipboard holds would wait for an answer from the
    thread it waits on: 15 seconds without a frame, and then nothing.
    """
    if not held:
        return
    content = QMimeData()
    for name, data in held.items():
        if "/" in name:
            content.setData(name, QByteArray(data))
    for name in _TEXTS:
        if name in held:
            content.setText(held[name].decode("utf-8", "replace"))
            break
    QGuiApplication.clipboard().setMimeData(content)
