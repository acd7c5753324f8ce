"""The tables that are known: whose they are, what their columns mean, and how a row becomes a draft."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from sidebar.domain.lean import dataclass
from sidebar.errors import RowFault
from sidebar.exchange.cells import names_of, parted, path_of, unguarded
from sidebar.exchange.drafts import Draft, Remark, picture, remark

OWN = "sidebar-table"
OWN_COLUMNS = {
    "编号": "id",
    "标题": "title",
    "快捷编码": "code",
    "分组": "group",
    "标签": "tags",
    "内容": "body",
    "阶段": "stage",
    "分类": "category",
    "占位符": "placeholders",
    "承诺时限": "within",
    "承诺事项": "about",
    "热键": "hotkey",
    "其他": "more",
}
"""The header of our own tables, and what stands in each column."""

_SYNONYMS = {
    "body": "内容 话术 话术内容 快捷短语 回复内容 回复 content snippet replace text body reply",
    "group": "分组 分类 类型 快捷短语分组 话术分组 group category folder",
    "code": "快捷编码 编码 缩写 快捷码 code keyword trigger abbr abbreviation short_code shortcut",
    "title": "标题 名称 title name label description",
    "tags": "标签 tag tags",
    "picture": "图片名 图片 picurl image_path image",
}
_MEANINGS = {name: column for column, names in _SYNONYMS.items() for name in names.split()}
_UNGROUPED = "未分组"
_ESCAPES = re.compile(r"&#(13|44);")
_KEYWORDS = re.compile(r"\s*[|｜]\s*|\[and\]|\*")
_PICTURE = re.compile(r"\[@\](.*?)\[/@\]", re.DOTALL)

Cells: TypeAlias = Mapping[str, str]
"""The cells of one row by column; those nobody knows are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One program's table: `columns` by the words of its header, all of which must be there."""

    name: str
    columns: Mapping[str, str]
    draft: Callable[[int, Cells], Draft]
    exact: bool = False


def any_table(words: Sequence[str]) -> Dialect | None:
    """A table of nobody's we know, by the *words* of its header; None where none of them is the text."""
    known = {word: _MEANINGS[word] for word in words if word in _MEANINGS}
    if "body" not in known.values() or len(set(filter(None, words))) < 2:
        return None
    return Dialect(name="table", columns=_each_once(known), draft=_general)


def _each_once(columns: Mapping[str, str]) -> dict[str, str]:
    """The first word for each column; `分组` and `分类` side by side are a group and something else."""
    taken: dict[str, str] = {}
    for word, column in columns.items():
        if column not in taken.values():
            taken[word] = column
    return taken


def _general(row: int, cells: Cells) -> Draft:
    name = cells.get("picture", "").strip()
    return Draft(
        row=row,
        body=cells.get("body", ""),
        title=cells.get("title", ""),
        code=cells.get("code", "").strip(),
        group=path_of(cells.get("group", "")),
        tags=names_of(cells.get("tags", "")),
        attachments=(picture(name),) if name else (),
    )


def _client(row: int, cells: Cells) -> Draft:
    """A marketplace client's own phrases; in its text files two characters are written as entities."""
    group = cells.get("group", "").strip()
    return Draft(
        row=row,
        body=_ESCAPES.sub(lambda found: "\n" if found[1] == "13" else ",", cells.get("body", "")),
        code=cells.get("code", "").strip(),
        group=() if group in ("", _UNGROUPED) else (group,),
    )


def _flat(row: int, cells: Cells) -> Draft:
    """A group is one name here, whatever characters are in it."""
    group = cells.get("group", "").strip()
    return replace(_general(row, cells), group=(group,) if group else ())


def _questions(row: int, cells: Cells) -> Draft:
    """What to say comes before the answer that is meant for the agent."""
    body = cells.get("body", "") or cells.get("answer", "")
    return replace(_flat(row, cells), body=body)


def _auto_reply(row: int, cells: Cells) -> Draft:
    """A reply with the words that call for it, and with its pictures; of several replies each is kept."""
    body = cells.get("body", "")
    pictures = tuple(picture(name.strip()) for name in _PICTURE.findall(body) if name.strip())
    replies = [part.strip() for part in _PICTURE.sub("", body).replace("[~]", "").split("[or]")]
    replies = [reply for reply in replies if reply]
    keywords = tuple(word for part in _KEYWORDS.split(cells.get("keyword", "")) if (word := part.strip()))
    pattern = cells.get("pattern", "").strip() == "是"
    left = (remark(row, RowFault.PATTERN_LEFT, cells.get("keyword", "")),) if pattern else ()
    return Draft(
        row=row,
        body=replies[0] if replies else "",
        title="" if pattern or not keywords else keywords[0],
        tags=() if pattern else keywords,
        group=tuple(filter(None, (cells.get("platform", "").strip(),))),
        more={"variants": replies[1:]} if len(replies) > 1 else {},
        attachments=pictures,
        notes=left,
    )


def _own(row: int, cells: Cells) -> Draft:
    """One of ours, exactly as it was."""
    plain = {column: unguarded(cell) for column, cell in cells.items()}
    more: dict[str, object] = {
        key: plain[key] for key in ("id", "stage", "category", "hotkey") if plain.get(key)
    }
    if plain.get("placeholders", "").strip() == "是":
        more["placeholders"] = True
    if plain.get("within"):
        more["promise"] = {"within": plain["within"], "about": plain.get("about", "")}
    notes: tuple[Remark, ...] = ()
    try:
        others = json.loads(plain.get("more") or "{}")
        more |= others
    except (ValueError, TypeError, RecursionError):
        notes = (remark(row, RowFault.KEPT_AS_TEXT, "其他"),)
    return Draft(
        row=row,
        body=plain.get("body", ""),
        title=plain.get("title", ""),
        code=plain.get("code", ""),
        group=parted(plain.get("group", ""), "/"),
        tags=parted(plain.get("tags", ""), ",，;；、"),
        more=more,
        whole=True,
        notes=notes,
    )


ASSISTANT = Dialect(
    name="qianniu",
    columns={"分组": "group", "快捷编码": "code", "标题": "title", "内容": "body", "图片名": "picture"},
    draft=_general,
)
DIALECTS = (
    Dialect(name=OWN, columns=OWN_COLUMNS, draft=_own),
    Dialect(
        name="seller-im",
        columns={"快捷编码": "code", "快捷短语": "body", "快捷短语分组": "group"},
        draft=_client,
        exact=True,
    ),
    Dialect(
        name="team-sheet",
        columns={"分组": "group", "快捷编码": "code", "快捷短语": "body", "是否加入团队": ""},
        draft=_flat,
    ),
    Dialect(
        name="team-questions",
        columns={"产品": "group", "问题": "title", "回答": "answer", "话术": "body"},
        draft=_questions,
    ),
    Dialect(
        name="chatgpt-on-cs",
        columns={"匹配关键词": "keyword", "回复内容": "body", "平台": "platform", "支持正则": "pattern"},
        draft=_auto_reply,
    ),
    Dialect(
        name="speech-repo", columns={"内容": "body", "类型": "group", "标签": "tags"}, draft=_flat, exact=True
    ),
    Dialect(
        name="speech-repo",
        columns={"content": "body", "category": "group", "tag": "tags"},
        draft=_flat,
        exact=True,
    ),
)
