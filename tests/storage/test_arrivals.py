"""Pictures and files that an import puts beside the packs, and takes away again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage import enclosed_files, rewriting
from sidebar.storage.imports import ImportStore
from sidebar.storage.packs import load_packs
from sidebar.storage.replacing import replace_bytes, replace_text

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def phrase(name: str, *paths: str, body: str = "看图") -> Phrase:
    attached = tuple(Attachment(path=path, kind=AttachmentKind.IMAGE) for path in paths)
    return Phrase(id=PhraseId(name), title=name, body=body, details=Details(attachments=attached))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "phrases"
    folder.mkdir()
    return folder


@pytest.fixture
def store(folder: Path) -> ImportStore:
    return ImportStore(folder, folder.parent / "records")


def bring_in(
    store: ImportStore,
    *new: Phrase,
    contents: Mapping[str, bytes],
    changed: tuple[Phrase, ...] = (),
    minute: int = 0,
) -> None:
    store.bring_in(
        "库",
        new=new,
        changed={each.id: each for each in changed},
        at=NOW + timedelta(minutes=minute),
        contents=contents,
    )


def files(folder: Path) -> dict[str, bytes]:
    """What lies in *folder* but the packs."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".yaml")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def attached(folder: Path) -> dict[str, list[bytes]]:
    """What each phrase of the library has."""
    loaded = load_packs(own=[folder])
    assert loaded.problems == ()
    return {
        each.id: [Path(one.path).read_bytes() for one in each.details.attachments]
        for pack in loaded.packs
        for each in pack.phrases
        if each.details is not None
    }


def test_what_comes_along_lies_beside_the_pack_by_its_name_and_content(
    store: ImportStore, folder: Path
) -> None:
    new = phrase("a", "1/尺码.png", "2/尺码.png"), phrase("b", "3/尺码.png"), phrase("c", "4/尺码.PNG")
    bring_in(
        store,
        *new,
        contents={"1/尺码.png": b"1", "2/尺码.png": b"2", "3/尺码.png": b"1", "4/尺码.PNG": b"4"},
    )
    assert files(folder) == {"images/尺码.png": b"1", "images/2/尺码.png": b"2", "images/3/尺码.PNG": b"4"}
    assert attached(folder) == {"a": [b"1", b"2"], "b": [b"1"], "c": [b"4"]}


def test_nothing_that_lies_there_is_overwritten(store: ImportStore, folder: Path) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "a.png").write_bytes(b"the user's own")
    bring_in(store, phrase("a", "x/a.png"), contents={"x/a.png": b"new"})
    assert files(folder) == {"images/a.png": b"the user's own", "images/2/a.png": b"new"}
    store.take_back()
    assert files(folder) == {"images/a.png": b"the user's own"}


def test_a_phrase_changed_in_a_pack_elsewhere_has_its_files_beside_that_one(
    store: ImportStore, folder: Path
) -> None:
    (folder / "team").mkdir()
    pack = folder / "team" / "pack.yaml"
    pack.write_text("phrases:\n  - {id: a, title: a, body: 看图}\n", encoding="utf-8")
    bring_in(store, changed=(phrase("a", "x/a.png"),), contents={"x/a.png": b"1"})
    assert files(folder) == {"team/images/a.png": b"1"}
    assert "images/a.png" in pack.read_text(encoding="utf-8")


def test_a_shipped_phrase_that_becomes_the_users_own_keeps_its_picture(
    store: ImportStore, folder: Path, tmp_path: Path
) -> None:
    shipped = tmp_path / "shipped.png"
    shipped.write_bytes(b"1")
    bring_in(store, changed=(phrase("a", str(shipped), str(tmp_path / "none.png")),), contents={})
    assert attached(folder) == {"a": [b"1"]}


def test_one_undo_takes_them_away_and_the_folders_made_for_them(store: ImportStore, folder: Path) -> None:
    bring_in(store, phrase("a", "x/a.png"), contents={"x/a.png": b"1"})
    bring_in(store, phrase("b", "x/a.png", "y/a.png"), contents={"x/a.png": b"1", "y/a.png": b"2"}, minute=1)
    assert files(folder) == {"images/a.png": b"1", "images/2/a.png": b"2"}
    store.take_back()
    assert files(folder) == {"images/a.png": b"1"}
    assert not (folder / "images" / "2").exists()
    store.take_back()
    assert list(folder.iterdir()) == []


def test_an_undo_leaves_what_was_drawn_over_and_what_is_used_elsewhere(
    store: ImportStore, folder: Path
) -> None:
    new = phrase("a", "x/a.png", "x/b.png", "x/c.png")
    bring_in(store, new, contents={"x/a.png": b"1", "x/b.png": b"2", "x/c.png": b"3"})
    (folder / "images" / "a.png").write_bytes(b"drawn over")
    mine = "phrases:\n  - {id: m, title: m, body: x, attachments: ['images\\b.png']}\n"
    (folder / "mine.yaml").write_text(mine, encoding="utf-8")
    store.take_back()
    assert files(folder) == {"images/a.png": b"drawn over", "images/b.png": b"2"}


def test_records_of_before_are_taken_back_as_ever(store: ImportStore, folder: Path) -> None:
    bring_in(store, phrase("a"), contents={})
    (record,) = (folder.parent / "records").iterdir()
    text = record.read_text(encoding="utf-8")
    assert ', "attached": {}' in text
    record.write_text(text.replace(', "attached": {}', ""), encoding="utf-8")
    assert store.take_back().phrases == 1


def test_a_disk_that_fills_up_on_the_way_leaves_nothing(
    store: ImportStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        if path.name == "b.png":
            raise OSError(28, "No space left on device", str(path))
        replace_bytes(path, content)

    monkeypatch.setattr(enclosed_files, "replace_bytes", full)
    with pytest.raises(ExchangeError) as refused:
        bring_in(store, phrase("a", "x/a.png", "x/b.png"), contents={"x/a.png": b"1", "x/b.png": b"2"})
    assert refused.value.fault is ExchangeFault.NOT_WRITTEN
    assert list(folder.iterdir()) == []
    assert not store.can_take_back


def test_a_pack_that_cannot_be_written_takes_its_files_along(
    store: ImportStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, text: str) -> None:
        if path.suffix == ".yaml":
            raise OSError(5, "Input/output error", str(path))
        replace_text(path, text)

    monkeypatch.setattr(rewriting, "replace_text", broken)
    with pytest.raises(ExchangeError):
        bring_in(store, phrase("a", "x/a.png"), contents={"x/a.png": b"1"})
    assert list(folder.iterdir()) == []


def test_a_stop_before_the_packs_are_written_is_cleared_up_by_the_undo(
    store: ImportStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(path: Path, text: str) -> None:
        if path.suffix == ".yaml":
            raise Killed
        replace_text(path, text)

    monkeypatch.setattr(rewriting, "replace_text", killed)
    with pytest.raises(Killed):
        bring_in(store, phrase("a", "x/a.png"), contents={"x/a.png": b"1"})
    monkeypatch.undo()
    assert files(folder) == {"images/a.png": b"1"}
    assert store.take_back().phrases == 0
    assert list(folder.iterdir()) == []
