"""A letter wrong, too many, missing or swapped: what was meant is found all the same."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sidebar.domain.hits import MatchedBy
from sidebar.domain.search import Index
from sidebar.domain.typos import is_slip
from tests.domain.finding import found, ids, only, phrase, readings, spelt


def edited(word: str) -> set[str]:
    """Every word that *word* is typed for with one slip, of the letters used here."""
    alphabet = "abcdeghilnopqstuvwx7"
    swapped = {word[:at] + word[at : at + 2][::-1] + word[at + 2 :] for at in range(len(word) - 1)}
    missing = {word[:at] + word[at + 1 :] for at in range(len(word))}
    wrong = {word[:at] + each + word[at + 1 :] for at in range(len(word)) for each in alphabet}
    added = {word[:at] + each + word[at:] for at in range(len(word) + 1) for each in alphabet}
    return swapped | missing | wrong | added


hanzi = st.text(st.sampled_from("物流核实查询退款重庆银行发货西安商品"), min_size=2, max_size=4)


@given(hanzi, st.data())
def test_letters_swapped_within_a_syllable_are_understood(title: str, data: st.DataObject) -> None:
    syllables = [readings(character)[0] for character in title]
    at = data.draw(st.sampled_from([at for at, each in enumerate(syllables) if len(each) > 1]))
    turn = data.draw(st.integers(0, len(syllables[at]) - 2))
    syllable = syllables[at]
    syllables[at] = syllable[:turn] + syllable[turn : turn + 2][::-1] + syllable[turn + 2 :]
    typed = "".join(syllables)
    assume(len(typed) >= 4)
    assert ids(Index([phrase(title)], readings).search(typed)) == [title]


@given(st.text(st.sampled_from("abc"), min_size=4, max_size=7), st.data())
def test_a_code_with_one_slip_is_understood(code: str, data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from(sorted(each for each in edited(code) if len(each) >= 4)))
    (hit,) = Index([phrase("物", code=code)], readings).search(typed)
    assert hit.why in {MatchedBy.CODE, MatchedBy.TYPO}


@given(hanzi, st.text(st.sampled_from("wuliheshcqnxtk"), min_size=4, max_size=7))
def test_what_is_found_by_a_slip_is_one_slip_away(title: str, query: str) -> None:
    for hit in Index([phrase(title)], readings).search(query):
        if hit.why is MatchedBy.TYPO:
            meant = "".join(title[at] for at in hit.matched)
            assert any(spelt(each, meant) for each in edited(query))


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("wulu", "wuliu", True),
        ("wuliuu", "wuliu", True),
        ("wuliy", "wuliu", True),
        ("wuilu", "wuliu", True),
        ("uwliu", "wuliu", True),
        ("wuliu", "wuliu", False),
        ("luwiu", "wuliu", False),
        ("wul", "wuliu", False),
        ("wxlxu", "wuliu", False),
    ],
)
def test_a_slip_is_one_letter_wrong_too_many_missing_or_swapped(typed: str, meant: str, slip: bool) -> None:
    assert is_slip(typed, meant) is slip


@pytest.mark.parametrize(
    ("title", "query", "matched"),
    [
        ("物流核实", "wuliuehshi", (0, 1, 2, 3)),
        ("物流核实", "liuehshi", (1, 2, 3)),
        ("查询物流", "wului", (2, 3)),
        ("refund policy", "refnud", (0, 1, 2, 3, 4, 5)),
        ("refund policy", "refundd", (0, 1, 2, 3, 4, 5)),
        ("refund policy", "rfund", (0, 1, 2, 3, 4, 5)),
        ("refund policy", "polixy", (7, 8, 9, 10, 11, 12)),
    ],
)
def test_what_a_slip_was_meant_for_is_shown(title: str, query: str, matched: tuple[int, ...]) -> None:
    hit = only(title, query)
    assert (hit.why, hit.matched) == (MatchedBy.TYPO, matched)


def test_three_letters_are_taken_as_they_are() -> None:
    assert found([phrase("物流核实", code="wlh")], "wlx") == []


def test_a_slip_in_one_word_is_looked_for_only_where_nothing_else_is_found() -> None:
    phrases = [phrase("物流核实", tags=("wuliu",)), phrase("退款", body="核实 wului")]
    assert found(phrases[:1], "核实 wului") == [("物流核实", MatchedBy.TYPO)]
    assert found(phrases, "核实 wului") == [("退款", MatchedBy.BODY)]


def test_all_but_one_word_must_be_typed_rightly() -> None:
    phrases = [phrase("物流核实", code="abcd", body="请稍候")]
    assert found(phrases, "稍候 wului") == [("物流核实", MatchedBy.TYPO)]
    assert found(phrases, "wului 稍候 hesih") == []
    assert found(phrases, "稍后 wului") == []
    assert found(phrases, "稍候 abdc") == [("物流核实", MatchedBy.TYPO)]
    (hit,) = Index(phrases, readings).search("稍候 wului")
    assert (hit.matched, hit.in_body) == ((0, 1), (1, 2))


@given(st.lists(hanzi, min_size=1, max_size=4, unique=True), st.data())
def test_a_title_is_found_by_its_first_character_and_the_rest_with_letters_swapped(
    titles: list[str], data: st.DataObject
) -> None:
    title = data.draw(st.sampled_from(titles))
    syllables = [readings(character)[0] for character in title[1:]]
    at = data.draw(st.sampled_from(range(len(syllables))))
    turn = data.draw(st.integers(0, max(len(syllables[at]) - 2, 0)))
    swapped = syllables[at][turn : turn + 2][::-1]
    syllables[at] = syllables[at][:turn] + swapped + syllables[at][turn + 2 :]
    typed = "".join(syllables)
    assume(len(typed) >= 4)
    hits = Index([phrase(each) for each in titles], readings).search(f"{typed} {title[0]}")
    assert hits
    if all(hit.why is MatchedBy.TYPO for hit in hits):
        assert title in ids(hits)
