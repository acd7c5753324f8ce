"""The menu behind the header's three dots, built when it is opened."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from sidebar.domain.docking import Side
from sidebar.ui import wording
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.wording import _


class WindowMenu(QObject):
    """What can be asked of the sidebar as a whole; knows what is chosen, to tick it."""

    pause_requested = Signal(bool)
    collapse_requested = Signal()
    side_requested = Signal(str)
    theme_requested = Signal(str)
    language_requested = Signal(str)
    client_trial_requested = Signal()
    pointing_requested = Signal()
    health_requested = Signal()
    import_requested = Signal()
    merge_requested = Signal()
    stale_closed = Signal()
    alert_switched = Signal(str, bool)
    """How it is told that buyers wait too long, by the name of its setting, and whether it is."""
    editing_requested = Signal(str, str)
    quit_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.paused = False
        self.side = ""
        self.has_copies: Callable[[], bool] = lambda: False
        """Whether sync programs have left copies of phrase files."""
        self.count_stale: Callable[[], int] = lambda: 0
        """How many conversations have gone quiet."""
        self.alerts_on: Callable[[], frozenset[str]] = frozenset
        """Which of the ways to tell that buyers wait too long are switched on."""
        self.theme = ThemeChoice.SYSTEM
        self.side_requested.connect(self._on_side_requested)

    def build(self, export: QMenu) -> QMenu:
        """The menu as of now; *export* becomes a part of it."""
        menu = QMenu(self._window)
        pause = menu.addAction(_("继续") if self.paused else _("暂停"))
        pause.triggered.connect(lambda: self.pause_requested.emit(not self.paused))
        menu.addAction(_("收成窄条")).triggered.connect(self.collapse_requested)
        if stale := self.count_stale():
            end = menu.addAction(_("结束没动静的 {count} 个会话").format(count=stale))
            end.triggered.connect(self.stale_closed)
        menu.addSeparator()
        sides = ((Side.RIGHT, _("客户端右边")), (Side.LEFT, _("客户端左边")))
        _add_choice(menu, _("停靠"), sides, self.side, self.side_requested)
        themes = (
            (ThemeChoice.SYSTEM, _("跟随系统")),
            (ThemeChoice.LIGHT, _("浅色")),
            (ThemeChoice.DARK, _("深色")),
        )
        _add_choice(menu, _("外观"), themes, self.theme, self.theme_requested)
        self._add_alerts(menu)
        languages = (("zh_CN", "中文"), ("en", "English"))
        _add_choice(menu, "语言 / Language", languages, wording.language(), self.language_requested)
        export.setParent(menu, export.windowFlags())
        menu.addMenu(export)
        menu.addSeparator()
        self._add_editing(menu)
        menu.addAction(_("导入话术…")).triggered.connect(self.import_requested)
        menu.addAction(_("指认买家名字…")).triggered.connect(self.pointing_requested)
        menu.addAction(_("测试客户端…")).triggered.connect(self.client_trial_requested)
        if self.has_copies():
            menu.addAction(_("合并冲突副本…")).triggered.connect(self.merge_requested)
        menu.addAction(_("自检")).triggered.connect(self.health_requested)
        menu.addSeparator()
        menu.addAction(_("退出")).triggered.connect(self.quit_requested)
        return menu

    def _add_editing(self, menu: QMenu) -> None:
        from sidebar.ui.editing_acts import EditingAct

        acts = (
            (_("新话术…"), EditingAct.NEW),
            (_("一次贴多条…"), EditingAct.PASTE),
            (_("批量修改…"), EditingAct.BULK),
            (_("撤销上一次修改"), EditingAct.UNDO),
            (_("回收站…"), EditingAct.BIN),
        )
        part = menu.addMenu(_("话术"))
        for words, act in acts:
            part.addAction(words).triggered.connect(partial(self.editing_requested.emit, str(act), ""))

    def _add_alerts(self, menu: QMenu) -> None:
        ways = (
            ("notify", _("弹出气泡")),
            ("warn_sound", _("快超时响一声")),
            ("breach_sound", _("超时响两声")),
        )
        part, on = menu.addMenu(_("等待提醒")), self.alerts_on()
        for name, words in ways:
            action = part.addAction(words)
            action.setCheckable(True)
            action.setChecked(name in on)
            action.setData(name)
        part.triggered.connect(lambda action: self.alert_switched.emit(action.data(), action.isChecked()))

    def _on_side_requested(self, side: str) -> None:
        self.side = side


def _add_choice(
    menu: QMenu, title: str, choices: Iterable[tuple[str, str]], chosen: str, requested: SignalInstance
) -> None:
    """A part of *menu* in which one of *choices* (value and label) is ticked."""
    part = menu.addMenu(title)
    group = QActionGroup(part)
    for value, label in choices:
        action = part.addAction(label)
        action.setCheckable(True)
        action.setChecked(value == chosen)
        action.setData(str(value))
        group.addAction(action)
    group.triggered.connect(lambda action: requested.emit(action.data()))
