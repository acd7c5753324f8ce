"""However events come – in any order, twice, over restarts – the clocks are those of the log in order."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from sidebar.domain.conversations import Conversation, Thresholds, begin, follow
from sidebar.domain.events import (
    AgentMessage,
    Assigned,
    Author,
    CategorySet,
    ConversationClosed,
    ConversationEvent,
    ConversationOpened,
    CustomerMessage,
    Event,
    NoReplyNeeded,
    ShiftBegun,
    StageSet,
)
from sidebar.domain.identifiers import ClientName, ConversationId, EventId, ShiftId
from sidebar.domain.summaries import summarise
from sidebar.services.board import Board
from sidebar.services.journal import Journal
from sidebar.services.rebuilding import rebuild
from sidebar.services.shift_log import ShiftLog
from tests.fakes import START, FakeHistory, FakeTime

NAMES = ("张女士", "李先生", "tb8827")
SHIFT = ShiftBegun(id=EventId("shift"), at=START, shift=ShiftId("s"), agent="小林")
KINDS: tuple[tuple[type[ConversationEvent], dict[str, object]], ...] = (
    (ConversationOpened, {}),
    (Assigned, {}),
    (CustomerMessage, {}),
    (CustomerMessage, {}),
    (AgentMessage, {}),
    (AgentMessage, {"by": Author.BOT}),
    (NoReplyNeeded, {"reason": "thanks"}),
    (CategorySet, {"category": "logistics"}),
    (CategorySet, {"category": "order"}),
    (StageSet, {"stage": "offer"}),
    (ConversationClosed, {}),
)


class Clocks(RuleBasedStateMachine):
    """A sidebar on a history that other programs write to as well."""

    sent = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        self.time = FakeTime()
        self.history = FakeHistory()
        self.history.append(SHIFT)
        self.serial = 0
        self.start()

    def start(self) -> None:
        self.journal = Journal(history=self.history, scheduler=self.time, on_trouble=lambda _: None)
        self.board = Board(thresholds=Thresholds(), recall=self.journal.conversation)
        self.shifts = ShiftLog()
        self.board.watch(self.shifts)
        rebuild(self.history.events(), (self.board, self.shifts))
        for fold in (self.board, self.shifts):
            self.journal.listen(fold.follow)

    @rule(
        target=sent,
        minute=st.integers(-30, 60),
        name=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
        bridged=st.booleans(),
    )
    def happens(
        self, minute: int, name: str, kind: tuple[type[ConversationEvent], dict[str, object]], bridged: bool
    ) -> ConversationEvent:
        """Something happens, or has happened and is told only now: by the agent, or over the bridge."""
        self.serial += 1
        event = kind[0](
            id=EventId(str(self.serial)),
            at=START + timedelta(minutes=minute),
            conversation=ConversationId(name),
            client=ClientName("client"),
            customer=name,
            **kind[1],  # type: ignore[arg-type]
        )
        if bridged:
            self.journal.receive(event)
        else:
            self.journal.publish(event)
        return event

    @rule(event=sent)
    def is_told_again(self, event: ConversationEvent) -> None:
        assert self.journal.receive(event) == (False,)

    @rule(events=st.lists(sent, min_size=1, max_size=4), minute=st.integers(-30, 60))
    def is_ingested_beside(self, events: list[ConversationEvent], minute: int) -> None:
        """Another program stores some of the same again, and something new, in no order."""
        self.serial += 1
        new = CustomerMessage(
            id=EventId(str(self.serial)),
            at=START + timedelta(minutes=minute),
            conversation=events[0].conversation,
            client=ClientName("client"),
            customer=events[0].customer,
        )
        self.history.foreign.append(new)
        self.journal.catch_up()

    @rule()
    def restarts(self) -> None:
        self.start()

    @invariant()
    def the_clocks_are_those_of_the_log_in_order(self) -> None:
        wanted: dict[ConversationId, Conversation] = {}
        for event in self.history.events():
            if isinstance(event, ConversationEvent):
                before = wanted.get(event.conversation) or begin(event)
                wanted[event.conversation] = follow(before, event)
        now = START + timedelta(minutes=61)
        shown = {row.conversation: row.waiting_since for row in self.board.view(now).rows}
        assert shown == {name: each.waiting_since for name, each in wanted.items() if each.open}
        assert {name: self.board.get(name) for name in wanted} == wanted

    @invariant()
    def the_footer_says_what_the_summary_says(self) -> None:
        now = START + timedelta(minutes=61)
        events: list[Event] = list(self.history.events())
        summary = summarise(events, since=START, agent="", now=now)
        self.board.settle()
        footer = self.shifts.view(now)
        undecided = sum(wait.at >= START and wait.waited < timedelta(minutes=3) for wait in summary.open)
        decided = summary.turns - undecided
        in_time = (summary.within[180] or 0) * summary.turns
        assert footer.handled == summary.conversations
        assert footer.share is None if not decided else abs((footer.share or 0) - in_time / decided) < 1e-9
        mean = summary.first_response.mean
        assert (footer.first_response is None) == (mean is None)
        if footer.first_response is not None and mean is not None:
            assert abs(footer.first_response.total_seconds() - mean) < 0.001


TestClocks = Clocks.TestCase
TestClocks.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
