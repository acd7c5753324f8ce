"""The library handed out and brought in again: the same phrases, in every format."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Phrase, Stage
from sidebar.errors import ExchangeError, ExchangeFault, RowFault
from sidebar.exchange.cells import guarded, joined, parted, unguarded
from sidebar.exchange.handing_out import ExportFormat, LeftOut, render
from sidebar.exchange.plans import Plan, plan
from sidebar.exchange.recognition import of_content
from tests.phrase_strategies import libraries, names

_CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMULA = '=HYPERLINK("http://example.org","x")'


def brought_in(content: bytes, own: Sequence[Phrase] = ()) -> Plan:
    return plan("out", of_content("out", content), own=own)


def phrase(body: str, **more: object) -> Phrase:
    return replace(Phrase(id=PhraseId("a"), title="标题", body=body), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ExportFormat)
@_CALM
@given(library=libraries.filter(bool))
def test_every_format_gives_the_same_library(format: ExportFormat, library: tuple[Phrase, ...]) -> None:
    content = render(library, format, name="库").content
    fresh = brought_in(content)
    assert fresh.errors == ()
    assert fresh.new == library
    again = brought_in(content, library)
    assert (again.new, again.changed) == ((), ())
    assert again.same == tuple(each.id for each in library)


@given(text=st.text(st.sampled_from([*RUN, "'", "a", "1", " "]), max_size=6))
def test_no_cell_begins_like_a_formula_and_each_is_read_as_it_was(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(RUN)
    assert unguarded(cell) == text


@given(several=st.lists(names, max_size=4).map(tuple))
def test_names_come_apart_where_they_were_put_together(several: tuple[str, ...]) -> None:
    assert parted(joined(several, "/"), "/") == several
    assert parted(joined(several, ","), ",，;；、") == several


def test_no_cell_of_a_csv_is_run() -> None:
    content = render([phrase(FORMULA, code="+1", tags=("@a",))], ExportFormat.CSV, name="n").content
    assert content.startswith(b"\xef\xbb\xbf")
    _, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert row[5] == "'" + FORMULA
    assert not any(cell.startswith(RUN) for cell in row)


def test_no_cell_of_a_workbook_is_run() -> None:
    content = render([phrase(FORMULA, code="=1+1")], ExportFormat.XLSX, name="n").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:6] == ["编号", "标题", "快捷编码", "分组", "标签", "内容"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")
    assert (sheet["F2"].value, sheet["F2"].data_type) == (FORMULA, "s")
    assert (sheet["F2"].quotePrefix, sheet["B2"].quotePrefix) == (True, False)


def test_espanso_can_use_what_is_handed_out_to_it() -> None:
    library = [phrase("Hello {{x}}", code="hi", tags=("greet",), stage=Stage.GREET)]
    document = yaml.safe_load(render(library, ExportFormat.ESPANSO, name="n").content)
    (match,) = document["matches"]
    assert match["triggers"] == [":hi"]
    assert (match["label"], match["search_terms"]) == ("标题", ["greet"])
    assert match["replace"] == r"Hello \{\{x\}\}"
    assert [variable["type"] for variable in match["vars"]] == ["echo"]


@pytest.mark.parametrize("format", [ExportFormat.XLSX, ExportFormat.CSV, ExportFormat.YAML])
def test_what_holds_no_pictures_and_files_says_so_and_takes_none_away(format: ExportFormat) -> None:
    picture = Details(attachments=(Attachment(path="/x/a.png", kind=AttachmentKind.IMAGE),))
    with_text = phrase("看图", details=picture)
    only_picture = replace(with_text, id=PhraseId("b"), body="")
    out = render([with_text, only_picture], format, name="n")
    assert (out.phrases, out.left) == (1, (LeftOut(PhraseId("a"), "a.png"), LeftOut(PhraseId("b"), "a.png")))
    assert brought_in(out.content).new == (replace(with_text, details=None),)
    kept = brought_in(out.content, [with_text, only_picture])
    assert (kept.new, kept.changed, kept.same) == ((), (), (with_text.id,))


def test_espanso_shows_a_picture_from_where_it_lies() -> None:
    picture = Details(attachments=(Attachment(path="/x/尺码.png", kind=AttachmentKind.IMAGE),))
    library = [phrase("", code="cm", details=picture), phrase("看图", details=picture)]
    library[1] = replace(library[1], id=PhraseId("b"), code="kt")
    out = render(library, ExportFormat.ESPANSO, name="n")
    assert (out.phrases, out.left) == (2, (LeftOut(PhraseId("b"), "尺码.png"),))
    shown, said = yaml.safe_load(out.content)["matches"]
    assert (shown["triggers"], shown["image_path"], "replace" in shown) == ([":cm"], "/x/尺码.png", False)
    assert (said["replace"], "image_path" in said) == ("看图", False)
    kept = brought_in(out.content, library)
    assert (kept.new, kept.changed, kept.same, kept.errors) == ((), (), ("a", "b"), ())
    elsewhere = brought_in(out.content)
    assert [each.id for each in elsewhere.new] == ["b"]
    assert [error.fault for error in elsewhere.errors] == [RowFault.PICTURE_LEFT]


def test_a_text_longer_than_a_cell_is_refused_rather_than_cut() -> None:
    with pytest.raises(ExchangeError) as refused:
        render([phrase("长" * 32_768)], ExportFormat.XLSX, name="n")
    assert refused.value.fault is ExchangeFault.TOO_LONG
    assert brought_in(render([phrase("长" * 32_767)], ExportFormat.XLSX, name="n").content).errors == ()
