"""Event lines: what is read, what is refused and why, and that nothing is lost on the way there and back."""

import json
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sidebar.domain.event_lines import from_line, read_line, time_text, to_line
from sidebar.domain.events import (
    OWN_EVENTS,
    PUBLIC_EVENTS,
    AgentMessage,
    Author,
    CloseStatus,
    Compensated,
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    Event,
    FollowupAdded,
    InsertionPath,
    NoReplyNeeded,
    PhraseInserted,
    Rated,
)
from sidebar.domain.identifiers import (
    ClientName,
    ConversationId,
    EventId,
    FollowupId,
    InsertionId,
    PhraseId,
)
from sidebar.domain.line_values import LineError

CONTRACT_LINE = (
    '{"v":1,"id":"m1","at":"2026-11-21T10:10:15+08:00","type":"customer_message",'
    '"client":"taobao","conversation":"c1","customer":"张女士"}'
)
"""The example of the format's description."""


def line(**changes: object) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(CONTRACT_LINE)
    return parsed | changes


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in line().items() if name != key}


def test_reads_the_example_of_the_format() -> None:
    assert read_line(CONTRACT_LINE) == CustomerMessage(
        id=EventId("m1"),
        at=datetime(2026, 11, 21, 2, 10, 15, tzinfo=UTC),
        conversation=ConversationId("c1"),
        client=ClientName("taobao"),
        customer="张女士",
    )


def test_writes_the_time_in_utc_and_every_field() -> None:
    event = Compensated(
        id=EventId("e"),
        at=datetime(2026, 11, 21, 8, 0, 0, 500_000, tzinfo=timezone(timedelta(hours=8))),
        conversation=ConversationId("c"),
        client=ClientName("jd"),
        kind="coupon",
        amount=5.5,
    )
    assert to_line(event) == {
        "v": 1,
        "id": "e",
        "at": "2026-11-21T00:00:00.500000+00:00",
        "type": "compensated",
        "conversation": "c",
        "client": "jd",
        "customer": "",
        "kind": "coupon",
        "amount": 5.5,
        "currency": "CNY",
    }


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"type": "agent_message"}, {"by": Author.HUMAN}),
        ({"type": "agent_message", "by": "bot"}, {"by": Author.BOT}),
        ({"type": "no_reply_needed", "reason": "thanks"}, {"reason": "thanks"}),
        ({"type": "rated", "score": 5}, {"score": 5}),
        (
            {"type": "conversation_closed", "status": "needs_follow_up"},
            {"status": CloseStatus.NEEDS_FOLLOW_UP},
        ),
        ({"type": "compensated", "kind": "refund", "amount": 12}, {"amount": 12.0, "currency": "CNY"}),
    ],
)
def test_reads_the_fields_of_each_type(more: dict[str, object], expected: dict[str, object]) -> None:
    event = from_line(line(**more), public_only=True)
    assert {name: getattr(event, name) for name in expected} == expected


def test_keeps_unknown_keys_and_writes_them_again() -> None:
    given_line = line(order="2026112100017", tags=["vip", {"level": 2}])
    event = from_line(given_line)
    assert isinstance(event, CustomerMessage)
    assert event.extra == {"order": "2026112100017", "tags": ["vip", {"level": 2}]}
    written = to_line(event)
    assert (written["order"], written["tags"]) == ("2026112100017", ["vip", {"level": 2}])


def test_an_unknown_key_never_hides_a_known_one() -> None:
    event = CustomerMessage(
        id=EventId("e"),
        at=datetime(2026, 1, 1, tzinfo=UTC),
        conversation=ConversationId("c"),
        client=ClientName("x"),
        extra={"conversation": "another", "note": 1},
    )
    assert to_line(event)["conversation"] == "c"


def test_the_same_content_gets_the_same_id_however_it_is_written() -> None:
    plain = without("id")
    shuffled = dict(reversed(plain.items())) | {"at": "2026-11-21T02:10:15.000Z", "id": None}
    assert from_line(plain).id == from_line(shuffled).id
    assert from_line(plain).id != from_line(plain | {"at": "2026-11-21T10:10:16+08:00"}).id
    assert from_line(plain).id != from_line(plain | {"order": "7"}).id


