"""After a sleep it is asked once whether those who waited through it waited for us."""

from datetime import timedelta

import pytest

from sidebar.domain.conversations import Urgency
from sidebar.domain.events import AgentMessage, CustomerMessage, SleepJudged
from sidebar.domain.identifiers import ClientName, ConversationId, EventId
from sidebar.domain.summaries import summarise
from sidebar.services.views import SleptThrough
from tests.fakes import START
from tests.services.test_desk import Shop


@pytest.fixture
def shop() -> Shop:
    return Shop()


def sleeps(shop: Shop, **length: float) -> None:
    """A second, a sleep, and the second that is counted after it."""
    shop.desk.second_passed()
    shop.pass_time(**length)
    shop.desk.second_passed()


def asked(shop: Shop) -> tuple[float, int] | None:
    """How many minutes, and how many buyers."""
    question = shop.sleeps.question(shop.time.now())
    return None if question is None else (question.length / timedelta(minutes=1), question.waiting)


def says(shop: Shop, *, counts: bool) -> None:
    question = shop.sleeps.question(shop.time.now())
    assert isinstance(question, SleptThrough)
    shop.desk.judge_sleeps(question.sleeps, counts=counts)


def waits(shop: Shop) -> dict[str, timedelta | None]:
    now = shop.time.now()
    return {row.customer: row.waiting(now) for row in shop.board.view(now).rows}


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_how_long_it_was_and_how_many_waited(shop: Shop) -> None:
    shop.show("王小姐")
    shop.show("Mr. Smith")
    shop.desk.answered()
    shop.show("李先生")
    sleeps(shop, minutes=42)
    assert asked(shop) == (42, 2)


def test_a_short_sleep_and_one_in_which_nobody_waited_are_not_asked_about(shop: Shop) -> None:
    sleeps(shop, minutes=42)
    assert asked(shop) is None
    shop.show("王小姐")
    sleeps(shop, seconds=179)
    assert asked(shop) is None
    sleeps(shop, seconds=180)
    assert asked(shop) == (3, 1)


def test_without_an_answer_the_wait_counts(shop: Shop) -> None:
    shop.show("王小姐")
    shop.pass_time(minutes=1)
    sleeps(shop, minutes=42)
    assert waits(shop) == {"王小姐": minutes(43)}
    says(shop, counts=True)
    assert waits(shop) == {"王小姐": minutes(43)}
    assert asked(shop) is None


def test_what_is_not_to_count_is_out_of_the_clock_and_of_the_urgency(shop: Shop) -> None:
    shop.show("王小姐")
    shop.pass_time(minutes=1)
    sleeps(shop, minutes=42)
    says(shop, counts=False)
    assert waits(shop) == {"王小姐": minutes(1)}
    assert shop.board.view(shop.time.now()).rows[0].urgency is Urgency.RUNNING
    shop.pass_time(seconds=40)
    assert shop.board.view(shop.time.now()).rows[0].urgency is Urgency.WARNED
    shop.desk.customer_wrote()
    assert waits(shop) == {"王小姐": minutes(1) + timedelta(seconds=40)}
    assert asked(shop) is None


def test_several_sleeps_are_one_question_and_one_answer(shop: Shop) -> None:
    shop.show("王小姐")
    sleeps(shop, minutes=10)
    shop.show("李先生")
    sleeps(shop, minutes=20)
    assert asked(shop) == (30, 2)
    says(shop, counts=False)
    assert waits(shop) == {"王小姐": timedelta(0), "李先生": timedelta(0)}
    assert len(shop.history.transactions[-1]) == 2


def test_who_is_answered_meanwhile_is_still_asked_about(shop: Shop) -> None:
    shop.desk.begin_shift()
    shop.show("王小姐")
    sleeps(shop, minutes=42)
    shop.pass_time(minutes=1)
    shop.desk.answered()
    assert asked(shop) == (42, 1)
    assert shop.shifts.view(shop.time.now()).first_response == minutes(43)
    says(shop, counts=False)
    footer = shop.shifts.view(shop.time.now())
    assert (footer.first_response, footer.share) == (minutes(1), 1.0)


def test_who_is_told_of_after_the_waking_is_asked_about_as_well(shop: Shop) -> None:
    sleeps(shop, minutes=42)
    wrote = CustomerMessage(
        id=EventId("m"),
        at=START + minutes(10),
        conversation=ConversationId("c"),
        client=ClientName("taobao"),
        customer="张女士",
    )
    shop.journal.receive(wrote)
    assert asked(shop) == (42, 1)


def test_after_the_shift_has_ended_nobody_is_asked(shop: Shop) -> None:
    shop.desk.begin_shift()
    shop.show("王小姐")
    shop.desk.end_shift()
    sleeps(shop, hours=15)
    assert asked(shop) is None
    assert waits(shop) == {"王小姐": timedelta(hours=15)}
    shop.desk.begin_shift()
    assert asked(shop) is None
    sleeps(shop, minutes=10)
    assert asked(shop) == (10, 1)


def test_with_the_shift_a_question_left_open_is_settled(shop: Shop) -> None:
    shop.desk.begin_shift()
    shop.show("王小姐")
    sleeps(shop, minutes=42)
    shop.desk.end_shift()
    assert asked(shop) is None
    assert shop.stored(SleepJudged) == []


def test_a_question_left_open_is_asked_again_at_the_next_start_for_a_day(shop: Shop) -> None:
    shop.show("王小姐")
    sleeps(shop, minutes=42)
    again = Shop(shop.history)
    again.pass_time(hours=24)
    assert asked(again) == (42, 1)
    again.pass_time(minutes=42)
    assert asked(again) is None


def test_a_start_after_the_answer_shows_the_same_clocks_and_figures(shop: Shop) -> None:
    shop.desk.begin_shift()
    shop.show("王小姐")
    shop.show("李先生")
    shop.pass_time(seconds=30)
    sleeps(shop, minutes=42)
    shop.desk.answered()
    says(shop, counts=False)
    again = Shop(shop.history)
    now = shop.time.now()
    assert asked(again) is None
    assert again.board.view(now).rows[0].waiting(now) == timedelta(seconds=30)
    assert shop.board.view(now).rows[0].waiting(now) == timedelta(seconds=30)
    assert again.shifts.view(now) == shop.shifts.view(now)
    summary = summarise(shop.history.events(), since=START, agent="", now=now)
    assert summary.first_response.mean == 30
    assert [wait.waited for wait in summary.open] == [timedelta(seconds=30)]


def test_a_late_event_is_put_in_its_place_and_the_sleep_stays_out(shop: Shop) -> None:
    shop.desk.begin_shift()
    shop.show("王小姐")
    sleeps(shop, minutes=42)
    says(shop, counts=False)
    shop.pass_time(minutes=5)
    shop.desk.answered()
    about = {"conversation": ConversationId("pidgin:王小姐"), "client": ClientName("pidgin")}
    told = AgentMessage(id=EventId("late"), at=START + minutes(44), **about)  # type: ignore[arg-type]
    shop.journal.receive(told)
    shop.board.settle()
    assert shop.shifts.view(shop.time.now()).first_response == minutes(2)
