"""Pictures and files are read off the GUI thread and made ready for other programs."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtGui import QColor, QImage

from sidebar.domain.enclosures import Enclosure
from sidebar.domain.phrase_details import Attachment, AttachmentKind
from sidebar.errors import UserError
from sidebar.qt import enclosing
from sidebar.qt.enclosing import FileEnclosures

T = TypeVar("T")


class AtOnce:
    def run(
        self, operation: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        del failed
        done(operation())


def image(path: Path) -> Attachment:
    picture = QImage(3, 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("#102030"))
    assert picture.save(str(path))
    return Attachment(path=str(path), kind=AttachmentKind.IMAGE, before=True)


def load(*attachments: Attachment, dibs: bool = False) -> tuple[tuple[Enclosure, ...], tuple[str, ...]]:
    done: list[tuple[Enclosure, ...]] = []
    missing: list[tuple[str, ...]] = []
    FileEnclosures(AtOnce(), dibs=dibs).load(attachments, done=done.append, missing=missing.append)
    assert len(done) + len(missing) == 1
    return (done or [()])[0], (missing or [()])[0]


def test_a_png_goes_as_it_is_and_others_become_one(tmp_path: Path) -> None:
    wanted = [image(tmp_path / name) for name in ("尺码.png", "b.bmp")]
    (first, second), missing = load(*wanted)
    assert missing == ()
    assert (first.name, first.before, first.png) == ("尺码.png", True, Path(wanted[0].path).read_bytes())
    assert QImage.fromData(second.png).pixelColor(2, 1) == QColor("#102030")
    assert first.dib == b""


def test_windows_is_given_its_own_form_as_well(tmp_path: Path) -> None:
    ((enclosure,), _) = load(image(tmp_path / "a.png"), dibs=True)
    size, width, height = struct.unpack_from("<Iii", enclosure.dib)
    assert (size, width, abs(height)) == (40, 3, 2)


def test_a_file_goes_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "退货单.pdf"
    path.write_bytes(b"%PDF")
    ((enclosure,), _) = load(Attachment(path=str(path), kind=AttachmentKind.FILE))
    assert enclosure == Enclosure(name="退货单.pdf", path=str(path))


def test_what_is_gone_broken_or_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = image(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\nhalf")
    broken = Attachment(path=str(tmp_path / "b.png"), kind=AttachmentKind.IMAGE)
    gone = Attachment(path=str(tmp_path / "c.pdf"), kind=AttachmentKind.FILE)
    assert load(whole, broken, gone) == ((), ("b.png", "c.pdf"))
    monkeypatch.setattr(enclosing, "LARGEST", 10)
    assert load(whole) == ((), ("a.png",))
