"""Due times in words; expected moments are counted out on a calendar by hand."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.due_times import DueTimeError, DueTimeProblem, parse

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 18, 10, 0, 30, tzinfo=SHANGHAI)
"""18 November 2026 is a Wednesday; the Friday is the 20th, the next Monday the 23rd."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def problem(text: str, now: datetime = WEDNESDAY) -> DueTimeProblem:
    with pytest.raises(DueTimeError) as raised:
        parse(text, now)
    return raised.value.reason


LENGTHS = {
    "2小时后": (2, 0),
    "2 小时 后": (2, 0),
    "２小时内": (2, 0),
    "2小时之内": (2, 0),
    "2個小時後": (2, 0),
    "两个半小时后": (2, 30),
    "两小时半": (2, 30),
    "再过两个小时": (2, 0),
    "1.5小时后": (1, 30),
    "30分钟后": (0, 30),
    "三十分钟内": (0, 30),
    "半小时后": (0, 30),
    "半个小时": (0, 30),
    "半个钟头后": (0, 30),
    "一刻钟后": (0, 15),
    "三刻钟以后": (0, 45),
    "1小时30分钟后": (1, 30),
    "一小时零五分钟后": (1, 5),
    "一百二十分钟后": (2, 0),
    "1天后": (24, 0),
    "三天后": (72, 0),
    "一天半后": (36, 0),
    "7日内": (168, 0),
    "两周后": (336, 0),
    "一个星期内": (168, 0),
    "in 90 min": (1, 30),
    "in90min": (1, 30),
    "in 2 hours": (2, 0),
    "In Two Hours": (2, 0),
    "2h": (2, 0),
    "+2h": (2, 0),
    "90m": (1, 30),
    "1h30m": (1, 30),
    "1h30": (1, 30),
    "1h 30min": (1, 30),
    "within 45 minutes": (0, 45),
    "2 hours from now": (2, 0),
    "an hour later": (1, 0),
    "in an hour and a half": (1, 30),
    "two and a half hours": (2, 30),
    "half an hour": (0, 30),
    "in a quarter of an hour": (0, 15),
    "3 days": (72, 0),
    "in a week": (168, 0),
}


@pytest.mark.parametrize(("text", "length"), LENGTHS.items())
def test_a_length_of_time_elapses_to_the_second(text: str, length: tuple[int, int]) -> None:
    hours, minutes = length
    assert parse(text, WEDNESDAY) == WEDNESDAY + timedelta(hours=hours, minutes=minutes)


