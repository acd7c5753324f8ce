"""The account of a shift, against figures worked out by hand."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.account import (
    Compensation,
    Excluded,
    FollowupState,
    PhraseUse,
    Promises,
    Satisfaction,
    Summary,
    Wait,
)
from sidebar.domain.events import Author, CloseStatus, Event
from sidebar.domain.identifiers import ConversationId, PhraseId
from sidebar.domain.metrics import CANONICAL, Spread
from sidebar.domain.summaries import Account, summarise
from sidebar.domain.turns import Exclusion
from tests.domain.shop import Buyer, at, did, owes, snoozed

ZHANG = Buyer("张女士")
LI = Buyer("李先生")


def account(
    events: Iterable[Event], since: str = "09:00", until: str | None = "18:00", now: str = "18:00"
) -> Summary:
    return summarise(
        events, since=at(since), until=None if until is None else at(until), agent="小李", now=at(now)
    )


def wait(buyer: Buyer, clock: str, seconds: int, *, answered: bool) -> Wait:
    return Wait(
        conversation=buyer.id,
        customer=buyer.name,
        at=at(clock),
        waited=timedelta(seconds=seconds),
        answered=answered,
    )


# The worked example that sellers pass around for Taobao's three-minute response rate.
TAOBAO = [ZHANG.writes("10:10:15"), ZHANG.writes("10:15:20"), ZHANG.is_answered("10:18:10")]
TAOBAO_NEXT = [ZHANG.writes("10:18:30"), ZHANG.is_answered("10:19:00")]


def test_taobaos_buyer_who_asked_twice_is_one_turn_from_the_first_message() -> None:
    found = account(TAOBAO)
    assert (found.turns, found.answered_turns, found.within[180]) == (1, 1, 0.0)
    # 10:10:15 to 10:18:10 are seven minutes and 55 seconds.
    assert found.turn_response == Spread(count=1, mean=475, median=475, p90=475, max=475)


def test_taobaos_next_question_answered_in_time_makes_it_one_in_two() -> None:
    found = account([*TAOBAO, *TAOBAO_NEXT])
    assert (found.turns, found.within[180]) == (2, 0.5)


def test_taobaos_ten_questions_nobody_answered_till_midnight_are_none_in_one() -> None:
    questions = [ZHANG.writes(f"10:{minute:02d}") for minute in range(10)]
    found = account(questions, until="24:00", now="24:00")
    assert (found.turns, found.answered_turns, found.within[180]) == (1, 0, 0.0)
    assert found.open == (wait(ZHANG, "10:00", 14 * 3600, answered=False),)
    assert found.breaches == found.open


def test_an_empty_shift_has_no_figures() -> None:
    found = account([])
    assert (found.conversations, found.buyers, found.turns, found.rate) == (0, 0, 0, None)
    assert found.first_response == Spread()
    assert found.within == {30: None, 60: None, 180: None, 300: None}
    assert found.satisfaction == Satisfaction()


def test_first_response_is_the_first_answered_turn_of_each_conversation() -> None:
    found = account(
        [
            ZHANG.writes("09:00:00"),
            ZHANG.is_answered("09:00:20"),
            LI.writes("09:01:00"),
            LI.needs_no_reply("09:01:10"),
            LI.writes("09:02:00"),
            LI.is_answered("09:03:00"),
            ZHANG.writes("09:04:00"),
            ZHANG.is_answered("09:04:40"),
        ]
    )
    assert found.first_response == Spread(count=2, mean=40, median=40, p90=60, max=60)
    assert found.turn_response == Spread(count=3, mean=40, median=40, p90=60, max=60)
    assert found.within == {30: 1 / 3, 60: 1.0, 180: 1.0, 300: 1.0}


def test_a_phrase_is_the_reply_and_its_sending_is_not_another() -> None:
    found = account([ZHANG.writes("09:00:00"), ZHANG.gets("09:00:05", "hi"), ZHANG.is_answered("09:00:07")])
    assert (found.turns, found.answered_turns) == (1, 1)
    assert found.turn_response.max == 5


def test_a_robots_answer_leaves_the_buyer_waiting() -> None:
    found = account(
        [
            ZHANG.writes("09:00:00"),
            ZHANG.is_answered("09:00:01", by=Author.BOT),
            ZHANG.is_answered("09:00:02", by=Author.AUTO),
            ZHANG.is_answered("09:02:00"),
        ]
    )
    assert found.turn_response == Spread(count=1, mean=120, median=120, p90=120, max=120)


def test_turns_without_an_answer_by_choice_are_left_out_with_their_reason() -> None:
    found = account(
        [
            ZHANG.writes("09:00"),
            ZHANG.needs_no_reply("09:10"),
            ZHANG.writes("09:20"),
            ZHANG.needs_no_reply("09:21"),
            LI.writes("09:30"),
            LI.is_closed("09:40"),
        ]
    )
    assert (found.turns, found.breaches) == (0, ())
    assert found.excluded == (
        Excluded(conversation=ZHANG.id, reason=Exclusion.NO_REPLY_NEEDED, count=2),
        Excluded(conversation=LI.id, reason=Exclusion.CLOSED, count=1),
    )


def test_a_breach_is_a_wait_as_long_as_the_threshold_answered_or_not() -> None:
    found = account(
        [
            ZHANG.writes("09:00:00"),
            ZHANG.is_answered("09:02:59"),
            ZHANG.writes("09:10:00"),
            ZHANG.is_answered("09:13:00"),
            LI.writes("17:56:59"),
            Buyer("王").writes("17:57:01"),
        ]
    )
    assert found.breaches == (
        wait(ZHANG, "09:10:00", 180, answered=True),
        wait(LI, "17:56:59", 181, answered=False),
    )
    assert [waiting.customer for waiting in found.open] == ["李先生", "王"]


def test_a_turn_belongs_to_the_shift_in_which_the_buyer_wrote() -> None:
    events = [ZHANG.writes("17:59:00"), ZHANG.is_answered("18:04:00")]
    early = account(events, since="09:00", until="18:00", now="24:00")
    late = account(events, since="18:00", until="24:00", now="24:00")
    assert (early.turns, early.answered_turns, early.breaches) == (1, 0, ())
    assert early.open == (wait(ZHANG, "17:59:00", 60, answered=False),)
    assert (late.turns, late.conversations, late.open) == (0, 1, ())
    assert late.excluded == (Excluded(conversation=ZHANG.id, reason=Exclusion.BEGAN_BEFORE, count=1),)


def test_who_still_waits_from_the_shift_before_is_listed_as_open() -> None:
    found = account([ZHANG.writes("08:00")], since="09:00", until="18:00")
    assert found.open == (wait(ZHANG, "08:00", 10 * 3600, answered=False),)
    assert (found.turns, found.conversations) == (0, 0)


def test_what_was_settled_before_the_shift_does_not_count() -> None:
    found = account(
        [
            ZHANG.writes("08:00"),
            ZHANG.gets("08:01", "hi"),
            ZHANG.receives("08:02", 5),
            ZHANG.rates("08:03", 1),
            owes("08:04", "call", "08:30", promise=True),
            did("08:20", "call"),
        ]
    )
    assert found == replace(account([]), cases=())


def test_a_running_shift_is_judged_now() -> None:
    found = account([ZHANG.writes("09:00:00")], until=None, now="09:00:40")
    assert found.until == at("09:00:40")
    assert found.open == (wait(ZHANG, "09:00:00", 40, answered=False),)


def test_what_happens_this_very_moment_is_in_a_running_shift() -> None:
    events = [ZHANG.writes("09:00"), ZHANG.is_answered("09:01")]
    assert account(events, until=None, now="09:01").answered_turns == 1
    assert account(events, until="09:01", now="09:01").answered_turns == 0


def test_a_shift_that_ends_later_is_judged_now_not_at_its_end() -> None:
    found = account([ZHANG.writes("09:00")], until="18:00", now="09:10")
    assert found.open == (wait(ZHANG, "09:00", 600, answered=False),)


def test_buyers_are_names_within_a_client() -> None:
    found = account(
        [
            Buyer("小明", conversation="a").writes("09:00"),
            Buyer("小明", conversation="b").writes("09:01"),
            Buyer("小明", conversation="c", client="jd").writes("09:02"),
            Buyer("", conversation="d").writes("09:03"),
            Buyer("", conversation="e").writes("09:04"),
        ]
    )
    assert (found.conversations, found.buyers) == (5, 4)


def test_an_insertion_counts_where_nobody_knows_for_whom() -> None:
    found = account([Buyer("", conversation=" ").gets("09:00", "hi")])
    unknown = replace(Buyer("").gets("09:01", "hi"), conversation=ConversationId(""))
    assert account([unknown]).phrases == (PhraseUse(phrase=PhraseId("hi"), uses=1),)
    assert account([unknown]).conversations == 0
    assert found.conversations == 1


def test_an_insertion_that_failed_is_neither_a_reply_nor_a_use() -> None:
    found = account([ZHANG.writes("09:00"), ZHANG.misses("09:01", "hi")])
    assert (found.phrases, found.answered_turns, len(found.open)) == ((), 0, 1)
    assert account([ZHANG.misses("09:01", "hi")]).conversations == 0


def test_phrases_are_counted_most_used_first() -> None:
    found = account(
        [ZHANG.gets("09:00", "b"), LI.gets("09:01", "c"), LI.gets("09:02", "c"), LI.gets("09:03", "a")]
    )
    assert [(use.phrase, use.uses) for use in found.phrases] == [("c", 2), ("a", 1), ("b", 1)]


def test_promises_are_kept_late_broken_or_open() -> None:
    found = account(
        [
            owes("09:00", "kept", "10:00", promise=True),
            owes("09:01", "late", "10:00", promise=True),
            owes("09:02", "broken", "17:00", promise=True),
            owes("09:03", "open", "20:00", promise=True),
            owes("09:04", "no promise", "10:00"),
            did("10:00", "kept"),
            did("10:01", "late"),
        ]
    )
    assert found.promises == Promises(made=4, kept=1, late=1, broken=1, open=1)
    counts = found.followups
    assert (counts.made, counts.done, counts.overdue, counts.open) == (5, 2, 2, 1)
    assert [(line.about, line.state) for line in counts.lines] == [
        ("kept", FollowupState.DONE),
        ("late", FollowupState.DONE),
        ("no promise", FollowupState.OVERDUE),
        ("broken", FollowupState.OVERDUE),
        ("open", FollowupState.OPEN),
    ]


def test_a_snoozed_promise_is_judged_by_what_the_buyer_was_told() -> None:
    found = account(
        [
            owes("09:00", "call", "10:00", promise=True),
            snoozed("09:50", "call", "12:00"),
            did("11:00", "call"),
        ]
    )
    assert found.promises == Promises(made=1, late=1)
    unfinished = account([owes("09:00", "call", "10:00", promise=True), snoozed("09:50", "call", "20:00")])
    assert unfinished.promises == Promises(made=1, broken=1)
    assert (unfinished.followups.overdue, unfinished.followups.open) == (0, 1)


def test_a_promise_taken_over_is_kept_by_who_keeps_it() -> None:
    found = account([owes("08:00", "call", "10:00", promise=True), did("09:30", "call")])
    assert found.promises == Promises(made=0, kept=1)
    assert (found.followups.made, found.followups.done) == (0, 1)


def test_done_counts_once_and_at_the_first_time() -> None:
    found = account(
        [owes("09:00", "call", "10:00", promise=True), did("09:30", "call"), did("11:00", "call")]
    )
    assert found.promises == Promises(made=1, kept=1)


def test_the_same_log_gives_the_same_account_next_week() -> None:
    events = [ZHANG.writes("17:59"), owes("17:00", "call", "20:00", promise=True)]
    assert account(events, now="18:00") == account([*events, did("19:00", "call")], now="180:00")


def test_compensation_is_added_up_by_kind_and_currency() -> None:
    found = account(
        [
            ZHANG.receives("09:00", 0.1),
            ZHANG.receives("09:01", 0.1),
            LI.receives("09:02", 0.1),
            LI.receives("09:03", 5, kind="coupon"),
            LI.receives("09:04", 3, currency="USD"),
        ]
    )
    assert found.compensation == (
        Compensation(kind="coupon", currency="CNY", count=1, amount=5.0),
        Compensation(kind="refund", currency="CNY", count=3, amount=0.3),
        Compensation(kind="refund", currency="USD", count=1, amount=3.0),
    )


def test_satisfaction_is_the_mean_of_the_marks() -> None:
    found = account([ZHANG.rates("09:00", 5), LI.rates("09:01", 4), LI.rates("09:02", 4)])
    assert found.satisfaction == Satisfaction(count=3, mean=4.333)


def test_a_case_tells_what_became_of_a_conversation() -> None:
    found = account(
        [
            ZHANG.opens("09:00:00"),
            ZHANG.writes("09:00:10"),
            ZHANG.is_about("09:00:20", "logistics"),
            ZHANG.gets("09:00:30", "greet"),
            ZHANG.writes("09:01:00"),
            ZHANG.gets("09:02:00", "where"),
            ZHANG.is_escalated("09:03:00", "仓库"),
            ZHANG.is_closed("09:05:00", CloseStatus.NEEDS_FOLLOW_UP),
            ZHANG.rates("09:06:00", 4),
            LI.writes("09:30"),
        ]
    )
    zhang, li = found.cases
    assert (zhang.conversation, zhang.customer, zhang.category) == (ZHANG.id, "张女士", "logistics")
    assert (zhang.status, zhang.opened, zhang.closed) == (
        CloseStatus.NEEDS_FOLLOW_UP,
        at("09:00:00"),
        at("09:05:00"),
    )
    assert (zhang.turns, zhang.answered, zhang.longest) == (2, 2, timedelta(seconds=60))
    assert [use.phrase for use in zhang.phrases] == ["greet", "where"]
    assert zhang.escalated_to == ("仓库",)
    assert (li.status, li.closed, li.longest) == (
        CloseStatus.IN_PROGRESS,
        None,
        timedelta(hours=8, minutes=30),
    )


def test_a_buyer_who_comes_back_makes_the_case_open_again() -> None:
    (case,) = account([ZHANG.writes("09:00"), ZHANG.is_closed("09:10"), ZHANG.writes("09:20")]).cases
    assert (case.status, case.opened, case.closed) == (CloseStatus.IN_PROGRESS, at("09:20"), None)


def test_the_json_is_the_outside_contract() -> None:
    found = account(
        [
            ZHANG.writes("10:00:00"),
            ZHANG.gets("10:03:20", "greet"),
            ZHANG.receives("10:04", 12.5),
            ZHANG.rates("10:05", 5),
            owes("10:06", "call", "20:00", promise=True),
            LI.writes("11:00"),
            LI.needs_no_reply("11:01"),
            Buyer("王").writes("17:59"),
        ]
    )
    spread = {"count": 1, "mean": 200.0, "median": 200.0, "p90": 200.0, "max": 200.0}
    told = json.loads(json.dumps(found.as_json(), allow_nan=False))
    cases = told.pop("cases")
    assert told == {
        "schema": 1,
        "profile": "sidebar",
        "as_of": CANONICAL.as_of.isoformat(),
        "measured_by": "sidebar",
        "from": "2026-03-02T09:00:00+00:00",
        "to": "2026-03-02T18:00:00+00:00",
        "agent": "小李",
        "figures": {
            "conversations": 3,
            "buyers": 3,
            "turns": 2,
            "answered_turns": 1,
            "rate": None,
            "first_response": spread,
            "turn_response": spread,
            "within": {"30": 0.0, "60": 0.0, "180": 0.0, "300": 0.5},
            "excluded": [{"conversation": "c-李先生", "reason": "no_reply_needed", "count": 1}],
        },
        "asleep": 0.0,
        "headline": None,
        "agent_response": spread,
        "breaches": [
            {
                "conversation": "c-张女士",
                "customer": "张女士",
                "at": "2026-03-02T10:00:00+00:00",
                "waited": 200.0,
                "answered": True,
            }
        ],
        "open": [
            {
                "conversation": "c-王",
                "customer": "王",
                "at": "2026-03-02T17:59:00+00:00",
                "waited": 60.0,
                "answered": False,
            }
        ],
        "promises": {"made": 1, "kept": 0, "late": 0, "broken": 0, "open": 1},
        "followups": {
            "made": 1,
            "done": 0,
            "overdue": 0,
            "open": 1,
            "list": [
                {
                    "id": "call",
                    "conversation": None,
                    "customer": "",
                    "about": "call",
                    "made_at": "2026-03-02T10:06:00+00:00",
                    "due": "2026-03-02T20:00:00+00:00",
                    "done_at": None,
                    "promise": True,
                    "state": "open",
                }
            ],
        },
        "phrases": [{"id": "greet", "uses": 1}],
        "compensation": [{"kind": "refund", "currency": "CNY", "count": 1, "amount": 12.5}],
        "satisfaction": {"count": 1, "mean": 5.0},
    }
    assert cases[0] == {
        "conversation": "c-张女士",
        "client": "taobao",
        "customer": "张女士",
        "category": "",
        "status": "in_progress",
        "opened": "2026-03-02T10:00:00+00:00",
        "closed": None,
        "turns": 1,
        "answered": 1,
        "longest": 200.0,
        "phrases": [{"id": "greet", "uses": 1}],
        "escalated_to": [],
    }


def test_the_profile_is_named_with_its_date() -> None:
    found = account([])
    assert (found.profile, found.as_of) == ("sidebar", date(2026, 11, 21))


_ACTS = st.sampled_from(["writes", "is_answered", "needs_no_reply", "is_closed", "opens"])


@given(st.lists(st.tuples(st.sampled_from([ZHANG, LI]), _ACTS), max_size=40), st.integers(0, 40))
def test_every_turn_is_accounted_for_once(script: list[tuple[Buyer, str]], started: int) -> None:
    events = [getattr(buyer, act)(f"0:{minute}") for minute, (buyer, act) in enumerate(script)]
    found = summarise(events, since=at(f"0:{started}"), agent="", now=at("1:00"))
    still_open = [turn for turn in found.open if turn.at >= found.since]
    assert found.turns == found.answered_turns + len(still_open)
    assert found.answered_turns == found.turn_response.count
    assert found.first_response.count <= found.conversations
    begun = sum(
        act == "writes" and not any(_waits(script[:place], buyer))
        for place, (buyer, act) in enumerate(script)
        if place >= started
    )
    chosen = sum(one.count for one in found.excluded if one.reason is not Exclusion.BEGAN_BEFORE)
    assert begun == found.turns + chosen


def _waits(script: list[tuple[Buyer, str]], buyer: Buyer) -> list[bool]:
    """[True] where *buyer* waits after *script*: the last act other than opening is a message."""
    acts = [act for who, act in script if who is buyer and act != "opens"]
    return [acts[-1] == "writes"] if acts else []


@given(st.lists(st.tuples(st.sampled_from([ZHANG, LI]), _ACTS), max_size=30))
def test_the_account_can_be_asked_at_any_time(script: list[tuple[Buyer, str]]) -> None:
    events = [getattr(buyer, act)(f"0:{minute}") for minute, (buyer, act) in enumerate(script)]
    running = Account(since=at("0:00"))
    for minute, event in enumerate(events):
        running.follow(event)
        now = at(f"0:{minute}")
        asked = running.summary(agent="", until=now, end=now)
        assert asked == summarise(events[: minute + 1], since=at("0:00"), agent="", now=now)
