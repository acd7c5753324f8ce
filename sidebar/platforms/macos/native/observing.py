"""Notifications of AppKit's and Foundation's centres, handed to a function of ours."""

from collections.abc import Callable, Sequence
from typing import Any

import objc
from Foundation import NSObject

from sidebar.platforms.macos import constants
from sidebar.ports import Cancel


class ShopSidebarObserver(NSObject):  # type: ignore[misc]  # PyObjC's types are not known here
    """Calls what it was made with; an Objective-C class, so its name is the process's to share."""

    def initWithAction_(self, action: Callable[[], object]) -> Any:  # noqa: N802 - a selector
        made = objc.super(ShopSidebarObserver, self).init()
        if made is not None:
            made.action = action
        return made

    def heard_(self, notification: object) -> None:
        del notification
        self.action()


def observed(
    centre: Any, names: Sequence[str], action: Callable[[], object], *, distributed: bool = False
) -> Cancel:
    """Run *action* at each of *names* that *centre* posts; it must only hand on, and never raise."""
    observer = ShopSidebarObserver.alloc().initWithAction_(action)
    for name in names:
        if distributed:
            centre.addObserver_selector_name_object_suspensionBehavior_(
                observer,
                "heard:",
                name,
                None,
                constants.NOTIFICATION_SUSPENSION_BEHAVIOR_DELIVER_IMMEDIATELY,
            )
        else:
            centre.addObserver_selector_name_object_(observer, "heard:", name, None)
    return lambda: centre.removeObserver_(observer)
