"""What an agent types, and the phrase that must stand first: a small pack, judged by hand."""

from functools import cache

import pytest

from sidebar import paths
from sidebar.domain.hits import MatchedBy
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Details, Option
from sidebar.domain.phrases import Phrase
from sidebar.domain.search import Index
from sidebar.storage.readings import load_readings

PACK = {
    # id: (title, code, tags, body)
    "in-stock": ("有货通知", "yhtz", "库存", "您要的颜色到仓了，现在下单今天发。"),
    "trousers": ("单肩包", "djb", "商品", "三款可选，肩带可以调长短。"),
    "check": (
        "物流核实 · 给时限",
        "wlhs",
        "物流 承诺",
        "非常理解您的着急。已联系网点核实，今天18:00前给您答复。",
    ),
    "slow": ("物流慢 · 安抚", "wlm", "物流", "包裹走得慢让您久等了，我这就催一下快递。"),
    "refund": ("退款进度", "tkjd", "退款 售后", "您的退款已经提交，1到3个工作日原路退回。"),
    "return": ("退货地址", "thdz", "售后", "请寄到：广州市白云区石井街道，收件人售后部。"),
    "seven": ("7天无理由退货", "qt", "售后 规则", "签收后七天内，不影响二次销售可以申请。"),
    "chongqing": ("重庆仓发货", "cqc", "发货", "您的订单从重庆仓发出，一般两天到。"),
    "bank": ("银行转账说明", "yhzz", "付款", "对公账户请备注订单号，到账后为您安排。"),
    "xian": ("西安仓发货", "xac", "发货", "您的订单从西安仓发出，省内次日达。"),
    "first": ("先生您好", "xs", "问候", "先生您好，请问有什么可以帮您？"),
    "miss": ("女士您好", "ns", "问候", "女士您好，很高兴为您服务。"),
    "tuning": ("调整价格", "tzjg", "价格", "已为您修改价格，请刷新后付款。"),
    "transfer": ("调货通知", "dhtz", "发货", "本仓缺货，正在从别的仓库转运，多等一天。"),
    "music": ("音乐盒使用说明", "yyh", "商品", "拧紧发条后松手即可播放。"),
    "happy": ("祝您快乐", "kl", "结束", "祝您生活愉快，期待下次光临！"),
    "long": ("长度怎么量", "cd", "商品", "平铺后从领口量到下摆。"),
    "growing": ("儿童成长椅", "etczy", "商品", "适合三到十二岁，高度可调。"),
    "salary": ("还在处理中", "hzcl", "安抚", "同事还在处理，有结果我第一时间告诉您。"),
    "give-back": ("还您差价", "hcj", "价格 补偿", "差价二十元已经转到您的账户。"),
    "strategy": ("优惠策略", "yhcl", "优惠", "满三百减四十，可与店铺券同享。"),
    "woman": ("女装尺码表", "nzcm", "商品", "身高一六五、体重一百零五斤建议M码。"),
    "green": ("绿色包装", "lsbz", "商品", "纸箱可回收，不含胶带。"),
    "invoice": ("发票开具", "fpkj", "发票", "电子发票在签收后自动发到您的邮箱。"),
    "hair": ("头发护理", "tfhl", "商品", "洗后用毛巾按干，再用护发素。"),
    "coupon": ("优惠券领取", "yhq", "优惠", "在店铺首页点一下领取，下单自动抵扣。"),
    "damaged": ("破损补发", "psbf", "售后 补偿", "请拍一张外箱和破损处的照片，我们今天补发。"),
    "calm": ("安抚 · 未收到货", "afws", "安抚", "给您添麻烦了，换作是我也会着急，这件事由我跟到底。"),
    "vip": ("VIP专属客服", "vip", "会员", "您是我们的会员，专属客服为您优先处理。"),
    "usb": ("USB-C充电线", "usbc", "商品", "支持六十瓦快充，一米长。"),
    "stock": ("查询库存", "cxkc", "库存", "帮您看了，黑色还有货，灰色下周到。"),
    "exchange": ("换货流程", "hhlc", "售后", "申请换货后我们先寄新的，旧的到付寄回。"),
    "warranty": ("Warranty two years", "war", "保修", "Two years from the day of delivery."),
    "renew": ("以旧换新", "yjhx", "活动", "旧机寄回验收后，差额直接抵扣。"),
    "position": ("发货仓位置", "fhcw", "发货", "仓库在华东，江浙沪隔天到。"),
    "bye": ("感谢光临", "gxgl", "结束", "感谢您的光临，有需要随时找我。"),
}
DETAILS = {
    "bye": Details(variants=("谢谢您，欢迎再来！", "祝您购物愉快。")),
    "exchange": Details(options=(Option(text="先寄新的", pros="不用等", cons="要押金", rule="运费险条款"),)),
}

