"""What the program is given to work with: the language, the chat clients, the rules of wording."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from sidebar import paths
from sidebar.domain.chat_clients import ClientProfile
from sidebar.errors import UserError
from sidebar.services.proofreading import Proofreader
from sidebar.services.views import Failure
from sidebar.shelf import wording_at_hand
from sidebar.storage.client_files import load_clients
from sidebar.surroundings import Surroundings
from sidebar.ui import troubles, wording

if TYPE_CHECKING:  # no start waits for the rules
    from sidebar.storage.wording_files import LoadedWording

_RULES_AFTER = timedelta(seconds=1)


def system_language() -> str:
    """The system's language; a system that names none (`C`) speaks the interface's first."""
    system = QLocale.system()
    return "zh_CN" if system.language() is QLocale.Language.C else system.name()


def chat_clients(around: Surroundings) -> tuple[ClientProfile, ...]:
    """The clients to stand beside, one alone where one is wanted; raises UserError for an unknown one."""
    loaded = load_clients(
        shipped=[paths.resources() / "clients"],
        own=[around.home.clients],
        language=wording.language()[:2],
    )
    around.complaints.note("clients", map(troubles.settings_file, loaded.problems))
    profiles = tuple(around.settings.applied(profile) for profile in loaded.profiles)
    wanted = around.client
    chosen = tuple(profile for profile in profiles if not wanted or profile.name == wanted)
    if not chosen:
        names = ", ".join(profile.name for profile in profiles)
        raise UserError(f"There is no chat client {wanted!r}; choose one of {names}.")
    return chosen


def proofreader(around: Surroundings) -> Proofreader:
    """Reads what is inserted by rules that are made on a thread, well after the first picture."""
    home = around.home
    reader = Proofreader(load=lambda: wording_at_hand(home).check)

    def use(loaded: "LoadedWording") -> None:
        reader.use(loaded.check)
        around.complaints.tell("wording", map(troubles.settings_file, loaded.problems))

    def fail(error: UserError) -> None:
        around.notices.tell(Failure(sentence=troubles.sentence(error)))

    def make() -> None:
        around.tasks.run(partial(wording_at_hand, home), done=use, failed=fail)

    around.scheduler.call_later(_RULES_AFTER, make)
    return reader
