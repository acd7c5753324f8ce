"""An empty PySide6 window, as large as the sidebar: the least a program with a window costs."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

_SIZE = (352, 800)


def main() -> int:
    application = QApplication(sys.argv)
    window = QWidget()
    window.resize(*_SIZE)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
