"""The caret goes back only over what every program counts alike."""

import pytest

from sidebar.domain.carets import MOST_STEPS, steps_back


@pytest.mark.parametrize(
    ("text", "cursor", "steps"),
    [
        ("您好，，祝好", 3, 3),
        ("您好", 2, 0),
        ("您好", None, 0),
        ("a\nb c", 1, 4),
        ("订单（）¥9", 3, 3),
        ("好😊", 0, 0),
        ("😊好", 1, 1),
        ("e\u0301x", 0, 0),
        ("שלום", 0, 0),
        ("x" * (MOST_STEPS + 1), 0, 0),
        ("x" * (MOST_STEPS + 1), 1, MOST_STEPS),
        ("a\u200db", 0, 0),
        ("✌\ufe0f好", 0, 0),
    ],
)
def test_counts_what_one_press_passes_over(text: str, cursor: int | None, steps: int) -> None:
    assert steps_back(text, cursor) == steps
