"""The language of the face: what things are called, how times and figures are written."""

import math
from datetime import datetime, timedelta, tzinfo
from gettext import NullTranslations
from typing import TYPE_CHECKING

from sidebar import paths
from sidebar.domain.events import NoReplyReason
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.phrases import Category, Colour, Stage
from sidebar.services.views import MatchedBy
from sidebar.ui import catalogue

if TYPE_CHECKING:
    from sidebar.domain.due_times import DueTimeError

LANGUAGES = ("zh_CN", "en")
"""The languages there are; the first is the one the messages are written in."""

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

_current = NullTranslations()


def use(language: str) -> None:
    """Speak the language of the locale name *language* (`zh_CN`, `en_GB`, …): Chinese, else English."""
    global _current  # one person sits before the screen: gettext's own `install` is global as well
    if language.lower().startswith("zh"):
        _current = NullTranslations()
    else:
        _current = catalogue.load(paths.resources() / "translations" / "en" / "LC_MESSAGES" / "sidebar.po")


def language() -> str:
    """The language in use, one of `LANGUAGES`."""
    return "en" if isinstance(_current, catalogue.Catalogue) else "zh_CN"


def _(message: str) -> str:
    """*message* in the language in use."""
    return _current.gettext(message)


def category_chip(category: Category) -> str:
    """The short name of a category, for a chip."""
    return {
        Category.PRODUCT: _("咨询"),
        Category.ORDER: _("订单"),
        Category.LOGISTICS: _("物流"),
        Category.AFTER_SALES: _("售后"),
        Category.COMPLAINT: _("投诉"),
        Category.EMERGENCY: _("紧急"),
        Category.SUGGESTION: _("建议"),
    }[category]


def category_name(category: Category) -> str:
    """The full name of a category, for a heading."""
    return {
        Category.PRODUCT: _("商品咨询"),
        Category.ORDER: _("订单查询"),
        Category.LOGISTICS: _("物流问题"),
        Category.AFTER_SALES: _("售后退换"),
        Category.COMPLAINT: _("投诉处理"),
        Category.EMERGENCY: _("紧急情况"),
        Category.SUGGESTION: _("意见建议"),
    }[category]


def no_reply_reason(reason: NoReplyReason) -> str:
    """Why a message asks for no answer."""
    return {
        NoReplyReason.THANKS: _("道谢、收尾"),
        NoReplyReason.REPEATED: _("重复的消息"),
        NoReplyReason.ADVERTISING: _("广告、骚扰"),
        NoReplyReason.SYSTEM: _("系统消息"),
        NoReplyReason.ELSEWHERE: _("已在别处答复"),
    }[reason]


def stage_name(stage: Stage) -> str:
    return {
        Stage.GREET: _("问候"),
        Stage.LISTEN: _("倾听"),
        Stage.PARAPHRASE: _("复述"),
        Stage.SOOTHE: _("安抚"),
        Stage.VERIFY: _("核实"),
        Stage.DECIDE: _("定责"),
        Stage.OFFER: _("方案"),
        Stage.CONFIRM: _("确认"),
        Stage.CARRY_OUT: _("执行"),
        Stage.REPORT: _("反馈"),
        Stage.CLOSE: _("收尾"),
        Stage.CALL_BACK: _("回访"),
    }[stage]


def colour_name(colour: Colour) -> str:
    return {
        Colour.RED: _("红色"),
        Colour.ORANGE: _("橙色"),
        Colour.YELLOW: _("黄色"),
        Colour.GREEN: _("绿色"),
        Colour.BLUE: _("蓝色"),
        Colour.PURPLE: _("紫色"),
        Colour.GREY: _("灰色"),
    }[colour]


def why_found(why: MatchedBy) -> str:
    """Why the search shows a phrase; '' where its title says it already."""
    return {
        MatchedBy.NOTHING: "",
        MatchedBy.TITLE: "",
        MatchedBy.CODE: _("编码相符"),
        MatchedBy.INITIALS: _("拼音首字母相符"),
        MatchedBy.PINYIN: _("拼音相符"),
        MatchedBy.TAG: _("标签相符"),
        MatchedBy.BODY: _("正文相符"),
        MatchedBy.VARIANT: _("另一种说法相符"),
        MatchedBy.OPTION: _("选项相符"),
        MatchedBy.TYPO: _("拼写相近"),
    }[why]


def why_word(why: MatchedBy) -> str:
    """The same in a word, for the row itself."""
    return {
        MatchedBy.NOTHING: "",
        MatchedBy.TITLE: "",
        MatchedBy.CODE: _("编码"),
        MatchedBy.INITIALS: _("首字母"),
        MatchedBy.PINYIN: _("拼音"),
        MatchedBy.TAG: _("标签"),
        MatchedBy.BODY: _("正文"),
        MatchedBy.VARIANT: _("说法"),
        MatchedBy.OPTION: _("选项"),
        MatchedBy.TYPO: _("近似"),
    }[why]


