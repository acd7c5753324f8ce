"""What is kept of any beginning of the log leads, with the rest of it, to what all of it leads to."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sidebar.domain.conversations import Thresholds
from sidebar.domain.events import (
    AgentMessage,
    Assigned,
    Author,
    CategorySet,
    ConversationClosed,
    ConversationEvent,
    ConversationMerged,
    ConversationRenamed,
    CustomerMessage,
    Event,
    FollowupAdded,
    FollowupAnnounced,
    FollowupDone,
    FollowupSnoozed,
    InsertionPath,
    InsertionRefused,
    MachineSlept,
    NoReplyNeeded,
    NoteTaken,
    PhraseInserted,
    ShiftBegun,
    ShiftEnded,
    SleepJudged,
    StageSet,
)
from sidebar.domain.identifiers import (
    ClientName,
    ConversationId,
    EventId,
    FollowupId,
    InsertionId,
    PhraseId,
    ShiftId,
)
from sidebar.domain.phrase_details import Details, Rotation
from sidebar.domain.phrases import Pack, Phrase, Stage
from sidebar.errors import HistoryError, HistoryFault
from sidebar.services.board import Board
from sidebar.services.journal import Journal
from sidebar.services.library import Library
from sidebar.services.rebuilding import Fold, rebuild, take_up
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.sleep_questions import SleepQuestions
from sidebar.services.time_order import Recall
from sidebar.services.wordings import Wordings
from tests.domain.shop import Buyer
from tests.fakes import START, FakeHistory, FakeTime

CLIENT = ClientName("taobao")
NAMES = tuple(map(ConversationId, ("张女士", "李先生", "tb8827", "Anna")))
WORDINGS = Details(variants=("1", "2"), rotation=Rotation.RANDOM)
PHRASES = tuple(
    Phrase(id=PhraseId(name), title="t", body="0", details=WORDINGS) for name in ("greet", "wait")
)
NOBODY = ConversationId("")
MOMENTS = tuple(START + timedelta(minutes=minutes) for minutes in (0, 30, 200, 2000))
OF_BUYERS: tuple[tuple[type[ConversationEvent], dict[str, object]], ...] = (
    (CustomerMessage, {}),
    (CustomerMessage, {}),
    (AgentMessage, {}),
    (AgentMessage, {"by": Author.BOT}),
    (Assigned, {}),
    (NoReplyNeeded, {"reason": "thanks"}),
    (CategorySet, {"category": "complaint"}),
    (StageSet, {"stage": "offer"}),
    (ConversationClosed, {}),
    (ConversationClosed, {}),
    (InsertionRefused, {"insertion": "i", "phrase": "greet", "reason": "not_in_front"}),
)


class Records:
    """The folds of a sidebar, in their order."""

    def __init__(self, recall: Recall | None = None) -> None:
        self.board = Board(thresholds=Thresholds(), recall=recall)
        self.library = Library(readings=lambda _: (), conversation=self.board.get)
        self.library.replace([Pack(name="p", language="zh", phrases=PHRASES)])
        self.reminders = Reminders()
        self.shifts = ShiftLog()
        self.board.watch(self.shifts)
        self.wordings = Wordings(pick=lambda below: below - 1)
        self.sleeps = SleepQuestions(board=self.board, least=timedelta(minutes=2))
        self.folds: tuple[Fold, ...] = (
            *(self.library, self.board, self.reminders, self.shifts, self.wordings, self.sleeps),
        )

    def states(self) -> list[Any]:
        """As they come back from where they are kept."""
        kept: list[Any] = json.loads(json.dumps([fold.state() for fold in self.folds]))
        return kept

    def shown(self) -> dict[str, object]:
        """What anybody can see of them."""
        board, shifts = self.board, self.shifts
        return {
            "rows": [board.view(now).rows for now in MOMENTS],
            "conversations": [board.get(name) for name in NAMES],
            "waiting": board.waiting(),
            "stale": [board.stale(now) for now in MOMENTS],
            "found": [[hit.phrase.id for hit in self.library.search("", stage=each)] for each in Stage],
            "followups": [self.reminders.view(now) for now in MOMENTS],
            "due": [self.reminders.fallen_due(now) for now in MOMENTS],
            "shift": (shifts.running, [shifts.view(now) for now in MOMENTS]),
            "wordings": [self.wordings.next(each, name) for name in (*NAMES, NOBODY) for each in PHRASES],
            "sleeps": self.sleeps.question(MOMENTS[-2]),
        }


class Chance:
    """Draws a log in the order of time, in which anything may happen."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._at = START
        self._serial = 0

    def events(self) -> list[Event]:
        acts: tuple[Callable[[], Event], ...] = (
            *(self._of_buyer, self._of_buyer, self._of_buyer, self._inserted, self._inserted),
            *(self._owed, self._settled, self._shift, self._slept, self._judged, self._said),
        )
        return [act() for act in self._draw(st.lists(st.sampled_from(acts), max_size=30))]

    def _one(self, kind: Callable[..., Event], **fields: object) -> Event:
        self._serial += 1
        self._at += timedelta(minutes=self._draw(st.sampled_from((0, 1, 2, 5, 40))))
        return kind(id=EventId(f"e{self._serial:03d}"), at=self._at, **fields)

    def _name(self) -> ConversationId:
        return self._draw(st.sampled_from(NAMES))

    def _of_buyer(self) -> Event:
        kind, fields = self._draw(st.sampled_from(OF_BUYERS))
        name = self._name()
        customer = self._draw(st.sampled_from((name, "")))
        return self._one(kind, conversation=name, client=CLIENT, customer=customer, **fields)

    def _inserted(self) -> Event:
        phrase = self._draw(st.sampled_from(PHRASES)).id
        noted = self._draw(st.sampled_from(((), ((phrase, 0),), ((phrase, 1),))))
        return self._one(
            PhraseInserted,
            conversation=self._draw(st.sampled_from((*NAMES, NOBODY))),
            client=CLIENT,
            insertion=InsertionId("i"),
            phrase=phrase,
            path=InsertionPath.PASTE,
            characters=1,
            stage=self._draw(st.sampled_from(("", "greet", "soothe"))),
            extra=Wordings.note(noted),
        )

    def _owed(self) -> Event:
        return self._one(
            FollowupAdded,
            followup=FollowupId(f"f{self._serial}"),
            about="call",
            due=self._at + timedelta(minutes=self._draw(st.sampled_from((10, 300)))),
            conversation=self._draw(st.sampled_from((None, *NAMES))),
            promise=self._draw(st.booleans()),
        )

    def _settled(self) -> Event:
        kind = self._draw(st.sampled_from((FollowupAnnounced, FollowupDone, FollowupSnoozed)))
        name = FollowupId(f"f{self._draw(st.integers(0, self._serial))}")
        later = {"due": self._at + timedelta(hours=1)} if kind is FollowupSnoozed else {}
        return self._one(kind, followup=name, **later)

    def _shift(self) -> Event:
        name = ShiftId(self._draw(st.sampled_from(("early", "late"))))
        if self._draw(st.booleans()):
            return self._one(ShiftEnded, shift=name)
        return self._one(ShiftBegun, shift=name, agent="小林")

    def _slept(self) -> Event:
        return self._one(MachineSlept, since=self._at - timedelta(minutes=3))

    def _judged(self) -> Event:
        slept = EventId(f"e{self._draw(st.integers(0, self._serial + 3)):03d}")
        return self._one(SleepJudged, slept=slept, counts=self._draw(st.booleans()))

    def _said(self) -> Event:
        name, text = self._name(), self._draw(st.sampled_from(("", "回头客")))
        match self._draw(st.integers(0, 2)):
            case 0:
                customer = self._draw(st.sampled_from((name, "")))
                return self._one(NoteTaken, conversation=name, client=CLIENT, customer=customer, text=text)
            case 1:
                return self._one(ConversationRenamed, conversation=name, name=text)
        return self._one(ConversationMerged, conversation=name, into=self._name())


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    return Chance(draw).events()


