"""The open bridge on fakes: each line answered, whatever its size, and never much of it at once."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.events import CustomerMessage, Event
from sidebar.domain.identifiers import EventId
from sidebar.errors import HistoryError, HistoryFault
from sidebar.services.bridging import LONGEST, Bridge
from sidebar.services.journal import Journal
from tests.fakes import START, FakeHistory, FakeTime


def wrote(id: str, **more: object) -> bytes:
    event = {"v": 1, "id": id, "at": "2026-11-21T10:10:15+08:00", "type": "customer_message"}
    about = {"client": "taobao", "conversation": "c1", "customer": "张女士"}
    return json.dumps(event | about | more, ensure_ascii=False).encode() + b"\n"


class FakeCaller:
    """Keeps the answers, and whether it was to be heard, each time that was said."""

    def __init__(self) -> None:
        self.words = b""
        self.heard: list[bool] = []
        self.gone = False

    def answer(self, words: bytes) -> None:
        self.words += words

    def hear(self, listening: bool) -> None:
        self.heard.append(listening)

    def hang_up(self) -> None:
        self.gone = True

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.words.splitlines()]

    @property
    def statuses(self) -> list[str]:
        return [answer["status"] for answer in self.answers]


class Scene:
    """A bridge and one caller on it."""

    def __init__(self) -> None:
        self.time, self.history = FakeTime(), FakeHistory()
        self.told: list[Event] = []
        self.journal = Journal(history=self.history, scheduler=self.time, on_trouble=lambda _: None)
        self.journal.listen(self.told.append)
        self.bridge = Bridge(journal=self.journal, scheduler=self.time)
        self.caller = FakeCaller()
        self.call = self.bridge.take(self.caller)

    def send(self, *chunks: bytes) -> "Scene":
        for chunk in chunks:
            self.call.receive(chunk)
        self.time.advance(timedelta(seconds=2))
        return self

    def ids(self) -> list[str]:
        return [event.id for event in self.told]


def test_a_good_line_is_stored_told_and_accepted() -> None:
    scene = Scene().send(wrote("e1"))
    assert scene.caller.answers == [{"line": 1, "status": "accepted"}]
    (event,) = scene.told
    assert isinstance(event, CustomerMessage)
    assert event.customer == "张女士"
    assert scene.history.stored == [event]


def test_what_is_known_is_told_to_nobody_a_second_time() -> None:
    scene = Scene().send(wrote("e1"), wrote("e1"), wrote("e2")).send(wrote("e1"))
    assert scene.caller.statuses == ["accepted", "duplicate", "accepted", "duplicate"]
    assert scene.ids() == ["e1", "e2"]


def test_what_is_in_memory_only_is_known_as_well(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")  # that the history refuses is logged
    scene = Scene()
    scene.history.refuse = HistoryError("full", fault=HistoryFault.FULL)
    event = Scene().send(wrote("e1")).told[0]
    scene.journal.publish(event)
    scene.history.refuse = None
    scene.send(wrote("e1"))
    assert scene.caller.statuses == ["duplicate"]
    assert scene.ids() == ["e1"]


def test_a_bad_line_is_refused_by_number_and_stops_nothing_else() -> None:
    scene = Scene().send(
        wrote("e1"),
        b"not json\n",
        b"\n",
        b"\xff\xfe{}\n",
        wrote("e2", type="shift_begun"),
        wrote("e3", v=2),
        b"[" * 5000 + b"\n",
        wrote("e4"),
    )
    answers = scene.caller.answers
    assert [answer["line"] for answer in answers] == list(range(1, 9))
    assert [answer["status"] for answer in answers] == ["accepted", *["refused"] * 6, "accepted"]
    assert all(answer["reason"] for answer in answers[1:7])
    assert scene.ids() == ["e1", "e4"]


def test_a_line_that_is_too_long_is_told_before_it_ends_and_passed_over() -> None:
    scene = Scene().send(b"x" * (LONGEST + 1))
    assert scene.caller.answers == [{"line": 1, "status": "refused", "reason": "this is longer than 64 KiB"}]
    scene.send(*(b"y" * 50_000 for _ in range(20))).send(b"z\n" + wrote("e1"))
    assert scene.caller.statuses == ["refused", "accepted"]


def test_a_line_of_the_greatest_length_is_taken() -> None:
    bare = len(wrote("e1", note="")) - 1
    scene = Scene().send(
        wrote("e1", note="n" * (LONGEST - bare)), wrote("e2", note="n" * (LONGEST - bare + 1))
    )
    assert scene.caller.statuses == ["accepted", "refused"]


def test_a_flood_is_taken_in_by_portions_and_the_flooding_program_waits() -> None:
    scene = Scene()
    flood = b"".join(wrote(f"e{number}") for number in range(10_000))
    scene.call.receive(flood)
    assert scene.caller.heard == [False]
    scene.time.advance(timedelta(0))
    assert 0 < len(scene.told) <= 64
    scene.time.advance(timedelta(seconds=2))
    assert scene.caller.statuses == ["accepted"] * 10_000
    assert scene.caller.heard[-1]
    assert max(map(len, scene.history.transactions)) <= 64


def test_two_programs_take_turns() -> None:
    scene = Scene()
    other = FakeCaller()
    call = scene.bridge.take(other)
    scene.call.receive(b"".join(wrote(f"e{number}") for number in range(1000)))
    call.receive(wrote("urgent"))
    scene.time.advance(timedelta(milliseconds=5))
    assert other.statuses == ["accepted"]
    assert len(scene.caller.answers) < 100


def test_a_history_that_refuses_is_told_and_the_line_may_come_again() -> None:
    scene = Scene()
    scene.history.refuse = HistoryError("full", fault=HistoryFault.FULL)
    scene.send(wrote("e1"), b"nonsense\n")
    assert scene.caller.statuses == ["refused", "refused"]
    assert scene.caller.answers[0]["reason"] == "the history takes nothing now (full), send it again later"
    assert scene.told == []
    scene.history.refuse = None
    scene.send(wrote("e1"))
    assert scene.caller.statuses[2:] == ["accepted"]


def test_the_last_line_needs_no_end_and_is_answered_before_the_call_is_over() -> None:
    scene = Scene()
    scene.call.receive(wrote("e1") + wrote("e2").rstrip())
    scene.call.ended()
    scene.time.advance(timedelta(seconds=1))
    assert scene.caller.statuses == ["accepted", "accepted"]
    assert scene.caller.gone


def test_one_who_sends_nothing_is_let_go() -> None:
    scene = Scene()
    scene.call.ended()
    scene.time.advance(timedelta(seconds=1))
    assert (scene.caller.answers, scene.caller.gone) == ([], True)


def cut(whole: bytes, sizes: Iterable[int]) -> list[bytes]:
    """*whole* in pieces of these sizes, and the rest."""
    pieces = []
    for size in sizes:
        pieces.append(whole[:size])
        whole = whole[size:]
    return [*pieces, whole]


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=80).map(lambda line: line.replace(b"\n", b"")),
            st.integers(0, 20).map(lambda number: wrote(f"e{number}").rstrip()),
        ),
        max_size=30,
    ),
    st.lists(st.integers(0, 400), max_size=20),
)
def test_every_line_has_its_answer_however_it_is_cut_up(lines: list[bytes], sizes: list[int]) -> None:
    scene = Scene().send(*cut(b"".join(line + b"\n" for line in lines), sizes))
    assert [answer["line"] for answer in scene.caller.answers] == list(range(1, len(lines) + 1))
    accepted = scene.caller.statuses.count("accepted")
    assert accepted == len(scene.history.stored) == len(set(scene.ids()))
    assert all(event.at > START for event in scene.told)
    assert scene.journal.unsaved == 0
    assert scene.history.known(EventId("e99")) == set()
