"""What is found among keys typed anywhere, and how little is remembered of them."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.platforms.windows.typing_helper import key_name
from sidebar.platforms.windows.typing_watch import DOUBLE_TAP, Key, Match, TypingWatch, Wanted

_SHIFTED = {"!": "1", ":": ";"}


class Hands:
    """Types for a watch; a character's place on the keyboard is that of its unshifted self."""

    def __init__(self, wanted: Wanted, codes: dict[str, Iterable[int]] | None = None) -> None:
        self.watch = TypingWatch(wanted, codes=codes)
        self.now = 100.0
        self.found: list[Match] = []

    def down(self, name: str) -> None:
        self._key(name, down=True)

    def up(self, name: str) -> None:
        self._key(name, down=False)

    def tap(self, *names: str) -> None:
        for name in names:
            self.down(name)
            self.up(name)

    def type(self, text: str) -> None:
        self.tap(*("space" if character == " " else character for character in text))

    def _key(self, name: str, *, down: bool) -> None:
        self.now += 0.01
        code = sum(map(ord, _SHIFTED.get(name, name)))
        self.found += self.watch.hear(Key(name=name, code=code, down=down, at=self.now))


def _looking_for(*typed: str) -> Hands:
    return Hands(Wanted(typed={each: each for each in typed}))


def test_an_abbreviation_ends_with_a_space() -> None:
    hands = _looking_for(";tk")
    hands.type("您好 ;tk")
    assert hands.found == []
    hands.type(" ")
    assert hands.found == [Match(id=";tk", remove=4)]


def test_one_typed_twice_is_found_twice() -> None:
    hands = _looking_for(";tk")
    hands.type(";tk ;tk ")
    assert [match for match in hands.found if match.remove] == [Match(id=";tk", remove=4)] * 2


def test_what_is_typed_after_an_abbreviation_is_told_once() -> None:
    hands = _looking_for(";tk")
    hands.type(";tk ")
    hands.tap("shift")
    assert hands.found == [Match(id=";tk", remove=4)]
    hands.type("ok")
    assert hands.found[1:] == [Match(id=";tk", typed_on=True)]


def test_what_is_typed_elsewhere_does_not_concern_an_abbreviation() -> None:
    hands = _looking_for(";tk")
    hands.type(";tk ")
    hands.watch.forget()
    hands.type("ok")
    assert hands.found == [Match(id=";tk", remove=4)]


def test_the_longest_of_several_is_meant() -> None:
    hands = _looking_for("k", ";tk", "tk")
    hands.type(";tk ")
    assert hands.found == [Match(id=";tk", remove=4)]


def test_one_that_begins_like_a_word_does_not_end_one() -> None:
    hands = _looking_for("tk")
    hands.type("stk ")
    assert hands.found == []
    hands.type("tk ")
    assert hands.found == [Match(id="tk", remove=3)]


def test_what_is_corrected_counts_as_corrected() -> None:
    hands = _looking_for(";tk")
    hands.type(";tx")
    hands.tap("backspace")
    hands.type("k ")
    assert hands.found == [Match(id=";tk", remove=4)]


@pytest.mark.parametrize("name", ["left", "home", "return", "tab", "escape", "delete", "f8", ""])
def test_a_key_that_may_move_the_caret_makes_forget(name: str) -> None:
    hands = _looking_for(";tk")
    hands.type(";t")
    hands.tap(name)
    hands.type("k ")
    assert hands.found == []


@pytest.mark.parametrize("modifier", ["ctrl", "alt", "super"])
def test_a_command_makes_forget(modifier: str) -> None:
    hands = _looking_for(";tk")
    hands.type(";t")
    hands.down(modifier)
    hands.tap("v")
    hands.up(modifier)
    hands.type("k ")
    assert hands.found == []


def test_shift_makes_characters() -> None:
    hands = _looking_for(":TK")
    hands.down("shift")
    hands.tap(":", "T", "K")
    hands.up("shift")
    hands.type(" ")
    assert hands.found == [Match(id=":TK", remove=4)]


