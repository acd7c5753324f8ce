"""A shop's morning, made up: what `--demo` shows, in a home that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sidebar.domain.events import (
    AgentMessage,
    CategorySet,
    ConversationClosed,
    ConversationEvent,
    ConversationOpened,
    CustomerMessage,
    Event,
    FollowupAdded,
    ShiftBegun,
)
from sidebar.domain.identifiers import ClientName, ConversationId, EventId, FollowupId, ShiftId
from sidebar.domain.phrases import Category
from sidebar.new_ids import new_id
from sidebar.paths import Home
from sidebar.storage.history import SqliteHistory
from sidebar.system_time import SystemClock

_CLIENT = ClientName("sample")
_SHIFT = timedelta(hours=3, minutes=42)
_WAITING = (
    ("李先生", Category.COMPLAINT, timedelta(seconds=185)),
    ("张女士", Category.LOGISTICS, timedelta(seconds=139)),
    ("tb8827_小鱼", Category.PRODUCT, timedelta(seconds=104)),
    ("陈同学", Category.AFTER_SALES, timedelta(seconds=17)),
)
_ANSWERED = ("王女士", Category.ORDER)
_EARLIER = 38


@contextmanager
def demo_home() -> Iterator[Home]:
    """A home with a shift under way; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sidebar-demo-") as folder:
        home = Home(Path(folder))
        home.ensure()
        home.settings.write_text('agent = "小林"\nagent_number = "A07"\n', encoding="utf-8")
        with SqliteHistory(home.history) as history:
            history.append(*morning(SystemClock().now()))
        yield home


def morning(now: datetime, client: ClientName = _CLIENT) -> Iterator[Event]:
    """What has happened since the shift began, as it is told at *now*, all of it in one chat client."""
    for event in _told(now):
        if isinstance(event, ConversationEvent):
            yield replace(event, client=client)
        else:
            yield event


def _told(now: datetime) -> Iterator[Event]:
    begun = now - _SHIFT
    yield ShiftBegun(id=_id(), at=begun, shift=ShiftId(_id()), agent="小林", name="早班")
    for number in range(_EARLIER):
        yield from _handled(f"tb{4100 + number * 37}", begun + timedelta(minutes=5 * number + 2), number)
    for customer, category, waited in _WAITING:
        wrote = now - waited
        yield _about(ConversationOpened, customer, wrote)
        yield _about(CategorySet, customer, wrote, category=str(category))
        yield _about(CustomerMessage, customer, wrote)
    yield from _promised(now)


def _handled(customer: str, at: datetime, number: int) -> Iterator[Event]:
    """A buyer answered within the half minute and done with a little later."""
    yield _about(CustomerMessage, customer, at)
    yield _about(AgentMessage, customer, at + timedelta(seconds=9 + number * 7 % 23))
    yield _about(ConversationClosed, customer, at + timedelta(minutes=4))


def _promised(now: datetime) -> Iterator[Event]:
    customer, category = _ANSWERED
    asked = now - timedelta(minutes=50)
    yield _about(CustomerMessage, customer, asked)
    yield _about(CategorySet, customer, asked, category=str(category))
    yield _about(AgentMessage, customer, asked + timedelta(seconds=21))
    yield _owed("答复退款结果", customer, asked, now + timedelta(minutes=23), promise=True)
    yield _owed("回访满意度", "李先生", asked, now + timedelta(hours=20))


def _about(kind: type[ConversationEvent], customer: str, at: datetime, **fields: object) -> ConversationEvent:
    return kind(
        id=_id(),
        at=at,
        conversation=ConversationId(f"{_CLIENT}:{customer}"),
        client=_CLIENT,
        customer=customer,
        **fields,  # type: ignore[arg-type]  # the fields of *kind*
    )


def _owed(about: str, customer: str, at: datetime, due: datetime, *, promise: bool = False) -> FollowupAdded:
    return FollowupAdded(
        id=_id(),
        at=at,
        followup=FollowupId(_id()),
        about=about,
        due=due,
        customer=customer,
        conversation=ConversationId(f"{_CLIENT}:{customer}"),
        promise=promise,
    )


def _id() -> EventId:
    return EventId(new_id())
