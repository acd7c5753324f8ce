"""Tables of phrases: the marketplaces' own clients', their assistants', other sidebars' and ours."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeAlias

from sidebar.errors import ExchangeError, ExchangeFault, RowFault
from sidebar.exchange.cells import names_of, parted, path_of, unguarded
from sidebar.exchange.drafts import Draft, Reading, Remark, remark
from sidebar.exchange.refusals import refusal
from sidebar.exchange.sources import Source
from sidebar.exchange.tables import Row, Table, open_tables

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

_LOOKED_AT = 5
_SYNONYMS = {
    "body": "内容 话术 话术内容 快捷短语 回复内容 回复 content snippet replace text body reply",
    "group": "分组 分类 类型 快捷短语分组 话术分组 group category folder",
    "code": "快捷编码 编码 缩写 快捷码 code keyword trigger abbr abbreviation short_code shortcut",
    "title": "标题 名称 title name label description",
    "tags": "标签 tag tags",
    "picture": "图片名 图片 picurl image_path image",
}
_MEANINGS = {name: column for column, names in _SYNONYMS.items() for name in names.split()}
_ASSISTANT = "最初3行的内容请勿改动"
_UNGROUPED = "未分组"
_ESCAPES = re.compile(r"&#(13|44);")
_KEYWORDS = re.compile(r"\s*[|｜]\s*|\[and\]|\*")
_PICTURE = re.compile(r"\[@\](.*?)\[/@\]", re.DOTALL)
_SHORTEST_CODE = re.compile(r"[^\s,，。！？!?\"<>]{1,40}")

Cells: TypeAlias = Mapping[str, str]
"""The cells of one row by column; those nobody knows are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One program's table: `columns` by the words of its header, all of which must be there."""

    name: str
    columns: Mapping[str, str]
    draft: Callable[[int, Cells], Draft]
    exact: bool = False


def recognise(source: Source) -> Reading | None:
    """The table that *source* is, by its header, of a workbook every sheet that has one.

    Raises `ExchangeError`.
    """
    found: list[tuple[Table, Reading]] = []
    refused: ExchangeError | None = None
    for table in open_tables(source):
        try:
            reading = _table(source, table)
        except ExchangeError as error:
            refused = refused or error
            continue
        if reading is not None:
            found.append((table, reading))
    if not found and refused is not None:
        raise refused
    if len(found) < 2:
        return found[0][1] if found else None
    rows = chain.from_iterable(_of_sheet(table.sheet, reading.rows) for table, reading in found)
    return replace(found[0][1], rows=rows)


def _of_sheet(sheet: str, rows: Iterable[Draft | Remark]) -> Iterator[Draft | Remark]:
    """*rows* with the name of their sheet on whatever is said of them."""
    for row in rows:
        if isinstance(row, Remark):
            yield row._replace(sheet=sheet)
        else:
            yield replace(row, sheet=sheet, notes=tuple(note._replace(sheet=sheet) for note in row.notes))


def _table(source: Source, table: Table) -> Reading | None:
    rows = iter(table.rows)
    first = list(islice(rows, _LOOKED_AT))
    if not first:
        raise refusal(source.name, ExchangeFault.EMPTY)
    for at, (_, cells) in enumerate(first):
        header = tuple(map(_word, cells))
        _refuse_others(source.name, header)
        dialect = _dialect(header, first)
        if dialect is not None:
            left = chain(first[at + 1 :], rows)
            return _reading(dialect.name, _drafts(left, header, dialect), table)
    return _without_header(chain(first, rows), first, table)


def _reading(name: str, rows: Iterable[Draft | Remark], table: Table) -> Reading:
    return Reading(format=name, rows=rows, encoding=table.encoding, total=table.total)


def _word(cell: str) -> str:
    """A word of a header as it is compared: without what people add to it."""
    plain = unicodedata.normalize("NFKC", cell).strip().rstrip("*:").strip().casefold()
    return plain.partition("(")[0].strip() or plain


def _refuse_others(name: str, header: Sequence[str]) -> None:
    words = set(header)
    if {"匹配关键词", "替换内容"} <= words:
        raise refusal(name, ExchangeFault.NO_PHRASES, "a table of words to be replaced")
    if "匹配关键词" in words and "回复内容" not in words:
        raise refusal(name, ExchangeFault.NO_PHRASES, "a table of words that call for a person")


def _dialect(header: Sequence[str], first: Sequence[Row]) -> Dialect | None:
    words = {word for word in header if word}
    if first[0][1][0].startswith(_ASSISTANT):
        return _ASSISTANTS if {"分组", "内容"} <= words else None
    for dialect in _DIALECTS:
        wanted = set(dialect.columns)
        if words == wanted if dialect.exact else wanted <= words:
            return dialect
    known = {word: _MEANINGS[word] for word in header if word in _MEANINGS}
    if "body" not in known.values() or len(words) < 2:
        return None
    return Dialect(name="table", columns=_each_once(known), draft=_general)


def _each_once(columns: Mapping[str, str]) -> dict[str, str]:
    """The first word for each column; `分组` and `分类` side by side are a group and something else."""
    taken: dict[str, str] = {}
    for word, column in columns.items():
        if column not in taken.values():
            taken[word] = column
    return taken


def _drafts(rows: Iterable[Row], header: Sequence[str], dialect: Dialect) -> Iterator[Draft | Remark]:
    places = [(at, dialect.columns[word]) for at, word in enumerate(header) if dialect.columns.get(word, "")]
    for number, cells in rows:
        known = {column: cells[at] for at, column in places if at < len(cells)}
        draft = dialect.draft(number, known)
        yield draft if draft.body.strip() else remark(number, RowFault.NO_TEXT)


def _general(row: int, cells: Cells) -> Draft:
    picture = cells.get("picture", "")
    return Draft(
        row=row,
        body=cells.get("body", ""),
        title=cells.get("title", ""),
        code=cells.get("code", "").strip(),
        group=path_of(cells.get("group", "")),
        tags=names_of(cells.get("tags", "")),
        notes=(remark(row, RowFault.PICTURE_LEFT, picture),) if picture else (),
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
    """A reply with the words that call for it; pictures in it are named, of several replies each is kept."""
    body = cells.get("body", "")
    pictures = tuple(remark(row, RowFault.PICTURE_LEFT, name) for name in _PICTURE.findall(body))
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
        notes=(*pictures, *left),
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


_ASSISTANTS = Dialect(
    name="qianniu",
    columns={"分组": "group", "快捷编码": "code", "标题": "title", "内容": "body", "图片名": "picture"},
    draft=_general,
)
_DIALECTS = (
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


def _without_header(rows: Iterable[Row], first: Sequence[Row], table: Table) -> Reading | None:
    """Two or three columns without a header are an abbreviation, its text and a name; in text files only."""
    widths = {len(cells) for _, cells in first}
    codes = (cells[0].strip() for _, cells in first)
    if table.encoding is None or not widths <= {2, 3} or not all(map(_SHORTEST_CODE.fullmatch, codes)):
        return None
    name = "beeftext-csv" if widths == {3} else "textexpander"
    return _reading(name, (_expansion(number, cells) for number, cells in rows), table)


def _expansion(row: int, cells: Sequence[str]) -> Draft | Remark:
    from sidebar.exchange.expanders import expansion  # tables with a header do without it

    code, body, title = (*cells, "", "")[:3]
    return expansion(row, code=code, body=body, title=title)
