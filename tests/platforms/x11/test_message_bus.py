"""The D-Bus connection that lives in the event loop, against a real message bus and against rubbish."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.platforms.x11.message_bus import (
    DISCONNECTED,
    NO_REPLY,
    Conversation,
    MessageBus,
    Replies,
    Reply,
    Steps,
)
from tests.fakes import FakeTime
from tests.platforms.x11.buses import Daemon, Echo, Impostor, say, whisper
from tests.platforms.x11.loop import Loop

SOON = timedelta(milliseconds=100)


@pytest.fixture
def echo(daemon: Daemon, loop: Loop) -> Iterator[Echo]:
    echo = Echo(daemon.address, loop)
    yield echo
    echo.close()


@pytest.fixture
def bus(daemon: Daemon, loop: Loop) -> Iterator[MessageBus]:
    bus = MessageBus(daemon.address, readiness=loop, scheduler=loop)
    yield bus
    bus.close()


@pytest.mark.usefixtures("echo")
def test_answers_what_was_asked_before_the_connection_stood(bus: MessageBus, loop: Loop) -> None:
    heard: list[Replies] = []
    bus.ask([say("亲，在的")], heard.append)
    assert heard == []
    loop.until(lambda: bool(heard))
    assert heard == [(Reply(("亲，在的",)),)]


def test_sends_a_batch_before_any_of_it_is_answered(bus: MessageBus, echo: Echo, loop: Loop) -> None:
    echo.busy = True
    bus.ask([say("one"), whisper(), say("three")], lambda _: None)
    loop.until(lambda: len(echo.asked) == 3)
    assert echo.asked == ["Say", "Whisper", "Say"]


def test_gives_replies_in_the_order_of_the_questions(bus: MessageBus, echo: Echo, loop: Loop) -> None:
    heard: list[Replies] = []
    echo.busy = True
    bus.ask([say("one"), say("two"), say("three")], heard.append)
    loop.until(lambda: len(echo.asked) == 3)
    echo.recover()  # the last first
    loop.until(lambda: bool(heard))
    assert heard == [(Reply(("one",)), Reply(("two",)), Reply(("three",)))]


@pytest.mark.usefixtures("echo")
def test_an_error_is_an_answer(bus: MessageBus, loop: Loop) -> None:
    heard: list[Replies] = []
    bus.ask([whisper(), say("still here")], heard.append)
    loop.until(lambda: bool(heard))
    assert heard[0] == (Reply(error="org.freedesktop.DBus.Error.UnknownMethod"), Reply(("still here",)))


def test_a_program_that_is_not_there_is_an_error_at_once(bus: MessageBus, echo: Echo, loop: Loop) -> None:
    heard: list[Replies] = []
    echo.close()
    bus.ask([say("anybody?")], heard.append)
    loop.until(lambda: bool(heard))
    assert heard[0][0].error == "org.freedesktop.DBus.Error.ServiceUnknown"


@pytest.mark.usefixtures("echo")
def test_carries_more_than_the_socket_takes_at_once(bus: MessageBus, loop: Loop) -> None:
    heard: list[Replies] = []
    long = "长" * 2_000_000
    bus.ask([say(long), say("after")], heard.append)
    loop.until(lambda: bool(heard))
    assert heard == [(Reply((long,)), Reply(("after",)))]


@pytest.mark.usefixtures("echo")
def test_a_question_taken_back_is_not_answered(bus: MessageBus, loop: Loop) -> None:
    heard: list[str] = []
    cancel = bus.ask([say("never mind")], lambda _: heard.append("first"))
    cancel()
    bus.ask([say("but this")], lambda _: heard.append("second"))
    loop.until(lambda: bool(heard))
    assert heard == ["second"]


def test_tells_everyone_who_waits_when_the_bus_goes_away(
    bus: MessageBus, echo: Echo, loop: Loop, daemon: Daemon
) -> None:
    heard: list[Replies] = []
    echo.busy = True
    bus.ask([say("one"), say("two")], heard.append)
    loop.until(lambda: len(echo.asked) == 2)
    daemon.stop()
    loop.until(lambda: bool(heard))
    assert heard == [(DISCONNECTED, DISCONNECTED)]
    assert not bus.alive


@pytest.mark.usefixtures("echo")
def test_a_lost_bus_answers_later_and_only_that(bus: MessageBus, loop: Loop, daemon: Daemon) -> None:
    daemon.stop()
    loop.until(lambda: not bus.alive)
    heard: list[Replies] = []
    bus.ask([say("one")], heard.append)
    assert heard == []
    loop.until(lambda: bool(heard))
    assert heard == [(DISCONNECTED,)]


@pytest.mark.parametrize(
    "address", ["", "unix", "unix:path=/nowhere/at/all", "tcp:host=127.0.0.1,port=1", "x:y"]
)
def test_an_address_where_nobody_listens_is_a_lost_bus(address: str, loop: Loop) -> None:
    bus = MessageBus(address, readiness=loop, scheduler=loop)
    assert not bus.alive


def test_no_question_has_no_answers(bus: MessageBus, loop: Loop) -> None:
    heard: list[Replies] = []
    bus.ask([], heard.append)
    loop.until(lambda: bool(heard))
    assert heard == [()]


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n", b"REJECTED\r\n", b"x" * 9000])
def test_gives_up_on_what_does_not_let_us_in(
    greeting: bytes, home: Path, loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    impostor = Impostor(home, loop)
    bus = MessageBus(impostor.address, readiness=loop, scheduler=loop)
    heard: list[Replies] = []
    bus.ask([say("hello")], heard.append)
    impostor.receive(greeting)
    loop.until(lambda: bool(heard))
    assert heard == [(DISCONNECTED,)]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    impostor.close()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rubbish=st.binary(max_size=200) | st.binary(max_size=200).map(lambda tail: b"l\2\1\1" + tail))
def test_rubbish_on_the_line_never_raises(
    rubbish: bytes, home: Path, loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    impostor = Impostor(home, loop)
    bus = MessageBus(impostor.address, readiness=loop, scheduler=loop)
    heard: list[Replies] = []
    bus.ask([say("hello")], heard.append)
    impostor.receive(b"OK 0123456789abcdef\r\n", then=rubbish)
    loop.until(lambda: bool(heard))
    assert heard == [(DISCONNECTED,)]
    assert all(record.levelno <= logging.WARNING for record in caplog.records)
    impostor.close()


def _dialogue(bus: MessageBus, *, rounds: int = 2) -> Steps[list[Replies]]:
    """Says its round's number each time and returns what it heard."""
    heard: list[Replies] = []
    while len(heard) < rounds:
        heard += [(yield bus, [say(str(len(heard)))])]
    return heard


