"""What is granted, what is missing without it, and noticing when it comes."""

from datetime import timedelta

import pytest

from sidebar.platforms.macos.permissions import LOOK, MacPermissions
from sidebar.ports import Capability
from tests.fakes import FakeTime
from tests.platforms.macos.fake_elements import FakePermissions

ALWAYS = Capability.GLOBAL_HOTKEYS | Capability.TRACK_WINDOW | Capability.CLIPBOARD_FORMATS
TRUSTED = ALWAYS | Capability.SEND_KEYS | Capability.READ_TITLE | Capability.ACCESSIBILITY


class Desk:
    def __init__(self, *, trust: bool) -> None:
        self.time = FakeTime()
        self.granted = FakePermissions()
        self.granted.trust = trust
        self.readable = True
        self.permissions = MacPermissions(
            permissions=self.granted, readable=lambda: self.readable, scheduler=self.time
        )
        self.told: list[Capability] = []
        self.permissions.when_changed(self.told.append)


@pytest.fixture
def denied() -> Desk:
    return Desk(trust=False)


def test_with_accessibility_all_can_be_done_and_nobody_is_asked() -> None:
    desk = Desk(trust=True)
    assert desk.permissions.capabilities() == TRUSTED
    assert desk.granted.asked == 0
    desk.time.advance(timedelta(hours=1))
    assert desk.told == []


def test_without_it_the_user_is_asked_once_and_phrases_are_copied_only(denied: Desk) -> None:
    assert denied.granted.asked == 1
    assert denied.permissions.capabilities() == ALWAYS
    denied.time.advance(timedelta(minutes=1))
    assert denied.granted.asked == 1


def test_where_reading_the_clipboard_would_ask_it_is_said(denied: Desk) -> None:
    denied.readable = False
    assert Capability.CLIPBOARD_FORMATS not in denied.permissions.capabilities()


def test_a_grant_is_noticed_within_a_second_and_told_once(denied: Desk) -> None:
    denied.time.advance(timedelta(seconds=30))
    denied.granted.trust = True
    denied.time.advance(LOOK)
    assert denied.told == [TRUSTED]
    denied.time.advance(timedelta(minutes=1))
    assert denied.told == [TRUSTED]


def test_each_grant_counts_for_itself(denied: Desk) -> None:
    denied.granted.post = True
    denied.time.advance(LOOK)
    denied.granted.titles = True
    denied.time.advance(LOOK)
    assert denied.told == [
        ALWAYS | Capability.SEND_KEYS,
        ALWAYS | Capability.SEND_KEYS | Capability.READ_TITLE,
    ]


def test_closing_ends_the_looking(denied: Desk) -> None:
    denied.permissions.close()
    denied.granted.trust = True
    denied.time.advance(timedelta(minutes=1))
    assert denied.told == []
