"""What is wrong with the user's files and disk, in the language of the face: each with its remedy."""

from sidebar.domain.options import SettingsFault
from sidebar.domain.settings import SettingsProblem
from sidebar.errors import (
    HistoryError,
    HistoryFault,
    PackError,
    PackFault,
    ReportError,
    ReportFault,
    SettingsError,
    UserError,
)
from sidebar.ui.wording import _


def sentence(error: UserError) -> str:
    """What went wrong, why, and what to do; in English where nobody has said it in another language."""
    match error:
        case HistoryError():
            return _("{reason}。").format(reason=history(error.fault))
        case PackError():
            return _("{reason}。").format(reason=pack(error))
        case SettingsError():
            return _("{reason}。").format(reason=settings_file(error))
        case ReportError():
            return _("小结没有导出：{reason}。").format(reason=_report(error))
        case _:
            return str(error)


def history(fault: HistoryFault) -> str:
    """Why the history takes nothing, and what to do about it; part of a sentence."""
    return {
        HistoryFault.OTHER: _("历史记录存不进去，请看日志"),
        HistoryFault.FULL: _("磁盘满了，请腾出一些空间"),
        HistoryFault.READ_ONLY: _("历史记录是只读的，请把文件和所在的文件夹改成可写"),
        HistoryFault.LOCKED: _("历史记录被别的程序占着，请把那个程序关掉"),
        HistoryFault.DAMAGED: _("历史记录损坏了，请用「sidebar history restore」换回备份"),
        HistoryFault.NEWER: _("历史记录是新版侧栏写的，请升级这一个"),
        HistoryFault.OLDER: _("历史记录是旧版侧栏写的，请先启动一次侧栏来更新它"),
        HistoryFault.NOT_OURS: _("这个历史记录文件是别的程序的，请把它移走或换一个数据文件夹"),
        HistoryFault.MISSING: _("历史记录不见了，请看看数据文件夹"),
        HistoryFault.NO_FOLDER: _("放历史记录的文件夹不存在，请把它建好"),
        HistoryFault.NO_PERMISSION: _("没有打开历史记录的权限，请允许当前用户读写它"),
        HistoryFault.MOVED: _("历史记录在使用中被移走或删掉了，请放回原处"),
        HistoryFault.DISK: _("磁盘读写出错，请检查磁盘和它的连线"),
    }[fault]


def pack(error: PackError) -> str:
    """What is wrong with a phrase file, by its name and line; part of a sentence."""
    if error.line is None:
        place = error.file.name
    else:
        place = _("{file} 第 {line} 行").format(file=error.file.name, line=error.line)
    reason = _packs()[error.fault].format(detail=error.detail)
    if error.kept:
        reason = _("{reason}；先用改坏之前的").format(reason=reason)
    return _("{place}：{reason}").format(place=place, reason=reason)


def pack_reason(fault: PackFault) -> str:
    """What is wrong with one phrase of a file, with a place for the key or value it is about."""
    return _packs()[fault]


def settings_file(error: SettingsError) -> str:
    """What is wrong with settings.toml or a client profile; part of a sentence."""
    place = error.file.name
    if error.key:
        place = _("{file} 里的 {key}").format(file=place, key=error.key)
    return _("{place} 不能用（{reason}）").format(place=place, reason=error.reason)


def setting(problem: SettingsProblem) -> str:
    """What is wrong with one setting, and what holds in its place; part of a sentence."""
    reason = _settings()[problem.fault].format(raw=problem.raw)
    if not problem.key:
        return _("settings.toml {reason}，设置全部按默认").format(reason=reason)
    if problem.fault is SettingsFault.UNKNOWN_KEY:
        return _("settings.toml 的 {key} {reason}").format(key=problem.key, reason=reason)
    if not problem.used:
        return _("settings.toml 的 {key} {reason}，现在不起作用").format(key=problem.key, reason=reason)
    return _("settings.toml 的 {key} {reason}，现在按 {used}").format(
        key=problem.key, reason=reason, used=problem.used
    )


def unseen_windows() -> str:
    """What it means that this desktop does not tell of other programs' windows."""
    return _("看不到聊天窗口：这个桌面没有窗口管理器；点话术只放到剪贴板，启动一个后请重开侧栏。")


def deaf() -> str:
    """What it means that the process which hears keys for us has ended by itself."""
    return _("听按键的辅助进程自己退出了：输编码和辅助进程听的快捷键暂时不起作用，请重开侧栏。")


