"""Pictures and files that travel with phrases: archives of ours, folders, and those of other programs."""

import io
import json
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from sidebar.domain.enclosures import EnclosureState
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault, PackFault, RowFault
from sidebar.exchange import archives, shaping
from sidebar.exchange.enclosed import FilesBeside
from sidebar.exchange.handing_out import ExportFormat, LeftOut, Rendered, render
from sidebar.exchange.plans import Plan, plan
from sidebar.exchange.recognition import of_content, recognise
from tests.exchange.conftest import planned

Make = Callable[[str, bytes | str], Path]
PNG = b"\x89PNG\r\n\x1a\n a picture"
_PATHS = st.lists(st.sampled_from([*"./\\:~ab\0", "images", "files", ".."]), max_size=8).map("".join)
NEW, CHANGED, SAME = EnclosureState.NEW, EnclosureState.CHANGED, EnclosureState.SAME
MISSING, REMOVED = EnclosureState.MISSING, EnclosureState.REMOVED
IMAGE, FILE = AttachmentKind.IMAGE, AttachmentKind.FILE


def with_files(name: str, *attachments: Attachment, body: str = "看图") -> Phrase:
    return Phrase(id=PhraseId(name), title=name, body=body, details=Details(attachments=attachments))


def image(path: object, *, before: bool = False) -> Attachment:
    return Attachment(path=str(path), kind=IMAGE, before=before)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def brought_in(content: bytes, *own: Phrase) -> Plan:
    return plan("库", of_content("库.zip", content), own=own)


def told(made: Plan) -> list[tuple[str, EnclosureState]]:
    return [(each.name, each.state) for each in made.enclosed]


def attached(phrase: Phrase) -> tuple[Attachment, ...]:
    return () if phrase.details is None else phrase.details.attachments


def handed_out(*phrases: Phrase) -> Rendered:
    return render(phrases, ExportFormat.ZIP, name="库")


def test_an_archive_is_a_pack_with_its_files_beside_it(given: Make) -> None:
    picture, guide = given("a/尺码.png", PNG), given("a/guide.pdf", b"%PDF")
    out = handed_out(
        with_files("one", image(picture, before=True), Attachment(path=str(guide), kind=FILE)),
        with_files("two", image(picture), body=""),
    )
    assert (out.phrases, out.left) == (2, ())
    found = members(out.content)
    assert list(found) == ["库.yaml", "images/尺码.png", "files/guide.pdf"]
    assert (found["images/尺码.png"], found["files/guide.pdf"]) == (PNG, b"%PDF")
    assert (
        "attachments: [{image: images/尺码.png}, text, {file: files/guide.pdf}]" in found["库.yaml"].decode()
    )


def test_the_same_library_gives_the_same_archive(given: Make) -> None:
    phrase = with_files("one", image(given("a.png", PNG)))
    assert handed_out(phrase).content == handed_out(phrase).content


def test_files_of_one_name_are_told_apart_by_what_they_hold(given: Make) -> None:
    paths = [
        given(f"{at}/{name}", content)
        for at, (name, content) in enumerate(
            [("a.png", b"1"), ("a.png", b"2"), ("a.png", b"1"), ("A.png", b"3")]
        )
    ]
    found = members(handed_out(*(with_files(str(at), image(path)) for at, path in enumerate(paths))).content)
    assert {name: found[name] for name in found if name != "库.yaml"} == {
        "images/a.png": b"1",
        "images/2/a.png": b"2",
        "images/3/A.png": b"3",
    }


def test_a_file_that_is_gone_is_named_and_takes_nobody_elses(given: Make, tmp_path: Path) -> None:
    there, gone = with_files("a", image(given("1/a.png", PNG))), with_files("b", image(tmp_path / "2/a.png"))
    out = handed_out(there, gone)
    assert out.left == (LeftOut(PhraseId("b"), "a.png", gone=True),)
    made = brought_in(out.content)
    assert [attached(each) != () for each in made.new] == [True, False]
    assert [(note.row, note.fault, note.detail) for note in made.notes] == [
        (7, RowFault.PICTURE_LEFT, "a.png")
    ]
    again = brought_in(out.content, there, gone)
    assert (again.new, again.changed, again.same) == ((), (), ("a", "b"))


