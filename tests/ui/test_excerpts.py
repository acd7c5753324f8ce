"""What of a text a card shows, and where in it is what was found."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from sidebar.ui.excerpts import Excerpt, excerpt, lines
from tests.ui import samples

ROW = samples.PHRASES[0]


def shown(text: str, *spots: int) -> Excerpt:
    return excerpt(replace(ROW, text=text, in_text=spots))


def test_a_text_is_shown_from_its_beginning_in_one_run() -> None:
    assert shown("您好，\n\n 张女士") == Excerpt("您好， 张女士")


def test_what_was_found_keeps_its_place_where_line_breaks_go() -> None:
    assert shown(" 您好，\n\n 张女士", 7, 9) == Excerpt("您好， 张女士", (4, 6))


def test_what_was_found_far_in_is_shown() -> None:
    text = "一二三四五六七八九十" * 4 + "退款"
    assert shown(text, 40, 41) == Excerpt("…五六七八九十退款", (7, 8))


@pytest.mark.usefixtures("qtbot")
def test_each_line_knows_what_was_found_in_it() -> None:
    text = "退款" * 30
    parts = lines(Excerpt(text, tuple(range(60))), 293)
    assert len(parts) == 2
    assert parts[0].spots == tuple(range(len(parts[0].text)))
    assert parts[1].text.endswith("…")
    assert len(parts[1].spots) >= len(parts[1].text) - 1


def test_a_found_emoji_takes_no_neighbours_with_it(qtbot: QtBot) -> None:
    del qtbot
    (part,) = lines(Excerpt("好😊好", (1,)), 293)
    assert part == Excerpt("好😊好", (1,))
