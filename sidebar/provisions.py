"""What the program is given to work with: the language, the chat clients, the rules of wording."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from sidebar import paths
from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.settings import Settings
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.ports import Scheduler
from sidebar.qt.tasks import Tasks
from sidebar.services.complaints import Complaints
from sidebar.services.notices import Notices
from sidebar.services.proofreading import Proofreader
from sidebar.services.views import Failure
from sidebar.shelf import wording_at_hand
from sidebar.storage.client_files import load_clients
from sidebar.ui import troubles, wording

if TYPE_CHECKING:  # no start waits for the rules
    from sidebar.storage.wording_files import LoadedWording

_RULES_AFTER = timedelta(seconds=1)


def system_language() -> str:
    """The system's language; a system that names none (`C`) speaks the interface's first."""
    system = QLocale.system()
    return "zh_CN" if system.language() is QLocale.Language.C else system.name()


def chat_clients(
    home: Home, settings: Settings, *, wanted: str, complaints: Complaints
) -> tuple[ClientProfile, ...]:
    """The clients to stand beside, *wanted* alone where one is named; raises UserError for an unknown one."""
    loaded = load_clients(
        shipped=[paths.resources() / "clients"], own=[home.clients], language=wording.language()[:2]
    )
    complaints.note("clients", map(troubles.settings_file, loaded.problems))
    profiles = tuple(settings.applied(profile) for profile in loaded.profiles)
    chosen = tuple(profile for profile in profiles if not wanted or profile.name == wanted)
    if not chosen:
        names = ", ".join(profile.name for profile in profiles)
        raise UserError(f"There is no chat client {wanted!r}; choose one of {names}.")
    return chosen


def proofreader(
    home: Home, *, complaints: Complaints, notices: Notices, tasks: Tasks, scheduler: Scheduler
) -> Proofreader:
    """Reads what is inserted by rules that are made on a thread, well after the first picture."""
    reader = Proofreader(load=lambda: wording_at_hand(home).check)

    def use(loaded: "LoadedWording") -> None:
        reader.use(loaded.check)
        complaints.tell("wording", map(troubles.settings_file, loaded.problems))

    def fail(error: UserError) -> None:
        notices.tell(Failure(sentence=troubles.sentence(error)))

    def make() -> None:
        tasks.run(partial(wording_at_hand, home), done=use, failed=fail)

    scheduler.call_later(_RULES_AFTER, make)
    return reader
