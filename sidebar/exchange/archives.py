"""The library as an archive: a pack with its pictures and files beside it, as it lies in a folder."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path

from sidebar.domain.file_names import places_for, usable_name
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Attachment
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.exchange.sources import UNPACKED
from sidebar.storage.pack_text import pack_text

_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
"""The same library gives the same archive."""
_PACKED = (".bmp", ".csv", ".doc", ".svg", ".txt", ".xls")
"""What is worth packing; pictures, and most else, are packed already."""


_MOST = UNPACKED * 9 // 10
"""Bytes of pictures and files; with the pack itself that is still read again."""


@dataclass(slots=True)
class Archive:
    """Made of phrases; `missing` are those with the names of files that are not where the phrases say."""

    name: str
    missing: list[tuple[Phrase, str]] = field(default_factory=list)
    _files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _places: dict[Attachment, str] = field(default_factory=dict)
    _size: int = 0

    def of(self, phrases: Sequence[Phrase]) -> bytes:
        """The whole archive; raises `ExchangeError` where it would be larger than what is read again."""
        named = [self._enclosing(phrase) for phrase in phrases]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            pack = pack_text(self.name, named, folder=Path())
            _write(archive, usable_name(f"{self.name}.zip").removesuffix(".zip") + ".yaml", pack.encode())
            for path, content in self._files.values():
                _write(archive, path, content)
        return out.getvalue()

    def _enclosing(self, phrase: Phrase) -> Phrase:
        """*phrase* with the paths that its pictures and files have in the archive."""
        details = phrase.details
        if details is None or not details.attachments:
            return phrase
        placed = tuple(replace(each, path=self._placed(phrase, each)) for each in details.attachments)
        return replace(phrase, details=replace(details, attachments=placed))

    def _placed(self, phrase: Phrase, attachment: Attachment) -> str:
        known = self._places.get(attachment)
        if known is not None:
            return known
        try:
            content = self._content(Path(attachment.path))
        except OSError:
            # named all the same, so that a library that still has it keeps it
            name = usable_name(attachment.path)
            self.missing.append((phrase, name))
            return f"missing/{name}"
        for place in places_for(attachment):
            # names that differ in case alone are one on some systems
            if self._files.setdefault(place.casefold(), (place, content)) == (place, content):
                self._places[attachment] = place
                return place
        raise AssertionError("numbers do not end")

    def _content(self, path: Path) -> bytes:
        self._size += path.stat().st_size
        if self._size > _MOST:
            most = f"{_MOST // 1_000_000} MB"
            raise ExchangeError(
                f"The pictures and files come to more than {most}; export --own, or as yaml, without them.",
                fault=ExchangeFault.TOO_LARGE,
                name=self.name,
                detail=most,
            )
        return path.read_bytes()


def _write(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    member = zipfile.ZipInfo(path, _MIDNIGHT)
    packed = path.lower().endswith((".yaml", *_PACKED))
    member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    member.external_attr = 0o644 << 16
    archive.writestr(member, content)