MOMENTS = {
    # days and hours
    "明天10点": "2026-11-19 10:00",
    "明天 １０：３０": "2026-11-19 10:30",
    "明早9点": "2026-11-19 09:00",
    "明天上午十点半": "2026-11-19 10:30",
    "明晚八点一刻": "2026-11-19 20:15",
    "明天3点": "2026-11-19 15:00",
    "今天18点前": "2026-11-18 18:00",
    "今天24点前": "2026-11-19 00:00",
    "明天0点": "2026-11-19 00:00",
    "今晚8点": "2026-11-18 20:00",
    "今晚晚上8点": "2026-11-18 20:00",
    "今晚12点": "2026-11-19 00:00",
    "下午3点": "2026-11-18 15:00",
    "下午三点三刻": "2026-11-18 15:45",
    "中午1点": "2026-11-18 13:00",
    "半夜2点": "2026-11-19 02:00",
    "凌晨2点": "2026-11-19 02:00",
    "15:30": "2026-11-18 15:30",
    "3:30": "2026-11-18 15:30",
    "03:30": "2026-11-19 03:30",
    "18点前": "2026-11-18 18:00",
    "20点05分": "2026-11-18 20:05",
    "十点零五": "2026-11-18 10:05",
    "3点": "2026-11-18 15:00",
    "3点钟": "2026-11-18 15:00",
    "9点": "2026-11-19 09:00",
    "差5分3点": "2026-11-18 14:55",
    "差一刻九点": "2026-11-19 08:45",
    "三天后上午10点": "2026-11-21 10:00",
    "tomorrow 9am": "2026-11-19 09:00",
    "tomorrow at 9": "2026-11-19 09:00",
    "9 tomorrow": "2026-11-19 09:00",
    "today 18:00": "2026-11-18 18:00",
    "tonight 8pm": "2026-11-18 20:00",
    "tonight at 8": "2026-11-18 20:00",
    "by 6pm": "2026-11-18 18:00",
    "by 6": "2026-11-18 18:00",
    "3 p.m.": "2026-11-18 15:00",
    "12pm": "2026-11-18 12:00",
    "12am": "2026-11-19 00:00",
    "half past 9": "2026-11-19 09:30",
    "ten to five": "2026-11-18 16:50",
    "nine o'clock": "2026-11-19 09:00",
    "9 in the evening": "2026-11-18 21:00",
    # parts of the day, the working day
    "后天下午": "2026-11-20 15:00",
    "中午": "2026-11-18 12:00",
    "晚上": "2026-11-18 20:00",
    "下班前": "2026-11-18 18:00",
    "明天下午下班前": "2026-11-19 18:00",
    "明天一上班": "2026-11-19 09:00",
    "noon": "2026-11-18 12:00",
    "midnight": "2026-11-19 00:00",
    "eod": "2026-11-18 18:00",
    "end of the day tomorrow": "2026-11-19 18:00",
    "this afternoon": "2026-11-18 15:00",
    "tomorrow night": "2026-11-19 20:00",
    # days alone
    "今天内": "2026-11-18 18:00",
    "明天": "2026-11-19 18:00",
    "大后天": "2026-11-21 18:00",
    "the day after tomorrow": "2026-11-20 18:00",
    # weeks
    "下周一上午": "2026-11-23 10:00",
    "下个星期一10点": "2026-11-23 10:00",
    "下下周三": "2026-12-02 18:00",
    "周五": "2026-11-20 18:00",
    "週五下午兩點": "2026-11-20 14:00",
    "周三下午": "2026-11-18 15:00",
    "周二": "2026-11-24 18:00",
    "礼拜天": "2026-11-22 18:00",
    "本周五下班前": "2026-11-20 18:00",
    "本周内": "2026-11-20 18:00",
    "明天（周四）10点": "2026-11-19 10:00",
    "next monday morning": "2026-11-23 10:00",
    "friday 5pm": "2026-11-20 17:00",
    "5pm on Friday": "2026-11-20 17:00",
    "next Friday": "2026-11-27 18:00",
    "end of the week": "2026-11-20 18:00",
    # dates
    "月底": "2026-11-30 18:00",
    "下月底": "2026-12-31 18:00",
    "下个月初": "2026-12-01 18:00",
    "月中": "2026-12-15 18:00",
    "12月中": "2026-12-15 18:00",
    "年底": "2026-12-31 18:00",
    "明年底": "2027-12-31 18:00",
    "end of next month": "2026-12-31 18:00",
    "2月底": "2027-02-28 18:00",
    "下个月1号": "2026-12-01 18:00",
    "11月25日14:00": "2026-11-25 14:00",
    "十一月二十五号下午三点": "2026-11-25 15:00",
    "11月17日": "2027-11-17 18:00",
    "11月27日 周五 10点": "2026-11-27 10:00",
    "2月29日": "2028-02-29 18:00",
    "25号": "2026-11-25 18:00",
    "25日前": "2026-11-25 18:00",
    "廿五号": "2026-11-25 18:00",
    "3号10点": "2026-12-03 10:00",
    "31号": "2026-12-31 18:00",
    "明年1月1日": "2027-01-01 18:00",
    "2026年11月25日 15点": "2026-11-25 15:00",
    "2026-11-25": "2026-11-25 18:00",
    "2026-11-25 14:00": "2026-11-25 14:00",
    "2026-11-25T14:00:00": "2026-11-25 14:00",
    "2026/11/25 3:30": "2026-11-25 03:30",
    "2026-11-25T06:00Z": "2026-11-25 14:00",
    "2026-11-25T15:00+09:00": "2026-11-25 14:00",
    "11/25 14:00": "2026-11-25 14:00",
    "25/11": "2026-11-25 18:00",
    "25 Nov": "2026-11-25 18:00",
    "Nov 25th, 2pm": "2026-11-25 14:00",
    "the 25th at 3": "2026-11-25 15:00",
    "end of november": "2026-11-30 18:00",
    "January 5, 2027 9:00": "2027-01-05 09:00",
    # months go by the calendar, to the second
    "两个月后": "2027-01-18 10:00:30",
    "一个半月后": "2027-01-02 10:00:30",
    "半年后": "2027-05-18 10:00:30",
}


@pytest.mark.parametrize(("text", "expected"), MOMENTS.items())
def test_reads_what_people_say_on_a_wednesday_morning(text: str, expected: str) -> None:
    assert parse(text, WEDNESDAY) == at(expected)


