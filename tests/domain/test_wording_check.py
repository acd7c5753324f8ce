"""What is told of, and above all what is not: the good form of each thing next to the bad one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar import paths
from sidebar.domain.identifiers import ClientName
from sidebar.domain.wording_check import WordingCheck
from sidebar.domain.wording_detectors import bank_card, identity_number, luhn
from sidebar.domain.wording_rules import Circumstances, Severity, WordingRule
from sidebar.storage.wording_files import load_wording

NOW = datetime(2026, 11, 21, 17, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
SHIPPED = load_wording(shipped=[paths.resources() / "wording"])
CHECK = WordingCheck(SHIPPED.rules)


def told(text: str, client: str = "", **more: object) -> list[str]:
    circumstances = Circumstances(now=NOW, client=ClientName(client), **more)  # type: ignore[arg-type]
    return [remark.rule.id for remark in CHECK.check(text, circumstances)]


def test_every_shipped_rule_can_be_used_and_says_why_and_what_instead_in_both_languages() -> None:
    assert SHIPPED.problems == ()
    for rule in SHIPPED.rules:
        for words in (rule.reason, rule.suggestion):
            assert set(words) == {"zh", "en"}, rule.id
            assert all(0 < len(word) <= 120 for word in words.values()), rule.id
            assert not any(mark in word for word in words.values() for mark in "。！"), rule.id


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("我们会尽快给您处理。", "vague-soon"),
        ("亲，过两天就给您发。", "vague-soon"),
        ("这个有空再帮您看。", "vague-soon"),
        ("稍后为您查询。", "vague-moment"),
        ("亲，稍等一下。", "vague-moment"),
        ("已经在催了，请耐心等待。", "vague-moment"),
        ("争取今天发出。", "vague-maybe"),
        ("会有专人联系您的。", "promise-without-time"),
        ("我们这边的规定是不退不换。", "blunt-rule"),
        ("根据平台规则不支持退货。", "blunt-rule"),
        ("系统就是这么规定的。", "blunt-rule"),
        ("加薇聊。", "outside-contact"),
        ("方便的话留个电话。", "outside-contact"),
        ("走线下可以便宜。", "outside-contact"),
        ("麻烦改个好评。", "paid-review"),
        ("请把差评删一下。", "paid-review"),
        ("Dear [Customer Name],", "left-blank"),
        ("马上给您处理。", "vague-moment"),
        ("包裹可能丢了。", "vague-maybe"),
        ("明天应该能到。", "vague-maybe"),
        ("这个我不确定。", "vague-unsure"),
        ("到货时间不好说。", "vague-unsure"),
        ("有结果了我会告诉您。", "promise-without-time"),
        ("主管会联系您。", "promise-without-time"),
        ("请等我通知。", "promise-without-time"),
        ("我们规定不能退。", "blunt-rule"),
        ("按照规定，超过七天不退。", "blunt-rule"),
        ("平台规定就这样。", "blunt-rule"),
        ("这个没办法。", "blunt-refusal"),
        ("不是我们的问题。", "blunt-refusal"),
        ("说了多少遍了。", "insult"),
        ("这款是最好的面料。", "superlative"),
        ("全网销量第一。", "superlative"),
        ("质量最优，价格最低。", "superlative"),
        ("国家级品质。", "superlative"),
        ("100%正品。", "absolute"),
        ("百分百有效。", "absolute"),
        ("绝对不掉色。", "absolute"),
        ("保证您满意。", "absolute"),
        ("加我微信发您图。", "outside-contact"),
        ("加vx聊。", "outside-contact"),
        ("加ＶＸ聊。", "outside-contact"),
        ("扫一下这个二维码。", "outside-contact"),
        ("私下转账给您补差。", "outside-contact"),
        ("把您的手机号发我。", "outside-contact"),
        ("我们微信上说。", "outside-name"),
        ("给个五星好评返现5元。", "paid-review"),
        ("能帮忙删掉差评吗？", "paid-review"),
        ("订单号XXX，请查收。", "left-blank"),
        ("请发到【收货地址】，日期____", "left-blank"),
        ("您好，[您的名字]，TODO", "left-blank"),
        ("双十一活动11月11日开始。", "past-date"),
        ("活动截至2025年12月31日。", "past-date"),
        ("有效期到2026-11-20。", "past-date"),
        ("这是2025新款。", "past-date"),
        ("请联系13812345678。", "phone-number"),
        ("请拨 138-1234-5678。", "phone-number"),
        ("电话 021-65431234。", "phone-number"),
        ("卡号6222021234567890128。", "bank-card"),
        ("身份证11010519491231002X。", "identity-number"),
        ("发到 shop@example.com。", "mail-address"),
        ("看 https://example.com/x 。", "web-address"),
        ("在吗？！！！", "shouting"),
        ("We will ship it as soon as possible.", "en-vague-soon"),
        ("You will get it soon.", "en-vague-soon"),
        ("I'll check and reply shortly.", "en-vague-moment"),
        ("Maybe it is lost.", "en-vague-maybe"),
        ("I’m not sure about that.", "en-vague-unsure"),
        ("I will get back to you.", "en-promise-without-time"),
        ("Our policy says no refunds.", "en-blunt-rule"),
        ("There is nothing I can do.", "en-blunt-refusal"),
        ("You should have read the page.", "en-blunt-refusal"),
        ("Please calm down.", "en-insult"),
        ("This is the best bag.", "en-superlative"),
        ("Our #1 product.", "en-superlative"),
        ("It is 100% safe.", "en-absolute"),
        ("Add me on WhatsApp.", "en-outside-contact"),
        ("Give us 5 stars for a voucher.", "en-paid-review"),
        ("The sale ended: Nov 11, 2025.", "past-date"),
        ("Valid until 31 October.", "past-date"),
    ],
)
def test_tells_of(text: str, rule: str) -> None:
    assert rule in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "今天18点前给您答复。",
        "我们会尽快处理，今天18:00前给您结果。",
        "请您尽快付款，库存给您留着。",
        "马上停用，离开商品，请立即断电。",
        "我去核实，今天18:00前告诉您。",
        "5分钟内回复您。",
        "请稍候，3 分钟就好。",
        "我替您争取到一张券。",
        "依据平台规则第12条，签收七天内可退，条款在这一页。",
        "麻烦报一下手机号后四位。",
        "快递员会给您打电话，请留意。",
        "应该的，您别客气。",
        "您应该收到短信了。",
        "不一定要今天决定。",
        "为保证您的权益，请在平台内付款。",
        "该型号自2020年上市。",
        "面料成分：棉100%。",
        "不同批次可能有轻微色差。",
        "您可能还想了解洗护。",
        "我会尽可能替您争取。",
        "如果不确定尺码，告诉我身高体重。",
        "您有什么不清楚的可以问我。",
        "我们不会以任何理由联系您转账。",
        "依据写在详情页的“售后说明”里，超过期限系统会拦下。",
        "没有规定您非要今天选。",
        "最近三天的物流都在这里。",
        "最后一步是确认收货，最晚明天18:00。",
        "有货了第一时间上架。",
        "第一步，打开订单；第一次使用先过水。",
        "您最好先试一试。",
        "面料是100%棉。",
        "100%桑蚕丝，吊牌上写着。",
        "绝对不会让您吃亏。",
        "保证金页面有写。",
        "商品上的唯一编码可以查验。",
        "请不要加任何人的其他好友，那是诈骗。",
        "包装上的二维码可以溯源。",
        "请告诉我手机号的后四位。",
        "评价怎么写由您决定。",
        "尺码有XL和XXL，鞋码XX码没有。",
        "您11月11日拍下的订单已发出。",
        "活动到12月31日，1月3日恢复原价。",
        "2026-11-21当天有效。",
        "运单号 621234567890123456，订单号 2612345678901234567。",
        "订单号：6222021234567890128。",
        "尾号0128的卡。",
        "价格是1999.00元，第3条。",
        "看 https://detail.tmall.com/item.htm?id=1 。",
        "您说的“尽快”我记下了，今天20:00前办好。",
        "You will have it by 18:00 today.",
        "As soon as it ships, the number is on the order page.",
        "How soon do you need it?",
        "If you are not sure about the size, tell me your height.",
        "Unplug it immediately and step away.",
        "I will get back to you by 18:00.",
        "The best way is to ask at the counter; best regards.",
        "It is 100% cotton.",
        "You should have received a message from the carrier.",
        "Perhaps you'd like the blue one?",
        "What kind of fabric do you like?",
        "We never ask you to pay outside the app.",
        "Ordered on 3 November, shipped on 5 November.",
        "May I ask for two photos?",
        "Please rate it as you found it.",
    ],
)
def test_keeps_quiet_about(text: str) -> None:
    assert told(text) == []


def test_marketplaces_differ() -> None:
    def graded(text: str, client: str) -> dict[str, Severity]:
        found = CHECK.check(text, Circumstances(now=NOW, client=ClientName(client)))
        return {remark.rule.id: remark.severity for remark in found}

    assert graded("这个宝贝有货。", "qianniu") == {}
    assert graded("这个宝贝有货。", "pinduoduo") == {"pdd-address": Severity.WARN}
    assert graded("淘宝也有店。", "qianniu") == {}
    assert graded("淘宝也有店。", "pinduoduo") == {"other-marketplace-taobao": Severity.ERROR}
    assert graded("拼多多也有店。", "pinduoduo") == {}
    assert graded("拼多多也有店。", "qianniu") == {"other-marketplace-pdd": Severity.ERROR}
    assert graded("微信上说。", "pinduoduo") == {"outside-name": Severity.ERROR}
    assert graded("微信上说。", "dongdong") == {"outside-name": Severity.WARN}
    assert graded("加我微信。", "wechat") == {}
    assert graded("请拨13812345678。", "web") == {"phone-number": Severity.WARN}
    assert graded("请拨13812345678。", "pinduoduo") == {"phone-number": Severity.ERROR}


def test_names_the_place_and_says_it_in_both_languages() -> None:
    (remark,) = CHECK.check("亲，马上给您处理。", Circumstances(now=NOW))
    assert (remark.start, remark.end, remark.found) == (2, 4, "马上")
    assert remark.reason("zh_CN") == "每个人心里想的时间都不一样"
    assert remark.suggestion("en") == "give minutes or a clock time instead"


def test_of_one_place_only_the_gravest_is_told() -> None:
    assert told("加我微信。") == ["outside-contact"]


def test_a_rule_can_be_switched_off_for_a_text() -> None:
    assert told("马上给您处理，可能丢了。", allowed=frozenset({"vague-moment"})) == ["vague-maybe"]


def test_a_text_is_held_against_the_limit_of_its_client() -> None:
    assert told("好" * 20, longest=20) == []
    assert told("好" * 21, longest=20) == ["beyond-limit"]
    assert told("好" * 501) == ["too-long"]


def test_a_deadline_that_has_passed_is_told_only_of_a_text_about_to_be_inserted() -> None:
    assert told("今天17点前发出。", finished=True) == ["past-time"]
    assert told("今天下午5点半前发出。", finished=True) == []
    assert told("今天下午5点前发出。", finished=True) == ["past-time"]
    assert told("今晚8点前发出。", finished=True) == []
    assert told("It ships today by 5 pm.", finished=True) == ["past-time"]
    assert told("It ships by 18:00 today.", finished=True) == []
    assert told("今天17点前发出。") == []


def test_a_promise_that_is_not_in_the_text_is_told_of() -> None:
    assert told("已经登记。", promised=True) == ["unsaid-promise"]
    assert told("已经登记，{promise}前办好。", promised=True, places=True) == []
    assert told("预计需要 3 分钟。", promised=True) == []


def test_braces_nobody_fills_in_are_told_of() -> None:
    assert told("您好，{买家}。") == ["place-as-text"]
    assert told("您好，{快递公司}。", places=True, unknown=("快递公司",)) == ["unknown-place"]


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ("4111111111111111", True),
        ("4111111111111112", False),
        ("378282246310005", True),
        ("5555555555554444", True),
        ("3530111333300000", True),
        ("6222021234567890128", True),
        ("1234567812345670", False),  # the check digit fits, but nobody issues it
    ],
)
def test_a_card_has_an_issuer_and_a_check_digit(digits: str, valid: bool) -> None:
    assert bank_card(digits) is valid


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert luhn("79927398713")
    assert [digit for digit in "0123456789" if luhn("7992739871" + digit)] == ["3"]


@pytest.mark.parametrize(
    ("number", "valid"),
    [("11010519491231002x", True), ("440524188001010014", False), ("110105194912310021", False)],
)
def test_an_identity_number_has_a_birth_date_and_a_check_character(number: str, valid: bool) -> None:
    assert identity_number(number) is valid


WILD = st.text(
    alphabet=st.sampled_from("尽快微信加我第一最好的。，！“”{}[]0123456789 -.:/年月日今天点前abXx+@%\n"),
    max_size=80,
)


@given(text=st.one_of(st.text(max_size=60), WILD))
def test_any_text_can_be_read_and_every_place_lies_in_it(text: str) -> None:
    for remark in CHECK.check(
        text, Circumstances(now=datetime(2026, 2, 28, 23, 59, tzinfo=UTC), finished=True)
    ):
        assert 0 <= remark.start < remark.end <= len(text)
        assert remark.found == text[remark.start : remark.end]


def test_words_in_latin_letters_are_found_only_whole() -> None:
    rule = WordingRule(id="r", severity=Severity.HINT, words=("vx",))
    check = WordingCheck([rule])
    where = [remark.start for remark in check.check("VX群 avx vxb 加vx", Circumstances(now=NOW))]
    assert where == [0, 13]
