"""The wizard that tests a chat client, by clicks, with the real trial behind it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import Insertion, Outcome, Result, WindowInfo
from sidebar.domain.newlines import Newlines
from sidebar.errors import SettingsError
from sidebar.services.client_trial import ClientTrial
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Done
from sidebar.ui import wording
from sidebar.ui.client_wizard import ClientWizard
from sidebar.ui.controls import Hint
from sidebar.ui.trial_presenter import TrialPresenter
from sidebar.ui.window import SidebarWindow
from tests.fakes import FakeDesktop, FakeTime
from tests.ui.gestures import choose, heard, line, named, open_menu, press, settle

SHOP = WindowInfo(handle=7, pid=70, program="ShopChat", title="[2] 王小姐 & 先生 - 店铺客服")
NOTES = WindowInfo(handle=8, pid=80, program="Notes", title="notes")
KNOWN = ClientProfile(name=ClientName("qianniu"), label="千牛", programs=("AliWorkbench.exe",))


class Scene:
    """The window with the wizard in it; insertions end as `outcome` says."""

    def __init__(self, window: SidebarWindow) -> None:
        self.window = window
        self.outcome = Outcome.INSERTED
        self.texts: list[str] = []
        self.saved: list[ClientProfile] = []
        self.refuse: SettingsError | None = None
        self.desktop = FakeDesktop(FakeTime(), front=SHOP)
        self.desktop.open_windows = [NOTES, SHOP]
        self.follower = ChatFollower(windows=self.desktop, boxes=self.desktop, profiles=[KNOWN])
        self.follower.begin()
        self.wizard = ClientWizard(window)
        self.presenter = TrialPresenter(
            self.wizard, begin=self._begin, follower=self.follower, activate=self.desktop.activate
        )
        window.open_panel(self.wizard)
        settle()

    def _begin(self, changed: Callable[[], None]) -> ClientTrial:
        return ClientTrial(
            all_windows=self.desktop.all,
            front=self.desktop.active,
            profiles=self.follower.profiles,
            insert=self._insert,
            new_id=lambda: "i",
            today=date(2026, 11, 21),
            save=self._save,
            take=lambda _profile: None,
            changed=changed,
        )

    def _insert(self, insertion: Insertion, done: Done) -> None:
        self.texts.append(insertion.text)
        done(Result(insertion=insertion, outcome=self.outcome))

    def _save(self, profile: ClientProfile) -> str:
        if self.refuse is not None:
            raise self.refuse
        self.saved.append(profile)
        return f"{profile.name}.toml"

    def press(self, *names: str) -> None:
        for name in names:
            press(named(self.window, name))
            settle()

    def says(self) -> str:
        return " ".join(hint.text() for hint in self.wizard.findChildren(Hint) if hint.isVisible())


@pytest.fixture
def scene(window: SidebarWindow) -> Scene:
    return Scene(window)


def test_five_steps_make_a_profile(scene: Scene) -> None:
    scene.press("就测这个窗口", "王小姐 & 先生   在", "插入两行试试", "发出去了")
    assert "换个办法再试" in scene.says()
    scene.press("插入两行试试", "输入框里是两行", "Ctrl+Enter", "保存")
    assert scene.texts == ["测试第一行，请不要发送\n测试第二行"] * 2
    (profile,) = scene.saved
    assert (profile.label, profile.paste.newlines) == ("ShopChat", Newlines.SHIFT_ENTER)
    assert str(profile.paste.send_combo) == "ctrl+return"
    assert "clients/shopchat.toml" in scene.says()
    scene.press("完成")
    assert line(scene.window, "找话术").isVisible()


def test_where_the_title_names_nobody_the_name_can_be_pointed_at_next(scene: Scene) -> None:
    asked = heard(scene.wizard.pointing_requested)
    scene.press("就测这个窗口", "都不是", "插入两行试试", "输入框里是两行", "不知道", "保存", "指认买家名字…")
    assert (asked, scene.saved[0].buyer) == ([()], None)


def test_the_phrases_make_room_and_come_back(scene: Scene) -> None:
    search = line(scene.window, "找话术")
    assert not search.isVisible()
    scene.press("关闭")
    assert search.isVisible()


def test_the_search_hotkey_brings_the_phrases_back(scene: Scene) -> None:
    scene.window.take_keyboard()
    assert line(scene.window, "找话术").isVisible()


def test_only_typing_the_name_asks_for_the_keyboard(scene: Scene) -> None:
    taken = heard(scene.window.keyboard_taken)
    scene.press("就测这个窗口", "王小姐 & 先生   在", "插入两行试试", "输入框里是两行", "不知道")
    assert taken == []
    line(scene.window, "客户端的名字").keyboard_wanted.emit()
    assert len(taken) == 1
    scene.press("保存")
    assert not scene.window.has_keyboard
    assert "activate 7" in scene.desktop.log


def test_it_follows_the_window_in_front_until_one_is_chosen(scene: Scene) -> None:
    scene.desktop.bring_to_front(NOTES)
    settle()
    scene.press("就测这个窗口")
    assert named(scene.window, "notes   整个标题").isVisible()


def test_another_window_and_a_known_client_are_in_menus(scene: Scene) -> None:
    scene.press("别的窗口")
    choose(open_menu(), "Notes   notes")
    settle()
    assert named(scene.window, "notes   整个标题").isVisible()
    scene.press("从头再来", "它其实是")
    choose(open_menu(), "千牛")
    settle()
    scene.press("王小姐 & 先生   在", "插入两行试试", "输入框里是两行", "不知道", "保存")
    assert [profile.name for profile in scene.saved] == ["qianniu"]


def test_a_refusal_says_why_and_the_button_stays(scene: Scene) -> None:
    scene.outcome = Outcome.NOT_IN_FRONT
    scene.press("就测这个窗口", "王小姐 & 先生   在", "插入两行试试")
    assert "不在最前面" in scene.says()
    assert named(scene.window, "插入两行试试").isEnabled()


def test_a_file_that_cannot_be_written_is_told_and_may_be_tried_again(scene: Scene) -> None:
    scene.refuse = SettingsError("the client could not be saved (full)", file=Path("clients/shopchat.toml"))
    scene.press("就测这个窗口", "王小姐 & 先生   在", "插入两行试试", "输入框里是两行", "不知道", "保存")
    assert "shopchat.toml" in scene.says()
    scene.refuse = None
    scene.press("保存")
    assert len(scene.saved) == 1


def test_an_insertion_that_ends_after_the_panel_was_closed_tells_nobody(scene: Scene) -> None:
    scene.press("就测这个窗口", "王小姐 & 先生   在")
    trial = scene.presenter._trial
    scene.press("关闭")
    scene.wizard.deleteLater()
    settle()
    trial.insert_sample("one\ntwo")
    scene.desktop.bring_to_front(NOTES)


def test_it_speaks_english(scene: Scene) -> None:
    wording.use("en")
    scene.window.retranslate()
    settle()
    scene.press(
        "Test this window", "王小姐 & 先生   before", "Insert two lines", "Two lines in the input box"
    )
    assert "Which key sends" in scene.says()