PROBLEMS = {
    "": DueTimeProblem.NOTHING_UNDERSTOOD,
    "，": DueTimeProblem.NOTHING_UNDERSTOOD,
    "hello": DueTimeProblem.NOTHING_UNDERSTOOD,
    "明天10点打电话": DueTimeProblem.NOTHING_UNDERSTOOD,
    "tomorrow-ish": DueTimeProblem.NOTHING_UNDERSTOOD,
    "x" * 81: DueTimeProblem.NOTHING_UNDERSTOOD,
    "尽快": DueTimeProblem.VAGUE,
    "明天晚点": DueTimeProblem.VAGUE,
    "今天晚些时候": DueTimeProblem.VAGUE,
    "as soon as possible": DueTimeProblem.VAGUE,
    "9": DueTimeProblem.AMBIGUOUS,
    "下周": DueTimeProblem.AMBIGUOUS,
    "周末": DueTimeProblem.AMBIGUOUS,
    "next month": DueTimeProblem.AMBIGUOUS,
    "两三天后": DueTimeProblem.AMBIGUOUS,
    "半天后": DueTimeProblem.AMBIGUOUS,
    "1点到2点": DueTimeProblem.AMBIGUOUS,
    "明天后天": DueTimeProblem.AMBIGUOUS,
    "11月27日周四": DueTimeProblem.AMBIGUOUS,
    "明天2小时后": DueTimeProblem.AMBIGUOUS,
    "2小时后10点": DueTimeProblem.AMBIGUOUS,
    "上午15点": DueTimeProblem.AMBIGUOUS,
    "2026-11-25T06:00Z 明天": DueTimeProblem.AMBIGUOUS,
    "25:00": DueTimeProblem.IMPOSSIBLE,
    "24:30": DueTimeProblem.IMPOSSIBLE,
    "10点75分": DueTimeProblem.IMPOSSIBLE,
    "13pm": DueTimeProblem.IMPOSSIBLE,
    "2月30日": DueTimeProblem.IMPOSSIBLE,
    "32号": DueTimeProblem.IMPOSSIBLE,
    "0号": DueTimeProblem.IMPOSSIBLE,
    "本月31号": DueTimeProblem.IMPOSSIBLE,
    "13月底": DueTimeProblem.IMPOSSIBLE,
    "差5分30点": DueTimeProblem.IMPOSSIBLE,
    "70 to 9": DueTimeProblem.IMPOSSIBLE,
    "2026-02-29": DueTimeProblem.IMPOSSIBLE,
    "2026-11-25T99:00Z": DueTimeProblem.IMPOSSIBLE,
    "今天9点": DueTimeProblem.IN_THE_PAST,
    "11月18日9点": DueTimeProblem.IN_THE_PAST,
    "本周二": DueTimeProblem.IN_THE_PAST,
    "昨天": DueTimeProblem.IN_THE_PAST,
    "yesterday": DueTimeProblem.IN_THE_PAST,
    "2小时前": DueTimeProblem.IN_THE_PAST,
    "3 days ago": DueTimeProblem.IN_THE_PAST,
    "0分钟后": DueTimeProblem.IN_THE_PAST,
    "2025-11-25 14:00": DueTimeProblem.IN_THE_PAST,
    "99999999天后": DueTimeProblem.TOO_FAR,
    "99999999个月后": DueTimeProblem.TOO_FAR,
    "9999-12-31 24:00": DueTimeProblem.TOO_FAR,
    "2062-11-25": DueTimeProblem.TOO_FAR,
}


@pytest.mark.parametrize(("text", "reason"), PROBLEMS.items())
def test_says_why_a_text_is_no_due_time(text: str, reason: DueTimeProblem) -> None:
    assert problem(text) is reason


NIGHT = WEDNESDAY.replace(hour=21)
BY_NIGHT = {
    "今天": "2026-11-18 23:59",
    "今晚": "2026-11-18 23:59",
    "周三": "2026-11-18 23:59",
    "9点": "2026-11-19 09:00",
    "15:30": "2026-11-19 15:30",
    "下班前": "2026-11-19 18:00",
    "noon": "2026-11-19 12:00",
    "晚上": "2026-11-19 20:00",
    "晚上8点": "2026-11-19 20:00",
    "周三18点": "2026-11-25 18:00",
    "18号18点": "2026-12-18 18:00",
}


@pytest.mark.parametrize(("text", "expected"), BY_NIGHT.items())
def test_what_has_passed_today_is_meant_for_the_next_time(text: str, expected: str) -> None:
    assert parse(text, NIGHT) == at(expected)


def test_nine_in_the_morning_is_meant_in_the_evening_too() -> None:
    assert parse("9点", at("2026-11-18 20:00")) == at("2026-11-19 09:00")


def test_one_in_the_night_is_near_after_midnight() -> None:
    assert parse("晚上1点", at("2026-11-19 00:30")) == at("2026-11-19 01:00")


def test_within_the_week_is_sunday_once_friday_has_passed() -> None:
    assert parse("本周内", at("2026-11-21 10:00")) == at("2026-11-22 18:00")


def test_next_monday_is_tomorrow_on_a_sunday() -> None:
    assert parse("下周一9点", at("2026-11-22 10:00")) == at("2026-11-23 09:00")


