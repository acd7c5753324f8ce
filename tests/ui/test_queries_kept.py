"""Each buyer has the query that was typed beside them, for as long as the conversation is open."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest

from sidebar.ui.window import SidebarWindow
from tests.services.test_desk import Shop
from tests.ui.gestures import compose, line
from tests.ui.shop_window import ShopWindow


@pytest.fixture
def shop(window: SidebarWindow) -> Iterator[Shop]:
    """A shop whose chat client is followed by the window."""
    made = ShopWindow(window)
    made.begin()
    yield made.shop
    made.presenter.deleteLater()


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