def whole(events: Sequence[Event]) -> Records:
    records = Records()
    rebuild(events, records.folds)
    return records


def taken_up(events: Sequence[Event], cuts: Sequence[int], recall: Recall | None = None) -> Records:
    """What the rest leads to after what was kept at each of *cuts*, one made from the other."""
    records, done = Records(recall), 0
    for cut in cuts:
        rebuild(events[done:cut], records.folds)
        states, done, records = records.states(), cut, Records(recall)
        assert take_up(states, records.folds, of(events[:cut]))
    rebuild(events[done:], records.folds)
    return records


def of(events: Sequence[Event]) -> Recall:
    """What the log told of one conversation when it held no more than *events*."""
    return lambda name: [
        each for each in events if isinstance(each, ConversationEvent) and each.conversation == name
    ]


@given(logs(), st.lists(st.integers(0, 30), max_size=3))
@settings(max_examples=400, deadline=None)
def test_what_was_kept_and_the_rest_lead_to_what_all_leads_to(events: list[Event], cuts: list[int]) -> None:
    expected, found = whole(events), taken_up(events, sorted(cuts))
    assert found.states() == expected.states()
    assert found.shown() == expected.shown()


@given(logs(), st.integers(0, 30), st.integers(-60, 60), st.sampled_from(NAMES))
@settings(max_examples=200, deadline=None)
def test_what_comes_late_afterwards_is_put_in_its_place(
    events: list[Event], cut: int, minutes: int, name: ConversationId
) -> None:
    history = FakeHistory()
    history.append(*events)
    journal = Journal(history=history, scheduler=FakeTime(), on_trouble=lambda _: None)
    records = taken_up(events, [cut], journal.conversation)
    journal.listen(records.board.follow)
    wrote = CustomerMessage(
        id=EventId("late"), at=START + timedelta(minutes=minutes), conversation=name, client=CLIENT
    )
    if any(isinstance(event, ConversationMerged) for event in events):
        return  # of those only the next start makes one
    journal.receive(wrote)
    board = whole(list(history.events())).board
    assert [records.board.view(now).rows for now in MOMENTS] == [board.view(now).rows for now in MOMENTS]