def test_too_much_is_refused_before_it_is_read(given: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST", 10)
    with pytest.raises(ExchangeError) as refused:
        handed_out(with_files("a", image(given("a.png", b"0123456789a"))))
    assert refused.value.fault is ExchangeFault.TOO_LARGE


def test_a_dry_run_tells_what_becomes_of_each_file(given: Make, tmp_path: Path) -> None:
    same, other, fresh = (
        given("out/same.png", b"1"),
        given("out/other.png", b"2"),
        given("out/fresh.png", b"3"),
    )
    out = handed_out(with_files("a", image(same), image(other), image(fresh), image(tmp_path / "none.png")))
    mine = with_files(
        "a",
        image(given("in/same.png", b"1"), before=True),
        image(given("in/other.png", b"mine")),
        image(given("in/extra.png", b"extra")),
    )
    made = brought_in(out.content, mine)
    assert told(made) == [
        ("same.png", SAME),
        ("other.png", CHANGED),
        ("fresh.png", NEW),
        ("none.png", MISSING),
        ("extra.png", REMOVED),
    ]
    (change,) = made.changed
    kept, *changed = attached(change.after)
    assert kept == image(tmp_path / "in/same.png")
    assert [made.contents[each.path] for each in changed] == [b"2", b"3"]


def test_only_the_order_may_have_changed(given: Make) -> None:
    one, two = image(given("1.png", b"1")), image(given("2.png", b"2"))
    made = brought_in(handed_out(with_files("a", two, one)).content, with_files("a", one, two))
    (change,) = made.changed
    assert attached(change.after) == (two, one)
    assert made.contents == {}


def test_a_folder_of_several_packs_is_read_whole(tmp_path: Path, given: Make) -> None:
    given("库/a.yaml", "phrases:\n  - {id: a, title: A, body: x, attachments: [files/p.png]}\n")
    given("库/sub/b.yaml", "phrases:\n  - {id: b, title: B, body: y, attachments: [files/p.png, q.png]}\n")
    given("库/broken.yaml", "phrases: [\n")
    given("库/files/p.png", b"outer")
    given("库/sub/files/p.png", b"inner")
    given("库/files/pack.yaml", "phrases:\n  - {id: no, title: No, body: no}\n")
    made = planned(tmp_path / "库")
    assert [each.id for each in made.new] == ["a", "b"]
    assert [[made.contents[one.path] for one in attached(each)] for each in made.new] == [
        [b"outer"],
        [b"inner"],
    ]
    assert [(each.sheet, each.name, each.state) for each in made.enclosed] == [
        ("a.yaml", "p.png", NEW),
        ("sub/b.yaml", "p.png", NEW),
        ("sub/b.yaml", "q.png", MISSING),
    ]
    assert [(error.sheet, error.fault) for error in made.errors] == [("broken.yaml", RowFault.NOT_READABLE)]


def test_a_pack_alone_takes_along_what_lies_in_its_folder_for_files(given: Make) -> None:
    path = given(
        "pack.yaml",
        "phrases:\n  - {id: a, title: A, body: x, attachments: [files/p.png, salary.pdf, files/none.png]}\n",
    )
    given("files/p.png", PNG)
    given("salary.pdf", b"nobody's business")
    made = planned(path)
    assert told(made) == [("p.png", NEW), ("salary.pdf", MISSING), ("none.png", MISSING)]
    assert list(made.contents.values()) == [PNG]


@given_any(path=_PATHS)
def test_nothing_is_read_but_what_lies_in_a_folder_for_files(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a", "b", "in/a", "in/images/a", "in/files/b", "in/other/a"):
            place = Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(name, encoding="utf-8")
        content = FilesBeside(Path(folder, "in")).content(path)
    assert content in (None, b"in/images/a", b"in/files/b")


def test_a_file_that_goes_away_meanwhile_is_told_of(given: Make, tmp_path: Path) -> None:
    given("库/a.yaml", "phrases:\n  - {id: a, title: A, body: x, attachments: [images/p.png]}\n")
    picture = given("库/images/p.png", PNG)
    reading = recognise(tmp_path / "库")
    picture.unlink()
    with pytest.raises(ExchangeError) as refused:
        plan("库", reading, own=())
    assert (refused.value.fault, refused.value.name) == (ExchangeFault.NOT_READABLE, "images/p.png")


@pytest.mark.posix
def test_no_link_leads_out_of_the_folder_for_files(given: Make, tmp_path: Path) -> None:
    path = given("in/pack.yaml", "phrases:\n  - {id: a, title: A, body: x, attachments: [files/p.png]}\n")
    given("in/files/q.png", PNG)
    (tmp_path / "in/files/p.png").symlink_to(given("secret.png", b"secret"))
    assert planned(path).contents == {}
    assert planned(tmp_path / "in").contents == {}


def test_a_link_in_an_archive_is_no_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.yaml", "phrases:\n  - {id: a, title: A, body: x, attachments: [files/p.png]}\n")
        link = zipfile.ZipInfo("files/p.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    made = brought_in(out.getvalue())
    assert (told(made), made.contents) == ([("p.png", MISSING)], {})


@pytest.mark.parametrize(
    "path",
    ["../a.png", "/etc/a.png", "..\\a.png", "C:\\a.png", "c:a.png", "files/../../a.png", "\\\\host\\a.png"],
)
def test_no_archive_names_what_lies_outside(path: str) -> None:
    pack = f"phrases:\n  - id: a\n    title: A\n    body: x\n    attachments: [{json.dumps(path)}]\n"
    with pytest.raises(ExchangeError) as refused:
        brought_in(zipped({"a.yaml": pack, path: PNG}))
    assert refused.value.fault is ExchangeFault.OUTSIDE
    made = brought_in(zipped({"a.yaml": pack, "b.png": PNG}))
    assert [error.fault for error in made.errors] == [PackFault.OUTSIDE]


@pytest.mark.parametrize(
    ("name", "placed"), [("NUL.png", "_NUL.png"), ("con", "_con"), ("x.yaml", "x.yaml.txt"), (".env", "env")]
)
def test_no_name_is_a_device_or_a_pack(name: str, placed: str) -> None:
    pack = f"phrases:\n  - {{id: a, title: A, body: x, attachments: [{{file: files/{name}}}]}}\n"
    made = brought_in(zipped({"a.yaml": pack, f"files/{name}": PNG}))
    assert told(made) == [(placed, NEW)]
    assert [path.rpartition("/")[2] for path in made.contents] == [placed]


def test_names_are_found_in_either_spelling_of_their_letters() -> None:
    pack = "phrases:\n  - {id: a, title: A, body: x, attachments: [files/café.png]}\n"
    made = brought_in(zipped({"a.yaml": pack, "files/" + unicodedata.normalize("NFD", "café.png"): PNG}))
    assert told(made) == [("café.png", NEW)]


def test_a_picture_too_large_to_be_pasted_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shaping, "LARGEST_PICTURE", 4)
    pack = "phrases:\n  - {id: a, title: A, body: x, attachments: [files/p.png, files/q.pdf]}\n"
    made = brought_in(zipped({"a.yaml": pack, "files/p.png": b"12345", "files/q.pdf": b"12345"}))
    assert told(made) == [("q.pdf", NEW)]
    assert [note.fault for note in made.notes] == [RowFault.PICTURE_TOO_LARGE]


def test_a_phrase_of_nothing_but_a_picture_that_did_not_come_is_an_error() -> None:
    pack = "phrases:\n  - {id: a, title: A, attachments: [files/p.png]}\n"
    made = brought_in(zipped({"a.yaml": pack, "b.png": PNG}))
    assert (made.new, [error.fault for error in made.errors]) == ((), [RowFault.PICTURE_LEFT])


QUICKTEXT: dict[str, bytes | str] = {
    "index.json": json.dumps({"SchemaVersion": 1, "Categories": [{"Name": "售后", "File": "售后.json"}]}),
    "售后.json": json.dumps(
        [
            {"id": "a", "name": "尺码", "abbr": "cm", "body": "看图", "imagePath": "images\\a.png"},
            {"id": "b", "name": "图", "abbr": "t", "body": "", "imagePath": "C:\\QuickText\\images\\b.png"},
        ]
    ),
    "images/a.png": PNG,
    "images/b.png": b"another",
}


def test_quicktext_brings_its_pictures() -> None:
    made = brought_in(zipped(QUICKTEXT))
    assert [(each.title, each.body, attached(each)[0].kind) for each in made.new] == [
        ("尺码", "看图", IMAGE),
        ("图", "", IMAGE),
    ]
    assert [made.contents[attached(each)[0].path] for each in made.new] == [PNG, b"another"]


def test_what_the_agent_has_attached_since_stays(given: Make) -> None:
    (first, _) = brought_in(zipped(QUICKTEXT)).new
    picture, own = image(given("images/a.png", PNG)), image(given("files/own.png", b"own"))
    mine = replace(first, details=Details(attachments=(picture, own)))
    assert brought_in(zipped(QUICKTEXT), mine).same == (first.id,)
    changed = brought_in(zipped({**QUICKTEXT, "images/a.png": b"newer"}), mine)
    (change,) = changed.changed
    newer, kept = attached(change.after)
    assert (changed.contents[newer.path], kept) == (b"newer", own)


def test_a_table_in_a_folder_has_the_pictures_beside_it(given: Make, tmp_path: Path) -> None:
    given("out/话术.csv", "标题,内容,图片名\n尺码,看图,size.PNG\n无图,没有,none.png\n只有图,,only.jpg\n")
    given("out/pictures/size.png", PNG)
    given("out/only.jpg", b"jpg")
    made = planned(tmp_path / "out")
    assert [(each.title, len(attached(each))) for each in made.new] == [
        ("尺码", 1),
        ("无图", 0),
        ("只有图", 1),
    ]
    assert [note.detail for note in made.notes] == ["none.png"]


def test_espanso_brings_pictures_of_its_folder() -> None:
    match = 'matches:\n  - {trigger: ":cm", image_path: "$CONFIG/images/尺码.png"}\n'
    made = brought_in(zipped({"match/a.yml": match, "images/尺码.png": PNG}))
    (phrase,) = made.new
    assert (phrase.title, phrase.code, phrase.body) == ("尺码", "cm", "")
    assert list(made.contents.values()) == [PNG]


def test_of_two_files_of_one_name_the_path_tells_which_is_meant() -> None:
    match = 'matches:\n  - {trigger: ":cm", image_path: "$CONFIG/pictures/2/a.png"}\n'
    made = brought_in(zipped({"match/a.yml": match, "pictures/1/a.png": PNG, "pictures/2/a.png": b"other"}))
    assert list(made.contents.values()) == [b"other"]


def test_two_files_of_one_name_are_nobodys() -> None:
    match = 'matches:\n  - {trigger: ":a", replace: x}\n  - {trigger: ":cm", image_path: "/home/a.png"}\n'
    made = brought_in(zipped({"match/a.yml": match, "1/a.png": PNG, "2/a.png": b"other"}))
    assert [error.fault for error in made.errors] == [RowFault.PICTURE_LEFT]