_STAMPS = "'at' is not a time such as 2026-11-21T10:10:15+08:00"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ([], "an event is a JSON object"),
        ("customer_message", "an event is a JSON object"),
        (None, "an event is a JSON object"),
        (without("v"), "'v' is missing"),
        (line(v=2), "'v' must be 1"),
        (line(v=True), "'v' must be 1"),
        (line(v="1"), "'v' must be 1"),
        (without("type"), "'type' is missing"),
        (line(type="customer_typing"), "the type of event is unknown"),
        (line(type=["rated"]), "the type of event is unknown"),
        (without("at"), "'at' is missing"),
        (line(at="yesterday"), _STAMPS),
        (line(at="2026-02-30T10:00:00+08:00"), _STAMPS),
        (line(at=1_700_000_000), "'at' must be a text"),
        (line(at="2026-11-21T10:10:15"), "'at' needs its offset from UTC, such as +08:00"),
        (line(at="2026-11-21"), "'at' needs its offset from UTC, such as +08:00"),
        (line(at="0001-01-01T00:00:00+08:00"), "'at' lies outside the calendar"),
        (without("conversation"), "'conversation' is missing"),
        (line(conversation=" "), "'conversation' is empty"),
        (line(conversation=7), "'conversation' must be a text"),
        (without("client"), "'client' is missing"),
        (line(customer=None), "'customer' must be a text"),
        (line(customer="\ud83d"), "'customer' holds half of a character"),
        (line(id=""), "'id' is empty"),
        (line(id=4), "'id' must be a text"),
        (line(id="x" * 201), "'id' is longer than 200 characters"),
        (line(type="rated"), "'score' is missing"),
        (line(type="rated", score=0), "'score' must be a whole number from 1 to 5"),
        (line(type="rated", score=6), "'score' must be a whole number from 1 to 5"),
        (line(type="rated", score=4.5), "'score' must be a whole number from 1 to 5"),
        (line(type="rated", score=True), "'score' must be a whole number from 1 to 5"),
        (line(type="agent_message", by="robot"), "'by' must be one of human, bot, auto"),
        (line(type="agent_message", by=["bot"]), "'by' must be one of human, bot, auto"),
        (line(type="category_set", category=""), "'category' is empty"),
        (line(type="compensated"), "'kind' is missing"),
        (line(type="compensated", kind="refund", amount="5"), "'amount' must be a number"),
        (line(type="compensated", kind="refund", amount=-1), "'amount' must not be negative"),
        (line(type="compensated", kind="refund", amount=float("nan")), "'amount' is too large a number"),
        (line(type="compensated", kind="refund", amount=10**400), "'amount' is too large a number"),
        (
            line(type="compensated", kind="refund", currency="RMB元"),
            "'currency' must be three capital letters, such as CNY",
        ),
        (line(note="\ud800"), "an unknown key holds what JSON cannot say"),
        (line(note=float("inf")), "an unknown key holds what JSON cannot say"),
    ],
)
def test_refuses_with_the_reason(bad: object, reason: str) -> None:
    with pytest.raises(LineError) as refused:
        from_line(bad, public_only=True)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "this is not JSON"),
        ("{", "this is not JSON"),
        ('{"v":1,', "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ('{"v":' + "9" * 5000 + "}", "this is not JSON"),
        ('{"v":1,"note":NaN}', "NaN and Infinity are not JSON"),
        ("42", "an event is a JSON object"),
        (
            CONTRACT_LINE[:-1] + ',"note":' + "[" * 40 + "]" * 40 + "}",
            "an unknown key is nested deeper than 20 levels",
        ),
    ],
)
def test_refuses_a_text_that_is_no_line(text: str, reason: str) -> None:
    with pytest.raises(LineError) as refused:
        read_line(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize("kind", OWN_EVENTS, ids=lambda kind: kind.type)
def test_another_program_cannot_bring_our_own_events(kind: type[Event]) -> None:
    with pytest.raises(LineError, match="unknown"):
        from_line(line(type=kind.type, followup="f", shift="s"), public_only=True)


def test_an_insertion_into_an_unknown_conversation_is_read_again() -> None:
    event = PhraseInserted(
        id=EventId("e"),
        at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        conversation=ConversationId(""),
        client=ClientName("web"),
        insertion=InsertionId("i"),
        phrase=PhraseId("p"),
        path=InsertionPath.PASTE,
        characters=12,
    )
    assert from_line(json.loads(json.dumps(to_line(event)))) == event


def test_a_followup_keeps_its_due_time_to_the_microsecond() -> None:
    event = FollowupAdded(
        id=EventId("e"),
        at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        followup=FollowupId("f"),
        about="回电",
        due=datetime(2026, 3, 2, 3, 0, 0, 1, tzinfo=UTC),
        promise=True,
    )
    assert to_line(event)["due"] == "2026-03-02T03:00:00.000001+00:00"
    assert from_line(to_line(event)) == event


_MOMENTS = st.datetimes(timezones=st.just(UTC))
_WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_BY_FIELD: dict[str, st.SearchStrategy[Any]] = {
    "at": _MOMENTS,
    "due": _MOMENTS,
    "since": _MOMENTS,
    "score": st.integers(1, 5),
    "amount": st.floats(0, 1e12),
    "currency": st.sampled_from(["CNY", "USD"]),
    "by": st.sampled_from(Author),
    "status": st.sampled_from(CloseStatus),
    "path": st.sampled_from(InsertionPath),
    "characters": st.integers(0, 10_000),
    "sent": st.booleans(),
    "promise": st.booleans(),
    "counts": st.booleans(),
    "extra": st.dictionaries(_WORDS.map("x-{}".format), _JSON, max_size=3),
}


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from((*PUBLIC_EVENTS, *OWN_EVENTS)))
    return kind(**{field.name: draw(_BY_FIELD.get(field.name, _WORDS)) for field in fields(kind)})


