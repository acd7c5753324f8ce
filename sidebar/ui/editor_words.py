"""What the editor says: of what it did, of what stands in its way, and the names of colours."""

import re
from datetime import datetime

from sidebar.domain.detail_reading import Fault, Slip
from sidebar.domain.durations import duration_text, parse_duration
from sidebar.domain.phrases import Colour
from sidebar.errors import ExchangeError, ExchangeFault, UserError
from sidebar.services.editing import Outdated
from sidebar.services.phrase_changes import Act, Deed
from sidebar.ui import troubles
from sidebar.ui.wording import _

_PARTS = re.compile(r"([0-9.]+)([a-z]+)")

OWN = "edited.yaml"
"""The editor's own file."""


def colour(each: Colour) -> str:
    return {
        Colour.RED: _("红"),
        Colour.ORANGE: _("橙"),
        Colour.YELLOW: _("黄"),
        Colour.GREEN: _("绿"),
        Colour.BLUE: _("蓝"),
        Colour.PURPLE: _("紫"),
        Colour.GREY: _("灰"),
    }[each]


def done(deed: Deed) -> str:
    """What was done, and how it is undone."""
    many = deed.count > 1
    what = _("这 {count} 条话术").format(count=deed.count) if many else f"「{deed.title}」"
    said = {
        Act.ADDED: _("已新建{what}"),
        Act.CHANGED: _("已保存{what}"),
        Act.THROWN: _("已删除{what}，30 天内在回收站里"),
        Act.RESTORED: _("已放回{what}"),
        Act.UNDONE: _("已撤销：{what}"),
    }[deed.act].format(what=what)
    if deed.elsewhere:
        return _("{said}；{file} 不便改动，改好的存进了「我的话术」").format(
            said=said, file=_("、").join(deed.elsewhere)
        )
    if deed.kept:
        return _("{said}；{count} 条后来又改过，保留现在的样子").format(said=said, count=deed.kept)
    return said if deed.act is Act.UNDONE else _("{said}（在找话术里按 Ctrl+Z 撤销）").format(said=said)


def until(moment: datetime) -> str:
    """Until which day something is kept."""
    local = moment.astimezone()
    return _("留到 {month}月{day}日").format(month=local.month, day=local.day)


def span(typed: str) -> str:
    """A length of time that a file spells, as people do; anything else stays as it is."""
    try:
        spelt = duration_text(parse_duration(typed))
    except ValueError:
        return typed
    words = {"d": _("{count}天"), "h": _("{count}小时"), "min": _("{count}分钟"), "s": _("{count}秒")}
    return "".join(words[unit].format(count=count) for count, unit in _PARTS.findall(spelt))


def due_if_sent_now(due: datetime) -> str:
    """What a promise would come to."""
    return _("现在发出，就是 {month}月{day}日 {clock} 前").format(
        month=due.month, day=due.day, clock=f"{due:%H:%M}"
    )


def slip(what: Slip) -> str:
    """What cannot be saved as it is typed, and what would do."""
    if what.fault is Fault.BAD_NAME and not what.typed:
        return _("有一个填写项还没有名称")
    return {
        Fault.NO_SPAN: _("还没写多久：比如 30分钟、2小时、1天"),
        Fault.BAD_SPAN: _("「{typed}」看不懂是多久：写成 30分钟、2小时、1天"),
        Fault.TOO_LATE: _("最迟的时间比「多久以后」还早"),
        Fault.BAD_NAME: _("填写项的名称「{typed}」不能用：换一个不带括号、不是「买家」这类已有的名称"),
        Fault.SAME_NAME: _("有两个填写项都叫「{typed}」"),
        Fault.NO_CHOICES: _("「{typed}」还没有选项：一行写一个"),
        Fault.BAD_DEFAULT: _("先填好的「{typed}」和要填的种类不符"),
        Fault.NO_OPTION: _("有一个方案还没写是什么"),
        Fault.TOO_MANY_OPTIONS: _("方案最多三个"),
        Fault.SAME_CLIENT: _("同一个客户端写了两次"),
    }[what.fault].format(typed=what.typed)


def outdated(what: Outdated) -> str:
    """That the phrase is another by now, and what it is."""
    if what.now is None:
        return _("这一条已经在别处删掉了；要留就再存一次。")
    return _("这一条刚才在别处改过，还没有覆盖：{text}").format(text=what.now.body)


def trouble(error: UserError) -> str:
    """Why nothing was written."""
    if not isinstance(error, ExchangeError):
        return troubles.sentence(error)
    said = {
        ExchangeFault.FLAWED_PACK: _("{name} 里有写错的地方，先别动它：请先改好"),
        ExchangeFault.NOT_WRITTEN: _("{name} 写不进去（{detail}），内容还在这里"),
        ExchangeFault.TOO_LARGE: _("{name} 会超过 {detail}，请分成几个文件"),
        ExchangeFault.OUTSIDE: _("「{name}」的图片或文件不在话术文件夹里，请先放进去"),
        ExchangeFault.NOT_READABLE: _("{name} 找不到或读不了（{detail}），请重新选一次"),
        ExchangeFault.NOTHING_TO_UNDO: _("没有可以撤销的"),
    }.get(error.fault)
    return str(error) if said is None else said.format(name=error.name, detail=error.detail)
