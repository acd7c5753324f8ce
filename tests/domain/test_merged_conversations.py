"""Merged conversations are one in the account, and buyers have the name the agent gave them."""

from collections.abc import Iterable
from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.account import Summary, Wait
from sidebar.domain.conversations import Thresholds
from sidebar.domain.events import (
    AgentMessage,
    Assigned,
    CategorySet,
    ConversationClosed,
    ConversationEvent,
    ConversationMerged,
    ConversationRenamed,
    CustomerMessage,
    Event,
    FollowupAdded,
    NoReplyNeeded,
    ShiftBegun,
)
from sidebar.domain.identifiers import ConversationId, EventId, FollowupId, ShiftId
from sidebar.domain.metrics import CANONICAL, Profile
from sidebar.domain.summaries import summarise
from sidebar.services.board import Board
from sidebar.services.rebuilding import rebuild
from sidebar.services.shift_log import ShiftLog
from sidebar.storage.metric_files import load_profile
from tests.domain.shop import CLIENT, Buyer, at, fresh
from tests.fakes import START
from tests.storage.test_shipped_metrics import FOLDER

NAMELESS, ZHANG, LI = Buyer("", "#1"), Buyer("张女士"), Buyer("李先生")


def merged(clock: str, one: Buyer, into: Buyer) -> ConversationMerged:
    return ConversationMerged(id=fresh(), at=at(clock), conversation=one.id, into=into.id)


def renamed(clock: str, buyer: Buyer, name: str) -> ConversationRenamed:
    return ConversationRenamed(id=fresh(), at=at(clock), conversation=buyer.id, name=name)


def account(events: Iterable[Event], profile: Profile = CANONICAL) -> Summary:
    return summarise(events, since=at("09:00"), until=at("18:00"), agent="", now=at("18:00"), profile=profile)


def test_two_that_were_merged_are_one_conversation_one_buyer_and_one_case() -> None:
    found = account(
        [
            NAMELESS.writes("10:00"),
            NAMELESS.is_answered("10:01"),
            NAMELESS.gets("10:01", "hello"),
            NAMELESS.is_escalated("10:02", "主管"),
            ZHANG.writes("10:05"),
            ZHANG.is_answered("10:07"),
            ZHANG.gets("10:07", "hello"),
            merged("10:08", NAMELESS, ZHANG),
            LI.writes("10:10"),
            LI.is_answered("10:11"),
        ]
    )
    assert (found.conversations, found.buyers, found.turns, found.answered_turns) == (2, 2, 3, 3)
    # the first answer of the one conversation is that of 10:01, a minute after 10:00
    assert (found.first_response.count, found.first_response.mean) == (2, 60)
    case, _ = found.cases
    assert (case.conversation, case.customer, case.opened, case.turns) == (ZHANG.id, "张女士", at("10:00"), 2)
    assert [(each.phrase, each.uses) for each in case.phrases] == [("hello", 2)]
    assert case.escalated_to == ("主管",)


def test_the_longer_wait_goes_on_and_is_one_turn() -> None:
    told = [
        NAMELESS.writes("10:00"),
        ZHANG.writes("10:02"),
        merged("10:03", NAMELESS, ZHANG),
    ]
    waiting = account(told)
    assert [(each.conversation, each.at) for each in waiting.open] == [(ZHANG.id, at("10:00"))]
    answered = account([*told, ZHANG.is_answered("10:05")])
    assert (answered.turns, answered.answered_turns, answered.turn_response.mean) == (1, 1, 300)
    assert answered.excluded == ()
    assert answered.first_response.mean == 300


def test_what_happens_in_it_later_happens_in_the_one_it_was_merged_into() -> None:
    found = account(
        [
            NAMELESS.writes("10:00"),
            NAMELESS.is_answered("10:01"),
            merged("10:02", NAMELESS, ZHANG),  # of whom nothing was known yet
            NAMELESS.writes("10:10"),
            ZHANG.is_answered("10:12"),
            NAMELESS.is_closed("10:20"),
        ]
    )
    assert (found.conversations, found.turns, found.turn_response.max) == (1, 2, 120)
    (case,) = found.cases
    assert (case.conversation, case.closed) == (ZHANG.id, at("10:20"))


def test_of_three_merged_one_after_the_other_one_is_left() -> None:
    found = account(
        [
            NAMELESS.writes("10:00"),
            ZHANG.writes("10:01"),
            LI.writes("10:02"),
            merged("10:03", NAMELESS, ZHANG),
            merged("10:04", ZHANG, LI),
            merged("10:05", NAMELESS, LI),
            NAMELESS.is_answered("10:06"),
        ]
    )
    assert (found.conversations, found.turns, found.turn_response.mean) == (1, 1, 360)
    assert found.cases[0].customer == "李先生"


def test_a_merge_after_the_time_looked_at_leaves_them_apart() -> None:
    found = account([NAMELESS.writes("10:00"), ZHANG.writes("10:01"), merged("18:00", NAMELESS, ZHANG)])
    assert (found.conversations, len(found.open)) == (2, 2)


def test_a_first_answer_is_asked_for_once_of_the_one_conversation() -> None:
    jd = load_profile(FOLDER / "jd-first-30s.toml", local=UTC)
    told = [
        NAMELESS.writes("10:00:00"),
        NAMELESS.is_answered("10:00:10"),
        ZHANG.writes("10:05:00"),
        ZHANG.is_answered("10:06:00"),
    ]
    apart = account(told, jd).headline
    assert apart is not None
    assert (apart.good, apart.counted) == (1, 2)
    one = account([*told, merged("10:07", NAMELESS, ZHANG)], jd).headline
    assert one is not None
    assert (one.good, one.counted) == (1, 1)


