"""What an import says of rows and files that it cannot take, in the language of the face."""

from sidebar.domain.enclosures import EnclosureState
from sidebar.errors import ExchangeError, ExchangeFault, RowFault, UserError
from sidebar.services.importing import FileTold, ImportView, RowTold
from sidebar.ui import troubles
from sidebar.ui.wording import _

_NAMES = {
    "alfred": "Alfred",
    "autohotkey": "AutoHotkey",
    "autokey": "AutoKey",
    "beeftext": "Beeftext",
    "beeftext-csv": "Beeftext CSV",
    "chatgpt-on-cs": "ChatGPT-On-CS",
    "chatwoot": "Chatwoot",
    "gorgias": "Gorgias",
    "macos-replacements": "macOS",
    "quicktext": "QuickText",
    "rocket-chat": "Rocket.Chat",
    "textexpander": "TextExpander",
    "zendesk": "Zendesk",
}


def format_name(format: str) -> str:
    """What people call *format*; as it is where it has no other name."""
    ours = {
        "qianniu": _("千牛助手的表"),
        "seller-im": _("客户端的快捷短语"),
        "sidebar": _("侧栏话术包"),
        "sidebar-table": _("侧栏导出的表"),
        "table": _("表格"),
        "team-questions": _("问答表"),
        "team-sheet": _("团队话术表"),
    }
    return ours.get(format) or _NAMES.get(format, format)


def row(told: RowTold) -> str:
    """One row and what is to be said about it."""
    reason = _rows()[told.fault] if isinstance(told.fault, RowFault) else troubles.pack_reason(told.fault)
    said = _("第 {row} 行：{reason}").format(row=told.row, reason=reason.format(detail=told.detail))
    return f"{told.sheet} · {said}" if told.sheet else said


def files(view: ImportView) -> str:
    """How many pictures and files there are, by what would become of them; '' where there are none."""
    counts = (_states()[state].format(count=count) for state, count in view.file_counts)
    told = _("，").join(counts)
    return _("图片和文件：{counts}").format(counts=told) if told else ""


def file(told: FileTold) -> str:
    """One picture or file of a row, and what would become of it."""
    state = {
        EnclosureState.NEW: _("第 {row} 行：{name} 新增"),
        EnclosureState.CHANGED: _("第 {row} 行：{name} 换成另一份"),
        EnclosureState.REMOVED: _("第 {row} 行：{name} 去掉"),
    }[told.state]
    said = state.format(row=told.row, name=told.name)
    return f"{told.sheet} · {said}" if told.sheet else said


def trouble(error: UserError) -> str:
    """Why an import came to nothing."""
    if not isinstance(error, ExchangeError):
        return troubles.sentence(error)
    return _files()[error.fault].format(name=error.name, detail=error.detail)


def _rows() -> dict[RowFault, str]:
    return {
        RowFault.NO_TEXT: _("没有内容"),
        RowFault.TOO_LONG: _("内容超过 {detail} 个字"),
        RowFault.NOT_READABLE: _("读不成一条话术（{detail}）"),
        RowFault.RUNS_CODE: _("{detail} 会运行程序，没有收进来"),
        RowFault.KEPT_AS_TEXT: _("{detail} 在这里没有意义，原样留作文字"),
        RowFault.CODE_TAKEN: _("编码「{detail}」别的话术已经用了，这一条不带编码"),
        RowFault.HOTKEY_TAKEN: _("快捷键 {detail} 不能用，这一条不带快捷键"),
        RowFault.PICTURE_LEFT: _("图片或文件 {detail} 没有一起带来"),
        RowFault.PICTURE_TOO_LARGE: _("图片 {detail} 太大，粘贴不了，没有收进来"),
        RowFault.PATTERN_LEFT: _("匹配规则 {detail} 没有收进来"),
        RowFault.FORMATTING_LEFT: _("只收文字，不收格式"),
    }


def _states() -> dict[EnclosureState, str]:
    return {
        EnclosureState.NEW: _("新增 {count}"),
        EnclosureState.CHANGED: _("更换 {count}"),
        EnclosureState.SAME: _("不变 {count}"),
        EnclosureState.MISSING: _("缺少 {count}"),
        EnclosureState.REMOVED: _("去掉 {count}"),
    }


def _files() -> dict[ExchangeFault, str]:
    return {
        ExchangeFault.OTHER: _("{name} 读不了。"),
        ExchangeFault.NOT_READABLE: _("{name} 打不开（{detail}）。"),
        ExchangeFault.EMPTY: _("{name} 是空的。"),
        ExchangeFault.TOO_LARGE: _("{name} 超过 {detail}，请分成几个。"),
        ExchangeFault.TOO_MANY: _("{name} 里的东西太多（超过 {detail}），请分成几个。"),
        ExchangeFault.NO_ENCODING: _("{name} 不是 UTF-8、UTF-16 或 GB18030 的文字，请用其中一种另存。"),
        ExchangeFault.UNKNOWN_FORMAT: _("认不出 {name} 的格式；表格要有标题、内容、分组这样的表头。"),
        ExchangeFault.NO_PHRASES: _("{name} 里没有话术，是一张替换词或转人工的表。"),
        ExchangeFault.DAMAGED: _("{name} 损坏或不完整（{detail}），请重新导出。"),
        ExchangeFault.LOCKED: _("{name} 有密码，请另存一份没有密码的。"),
        ExchangeFault.BOMB: _("{name} 解开后超过 {detail}，话术库不会这么大，没有读。"),
        ExchangeFault.OUTSIDE: _("{name} 里有指向外面的文件名（{detail}），整个没有读。"),
        ExchangeFault.ENTITIES: _("{name} 的 XML 里有自定义实体，整个没有读。"),
        ExchangeFault.ALIAS: _("{name} 里的 &{detail} 引用了别处，请写全。"),
        ExchangeFault.INCOMPLETE: _("{name} 只是一部分，请选整个文件夹或压缩包。"),
        ExchangeFault.TOO_LONG: _("有一条话术超过 {detail} 个字，请导出成 yaml。"),
        ExchangeFault.FLAWED_PACK: _("{name} 里有错，怕弄坏就没有动它，请先改好。"),
        ExchangeFault.CANCELLED: _("已取消，什么都没有改。"),
        ExchangeFault.NOTHING_TO_UNDO: _("没有可以撤销的导入。"),
        ExchangeFault.NOT_WRITTEN: _("话术写不进去（{detail}），请看看磁盘。"),
    }
