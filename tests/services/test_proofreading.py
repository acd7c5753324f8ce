"""An error stops a text once; whoever has read the reason and asks again has the last word."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sidebar.domain.chat_clients import ChatWindow, ClientProfile
from sidebar.domain.identifiers import ClientName, PhraseId
from sidebar.domain.insertion import WindowInfo
from sidebar.domain.phrase_details import Allowance, Details
from sidebar.domain.phrases import Phrase
from sidebar.domain.wording_check import WordingCheck
from sidebar.domain.wording_rules import Detector, Severity, WordingRule
from sidebar.services.proofreading import Proofreader

NOW = datetime(2026, 11, 21, 17, 59, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
RULES = (
    WordingRule(id="soon", severity=Severity.ERROR, words=("尽快",)),
    WordingRule(id="moment", severity=Severity.WARN, words=("马上",)),
    WordingRule(id="shout", severity=Severity.HINT, words=("!!",)),
    WordingRule(id="over", severity=Severity.ERROR, detect=Detector.PAST_TIME),
    WordingRule(id="long", severity=Severity.ERROR, detect=Detector.CLIENT_LENGTH),
)
SOON = Phrase(id=PhraseId("soon"), title="x", body="我们会尽快处理。")


def chat(customer: str = "王小姐", longest: int | None = None) -> ChatWindow:
    profile = ClientProfile(name=ClientName("qianniu"), label="千牛", programs=("a",), longest=longest)
    window = WindowInfo(handle=1, pid=1, program="a", title=customer)
    return ChatWindow(window=window, profile=profile, customer=customer)


class Desk:
    """A proofreader and the clock it is asked by."""

    def __init__(self) -> None:
        self.made = 0
        self.now = NOW
        self.reader = Proofreader(load=self._load)

    def _load(self) -> WordingCheck:
        self.made += 1
        return WordingCheck(RULES)

    def stops(
        self, text: str = SOON.body, *, after: float = 0, phrase: Phrase = SOON, to: str = "王小姐"
    ) -> bool:
        self.now += timedelta(seconds=after)
        return self.reader.judge(phrase, text, chat(to), self.now).stopped


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_second_press_inserts_it_anyway(desk: Desk) -> None:
    assert desk.stops()
    assert not desk.stops(after=2)


def test_a_double_click_is_no_second_press(desk: Desk) -> None:
    assert desk.stops()
    assert desk.stops(after=0.3)
    assert not desk.stops(after=1)


def test_after_a_while_it_is_stopped_anew(desk: Desk) -> None:
    assert desk.stops()
    assert desk.stops(after=21)
    assert not desk.stops(after=2)


def test_leave_is_given_for_one_insertion_only(desk: Desk) -> None:
    assert desk.stops()
    assert not desk.stops(after=2)
    assert desk.stops(after=2)


def test_leave_is_given_for_that_buyer_and_that_phrase_only(desk: Desk) -> None:
    other = Phrase(id=PhraseId("other"), title="y", body="尽快")
    assert desk.stops()
    assert desk.stops(after=2, to="Mr. Smith")
    assert desk.stops(after=2, phrase=other)


def test_warnings_are_told_and_stop_nothing_and_hints_are_not_told(desk: Desk) -> None:
    verdict = desk.reader.judge(SOON, "马上!!", chat(), NOW)
    assert not verdict.stopped
    assert [remark.rule.id for remark in verdict.remarks] == ["moment"]


def test_a_rule_switched_off_for_the_phrase_stops_it_not(desk: Desk) -> None:
    allowed = Phrase(
        id=PhraseId("a"),
        title="a",
        body="尽快",
        details=Details(allow=(Allowance(rule="soon", reason="店名"),)),
    )
    assert not desk.stops("尽快", phrase=allowed)


def test_the_rules_are_made_once_and_only_when_a_text_is_read(desk: Desk) -> None:
    assert desk.made == 0
    desk.stops()
    desk.stops(after=30)
    assert desk.made == 1


def test_rules_that_are_brought_need_not_be_made(desk: Desk) -> None:
    desk.reader.use(WordingCheck(RULES[:1]))
    assert desk.stops()
    assert desk.made == 0


def test_what_was_read_before_is_read_anew_when_its_deadline_has_passed(desk: Desk) -> None:
    assert not desk.stops("今天18点前发出。")
    assert desk.stops("今天18点前发出。", after=60)


def test_a_text_must_fit_its_client(desk: Desk) -> None:
    assert not desk.reader.judge(SOON, "好" * 20, chat(longest=20), NOW).stopped
    assert desk.reader.judge(SOON, "好" * 21, chat(longest=20), NOW).stopped


def test_without_a_chat_window_the_text_is_read_as_well(desk: Desk) -> None:
    assert desk.reader.judge(SOON, SOON.body, None, NOW).stopped


def test_what_was_read_ahead_stops_all_the_same_when_it_is_asked_for(desk: Desk) -> None:
    ready = [desk.reader.ready]
    assert [remark.rule.id for remark in desk.reader.read(SOON, SOON.body, chat(), NOW)] == ["soon"]
    assert [*ready, desk.reader.ready] == [False, True]
    assert desk.stops()
    assert not desk.stops(after=2)
