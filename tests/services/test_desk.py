"""The agent's day on fakes: buyers, phrases, follow-ups and the shift, from title to history."""

import re
from datetime import timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.conversations import Thresholds
from sidebar.domain.due_times import DueTimeError
from sidebar.domain.events import (
    CustomerMessage,
    Escalated,
    Event,
    FollowupAdded,
    InsertionRefused,
    MachineSlept,
    PhraseInserted,
)
from sidebar.domain.identifiers import ClientName, ConversationId, EventId, PhraseId
from sidebar.domain.insertion import Outcome, PasteProfile, WindowInfo
from sidebar.domain.phrase_details import Details, Field
from sidebar.domain.phrases import Category, Pack, Phrase, Promise, Stage
from sidebar.domain.wording_check import WordingCheck
from sidebar.domain.wording_rules import Remark, Severity, WordingRule
from sidebar.services.board import Board
from sidebar.services.desk import Desk
from sidebar.services.filling_in import FillingIn
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Inserter
from sidebar.services.insertion_record import InsertionRecord
from sidebar.services.journal import Journal
from sidebar.services.library import Library
from sidebar.services.phrasing import Agent, Phrasing
from sidebar.services.proofreading import Proofreader
from sidebar.services.rebuilding import rebuild
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.sleep_questions import SleepQuestions
from sidebar.services.stamping import Stamp
from sidebar.services.views import ConversationRow, Due, InsertionNotice, Link
from sidebar.services.wordings import Wordings
from tests.fakes import FakeDesktop, FakeEnclosures, FakeFieldMemory, FakeHistory, FakeTime

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the fakes' day begins at 09:00 there
PIDGIN = ClientProfile(
    name=ClientName("pidgin"),
    label="Pidgin",
    programs=("Pidgin",),
    ignored=re.compile("Buddy List"),
    buyer=re.compile(r"^(?:\[(?P<unread>\d+)\] )?(?P<buyer>.+)$"),
    paste=PasteProfile(send_allowed=True),
)
PACK = Pack(
    name="test",
    language="zh-CN",
    phrases=(
        Phrase(
            id=PhraseId("hello"), title="问候", body="您好，{buyer}", placeholders=True, stage=Stage.GREET
        ),
        Phrase(
            id=PhraseId("check"),
            title="核实",
            body="{promise}前答复您",
            placeholders=True,
            promise=Promise(within=timedelta(hours=2), about="答复物流核实"),
        ),
        Phrase(id=PhraseId("soon"), title="尽快", body="我们会尽快处理。"),
        Phrase(id=PhraseId("moment"), title="马上", body="马上处理。"),
        Phrase(
            id=PhraseId("field"),
            title="填写",
            body="{内容}。",
            placeholders=True,
            details=Details(fields=(Field(name="内容"),)),
        ),
        Phrase(id=PhraseId("sign"), title="署名", body="工号 {number}", placeholders=True),
    ),
)

CHECK = WordingCheck(
    (
        WordingRule(id="soon", severity=Severity.ERROR, words=("尽快",)),
        WordingRule(id="moment", severity=Severity.WARN, words=("马上",)),
    )
)


def window(title: str, handle: int = 7, program: str = "Pidgin") -> WindowInfo:
    return WindowInfo(handle=handle, pid=70, program=program, title=title)


