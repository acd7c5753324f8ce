"""The worked examples that stand in the metric profiles, each computed from its log.

A line of a log is `[+days] time conversation act`, a time of the profile's zone on or after the
second of March 2026, a Monday. `end` is when the log is looked at: the midnight after its last line.
`sleeps` are what the machine slept through, with `counts` where the agent has said whether it does.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from sidebar import paths
from sidebar.domain.account import Summary
from sidebar.domain.events import (
    AgentMessage,
    Assigned,
    Author,
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    Event,
    MachineSlept,
    NoReplyNeeded,
    Rated,
    SleepJudged,
)
from sidebar.domain.identifiers import ClientName, ConversationId, EventId
from sidebar.domain.metrics import CANONICAL, Profile
from sidebar.domain.summaries import summarise
from sidebar.storage.metric_files import load_profile, load_profiles

FOLDER = paths.resources() / "metrics"
MONDAY = date(2026, 3, 2)
ACTS: dict[str, tuple[type[ConversationEvent], dict[str, Any]]] = {
    "customer": (CustomerMessage, {}),
    "human": (AgentMessage, {}),
    "quick": (AgentMessage, {"extra": {"quick": True}}),
    "greeting": (AgentMessage, {"extra": {"greeting": True}}),
    "bot": (AgentMessage, {"by": Author.BOT}),
    "auto": (AgentMessage, {"by": Author.AUTO}),
    "assigned": (Assigned, {}),
    "no_reply_needed": (NoReplyNeeded, {"reason": "thanks"}),
    "closed": (ConversationClosed, {}),
    **{f"rated-{score}": (Rated, {"score": score}) for score in range(1, 6)},
}


@dataclass(frozen=True)
class Example:
    profile: Profile
    told: dict[str, Any]

    def moment(self, text: str) -> datetime:
        days, clock = text.split() if text.startswith("+") else ("0", text)
        wall = datetime.combine(MONDAY + timedelta(days=int(days)), time.fromisoformat(clock))
        zone = self.profile.measure.zone if self.profile.measure is not None else UTC
        return wall.replace(tzinfo=zone).astimezone(UTC)

    def event(self, number: int, line: str) -> ConversationEvent:
        *clock, conversation, act = (words := line.split())[: 4 if line.startswith("+") else 3]
        told = words[len(clock) + 2 :]
        kind, given = ACTS[act]
        fields = {**given, "extra": {**given.get("extra", {}), **dict.fromkeys(told, True)}}
        return kind(
            id=EventId(str(number)),
            at=self.moment(" ".join(clock)),
            conversation=ConversationId(conversation),
            client=ClientName("client"),
            customer=f"buyer of {conversation}",
            **fields,
        )

    def sleeps(self) -> Iterator[Event]:
        for number, slept in enumerate(self.told.get("sleeps", ())):
            id, woke = EventId(f"sleep-{number}"), self.moment(slept["to"])
            yield MachineSlept(id=id, at=woke, since=self.moment(slept["from"]))
            if "counts" in slept:
                yield SleepJudged(id=EventId(f"judged-{number}"), at=woke, slept=id, counts=slept["counts"])

    def summary(self) -> Summary:
        lines = self.told["log"].split("\n")[:-1]
        told = (self.event(*numbered) for numbered in enumerate(lines))
        events = sorted((*told, *self.sleeps()), key=lambda event: event.at)
        begin = self.moment("00:00:00")
        zone = self.profile.measure.zone if self.profile.measure is not None else UTC
        days = (events[-1].at.astimezone(zone).date() - MONDAY).days + 1
        end = self.moment(self.told.get("end", f"+{days} 00:00:00"))
        profile = self.profile
        if "holidays" in self.told and profile.hours is not None:
            hours = replace(profile.hours, holidays=frozenset(self.told["holidays"]))
            profile = replace(profile, hours=hours)
        return summarise(events, since=begin, until=end, agent="", now=end, profile=profile)


def examples() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        profile = load_profile(path, local=UTC)
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["examples"]:
            yield pytest.param(Example(profile, told), id=f"{path.stem}: {told['title']}")


HEADLINE = ("value", "good", "counted", "unanswered", "undecided", "met", "assessed")
OTHERS = ("turns", "answered", "waits", "agent_waits", "breaches", "excluded")


@pytest.mark.parametrize("example", list(examples()))
def test_the_worked_examples_come_out(example: Example) -> None:
    found = example.summary()
    told = {key: value for key, value in example.told.items() if key in (*HEADLINE, *OTHERS)}
    assert told.keys() | {"title", "log", "end", "holidays", "sleeps"} >= example.told.keys(), (
        "an unknown key"
    )
    assert {key: answer(found, key) for key in told} == {
        key: pytest.approx(value) if isinstance(value, float) else value for key, value in told.items()
    }


def answer(found: Summary, key: str) -> object:
    """What the summary says to *key* of an example."""
    if key in HEADLINE:
        assert found.headline is not None
        return getattr(found.headline, key)
    left_out: dict[str, int] = {}
    for one in found.excluded:
        left_out[one.reason] = left_out.get(one.reason, 0) + one.count
    return {
        "turns": found.turns,
        "answered": found.answered_turns,
        "waits": [found.turn_response.mean] * found.turn_response.count,
        "agent_waits": [found.agent_response.mean] * found.agent_response.count,
        "breaches": len(found.breaches),
        "excluded": left_out,
    }[key]


def test_every_shipped_profile_can_be_used_and_is_named_by_its_file() -> None:
    loaded = load_profiles(shipped=FOLDER, local=UTC)
    assert loaded.problems == ()
    assert [profile.name for profile in loaded.profiles] == sorted(path.stem for path in FOLDER.iterdir())


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_every_shipped_profile_has_a_source_a_date_names_and_an_example(path: Path) -> None:
    profile = load_profile(path, local=UTC)
    english = load_profile(path, local=UTC, language="en")
    assert profile.source
    assert date(2019, 1, 1) <= profile.as_of <= date(2026, 12, 31)
    assert profile.label != english.label
    assert english.label.isascii()
    assert tomllib.loads(path.read_text(encoding="utf-8"))["examples"]


def test_our_own_profile_is_the_one_in_the_code() -> None:
    own = load_profile(FOLDER / "sidebar.toml", local=UTC)
    assert replace(own, label="", note="") == CANONICAL


def test_no_marketplace_is_missing() -> None:
    marketplaces = {path.stem.partition("-")[0] for path in FOLDER.iterdir()}
    assert marketplaces >= {"taobao", "qianniu", "jd", "pdd", "douyin", "kuaishou", "shopee", "lazada"}
    assert marketplaces >= {"amazon", "tiktok", "walmart", "wecom", "sidebar"}
