"""Pictures and files on their way into the phrases' folder: copied once, never over another."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sidebar.domain.edits import Edit
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.enclosed_files import bring_in
from sidebar.storage.packs import load_packs
from sidebar.storage.phrase_store import PhraseStore

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "phrases"
    made.mkdir()
    return made


def file(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / "elsewhere" / str(len(content)) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def picture(path: Path, *, before: bool = False) -> Attachment:
    return Attachment(path=str(path), kind=AttachmentKind.IMAGE, before=before)


def enclosing(*attachments: Attachment) -> Phrase:
    return Phrase(id=PhraseId("p"), title="P", body="p", details=Details(attachments=attachments))


def paths(phrase: Phrase) -> list[Path]:
    assert phrase.details is not None
    return [Path(each.path) for each in phrase.details.attachments]


def test_what_lies_elsewhere_is_copied_and_what_is_there_stays(tmp_path: Path, folder: Path) -> None:
    there = folder / "sizes" / "M.png"
    there.parent.mkdir()
    there.write_bytes(b"m")
    form = Attachment(path=str(file(tmp_path, "退货单.pdf", b"%PDF")), kind=AttachmentKind.FILE)
    made = bring_in(enclosing(picture(there), picture(file(tmp_path, "尺码.png", b"a")), form), folder)
    assert paths(made) == [there, folder / "images" / "尺码.png", folder / "files" / "退货单.pdf"]
    assert paths(made)[2].read_bytes() == b"%PDF"
    assert bring_in(made, folder) is made


def test_another_of_that_name_is_not_written_over_and_the_same_serves_twice(
    tmp_path: Path, folder: Path
) -> None:
    one, other = file(tmp_path, "尺码.png", b"a"), file(tmp_path, "尺码.png", b"bb")
    first = bring_in(enclosing(picture(one)), folder)
    assert paths(bring_in(enclosing(picture(other), picture(one)), folder)) == [
        folder / "images" / "2" / "尺码.png",
        *paths(first),
    ]
    assert paths(bring_in(enclosing(picture(other)), folder)) == [folder / "images" / "2" / "尺码.png"]
    assert sorted(path.name for path in (folder / "images").iterdir()) == ["2", "尺码.png"]


def test_what_has_gone_meanwhile_is_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ExchangeError) as caught:
        bring_in(enclosing(picture(tmp_path / "gone.png")), folder)
    assert (caught.value.fault, caught.value.name) == (ExchangeFault.NOT_READABLE, "gone.png")
    assert list(folder.iterdir()) == []


def test_a_phrase_is_saved_with_pictures_from_anywhere(tmp_path: Path, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "b.yaml").write_text("phrases:\n  - {id: p, title: P, body: p}\n", encoding="utf-8")
    store = PhraseStore(folder, state=tmp_path / "editor", shipped=[], name=lambda: "Edited")
    plain = replace(enclosing(), details=None)
    after = enclosing(picture(file(tmp_path, "尺码.png", b"a"), before=True))
    assert store.change([Edit(before=plain, after=after)], title="", at=NOW).outdated == ()
    assert (
        "attachments: [{image: images/尺码.png}, text]"
        in (folder / "more" / "b.yaml").read_text(encoding="utf-8").splitlines()[-1]
    )
    (pack,) = load_packs(own=[folder]).packs
    assert paths(pack.phrases[0]) == [folder / "more" / "images" / "尺码.png"]
    store.undo()
    (pack,) = load_packs(own=[folder]).packs
    assert pack.phrases == (plain,)


def test_a_shipped_phrase_keeps_its_pictures_as_ones_own(tmp_path: Path, folder: Path) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "尺码.png").write_bytes(b"a")
    (shipped / "s.yaml").write_text(
        "phrases:\n  - {id: s, title: S, body: s, attachments: [尺码.png]}\n", encoding="utf-8"
    )
    store = PhraseStore(folder, state=tmp_path / "editor", shipped=[shipped], name=lambda: "Edited")
    (before,) = load_packs(shipped=[shipped]).packs[0].phrases
    store.change([Edit(before=before, after=replace(before, body="t"))], title="", at=NOW)
    (pack,) = load_packs(own=[folder]).packs
    assert paths(pack.phrases[0]) == [folder / "images" / "尺码.png"]
