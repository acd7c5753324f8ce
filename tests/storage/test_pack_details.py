"""What a phrase may have beyond its text, read from a pack; each mistake is named by its line."""

from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.domain.identifiers import ClientName
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import (
    ANY_CLIENT,
    Allowance,
    Attachment,
    AttachmentKind,
    ClientWay,
    Condition,
    Delivery,
    Details,
    Field,
    FieldKind,
    FollowUpRule,
    Option,
    Rotation,
)
from sidebar.domain.phrases import Category, Phrase
from sidebar.errors import PackFault
from sidebar.storage.known_packs import LoadedPacks
from sidebar.storage.packs import load_pack

IMAGE, FILE = AttachmentKind.IMAGE, AttachmentKind.FILE

EVERYTHING = """\
phrases:
  - id: a
    title: 全
    body: "{单号} {尺码}"
    variants:
      - "单号 {单号}，尺码 {尺码}"
      - |
        两行
        的
    rotation: random
    fields:
      - {name: 单号, type: text, remember: true}
      - {name: 尺码, choices: [S, M, 42], default: M}
      - {name: 说明, type: paragraph}
      - {name: 件数, type: number, default: 2}
      - {name: 送达, type: date, default: 2024-02-29}
      - {name: 几点, type: time, default: 18:00}
    attachments: [images/size.png, text, 退货单.PDF, {file: photo.jpg}, {image: scan}]
    clients:
      any: {delivery: copy}
      pdd: {newlines: joined}
    only: {clients: [taobao, pdd], categories: [logistics, order]}
    options:
      - {text: 补发, pros: 明天寄出, cons: 要等三天, rule: 七天无理由}
      - text: 退款
    follow_up: {after: 24h, within: 3d, about: 回访}
    allow: {stale_date: 每月改, superlative: 是品牌名}
    note: |
      给客服看的
      两行。
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "pack.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def read(folder: Path, *lines: str) -> LoadedPacks:
    """A pack of one phrase with these lines; the first of them is line 5."""
    head = ["phrases:", "  - id: a", "    title: x", "    body: y"]
    return load_pack(write(folder, "\n".join([*head, *("    " + line for line in lines), ""])))


def only_phrase(result: LoadedPacks) -> Phrase:
    (pack,) = result.packs
    (phrase,) = pack.phrases
    return phrase


def details(result: LoadedPacks) -> Details:
    found = only_phrase(result).details
    assert found is not None
    return found


def test_reads_every_detail(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    for name in ("images/size.png", "退货单.PDF", "photo.jpg", "scan"):
        (tmp_path / name).touch()
    result = load_pack(write(tmp_path, EVERYTHING))
    assert result.problems == ()
    assert only_phrase(result).placeholders
    assert details(result) == Details(
        variants=("单号 {单号}，尺码 {尺码}", "两行\n的"),
        rotation=Rotation.RANDOM,
        fields=(
            Field(name="单号", remember=True),
            Field(name="尺码", kind=FieldKind.CHOICE, choices=("S", "M", "42"), default="M"),
            Field(name="说明", kind=FieldKind.PARAGRAPH),
            Field(name="件数", kind=FieldKind.NUMBER, default="2"),
            Field(name="送达", kind=FieldKind.DATE, default="2024-02-29"),
            Field(name="几点", kind=FieldKind.TIME, default="18:00"),
        ),
        attachments=(
            Attachment(path=str(tmp_path / "images" / "size.png"), kind=IMAGE, before=True),
            Attachment(path=str(tmp_path / "退货单.PDF"), kind=FILE),
            Attachment(path=str(tmp_path / "photo.jpg"), kind=FILE),
            Attachment(path=str(tmp_path / "scan"), kind=IMAGE),
        ),
        ways=(
            ClientWay(client=ANY_CLIENT, delivery=Delivery.COPY),
            ClientWay(client=ClientName("pdd"), newlines=Newlines.JOINED),
        ),
        only=Condition(
            clients=(ClientName("taobao"), ClientName("pdd")),
            categories=(Category.LOGISTICS, Category.ORDER),
        ),
        options=(
            Option(text="补发", pros="明天寄出", cons="要等三天", rule="七天无理由"),
            Option(text="退款"),
        ),
        follow_up=FollowUpRule(about="回访", after=timedelta(hours=24), within=timedelta(days=3)),
        allow=(
            Allowance(rule="stale_date", reason="每月改"),
            Allowance(rule="superlative", reason="是品牌名"),
        ),
        note="给客服看的\n两行。",
    )


def test_what_is_left_out_or_empty_is_nothing(tmp_path: Path) -> None:
    assert details(read(tmp_path, "note:", "fields: []", "only:", "allow:", "clients:")) == Details()


def test_attachments_follow_the_text_unless_it_is_named(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).touch()
    assert [each.before for each in details(read(tmp_path, "attachments: [a.png, b.png]")).attachments] == [
        False,
        False,
    ]
    (tmp_path / "text").touch()
    named = details(read(tmp_path, "attachments: [text, a.png, {file: text}]")).attachments
    assert [each.before for each in named] == [False, False]


def test_a_phrase_may_be_a_picture_alone(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    text = "phrases:\n  - id: a\n    title: x\n    attachments: [a.png]\n"
    assert only_phrase(load_pack(write(tmp_path, text))).body == ""


def test_a_file_that_is_not_there_is_told_and_costs_nothing_else(tmp_path: Path) -> None:
    result = read(tmp_path, "attachments: [images\\a.png]")
    assert only_phrase(result).id == "a"
    (problem,) = result.problems
    assert (problem.fault, problem.detail, problem.line) == (PackFault.NO_FILE, "a.png", 2)


# Each mistake: the lines of the phrase from line 5, what is wrong, in which line.
MISTAKES: dict[str, tuple[tuple[str, ...], PackFault, str, int]] = {
    "variants are text": (("variants: z",), PackFault.NOT_A_LIST, "variants", 5),
    "a blank variant": (("variants:", "- z", "- ' '"), PackFault.MISSING, "variants", 7),
    "unknown rotation": (("rotation: shuffled",), PackFault.UNKNOWN_VALUE, "rotation: shuffled", 5),
    "fields are a mapping": (("fields: {name: b}",), PackFault.NOT_A_LIST, "fields", 5),
    "field is text": (("fields: [单号]",), PackFault.NOT_A_MAPPING, "field", 5),
    "field without a name": (("fields:", "- type: text"), PackFault.MISSING, "name", 6),
    "field like a placeholder": (("fields:", "- name: Ｂuyer"), PackFault.BAD_FIELD, "Ｂuyer", 6),
    "field like a deadline": (("fields:", "- name: +2h"), PackFault.BAD_FIELD, "+2h", 6),
    "field like a nested phrase": (("fields:", "- name: 'phrase:b'"), PackFault.BAD_FIELD, "phrase:b", 6),
    "field with a brace": (("fields:", "- name: 'a}b'"), PackFault.BAD_FIELD, "a}b", 6),
    "two fields of one name": (
        ("fields:", "- name: Order", "- name: order"),
        PackFault.REPEATED_KEY,
        "order",
        7,
    ),
    "unknown type": (("fields:", "- {name: b, type: list}"), PackFault.UNKNOWN_VALUE, "type: list", 6),
    "choice of nothing": (("fields:", "- {name: b, type: choice}"), PackFault.MISSING, "choices", 6),
    "choices of a number": (
        ("fields:", "- {name: b, type: number, choices: [x]}"),
        PackFault.UNKNOWN_KEY,
        "choices",
        6,
    ),
    "default is no choice": (
        ("fields:", "- name: b", "  choices: [x, y]", "  default: z"),
        PackFault.BAD_DEFAULT,
        "z",
        8,
    ),
    "default is no number": (
        ("fields:", "- {name: b, type: number, default: 两}"),
        PackFault.BAD_DEFAULT,
        "两",
        6,
    ),
    "default is no date": (
        ("fields:", "- {name: b, type: date, default: 2024-02-30}"),
        PackFault.BAD_DEFAULT,
        "2024-02-30",
        6,
    ),
    "default is no time": (
        ("fields:", "- {name: b, type: time, default: '25:00'}"),
        PackFault.BAD_DEFAULT,
        "25:00",
        6,
    ),
    "attachment from elsewhere": (("attachments:", "- ../a.png"), PackFault.OUTSIDE, "../a.png", 6),
    "attachment from the root": (("attachments: [/etc/passwd]",), PackFault.OUTSIDE, "/etc/passwd", 5),
    "attachment from a drive": (("attachments: ['C:\\a.png']",), PackFault.OUTSIDE, "C:\\a.png", 5),
    "attachment both ways": (
        ("attachments:", "- {image: a.png, file: b.png}"),
        PackFault.REPEATED_KEY,
        "file",
        6,
    ),
    "attachment of no name": (("attachments:", "- {image: }"), PackFault.MISSING, "file", 6),
    "the text twice": (("attachments:", "- text", "- text"), PackFault.REPEATED_KEY, "text", 7),
    "clients are a list": (("clients: [pdd]",), PackFault.NOT_A_MAPPING, "clients", 5),
    "a client twice": (("clients:", "  pdd: {}", "  pdd: {}"), PackFault.REPEATED_KEY, "pdd", 7),
    "unknown delivery": (
        ("clients:", "  pdd: {delivery: throw}"),
        PackFault.UNKNOWN_VALUE,
        "delivery: throw",
        6,
    ),
    "unknown newlines": (("clients: {pdd: {newlines: x}}",), PackFault.UNKNOWN_VALUE, "newlines: x", 5),
    "only for a strange category": (
        ("only:", "  categories: [order, 物流]"),
        PackFault.UNKNOWN_VALUE,
        "category: 物流",
        6,
    ),
    "only for what": (("only: {client: pdd}",), PackFault.UNKNOWN_KEY, "client", 5),
    "four options": (
        ("options:", "- text: a", "- text: b", "- text: c", "- text: d"),
        PackFault.TOO_MANY,
        "options",
        6,
    ),
    "option without text": (("options:", "- pros: a"), PackFault.MISSING, "text", 6),
    "follow-up at no time": (("follow_up: {about: b}",), PackFault.MISSING, "within", 5),
    "follow-up about nothing": (("follow_up: {after: 1d}",), PackFault.MISSING, "about", 5),
    "follow-up after it is due": (
        ("follow_up:", "  about: b", "  after: 2d", "  within: 1d"),
        PackFault.BAD_DURATION,
        "within < after",
        8,
    ),
    "allowed without a reason": (("allow:", "  stale_date:"), PackFault.NOT_TEXT, "stale_date", 6),
    "note is a list": (("note: [b]",), PackFault.NOT_TEXT, "note", 5),
}


@pytest.mark.parametrize(("lines", "fault", "detail", "line"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, lines: tuple[str, ...], fault: PackFault, detail: str, line: int
) -> None:
    result = read(tmp_path, *lines)
    assert [len(pack.phrases) for pack in result.packs] == [0]
    (problem,) = result.problems
    assert (problem.fault, problem.detail, problem.line) == (fault, detail, line)