def test_a_month_later_than_the_31st_is_the_last_of_a_short_month() -> None:
    assert parse("一个月后", at("2027-01-31 10:00")) == at("2027-02-28 10:00")


def test_a_month_has_its_end_next_month_once_this_one_has_ended() -> None:
    assert parse("月底10点", at("2026-11-30 12:00")) == at("2026-12-31 10:00")


# In Berlin clocks go from 2:00 to 3:00 on 28 March 2027 and from 3:00 back to 2:00 on 31 October 2027.
def berlin(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def same_moment(one: datetime, other: datetime) -> bool:
    return one.astimezone(UTC) == other.astimezone(UTC)


def test_a_length_of_time_elapses_though_clocks_are_put_forward() -> None:
    assert same_moment(parse("2小时后", berlin("2027-03-28 01:30")), berlin("2027-03-28 04:30"))
    assert same_moment(parse("1天后", berlin("2027-03-27 12:00")), berlin("2027-03-28 13:00"))


def test_a_wall_time_stays_one_though_clocks_are_put_forward() -> None:
    assert same_moment(parse("明天12点", berlin("2027-03-27 12:00")), berlin("2027-03-28 12:00"))


def test_a_time_that_is_skipped_is_the_first_after_the_gap() -> None:
    due = parse("明天02:30", berlin("2027-03-27 12:00"))
    assert same_moment(due, berlin("2027-03-28 03:00"))
    assert due.isoformat() == "2027-03-28T03:00:00+02:00"


def test_of_a_time_that_comes_twice_the_first_ahead_is_meant() -> None:
    assert same_moment(parse("02:30", berlin("2027-10-31 01:00")), berlin("2027-10-31 02:30", fold=0))
    assert same_moment(parse("02:30", berlin("2027-10-31 02:45", fold=0)), berlin("2027-10-31 02:30", fold=1))
    assert same_moment(parse("02:30", berlin("2027-10-31 02:45", fold=1)), berlin("2027-11-01 02:30"))


def test_works_in_a_zone_of_fixed_offset() -> None:
    zone = timezone(timedelta(hours=5, minutes=45))
    assert parse("明天10点", datetime(2026, 11, 18, 10, tzinfo=zone)) == datetime(
        2026, 11, 19, 10, tzinfo=zone
    )


def test_wants_to_know_the_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        parse("明天10点", WEDNESDAY.replace(tzinfo=None))


zones = st.sampled_from(
    [SHANGHAI, BERLIN, UTC, ZoneInfo("America/St_Johns"), ZoneInfo("Australia/Lord_Howe")]
)
moments = st.builds(
    lambda hours, seconds, zone: (
        datetime(1990, 1, 2, tzinfo=UTC) + timedelta(hours=hours, seconds=seconds)
    ).astimezone(zone),
    st.integers(0, 24 * 365 * 7000),
    st.integers(0, 3599),
    zones,
)
PIECES = (
    *"今明后天大下本周月号日年底点半刻分钟个早晚前内之差一二两三十廿零:/-.+hmdzT，",
    *("星期", "小时", "上午", "下午", "凌晨", "0", "1", "9", "12", "24", "30", "2026", "99999999"),
    *("am", "pm", "in", "at", "by", "a", "half", "past", "to", "next", "this", "monday", "nov", "25th"),
    *("noon", "tomorrow", "eod", "week", "month", "ago"),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=7)


@given(st.sampled_from([*LENGTHS, *MOMENTS, *BY_NIGHT, *PROBLEMS]), moments)
def test_is_always_ahead_and_in_the_zone_of_now(text: str, now: datetime) -> None:
    try:
        due = parse(text, now)
    except DueTimeError:
        return
    assert due.tzinfo is now.tzinfo
    assert due.astimezone(UTC) > now.astimezone(UTC)


@given(st.integers(1, 5000), moments)
def test_minutes_are_exact_in_every_zone_and_season(minutes: int, now: datetime) -> None:
    expected = now.astimezone(UTC) + timedelta(minutes=minutes)
    assert parse(f"{minutes}分钟后", now).astimezone(UTC) == expected
    assert parse(f"in {minutes} min", now).astimezone(UTC) == expected


@given(st.integers(0, 23), st.integers(0, 59), moments)
def test_a_clock_time_is_due_within_a_day_and_an_hour(hour: int, minute: int, now: datetime) -> None:
    due = parse(f"{hour:02}:{minute:02}", now)
    assert due.astimezone(UTC) - now.astimezone(UTC) <= timedelta(hours=25)


@given(st.text() | pieces.map("".join) | pieces.map(" ".join), moments)
def test_no_text_makes_it_stumble(text: str, now: datetime) -> None:
    try:
        due = parse(text, now)
    except DueTimeError:
        return
    assert due.tzinfo is now.tzinfo
    assert due.astimezone(UTC) > now.astimezone(UTC)
