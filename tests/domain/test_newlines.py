"""Line breaks: in which pieces a text goes into the box, and with which keys between them."""

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.newlines import Newlines

CHORDS = (Newlines.SHIFT_ENTER, Newlines.CTRL_ENTER)


@given(st.text())
def test_as_it_is_means_untouched(text: str) -> None:
    assert Newlines.AS_IS.pieces(text) == (text,)


@pytest.mark.parametrize("way", CHORDS)
def test_line_by_line_keeps_blank_lines_and_spaces(way: Newlines) -> None:
    assert way.pieces("亲，您好！\r\n\n  第三行\rlast") == ("亲，您好！", "", "  第三行", "last")


@given(st.lists(st.text(ascii_letters + " 您好😊"), min_size=1), st.sampled_from(CHORDS))
def test_the_pieces_are_the_lines(lines: list[str], way: Newlines) -> None:
    assert way.pieces("\n".join(lines)) == tuple(lines)


def test_joined_lines_follow_one_another_with_a_space_and_blank_ones_are_gone() -> None:
    assert Newlines.JOINED.pieces("亲，您好！\n\n 第二行 \r\nlast\n") == ("亲，您好！ 第二行 last",)


@given(st.text(), st.sampled_from([*CHORDS, Newlines.JOINED]))
def test_no_piece_has_a_line_break_that_could_send(text: str, way: Newlines) -> None:
    assert not any(mark in piece for piece in way.pieces(text) for mark in "\r\n\u2028\u2029")


def test_enter_alone_is_never_the_chord() -> None:
    chords = {way: str(way.chord) if way.chord else None for way in Newlines}
    assert chords == {
        Newlines.AS_IS: None,
        Newlines.SHIFT_ENTER: "shift+return",
        Newlines.CTRL_ENTER: "ctrl+return",
        Newlines.JOINED: None,
    }