class Shop:
    """Everything but the screen, on fakes."""

    def __init__(self, history: FakeHistory | None = None) -> None:
        self.time = FakeTime()
        self.desktop = FakeDesktop(self.time)
        self.history = history or FakeHistory()
        self.notices: list[InsertionNotice | None] = []
        self.journal = journal = Journal(history=self.history, scheduler=self.time, on_trouble=lambda _: None)
        self.board = Board(thresholds=Thresholds(), recall=journal.conversation)
        self.library = Library(readings=lambda _: ())
        self.library.replace([PACK])
        self.reminders, self.shifts = Reminders(), ShiftLog()
        self.board.watch(self.shifts)
        self.sleeps = SleepQuestions(board=self.board, least=timedelta(minutes=3))
        self.wordings, self.memory = Wordings(pick=lambda below: below - 1), FakeFieldMemory()
        self.asked: list[FillingIn] = []
        self.enclosures = FakeEnclosures()
        folds = (self.board, self.library, self.reminders, self.shifts, self.wordings, self.sleeps)
        rebuild(self.history.events(), folds)
        for fold in folds:
            journal.listen(fold.follow)
        ids = count(len(self.history.stored) + 1)
        stamp = Stamp(clock=self.time, zone=SHANGHAI, new_id=lambda: f"id-{next(ids)}")
        self.follower = ChatFollower(windows=self.desktop, boxes=self.desktop, profiles=[PIDGIN])
        inserter = Inserter(
            scheduler=self.time,
            windows=self.desktop,
            keys=self.desktop,
            clipboard=self.desktop,
            boxes=self.desktop,
            when_active=self.follower.when_active,
            customer_of=self.follower.customer_of,
        )
        self.desk = Desk(
            stamp=stamp,
            journal=journal,
            board=self.board,
            reminders=self.reminders,
            shifts=self.shifts,
            follower=self.follower,
            agent="小林",
        )
        self.phrasing = Phrasing(
            stamp=stamp,
            record=InsertionRecord(stamp=stamp, journal=journal, wordings=self.wordings),
            board=self.board,
            library=self.library,
            follower=self.follower,
            inserter=inserter,
            clipboard=self.desktop,
            proofreader=Proofreader(load=lambda: CHECK),
            wordings=self.wordings,
            memory=self.memory,
            enclosures=lambda: self.enclosures,
            agent=Agent(name="小林"),
            tell=self.notices.append,
            ask=self.asked.append,
        )
        self.follower.listen(_LookingDesk(self.desk))
        self.follower.begin()

    def show(self, title: str) -> None:
        """The chat client shows this title, in front."""
        self.desktop.bring_to_front(window(title))

    def pass_time(self, **delta: float) -> None:
        self.time.advance(timedelta(**delta))

    def stored(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.history.stored if isinstance(event, kind)]


class _LookingDesk:
    """What the screen does with the chat window, as far as the desk is concerned."""

    def __init__(self, desk: Desk) -> None:
        self.chat_changed = desk.look_at

    def chat_moved(self, frame: object) -> None: ...

    def chat_hidden(self) -> None: ...

    def chat_shown(self) -> None: ...


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_new_buyers_title_opens_a_conversation_with_a_running_clock(shop: Shop) -> None:
    shop.show("[2] 王小姐")
    shop.pass_time(seconds=30)
    (row,) = shop.board.view(shop.time.now()).rows
    assert (row.customer, row.waiting(shop.time.now()), row.current) == (
        "王小姐",
        timedelta(seconds=30),
        True,
    )


def test_two_buyers_in_one_window_get_two_clocks(shop: Shop) -> None:
    shop.show("王小姐")
    shop.pass_time(seconds=10)
    shop.show("Mr. Smith")
    shop.pass_time(seconds=5)
    waits = {
        row.customer: (row.waiting(shop.time.now()), row.current)
        for row in shop.board.view(shop.time.now()).rows
    }
    assert waits == {
        "王小姐": (timedelta(seconds=15), False),
        "Mr. Smith": (timedelta(seconds=5), True),
    }


def test_looking_again_at_a_buyer_begins_nothing(shop: Shop) -> None:
    for title in ("王小姐", "Mr. Smith", "王小姐", "[1] 王小姐"):
        shop.show(title)
    assert [event.type for event in shop.history.stored].count("conversation_opened") == 2


def test_a_buddy_list_is_no_buyer(shop: Shop) -> None:
    shop.show("Buddy List")
    assert shop.history.stored == []
    assert shop.desk.header().link is Link.SEARCHING


