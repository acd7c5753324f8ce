"""Damaged and hostile files: one clear error, or the rows that can be read; never a traceback."""

import io
import plistlib
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault, RowFault
from sidebar.exchange import sources, tables
from sidebar.exchange.plans import Plan, plan
from sidebar.exchange.recognition import of_content, recognise
from tests.exchange.answers import ANSWERS
from tests.exchange.conftest import GOLDEN, planned

Make = Callable[[str, bytes | str], Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENTS = {name: (GOLDEN / name).read_bytes() for name in ANSWERS}
_CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempted(content: bytes) -> Plan | ExchangeError:
    """What comes of *content*; anything but a plan or the one kind of error fails the test."""
    try:
        return plan("file", of_content("file", content), own=())
    except ExchangeError as error:
        outcome = error
    assert "\n" not in str(outcome)
    assert str(outcome).endswith(".")
    return outcome


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _overwritten(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.randint(1, 64)) + content[at + 16 :]


def _repeated(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    return content[:end] + content[start:]


def _recoded(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "gb18030", "big5", "latin-1", "utf-32"]), "replace")


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """One part of an archive damaged, so that the archive itself is sound."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return _flipped(content, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        victim = chance.choice([name for name in old.namelist() if old.getinfo(name).file_size])
        for name in old.namelist():
            part = old.read(name)
            damage = chance.choice([_flipped, _cut, _overwritten, _repeated])
            new.writestr(name, damage(part, chance) if name == victim else part)
    return out.getvalue()


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("damage", [_cut, _flipped, _overwritten, _repeated, _recoded, _repacked])
@_CALM
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused(
    name: str, damage: Callable[[bytes, random.Random], bytes], seed: int
) -> None:
    attempted(damage(CONTENTS[name], random.Random(seed)))


@settings(deadline=None)
@given(content=st.binary(max_size=400))
@example(b"{")
@example(b"[[[[")
@example(b"[1]")
@example(b"phrases: 3")
@example(b"matches:\n - 3\n")
@example(b"<?xml version='1.0'?><plist><dict/></plist>")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + bytes(18))
@example(OLE)
@example(b"bplist00")
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
def test_random_bytes_are_refused_or_read(content: bytes) -> None:
    attempted(content)


@pytest.mark.parametrize("head", [b"PK\x03\x04", OLE, b"bplist00", b'{"combos":['])
@_CALM
@given(rest=st.binary(max_size=300))
def test_garbage_behind_a_good_beginning_is_refused(head: bytes, rest: bytes) -> None:
    assert isinstance(attempted(head + rest), ExchangeError)


@pytest.mark.parametrize(
    "document",
    [
        '{"combos": [3, null, {"snippet": 5}, {}]}',
        '[{"short_code": 1, "content": null}, 4]',
        '[{"actions": [{"field": null, "value": {}}]}]',
        '[{"actions": [{"arguments": []}, 3]}, {"actions": 7}]',
        '[{"abbr": [], "body": {}}, "x"]',
        '{"alfredsnippet": {"snippet": [1]}}',
        '{"a": {"b": []}, "c": [[]]}',
    ],
)
def test_values_of_the_wrong_kind_cost_their_row(document: str) -> None:
    outcome = attempted(document.encode())
    assert isinstance(outcome, ExchangeError) or not outcome.new


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _workbook(part: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(CONTENTS["team.xlsx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip(parts | {part: content})


def _fault(content: bytes) -> ExchangeFault:
    outcome = attempted(content)
    assert isinstance(outcome, ExchangeError), outcome
    return outcome.fault


def test_an_archive_that_unfolds_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "UNPACKED", 1_000_000)
    assert _fault(_zip({"index.json": b" " * 1_000_001})) is ExchangeFault.BOMB
    assert _fault(_workbook("xl/worksheets/sheet1.xml", b" " * 1_000_001)) is ExchangeFault.BOMB


@pytest.mark.parametrize(
    "name", ["../index.json", "/etc/index.json", "a/../../b.json", "C:\\x.json", "..\\x.json"]
)
def test_an_archive_that_names_files_outside_itself_is_refused(name: str) -> None:
    assert _fault(_zip({name: b"{}"})) is ExchangeFault.OUTSIDE


def test_entities_are_refused_before_they_unfold() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</worksheet>'
    )
    assert _fault(_workbook("xl/worksheets/sheet1.xml", bomb)) is ExchangeFault.ENTITIES
    plist = plistlib.dumps([{"phrase": "x", "shortcut": "y"}])
    with_entity = plist.replace(b"<plist", b'<!DOCTYPE p [<!ENTITY a "ha">]><plist', 1)
    with_entity = with_entity.replace(b"<!DOCTYPE plist PUBLIC", b"<!-- ", 1).replace(b'.dtd">', b"-->", 1)
    assert _fault(with_entity) in {ExchangeFault.ENTITIES, ExchangeFault.DAMAGED}


def test_yaml_that_refers_to_itself_is_refused() -> None:
    assert _fault(b"matches: &a\n  - replace: *a\n") is ExchangeFault.ALIAS
    assert _fault(b"phrases: " + b"[" * 5000) is ExchangeFault.DAMAGED


def test_a_locked_archive_is_told_of_as_such() -> None:
    encrypted = bytearray(_zip({"index.json": b"{}"}))
    encrypted[6] |= 1
    directory = encrypted.index(b"PK\x01\x02")
    encrypted[directory + 8] |= 1
    assert _fault(bytes(encrypted)) is ExchangeFault.LOCKED


def test_a_huge_cell_costs_its_row(given: Make) -> None:
    path = given("a.csv", "标题,内容\n大," + "长" * 40_000 + "\n小,短\n")
    made = planned(path)
    assert [phrase.body for phrase in made.new] == ["短"]
    assert [(error.row, error.fault) for error in made.errors] == [(2, RowFault.TOO_LONG)]


def test_absurd_numbers_of_rows_are_refused(given: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    path = given("a.csv", "标题,内容\n" + "a,b\n" * 11)
    with pytest.raises(ExchangeError) as refused:
        planned(path)
    assert refused.value.fault is ExchangeFault.TOO_MANY


def test_a_workbook_that_claims_to_be_endless_is_read_as_far_as_it_goes() -> None:
    with zipfile.ZipFile(io.BytesIO(CONTENTS["team.xlsx"])) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    claims = sheet.replace(b"A1:E4", b"A1:XFD1048576")
    assert claims != sheet
    outcome = attempted(_workbook("xl/worksheets/sheet1.xml", claims))
    assert isinstance(outcome, Plan)
    assert len(outcome.new) == 2


def test_a_file_too_large_is_not_even_read(given: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 10)
    path = given("a.csv", "标题,内容\na,b\n")
    with pytest.raises(ExchangeError) as refused:
        recognise(path)
    assert refused.value.fault is ExchangeFault.TOO_LARGE


def test_control_characters_do_not_come_in(given: Make) -> None:
    (made,) = planned(given("a.csv", '标题,内容\n"a\x07b","c\x00d\r\ne\x1bf"\n'.replace("\x00", ""))).new
    assert (made.title, made.body) == ("ab", "cd\nef")


@pytest.mark.posix
def test_links_out_of_a_folder_are_not_followed(given: Make, tmp_path: Path) -> None:
    secret = given("secret.txt", "a secret")
    given("keys/a.json", '{"type": "phrase", "description": "a", "modes": []}')
    (tmp_path / "keys" / "a.txt").symlink_to(secret)
    made = planned(tmp_path / "keys")
    assert made.new == ()
    assert [error.fault for error in made.errors] == [RowFault.NOT_READABLE]


def test_what_would_run_is_never_taken_over() -> None:
    """No phrase of any golden file has a script's own words in it."""
    words = ("curl", "powershell", "Run(", "<script", "MsgBox", "import os")
    made: list[Phrase] = [phrase for name in ANSWERS for phrase in planned(GOLDEN / name).new]
    assert not [phrase.title for phrase in made if any(word in phrase.body for word in words)]


def _own_archive() -> bytes:
    pack = "phrases:\n  - {id: a, title: A, body: x, attachments: [files/p.png, text, files/说明.pdf]}\n"
    return _zip({"库.yaml": pack.encode(), "files/p.png": b"\x89PNG" * 20, "files/说明.pdf": b"%PDF" * 20})


@pytest.mark.parametrize("damage", [_cut, _flipped, _overwritten, _repeated, _repacked])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_a_damaged_archive_of_ours_is_read_or_refused(
    damage: Callable[[bytes, random.Random], bytes], seed: int
) -> None:
    outcome = attempted(damage(_own_archive(), random.Random(seed)))
    if isinstance(outcome, Plan):
        places = {path.partition("/")[2] for path in outcome.contents}
        assert not [name for name in places if "/" in name or name in ("", ".", "..")]


def test_an_archive_that_unfolds_into_more_than_it_says_is_refused() -> None:
    content = bytearray(_own_archive())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    outcome = attempted(bytes(content))
    assert isinstance(outcome, ExchangeError)
    assert outcome.fault is ExchangeFault.DAMAGED
