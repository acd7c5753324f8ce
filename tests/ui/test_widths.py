"""Widths that are reckoned instead of laid out are the widths that laying out finds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.ui import fonts, painting, widths

pytestmark = pytest.mark.usefixtures("qapp")

LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=120)
MIXED = st.text("亲您好，请稍等aV1 :", max_size=60)
ANY = st.text(max_size=60)


def hanzi_are_square() -> bool:
    """Where no font with hanzi is installed a sign for what is missing stands in their place."""
    return painting.advance("亲您好", fonts.text(12)) == 36


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=LATIN, room=st.floats(40, 500))
def test_latin_text_is_as_wide_as_it_is_laid_out(text: str, room: float) -> None:
    font = fonts.text(12)
    assert widths.is_wider(text, font, room) == (painting.advance(text, font) > room)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=MIXED, room=st.floats(40, 500))
def test_hanzi_and_latin_together_are_as_wide_as_they_are_laid_out(text: str, room: float) -> None:
    if not hanzi_are_square():
        pytest.skip("no font with hanzi")
    font = fonts.text(12)
    assert widths.is_wider(text, font, room) == (painting.advance(text, font) > room)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=ANY, room=st.floats(0, 500))
def test_a_beginning_is_the_whole_or_fills_the_room(text: str, room: float) -> None:
    part = widths.beginning(text, fonts.text(12), room)
    assert text.startswith(part)
    assert part == text or len(part) * 12 > room
