"""What is tried next with a chat client, as the agent tells what happened."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.client_trials import Attempt, Happened, next_attempt
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.newlines import Newlines

PASTE, ACCESSIBILITY = InsertionPath.PASTE, InsertionPath.ACCESSIBILITY


def tries(first: Attempt, answers: Sequence[Happened]) -> list[tuple[InsertionPath, Newlines]]:
    """What is tried while *answers* come."""
    tried = [first]
    for answer in answers:
        following = next_attempt(tried, answer)
        if following is None:
            break
        tried.append(following)
    return [(each.path, each.newlines) for each in tried]


def test_a_client_that_sends_at_every_line_break_ends_with_joined_lines() -> None:
    assert tries(Attempt(), [Happened.SENT] * 9) == [
        (PASTE, Newlines.AS_IS),
        (PASTE, Newlines.SHIFT_ENTER),
        (PASTE, Newlines.CTRL_ENTER),
        (PASTE, Newlines.JOINED),
    ]


def test_an_empty_box_calls_for_the_other_path_once() -> None:
    assert tries(Attempt(), [Happened.NOTHING] * 9) == [
        (PASTE, Newlines.AS_IS),
        (ACCESSIBILITY, Newlines.AS_IS),
    ]


def test_keys_are_not_tried_where_nothing_can_be_pasted() -> None:
    assert tries(Attempt(), [Happened.NOTHING, Happened.JOINED]) == [
        (PASTE, Newlines.AS_IS),
        (ACCESSIBILITY, Newlines.AS_IS),
        (ACCESSIBILITY, Newlines.JOINED),
    ]


def test_from_accessibility_line_breaks_go_on_by_keys() -> None:
    assert tries(Attempt(path=ACCESSIBILITY), [Happened.FIRST_ONLY]) == [
        (ACCESSIBILITY, Newlines.AS_IS),
        (PASTE, Newlines.SHIFT_ENTER),
    ]


@pytest.mark.parametrize("newlines", Newlines)
def test_two_lines_settle_it_and_one_line_does_where_that_was_wanted(newlines: Newlines) -> None:
    attempt = Attempt(newlines=newlines)
    settled = {happened for happened in Happened if attempt.settled(happened)}
    wanted = {Happened.JOINED} if newlines is Newlines.JOINED else set[Happened]()
    assert settled == {Happened.TWO_LINES} | wanted


@given(st.sampled_from(InsertionPath), st.lists(st.sampled_from(Happened), min_size=8, max_size=8))
def test_it_ends_and_tries_nothing_twice(path: InsertionPath, answers: list[Happened]) -> None:
    tried = tries(Attempt(path=path), answers)
    assert len(set(tried)) == len(tried) <= 6
