"""Each hotkey, pressed, does to the shop what the README says it does."""

import pytest

from sidebar.acts import answer_hotkeys
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import HOLDING, Category, Pack, Phrase
from sidebar.domain.settings import HotkeySettings
from sidebar.services.shortcuts import Shortcuts
from sidebar.ui.window import SidebarWindow
from tests.services.test_desk import PACK
from tests.services.test_desk import window as titled
from tests.services.test_shortcuts import FakeHotkeys
from tests.ui.shop_window import ShopWindow

HOLD = Phrase(id=PhraseId("hold"), title="稍候", body="3 分钟内答复您。", tags=(HOLDING["zh"],))


class Keys:
    """A shop on fakes, and the agent's keyboard."""

    def __init__(self, window: SidebarWindow) -> None:
        self.beside = ShopWindow(window)
        self.beside.begin()
        self._hotkeys = FakeHotkeys()
        answer_hotkeys(
            Shortcuts(self._hotkeys, HotkeySettings()),
            self.beside.presenter,
            self.beside.shop.desk,
            self.beside.alerts,
            window=window,
            notices=self.beside.notices,
            hookable=False,
        )

    def press(self, combo: str) -> None:
        self._hotkeys.press(KeyCombo.parse(combo))
        self.beside.shop.pass_time(seconds=1)


@pytest.fixture
def keys(window: SidebarWindow) -> Keys:
    return Keys(window)


@pytest.mark.parametrize(("number", "category"), list(enumerate(Category, start=1)))
def test_one_key_each_says_what_the_conversation_is_about(
    keys: Keys, number: int, category: Category
) -> None:
    keys.beside.visit("王小姐")
    keys.press(f"ctrl+alt+shift+{number}")
    assert keys.beside.shop.board.now_view().category is category


def test_the_clock_is_stopped_and_started_by_key(keys: Keys) -> None:
    keys.beside.visit("王小姐")
    waiting = [keys.beside.shop.board.now_view().waiting]
    for combo in ("ctrl+alt+r", "ctrl+alt+w", "ctrl+alt+n"):
        keys.press(combo)
        waiting.append(keys.beside.shop.board.now_view().waiting)
    assert waiting == [True, False, True, False]
    keys.press("ctrl+alt+e")
    assert keys.beside.shop.board.view(keys.beside.shop.time.now()).rows == ()


def test_one_key_goes_to_the_longest_wait_and_one_holds_the_buyer(keys: Keys) -> None:
    shop = keys.beside.shop
    shop.library.replace([Pack(name="hold", language="zh-CN", phrases=(HOLD,)), PACK])
    keys.beside.visit("王小姐")
    keys.beside.seconds_pass(1)
    keys.beside.visit("李先生")
    keys.beside.seconds_pass(100)
    shop.desktop.open_windows = [titled("王小姐", handle=8)]
    keys.press("ctrl+alt+j")
    assert "activate 8" in shop.desktop.log
    keys.press("ctrl+alt+0")
    assert [text for _, text in shop.desktop.typed] == ["3 分钟内答复您。"]
