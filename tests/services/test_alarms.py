"""Buyers who wait too long are told of together, and again only when another one joins."""

from datetime import timedelta

from sidebar.domain.events import AgentMessage, CategorySet, CustomerMessage
from sidebar.services.alarms import Alarm, Alarms, Level
from sidebar.services.board import Board
from sidebar.services.views import WaitTooLong
from tests.services.test_board import at, board, event


def told(alarms: Alarms, made: Board, seconds: float) -> tuple[int, int, timedelta, Level | None]:
    alarm = alarms.look(made.view(at(seconds)))
    assert isinstance(alarm.waiting, WaitTooLong)
    return alarm.waiting.count, alarm.waiting.breached, alarm.waiting.longest, alarm.news


def test_says_nothing_while_nobody_waits_too_long() -> None:
    assert Alarms().look(board(event(CustomerMessage, 0)).view(at(99))) == Alarm()


def test_two_levels_each_told_once() -> None:
    alarms, made = Alarms(), board(event(CustomerMessage, 0))
    minute = timedelta(minutes=1)
    assert told(alarms, made, 100) == (1, 0, minute, Level.WARNED)
    assert told(alarms, made, 101) == (1, 0, minute, None)
    assert told(alarms, made, 120) == (1, 0, 2 * minute, None)
    assert told(alarms, made, 180) == (1, 1, 3 * minute, Level.BREACHED)
    assert told(alarms, made, 600) == (1, 1, 10 * minute, None)


def test_all_who_wait_are_one_piece_of_news_with_the_longest_wait() -> None:
    alarms = Alarms()
    made = board(
        event(CustomerMessage, 20, "b"),
        event(CustomerMessage, 0, "a"),
        event(CustomerMessage, 90, "c"),
        event(CustomerMessage, 60, "d"),
        event(CategorySet, 61, "d", category="emergency"),
    )
    alarm = alarms.look(made.view(at(185)))
    assert alarm.waiting is not None
    assert (alarm.waiting.count, alarm.waiting.breached, alarm.waiting.customer) == (3, 1, "A")
    assert alarm.news is Level.BREACHED
    assert told(alarms, made, 190)[3] is Level.WARNED  # the fourth joins


def test_who_was_answered_and_waits_again_is_told_again() -> None:
    alarms, made = Alarms(), board(event(CustomerMessage, 0))
    told(alarms, made, 100)
    made.follow(event(AgentMessage, 110))
    assert alarms.look(made.view(at(111))) == Alarm()
    made.follow(event(CustomerMessage, 120))
    assert told(alarms, made, 220)[3] is Level.WARNED


def test_one_who_goes_is_no_news() -> None:
    alarms, made = Alarms(), board(event(CustomerMessage, 0), event(CustomerMessage, 0, "b"))
    assert told(alarms, made, 100)[0] == 2
    made.follow(event(AgentMessage, 110, "b"))
    assert told(alarms, made, 111) == (1, 0, timedelta(minutes=1), None)
