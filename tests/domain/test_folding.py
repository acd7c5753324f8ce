"""What is known without Unicode's table is what the table says."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.folding import fold, letters


@pytest.mark.parametrize(
    "characters",
    [range(0x80), range(0x80, 0x4E00), range(0x4E00, 0xA000), range(0xA000, sys.maxunicode + 1, 7)],
    ids=["ASCII", "below the hanzi", "hanzi", "above them"],
)
def test_every_character_is_taken_as_unicode_has_it(characters: range) -> None:
    for character in map(chr, characters):
        folded = unicodedata.normalize("NFKC", character).casefold()
        assert fold(character) == folded
        assert letters(character) == "".join(c for c in folded if unicodedata.category(c)[0] not in "CPZ")


@given(st.text(alphabet=st.sampled_from("aZ 9-$,。，Ａ物流①é́\n"), max_size=8))
def test_characters_together_are_taken_as_unicode_has_them(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFKC", text).casefold()


def test_signs_between_the_letters_do_not_count() -> None:
    assert letters("物流 - 查询（ＥＭＳ）") == "物流查询ems"
