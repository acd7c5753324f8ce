"""The table of figures: ratios to the right program, goals reached or missed, words as they were said."""

import math

import pytest

from tests.bench.figures import BARE, PASTING, Figure, Goal, Measure
from tests.bench.ledger import Ledger, Row, plain, table

_FAST = Figure(title="fast", unit="ms", goals={PASTING: Goal(of=Measure.RATIO, at_most=1.5, against=BARE)})
_WHOLE = Figure(title="whole", unit="ms", goals={PASTING: Goal(of=Measure.LOST)})
_WORDS = Figure(title="words", base="", goals={PASTING: Goal(of=Measure.WORDS, words="kept")})


def _row(ledger: Ledger, figure: Figure, program: str = PASTING) -> Row:
    return next(row for row in ledger.rows([figure]) if row.program == program)


@pytest.mark.parametrize(("ours", "reached"), [(5.9, True), (6.1, False)])
def test_a_ratio_is_of_the_medians_and_compared_with_the_goal(ours: float, reached: bool) -> None:
    ledger = Ledger()
    for value in (3.0, 4.0, 50.0):
        ledger.add(_FAST, BARE, value)
    ledger.add(_FAST, PASTING, ours)
    row = _row(ledger, _FAST)
    assert row.ratio == pytest.approx(ours / 4)
    assert row.reached is reached


def test_no_goal_is_reached_against_a_program_that_was_not_measured() -> None:
    ledger = Ledger()
    ledger.add(_FAST, PASTING, 1.0)
    row = _row(ledger, _FAST)
    assert math.isnan(row.ratio)
    assert row.reached is False


def test_one_lost_try_misses_the_goal_to_lose_none() -> None:
    ledger = Ledger()
    ledger.add(_WHOLE, PASTING, 1.0)
    assert _row(ledger, _WHOLE).reached is True
    ledger.add(_WHOLE, PASTING, None)
    assert (_row(ledger, _WHOLE).reached, _row(ledger, _WHOLE).sample.tries) == (False, 2)


def test_a_program_that_lost_everything_still_has_its_row() -> None:
    ledger = Ledger()
    ledger.add(_WHOLE, BARE, None)
    assert (
        table([_row(ledger, _WHOLE, BARE)]).splitlines()[2]
        == "| whole, ms | bare script | – | – | 1 | 1 |  |  |"
    )


def test_different_answers_are_told_with_their_number() -> None:
    ledger = Ledger()
    for words in ("kept", "gone", "kept"):
        ledger.say(_WORDS, PASTING, words)
    row = _row(ledger, _WORDS)
    assert (row.words, row.reached) == ("kept (2 ×); gone (1 ×)", False)


def test_the_file_has_every_value_and_no_figure_that_json_lacks() -> None:
    ledger = Ledger()
    ledger.add(_FAST, PASTING, 1.25)
    told = plain(_row(ledger, _FAST))
    assert (told["values"], told["median"], told["ratio"]) == ([1.25], 1.25, None)


def test_a_goal_may_be_held_against_another_figure() -> None:
    own_click = Goal(of=Measure.RATIO, at_most=1.5, against=BARE, figure="fast")
    click = Figure(title="click", unit="ms", goals={PASTING: own_click})
    ledger = Ledger()
    ledger.add(_FAST, BARE, 4.0)
    ledger.add(click, BARE, 2.0)
    ledger.add(click, PASTING, 5.0)
    row = _row(ledger, click)
    assert (row.ratio, row.reached) == (2.5, True)
