"""Pack files on a real disk, changed while they are used."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sidebar import living, shelf
from sidebar.domain.settings import Settings
from sidebar.living import LivingPacks
from sidebar.paths import Home
from sidebar.qt.tasks import Tasks
from sidebar.services.complaints import Complaints
from sidebar.services.library import Library
from sidebar.services.notices import Notices
from sidebar.services.views import BrokenFiles, ConflictCopies, Notice
from sidebar.ui.window import SidebarWindow
from tests.fakes import FakeTime
from tests.ui.gestures import named, press

PACK = "phrases:\n  - {id: a, title: 一, body: x}\n  - {id: b, title: 二, body: y}\n"


class Shelf:
    """The user's own phrases, followed from the start on; time passes when told to."""

    def __init__(self, home: Home, qtbot: QtBot) -> None:
        self.path = home.phrases / "mine.yaml"
        self.qtbot = qtbot
        self.time = FakeTime()
        self.library = Library(readings=lambda _: ())
        self.shown: list[Notice | None] = []
        self.refreshed = 0
        self.tasks = Tasks()
        notices = Notices(show=self.shown.append)
        self.packs = LivingPacks(
            home=home,
            settings=Settings(shipped_phrases=False),
            language="zh",
            library=self.library,
            notices=notices,
            complaints=Complaints(notices),
            background=self.tasks,
            scheduler=self.time,
        )
        self.packs.show_changes(self._refresh)
        self.packs.begin()

    def _refresh(self) -> None:
        self.refreshed += 1

    def titles(self) -> list[str]:
        return [phrase.title for phrase in self.library.phrases()]

    def watch(self) -> None:
        self.time.advance(living.WATCHED_AFTER)

    def write(self, text: str) -> None:
        """Another program writes, and the sidebar has seen to it once *refreshed* counts."""
        before = self.refreshed
        self.path.write_text(text, encoding="utf-8")
        self.wait_for_more_than(before)

    def wait_for_more_than(self, refreshed: int) -> None:
        def seen() -> bool:
            self.time.advance(timedelta(milliseconds=100))
            return self.refreshed > refreshed

        self.qtbot.waitUntil(seen)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.ensure()
    (made.phrases / "mine.yaml").write_text(PACK, encoding="utf-8")
    return made


@pytest.fixture
def followed(home: Home, qtbot: QtBot) -> Iterator[Shelf]:
    made = Shelf(home, qtbot)
    yield made
    made.tasks.finish()


def test_a_change_on_disk_is_in_the_list(followed: Shelf) -> None:
    assert followed.titles() == ["一", "二"]
    followed.watch()
    followed.write(PACK.replace("一", "壹"))
    assert followed.titles() == ["壹", "二"]
    followed.write(PACK.replace("二", "贰"))
    assert followed.titles() == ["一", "贰"]


def test_a_broken_file_keeps_what_was_good_and_is_told_until_mended(followed: Shelf) -> None:
    followed.watch()
    followed.write("phrases: [")
    assert followed.titles() == ["一", "二"]
    notice = followed.shown[-1]
    assert isinstance(notice, BrokenFiles)
    assert "mine.yaml" in notice.sentences[0]
    assert "先用改坏之前的" in notice.sentences[0]
    followed.write(PACK)
    assert followed.shown[-1] is None


def test_what_changed_before_the_watch_began_is_seen(followed: Shelf) -> None:
    followed.path.write_text(PACK.replace("一", "壹贰"), encoding="utf-8")
    followed.watch()
    followed.wait_for_more_than(0)
    assert followed.titles() == ["壹贰", "二"]


def test_a_conflict_copy_that_comes_is_told_and_not_used(followed: Shelf) -> None:
    followed.watch()
    copy = followed.path.with_name("mine (conflicted copy).yaml")
    copy.write_text(PACK.replace("id: a", "id: z"), encoding="utf-8")
    followed.wait_for_more_than(0)
    assert followed.titles() == ["一", "二"]
    assert followed.shown[-1] == ConflictCopies(names=(copy.name,))
    copy.unlink()
    followed.wait_for_more_than(1)
    assert followed.shown[-1] is None


def test_a_large_library_follows_without_holding_the_start_up(
    home: Home, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_AT_ONCE", 10)
    large = Shelf(home, qtbot)
    assert large.titles() == []
    large.wait_for_more_than(0)
    assert large.titles() == ["一", "二"]
    large.tasks.finish()


def test_a_large_library_is_kept_for_the_next_start(
    home: Home, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_AT_ONCE", 10)
    first = Shelf(home, qtbot)
    first.wait_for_more_than(0)
    first.tasks.finish()
    assert (home.cache / "library").exists()
    again = Shelf(home, qtbot)
    again.wait_for_more_than(0)
    assert again.titles() == ["一", "二"]
    assert [hit.phrase.title for hit in again.library.search("二")] == ["二"]
    again.watch()
    again.write(PACK.replace("title: 二", "title: 三"))
    again.qtbot.waitUntil(lambda: again.titles() == ["一", "三"])
    again.tasks.finish()


def says(window: SidebarWindow, sentence: str) -> bool:
    return any(label.isVisible() and label.text() == sentence for label in window.findChildren(QLabel))


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_copies_are_merged_one_after_the_other_in_the_window(followed: Shelf, qtbot: QtBot) -> None:
    copy = followed.path.with_name("mine (conflicted copy).yaml")
    other = followed.path.with_name("mine-冲突.yaml")
    copy.write_text(
        PACK.replace("body: y", "body: z") + "  - {id: c, title: 三, body: x}\n", encoding="utf-8"
    )
    other.write_text(PACK, encoding="utf-8")
    followed.watch()
    followed.wait_for_more_than(0)
    window = SidebarWindow()
    qtbot.addWidget(window)
    window.fill()
    with qtbot.waitExposed(window):
        window.show()
    followed.packs.merge_copies(window)
    qtbot.waitUntil(lambda: says(window, "副本里有 1 条新话术，会加进原文件。"))
    press(named(window, "副本：z"))
    press(named(window, "合并"))
    qtbot.waitUntil(lambda: not copy.exists() and len(followed.packs.copies) == 1)
    qtbot.waitUntil(lambda: says(window, "副本里没有新的话术。"))
    press(named(window, "不要副本"))
    qtbot.waitUntil(lambda: not followed.packs.copies)
    qtbot.waitUntil(lambda: followed.titles() == ["一", "二", "三"])
    assert not other.exists()
    assert followed.shown[-1] is None