def test_an_inserted_phrase_stops_the_clock_and_moves_the_bar(shop: Shop) -> None:
    shop.show("王小姐")
    shop.pass_time(seconds=8)
    shop.phrasing.insert(PhraseId("hello"))
    shop.pass_time(seconds=5)
    assert shop.desktop.typed == [(7, "您好，王小姐")]
    (row,) = shop.board.view(shop.time.now()).rows
    assert row.waiting_since is None
    assert shop.board.now_view().stage is Stage.LISTEN
    (inserted,) = shop.stored(PhraseInserted)
    assert isinstance(inserted, PhraseInserted)
    assert (inserted.customer, inserted.phrase, inserted.characters) == ("王小姐", "hello", 6)


def test_a_promise_becomes_a_follow_up_in_the_same_transaction_at_the_time_the_text_names(
    shop: Shop,
) -> None:
    shop.show("王小姐")
    shop.phrasing.insert(PhraseId("check"))
    shop.pass_time(seconds=5)
    assert shop.desktop.typed == [(7, "今天11:00前答复您")]
    types = [[event.type for event in act] for act in shop.history.transactions]
    assert ["phrase_inserted", "followup_added"] in types
    (owed,) = shop.reminders.open()
    assert f"{owed.due.astimezone(SHANGHAI):%H:%M}" == "11:00"
    assert (owed.about, owed.customer, owed.promise) == ("答复物流核实", "王小姐", True)


