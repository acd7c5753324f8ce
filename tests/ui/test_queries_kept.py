"""Each buyer has the query that was typed beside them, for as long as the conversation is open."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest

from sidebar.domain.docking import Side
from sidebar.ui.presenter import Presenter
from sidebar.ui.window import SidebarWindow
from tests.services.test_desk import Shop
from tests.ui.gestures import compose, line


class FakeNotifier:
    def announce(self, title: str, body: str) -> None: ...


@pytest.fixture
def shop(window: SidebarWindow) -> Iterator[Shop]:
    """A shop whose chat client is followed by the window."""
    made = Shop()
    presenter = Presenter(
        window=window,
        desk=made.desk,
        phrasing=made.phrasing,
        board=made.board,
        reminders=made.reminders,
        shifts=made.shifts,
        follower=made.follower,
        windows=made.desktop,
        clock=made.time,
        scheduler=made.time,
        notifier=FakeNotifier(),
        side=Side.RIGHT,
        export=lambda _: None,
        tell=lambda _: None,
        adopt_clipboard=lambda: None,
    )
    made.journal.listen(presenter.follow)
    made.follower.listen(presenter)
    presenter.begin()
    yield made
    presenter.deleteLater()


def visit(shop: Shop, title: str) -> None:
    shop.show(title)
    shop.pass_time(seconds=0)


def test_a_buyers_query_comes_back_with_the_buyer(shop: Shop, window: SidebarWindow) -> None:
    visit(shop, "王小姐")
    QTest.keyClicks(line(window, "找话术"), "wl")
    visit(shop, "李先生")
    assert window.search_text() == ""
    QTest.keyClicks(line(window, "找话术"), "tk")
    visit(shop, "王小姐")
    assert window.search_text() == "wl"
    visit(shop, "李先生")
    assert window.search_text() == "tk"


def test_a_closed_conversation_forgets_its_query(shop: Shop, window: SidebarWindow) -> None:
    visit(shop, "王小姐")
    QTest.keyClicks(line(window, "找话术"), "wl")
    shop.desk.close()
    shop.pass_time(seconds=0)
    assert window.search_text() == ""
    visit(shop, "李先生")
    visit(shop, "王小姐")
    assert window.search_text() == ""


def test_letters_an_input_method_held_come_back_as_letters(shop: Shop, window: SidebarWindow) -> None:
    visit(shop, "王小姐")
    compose(line(window, "找话术"), "wu'liu")
    visit(shop, "李先生")
    visit(shop, "王小姐")
    assert window.search_text() == "wuliu"
