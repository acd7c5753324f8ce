"""The shipped phrases keep what the shop's playbook demands of every message."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from sidebar import paths
from sidebar.domain.field_values import value_of
from sidebar.domain.phrase_details import Field, FieldKind
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.place_names import plain_name
from sidebar.domain.placeholders import Filled, Values, fill, texts
from sidebar.domain.wording_check import WordingCheck
from sidebar.domain.wording_rules import Circumstances
from sidebar.storage.packs import load_packs
from sidebar.storage.wording_files import load_wording

NOW = datetime(2026, 11, 21, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
ALL = load_packs(shipped=[paths.templates()])
CHINESE = [phrase for pack in ALL.packs if pack.language == "zh-CN" for phrase in pack.phrases]
ENGLISH = [phrase for pack in ALL.packs if pack.language == "en" for phrase in pack.phrases]
EVERY = pytest.mark.parametrize("phrase", [*CHINESE, *ENGLISH], ids=lambda phrase: str(phrase.id))
EACH = pytest.mark.parametrize("phrases", [CHINESE, ENGLISH], ids=["zh-CN", "en"])
CHECK = WordingCheck(load_wording(shipped=[paths.resources() / "wording"]).rules)

MINUTES_SAID = {"common.hold-looking-up", "en.hold"}
"""These say how many minutes it takes instead of a clock time."""
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
SAMPLES = {
    FieldKind.TEXT: "A1",
    FieldKind.PARAGRAPH: "A1",
    FieldKind.NUMBER: "3",
    FieldKind.DATE: "+2d",
    FieldKind.TIME: "18:00",
}

PLAYBOOK = {
    # a standard is held: greet at once, say how many minutes an answer takes
    1: "common.greet common.hold-looking-up common.hold-minutes en.greet en.hold en.hold-ten",
    2: "common.sort en.sort",
    # every stage from listening to the call-back
    3: "common.listen common.paraphrase common.decide-ours common.option-three common.confirm-summary "
    "common.report-done closing.thanks call-back.within-day en.listen en.paraphrase en.decide-ours "
    "en.options-three en.confirm-summary en.report-done en.bye en.call-back",
    4: "common.hold-priority en.hold-priority",
    # promises are clock times; unsure is a time to report back, and that is kept without a result
    5: "logistics.check common.report-no-result en.logistics en.no-result",
    # the reason and the clause, not the rule book
    6: "common.option-reason after-sales.three-guarantees en.option-reason",
    7: "emergency.safety emergency.decide emergency.technician en.emergency en.emergency-decide",
    8: "common.escalate-department common.delay common.delay-second en.escalate-department en.delay",
    9: "call-back.within-day call-back.upset complaint.close-very-upset en.call-back-day en.complaint-close",
    10: "order.confirm order.confirm-fields order.identity order.identity-done order.unpaid order.shipped "
    "order.shipped-number en.order-confirm en.order-confirm-fields en.identity en.unpaid en.shipped-number",
    11: "common.case-record en.case-record",
    12: "common.decide-ours common.decide-carrier common.decide-buyer common.decide-platform "
    "common.decide-force common.escalate en.decide-ours en.decide-carrier en.decide-buyer "
    "en.decide-platform en.decide-force en.escalate",
    13: "complaint.offer-options complaint.offer-coupon after-sales.refund-partial en.complaint-options "
    "en.compensation",
    14: "common.greet-number common.praise-buyer common.humour common.leave-number common.greet-place "
    "en.leave-number en.praise-choice en.humour",
    # since when, a pause, a firm and polite limit
    15: "common.listen-since complaint.since-when common.soothe-pause common.limit common.limit-firm "
    "en.since-when en.pause en.limit",
    16: "call-back.satisfied call-back.low-score closing.satisfaction en.feedback en.low-score",
    17: "logistics.track-number presale.stock-quantity common.knowledge en.track-number en.knowledge",
    # steps, each with who does it and by when
    18: "common.carry-out-steps after-sales.steps-owner logistics.claim en.steps en.return",
}


def typed(field: Field, language: str) -> str:
    """What an agent types, or what the field begins with, as it stands in the text."""
    begun = field.default or (field.choices[0] if field.choices else SAMPLES[field.kind])
    return value_of(field, begun, now=NOW, language=language)


def finished(phrase: Phrase, buyer: str) -> Iterator[Filled]:
    """Each wording of *phrase* as a buyer reads it."""
    fields = phrase.details.fields if phrase.details is not None else ()
    language = "en" if phrase.id.startswith("en.") else "zh"
    values = Values(buyer=buyer, now=NOW, language=language)
    answers = {plain_name(field.name): typed(field, language) for field in fields}
    for number in range(len(texts(phrase))):
        yield fill(phrase, values, wording=partial(_this, number), typed=answers)


def _this(number: int, _phrase: Phrase) -> int:
    return number


def test_all_of_them_can_be_read() -> None:
    assert [str(problem) for problem in ALL.problems] == []


def test_there_are_enough_to_work_with() -> None:
    assert len(CHINESE) >= 280
    assert len(ENGLISH) >= 170


def test_ids_and_codes_are_there_and_unique() -> None:
    phrases = [*CHINESE, *ENGLISH]
    assert len({phrase.id for phrase in phrases}) == len(phrases)
    codes = [phrase.code for phrase in phrases]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z0-9]{2,6}", code) for code in codes), codes


@EACH
def test_titles_and_texts_are_unique(phrases: list[Phrase]) -> None:
    assert len({phrase.title for phrase in phrases}) == len(phrases)
    assert len({phrase.body for phrase in phrases}) == len(phrases)


@EACH
def test_every_stage_and_category_has_phrases(phrases: list[Phrase]) -> None:
    assert {phrase.stage for phrase in phrases} == set(Stage)
    assert {phrase.category for phrase in phrases} == {*Category, None}


@EACH
def test_every_category_can_be_led_from_listening_to_the_call_back(phrases: list[Phrase]) -> None:
    for category in Category:
        own = {phrase.stage for phrase in phrases if phrase.category in (category, None)}
        assert own == set(Stage), category
        if category in (Category.LOGISTICS, Category.AFTER_SALES, Category.COMPLAINT, Category.EMERGENCY):
            own = {phrase.stage.step for phrase in phrases if phrase.category is category and phrase.stage}
            assert {Stage.SOOTHE, Stage.VERIFY, Stage.OFFER, Stage.CARRY_OUT, Stage.CALL_BACK} <= own, (
                category
            )


@pytest.mark.parametrize("point", PLAYBOOK)
def test_every_point_of_the_playbook_has_its_phrases(point: int) -> None:
    ids = {str(phrase.id) for phrase in (*CHINESE, *ENGLISH)}
    assert set(PLAYBOOK[point].split()) <= ids


def test_the_playbook_is_covered_whole() -> None:
    assert list(PLAYBOOK) == list(range(1, 19))


@EVERY
def test_every_phrase_says_where_it_belongs(phrase: Phrase) -> None:
    assert phrase.stage is not None
    assert phrase.tags
    assert phrase.group


@EVERY
def test_its_wording_passes_the_check(phrase: Phrase) -> None:
    remarks = CHECK.check_phrase(phrase, Circumstances(now=NOW))
    assert [(remark.rule.id, remark.found) for _, remark in remarks] == []


@EVERY
@pytest.mark.parametrize("buyer", ["", "王小姐"])
def test_it_can_be_inserted_with_and_without_the_buyers_name(phrase: Phrase, buyer: str) -> None:
    for filled in finished(phrase, buyer):
        assert filled.unfilled == ()
        assert "{" not in filled.text
        assert CHECK.check_finished(phrase, filled.text, None, NOW) == ()
        assert "，，" not in filled.text
        assert not filled.text.startswith(("，", ",", " "))


@EVERY
def test_is_short_enough_to_be_read(phrase: Phrase) -> None:
    for text in texts(phrase):
        assert text.count("\n") <= 3
        assert all(text.split("\n")), "a blank line"
        assert len(text) <= 260
        assert len(EMOJI.findall(text)) <= 1
    assert len(phrase.title) <= 40
    assert all(len(filled.text) <= 420 for filled in finished(phrase, "王小姐"))


@EVERY
def test_what_is_promised_is_in_every_wording_and_what_is_in_the_text_is_promised(phrase: Phrase) -> None:
    for text in texts(phrase):
        named = re.search(r"\{(?:promise|承诺)\}", text + "".join(options(phrase))) is not None
        assert named == (phrase.promise is not None and phrase.id not in MINUTES_SAID)
        assert "{+" not in text, "a deadline nobody is reminded of"


@EVERY
def test_choices_come_with_what_speaks_for_and_against_them(phrase: Phrase) -> None:
    choices = phrase.details.options if phrase.details is not None else ()
    assert len(choices) != 1
    assert all(choice.pros and choice.cons for choice in choices)


@EACH
def test_choices_name_the_rule_they_rest_on(phrases: list[Phrase]) -> None:
    offers = [phrase for phrase in phrases if phrase.details is not None and phrase.details.options]
    with_rule = [p for p in offers if p.details and any(option.rule for option in p.details.options)]
    assert len(offers) >= 8
    assert len(with_rule) >= len(offers) / 2


@EACH
def test_complaints_and_emergencies_end_with_a_call_back_to_come(phrases: list[Phrase]) -> None:
    closing = [phrase for phrase in phrases if phrase.stage is Stage.CLOSE]
    for category in (Category.COMPLAINT, Category.EMERGENCY):
        own = [phrase for phrase in closing if phrase.category is category]
        assert own
        assert all(phrase.details is not None and phrase.details.follow_up is not None for phrase in own)


def options(phrase: Phrase) -> Iterator[str]:
    for option in phrase.details.options if phrase.details is not None else ():
        yield from (option.text, option.pros, option.cons, option.rule)


def test_the_phrases_that_everyone_looks_for_are_there() -> None:
    by_title = {phrase.title: phrase for phrase in CHINESE}
    assert {"物流核实 · 给时限", "安抚 · 未收到货", "稍候 · 正在查询", "破损 / 丢失补发 · 二选一"} <= set(
        by_title
    )
    assert by_title["物流核实 · 给时限"].code == "wlhs"
    assert [phrase.code for phrase in CHINESE if phrase.code.startswith("wlhs")] == ["wlhs"]
