"""What the sidebar says in whole sentences: notices, reasons, and rows for those who only hear them."""

from datetime import datetime
from enum import StrEnum

from sidebar.domain.conversations import Urgency
from sidebar.domain.insertion import Outcome
from sidebar.services.views import (
    BrokenFiles,
    ConflictCopies,
    ConversationRow,
    Done,
    Exported,
    Failure,
    FallenDue,
    FollowupRow,
    GoneQuiet,
    HistoryTrouble,
    InsertionNotice,
    Link,
    Notice,
    Offer,
    PhraseRow,
    Several,
    SleptThrough,
    TakenHotkeys,
    Unfit,
    Ungranted,
    WaitTooLong,
)
from sidebar.ui import wording
from sidebar.ui.wording import _

_NAMED = 2
"""Broken files that a notice names; the bar is narrow, and `sidebar doctor` names them all."""


def link_state(link: Link, client: str) -> str:
    """How we stand to the chat client, and what to do about it."""
    return {
        Link.ATTACHED: _("已跟上{client}，点一条话术就写进它的输入框。"),
        Link.SEARCHING: _("没有找到聊天客户端，打开它的接待窗口就会自动跟上。"),
        Link.PAUSED: _("已暂停：计时照走，但不插入话术；要恢复，在菜单里选「继续」。"),
        Link.CANNOT_INSERT: _("这里不能替你粘贴：点话术会把文字放到剪贴板，请自己粘贴。"),
    }[link].format(client=client or _("聊天客户端"))


def notice(told: Notice) -> str:
    """What happened, why, and what to do."""
    match told:
        case InsertionNotice():
            from sidebar.ui.endings import insertion  # most insertions have nothing to tell

            return insertion(told)
        case TakenHotkeys(combos=combos, hookable=hookable):
            keys = _("、").join(wording.hotkey_in_text(combo) for combo in combos)
            remedy = (
                _("请换成别的组合，或在 settings.toml 里写 hooked_hotkeys = true，改由辅助进程来听")
                if hookable
                else _("请在设置里换成别的组合")
            )
            return _("快捷键 {keys} 拿不到，多半已被别的程序占用，其余照常可用；要用它们，{remedy}。").format(
                keys=keys, remedy=remedy
            )
        case Ungranted():
            return _(
                "macOS 还不让侧栏替你按键，点话术只放到剪贴板；"
                "请在「系统设置 › 隐私与安全性 › 辅助功能」里打开侧栏，"
                "打开后马上生效（已经打开的话，先用「−」删掉再加回来）。"
            )
        case BrokenFiles(sentences=sentences):
            return _(
                "有文件没能全部读入（{count} 处），其余照常可用；话术改好会自动重读，其他改好请重开：{first}"
            ).format(count=len(sentences), first=_("；").join(sentences[:_NAMED]))
        case ConflictCopies(names=names):
            return _(
                "同步软件留下了冲突副本，里面的话术先不用：{names}；在菜单里选「合并冲突副本…」。"
            ).format(names=_("、").join(names[:_NAMED]))
        case HistoryTrouble(sentence=sentence):
            return _("{reason}；没存进去的都留在内存里，每 5 秒再存一次，存好之前请不要退出侧栏。").format(
                reason=sentence
            )
        case Exported(path=path):
            return _("小结已导出：{path}").format(path=path)
        case FallenDue():
            return fallen_due(told)
        case WaitTooLong():
            return wait_too_long(told)
        case SleptThrough():
            return slept_through(told)
        case GoneQuiet(count=count):
            return _("还有 {count} 个会话开着、很久没动静了，要一起结束吗？").format(count=count)
        case Done(sentence=sentence) | Failure(sentence=sentence):
            return sentence
        case Several(notices=notices):
            return "\n".join(notice(each) for each in notices)


def wait_too_long(told: WaitTooLong) -> str:
    """How many wait too long, and who has waited longest."""
    longest = wording.span(told.longest)
    who = told.customer or _("没有名字的买家")
    if told.count == 1:
        said = _("{who}等了 {longest}，已超时。") if told.breached else _("{who}等了 {longest}，快超时了。")
    elif told.breached:
        said = _("{count} 位买家在等（{breached} 位已超时），最久的{who}等了 {longest}。")
    else:
        said = _("{count} 位买家快超时了，最久的{who}等了 {longest}。")
    return said.format(who=who, longest=longest, count=told.count, breached=told.breached)


def slept_through(told: SleptThrough) -> str:
    """How long the machine slept, who waited, and what holds if nothing is said."""
    if len(told.sleeps) > 1:
        said = _("电脑睡眠了 {times} 次、共 {span}，{count} 位买家在等：算等待时间吗？不选就算。")
    else:
        said = _("电脑睡眠了 {span}，{count} 位买家在等：算等待时间吗？不选就算。")
    return said.format(times=len(told.sleeps), span=wording.span(told.length), count=told.waiting)


