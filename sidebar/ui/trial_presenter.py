"""Joins the agent's answers in the wizard to the test of a client."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sidebar.domain.client_trials import Happened
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import WindowInfo
from sidebar.errors import SettingsError
from sidebar.services.client_trial import ClientTrial
from sidebar.services.following import ChatFollower
from sidebar.ui import troubles
from sidebar.ui.client_wizard import ClientWizard


class TrialPresenter(QObject):
    """Lives as long as *wizard*; *begin* makes the trial, given what to run when it has changed."""

    def __init__(
        self,
        wizard: ClientWizard,
        *,
        begin: Callable[[Callable[[], None]], ClientTrial],
        follower: ChatFollower,
        activate: Callable[[WindowInfo], object],
    ) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._follower = follower
        self._activate = activate
        self._over = False
        self._trial = begin(self._show)
        self._stop = follower.watch(self._trial.look)
        wizard.destroyed.connect(self._end)
        wizard.window_chosen.connect(self._trial.choose_window)
        wizard.client_chosen.connect(lambda name: self._trial.choose_window(client=ClientName(name)))
        wizard.part_chosen.connect(self._trial.choose_part)
        wizard.sample_requested.connect(self._trial.insert_sample)
        wizard.answered.connect(lambda happened: self._trial.answer(Happened(happened)))
        wizard.send_key_chosen.connect(self._choose_send_key)
        wizard.saved.connect(self._save)
        wizard.over_requested.connect(self._trial.start_over)
        wizard.keyboard_done.connect(self._return_keyboard)
        self._show()

    def _end(self) -> None:
        """The panel is gone; an insertion that is still under way has nobody to tell."""
        self._over = True
        self._stop()

    def _show(self) -> None:
        if not self._over:
            self._wizard.show_view(self._trial.view())

    def _choose_send_key(self, key: str) -> None:
        self._trial.choose_send_key(KeyCombo.parse(key) if key else None)

    def _return_keyboard(self) -> None:
        """To the client that is tested, while nobody else knows it for a chat."""
        window = self._trial.view().window
        if self._follower.chat is None and window is not None:
            self._activate(window)

    def _save(self, label: str) -> None:
        try:
            self._trial.save(label)
        except SettingsError as error:
            self._wizard.tell_trouble(troubles.sentence(error))
