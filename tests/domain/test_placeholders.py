"""Filling in a phrase; Wednesday 18 November 2026, seven seconds short of 10:11 in Shanghai."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase, Promise
from sidebar.domain.placeholders import Filled, Promised, Values, deadline_words, fill

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, 10, 53, tzinfo=SHANGHAI)
VALUES = Values(buyer="张女士", agent="小林", number="0271", now=NOW)


def phrase(body: str, *, placeholders: bool = True, within: timedelta | None = None) -> Phrase:
    return Phrase(
        id=PhraseId("p"),
        title="t",
        body=body,
        placeholders=placeholders,
        promise=None if within is None else Promise(within=within, about="回复"),
    )


def text(body: str, values: Values = VALUES) -> str:
    return fill(phrase(body), values).text


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ("{买家}您好，我是{客服}，工号{工号}。", "张女士您好，我是小林，工号0271。"),
        ("Dear {buyer}, {agent} ({number}) here.", "Dear 张女士, 小林 (0271) here."),
        ("{ Buyer } {BUYER}", "张女士 张女士"),
        ("现在{时间}，{date}", "现在10:10，11月18日"),
        ("{+2h}前", "今天12:10前"),
        ("{+30min} {+30分钟} {＋２小时}", "今天10:40 今天10:40 今天12:10"),
        ("{+1h30m}", "今天11:40"),
        ("{+1d}", "明天10:10"),
        ("{+7天}", "11月25日10:10"),
        ("{buyer|亲}您好", "张女士您好"),
        ("{{买家}} {{}}", "{买家} {}"),
        ("{{{buyer}}}", "{张女士}"),
    ],
)
def test_puts_values_in_their_places(body: str, filled: str) -> None:
    assert fill(phrase(body), VALUES).text == filled
    assert fill(phrase(body), VALUES).unfilled == ()


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ("{date}, {time}", "18 Nov, 10:10"),
        ("by {+2h}", "by today 12:10"),
        ("by {+1d}", "by tomorrow 10:10"),
        ("by {+7d}", "by 25 Nov 10:10"),
    ],
)
def test_writes_in_the_language_of_the_phrase(body: str, filled: str) -> None:
    assert text(body, replace(VALUES, language="en")) == filled
    assert text("{+1d}", replace(VALUES, language="zh-CN")) == "明天10:10"


@pytest.mark.parametrize("body", ["{", "}", "a { b", "{}", "{ }", "{|x}", "{\nbuyer}", "} {", "｛买家｝"])
def test_braces_that_make_no_placeholder_are_text(body: str) -> None:
    assert fill(phrase(body), VALUES) == Filled(text=body)


@pytest.mark.parametrize("name", ["买家", "buyer", "Buyer"])
def test_a_missing_value_is_named_and_its_place_left_as_it_is(name: str) -> None:
    filled = fill(phrase(f"{{{name}}}您好{{{name}}}"), replace(VALUES, buyer=" "))
    assert filled.text == f"{{{name}}}您好{{{name}}}"
    assert filled.unfilled == (name,)


def test_the_fallback_stands_in_for_a_missing_value() -> None:
    nobody = replace(VALUES, buyer="")
    assert fill(phrase("{buyer|亲}您好，{买家｜亲}"), nobody) == Filled(text="亲您好，亲")
    assert fill(phrase("{buyer|}"), nobody).unfilled == ("buyer",)


@pytest.mark.parametrize("name", ["客戶", "buyr", "+soon", "+", "+0min", "+明天", "订单号"])
def test_an_unknown_name_is_named_even_where_it_has_a_fallback(name: str) -> None:
    filled = fill(phrase(f"{{{name}}} {{{name}|x}} {{buyer}}"), VALUES)
    assert filled.unfilled == (name,)
    assert filled.text == f"{{{name}}} {{{name}|x}} 张女士"


def test_a_value_is_not_filled_in_itself() -> None:
    assert fill(phrase("{buyer}"), replace(VALUES, buyer="{agent}")) == Filled(text="{agent}")


def test_a_phrase_that_does_not_ask_keeps_its_braces() -> None:
    body = '{"买家": "{buyer}", {{}}'
    assert fill(phrase(body, placeholders=False), VALUES) == Filled(text=body)


@pytest.mark.parametrize("placeholders", [True, False])
def test_lines_end_in_a_plain_newline(placeholders: bool) -> None:
    assert fill(phrase("a\r\nb\rc\n\nd", placeholders=placeholders), VALUES).text == "a\nb\nc\n\nd"


def test_the_follow_up_is_due_at_the_minute_the_buyer_reads() -> None:
    filled = fill(phrase("{promise}前回复您，{承诺}！", within=timedelta(hours=2)), VALUES)
    due = datetime(2026, 11, 18, 12, 10, tzinfo=SHANGHAI)
    promised = (Promised(about="回复", due=due),)
    assert filled == Filled(text="今天12:10前回复您，今天12:10！", deadlines=(due, due), promised=promised)
    assert filled.promise_due == due


def test_a_promise_is_due_though_the_text_does_not_name_it() -> None:
    due = datetime(2026, 11, 18, 12, 10, tzinfo=SHANGHAI)
    for placeholders in (True, False):
        filled = fill(phrase("好的", placeholders=placeholders, within=timedelta(hours=2)), VALUES)
        assert filled == Filled(text="好的", promised=(Promised(about="回复", due=due),))


def test_a_phrase_without_a_promise_has_no_value_for_one() -> None:
    assert fill(phrase("{promise}"), VALUES).unfilled == ("promise",)
    assert fill(phrase("{promise|今天内}"), VALUES) == Filled(text="今天内")


def test_names_its_deadlines_in_the_order_of_the_text() -> None:
    filled = fill(phrase("{+1d} {+30min}"), VALUES)
    assert filled.deadlines == (
        datetime(2026, 11, 19, 10, 10, tzinfo=SHANGHAI),
        datetime(2026, 11, 18, 10, 40, tzinfo=SHANGHAI),
    )


def test_a_promise_of_seconds_is_due_at_the_next_minute() -> None:
    filled = fill(phrase("{promise}", within=timedelta(seconds=5)), VALUES)
    assert filled.promise_due == datetime(2026, 11, 18, 10, 11, tzinfo=SHANGHAI)
    assert filled.text == "今天10:11"


def test_a_promise_elapses_though_clocks_are_put_back() -> None:
    zone = ZoneInfo("Europe/Berlin")  # from 3:00 back to 2:00 on 31 October 2027
    before = replace(VALUES, now=datetime(2027, 10, 31, 1, 30, tzinfo=zone))
    filled = fill(phrase("{promise}", within=timedelta(hours=2)), before)
    assert filled.text == "今天02:30"
    assert filled.promise_due is not None
    assert filled.promise_due.astimezone(UTC) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_midnight_belongs_to_tomorrow() -> None:
    midnight = datetime(2026, 11, 19, tzinfo=SHANGHAI)
    assert deadline_words(midnight, NOW, "zh-CN") == "明天00:00"
    assert deadline_words(midnight, NOW, "en") == "tomorrow 00:00"


NAMES = (
    "买家",
    "buyer",
    "客服",
    "agent",
    "工号",
    "number",
    "时间",
    "time",
    "日期",
    "date",
    "承诺",
    "promise",
    "+2h",
)
plain = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]))
braceless = st.text(st.characters(exclude_characters="\r{}", exclude_categories=["Cs"]))
bodies = st.lists(
    st.sampled_from([*(f"{{{name}}}" for name in NAMES), *(f"{{{name}|亲}}" for name in NAMES)]) | braceless
).map("".join)
values = st.builds(Values, buyer=braceless, agent=braceless, number=braceless, now=st.just(NOW))


@given(plain, values)
def test_without_placeholders_the_text_is_unchanged(body: str, values: Values) -> None:
    assert fill(phrase(body, placeholders=False), values) == Filled(text=body)


@given(braceless, values)
def test_without_braces_the_text_is_unchanged(body: str, values: Values) -> None:
    assert fill(phrase(body), values) == Filled(text=body)


@given(plain, values)
def test_doubled_braces_come_out_as_text(body: str, values: Values) -> None:
    assert text(body.replace("{", "{{").replace("}", "}}"), values) == body


@given(bodies, values)
def test_no_known_placeholder_is_left_in_a_text_that_may_be_inserted(body: str, values: Values) -> None:
    filled = fill(phrase(body, within=timedelta(hours=2)), values)
    left = [name for name in NAMES if f"{{{name}}}" in filled.text or f"{{{name}|" in filled.text]
    assert set(left) == set(filled.unfilled)


@given(st.text(st.sampled_from("{}|+2h买家 \n\r")), values)
def test_no_body_makes_it_stumble(body: str, values: Values) -> None:
    filled = fill(phrase(body), values)
    assert "\r" not in filled.text
    assert all(due > NOW for due in filled.deadlines)
