"""What happened, why, what to do: one sentence for each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.insertion import Outcome
from sidebar.domain.wording_rules import Remark, Severity, WordingRule
from sidebar.services.views import (
    BrokenFiles,
    Exported,
    Failure,
    FallenDue,
    HistoryTrouble,
    InsertionNotice,
    Link,
    MatchedBy,
    Notice,
    PhraseRow,
    TakenHotkeys,
    Ungranted,
)
from sidebar.ui import endings, sentences, wording
from sidebar.ui.cards import card_hint
from sidebar.ui.sentences import Tone
from tests.ui import samples

CLIPBOARD = {"zh_CN": "剪贴板", "en": "on the clipboard"}
NEVER_THERE = {
    Outcome.CLIPBOARD_REFUSED,
    Outcome.UNFILLED,
    Outcome.WORDING,
    Outcome.BUSY,
    Outcome.NESTED_IN_ITSELF,
    Outcome.NO_FILE,
    Outcome.COPIED,
}
"""Failures before anything was put on the clipboard, and what is only ever told when it is there."""


def sentences_in(text: str) -> int:
    return text.count("。") + text.count(". ") + text.endswith(".")


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("on_clipboard", [False, True])
@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_is_one_sentence(
    outcome: Outcome, on_clipboard: bool, lost: bool, language: str
) -> None:
    wording.use(language)
    told = InsertionNotice(
        outcome=outcome, title="问候", on_clipboard=on_clipboard, clipboard_lost=lost, names=("订单号",)
    )
    said = endings.insertion(told)
    assert "问候" in said
    assert sentences_in(said) == 1
    assert "{" not in said


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize(
    "outcome", [each for each in Outcome if not each.succeeded and each not in NEVER_THERE]
)
def test_says_that_the_text_is_on_the_clipboard_only_where_it_is(outcome: Outcome, language: str) -> None:
    wording.use(language)
    told = InsertionNotice(outcome=outcome, title="问候", on_clipboard=True)
    there = (
        CLIPBOARD[language]
        if outcome is not Outcome.NOT_TAKEN or language == "zh_CN"
        else "from the clipboard"
    )
    assert there in endings.insertion(told)
    assert there not in endings.insertion(replace(told, on_clipboard=False))


CUT_SHORT = {
    Outcome.TARGET_GONE,
    Outcome.NOT_IN_FRONT,
    Outcome.WRONG_CUSTOMER,
    Outcome.MODIFIERS_HELD,
    Outcome.CLIPBOARD_REFUSED,
    Outcome.NOT_TAKEN,
    Outcome.KEYS_REFUSED,
}
"""Failures that can come between two lines."""


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("outcome", sorted(CUT_SHORT))
def test_what_failed_in_the_middle_says_how_far_it_came(outcome: Outcome, language: str) -> None:
    wording.use(language)
    said = endings.insertion(InsertionNotice(outcome=outcome, title="问候", lines=7))
    assert "问候" in said
    assert "7" in said
    assert sentences_in(said) == 1


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_all_reasons_differ(language: str) -> None:
    wording.use(language)
    said = {endings.insertion(InsertionNotice(outcome=outcome, title="x")) for outcome in Outcome}
    assert len(said) == len(Outcome)


def test_names_what_is_missing() -> None:
    told = InsertionNotice(outcome=Outcome.UNFILLED, title="查单", names=("订单号", "快递单号"))
    assert "订单号、快递单号" in endings.insertion(told)


def test_an_inserted_text_that_cost_the_clipboard_is_told() -> None:
    told = InsertionNotice(outcome=Outcome.INSERTED, title="问候", clipboard_lost=True)
    assert endings.insertion(told) == "已插入「问候」；另外，你原来复制的内容没能保住，要用请重新复制。"


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize(
    ("told", "part"),
    [
        (TakenHotkeys(combos=(KeyCombo.parse("ctrl+alt+1"), KeyCombo.parse("f8"))), "Ctrl+Alt+1"),
        (TakenHotkeys(combos=(KeyCombo("ctrl", twice=True),), hookable=True), "hooked_hotkeys = true"),
        (Ungranted(), "−"),
        (BrokenFiles(sentences=("a.yaml:3: no id", "b.yaml: empty")), "a.yaml:3: no id"),
        (HistoryTrouble(sentence="the disk is full"), "the disk is full"),
        (Exported(path="/home/a/summary.xlsx"), "/home/a/summary.xlsx"),
        (FallenDue(count=1, about="回访满意度", customer="李先生"), "回访满意度"),
        (FallenDue(count=3, about="回访满意度"), "3"),
        (Failure(sentence="the folder cannot be written"), "the folder cannot be written"),
    ],
)
def test_every_notice_has_its_sentence(told: Notice, part: str, language: str) -> None:
    wording.use(language)
    assert part in sentences.notice(told)
    assert sentences.tone(told) in sentences.Tone


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_link_is_explained(language: str) -> None:
    wording.use(language)
    assert len({sentences.link_state(link, "千牛") for link in Link}) == len(Link)
    assert "千牛" in sentences.link_state(Link.ATTACHED, "千牛")


def test_a_row_is_told_to_those_who_do_not_see_it() -> None:
    breached, current = samples.CONVERSATIONS.rows[:2]
    assert sentences.conversation_spoken(breached, samples.NOW) == "李先生，已超时，等了 03:12，投诉处理"
    assert (
        sentences.conversation_spoken(current, samples.NOW)
        == "张女士，将超时，等了 02:26，物流问题，当前会话"
    )
    queued = replace(breached, agent_since=samples.NOW - timedelta(seconds=62))
    said = sentences.conversation_spoken(queued, samples.NOW)
    assert said == "李先生，已超时，等了 03:12，接手 01:02，投诉处理"
    closed = replace(breached, stands_at=samples.NOW - timedelta(seconds=12))
    said = sentences.conversation_spoken(closed, samples.NOW)
    assert said == "李先生，已超时，等了 03:00，已打烊，停表，投诉处理"
    assert sentences.phrase_spoken(samples.PHRASES[2]) == (
        "3，稍候 ・ 正在查询，您反馈的问题已收到,正在为您查询,预计需要 3 分钟。"
    )
    assert sentences.followup_spoken(samples.FOLLOWUPS.rows[1]) == "明天 10:00，回访满意度，李先生，16 小时"


SOON = WordingRule(
    id="soon",
    severity=Severity.ERROR,
    reason={"zh": "没有说到什么时候", "en": "it does not say when"},
    suggestion={"zh": "写出时间", "en": "name a time"},
)


def remark(found: str, severity: Severity = Severity.ERROR) -> Remark:
    return Remark(rule=SOON, severity=severity, start=0, end=len(found), found=found)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_a_text_stopped_for_its_wording_says_what_why_and_what_instead(language: str) -> None:
    wording.use(language)
    told = InsertionNotice(outcome=Outcome.WORDING, title="催发货", remarks=(remark("尽快"),))
    assert (
        endings.insertion(told)
        == {
            "zh_CN": "没有插入「催发货」：「尽快」没有说到什么时候，写出时间；仍要插入，请再点一次。",
            "en": "“催发货” was not inserted: “尽快”: it does not say when; name a time; "
            "to insert it anyway, ask once more.",
        }[language]
    )
    assert sentences.tone(told) is Tone.TROUBLE


def test_of_several_remarks_the_error_is_told_and_the_others_are_counted() -> None:
    told = (remark("马上", Severity.WARN), remark("尽快"), remark("{buyer}", Severity.WARN))
    assert endings.wording_remark(told) == "「尽快」没有说到什么时候，写出时间（另有 2 处）"


def test_a_warning_beside_an_insertion_is_a_reminder_and_a_long_find_is_cut() -> None:
    long = remark("一二三四五六七八九十一二三四五六七\n八", Severity.WARN)
    told = InsertionNotice(outcome=Outcome.INSERTED, title="{x}", remarks=(long,))
    assert endings.insertion(told) == (
        "已插入「{x}」，措辞请留意：「一二三四五六七八九十一二三四五…」没有说到什么时候，写出时间。"
    )
    assert sentences.tone(told) is Tone.REMINDER


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh_CN", "另一种说法相符：马上为您查"), ("en", "Found in another wording: 马上为您查")],
)
def test_the_wording_that_was_found_stands_in_the_tooltip(language: str, words: str) -> None:
    wording.use(language)
    row = PhraseRow(
        phrase=PhraseId("p"),
        number=1,
        title="核实",
        text="请稍候",
        why=MatchedBy.VARIANT,
        found_in="马上为您查",
    )
    assert card_hint(row) == f"请稍候\n{words}"
