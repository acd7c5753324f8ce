"""What is in the golden files, as a pack file would say it; the ids are left out."""

from typing import NamedTuple

from sidebar.domain.enclosures import EnclosureState
from sidebar.errors import PackFault, RowFault


class Answer(NamedTuple):
    """A format, an encoding, the phrases, and the rows with their faults and with their files."""

    format: str
    encoding: str | None
    phrases: list[dict[str, object]]
    errors: list[tuple[int, RowFault | PackFault]] = []  # noqa: RUF012 - never changed
    notes: list[tuple[int, RowFault]] = []  # noqa: RUF012
    files: list[tuple[int, str, EnclosureState]] = []  # noqa: RUF012


ANSWERS = {
    "qianniu-v3.csv": Answer(
        "qianniu",
        "gb18030",
        [
            {
                "title": "退款到账时间",
                "code": "tk",
                "group": ["售后", "退款"],
                "body": "亲，退款审核通过后会原路退回，\n一般1到3个工作日到账。",
            },
            {
                "title": "换货流程",
                "code": "hh",
                "group": ["售后", "换货"],
                "body": "可以换的，请把吊牌留好一起寄回哦",
            },
            {"title": "在的呢亲", "group": ["售前"], "body": "在的呢亲"},
        ],
        [(7, RowFault.NO_TEXT)],
        [(5, RowFault.PICTURE_LEFT)],
        [(5, "size.png", EnclosureState.MISSING)],
    ),
    "qianniu-old.csv": Answer(
        "qianniu",
        "utf-8-sig",
        [{"title": "已为您催促快递网点", "code": "wl", "group": ["物流"], "body": "已为您催促快递网点"}],
    ),
    "seller-im.csv": Answer(
        "seller-im",
        "gb18030",
        [
            {"title": "您好,在的", "code": "nh", "body": "您好,在的\n请问有什么可以帮您"},
            {"title": "满59元包邮的呢", "code": "yf", "group": ["运费"], "body": "满59元包邮的呢"},
            {
                "title": "尺码表在详情页第三张图",
                "group": ["尺码"],
                "body": "尺码表在详情页第三张图",
            },
        ],
    ),
    "seller-im.xls": Answer(
        "seller-im",
        None,
        [
            {"title": "您好，在的", "code": "nh", "body": "您好，在的"},
            {"title": "满59元包邮的呢", "code": "101", "group": ["运费"], "body": "满59元包邮的呢"},
            {"title": "尺码表在第三张图", "group": ["尺码"], "body": "尺码表在第三张图"},
        ],
    ),
    "team.xlsx": Answer(
        "team-sheet",
        None,
        [
            {
                "title": "今天17:00前付款，今天就发出",
                "code": "fh",
                "group": ["发货"],
                "body": "今天17:00前付款，今天就发出",
            },
            {
                "title": "七天内不影响二次销售可以退",
                "code": "7",
                "group": ["退/换货"],
                "body": "七天内不影响二次销售可以退",
            },
        ],
        [(4, RowFault.NO_TEXT)],
    ),
    "questions.xlsx": Answer(
        "team-questions",
        None,
        [
            {
                "title": "能装碳酸饮料吗",
                "group": ["保温杯"],
                "body": "亲，碳酸饮料容易顶盖，建议装温水或茶哦",
            },
            {"title": "多久不凉", "group": ["保温杯"], "body": "6小时以上"},
        ],
    ),
    "speech-repo.xlsx": Answer(
        "speech-repo",
        None,
        [
            {
                "title": "您好，欢迎光临小店",
                "tags": ["开场", "热情"],
                "group": ["问候"],
                "body": "您好，欢迎光临小店",
            },
            {
                "title": "这款是纯棉的，可以机洗",
                "tags": ["材质"],
                "group": ["商品"],
                "body": "这款是纯棉的，可以机洗",
            },
        ],
    ),
    "speech-repo-en.xlsx": Answer(
        "speech-repo",
        None,
        [
            {
                "title": "Hello, how can I help",
                "tags": ["hello"],
                "group": ["Greeting"],
                "body": "Hello, how can I help?",
            }
        ],
    ),
    "chatgpt-on-cs.xlsx": Answer(
        "chatgpt-on-cs",
        None,
        [
            {
                "title": "发货",
                "tags": ["发货", "什么时候发"],
                "group": ["拼多多"],
                "body": "今天发的哦",
                "variants": ["晚上六点前都会发出"],
            },
            {"title": "尺码", "tags": ["尺码"], "body": "看这张图，按身高选"},
            {"title": "页面标的就是到手价", "group": ["抖店"], "body": "页面标的就是到手价"},
        ],
        notes=[(4, RowFault.PICTURE_LEFT), (5, RowFault.PATTERN_LEFT)],
        files=[(4, "size.png", EnclosureState.MISSING)],
    ),
    "quicktext.zip": Answer(
        "quicktext",
        "utf-8",
        [
            {
                "title": "补发",
                "code": "bf",
                "group": ["售后"],
                "colour": "red",
                "placeholders": True,
                "body": "{称呼}，单号{单号}已补发，{颜色}色，{日期}{光标}",
                "fields": [
                    {"name": "称呼", "default": "亲"},
                    {"name": "单号"},
                    {"name": "颜色", "choices": ["红", "蓝"]},
                ],
                "clients": {"any": {"delivery": "send"}},
            },
            {
                "title": "留言",
                "code": "ly",
                "group": ["售后"],
                "colour": "red",
                "body": "花括号{不是}变量",
            },
            {
                "title": "到货",
                "code": "dh",
                "group": ["售后"],
                "colour": "red",
                "body": "{日期+7=M月d日}前到，{片段:补发}",
                "clients": {"any": {"delivery": "copy"}},
            },
        ],
        [(4, RowFault.NOT_READABLE)],
        [(3, RowFault.KEPT_AS_TEXT), (3, RowFault.KEPT_AS_TEXT)],
        [(3, "a3.png", EnclosureState.NEW)],
    ),
    "espanso.yml": Answer(
        "espanso",
        "utf-8",
        [
            {
                "title": "早安",
                "code": "gm",
                "tags": ["问候", "早上"],
                "placeholders": True,
                "body": "早上好，云杉家居为您服务，现在{时间}{光标}",
            },
            {"title": "最晚{day}答复", "code": "due", "body": "最晚{{day}}答复"},
            {
                "title": "{称呼}您好，选{颜色}",
                "code": "ask",
                "placeholders": True,
                "body": "{称呼}您好，选{颜色}",
                "fields": [{"name": "称呼"}, {"name": "颜色", "choices": ["红", "蓝"]}],
            },
            {"title": "写作 {who}", "body": "写作 {{who}}"},
            {"title": "满减：满100减10", "code": "b", "body": "满减：满100减10\n可叠加"},
        ],
        [(26, RowFault.RUNS_CODE), (34, RowFault.PICTURE_LEFT)],
        [(15, RowFault.KEPT_AS_TEXT), (32, RowFault.PATTERN_LEFT), (36, RowFault.FORMATTING_LEFT)],
    ),
    "autokey.zip": Answer(
        "autokey",
        "utf-8",
        [
            {"title": "Thanks", "code": "ty", "group": ["Shop", "old"], "body": "Thank you for waiting!"},
            {
                "title": "Shipping note",
                "code": "shp",
                "group": ["Shop"],
                "hotkey": "ctrl+alt+s",
                "placeholders": True,
                "body": "Your parcel leaves on {日期}.{光标}",
            },
        ],
        [(1, RowFault.NOT_READABLE), (2, RowFault.RUNS_CODE), (4, RowFault.RUNS_CODE)],
    ),
    "beeftext.json": Answer(
        "beeftext",
        "utf-8",
        [
            {
                "title": "Refund",
                "code": "rf",
                "group": ["After-sales"],
                "placeholders": True,
                "body": "Dear {Name},\nyour refund is on its way today, {日期}.{光标}",
                "fields": [{"name": "Name"}],
            },
            {"title": "Nested", "code": "ns", "body": "#{combo:rf} #{dateTime:+1d:yyyy-MM-dd}"},
        ],
        [(2, RowFault.RUNS_CODE)],
        [(3, RowFault.KEPT_AS_TEXT), (3, RowFault.KEPT_AS_TEXT)],
    ),
    "beeftext.csv": Answer(
        "beeftext-csv",
        "utf-8",
        [
            {"title": "Back soon", "code": "brb", "body": "I will be right back, please wait"},
            {"title": "Signature", "code": "sig", "body": "Kind regards\nCustomer service"},
        ],
    ),
    "textexpander.csv": Answer(
        "textexpander",
        "utf-8",
        [
            {
                "title": "Thank you, {Name}",
                "code": "thx",
                "placeholders": True,
                "body": "Thank you, {Name}!",
                "fields": [{"name": "Name"}],
            },
            {"title": "Our return address:", "code": "adr", "body": "Our return address:\nDock 4 & 5"},
        ],
        notes=[(2, RowFault.FORMATTING_LEFT)],
    ),
    "group.textexpander": Answer(
        "textexpander",
        None,
        [
            {
                "title": "Thanks",
                "code": "ty",
                "group": ["group"],
                "placeholders": True,
                "body": "Thank you{光标}",
            }
        ],
        [(2, RowFault.RUNS_CODE)],
    ),
    "typinator.txt": Answer(
        "textexpander",
        "utf-16-le",
        [
            {"title": "On my way", "code": "omw", "body": "On my way"},
            {"title": "物流已催促", "code": "wl", "body": "物流已催促"},
        ],
    ),
    "replacements.plist": Answer(
        "macos-replacements",
        None,
        [{"title": "马上为您查", "code": "msc", "body": "马上为您查"}],
        [(2, RowFault.NO_TEXT)],
    ),
    "shop.alfredsnippets": Answer(
        "alfred",
        "utf-8",
        [
            {
                "title": "Greeting",
                "code": "hey",
                "group": ["shop"],
                "placeholders": True,
                "body": "Hello, today is {日期}. {{clipboard}}",
            },
            {"title": "Plain", "group": ["shop"], "body": "Braces {like this} stay"},
        ],
        notes=[(1, RowFault.KEPT_AS_TEXT)],
    ),
    "hotstrings.ahk": Answer(
        "autohotkey",
        "utf-8-sig",
        [
            {"title": "by the way", "code": "btw", "body": "by the way!"},
            {"title": "Kind regards,", "code": "sig", "body": "Kind regards,\nCustomer service"},
            {"title": "{keep}", "code": "raw", "body": "{keep} \n this"},
            {"title": "first", "code": "two", "body": "first\nsecond\nthird{Left 3}"},
        ],
        [(11, RowFault.RUNS_CODE), (12, RowFault.RUNS_CODE)],
        [(10, RowFault.KEPT_AS_TEXT)],
    ),
    "chatwoot.json": Answer(
        "chatwoot",
        "utf-8",
        [
            {
                "title": "Hi {买家}, {客服} here. {{…",
                "code": "hello",
                "placeholders": True,
                "body": "Hi {买家}, {客服} here. {{{{ conversation.id }}}}",
            }
        ],
        [(2, RowFault.NO_TEXT)],
        [(1, RowFault.KEPT_AS_TEXT)],
    ),
    "rocket-chat.json": Answer(
        "rocket-chat",
        "utf-8",
        [{"title": "One moment please", "code": "wait", "tags": ["hold"], "body": "One moment please"}],
    ),
    "zendesk.json": Answer(
        "zendesk",
        "utf-8",
        [
            {
                "title": "Late parcel",
                "tags": ["late", "carrier"],
                "group": ["Orders"],
                "placeholders": True,
                "body": "Hello {买家},\nwe are asking the carrier.",
            },
            {"title": "Plain", "body": "Thank you!"},
        ],
        [(2, RowFault.NO_TEXT)],
        [(1, RowFault.FORMATTING_LEFT)],
    ),
    "gorgias.json": Answer(
        "gorgias",
        "utf-8",
        [
            {
                "title": "Refund started",
                "tags": ["refund", "fast"],
                "group": ["refund/request"],
                "placeholders": True,
                "body": "Hi {买家}, your refund has started.",
            }
        ],
    ),
    "sheet.csv": Answer(
        "table",
        "utf-16-le",
        [
            {
                "title": "开场",
                "code": "kc",
                "tags": ["热情", "开场"],
                "group": ["售前", "问候"],
                "body": "您好，我是小满",
            }
        ],
    ),
    "pack.yaml": Answer(
        "sidebar",
        "utf-8",
        [
            {
                "title": "物流核实",
                "code": "wlhs",
                "stage": "verify",
                "placeholders": True,
                "body": "已联系网点，{承诺}前答复您。",
                "promise": {"within": "2h", "about": "答复物流"},
            },
            {"title": "变体", "body": "好的呢", "variants": ["好的哦", "没问题"]},
        ],
        [(11, PackFault.MISSING)],
    ),
}
