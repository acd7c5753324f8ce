"""The shipped phrases keep what the shop's playbook demands of every message."""

import re
from datetime import UTC, datetime

import pytest

from sidebar import paths
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.placeholders import Values, fill
from sidebar.storage.packs import load_packs

ALL = load_packs(shipped=[paths.templates()])
CHINESE = [phrase for pack in ALL.packs if pack.language == "zh-CN" for phrase in pack.phrases]
ENGLISH = [phrase for pack in ALL.packs if pack.language == "en" for phrase in pack.phrases]
EVERY = pytest.mark.parametrize("phrase", [*CHINESE, *ENGLISH], ids=lambda phrase: str(phrase.id))

KNOWN = {
    "买家",
    "buyer",
    "客服",
    "agent",
    "工号",
    "number",
    "时间",
    "time",
    "日期",
    "date",
    "承诺",
    "promise",
}

VAGUE = "尽快 尽早 尽量 可能 也许 大概 或许 应该 不确定 不清楚 不知道 没办法 稍后 马上 立刻 通常 随时 规定"
ABSOLUTE = "最 第一 绝对 唯一 顶级 永久 百分百 100% 全网 史上 国家级 万能 极致 保证"
ELSEWHERE = "微信 QQ qq VX vx 加我 加好友 私下 转账 二维码 扫码 淘宝 京东 拼多多 返现 晒单有礼"
ENGLISH_VAGUE = (
    "as soon as possible|asap|maybe|perhaps|probably|not sure|our policy|our rules|soon|the best|guarantee"
)
FORBIDDEN = re.compile("|".join(map(re.escape, f"{VAGUE} {ABSOLUTE} {ELSEWHERE}".split())))
FORBIDDEN_ENGLISH = re.compile(rf"\b(?:{ENGLISH_VAGUE})\b", re.IGNORECASE)
CONTACT = re.compile(r"\d{6,}|https?:|www\.|@")
DEADLINE = re.compile(r"\{(?:promise|承诺|\+[^}]*)\}|\d+ ?(?:分钟|小时|minutes|hours)")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def test_all_of_them_can_be_read() -> None:
    assert [str(problem) for problem in ALL.problems] == []


def test_there_are_enough_to_work_with() -> None:
    assert len(CHINESE) >= 80
    assert len(ENGLISH) >= 15


def test_ids_and_codes_are_there_and_unique() -> None:
    phrases = [*CHINESE, *ENGLISH]
    assert len({phrase.id for phrase in phrases}) == len(phrases)
    codes = [phrase.code for phrase in phrases]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z0-9]{2,6}", code) for code in codes), codes


@pytest.mark.parametrize("phrases", [CHINESE, ENGLISH], ids=["zh-CN", "en"])
def test_every_main_stage_and_category_has_phrases(phrases: list[Phrase]) -> None:
    assert {phrase.stage for phrase in phrases} >= {stage.step for stage in Stage}
    assert {phrase.category for phrase in phrases} == {*Category, None}


def test_every_category_can_be_led_from_listening_to_the_call_back() -> None:
    for category in (Category.LOGISTICS, Category.AFTER_SALES, Category.COMPLAINT, Category.EMERGENCY):
        stages = {phrase.stage for phrase in CHINESE if phrase.category is category}
        assert {Stage.SOOTHE, Stage.VERIFY, Stage.OFFER, Stage.CARRY_OUT, Stage.CALL_BACK} <= stages, category


@EVERY
def test_is_concrete_moderate_and_stays_on_the_platform(phrase: Phrase) -> None:
    words = phrase.title + phrase.body
    assert FORBIDDEN.findall(words) == []
    assert FORBIDDEN_ENGLISH.findall(words) == []
    assert CONTACT.findall(words) == []


@EVERY
def test_is_short_enough_to_be_read(phrase: Phrase) -> None:
    assert phrase.body.count("\n") <= 3
    assert all(phrase.body.split("\n")), "a blank line"
    assert len(phrase.body) <= 220
    assert len(phrase.title) <= 40
    assert len(EMOJI.findall(phrase.body)) <= 1


@EVERY
def test_asks_only_for_what_the_sidebar_can_fill_in(phrase: Phrase) -> None:
    if not phrase.placeholders:
        assert "{" not in phrase.body
        assert "}" not in phrase.body
        return
    names = re.findall(r"\{([^{}|]+)(?:\|[^{}]*)?\}", phrase.body)
    assert names, "placeholders without one"
    assert {name for name in names if not name.startswith("+")} <= KNOWN


@EVERY
def test_can_be_inserted_before_anybody_has_set_anything(phrase: Phrase) -> None:
    filled = fill(phrase, Values(now=datetime(2026, 11, 21, 10, 10, tzinfo=UTC)))
    assert filled.unfilled == ()
    assert "{" not in filled.text


@EVERY
def test_a_deadline_in_the_text_is_a_promise_and_a_promise_is_in_the_text(phrase: Phrase) -> None:
    assert (DEADLINE.search(phrase.body) is not None) == (phrase.promise is not None)


def test_the_phrases_that_everyone_looks_for_are_there() -> None:
    by_title = {phrase.title: phrase for phrase in CHINESE}
    assert {"物流核实 · 给时限", "安抚 · 未收到货", "稍候 · 正在查询", "破损 / 丢失补发 · 二选一"} <= set(
        by_title
    )
    assert by_title["物流核实 · 给时限"].code == "wlhs"
    assert [phrase.code for phrase in CHINESE if phrase.code.startswith("wlhs")] == ["wlhs"]
