"""Pointing at the buyer's name, by mouse and keys, with the real pointing behind the panel."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from sidebar.domain.chat_clients import ChatWindow, ClientProfile
from sidebar.domain.element_rules import ElementRule, Match
from sidebar.domain.elements import Element, Glimpse, Level, Trace
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.errors import SettingsError
from sidebar.qt.pointer import logical
from sidebar.services.pointing import Pointing
from sidebar.ui import wording
from sidebar.ui.controls import Hint, Words
from sidebar.ui.outline import Outline
from sidebar.ui.pointing_panel import PointingPanel
from sidebar.ui.pointing_presenter import PointingPresenter
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow
from tests.fakes import FakeElements, FakeTime
from tests.ui.gestures import choose, heard, line, named, open_menu, press, settle

SHOP = WindowInfo(handle=1, pid=1, program="Console", title="店铺客服")
CONSOLE = ClientProfile(name=ClientName("console"), label="店铺后台", programs=("Console",))
NAME, SIGNS = (600, 120), (600, 160)
PLACE = Rect(590, 110, 60, 20)
ENTER, ESCAPE = KeyCombo("return"), KeyCombo("escape")


def traced(words: str) -> Trace:
    return Trace(page="", levels=(Level(siblings=(Element(role="heading", words=words),), index=0),))


class Keys:
    """Hotkeys that the test presses."""

    def __init__(self) -> None:
        self.held: dict[KeyCombo, Callable[[], None]] = {}

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        self.held[combo] = action
        return True

    def unregister(self, combo: KeyCombo) -> None:
        self.held.pop(combo, None)


class Scene:
    """The window with the panel in it, beside a client that fills the rest of the screen."""

    def __init__(self, window: SidebarWindow) -> None:
        self.window = window
        window.move(0, 0)
        self.time = FakeTime()
        self.elements = FakeElements(self.time)
        self.elements.at = {
            NAME: (Glimpse(words="张三", place=PLACE), traced("张三")),
            SIGNS: (Glimpse(words="张三 - VIP", place=PLACE), traced("张三 - VIP")),
        }
        self.keys = Keys()
        self.saved: list[ElementRule] = []
        self.refuse: SettingsError | None = None
        self.chat: ChatWindow | None = ChatWindow(window=SHOP, profile=CONSOLE)
        self.watchers: list[Callable[[WindowInfo], None]] = []
        self.panel = PointingPanel(window)
        self.presenter = PointingPresenter(
            self.panel, begin=self._begin, hotkeys=self.keys, watch=self._watch
        )
        window.open_panel(self.panel)
        settle()

    def _begin(self, changed: Callable[[], None]) -> Pointing:
        return Pointing(
            elements=lambda: self.elements,
            chat=lambda: self.chat,
            frame=lambda _window: Rect(0, 0, 4000, 4000),
            save=self._save,
            take=lambda _name, _rule: None,
            changed=changed,
        )

    def _watch(self, action: Callable[[WindowInfo], None]) -> Callable[[], None]:
        self.watchers.append(action)
        return lambda: self.watchers.remove(action)

    def _save(self, name: ClientName, rule: ElementRule) -> str:
        if self.refuse is not None:
            raise self.refuse
        self.saved.append(rule)
        return f"{name}.toml"

    def rest(self, place: tuple[int, int]) -> None:
        """The mouse stays there for two looks."""
        QCursor.setPos(*place)
        for _look in range(2):
            self.presenter._look()
            self.time.advance(timedelta(milliseconds=5))
        settle()

    def press(self, *names: str) -> None:
        for name in names:
            press(named(self.window, name))
            self.time.advance(timedelta(milliseconds=5))
            settle()

    def says(self) -> str:
        kinds = (*self.panel.findChildren(Hint), *self.panel.findChildren(Words))
        return " ".join(each.text() for each in kinds if each.isVisible())

    def outline(self) -> QRect | None:
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, Outline)]
        return next((each.geometry() for each in shown if each.isVisible()), None)


@pytest.fixture
def scene(window: SidebarWindow) -> Scene:
    return Scene(window)


def test_the_name_under_the_mouse_is_read_framed_and_confirmed_by_enter(scene: Scene) -> None:
    assert not named(scene.window, "就是它").isEnabled()
    scene.rest(NAME)
    assert "张三" in scene.says()
    framed = scene.outline()
    assert framed is not None
    assert framed.contains(logical(PLACE))
    scene.keys.held[ENTER]()
    scene.time.advance(timedelta(milliseconds=5))
    settle()
    assert "买家是 张三" in scene.says()
    assert scene.keys.held == {}
    assert scene.outline() is None


def test_a_click_on_the_sidebar_confirms_what_the_mouse_rested_on_last(scene: Scene) -> None:
    scene.rest(NAME)
    QCursor.setPos(scene.window.mapToGlobal(QPoint(20, 20)))
    scene.presenter._look()
    assert scene.keys.held == {}  # typing is the client's again
    scene.press("就是它")
    assert "买家是 张三" in scene.says()


def test_another_buyer_is_the_proof_and_the_rule_is_saved(scene: Scene) -> None:
    scene.rest(NAME)
    scene.press("就是它")
    scene.elements.say("张三")
    assert not named(scene.window, "跟着变了，保存").isEnabled()
    scene.elements.say("李四")
    assert "李四" in scene.says()
    scene.press("跟着变了，保存")
    assert [rule.buyer_in("王五") for rule in scene.saved] == ["王五"]
    assert "clients/console.toml" in scene.says()
    scene.press("完成")
    assert line(scene.window, "找话术").isVisible()


def test_one_buyer_alone_is_enough_where_there_is_no_other(scene: Scene) -> None:
    scene.rest(NAME)
    scene.press("就是它", "只有一位买家")
    assert len(scene.saved) == 1


def test_the_agent_chooses_the_part_that_is_the_name(scene: Scene) -> None:
    scene.rest(SIGNS)
    scene.press("就是它", "张三   在")
    scene.elements.say("李四 - VIP")
    scene.press("跟着变了")
    assert [rule.buyer_in("王五 - VIP") for rule in scene.saved] == ["王五"]


def test_escape_leaves_and_nothing_stays_held_or_framed(scene: Scene) -> None:
    scene.rest(NAME)
    scene.keys.held[ESCAPE]()
    assert line(scene.window, "找话术").isVisible()
    assert (scene.keys.held, scene.outline()) == ({}, None)
    assert not scene.presenter._timer.isActive()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert scene.watchers == []


def test_while_the_sidebar_is_out_of_sight_nothing_is_looked_at(scene: Scene) -> None:
    scene.rest(NAME)
    scene.window.hide()
    assert (scene.keys.held, scene.outline(), scene.presenter._timer.isActive()) == ({}, None, False)
    scene.window.show()
    assert scene.presenter._timer.isActive()
    assert scene.outline() is not None


def test_pointing_again_starts_from_the_beginning(scene: Scene) -> None:
    scene.rest(NAME)
    scene.press("就是它", "重新指")
    assert "把鼠标停在" in scene.says()
    assert scene.presenter._timer.isActive()


def test_trouble_is_said_in_place_and_goes_away(scene: Scene) -> None:
    scene.rest((700, 700))
    assert "什么也读不到" in scene.says()
    scene.rest(NAME)
    assert "什么也读不到" not in scene.says()
    scene.press("就是它")
    scene.elements.say("", Match.SEVERAL)
    assert "有几处都像它" in scene.says()


def test_a_file_that_cannot_be_written_is_told_and_may_be_tried_again(scene: Scene) -> None:
    scene.refuse = SettingsError("the client could not be saved (full)", file=Path("clients/console.toml"))
    scene.rest(NAME)
    scene.press("就是它", "只有一位买家")
    assert "console.toml" in scene.says()
    scene.refuse = None
    scene.press("只有一位买家")
    assert len(scene.saved) == 1


def test_it_waits_for_a_client_and_offers_the_test_of_one(scene: Scene) -> None:
    chat, scene.chat = scene.chat, None
    scene.watchers[0](SHOP)
    settle()
    asked = heard(scene.panel.trial_requested)
    scene.press("测试客户端…")
    assert asked == [()]
    scene.chat = chat
    scene.watchers[0](SHOP)
    settle()
    assert "店铺后台" in scene.says()


def test_it_speaks_english_and_takes_the_dark(scene: Scene) -> None:
    scene.rest(NAME)
    wording.use("en")
    scene.window.retranslate()
    scene.window.use_theme(ThemeChoice.DARK)
    settle()
    assert "rest the mouse on the name" in scene.says()
    scene.press("That is it")
    assert "The buyer is 张三" in scene.says()


def test_the_menu_asks_for_it(window: SidebarWindow) -> None:
    asked = heard(window.pointing_requested)
    QTimer.singleShot(0, lambda: choose(open_menu(), "指认买家名字…"))
    press(named(window, "菜单"))
    settle()
    assert asked == [()]