def _report(error: ReportError) -> str:
    reason = {
        ReportFault.OTHER: _("{file} 写不了，请看看磁盘"),
        ReportFault.NO_SHIFT: _("还没有班次，请先上班"),
        ReportFault.NO_FOLDER: _("没有 {file} 所在的文件夹，请把它建好"),
        ReportFault.IS_A_FOLDER: _("{file} 是一个文件夹，请把它改名"),
        ReportFault.NO_PERMISSION: _("{file} 不让写，请先把打开它的程序关掉"),
        ReportFault.FULL: _("磁盘满了，请腾出一些空间"),
    }[error.fault]
    return reason.format(file="" if error.file is None else error.file.name)


def _packs() -> dict[PackFault, str]:
    return {
        PackFault.OTHER: _("读不了"),
        PackFault.NOT_READABLE: _("文件打不开（{detail}）"),
        PackFault.TOO_LARGE: _("文件太大，请分成几个"),
        PackFault.NOT_UTF8: _("不是 UTF-8 编码，请用这个编码另存"),
        PackFault.EMPTY: _("文件是空的"),
        PackFault.BROKEN_YAML: _("这里或上一行不是正确的 YAML，请检查缩进和引号"),
        PackFault.ALIAS: _("「{detail}」前的 & 或 * 会被当成引用，作文字用请加引号"),
        PackFault.TOO_DEEP: _("套得太深"),
        PackFault.REPEATED_KEY: _("{detail} 写了两次"),
        PackFault.UNKNOWN_KEY: _("没有 {detail} 这一项"),
        PackFault.MISSING: _("缺 {detail}，或者它是空的"),
        PackFault.NOT_TEXT: _("{detail} 要写文字，像数字或以括号开头的请加引号"),
        PackFault.NOT_A_LIST: _("{detail} 要写成一列"),
        PackFault.NOT_A_MAPPING: _("这里要一行行写成「项: 内容」"),
        PackFault.NOT_YES_OR_NO: _("{detail} 只能写 true 或 false"),
        PackFault.UNKNOWN_VALUE: _("没有 {detail} 这个值"),
        PackFault.BAD_CHARACTER: _("有不该有的控制字符或换行（{detail}）"),
        PackFault.BAD_HOTKEY: _("快捷键 {detail} 不能用，请写成 ctrl+alt+9 这样"),
        PackFault.BAD_DURATION: _("时长 {detail} 看不懂，请写成 2h、30min 或 1d"),
        PackFault.REPEATED_ID: _("id「{detail}」已经有了，这一条没有收进来"),
        PackFault.REPEATED_CODE: _("编码「{detail}」别的话术已经用了"),
        PackFault.REPEATED_HOTKEY: _("快捷键「{detail}」别的话术已经用了"),
        PackFault.BAD_FIELD: _("「{detail}」不能作填空的名字：它另有含义，或者带有括号、竖线、冒号"),
        PackFault.BAD_DEFAULT: _("默认值「{detail}」和这个填空的类型不符"),
        PackFault.TOO_MANY: _("{detail} 太多，最多三个"),
        PackFault.OUTSIDE: _("「{detail}」不在话术文件夹里，请放进去，只写文件名"),
        PackFault.NO_FILE: _("找不到文件「{detail}」"),
        PackFault.UNKNOWN_PHRASE: _("没有「{detail}」这一条话术可以套用"),
        PackFault.NESTED_IN_ITSELF: _("这条话术套用的话术又套用了它（{detail}）"),
    }


def _settings() -> dict[SettingsFault, str]:
    return {
        SettingsFault.NOT_READABLE: _("打不开（{raw}）"),
        SettingsFault.BROKEN_FILE: _("写得不对（{raw}）"),
        SettingsFault.UNKNOWN_KEY: _("不是一个设置，没有理会"),
        SettingsFault.WRONG_TYPE: _("写的「{raw}」类型不对"),
        SettingsFault.UNKNOWN_VALUE: _("写的「{raw}」看不懂"),
        SettingsFault.OUT_OF_BOUNDS: _("写的「{raw}」超出范围"),
        SettingsFault.BAD_HOTKEY: _("写的「{raw}」不是能用的快捷键"),
        SettingsFault.REPEATED_HOTKEY: _("写的「{raw}」别处已经用了"),
        SettingsFault.WARN_AFTER_BREACH: _("写的「{raw}」不对：提醒要早于超时"),
        SettingsFault.BAD_HOURS: _('写的「{raw}」不是营业时间，请写成 ["09:00-18:00"] 这样'),
        SettingsFault.BAD_DATE: _("写的「{raw}」不是日期，请写成 [2026-10-01] 这样"),
        SettingsFault.UNKNOWN_ZONE: _("写的「{raw}」不是时区，请写成 Asia/Shanghai 这样"),
        SettingsFault.NEVER_OPEN: _("没有一天有营业时间"),
    }
