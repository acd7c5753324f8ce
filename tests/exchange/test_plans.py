"""What an import would do: compared with the library, before anything is written."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.errors import ExchangeError, ExchangeFault, PackFault, RowFault
from sidebar.exchange.plans import Plan, plan
from sidebar.exchange.recognition import of_content
from tests.exchange.conftest import planned

Make = Callable[[str, bytes | str], Path]
HEADER = "标题,内容,快捷编码,分组\n"


def read(rows: str, own: Iterable[Phrase] = (), shipped: Iterable[Phrase] = ()) -> Plan:
    return plan("file", of_content("file", (HEADER + rows).encode()), own=own, shipped=shipped)


def test_another_text_in_the_same_place_is_a_change() -> None:
    (before,) = read("发货,今天发,fh,售后\n").new
    made = read("发货,明天发,fh,售后\n", [before])
    assert (made.new, made.same) == ((), ())
    (change,) = made.changed
    assert (change.row, change.before, change.after.body) == (2, before, "明天发")
    assert change.after.id == before.id


def test_another_group_or_another_code_is_another_phrase() -> None:
    first = read("发货,今天发,fh,售后\n").new
    assert len(read("发货,今天发,fh,售前\n发货,今天发,kd,售后\n", first).new) == 2


def test_what_the_user_has_added_since_stays() -> None:
    (before,) = read("发货,今天发,fh,售后\n").new
    richer = replace(before, stage=Stage.VERIFY, category=Category.LOGISTICS, tags=("急",), favourite=True)
    assert read("发货,今天发,fh,售后\n", [richer]).same == (before.id,)
    (change,) = read("发货,明天发,fh,售后\n", [richer]).changed
    assert change.after == replace(richer, body="明天发")


def test_a_title_made_of_the_text_does_not_replace_one_that_was_given() -> None:
    (before,) = read(",今天发,fh,售后\n").new
    assert before.title == "今天发"
    renamed = replace(before, title="发货时间")
    assert read(",今天发,fh,售后\n", [renamed]).same == (before.id,)


def test_pictures_and_files_of_the_library_stay() -> None:
    (before,) = read("发货,今天发,fh,售后\n").new
    pictured = replace(
        before, details=Details(attachments=(Attachment(path="/x/a.png", kind=AttachmentKind.IMAGE),))
    )
    (change,) = read("发货,明天发,fh,售后\n", [pictured]).changed
    assert change.after == replace(pictured, body="明天发")


def test_the_same_row_twice_counts_once() -> None:
    made = read("发货,今天发,fh,售后\n发货,今天发,fh,售后\n")
    assert (len(made.new), len(made.same)) == (1, 1)


def test_several_texts_in_one_place_are_several_phrases_each_time() -> None:
    rows = "发货,今天发,fh,售后\n发货,明天发,fh,售后\n发货,后天发,fh,售后\n"
    made = read(rows)
    assert [phrase.body for phrase in made.new] == ["今天发", "明天发", "后天发"]
    assert [phrase.code for phrase in made.new] == ["fh", "", ""]
    assert [(note.row, note.fault) for note in made.notes] == [
        (3, RowFault.CODE_TAKEN),
        (4, RowFault.CODE_TAKEN),
    ]
    again = read(rows, made.new)
    assert (again.new, again.changed, len(again.same)) == ((), (), 3)


def test_a_code_is_not_taken_from_a_phrase_of_the_users() -> None:
    (mine,) = read("我的,我的话,FH,别处\n").new
    (made,) = read("发货,今天发,fh,售后\n", [mine]).new
    assert made.code == ""
    (free,) = read("发货,今天发,fh,售后\n", shipped=[mine]).new
    assert free.code == "fh"


def test_two_programs_may_have_one_code() -> None:
    sheet = plan("a", of_content("a", b"thx,Thank you\n"), own=())
    script = plan("b", of_content("b", b"::thx::Thanks\n"), own=sheet.new)
    assert len(script.new) == 1
    assert script.changed == ()


def test_a_shipped_phrase_that_comes_back_changed_is_a_change() -> None:
    shipped = read("发货,今天发,fh,售后\n").new
    assert read("发货,今天发,fh,售后\n", shipped=shipped).same == (shipped[0].id,)
    assert len(read("发货,明天发,fh,售后\n", shipped=shipped).changed) == 1


def test_one_id_twice_in_our_own_file_is_an_error() -> None:
    table = "编号,标题,快捷编码,分组,标签,内容,阶段,分类,占位符,承诺时限,承诺事项,热键,其他\n"
    rows = "a,一,,,,甲,,,,,,,\na,二,,,,乙,,,,,,,\n,三,,,,丙,,,,,,,\n"
    made = plan("file", of_content("file", (table + rows).encode()), own=())
    assert [phrase.title for phrase in made.new] == ["一", "三"]
    assert [(error.row, error.fault) for error in made.errors] == [(3, PackFault.REPEATED_ID)]


def test_a_pack_from_elsewhere_takes_no_code_and_no_hotkey_from_the_library() -> None:
    pack = b"phrases:\n  - {id: x, title: T, body: B, code: FH, hotkey: ctrl+alt+1}\n"
    (mine,) = read("发货,今天发,fh,售后\n").new
    mine = replace(mine, hotkey="ctrl+alt+1")
    made = plan("pack", of_content("pack", pack), own=[mine])
    assert [(phrase.code, phrase.hotkey) for phrase in made.new] == [("", "")]
    assert [note.fault for note in made.notes] == [RowFault.CODE_TAKEN, RowFault.HOTKEY_TAKEN]
    (alone,) = plan("pack", of_content("pack", pack), own=()).new
    assert (alone.code, alone.hotkey) == ("FH", "ctrl+alt+1")
    twice = replace(alone, code="fh", hotkey="ctrl+alt+1")
    assert plan("pack", of_content("pack", pack), own=[mine, twice]).changed[0].after == alone


def test_a_value_that_cannot_be_is_an_error_of_its_row() -> None:
    table = "编号,标题,快捷编码,分组,标签,内容,阶段,分类,占位符,承诺时限,承诺事项,热键,其他\n"
    rows = "a,一,,,,甲,nowhere,,,,,,\nb,二,,,,乙,,,,soon,x,,\nc,三,,,,丙,,,,,,,{\n"
    made = plan("file", of_content("file", (table + rows).encode()), own=())
    assert [(error.row, error.fault) for error in made.errors] == [
        (2, PackFault.UNKNOWN_VALUE),
        (3, PackFault.BAD_DURATION),
    ]
    assert [phrase.title for phrase in made.new] == ["三"]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("您好，在的。请说", "您好，在的"),
        (
            "一二三四五六七八九十一二三四五六七八九十一二三四五六七",
            "一二三四五六七八九十一二三四五六七八九十一二三…",
        ),
        ("！", "！"),
        ("  第一行\n第二行", "第一行"),
    ],
)
def test_what_has_no_title_is_called_by_its_beginning(body: str, title: str) -> None:
    (made,) = read(f',"{body}",,\n').new
    assert made.title == title


def test_progress_is_told_and_a_cancel_leaves_nothing(given: Make) -> None:
    path = given("a.csv", HEADER + "".join(f"标题{n},内容{n},c{n},组\n" for n in range(1000)))
    told: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    content = path.read_bytes()
    plan("a", of_content("a", content), own=(), progress=watch)
    assert told[:3] == [(100, 1001), (200, 1001), (300, 1001)]
    assert told[-1] == (1000, 1000)

    with pytest.raises(ExchangeError) as cancelled:
        plan("a", of_content("a", content), own=(), progress=lambda done, _total: done < 300)
    assert cancelled.value.fault is ExchangeFault.CANCELLED


def test_headers_are_known_by_many_names(given: Make) -> None:
    for header in (
        "名称,回复内容,缩写,类型",
        "Label,Snippet,Trigger,Folder",
        "title*,text,short_code,Category",
    ):
        (made,) = planned(given("a.csv", header + "\n开场,您好,kc,售前 / 问候\n")).new
        assert (made.title, made.body, made.code, made.group) == ("开场", "您好", "kc", ("售前", "问候"))


def workbook(**sheets: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_sheet_with_a_header_is_read_and_named_where_something_is_wrong(given: Make) -> None:
    head = ["标题", "内容"]
    content = workbook(
        封面=[["云杉家居话术"]],
        空=[],
        售前=[head, ["开场", "您好"]],
        售后=[head, ["退款", ""], ["换货", "可以"]],
    )
    made = planned(given("a.xlsx", content))
    assert [phrase.title for phrase in made.new] == ["开场", "换货"]
    assert [(error.sheet, error.row, error.fault) for error in made.errors] == [("售后", 2, RowFault.NO_TEXT)]
    assert of_content("a", content).total == 6


def test_a_sheet_alone_needs_no_name(given: Make) -> None:
    made = planned(given("a.xlsx", workbook(表=[["标题", "内容"], ["退款", ""], ["换货", "可以"]])))
    assert [(error.sheet, error.row) for error in made.errors] == [("", 2)]


def test_an_empty_workbook_is_told_of(given: Make) -> None:
    with pytest.raises(ExchangeError) as refused:
        planned(given("a.xlsx", workbook(空=[], 也空=[])))
    assert refused.value.fault is ExchangeFault.EMPTY


def test_pictures_of_our_own_packs_are_named(given: Make) -> None:
    pack = "phrases:\n  - {id: a, title: 图, body: 看图, attachments: [a.png]}\n"
    made = planned(given("pack.yaml", pack))
    assert [phrase.details for phrase in made.new] == [None]
    assert [(note.row, note.fault, note.detail) for note in made.notes] == [
        (2, RowFault.PICTURE_LEFT, "a.png")
    ]


def test_a_letter_is_no_table(given: Make) -> None:
    with pytest.raises(ExchangeError) as refused:
        planned(given("a.txt", "Dear customer, thank you for your letter,\nwe will answer it soon, truly\n"))
    assert refused.value.fault is ExchangeFault.UNKNOWN_FORMAT
