"""What can be done to phrases from the list and the menu."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from sidebar.ui import fonts
from sidebar.ui.wording import _


class EditingAct(StrEnum):
    """Beside each, what it is done to or with."""

    NEW = "new"
    """The text that is typed, if any."""
    EDIT = "edit"
    """A phrase, as for the next three."""
    DUPLICATE = "duplicate"
    THROW = "throw"
    FAVOURITE = "favourite"
    BULK = "bulk"
    """A phrase that is ticked already, if any; the others are those that are searched for."""
    PASTE = "paste"
    UNDO = "undo"
    BIN = "bin"


def phrase_menu(parent: QWidget, chosen: Callable[[str], object]) -> QMenu:
    """What can be done to one phrase; gone once it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setFont(fonts.text(12))
    acts = (
        (_("修改…\tF2"), EditingAct.EDIT),
        (_("复制一份…\tCtrl+D"), EditingAct.DUPLICATE),
        (_("收藏 / 取消收藏"), EditingAct.FAVOURITE),
        (_("批量修改…"), EditingAct.BULK),
        (_("删除\tShift+Del"), EditingAct.THROW),
    )
    for words, act in acts:
        menu.addAction(words).triggered.connect(partial(chosen, str(act)))
    return menu