def test_another_window_makes_forget() -> None:
    hands = _looking_for(";tk")
    hands.type(";tk")
    hands.watch.forget()
    hands.type(" ")
    assert hands.found == []


@given(st.text(alphabet="abc;tk 1", max_size=60))
def test_no_more_is_remembered_than_the_longest_needs(typed: str) -> None:
    hands = _looking_for(";tk", "ab")
    hands.type(typed)
    assert len(hands.watch._tail) <= len(";tk ") + 1


@given(st.text(alphabet=" ;tkx", max_size=40))
def test_as_many_are_found_as_were_typed(typed: str) -> None:
    hands = _looking_for(";tk")
    hands.type(typed)
    assert sum(not match.typed_on for match in hands.found) == typed.count(";tk ")


def _chord(combo: str, codes: dict[str, Iterable[int]] | None = None) -> Hands:
    return Hands(Wanted(chords={"h": KeyCombo.parse(combo)}), codes)


def test_a_chord_is_found_once_however_long_it_is_held() -> None:
    hands = _chord("ctrl+alt+v")
    hands.down("ctrl")
    hands.down("alt")
    for _ in range(5):
        hands.down("v")
    assert hands.found == [Match(id="h")]


def test_a_modifier_too_many_is_another_chord() -> None:
    hands = _chord("ctrl+v")
    hands.down("ctrl")
    hands.down("shift")
    hands.down("v")
    assert hands.found == []


def test_a_chord_with_shift_is_known_by_the_keys_place() -> None:
    hands = _chord("ctrl+shift+1", {"1": [ord("1")]})
    hands.down("ctrl")
    hands.down("shift")
    hands.down("!")
    assert hands.found == [Match(id="h")]


def test_a_release_that_was_missed_breaks_chords_only_until_the_keys_are_let_go() -> None:
    hands = _chord("f8")
    hands.down("super")
    hands.tap("f8")
    assert hands.found == []
    hands.watch.let_go()
    hands.tap("f8")
    assert hands.found == [Match(id="h")]


def _taps(modifier: Modifier) -> Hands:
    return Hands(Wanted(taps={"t": modifier}))


def test_two_taps_of_a_modifier_are_found() -> None:
    hands = _taps(Modifier.CTRL)
    hands.tap("ctrl", "ctrl")
    assert hands.found == [Match(id="t")]
    hands.tap("ctrl")
    assert hands.found == [Match(id="t")]


def test_two_slow_taps_are_none() -> None:
    hands = _taps(Modifier.CTRL)
    hands.tap("ctrl")
    hands.now += DOUBLE_TAP
    hands.tap("ctrl")
    assert hands.found == []


@pytest.mark.parametrize("between", ["v", "shift"])
def test_another_key_between_parts_two_taps(between: str) -> None:
    hands = _taps(Modifier.CTRL)
    hands.tap("ctrl", between, "ctrl")
    assert hands.found == []


def test_a_modifier_used_in_a_chord_was_not_tapped() -> None:
    hands = _taps(Modifier.CTRL)
    hands.tap("ctrl")
    hands.down("ctrl")
    hands.tap("v")
    hands.up("ctrl")
    assert hands.found == []


def test_what_is_wanted_comes_through_a_line() -> None:
    wanted = Wanted(
        typed={"1": ";退款"},
        chords={"2": KeyCombo.parse("ctrl+alt+1")},
        taps={"3": Modifier.SHIFT},
    )
    line = wanted.to_line()
    assert line.isascii()
    assert "\n" not in line
    assert Wanted.from_line(line) == wanted


def test_nothing_wanted_is_false() -> None:
    assert not Wanted()
    assert Wanted(taps={"1": Modifier.CTRL})


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        *(("left ctrl", "ctrl"), ("right shift", "shift"), ("left windows", "super"), ("alt", "alt")),
        *(("enter", "return"), ("esc", "escape"), ("page up", "pageup"), ("left", "left")),
        *((";", ";"), ("space", "space"), ("alt gr", "altgr"), (None, "")),
    ],
)
def test_keys_are_named_as_everywhere_else(theirs: str | None, ours: str) -> None:
    assert key_name(theirs) == ours
