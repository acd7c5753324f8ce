"""How insertions ended, in whole sentences: what is in the box, why the rest is not, and what to do."""

from typing import TYPE_CHECKING

from sidebar.domain.insertion import Outcome
from sidebar.services.views import InsertionNotice
from sidebar.ui import wording
from sidebar.ui.wording import _

if TYPE_CHECKING:  # few texts have any
    from sidebar.domain.wording_rules import Remark

_QUOTED = 16


def insertion(told: InsertionNotice) -> str:
    """How an insertion ended; says that the text is on the clipboard where it is."""
    if told.instead:
        said = _("没有插入「{title}」：现在开着的是{customer}；文字已在剪贴板。要插给{customer}吗？")
        return said.format(title=told.title, customer=shortened(told.instead))
    if told.outcome.succeeded and told.left:
        said = _("「{title}」的文字已插入，但{left}没有贴进去：请看一眼输入框，缺的自己发送")
    elif told.outcome.succeeded:
        said = {Outcome.INSERTED: _("已插入「{title}」"), Outcome.SENT: _("已发送「{title}」")}[told.outcome]
        if told.remarks:
            said = _("{what}，措辞请留意：{remark}").format(what=said, remark="{remark}")
    elif told.lines:
        said = _cut_short()[told.outcome]
    else:
        with_clipboard, without = _failures()[told.outcome]
        said = with_clipboard if told.on_clipboard else without
    # a failure that left its text on the clipboard has replaced the user's own content on purpose
    lost = told.clipboard_lost and (told.outcome.succeeded or not told.on_clipboard)
    whole = _("{what}；另外，你原来复制的内容没能保住，要用请重新复制。") if lost else _("{what}。")
    between = " → " if told.outcome is Outcome.NESTED_IN_ITSELF else _("、")
    names = between.join(told.names)
    remark = wording_remark(told.remarks)
    left = _("、").join(told.left)
    what = said.format(title=told.title, names=names, lines=told.lines, remark=remark, left=left)
    return whole.format(what=what)


def wording_remark(remarks: "tuple[Remark, ...]") -> str:
    """The gravest of them: what was found, why it is told, and what to write instead; part of a sentence."""
    if not remarks:
        return _("措辞有错")
    remark = next((each for each in remarks if each.stops), remarks[0])
    language = wording.language()
    said = _("「{found}」{reason}，{suggestion}").format(
        found=shortened(remark.found), reason=remark.reason(language), suggestion=remark.suggestion(language)
    )
    if len(remarks) == 1:
        return said
    return _("{first}（另有 {count} 处）").format(first=said, count=len(remarks) - 1)


def shortened(found: str) -> str:
    """As much of a text as a notice quotes."""
    line = found.partition("\n")[0]
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


def _cut_short() -> dict[Outcome, str]:
    """For each outcome that can end an insertion between two lines, those left over on the clipboard."""
    return {
        Outcome.TARGET_GONE: _(
            "「{title}」只插入了前 {lines} 行：聊天窗口已经关掉；剩下的在剪贴板，重新打开会话后粘贴即可"
        ),
        Outcome.NOT_IN_FRONT: _(
            "「{title}」只插入了前 {lines} 行：聊天窗口不在最前面；剩下的在剪贴板，点回输入框后粘贴即可"
        ),
        Outcome.WRONG_CUSTOMER: _(
            "「{title}」只插入了前 {lines} 行：会话已经换成别的买家；剩下的在剪贴板，核对买家后粘贴即可"
        ),
        Outcome.MODIFIERS_HELD: _(
            "「{title}」只插入了前 {lines} 行：Ctrl、Alt 或 Shift 一直按着；剩下的在剪贴板，松开后粘贴即可"
        ),
        Outcome.CLIPBOARD_REFUSED: _(
            "「{title}」只插入了前 {lines} 行：剪贴板正被别的程序占用；请清空输入框，过一会儿再点一次"
        ),
        Outcome.NOT_TAKEN: _(
            "能确定的只有「{title}」的前 {lines} 行：客户端没有来取下一行；请看一眼输入框，缺的从剪贴板粘贴"
        ),
        Outcome.KEYS_REFUSED: _(
            "「{title}」只插入了前 {lines} 行：系统不让别的程序替你按键；剩下的在剪贴板，自己粘贴即可"
        ),
    }


