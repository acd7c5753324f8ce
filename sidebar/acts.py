"""What each hotkey does, by the name of its setting."""

from collections.abc import Callable
from functools import partial

from sidebar.domain.phrases import Category
from sidebar.services.desk import Desk
from sidebar.services.notices import Notices
from sidebar.services.shortcuts import Shortcuts
from sidebar.services.views import TakenHotkeys
from sidebar.ui.alerts import Alerts
from sidebar.ui.presenter import Presenter
from sidebar.ui.window import SidebarWindow


def answer_hotkeys(
    shortcuts: Shortcuts,
    presenter: Presenter,
    desk: Desk,
    alerts: Alerts,
    *,
    window: SidebarWindow,
    notices: Notices,
    hookable: bool,
) -> None:
    """Do what the hotkeys say from now on; tell of those that could not be had."""
    if shortcuts.refused:
        notices.tell(TakenHotkeys(combos=tuple(shortcuts.refused), hookable=hookable))
    if "search" in shortcuts.held:
        window.set_search_hotkey(str(shortcuts.held["search"]))
    shortcuts.answer(_acts(presenter, desk, alerts))


def _acts(presenter: Presenter, desk: Desk, alerts: Alerts) -> dict[str, Callable[[], None]]:
    """Those of the list by its numbers, those of the kinds of conversation in the playbook's order."""
    acts: dict[str, Callable[[], None]] = {
        "search": presenter.open_search,
        "customer_wrote": desk.customer_wrote,
        "answered": desk.answered,
        "no_reply_needed": desk.no_reply_needed,
        "close": desk.close,
        "urgent": alerts.jump,
        "holding": alerts.hold,
        "hide": presenter.toggle,
    }
    for number in range(1, 10):
        acts[f"insert {number}"] = partial(presenter.insert_number, number)
    for number, category in enumerate(Category, start=1):
        acts[f"category {number}"] = partial(desk.set_category, category)
    return acts
