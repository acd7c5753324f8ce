"""A log in which anything may happen, and the folds that a sidebar makes of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

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
from sidebar.services.board import Board
from sidebar.services.library import Library
from sidebar.services.rebuilding import Fold
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.sleep_questions import SleepQuestions
from sidebar.services.time_order import Recall
from sidebar.services.wordings import Wordings
from tests.fakes import START

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
