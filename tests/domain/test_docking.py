"""The sidebar stands beside the chat client and never off the screen."""

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.docking import Side, dock, screen_of
from sidebar.domain.insertion import Rect

SCREEN = Rect(0, 0, 1600, 1000)
SECOND = Rect(1600, 0, 1280, 1024)


def test_stands_to_the_right_as_tall_as_the_client() -> None:
    assert dock(Rect(100, 50, 800, 700), SCREEN, side=Side.RIGHT, width=352) == Rect(904, 50, 352, 700)


def test_goes_to_the_other_side_where_there_is_no_room() -> None:
    assert dock(Rect(700, 50, 880, 700), SCREEN, side=Side.RIGHT, width=352) == Rect(344, 50, 352, 700)


def test_overlaps_inwards_where_the_client_fills_the_screen() -> None:
    assert dock(Rect(0, 0, 1600, 1000), SCREEN, side=Side.RIGHT, width=352) == Rect(1248, 0, 352, 1000)
    assert dock(Rect(0, 0, 1600, 1000), SCREEN, side=Side.LEFT, width=352) == Rect(0, 0, 352, 1000)


def test_a_low_client_gets_a_taller_neighbour() -> None:
    assert dock(Rect(100, 900, 400, 80), SCREEN, side=Side.RIGHT, width=352) == Rect(504, 440, 352, 560)


def test_stays_on_the_screen_the_client_is_on() -> None:
    client = Rect(1500, 100, 900, 600)
    assert screen_of(client, [SCREEN, SECOND]) == SECOND
    assert dock(client, SECOND, side=Side.RIGHT, width=352) == Rect(2404, 100, 352, 600)


@given(
    x=st.integers(-3000, 5000),
    y=st.integers(-3000, 5000),
    width=st.integers(1, 4000),
    height=st.integers(1, 4000),
    side=st.sampled_from(Side),
)
def test_is_always_whole_on_the_screen(x: int, y: int, width: int, height: int, side: Side) -> None:
    place = dock(Rect(x, y, width, height), SCREEN, side=side, width=352)
    assert place.x >= 0
    assert place.y >= 0
    assert place.x + place.width <= 1600
    assert place.y + place.height <= 1000
