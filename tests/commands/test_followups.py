"""What is owed, from the command line."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.commands.conftest import Ask

SATURDAY = "2026-11-21T10:00:00+08:00"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2小时后", "2026-11-21T12:00:00+08:00"),
        ("30分钟后", "2026-11-21T10:30:00+08:00"),
        ("明天10点", "2026-11-22T10:00:00+08:00"),
        ("今天18点前", "2026-11-21T18:00:00+08:00"),
        ("下周一上午", "2026-11-23T10:00:00+08:00"),
        ("in 90 min", "2026-11-21T11:30:00+08:00"),
        ("tomorrow 9am", "2026-11-22T09:00:00+08:00"),
    ],
)
def test_when_prints_the_time_alone(tell: Ask, words: str, meant: str) -> None:
    assert tell("when", words, "--now", SATURDAY).out == meant + "\n"
    assert tell("when", *words.split(), "--now", SATURDAY).out == meant + "\n"


def test_when_answers_with_the_offset_of_here_and_now(tell: Ask) -> None:
    moment = datetime.fromisoformat(tell("when", "2小时后").out.strip())
    left = moment - datetime.now(moment.tzinfo)
    assert timedelta(hours=2, minutes=-5) < left <= timedelta(hours=2)


@pytest.mark.parametrize("words", ["", " ", "尽快", "昨天10点", "asap", "25点", "明天", "9" * 400])
def test_a_text_that_names_no_time_is_told_in_one_sentence(ask: Ask, words: str) -> None:
    answer = ask("when", words, "--now", SATURDAY)
    if words == "明天":  # a day alone is due when work ends
        assert answer.out == "2026-11-22T18:00:00+08:00\n"
    else:
        assert (answer.status, answer.out) == (1, "")
        assert "names no time to come" in answer.err
        assert answer.err.count("\n") == 1


@pytest.mark.parametrize("now", ["yesterday", "", "2026-13-01", "0001-01-01T00:00:00+14:00", "9999-12-31"])
def test_a_now_that_is_no_time_is_wrong_usage(ask: Ask, now: str) -> None:
    answer = ask("when", "2小时后", "--now", now)
    assert (answer.status, answer.out) == (2, "")
    assert "is not a time" in answer.err


def test_what_is_owed_is_listed_soonest_first_until_it_is_done(tell: Ask) -> None:
    later = tell("followups", "add", "明天10点", "--about", "回访", "--customer", "李先生", "--json").document
    sooner = tell("followups", "add", "2小时后 答复退款结果", "--customer", "张女士").out.strip()
    assert set(later) == {"id", "due", "about"}
    listed = tell("followups", "list", "--json").document
    assert [(each["id"], each["about"], each["customer"]) for each in listed] == [
        (sooner, "答复退款结果", "张女士"),
        (later["id"], "回访", "李先生"),
    ]
    assert listed[1]["due"] == later["due"]
    tell("followups", "done", sooner)
    assert [each["id"] for each in tell("followups", "list", "--json").document] == [later["id"]]
    tell("followups", "done", sooner)  # a second time is no mistake


def test_the_words_after_the_time_say_what_is_owed(tell: Ask) -> None:
    tell("followups", "add", "in", "90", "min", "call", "back")
    (listed,) = tell("followups", "list").lines
    assert listed.split("\t")[2] == "call back"


def test_a_snoozed_one_is_owed_at_the_new_time(tell: Ask) -> None:
    first = tell("followups", "add", "2小时后", "--about", "a", "--json").document
    moved = tell("followups", "snooze", first["id"], "后天", "9点").out.strip()
    (listed,) = tell("followups", "list", "--json").document
    assert listed["due"] == moved > first["due"]


def test_one_that_is_done_is_not_snoozed(ask: Ask) -> None:
    owed = ask("followups", "add", "2小时后").out.strip()
    ask("followups", "done", owed)
    answer = ask("followups", "snooze", owed, "3小时后")
    assert (answer.status, answer.out) == (1, "")
    assert "is done already" in answer.err


@pytest.mark.parametrize("command", [("done",), ("snooze", "2小时后")])
def test_one_that_is_not_known_is_named(ask: Ask, command: tuple[str, ...]) -> None:
    what, *when = command
    answer = ask("followups", what, "nobody", *when)
    assert (answer.status, answer.out) == (1, "")
    assert "no follow-up 'nobody'" in answer.err


def test_nothing_is_owed_in_a_home_that_is_not_begun_and_looking_makes_none(tell: Ask, shop: Path) -> None:
    assert tell("followups", "list", "--json").document == []
    assert tell("followups", "list").out == ""
    assert not shop.exists()


def test_what_another_program_calls_a_buyer_cannot_break_a_row(tell: Ask) -> None:
    tell("followups", "add", "2小时后", "--about", "a\tb\nc", "--customer", "\x1b[31m红")
    (row,) = tell("followups", "list").lines
    assert row.split("\t")[2:] == ["a b c", " [31m红"]