@given(events())
def test_an_event_comes_back_as_it_went(event: Event) -> None:
    text = json.dumps(to_line(event), ensure_ascii=False, allow_nan=False)
    assert read_line(text, public_only=False) == event


@given(_JSON)
def test_any_json_is_an_event_or_refused(value: object) -> None:
    with pytest.raises(LineError):
        from_line(value)


@given(st.dictionaries(st.sampled_from([*line(), "by", "score", "amount", "kind", "status"]), _JSON))
def test_any_value_of_a_known_key_is_taken_or_refused(changes: dict[str, object]) -> None:
    with suppress(LineError):
        event = from_line(line(**changes), public_only=True)
        assert from_line(to_line(event)) == event


@given(events(), st.data())
def test_a_line_is_read_alike_with_and_without_a_key_we_do_not_know(
    event: Event, data: st.DataObject
) -> None:
    whole = to_line(event)
    key = data.draw(st.sampled_from(sorted(whole)))
    whole[key] = data.draw(st.one_of(st.just(whole[key]), _JSON))
    assume(whole["id"] is not None)  # one is made of all that is on the line

    def read(line: dict[str, object]) -> Event | None:
        try:
            return from_line(line)
        except LineError:
            return None

    alone, among = read(whole), read(whole | {"unknown": 1})
    if isinstance(among, ConversationEvent):
        known = {name: value for name, value in among.extra.items() if name != "unknown"}
        among = replace(among, extra=known)
    assert alone == among


@given(_MOMENTS, _MOMENTS)
def test_the_order_of_texts_is_the_order_of_times(one: datetime, other: datetime) -> None:
    assert (time_text(one) < time_text(other)) == (one < other)


def test_a_reason_quotes_no_words_of_the_customer() -> None:
    secret = "我的电话是13800000000"
    for bad in (line(at=secret), line(type=secret), line(type="agent_message", by=secret), line(v=secret)):
        with pytest.raises(LineError) as refused:
            from_line(bad)
        assert secret not in refused.value.reason


def test_defaults_are_those_of_the_event() -> None:
    event = from_line(line(type="no_reply_needed"))
    closed = from_line(line(type="conversation_closed"))
    assert isinstance(event, NoReplyNeeded)
    assert event.reason == ""
    assert isinstance(closed, ConversationClosed)
    assert closed.status is CloseStatus.SOLVED
    assert isinstance(from_line(line(type="rated", score=1)), Rated)
    assert isinstance(from_line(line(type="agent_message", by="auto")), AgentMessage)
