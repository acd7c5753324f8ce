"""Bringing phrases in and handing them out from the command line."""

from pathlib import Path

import pytest

from tests.commands.conftest import Ask

SHEET = "标题,内容,快捷编码,分组\r\n开场,您好,kc,售前\r\n退款,,tk,售后\r\n发货,今天发,fh,售后=>发货\r\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.csv"
    path.write_bytes(SHEET.encode("gb18030"))
    return path


@pytest.fixture(autouse=True)
def only_own(shop: Path) -> None:
    shop.mkdir(parents=True)
    (shop / "settings.toml").write_text("shipped_phrases = false\n", encoding="utf-8")


def test_a_dry_run_tells_and_writes_nothing(tell: Ask, shop: Path, sheet: Path) -> None:
    answer = tell("phrases", "import", sheet, "--dry-run", "--json").document
    assert answer == {
        "format": "table",
        "encoding": "gb18030",
        "new": 2,
        "changed": 0,
        "same": 0,
        "errors": [{"row": 3, "reason": "there is no text"}],
        "notes": [],
        "files": [],
    }
    assert {path.name for path in shop.iterdir()} == {"settings.toml"}


def test_an_import_twice_changes_nothing(ask: Ask, tell: Ask, shop: Path, sheet: Path) -> None:
    answer = ask("phrases", "import", sheet)
    assert answer.status == 0
    assert answer.out == "table in gb18030: new 2, changed 0, same 0, errors 1\n"
    assert answer.err == "row 3: there is no text\n"
    files = {path: path.read_bytes() for path in (shop / "phrases").iterdir()}
    assert [path.name for path in files] == ["import-sheet.yaml"]
    again = tell("phrases", "import", sheet, "--json").document
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    assert {path: path.read_bytes() for path in (shop / "phrases").iterdir()} == files
    listed = tell("phrases", "list", "--json").document
    assert [(phrase["title"], phrase["group"]) for phrase in listed] == [
        ("开场", ["售前"]),
        ("发货", ["售后", "发货"]),
    ]


def test_one_undo_takes_an_import_back(ask: Ask, tell: Ask, shop: Path, sheet: Path) -> None:
    tell("phrases", "import", sheet, "--json")
    sheet.write_bytes(SHEET.replace("今天发", "明天发").encode("gb18030"))
    assert tell("phrases", "import", sheet, "--json").document["changed"] == 1
    assert tell("phrases", "import", "--undo", "--json").document == {
        "name": "sheet",
        "phrases": 1,
        "kept": 0,
    }
    assert [phrase["body"] for phrase in tell("phrases", "list", "--json").document] == ["您好", "今天发"]
    assert "taken back: 2 phrases" in tell("phrases", "import", "--undo").out
    assert list((shop / "phrases").iterdir()) == []
    answer = ask("phrases", "import", "--undo")
    assert (answer.status, answer.err) == (1, "sidebar: There is no import to take back.\n")


@pytest.mark.parametrize("name", ["out.zip", "out.xlsx", "out.csv", "out.yaml", "out.espanso"])
def test_what_was_handed_out_is_the_same_again(tell: Ask, tmp_path: Path, sheet: Path, name: str) -> None:
    tell("phrases", "import", sheet, "--json")
    out = tmp_path / name
    format = ["--format", "espanso"] if name.endswith("espanso") else []
    assert tell("phrases", "export", out, *format).out == f"2 phrases written to {out}\n"
    answer = tell("phrases", "import", out, "--json").document
    assert (answer["new"], answer["changed"], answer["same"]) == (0, 0, 2)