FULL_PINYIN = [
    ("wuliuheshi", "check", MatchedBy.PINYIN),
    ("wuliuman", "slow", MatchedBy.PINYIN),
    ("tuikuan", "refund", MatchedBy.PINYIN),
    ("tuihuodizhi", "return", MatchedBy.PINYIN),
    ("youhuiquan", "coupon", MatchedBy.PINYIN),
    ("posun", "damaged", MatchedBy.PINYIN),
    ("fapiao", "invoice", MatchedBy.PINYIN),
    ("kucun", "stock", MatchedBy.PINYIN),
    ("huanhuo", "exchange", MatchedBy.PINYIN),
    ("guanglin", "bye", MatchedBy.PINYIN),
    ("nvzhuang", "woman", MatchedBy.PINYIN),
    ("lvse", "green", MatchedBy.PINYIN),
    ("chima", "woman", MatchedBy.PINYIN),
]
UNFINISHED = [
    ("wuliuhe", "check", MatchedBy.PINYIN),
    ("tuik", "refund", MatchedBy.PINYIN),
    ("tuihuod", "return", MatchedBy.PINYIN),
    ("xi'an", "xian", MatchedBy.PINYIN),
    ("wu liu he shi", "check", MatchedBy.PINYIN),
    ("fa'piao", "invoice", MatchedBy.PINYIN),
]
POLYPHONES = [
    ("chongqing", "chongqing", MatchedBy.PINYIN),
    ("zhongqing", "chongqing", MatchedBy.PINYIN),
    ("yinhang", "bank", MatchedBy.PINYIN),
    ("yinxing", "bank", MatchedBy.PINYIN),
    ("tiaozheng", "tuning", MatchedBy.PINYIN),
    ("diaohuo", "transfer", MatchedBy.PINYIN),
    ("tiaohuo", "transfer", MatchedBy.PINYIN),
    ("yinyue", "music", MatchedBy.PINYIN),
    ("kuaile", "happy", MatchedBy.PINYIN),
    ("changdu", "long", MatchedBy.PINYIN),
    ("chengzhang", "growing", MatchedBy.PINYIN),
    ("haizai", "salary", MatchedBy.PINYIN),
    ("huannin", "give-back", MatchedBy.PINYIN),
    ("toufa", "hair", MatchedBy.PINYIN),
    ("celve", "strategy", MatchedBy.PINYIN),
    ("celue", "strategy", MatchedBy.PINYIN),
]
USUAL_READINGS = [
    # the other reading of a character that stands further up is a rare one: 有 wei, 款 xin, 单 shan
    ("wei", "calm", MatchedBy.PINYIN),
    ("weizhi", "position", MatchedBy.PINYIN),
    ("xinjindu", "refund", MatchedBy.PINYIN),
    ("huanx", "renew", MatchedBy.PINYIN),
    ("s", "check", MatchedBy.INITIALS),
    ("shan", "trousers", MatchedBy.PINYIN),
    ("weihuo", "in-stock", MatchedBy.PINYIN),
    ("whtz", "in-stock", MatchedBy.INITIALS),
    ("shanjianbao", "trousers", MatchedBy.PINYIN),
    ("youhuo", "in-stock", MatchedBy.PINYIN),
    ("xin yijiu", "renew", MatchedBy.PINYIN),
]
CODES_AND_INITIALS = [
    ("wlhs", "check", MatchedBy.CODE),
    ("WLHS", "check", MatchedBy.CODE),
    ("ｗｌｈｓ", "check", MatchedBy.CODE),
    ("wlm", "slow", MatchedBy.CODE),
    ("yhcl", "strategy", MatchedBy.CODE),
    ("yhq", "coupon", MatchedBy.CODE),
    ("yhz", "bank", MatchedBy.CODE),
    ("hs", "check", MatchedBy.INITIALS),
    ("gsx", "check", MatchedBy.INITIALS),
    ("cqcfh", "chongqing", MatchedBy.INITIALS),
    ("zqcfh", "chongqing", MatchedBy.INITIALS),
    ("wly", "seven", MatchedBy.INITIALS),
    ("xsnh", "first", MatchedBy.INITIALS),
    ("wsd", "calm", MatchedBy.INITIALS),
    ("bf", "damaged", MatchedBy.INITIALS),
]
MIXED = [
    ("wl核实", "check", MatchedBy.PINYIN),
    ("物流hs", "check", MatchedBy.PINYIN),
    ("物liu核s", "check", MatchedBy.PINYIN),
    ("退kuan", "refund", MatchedBy.PINYIN),
    ("tui货dz", "return", MatchedBy.PINYIN),
    ("7tianwly", "seven", MatchedBy.PINYIN),
    ("７天无理由", "seven", MatchedBy.TITLE),
    ("vipzs", "vip", MatchedBy.PINYIN),
    ("usbc充电", "usb", MatchedBy.TITLE),
    ("ＵＳＢ", "usb", MatchedBy.CODE),
]
TITLE_TAG_AND_BODY = [
    ("发票", "invoice", MatchedBy.TITLE),
    ("未收到", "calm", MatchedBy.TITLE),
    ("客服", "vip", MatchedBy.TITLE),
    ("会员", "vip", MatchedBy.TAG),
    ("规则", "seven", MatchedBy.TAG),
    ("保修", "warranty", MatchedBy.TAG),
    ("石井街道", "return", MatchedBy.BODY),
    ("次日达", "xian", MatchedBy.BODY),
    ("18:00", "check", MatchedBy.BODY),
    ("m码", "woman", MatchedBy.BODY),
    ("DELIVERY", "warranty", MatchedBy.BODY),
]
WORDS = [
    ("时限 物流", "check", MatchedBy.TITLE),
    ("sx wuliu", "check", MatchedBy.PINYIN),
    ("慢 wl", "slow", MatchedBy.TITLE),
    ("发货 重庆", "chongqing", MatchedBy.TITLE),
    ("fh xian", "xian", MatchedBy.PINYIN),
    ("流程 hh", "exchange", MatchedBy.TITLE),
    ("物流 快递", "slow", MatchedBy.BODY),
    ("补偿 照片", "damaged", MatchedBy.BODY),
    ("价格 刷新", "tuning", MatchedBy.BODY),
    ("two warranty", "warranty", MatchedBy.TITLE),
]
OTHER_WORDINGS = [
    ("欢迎再来", "bye", MatchedBy.VARIANT),
    ("感谢 再来", "bye", MatchedBy.VARIANT),
    ("运费险", "exchange", MatchedBy.OPTION),
    ("huanhuo 运费险", "exchange", MatchedBy.OPTION),
]
SLIPS_IN_A_WORD = [
    ("核实 wului", "check", MatchedBy.TYPO),
    ("jindu tuikaun", "refund", MatchedBy.TYPO),
    ("tuikaun 原路", "refund", MatchedBy.TYPO),
    ("补偿 possun", "damaged", MatchedBy.TYPO),
    ("chongqinh 发货", "chongqing", MatchedBy.TYPO),
    ("delivery waranty", "warranty", MatchedBy.TYPO),
    ("再来 guanglni", "bye", MatchedBy.TYPO),
    ("zjg tiaozehng", "tuning", MatchedBy.TYPO),
]
SLIPS = [
    ("wuliuhesih", "check", MatchedBy.TYPO),
    ("wuluiman", "slow", MatchedBy.TYPO),
    ("tuikaun", "refund", MatchedBy.TYPO),
    ("fapaio", "invoice", MatchedBy.TYPO),
    ("chongqinh", "chongqing", MatchedBy.TYPO),
    ("huanhou", "exchange", MatchedBy.TYPO),
    ("youhuiqan", "coupon", MatchedBy.TYPO),
    ("kuucun", "stock", MatchedBy.TYPO),
    ("waranty", "warranty", MatchedBy.TYPO),
    ("warrnaty", "warranty", MatchedBy.TYPO),
    ("wlsh", "check", MatchedBy.TYPO),
    ("tfhk", "hair", MatchedBy.TYPO),
]