def test_two_waits_that_become_one_are_still_a_first_answer() -> None:
    jd = load_profile(FOLDER / "jd-first-30s.toml", local=UTC)
    told = [NAMELESS.writes("10:00:00"), ZHANG.writes("10:00:05"), merged("10:00:10", NAMELESS, ZHANG)]
    headline = account([*told, ZHANG.is_answered("10:00:25")], jd).headline
    assert headline is not None
    assert (headline.good, headline.counted) == (1, 1)


def test_the_agents_clock_is_that_of_the_wait_that_goes_on() -> None:
    told = [
        NAMELESS.writes("10:00"),
        NAMELESS.is_assigned("10:01"),
        ZHANG.writes("10:02"),
        ZHANG.is_assigned("10:03"),
        merged("10:04", NAMELESS, ZHANG),
        ZHANG.is_answered("10:05"),
    ]
    assert account(told).agent_response.mean == 240


def test_buyers_are_called_in_the_account_what_the_agent_calls_them() -> None:
    owed = FollowupAdded(
        id=fresh(),
        at=at("10:01"),
        followup=FollowupId("f"),
        about="回电",
        due=at("20:00"),
        conversation=NAMELESS.id,
    )
    found = account(
        [
            NAMELESS.writes("10:00"),
            owed,
            ZHANG.writes("10:00"),
            renamed("10:02", NAMELESS, "王小姐"),
            renamed("10:02", ZHANG, "张女士（老客）"),
        ]
    )
    assert {case.customer for case in found.cases} == {"王小姐", "张女士（老客）"}
    assert found.open[0] == Wait(
        conversation=NAMELESS.id,
        customer="王小姐",
        at=at("10:00"),
        waited=timedelta(hours=8),
        answered=False,
    )
    assert [line.customer for line in found.followups.lines] == ["王小姐"]
    assert found.buyers == 2


def test_a_name_given_makes_two_of_no_buyer() -> None:
    """A buyer whom the client names is one, whatever one of two conversations is called."""
    again = Buyer("张女士", "c-2")
    told = [ZHANG.writes("10:00"), again.writes("11:00"), renamed("11:01", again, "张女士（老客）")]
    assert account(told).buyers == 1


def test_what_was_said_of_either_is_said_of_both() -> None:
    found = account(
        [
            NAMELESS.writes("10:00"),
            NAMELESS.is_about("10:00", "complaint"),
            renamed("10:01", NAMELESS, "王小姐（老客）"),
            ZHANG.writes("10:02"),
            merged("10:03", NAMELESS, ZHANG),
        ]
    )
    (case,) = found.cases
    assert (case.customer, case.category) == ("王小姐（老客）", "complaint")


NAMES = ("a", "b", "c", "d")
Kind = tuple[type[ConversationEvent], dict[str, object]]
KINDS: tuple[Kind, ...] = (
    (CustomerMessage, {}),
    (CustomerMessage, {}),
    (AgentMessage, {}),
    (Assigned, {}),
    (NoReplyNeeded, {}),
    (CategorySet, {"category": "order"}),
    (ConversationClosed, {}),
)
STEPS = st.tuples(
    st.integers(0, 200),
    st.sampled_from(NAMES),
    st.sampled_from(KINDS) | st.sampled_from(NAMES),
)


def happened(number: int, seconds: int, name: str, what: Kind | str) -> Event:
    id, moment = EventId(str(number)), START + timedelta(seconds=seconds)
    if isinstance(what, str):
        return ConversationMerged(
            id=id, at=moment, conversation=ConversationId(name), into=ConversationId(what)
        )
    kind, fields = what
    return kind(id=id, at=moment, conversation=ConversationId(name), client=CLIENT, **fields)  # type: ignore[arg-type]


@given(st.lists(STEPS, max_size=40), st.integers(0, 2000))
def test_screen_footer_and_summary_agree_whatever_is_merged(
    steps: list[tuple[int, str, Kind | str]], begun: int
) -> None:
    events, seconds = list[Event](), 0
    for number, (later, name, what) in enumerate(steps):
        seconds += later
        events.append(happened(number, seconds, name, what))
    shift = ShiftBegun(id=EventId("s"), at=START + timedelta(seconds=begun), shift=ShiftId("s"), agent="")
    events = sorted([shift, *events], key=lambda event: event.at)
    board, shifts = Board(thresholds=Thresholds()), ShiftLog()
    board.watch(shifts)
    rebuild(events, (board, shifts))
    now = max(shift.at, START + timedelta(seconds=seconds))
    footer = shifts.view(now)
    summary = summarise(events, since=shift.at, agent="", now=now)
    shown = {row.conversation: row.waiting_since for row in board.view(now).rows if row.waiting_since}
    assert shown == {wait.conversation: wait.at for wait in summary.open}
    assert footer.handled == summary.conversations
    mean = None if footer.first_response is None else footer.first_response.total_seconds()
    wanted = summary.first_response.mean
    assert mean == (None if wanted is None else pytest.approx(wanted, abs=0.001))


def test_a_log_that_tells_the_merge_by_closing_and_writing_again_reads_as_before() -> None:
    """As earlier versions told it: the one is closed, and its message stands in the other."""
    told = [
        NAMELESS.writes("10:00"),
        ZHANG.writes("10:00"),
        ZHANG.writes("10:02"),
        NAMELESS.is_closed("10:03"),
        merged("10:03", NAMELESS, ZHANG),
        ZHANG.is_answered("10:05"),
    ]
    found = account(told)
    assert (found.conversations, found.turns, found.turn_response.mean) == (1, 1, 300)
