"""The workbook, read back: five sheets, typed cells, and a name is never a formula."""

import io
import zipfile
from datetime import datetime
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from sidebar.exports.formats import Format, render
from sidebar.exports.report import Words
from tests.exports.shift import BEIJING, TITLES, shift


@pytest.fixture
def content(chinese: Words) -> bytes:
    return render(shift(), Format.WORKBOOK, words=chinese, zone=BEIJING, titles=TITLES)


@pytest.fixture
def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(min_row=3, values_only=True))


def test_the_sheets_come_in_order(book: Workbook) -> None:
    assert book.sheetnames == ["概要", "会话", "超时", "跟进", "话术"]


def test_every_sheet_says_who_measured_and_freezes_it_with_the_header(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet["A1"].value == (
            "以下数字由侧边栏自己测得，不是平台的官方数据。口径：sidebar（2026-11-21）。"
        )
        assert sheet.freeze_panes == "A3"
        assert sheet["A2"].font.bold


def test_figures_are_numbers_with_their_units(book: Workbook) -> None:
    figures = {(group, label): value for group, label, value in rows(book, "概要")}
    assert figures["接待", "会话数"] == 2
    assert figures["首次响应", "平均（秒）"] == 200
    assert figures["按时答复率（按轮次）", "5 分钟内"] == 0.5
    assert figures["补偿", "退款（CNY，1 笔）"] == 12.5
    shares = [cell for cell in book["概要"]["C"] if cell.value == 0.5]
    assert [cell.number_format for cell in shares] == ["0.0%"]


def test_times_are_times_of_the_shops_zone(book: Workbook) -> None:
    (late, waiting) = rows(book, "超时")
    assert late[1:4] == (datetime(2026, 3, 2, 9, 0), 200, "超时后答复")  # noqa: DTZ001
    assert waiting[:4] == ("张女士", datetime(2026, 3, 2, 17, 59, 30), 30, "仍在等待")  # noqa: DTZ001
    assert book["超时"]["B3"].is_date
    assert book["超时"]["B3"].number_format == "yyyy-mm-dd hh:mm:ss"


def test_a_buyer_called_like_a_formula_stays_a_text(book: Workbook, content: bytes) -> None:
    cell = book["会话"]["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=1+1|"<b>\n', "s", True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 5
    formula = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"
    assert not any(list(ElementTree.fromstring(sheet).iter(formula)) for sheet in sheets)


def test_phrases_have_their_titles(book: Workbook) -> None:
    assert rows(book, "话术") == [("问候", 1, "greet")]


def test_columns_are_as_wide_as_what_they_hold(book: Workbook) -> None:
    widths = book["超时"].column_dimensions
    assert widths["B"].width == len("2026-03-02 09:00:00") + 2
    assert widths["A"].width >= 8