def test_what_is_no_state_changes_nothing() -> None:
    anna = Buyer("Anna")
    states = whole([anna.writes("09:00"), anna.gets("09:01", "greet")]).states()
    for number, state in enumerate(states):
        for broken in (None, 7, "x", [["x"]], {**state, "x": 0} if isinstance(state, dict) else [[]]):
            damaged: list[Any] = [*states[:number], broken, *states[number + 1 :]]
            records = Records()
            if not take_up(damaged, records.folds, of(())):
                assert records.states() == Records().states()
                assert records.shown() == Records().shown()
    records = Records()
    assert not take_up(states[1:], records.folds, of(()))


def test_a_log_that_cannot_be_asked_is_asked_again() -> None:
    anna = Buyer("Anna")
    events = [anna.is_about("09:00", "complaint"), anna.is_closed("09:01")]
    history = FakeHistory()
    history.append(*events)
    journal = Journal(history=history, scheduler=FakeTime(), on_trouble=lambda _: None)
    records = Records(journal.conversation)
    assert take_up(whole(events).states(), records.folds, journal.conversation)
    journal.listen(records.board.follow)
    history.refuse = HistoryError("locked", fault=HistoryFault.LOCKED)
    assert records.board.get(anna.id) is None
    history.refuse = None
    journal.publish(anna.writes("09:05"))
    (row,) = records.board.view(START).rows
    assert row.category == "complaint"