def no_holding_reply() -> str:
    """Why the holding reply could not be inserted."""
    return _("没有占位回复：请给一条话术加上标签「占位」。")


def offers(told: Notice) -> tuple[tuple[Offer, str], ...]:
    """What can be done about it, in a word or two each; the other way out is to send it away."""
    match told:
        case InsertionNotice(instead=instead) if instead:
            from sidebar.ui.endings import shortened

            here = (Offer.INSERT_HERE, _("插给{customer}").format(customer=shortened(instead)))
            return ((Offer.LEAVE, _("不插")), here)
        case WaitTooLong(here=here):
            jump = (Offer.JUMP, _("去看看"))
            return ((Offer.HOLD, _("先发占位回复")), jump) if here else (jump,)
        case SleptThrough():
            return ((Offer.LEAVE_OUT_SLEEP, _("不计入")), (Offer.COUNT_SLEEP, _("计入等待")))
        case GoneQuiet():
            return ((Offer.END_QUIET, _("全部结束")),)
        case Done(undoable=True):
            return ((Offer.UNDO, _("撤销")),)
        case Several(notices=notices):
            return offers(notices[0])
        case _:
            return ()


def fallen_due(told: FallenDue) -> str:
    """What is due, by its first; how many more there are."""
    first = _("（{customer}）{about}").format(customer=told.customer, about=told.about)
    what = first if told.customer else told.about
    if told.count > 1:
        return _("有 {count} 件跟进到点了，第一件：{what}。").format(count=told.count, what=what)
    return _("跟进到点了：{what}。").format(what=what)


class Tone(StrEnum):
    """How a notice is to be taken, the gravest last; the bar's ground, never its only sign."""

    NEWS = "news"
    REMINDER = "reminder"
    TROUBLE = "trouble"


def tone(told: Notice) -> Tone:
    match told:
        case Several(notices=notices):
            return max((tone(each) for each in notices), key=list(Tone).index)
        case Exported() | Done():
            return Tone.NEWS
        case FallenDue() | ConflictCopies() | WaitTooLong() | SleptThrough() | GoneQuiet():
            return Tone.REMINDER
        case InsertionNotice() if told.outcome.succeeded and told.remarks and not told.clipboard_lost:
            return Tone.REMINDER
        case InsertionNotice(outcome=Outcome.COPIED):
            return Tone.NEWS
        case _:
            return Tone.TROUBLE


def conversation_spoken(row: ConversationRow, now: datetime) -> str:
    """A conversation's row for those who do not see it."""
    state = {
        Urgency.BREACHED: _("已超时，等了 {wait}"),
        Urgency.WARNED: _("将超时，等了 {wait}"),
        Urgency.RUNNING: _("等了 {wait}"),
        Urgency.CALM: _("等客户回复"),
    }[row.urgency]
    waiting = row.waiting(now)
    words = [row.customer, state.format(wait="" if waiting is None else wording.wait(waiting))]
    if (mine := row.agent_waiting(now)) is not None:
        words.append(wording.since_assigned(mine))
    if row.stands_at is not None:
        words.append(_("已打烊，停表"))
    if row.category is not None:
        words.append(wording.category_name(row.category))
    if row.note:
        words.append(_("备注：{note}").format(note=row.note))
    if row.current:
        words.append(_("当前会话"))
    return _("，").join(words)


def phrase_spoken(row: PhraseRow) -> str:
    """A phrase's row for those who do not see it; its whole text included."""
    number = "" if row.number is None else str(row.number)
    promise = "" if row.promise is None else promise_made(row)
    favourite = _("收藏") if row.favourite else ""
    colour = "" if row.colour is None else wording.colour_name(row.colour)
    parts = (number, row.title, favourite, colour, promise, enclosed(row), missing(row), row.text)
    return _("，").join(part for part in parts if part)


def enclosed(row: PhraseRow) -> str:
    """How many pictures and files go with the phrase; '' where none do."""
    return _("附件 {count}").format(count=row.enclosed) if row.enclosed else ""


def promise_made(row: PhraseRow) -> str:
    return "" if row.promise is None else _("承诺 {span}").format(span=wording.span(row.promise))


def missing(row: PhraseRow) -> str:
    """What stands between the phrase and its insertion, or against it here; '' where nothing does."""
    if row.unfilled:
        return _("缺 {names}").format(names=_("、").join(row.unfilled))
    if row.unfit is not None:
        return _("不适合这个客户端") if row.unfit is Unfit.CLIENT else _("不适合这类会话")
    return _("待填写") if row.asks else ""


def followup_spoken(row: FollowupRow) -> str:
    """A follow-up's row for those who do not see it."""
    when = wording.due(row.due, followup_moment(row))
    return _("，").join(part for part in (when, row.about, row.customer, wording.left(row.left)) if part)


def followup_moment(row: FollowupRow) -> datetime:
    """The moment the row was made for: what is due is `left` away from it."""
    return row.due - row.left
