"""What comes beside the window: the tray once there is one, and the word about a permission."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from sidebar.companions import look_for_tray, tell_of_permission
from sidebar.platforms import null
from sidebar.ports import Cancel, Capability, Platform
from sidebar.services.notices import Notices
from sidebar.services.views import Notice, Ungranted
from tests.fakes import FakeTime


class NoReadiness:
    def watch(self, descriptor: int, action: Callable[[], object]) -> Cancel:
        raise AssertionError(f"nothing is watched here, but {descriptor} for {action}")


def test_the_tray_is_looked_for_until_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    time, filled = FakeTime(), list[str]()
    there = [False, True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: there.pop(0))
    look_for_tray(lambda: filled.append("icon"), scheduler=time)
    time.advance(timedelta(seconds=2))
    assert filled == []
    time.advance(timedelta(hours=1))
    assert filled == ["icon"]


def test_a_desktop_without_a_tray_is_left_alone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    time, looked = FakeTime(), list[str]()

    def look() -> bool:
        looked.append("once more")
        return False

    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", look)
    look_for_tray(lambda: None, scheduler=time)
    time.advance(timedelta(days=1))
    assert len(looked) == 3


class Desk:
    """A desktop that lets us do what it says, and what is shown of it."""

    def __init__(self, *, able: Capability, grantable: Capability) -> None:
        self.changed: list[Callable[[Capability], None]] = []
        self.shown: list[Notice | None] = []
        plain: Platform = null.create(readiness=NoReadiness(), scheduler=FakeTime())
        platform = replace(plain, capabilities=able, grantable=grantable, when_changed=self.changed.append)
        tell_of_permission(platform, Notices(show=self.shown.append))

    def grant(self, able: Capability) -> None:
        for action in self.changed:
            action(able)


def test_a_missing_permission_is_told_until_it_is_granted() -> None:
    desk = Desk(able=Capability.NONE, grantable=Capability.SEND_KEYS)
    assert desk.shown == [Ungranted()]
    desk.grant(Capability.SEND_KEYS)
    assert desk.shown[-1] is None


@pytest.mark.parametrize("able", [Capability.NONE, Capability.SEND_KEYS])
def test_nothing_is_told_where_there_is_nothing_to_grant(able: Capability) -> None:
    assert Desk(able=able, grantable=Capability.NONE).shown == []
    assert Desk(able=Capability.SEND_KEYS, grantable=Capability.SEND_KEYS).shown == []
