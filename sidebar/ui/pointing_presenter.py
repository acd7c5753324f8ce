"""Joins the mouse, two keys and the panel to the pointing at a buyer's name."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.errors import SettingsError
from sidebar.ports import Cancel, Hotkeys
from sidebar.qt.pointer import logical, pointer
from sidebar.services.pointing import Pointing, PointingStep
from sidebar.ui import troubles
from sidebar.ui.outline import Outline
from sidebar.ui.pointing_panel import PointingPanel

_LOOK_MS = 120
"""Between two looks at where the pointer is: no desktop tells of a mouse that is over another program."""
_CONFIRM, _LEAVE = KeyCombo("return"), KeyCombo("escape")


class PointingPresenter(QObject):
    """Lives as long as *panel* and works while that can be seen.

    *begin* makes the pointing, given what to run when it has changed.
    Enter and Esc are taken from the client only while the pointer rests on a name in it: the client gets
    neither a key nor a click by this. *watch* tells of windows that come to the front.
    """

    def __init__(
        self,
        panel: PointingPanel,
        *,
        begin: Callable[[Callable[[], None]], Pointing],
        hotkeys: Hotkeys | None,
        watch: Callable[[Callable[[WindowInfo], None]], Cancel],
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._hotkeys = hotkeys
        self._held = False
        self._above = False
        self._over = False
        self._outline: Outline | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._pointing = begin(self._show)
        self._unwatch = watch(lambda _window: self._show())
        panel.destroyed.connect(self._end)
        panel.visibility_changed.connect(self._show)
        panel.confirmed.connect(self._pointing.confirm)
        panel.part_chosen.connect(self._pointing.choose_part)
        panel.saved.connect(self._save)
        panel.over_requested.connect(self._pointing.start_over)
        panel.theme_shown.connect(self._forget_outline)
        self._show()

    def _show(self) -> None:
        if self._over:
            return
        view = self._pointing.view()
        pointing = view.step is PointingStep.POINT and self._panel.isVisible()
        # before the words can be seen: the Enter that answers them must not be the client's
        self._hold_keys(pointing and self._above and bool(view.words))
        self._panel.show_view(view)
        if pointing:
            self._timer.start()
        else:
            self._timer.stop()
        self._frame(view.place if pointing else None)

    def _frame(self, place: Rect | None) -> None:
        if self._outline is None and place is not None:
            self._outline = Outline(self._panel, self._panel.shown)
        if self._outline is not None:
            self._outline.show_around(logical(place) if place is not None else None)

    def _look(self) -> None:
        ours = self._panel.window().frameGeometry().contains(QCursor.pos())
        self._above = not ours and self._pointing.rest(pointer())
        self._hold_keys(self._above and bool(self._pointing.view().words))

    def _hold_keys(self, held: bool) -> None:
        if held == self._held or self._hotkeys is None:
            return
        self._held = held
        for combo, act in ((_CONFIRM, self._pointing.confirm), (_LEAVE, self._panel.closed.emit)):
            if held:
                self._hotkeys.register(combo, act)
            else:
                self._hotkeys.unregister(combo)

    def _save(self) -> None:
        try:
            self._pointing.save()
        except SettingsError as error:
            self._panel.tell_trouble(troubles.sentence(error))

    def _forget_outline(self) -> None:
        """It is drawn in the theme's colour: the next one will be."""
        if self._outline is not None:
            self._outline.deleteLater()
            self._outline = None

    def _end(self) -> None:
        """The panel is gone, with what it held and framed; who answers late has nobody to tell."""
        self._over = True
        self._unwatch()
        self._pointing.end()
