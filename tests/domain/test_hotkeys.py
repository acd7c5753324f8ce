"""Key combinations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.hotkeys import KeyCombo, Modifier, parse_global


@pytest.mark.parametrize(
    ("text", "combo"),
    [
        ("ctrl+alt+1", KeyCombo("1", Modifier.CTRL | Modifier.ALT)),
        ("Shift + F8", KeyCombo("f8", Modifier.SHIFT)),
        ("Ctrl Ctrl", KeyCombo("ctrl", twice=True)),
        ("control control", KeyCombo("ctrl", twice=True)),
        ("win win", KeyCombo("super", twice=True)),
    ],
)
def test_reads_what_people_write(text: str, combo: KeyCombo) -> None:
    assert parse_global(text) == combo


@pytest.mark.parametrize("text", ["ctrl", "ctrl shift", "ctrl ctrl ctrl", "k k", "ctrl+ctrl", "a", ""])
def test_refuses_what_no_program_can_have(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_global(text)


def test_a_double_tap_is_nothing_to_send() -> None:
    with pytest.raises(ValueError, match="ctrl ctrl"):
        KeyCombo.parse("ctrl ctrl")


@given(st.sampled_from(["ctrl", "alt", "shift", "super"]))
def test_a_double_tap_reads_as_it_is_written(modifier: str) -> None:
    combo = KeyCombo(modifier, twice=True)
    assert parse_global(str(combo)) == combo
