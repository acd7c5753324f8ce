"""How times and figures are written."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sidebar.domain.due_times import DueTimeError, DueTimeProblem
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.phrases import Category, Colour, Stage
from sidebar.services.views import MatchedBy
from sidebar.ui import wording

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (24, "00:24"), (192, "03:12"), (3599, "59:59"), (3600, "1:00:00"), (3727, "1:02:07")],
)
def test_a_wait_is_minutes_and_seconds_and_hours_when_there_are_any(seconds: int, shown: str) -> None:
    assert wording.wait(timedelta(seconds=seconds)) == shown


def test_a_wait_does_not_round_up() -> None:
    assert wording.wait(timedelta(seconds=59, milliseconds=999)) == "00:59"


def test_a_wait_before_its_beginning_is_none() -> None:
    assert wording.wait(timedelta(seconds=-3)) == "00:00"


def test_a_shift_is_hours_and_minutes() -> None:
    assert wording.shift_clock(timedelta(hours=3, minutes=42, seconds=59)) == "03:42"


@pytest.mark.parametrize(
    ("left", "chinese", "english"),
    [
        (timedelta(minutes=23, seconds=40), "23 分", "23 min"),
        (timedelta(seconds=40), "不到 1 分", "< 1 min"),
        (timedelta(hours=3, minutes=50), "3 小时", "3 h"),
        (timedelta(days=2, hours=5), "2 天", "2 d"),
        (timedelta(seconds=-20), "刚到点", "just due"),
        (timedelta(minutes=-5), "超 5 分", "5 min late"),
        (timedelta(hours=-26), "超 1 天", "1 d late"),
    ],
)
def test_time_left_is_told_in_the_unit_that_matters(left: timedelta, chinese: str, english: str) -> None:
    assert wording.left(left) == chinese
    wording.use("en")
    assert wording.left(left) == english


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (datetime(2026, 11, 21, 18, 0, tzinfo=CHINA), "18:00", "18:00"),
        (datetime(2026, 11, 22, 10, 0, tzinfo=CHINA), "明天 10:00", "tomorrow 10:00"),
        (datetime(2026, 11, 20, 9, 5, tzinfo=CHINA), "昨天 09:05", "yesterday 09:05"),
        (datetime(2026, 12, 1, 9, 0, tzinfo=CHINA), "12月1日 09:00", "12/1 09:00"),
        (datetime(2026, 11, 21, 16, 30, tzinfo=UTC), "明天 00:30", "tomorrow 00:30"),
    ],
)
def test_a_due_time_is_told_as_seen_from_today(moment: datetime, chinese: str, english: str) -> None:
    assert wording.due(moment, NOON, CHINA) == chinese
    wording.use("en")
    assert wording.due(moment, NOON, CHINA) == english


@pytest.mark.parametrize(
    ("within", "shown"),
    [
        (timedelta(minutes=3), "3 分钟"),
        (timedelta(minutes=90), "90 分钟"),
        (timedelta(hours=2), "2 小时"),
        (timedelta(days=1), "1 天"),
        (timedelta(seconds=30), "1 分钟"),
    ],
)
def test_a_promised_time_is_a_whole_number(within: timedelta, shown: str) -> None:
    assert wording.span(within) == shown


@pytest.mark.parametrize(
    ("part", "shown"),
    [(None, "–"), (0.0, "0.0%"), (0.986, "98.6%"), (0.9996, "99.9%"), (1.0, "100%")],
)
def test_a_share_is_full_only_when_nothing_is_missing(part: float | None, shown: str) -> None:
    assert wording.share(part) == shown


@pytest.mark.parametrize(
    ("time", "shown"),
    [(None, "–"), (timedelta(seconds=18.4), "18s"), (timedelta(seconds=125), "2m05s")],
)
def test_a_response_time_is_short(time: timedelta | None, shown: str) -> None:
    assert wording.response(time) == shown


def test_a_hotkey_is_shown_as_its_keys() -> None:
    assert wording.hotkey("ctrl+alt+f") == "Ctrl Alt F"
    assert wording.hotkey_in_text(KeyCombo.parse("shift+f8")) == "Shift+F8"
    assert wording.hotkey_in_text(KeyCombo("ctrl", twice=True)) == "Ctrl Ctrl"


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_everything_that_is_shown_has_a_name(language: str) -> None:
    wording.use(language)
    for category in Category:
        assert wording.category_chip(category)
        assert wording.category_name(category)
    assert len({wording.stage_name(stage) for stage in Stage}) == 12
    assert len({wording.colour_name(colour) for colour in Colour}) == 7
    for why in MatchedBy:
        assert isinstance(wording.why_found(why), str)
    for problem in DueTimeProblem:
        assert wording.due_problem(DueTimeError(problem))
