"""Joins the editor's form to the editing behind it, for as long as the form is open."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage

from sidebar.domain.sheets import Sheet
from sidebar.errors import UserError
from sidebar.ports import Background, Cancel, Scheduler
from sidebar.services.editing import Editing
from sidebar.ui.editor_panel import EditorPanel
from sidebar.ui.enclosing import files_in, picture_in

_KEPT_AFTER = timedelta(seconds=1)
"""Of quiet, until what was typed is kept as a draft: not even a power cut costs more."""


def clipboard_text() -> str:
    """The clipboard's text; '' where it holds none."""
    return QGuiApplication.clipboard().text()


class Begin(Protocol):
    """Makes the editing, given whom it tells."""

    def __call__(
        self, *, changed: Callable[[], None], reload: Callable[[Sheet], None], over: Callable[[], None]
    ) -> Editing: ...


class EditorPresenter(QObject):
    """Lives as long as *panel*; *keep_picture* has one in a file, off the GUI thread."""

    def __init__(
        self,
        panel: EditorPanel,
        *,
        begin: Begin,
        clipboard: Callable[[], str],
        scheduler: Scheduler,
        keep_picture: Callable[[QImage], Path],
        background: Background,
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._clipboard = clipboard
        self._scheduler = scheduler
        self._keep_picture = keep_picture
        self._background = background
        self._keeping: Cancel | None = None
        self._open = True
        self._editing = begin(changed=self._on_changed, reload=panel.show_sheet, over=self._on_over)
        panel.show_view(self._editing.view)
        panel.show_sheet(self._editing.sheet)
        panel.typed.connect(self._on_typed)
        panel.left.connect(self._on_left)
        panel.destroyed.connect(self._end)
        panel.save_requested.connect(self._on_save_requested)
        panel.drop_draft_requested.connect(self._editing.drop_draft)
        panel.take_theirs_requested.connect(self._editing.take_theirs)
        panel.keep_mine_requested.connect(self._editing.keep_mine)
        panel.take_shipped_requested.connect(self._editing.take_shipped)
        panel.clipboard_requested.connect(lambda: panel.put_text(self._clipboard()))
        panel.paste_requested.connect(lambda: self._enclose(QGuiApplication.clipboard().mimeData()))
        panel.enclosing_requested.connect(self._enclose)
        panel.allow_requested.connect(self._on_allow_requested)
        panel.disallow_requested.connect(self._on_disallow_requested)
        self._editing.begin()
        self.check_again()

    def check_again(self) -> None:
        """Say anew what is to be said of what is typed."""
        if self._open:
            self._panel.show_checked(self._editing.check(self._panel.sheet()))

    def _on_typed(self) -> None:
        self.check_again()
        if self._open:
            if self._keeping is not None:
                self._keeping()
            self._keeping = self._scheduler.call_later(_KEPT_AFTER, self._keep)

    def _keep(self) -> None:
        self._keeping = None
        if self._open:
            self._editing.leave(self._panel.sheet())

    def _on_left(self) -> None:
        """Closed, or hidden with the whole sidebar."""
        if self._keeping is not None:
            self._keeping()
        self._keep()

    def _end(self) -> None:
        """The panel is gone; what is still under way is told to nobody."""
        self._open = False

    def _on_changed(self) -> None:
        if self._open:
            self._panel.show_view(self._editing.view)

    def _on_over(self) -> None:
        if self._open:
            self._panel.closed.emit()

    def _on_save_requested(self) -> None:
        if self._editing.save(self._panel.sheet()):
            # a large pack takes its time to write, and the buyer waits
            self._panel.keyboard_done.emit()
        else:
            self._panel.refuse(self._editing.slip(self._panel.sheet()))

    def _enclose(self, data: QMimeData) -> None:
        """Have what *data* is go with the phrase; a picture becomes a file first."""
        files, picture = files_in(data), picture_in(data)
        if files:
            self._panel.enclose(files)
        elif picture is not None:
            keep = partial(self._keep_picture, picture)
            self._background.run(keep, done=self._on_picture_kept, failed=self._on_picture_lost)
        else:
            self._panel.tell_nothing_to_enclose()

    def _on_picture_kept(self, path: Path) -> None:
        if self._open:
            self._panel.enclose((path,))

    def _on_picture_lost(self, error: UserError) -> None:
        if self._open:
            self._panel.tell_trouble(error)

    def _on_allow_requested(self, rule: str, reason: str) -> None:
        self._panel.change_sheet(self._editing.allow(self._panel.sheet(), rule, reason))

    def _on_disallow_requested(self, rule: str) -> None:
        self._panel.change_sheet(self._editing.disallow(self._panel.sheet(), rule))