def test_a_refused_insertion_makes_no_promise_and_says_why(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desktop.front = window("notes", handle=9, program="Editor")
    shop.phrasing.insert(PhraseId("check"))
    shop.pass_time(seconds=5)
    assert shop.reminders.open() == ()
    assert shop.stored(PhraseInserted) == []
    assert len(shop.stored(InsertionRefused)) == 1
    notice = shop.notices[-1]
    assert notice is not None
    assert notice.outcome is Outcome.NOT_IN_FRONT


def test_an_error_in_the_wording_stops_a_phrase_until_it_is_asked_for_again(shop: Shop) -> None:
    shop.show("王小姐")
    shop.phrasing.insert(PhraseId("soon"))
    shop.pass_time(seconds=3)
    assert shop.desktop.typed == []
    (notice,) = shop.notices
    assert notice is not None
    assert notice.outcome is Outcome.WORDING
    assert [remark.rule.id for remark in notice.remarks] == ["soon"]
    shop.phrasing.insert(PhraseId("soon"))
    shop.pass_time(seconds=3)
    assert shop.desktop.typed == [(7, "我们会尽快处理。")]


def test_what_was_read_ahead_is_not_read_again_when_it_is_inserted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    really = WordingCheck.check_finished

    def check(self: WordingCheck, phrase: Phrase, text: str, *rest: Any) -> tuple[Remark, ...]:
        texts.append(text)
        return really(self, phrase, text, *rest)

    monkeypatch.setattr(WordingCheck, "check_finished", check)
    shop.show("王小姐")
    shop.phrasing.read_ahead([PhraseId("hello")])
    assert texts == []  # the rules are not here yet, and nobody waits for them
    shop.phrasing.insert(PhraseId("check"))
    shop.pass_time(seconds=5)
    texts.clear()
    shop.phrasing.read_ahead([PhraseId("hello"), PhraseId("unheard of")])
    assert texts == ["您好，王小姐"]
    shop.phrasing.insert(PhraseId("hello"))
    shop.pass_time(seconds=5)
    assert texts == ["您好，王小姐"]
    assert shop.desktop.typed[-1] == (7, "您好，王小姐")
    shop.show("李先生")
    shop.phrasing.insert(PhraseId("hello"))
    assert texts == ["您好，王小姐", "您好，李先生"]


def test_what_is_filled_in_is_read_as_well_and_goes_in_when_asked_for_again(shop: Shop) -> None:
    shop.show("王小姐")
    shop.phrasing.insert(PhraseId("field"))
    (form,) = shop.asked
    typed = {"内容": "我们会尽快处理"}
    assert form.judge(typed).stopped
    shop.pass_time(seconds=2)
    verdict = form.judge(typed)
    assert not verdict.stopped
    form.insert(typed, verdict)
    shop.pass_time(seconds=3)
    assert shop.desktop.typed == [(7, "我们会尽快处理。")]


def test_a_warning_is_told_beside_the_insertion(shop: Shop) -> None:
    shop.show("王小姐")
    shop.phrasing.insert(PhraseId("moment"))
    shop.pass_time(seconds=3)
    assert shop.desktop.typed == [(7, "马上处理。")]
    (notice,) = shop.notices
    assert notice is not None
    assert notice.outcome is Outcome.INSERTED
    assert [remark.rule.id for remark in notice.remarks] == ["moment"]


def test_never_inserts_a_text_with_an_empty_place(shop: Shop) -> None:
    shop.show("王小姐")
    shop.phrasing.insert(PhraseId("sign"))
    shop.pass_time(seconds=5)
    assert shop.desktop.typed == []
    notice = shop.notices[-1]
    assert notice is not None
    assert (notice.outcome, notice.names, notice.on_clipboard) == (Outcome.UNFILLED, ("number",), False)


def test_without_a_chat_client_the_text_is_left_on_the_clipboard(shop: Shop) -> None:
    shop.phrasing.insert(PhraseId("check"))
    assert shop.desktop.content == "今天11:00前答复您"
    notice = shop.notices[-1]
    assert notice is not None
    assert (notice.outcome, notice.on_clipboard) == (Outcome.NO_TARGET, True)


def test_while_paused_the_text_is_left_on_the_clipboard_and_the_clocks_go_on(shop: Shop) -> None:
    shop.desk.paused = shop.phrasing.paused = True
    shop.show("王小姐")
    shop.phrasing.insert(PhraseId("hello"))
    shop.pass_time(seconds=5)
    assert shop.desktop.typed == []
    assert shop.desktop.content == "您好，王小姐"
    notice = shop.notices[-1]
    assert notice is not None
    assert notice.outcome is Outcome.PAUSED
    assert shop.desk.header().link is Link.PAUSED
    assert shop.board.view(shop.time.now()).rows[0].waiting(shop.time.now()) == timedelta(seconds=5)


def test_a_success_takes_the_last_notice_away(shop: Shop) -> None:
    shop.show("王小姐")
    shop.phrasing.insert(PhraseId("hello"))
    shop.pass_time(seconds=5)
    assert shop.notices == [None]


def test_a_phrase_for_a_buyer_who_was_switched_goes_to_the_one_now_open_if_asked(
    shop: Shop,
) -> None:
    shop.show("王小姐")
    shop.desktop.hold_modifiers(timedelta(milliseconds=50))
    shop.phrasing.insert(PhraseId("hello"))
    shop.pass_time(milliseconds=10)
    shop.show("Mr. Smith")
    shop.pass_time(seconds=5)
    (notice,) = shop.notices
    assert notice is not None
    assert (notice.outcome, notice.instead) == (Outcome.WRONG_CUSTOMER, "Mr. Smith")
    assert shop.desktop.typed == []
    shop.phrasing.insert_here()
    shop.pass_time(seconds=5)
    assert shop.desktop.typed == [(7, "您好，Mr. Smith")]
    shop.phrasing.insert_here()
    shop.pass_time(seconds=5)
    assert len(shop.desktop.typed) == 1


def test_who_is_open_instead_is_seen_although_word_of_it_has_not_come_yet(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desktop.hold_modifiers(timedelta(milliseconds=50))
    shop.phrasing.insert(PhraseId("hello"))
    shop.desktop.front = window("Mr. Smith")
    shop.pass_time(seconds=5)
    assert shop.notices[-1] is not None
    assert shop.notices[-1].instead == "Mr. Smith"
    assert shop.board.now_view().customer == "Mr. Smith"


def test_a_second_switch_is_asked_about_again(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desktop.hold_modifiers(timedelta(milliseconds=50))
    shop.phrasing.insert(PhraseId("hello"))
    shop.pass_time(milliseconds=10)
    shop.show("Mr. Smith")
    shop.pass_time(seconds=5)
    shop.show("李先生")
    shop.phrasing.insert_here()
    shop.pass_time(seconds=5)
    assert shop.notices[-1] is not None
    assert shop.notices[-1].instead == "李先生"
    assert shop.desktop.typed == []
    shop.phrasing.insert_here()
    shop.pass_time(seconds=5)
    assert shop.desktop.typed == [(7, "您好，李先生")]


def test_a_message_that_was_read_and_then_marked_is_one(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.hears = lambda conversation: conversation == "pidgin:王小姐"
    stored = len(shop.history.stored)
    shop.desk.customer_wrote()
    assert len(shop.history.stored) == stored
    shop.desk.answered()
    shop.desk.customer_wrote()  # what was read was not what the agent means
    assert len(shop.history.stored) == stored + 2


def test_the_acts_on_the_current_buyer(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.no_reply_needed("thanks")
    assert shop.board.view(shop.time.now()).rows[0].waiting_since is None
    shop.desk.customer_wrote()
    shop.pass_time(seconds=3)
    assert shop.board.view(shop.time.now()).rows[0].waiting(shop.time.now()) == timedelta(seconds=3)
    shop.desk.set_category(Category.COMPLAINT)
    assert shop.board.now_view().category is Category.COMPLAINT
    shop.desk.close()
    assert shop.board.view(shop.time.now()).rows == ()


def test_an_answer_by_hand_stops_the_clock_and_counts_for_those_who_wait_alone(shop: Shop) -> None:
    shop.show("王小姐")
    shop.pass_time(seconds=20)
    assert shop.board.now_view().waiting
    shop.desk.answered()
    shop.desk.answered()
    assert not shop.board.now_view().waiting
    assert [event.type for event in shop.history.stored].count("agent_message") == 1
    assert shop.history.stored[-1].type == "agent_message"


def rows(shop: Shop) -> dict[str, ConversationRow]:
    return {row.customer: row for row in shop.board.view(shop.time.now()).rows}


def test_a_note_about_a_buyer_comes_back_with_their_next_conversation(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.take_note(ConversationId("pidgin:王小姐"), " 住四楼，没电梯 ")
    assert shop.board.now_view().note == "住四楼，没电梯"
    shop.desk.close()
    shop.show("Mr. Smith")
    assert shop.board.now_view().note == ""
    again = Shop(shop.history)
    again.pass_time(hours=30)
    again.show("王小姐")
    assert again.board.now_view().note == "住四楼，没电梯"
    assert rows(again)["王小姐"].note == "住四楼，没电梯"
    again.desk.take_note(ConversationId("pidgin:王小姐"), "")
    assert again.board.now_view().note == ""


def test_a_buyer_is_called_as_the_agent_says(shop: Shop) -> None:
    shop.show("tb8827")
    shop.desk.rename(ConversationId("pidgin:tb8827"), "王小姐（老客）")
    shop.desk.customer_wrote()
    assert set(rows(shop)) == {"王小姐（老客）"}
    assert shop.board.now_view().customer == "王小姐（老客）"
    assert shop.history.stored[-1].customer == "tb8827"  # type: ignore[attr-defined]
    assert set(rows(Shop(shop.history))) == {"王小姐（老客）"}
    shop.desk.rename(ConversationId("pidgin:tb8827"), "")
    assert set(rows(shop)) == {"tb8827"}


def test_two_conversations_with_one_buyer_become_one_with_the_longer_wait(shop: Shop) -> None:
    shop.desk.customer_wrote()  # a client that names nobody
    nameless = shop.board.now_view().conversation
    assert nameless is not None
    shop.pass_time(seconds=30)
    shop.show("王小姐")
    named = ConversationId("pidgin:王小姐")
    shop.pass_time(seconds=5)
    shop.desk.merge(nameless, named)
    shop.desk.merge(nameless, named)
    (row,) = rows(shop).values()
    assert (row.customer, row.waiting(shop.time.now()), row.current) == (
        "王小姐",
        timedelta(seconds=35),
        True,
    )
    shop.desk.answered()
    late = CustomerMessage(
        id=EventId("late"), at=shop.time.now(), conversation=nameless, client=ClientName("pidgin")
    )
    shop.journal.publish(late)
    shop.pass_time(seconds=3)
    for each in (shop, Shop(shop.history)):
        now = shop.time.now()
        (row,) = each.board.view(now).rows
        assert (row.customer, row.waiting(now)) == ("王小姐", timedelta(seconds=3))


def test_what_was_noted_of_a_nameless_buyer_stays_when_they_turn_out_to_be_another(shop: Shop) -> None:
    shop.desk.customer_wrote()
    nameless = shop.board.now_view().conversation
    assert nameless is not None
    shop.desk.take_note(nameless, "住四楼")
    shop.desk.rename(nameless, "楼上的")
    shop.pass_time(seconds=30)
    shop.show("王小姐")
    shop.desk.merge(nameless, ConversationId("pidgin:王小姐"))
    assert [event.type for event in shop.history.transactions[-1]] == ["conversation_merged"]
    for each in (shop, Shop(shop.history)):
        (row,) = each.board.view(shop.time.now()).rows
        assert (row.customer, row.note) == ("楼上的", "住四楼")
        assert row.waiting(shop.time.now()) == timedelta(seconds=30)


def test_what_has_gone_quiet_is_closed_together_and_who_waits_is_not(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.answered()
    shop.show("Mr. Smith")
    shop.pass_time(minutes=14)
    shop.show("李先生")
    shop.desk.answered()
    assert shop.desk.close_stale() == 0
    shop.pass_time(minutes=1)
    assert shop.desk.close_stale() == 1
    assert set(rows(shop)) == {"Mr. Smith", "李先生"}


def test_asking_for_help_keeps_the_buyer_and_looks_after_it_in_time(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.escalate(ConversationId("pidgin:王小姐"), "主管", "要求赔偿", about="主管有回音了吗")
    shop.desk.set_category(Category.EMERGENCY)
    shop.desk.escalate(ConversationId("pidgin:王小姐"), "技术员", "漏电", about="技术员联系买家了吗")
    owed = [(each.about, each.due - shop.time.now()) for each in shop.reminders.open()]
    assert owed == [
        ("技术员联系买家了吗", timedelta(minutes=5)),
        ("主管有回音了吗", timedelta(hours=2)),
    ]
    asked = [(each.to, each.reason) for each in shop.stored(Escalated) if isinstance(each, Escalated)]
    assert asked == [("主管", "要求赔偿"), ("技术员", "漏电")]
    assert set(rows(shop)) == {"王小姐"}


def test_a_transfer_ends_the_clock_of_this_desk(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.transfer(ConversationId("pidgin:王小姐"), "主管", "要求赔偿")
    assert shop.board.view(shop.time.now()).rows == ()
    assert [event.type for event in shop.history.transactions[-1]] == ["escalated", "conversation_closed"]


def test_a_buyer_nobody_names_still_gets_a_clock(shop: Shop) -> None:
    shop.desk.customer_wrote()
    shop.pass_time(seconds=2)
    (row,) = shop.board.view(shop.time.now()).rows
    assert (row.customer, row.waiting(shop.time.now()), row.current) == ("", timedelta(seconds=2), True)


def test_a_follow_up_is_announced_once_when_it_falls_due(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.add_followup("回电", "30分钟后")
    shop.pass_time(minutes=29)
    assert shop.desk.remind() == ()
    shop.pass_time(minutes=1)
    (fallen,) = shop.desk.remind()
    assert (fallen.about, fallen.customer) == ("回电", "王小姐")
    assert shop.desk.remind() == ()


def test_a_snoozed_follow_up_is_announced_again(shop: Shop) -> None:
    made = shop.desk.add_followup("回电", "1小时后")
    shop.pass_time(hours=1)
    assert len(shop.desk.remind()) == 1
    shop.desk.snooze(made.id, "2小时后")
    assert shop.desk.remind() == ()
    shop.pass_time(hours=2)
    assert len(shop.desk.remind()) == 1
    shop.desk.followup_done(made.id)
    assert shop.reminders.view(shop.time.now()).total == 0


def test_what_fell_due_while_the_program_was_off_is_announced_at_the_next_start(shop: Shop) -> None:
    shop.desk.add_followup("回电", "30分钟后")
    again = Shop(shop.history)
    again.pass_time(hours=9)
    assert [each.about for each in again.desk.remind()] == ["回电"]


def test_the_screen_is_rebuilt_from_the_history(shop: Shop) -> None:
    shop.desk.begin_shift("早班")
    shop.show("王小姐")
    shop.pass_time(seconds=20)
    shop.phrasing.insert(PhraseId("check"))
    shop.pass_time(seconds=5)
    shop.show("Mr. Smith")
    again = Shop(shop.history)
    now = shop.time.now()
    before = {row.conversation: (row.waiting_since, row.promised) for row in shop.board.view(now).rows}
    after = {row.conversation: (row.waiting_since, row.promised) for row in again.board.view(now).rows}
    assert after == before
    assert again.reminders.view(now) == shop.reminders.view(now)
    assert again.shifts.view(now) == shop.shifts.view(now)
    assert again.shifts.view(now).first_response == timedelta(seconds=20, milliseconds=4)


def test_an_unreadable_due_time_owes_nothing(shop: Shop) -> None:
    with pytest.raises(DueTimeError):
        shop.desk.add_followup("回电", "改天再说吧")
    assert shop.stored(FollowupAdded) == []


def test_a_long_deadline_is_near_an_hour_ahead_and_a_short_one_half_an_hour(shop: Shop) -> None:
    shop.desk.add_followup("long", "5小时后")
    shop.desk.add_followup("short", "2小时后")
    shop.pass_time(minutes=70)
    rows = {row.about: row.nearness for row in shop.reminders.view(shop.time.now()).rows}
    assert rows == {"long": Due.LATER, "short": Due.LATER}
    shop.pass_time(minutes=25)
    rows = {row.about: row.nearness for row in shop.reminders.view(shop.time.now()).rows}
    assert rows == {"long": Due.LATER, "short": Due.SOON}
    shop.pass_time(minutes=150)
    rows = {row.about: row.nearness for row in shop.reminders.view(shop.time.now()).rows}
    assert rows == {"long": Due.SOON, "short": Due.OVERDUE}


def test_the_shift_counts_only_its_own_time(shop: Shop) -> None:
    shop.show("王小姐")
    shop.desk.begin_shift()
    shop.pass_time(hours=1)
    header = shop.desk.header()
    assert header.shift_for == timedelta(hours=1)
    shop.desk.end_shift()
    assert shop.desk.header().shift_for is None
    assert shop.shifts.view(shop.time.now()).on_shift is False


def test_a_buyer_who_has_just_written_does_not_lower_the_share(shop: Shop) -> None:
    shop.desk.begin_shift()
    shop.show("王小姐")
    shop.pass_time(seconds=20)
    shop.phrasing.insert(PhraseId("hello"))
    shop.pass_time(seconds=5)
    shop.show("Mr. Smith")
    assert shop.shifts.view(shop.time.now()).share == 1.0
    shop.pass_time(seconds=180)
    assert shop.shifts.view(shop.time.now()).share == 0.5


def test_the_stage_that_comes_next_comes_first_in_the_list(shop: Shop) -> None:
    shop.show("王小姐")
    assert shop.phrasing.rows("")[0].phrase == "hello"
    assert shop.board.current is not None
    assert shop.board.current.id == ConversationId("pidgin:王小姐")


def test_the_header_says_where_nothing_can_be_inserted_for_as_long_as_that_is_so(shop: Shop) -> None:
    shop.show("王小姐")
    links = []
    for able in (True, False, True):
        shop.desk.can_insert = able
        links.append(shop.desk.header().link)
    assert links == [Link.ATTACHED, Link.CANNOT_INSERT, Link.ATTACHED]


def test_a_machine_that_slept_is_noted_with_the_time_it_was_away() -> None:
    shop = Shop()
    for seconds in (60, 1, 59, 3600, 1):  # also before the first second is counted
        shop.time.advance(timedelta(seconds=seconds))
        shop.desk.second_passed()
    slept = [event for event in shop.history.stored if isinstance(event, MachineSlept)]
    assert [each.at - each.since for each in slept] == [timedelta(minutes=1), timedelta(hours=1)]