def test_a_conversation_reads_top_to_bottom(bus: MessageBus, echo: Echo, loop: Loop) -> None:
    ends: list[list[Replies]] = []
    Conversation(_dialogue(bus), ends.append, scheduler=loop, timeout=timedelta(seconds=5))
    loop.until(lambda: bool(ends))
    assert ends == [[(Reply(("0",)),), (Reply(("1",)),)]]
    assert echo.asked == ["Say", "Say"]


def test_a_conversation_ends_in_time_whatever_it_still_asks(bus: MessageBus, echo: Echo, loop: Loop) -> None:
    time = FakeTime()
    ends: list[list[Replies]] = []
    echo.busy = True
    Conversation(_dialogue(bus, rounds=3), ends.append, scheduler=time, timeout=SOON)
    loop.until(lambda: bool(echo.asked))
    time.advance(SOON)
    assert ends == [[(NO_REPLY,)] * 3]
    echo.recover()
    bus.ask([say("after")], lambda _: echo.close())
    loop.until(lambda: not echo.is_open)
    assert echo.asked == ["Say", "Say"]  # the first of the dialogue, and the one after
    assert len(ends) == 1


def test_a_conversation_ends_with_its_bus(bus: MessageBus, echo: Echo, loop: Loop, daemon: Daemon) -> None:
    ends: list[list[Replies]] = []
    echo.busy = True
    Conversation(_dialogue(bus), ends.append, scheduler=loop, timeout=timedelta(seconds=5))
    loop.until(lambda: bool(echo.asked))
    daemon.stop()
    loop.until(lambda: bool(ends))
    assert ends == [[(DISCONNECTED,), (DISCONNECTED,)]]


def test_an_end_without_a_question_comes_after_the_beginning(bus: MessageBus) -> None:
    time = FakeTime()
    ends: list[list[Replies]] = []
    Conversation(_dialogue(bus, rounds=0), ends.append, scheduler=time, timeout=SOON)
    assert ends == []
    time.advance(timedelta(0))
    assert ends == [[]]
    time.advance(SOON)
    assert ends == [[]]


@pytest.mark.usefixtures("echo")
@pytest.mark.parametrize("rounds", [0, 2])
def test_a_conversation_broken_off_has_no_end(rounds: int, bus: MessageBus, loop: Loop) -> None:
    ends: list[object] = []
    talk = Conversation(_dialogue(bus, rounds=rounds), ends.append, scheduler=loop, timeout=SOON)
    talk.cancel()
    bus.ask([say("after")], lambda _: ends.append("after"))
    loop.until(lambda: bool(ends))
    loop.run(SOON)
    assert ends == ["after"]
