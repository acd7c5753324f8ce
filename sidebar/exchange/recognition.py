"""Which format a file is in, by its content; names and endings count for nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

from sidebar.errors import ExchangeFault
from sidebar.exchange import sources
from sidebar.exchange.drafts import Reading
from sidebar.exchange.enclosed import Files
from sidebar.exchange.refusals import refusal
from sidebar.exchange.sources import Bundle, Source, open_source

_JSON = ("expanders", "quicktext", "help_desks")
_PACKED = ("own_packs", "quicktext", "autokey", "expanders", "espanso")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"bplist")


def recognise(path: Path) -> Reading:
    """How the file or folder *path* is read; raises `ExchangeError` where nobody knows."""
    return _of(open_source(path))


def of_content(name: str, content: bytes) -> Reading:
    """How *content*, that of a file called *name*, is read; raises `ExchangeError` where nobody knows."""
    return _of(sources.of_content(name, content))


def _of(source: Source | Bundle) -> Reading:
    reading = _of_bundle(source) if isinstance(source, Bundle) else of_source(source)
    if reading is None:
        raise refusal(source.name, ExchangeFault.UNKNOWN_FORMAT)
    return reading


def of_source(source: Source) -> Reading | None:
    """How *source* is read, None where nobody knows; raises `ExchangeError` for a damaged one."""
    if source.content.startswith(_BINARY):
        return _first(
            ("expanders", "sheets") if source.content.startswith(b"bplist") else ("sheets",), source
        )
    start = source.text.lstrip()
    if start.startswith(("{", "[")) and source.json is not None:
        return _first(_JSON, source)
    if start.startswith("<"):
        return _first(("expanders",), source)
    return _first(("own_packs", "espanso", "autohotkey", "sheets"), source)


def _of_bundle(bundle: Bundle) -> Reading | None:
    """A folder or archive; one with a single file in it, but for pictures, is that file with these."""
    reading = _first(_PACKED, bundle, "recognise_bundle")
    if reading is not None:
        return reading
    written = [source for path, source in bundle.files.items() if not path.lower().endswith(_PICTURES)]
    alone = of_source(written[0]) if len(written) == 1 else None
    return alone and replace(alone, files=Files(bundle.files))


def _first(modules: Sequence[str], source: Source | Bundle, name: str = "recognise") -> Reading | None:
    """The answer of the first reader that knows *source*; the others are not even imported."""
    for module in modules:
        ask = cast(
            "Callable[[Source | Bundle], Reading | None]",
            getattr(import_module(f"sidebar.exchange.{module}"), name),
        )
        reading = ask(source)
        if reading is not None:
            return reading
    return None
