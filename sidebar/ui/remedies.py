"""What a check found, in the language of the face: how it is, why, and what to do."""

from sidebar.domain.findings import Finding, Kind, State
from sidebar.errors import HistoryFault
from sidebar.services.health import Check
from sidebar.ui import troubles, wording
from sidebar.ui.wording import _


def capability(check: Check) -> str:
    return {
        Check.HOTKEYS: _("快捷键"),
        Check.CLIPBOARD: _("剪贴板"),
        Check.INSERTION: _("插入"),
        Check.TRACKING: _("跟随客户端"),
        Check.NOTIFICATIONS: _("通知"),
        Check.HISTORY: _("历史记录"),
        Check.DISK: _("磁盘"),
    }[check]


def state(found: State) -> str:
    return {State.OK: _("正常"), State.WARNING: _("注意"), State.BROKEN: _("不行")}[found]


def reason(finding: Finding) -> str:
    """Why it is so; '' where there is nothing to say."""
    match finding.kind:
        case None:
            return finding.reason
        case Kind.HISTORY:
            return troubles.history(HistoryFault(finding.detail))
        case Kind.HOTKEYS_TAKEN | Kind.HOTKEYS_UNHOOKED:
            keys = finding.detail.split(", ")
            detail = _("、").join(wording.hotkey_in_text(key) for key in keys)
        case _:
            detail = finding.detail
    return _reasons()[finding.kind].format(detail=detail)


def remedy(finding: Finding) -> str:
    """What to do about it; '' where nothing needs to be done, or the reason says it."""
    return finding.remedy if finding.kind is None else _remedies().get(finding.kind, "")


def _reasons() -> dict[Kind, str]:
    return {
        Kind.FINE: "",
        Kind.NO_HOTKEYS: _("这里一个快捷键也拿不到"),
        Kind.HOTKEYS_TAKEN: _("{detail} 被别的程序占用"),
        Kind.HOTKEYS_UNHOOKED: _("{detail} 被别的程序占用"),
        Kind.NO_INSERTION: _("这里既不能按键，也不能直接写输入框"),
        Kind.NO_KEYS: _("这里不能替你按键"),
        Kind.KEYS_UNGRANTED: _("系统还没准侧栏按键"),
        Kind.KEYS_REFUSED: _("上一次按键被系统拒绝"),
        Kind.ELEVATED: _("{detail}以管理员身份运行，Windows 不让侧栏替它按键"),
        Kind.MODIFIER_DOWN: _("Ctrl、Alt、Shift 或 Super 正按着，这时不会插入"),
        Kind.NO_ACCESSIBILITY: _("这里不能直接写输入框"),
        Kind.NO_WINDOWS: _("这里看不到别的程序的窗口"),
        Kind.NO_TITLES: _("这里读不到带买家名字的标题"),
        Kind.NO_CHAT: _("开着的窗口里没有认得的聊天客户端"),
        Kind.CHAT: _("正跟着{detail}"),
        Kind.NOT_POINTED: _("{detail}里指认的买家名字现在读不到，买家先按标题来认"),
        Kind.NOT_HEARD: _("{detail}里是谁写的消息现在读不到"),
        Kind.NO_FORMATS: _("剪贴板里的图片和文件在这里保不住"),
        Kind.CLIPBOARD_SILENT: _("占着剪贴板的程序没有回应"),
        Kind.CLIPBOARD_REFUSED: _("剪贴板正被别的程序占用"),
        Kind.CLIPBOARD_BUSY: _("正在插入，剪贴板没有空"),
        Kind.NO_BUBBLES: _("这里不在窗口外弹提醒"),
        Kind.NO_HISTORY_YET: _("还没有（第一次启动时建）"),
        Kind.EVENTS_WHOLE: _("{detail} 条，完好"),
        Kind.DAMAGED: _("损坏：{detail}"),
        Kind.READ_ONLY: _("{detail} 是只读的"),
        Kind.FREE: _("还有 {detail} MB"),
        Kind.SCARCE: _("还有 {detail} MB"),
        Kind.FULL: _("还有 {detail} MB"),
    }


def _remedies() -> dict[Kind, str]:
    by_hand = _("点话术会放到剪贴板，请自己粘贴")
    manager = _("先启动窗口管理器，再重开侧栏")
    space = _("请腾出一些空间")
    return {
        Kind.NO_HOTKEYS: _("请用鼠标点话术"),
        Kind.HOTKEYS_TAKEN: _("请在 settings.toml 里换别的组合"),
        Kind.HOTKEYS_UNHOOKED: _("请在 settings.toml 里换别的组合，或写上 hooked_hotkeys = true"),
        Kind.NO_INSERTION: by_hand,
        Kind.NO_KEYS: by_hand,
        Kind.KEYS_UNGRANTED: _("请在「系统设置 › 隐私与安全性 › 辅助功能」里打开侧栏"),
        Kind.KEYS_REFUSED: _("请允许侧栏按键，再试一次"),
        Kind.ELEVATED: _("请不以管理员身份重开它"),
        Kind.MODIFIER_DOWN: _("请松开它"),
        Kind.NO_ACCESSIBILITY: _("话术会用粘贴；想要直接写，请启动带无障碍功能的会话总线"),
        Kind.NO_WINDOWS: manager,
        Kind.NO_TITLES: manager,
        Kind.NO_CHAT: _("请打开它，或在菜单里「测试客户端」"),
        Kind.NOT_POINTED: _("请在那里打开一位买家，或在菜单里重新「指认买家名字」"),
        Kind.NOT_HEARD: _("请用热键来记；浏览器要带 --force-renderer-accessibility 启动才读得到"),
        Kind.NO_FORMATS: _("插入后请重新复制"),
        Kind.CLIPBOARD_SILENT: _("插入后请重新复制，或关掉那个程序"),
        Kind.CLIPBOARD_REFUSED: _("请关掉盯着剪贴板的程序"),
        Kind.CLIPBOARD_BUSY: _("过一会儿再查"),
        Kind.NO_BUBBLES: _("想不漏提醒，请让侧栏看得见"),
        Kind.DAMAGED: _("请用「sidebar history restore FILE」换回备份"),
        Kind.READ_ONLY: _("请把它改成可写"),
        Kind.SCARCE: space,
        Kind.FULL: space,
    }
