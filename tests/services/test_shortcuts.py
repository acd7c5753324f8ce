"""Hotkeys are taken one by one, and no press is lost because the program is only just starting."""

from collections.abc import Callable

from sidebar.domain.hotkeys import KeyCombo, parse_global
from sidebar.domain.settings import HotkeySettings
from sidebar.services.shortcuts import Shortcuts
from tests.fakes import FakeHookedKeys

SEARCH, SECOND, HIDE = (KeyCombo.parse(text) for text in ("ctrl+alt+f", "ctrl+alt+2", "ctrl+alt+h"))
NAMES = (
    "search",
    "customer_wrote",
    "answered",
    "no_reply_needed",
    "close",
    "urgent",
    "holding",
    "hide",
    *(f"insert {n}" for n in range(1, 10)),
    *(f"category {n}" for n in range(1, 8)),
)


class FakeHotkeys:
    """Takes every key but those another program has; `press` is the agent's finger."""

    def __init__(self, *taken: KeyCombo) -> None:
        self._taken = taken
        self._actions: dict[KeyCombo, Callable[[], None]] = {}

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        if combo in self._taken:
            return False
        self._actions[combo] = action
        return True

    def unregister(self, combo: KeyCombo) -> None:
        del self._actions[combo]

    def press(self, combo: KeyCombo) -> None:
        self._actions[combo]()


def recording(done: list[str]) -> dict[str, Callable[[], None]]:
    def act(name: str) -> Callable[[], None]:
        return lambda: done.append(name)

    return {name: act(name) for name in NAMES}


def test_each_key_does_what_its_setting_says() -> None:
    hotkeys, done = FakeHotkeys(), list[str]()
    shortcuts = Shortcuts(hotkeys, HotkeySettings())
    shortcuts.answer(recording(done))
    for combo in (HIDE, SECOND, SEARCH):
        hotkeys.press(combo)
    assert done == ["hide", "insert 2", "search"]
    assert set(shortcuts.held) == set(NAMES)


def test_a_press_that_comes_too_early_is_answered_later_and_once() -> None:
    hotkeys, done = FakeHotkeys(), list[str]()
    shortcuts = Shortcuts(hotkeys, HotkeySettings())
    hotkeys.press(SECOND)
    hotkeys.press(SEARCH)
    assert done == []
    shortcuts.answer(recording(done))
    assert done == ["insert 2", "search"]
    hotkeys.press(SECOND)
    assert done == ["insert 2", "search", "insert 2"]


def test_a_key_of_another_program_is_told_and_the_others_live() -> None:
    hotkeys, done = FakeHotkeys(SEARCH), list[str]()
    shortcuts = Shortcuts(hotkeys, HotkeySettings())
    shortcuts.answer(recording(done))
    hotkeys.press(SECOND)
    assert shortcuts.refused == [SEARCH]
    assert "search" not in shortcuts.held
    assert done == ["insert 2"]


def test_a_key_that_is_switched_off_is_not_taken() -> None:
    shortcuts = Shortcuts(FakeHotkeys(), HotkeySettings(search=None, insert=(None, SECOND)))
    assert "search" not in shortcuts.held
    assert {name: combo for name, combo in shortcuts.held.items() if name.startswith("insert")} == {
        "insert 2": SECOND
    }


def test_a_desktop_without_hotkeys_takes_and_refuses_none() -> None:
    shortcuts = Shortcuts(None, HotkeySettings())
    assert (shortcuts.held, shortcuts.refused) == ({}, [])


def test_what_cannot_be_taken_is_heard_by_the_helper_where_that_is_wanted() -> None:
    hotkeys, hooked, done = FakeHotkeys(SEARCH), FakeHookedKeys(), list[str]()
    shortcuts = Shortcuts(hotkeys, HotkeySettings(), hooked=hooked)
    shortcuts.answer(recording(done))
    assert list(hooked.combos) == [SEARCH]
    hooked.press(SEARCH)
    hotkeys.press(SECOND)
    assert done == ["search", "insert 2"]
    assert (shortcuts.refused, set(shortcuts.held)) == ([], set(NAMES))


def test_a_double_tap_is_for_the_helper_alone() -> None:
    twice = parse_global("ctrl ctrl")
    hotkeys, hooked, done = FakeHotkeys(), FakeHookedKeys(), list[str]()
    assert Shortcuts(hotkeys, HotkeySettings(search=twice)).refused == [twice]
    shortcuts = Shortcuts(hotkeys, HotkeySettings(search=twice), hooked=hooked)
    shortcuts.answer(recording(done))
    hooked.press(twice)
    assert done == ["search"]
    assert shortcuts.refused == []
