"""`python -m sidebar.qt.trial` ends with 0 where Qt can open windows; Qt aborts where it lacks a library."""

from PySide6.QtWidgets import QApplication

if __name__ == "__main__":
    QApplication([])