def _failures() -> dict[Outcome, tuple[str, str]]:
    """For each outcome that is no success: told when the text is on the clipboard, and when it is not."""
    busy = _("没有插入「{title}」：前面还有话术在排队，等它们插完再点一次")
    refused = _("没有插入「{title}」：剪贴板正被别的程序占用，过一会儿再点一次")
    worded = _("没有插入「{title}」：{remark}；仍要插入，请再点一次")
    unfilled = _("没有插入「{title}」：还不知道{names}，先在客户端打开买家的会话，或自己补上再发")
    looped = _("没有插入「{title}」：它套用的话术又套用了自己（{names}），请改掉其中一条")
    fileless = _("没有插入「{title}」：读不到它的图片或文件{names}，请放回话术文件夹")
    copied = _("「{title}」已放到剪贴板，自己粘贴即可")
    return {
        Outcome.NO_TARGET: (
            _("没有插入「{title}」：没有找到聊天窗口；文字已在剪贴板，打开买家的会话后粘贴即可"),
            _("没有插入「{title}」：没有找到聊天窗口，打开买家的会话后再点一次"),
        ),
        Outcome.TARGET_GONE: (
            _("没有插入「{title}」：聊天窗口已经关掉；文字已在剪贴板，重新打开会话后粘贴即可"),
            _("没有插入「{title}」：聊天窗口已经关掉，重新打开会话后再点一次"),
        ),
        Outcome.NOT_IN_FRONT: (
            _("没有插入「{title}」：聊天窗口不在最前面；文字已在剪贴板，点回输入框后粘贴即可"),
            _("没有插入「{title}」：聊天窗口不在最前面，点回输入框后再点一次"),
        ),
        Outcome.WRONG_CUSTOMER: (
            _("没有插入「{title}」：会话已经换成别的买家；文字已在剪贴板，核对买家后粘贴即可"),
            _("没有插入「{title}」：会话已经换成别的买家，核对买家后再点一次"),
        ),
        Outcome.ELEVATED: (
            _(
                "没有插入「{title}」：客户端以管理员身份运行，Windows 不让侧栏替它按键；"
                "文字已在剪贴板，自己粘贴即可，要一键插入，请不以管理员身份重开客户端"
            ),
            _(
                "没有插入「{title}」：客户端以管理员身份运行，Windows 不让侧栏替它按键；"
                "请不以管理员身份重开客户端，再点一次"
            ),
        ),
        Outcome.MODIFIERS_HELD: (
            _("没有插入「{title}」：Ctrl、Alt 或 Shift 一直按着；文字已在剪贴板，松开后粘贴即可"),
            _("没有插入「{title}」：Ctrl、Alt 或 Shift 一直按着，松开后再点一次"),
        ),
        Outcome.TYPED_ON: (
            _("没有插入「{title}」：编码后面又打了字；文字已在剪贴板，删掉编码后粘贴即可"),
            _("没有插入「{title}」：编码后面又打了字，删掉编码后再打一次"),
        ),
        Outcome.CLIPBOARD_REFUSED: (refused, refused),
        Outcome.NOT_TAKEN: (
            _("不能确定「{title}」已插入：客户端没有来取文字；请看一眼输入框，没有的话从剪贴板粘贴"),
            _("不能确定「{title}」已插入：客户端没有来取文字；请看一眼输入框，没有的话再点一次"),
        ),
        Outcome.KEYS_REFUSED: (
            _("没有插入「{title}」：系统不让别的程序替你按键；文字已在剪贴板，自己粘贴即可"),
            _("没有插入「{title}」：系统不让别的程序替你按键，请照原文输入"),
        ),
        Outcome.UNFILLED: (unfilled, unfilled),
        Outcome.WORDING: (worded, worded),
        Outcome.NESTED_IN_ITSELF: (looped, looped),
        Outcome.NO_FILE: (fileless, fileless),
        Outcome.COPIED: (copied, copied),
        Outcome.PAUSED: (
            _("没有插入「{title}」：侧栏已暂停；文字已在剪贴板，粘贴即可，要恢复在菜单里选「继续」"),
            _("没有插入「{title}」：侧栏已暂停，在菜单里选「继续」后再点一次"),
        ),
        Outcome.BUSY: (busy, busy),
    }