@cache
def index() -> Index:
    pack = [
        Phrase(
            id=PhraseId(key),
            title=title,
            code=code,
            tags=tuple(tags.split()),
            body=body,
            details=DETAILS.get(key),
        )
        for key, (title, code, tags, body) in PACK.items()
    ]
    return Index(pack, load_readings(paths.resources() / "pinyin.txt"))


@pytest.mark.parametrize(
    ("query", "first", "why"),
    [
        *FULL_PINYIN,
        *UNFINISHED,
        *POLYPHONES,
        *CODES_AND_INITIALS,
        *MIXED,
        *TITLE_TAG_AND_BODY,
        *WORDS,
        *USUAL_READINGS,
        *OTHER_WORDINGS,
        *SLIPS_IN_A_WORD,
        *SLIPS,
    ],
)
def test_the_phrase_that_is_meant_stands_first(query: str, first: str, why: MatchedBy) -> None:
    hits = index().search(query, limit=60)
    assert [(hit.phrase.id, hit.why) for hit in hits[:1]] == [(first, why)]


@pytest.mark.parametrize(
    "query", ["wlx", "qqqq", "退货 发票", "大象", "tkxy", "tuikaun jindo", "tuikaun 发票", "tuik 进都"]
)
def test_what_is_nowhere_is_not_found(query: str) -> None:
    assert index().search(query) == ()