def test_the_own_phrases_alone_are_handed_out(tell: Ask, shop: Path, tmp_path: Path, sheet: Path) -> None:
    (shop / "settings.toml").write_text("shipped_phrases = true\n", encoding="utf-8")
    tell("phrases", "import", sheet, "--json")
    assert tell("phrases", "export", tmp_path / "a.csv", "--own").out.startswith("2 phrases")
    whole = tell("phrases", "export", tmp_path / "b.csv").out
    assert int(whole.split()[0]) > 100


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"hello there, this is a letter and no table\n", "in no format that can be read"),
        (b"PK\x03\x04 not really", "is damaged or cut short"),
        (b"\xff\xff\xff\xff\x00\x01", "is not text in UTF-8, UTF-16 or GB18030"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(
    ask: Ask, shop: Path, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "thing.xlsx"
    path.write_bytes(content)
    answer = ask("phrases", "import", path)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert sentence in answer.err
    assert not (shop / "phrases").exists()


@pytest.mark.parametrize(
    "damage", [b"PK\x03\x04", b"\x00\xff", b'{"combos": [', b"matches: [", b"\xd0\xcf\x11\xe0"]
)
def test_a_damaged_file_leaves_the_library_as_it_was(
    ask: Ask, tell: Ask, shop: Path, tmp_path: Path, sheet: Path, damage: bytes
) -> None:
    tell("phrases", "import", sheet, "--json")
    before = {path: path.read_bytes() for path in shop.rglob("*.*") if path.suffix != ".log"}
    path = tmp_path / "damaged"
    path.write_bytes(damage + sheet.read_bytes())
    answer = ask("phrases", "import", path, "--json")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("sidebar: damaged ")
    assert {path: path.read_bytes() for path in shop.rglob("*.*") if path.suffix != ".log"} == before


def test_a_file_that_is_not_there_is_told_of(ask: Ask, tmp_path: Path) -> None:
    answer = ask("phrases", "import", tmp_path / "none.csv")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "sidebar: none.csv cannot be read (there is no such file).\n"


def test_an_ending_that_names_no_format_asks_for_one(ask: Ask, tmp_path: Path) -> None:
    answer = ask("phrases", "export", tmp_path / "out.txt")
    assert (answer.status, answer.out) == (1, "")
    assert "give --format" in answer.err


def test_a_place_that_cannot_be_written_is_told_of(ask: Ask, tmp_path: Path) -> None:
    answer = ask("phrases", "export", tmp_path / "no" / "out.csv")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(f"sidebar: {tmp_path / 'no' / 'out.csv'} cannot be written (")
    assert answer.err.count("\n") == 1


PICTURED = """\
phrases:
  - {id: m.size, title: 尺码表, body: 尺码看图, attachments: [尺码.png, text, guide.pdf]}
"""


@pytest.fixture
def pictured(shop: Path) -> Path:
    """The shop's own pack, with a picture and a file."""
    (shop / "phrases").mkdir()
    (shop / "phrases" / "尺码.png").write_bytes(b"\x89PNG a picture")
    (shop / "phrases" / "guide.pdf").write_bytes(b"%PDF a guide")
    pack = shop / "phrases" / "mine.yaml"
    pack.write_text(PICTURED, encoding="utf-8")
    return pack


def test_pictures_and_files_travel_in_a_zip(tell: Ask, shop: Path, tmp_path: Path, pictured: Path) -> None:
    out = tmp_path / "库.zip"
    assert tell("phrases", "export", out).out == f"1 phrases written to {out}\n"
    assert tell("phrases", "import", out, "--json").document["same"] == 1
    for path in list((shop / "phrases").iterdir()):
        path.unlink()
    assert tell("phrases", "import", out, "--dry-run").lines == (
        "row 3: 尺码.png new",
        "row 3: guide.pdf new",
        "sidebar in utf-8: new 1, changed 0, same 0, errors 0",
        "pictures and files: new 2",
        "Nothing was written; without --dry-run it is.",
    )
    assert not pictured.exists()
    assert tell("phrases", "import", out, "--json").document["files"] == [
        {"row": 3, "name": "尺码.png", "state": "new"},
        {"row": 3, "name": "guide.pdf", "state": "new"},
    ]
    brought = {path.name: path.read_bytes() for path in (shop / "phrases").glob("*/*")}
    assert brought == {"尺码.png": b"\x89PNG a picture", "guide.pdf": b"%PDF a guide"}
    tell("phrases", "import", "--undo")
    assert list((shop / "phrases").iterdir()) == []


def test_what_an_export_leaves_out_is_named(ask: Ask, tmp_path: Path, pictured: Path) -> None:
    answer = ask("phrases", "export", tmp_path / "out.csv")
    assert (answer.status, answer.out) == (0, f"1 phrases written to {tmp_path / 'out.csv'}\n")
    assert answer.err.splitlines() == [
        "m.size: the picture or file 尺码.png is not in it; --format zip takes it along",
        "m.size: the picture or file guide.pdf is not in it; --format zip takes it along",
    ]
    pictured.with_name("guide.pdf").unlink()
    answer = ask("phrases", "export", tmp_path / "out.zip")
    assert answer.err.splitlines()[-1] == "m.size: the picture or file guide.pdf is not there any more"
