"""One short shift whose every figure is known, for all formats."""

from datetime import UTC, date, timedelta, timezone

from sidebar.domain.account import Summary
from sidebar.domain.events import MachineSlept, SleepJudged
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.measures import Figure, Measure, Target
from sidebar.domain.metrics import Profile
from sidebar.domain.summaries import summarise
from tests.domain.shop import Buyer, at, did, fresh, owes

BEIJING = timezone(timedelta(hours=8))
TITLES = {PhraseId("greet"): "问候"}


def shift() -> Summary:
    """Two buyers: one called =1+1 answered after 200 s, one still waiting; one promise kept."""
    odd = Buyer('=1+1|"<b>\n', conversation="c1")
    waiting = Buyer("张女士", conversation="c2")
    slept = MachineSlept(id=fresh(), at=at("05:10"), since=at("05:00"))
    return summarise(
        [
            odd.writes("01:00:00"),
            odd.is_about("01:00:10", "logistics"),
            odd.gets("01:03:20", "greet"),
            odd.receives("01:04:00", 12.5),
            odd.rates("01:05:00", 5),
            odd.is_closed("01:06:00"),
            owes("01:07:00", "回电", "02:00", promise=True),
            did("01:30:00", "回电"),
            slept,
            SleepJudged(id=fresh(), at=at("05:11"), slept=slept.id, counts=False),
            waiting.writes("09:59:30"),
        ],
        since=at("01:00"),
        until=at("10:00"),
        agent="小李",
        now=at("10:00"),
    )


def by_marketplace() -> Summary:
    """A buyer who was in a queue for a minute: three in four turns are wanted, one in one was in time."""
    buyer = Buyer("李先生", conversation="c3")
    measure = Measure(
        figure=Figure.SHARE,
        zone=UTC,
        within=timedelta(minutes=3),
        assessed_from=100,
        targets=(Target(value=0.75),),
    )
    profile = Profile(name="market", source="a page", as_of=date(2026, 1, 1), measure=measure)
    return summarise(
        [buyer.writes("01:00:00"), buyer.is_assigned("01:01:00"), buyer.is_answered("01:02:00")],
        since=at("01:00"),
        until=at("10:00"),
        agent="小李",
        now=at("10:00"),
        profile=profile,
    )