def wait(waited: timedelta) -> str:
    """A running clock: `03:12`, from an hour on `1:02:07`."""
    seconds = max(int(waited.total_seconds()), 0)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def since_assigned(waited: timedelta) -> str:
    """The agent's own clock, beside the shop's."""
    return _("接手 {wait}").format(wait=wait(waited))


def shift_clock(lasted: timedelta) -> str:
    """Hours and minutes of a shift: `03:42`."""
    minutes = max(int(lasted / _MINUTE), 0)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def left(remaining: timedelta) -> str:
    """Time left, in the one unit that matters; negative is late."""
    late = remaining < timedelta(0)
    span = abs(remaining)
    if span < _MINUTE:
        return _("刚到点") if late else _("不到 1 分")
    if span < _HOUR:
        return (_("超 {count} 分") if late else _("{count} 分")).format(count=int(span / _MINUTE))
    if span < _DAY:
        return (_("超 {count} 小时") if late else _("{count} 小时")).format(count=int(span / _HOUR))
    return (_("超 {count} 天") if late else _("{count} 天")).format(count=span.days)


def due(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """A clock time as people say it: `18:00`, `明天 10:00`; *zone* is the system's where None."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    clock = f"{local:%H:%M}"
    match (local.date() - today.date()).days:
        case 0:
            return clock
        case 1:
            return _("明天 {clock}").format(clock=clock)
        case -1:
            return _("昨天 {clock}").format(clock=clock)
        case _:
            return _("{month}月{day}日 {clock}").format(month=local.month, day=local.day, clock=clock)


def span(within: timedelta) -> str:
    """A promised time: `2 小时`, `30 分钟`, `1 天`; odd ones in minutes."""
    minutes = max(round(within / _MINUTE), 1)
    if minutes % 1440 == 0:
        return _("{count} 天").format(count=minutes // 1440)
    if minutes % 60 == 0:
        return _("{count} 小时").format(count=minutes // 60)
    return _("{count} 分钟").format(count=minutes)


def response(time: timedelta | None) -> str:
    """A response time: `18s`, from a minute on `2m05s`; `–` where none was measured."""
    if time is None:
        return "–"
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    return f"{minutes}m{seconds:02}s" if minutes else f"{seconds}s"


def share(part: float | None) -> str:
    """A share of 0–1 in per cent with one decimal, never rounded up to a full hundred; `–` where none."""
    if part is None:
        return "–"
    tenths = round(part * 1000)
    if part < 1 and tenths == 1000:
        tenths = math.floor(part * 1000)
    return f"{tenths / 10:.1f}%" if tenths != 1000 else "100%"


def hotkey(combo: KeyCombo | str) -> str:
    """A key combination as a badge shows it: `Ctrl Alt F`."""
    return hotkey_in_text(combo).replace("+", " ")


def hotkey_in_text(combo: KeyCombo | str) -> str:
    """A key combination within a sentence: `Ctrl+Alt+F`, `Ctrl Ctrl`."""
    return str(combo).title()


def due_title(count: int) -> str:
    """The heading of an announcement that *count* follow-ups are due."""
    return _("有 {count} 件跟进到点了").format(count=count)


def due_problem(error: "DueTimeError") -> str:
    """Why a text is not a due time, and how to write one."""
    from sidebar.domain.due_times import DueTimeProblem  # its grammar need not be there for the first picture

    return {
        DueTimeProblem.NOTHING_UNDERSTOOD: _("没看懂这个时间，请换个说法，比如：2小时后、明天10点。"),
        DueTimeProblem.VAGUE: _("「尽快」这样的话提醒不了，请写出几点，比如：今天18点前。"),
        DueTimeProblem.AMBIGUOUS: _("这个时间有两种理解，请写清哪天几点，比如：明天下午3点。"),
        DueTimeProblem.IMPOSSIBLE: _("没有这样的日期或钟点，请改成真有的时间，比如：11月30日10点。"),
        DueTimeProblem.IN_THE_PAST: _("这个时间已经过去，请写以后的时间，比如：2小时后。"),
        DueTimeProblem.TOO_FAR: _("这个时间太远，请写近一些的，比如：下周一上午。"),
    }[error.reason]


def wait_title() -> str:
    """The heading of an announcement that buyers wait too long."""
    return _("有买家在等")


def supervisor() -> str:
    """Whom a conversation goes to unless somebody else is named."""
    return _("主管")


def help_owed(to: str) -> str:
    """What there is to look after once *to* has been asked for help."""
    return _("{to}有回音了吗").format(to=to)
