"""NSPasteboard: reading item by item, promising a text, writing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import objc
from AppKit import NSPasteboard, NSPasteboardItem
from Foundation import NSData, NSObject

from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import PasteboardItem
from sidebar.ports import Scheduler

_SOON = timedelta(0)
_PROVIDER = objc.protocolNamed("NSPasteboardItemDataProvider")


class ShopSidebarPromise(NSObject, protocols=[_PROVIDER]):  # type: ignore[misc, call-arg]
    """A content that is handed over when somebody asks for it, by kind."""

    def initWithContent_fetched_(self, content: Mapping[str, bytes], fetched: Callable[[], object]) -> Any:  # noqa: N802
        made = objc.super(ShopSidebarPromise, self).init()
        if made is not None:
            made.content, made.fetched = content, fetched
        return made

    def pasteboard_item_provideDataForType_(self, pasteboard: object, item: Any, kind: str) -> None:  # noqa: N802
        del pasteboard
        data = self.content[str(kind)]
        item.setData_forType_(NSData.dataWithBytes_length_(data, len(data)), kind)
        self.fetched()


class _Item:
    def __init__(self, item: Any) -> None:
        self._item = item

    @property
    def kinds(self) -> Sequence[str]:
        return tuple(str(kind) for kind in self._item.types())

    def read(self, kind: str) -> bytes | None:
        data = self._item.dataForType_(kind)
        return None if data is None else bytes(data)


class NativePasteboard:
    """Implements `bridge.Pasteboard` with the general pasteboard."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._board = NSPasteboard.generalPasteboard()
        self._promised: Any = None

    def count(self) -> int:
        return int(self._board.changeCount())

    def access(self) -> int | None:
        if not self._board.respondsToSelector_("accessBehavior"):
            return None
        return int(self._board.accessBehavior())

    def items(self) -> Sequence[PasteboardItem]:
        return tuple(_Item(item) for item in self._board.pasteboardItems() or ())

    def kinds(self) -> Sequence[str]:
        return tuple(str(kind) for kind in self._board.types() or ())

    def promise(
        self, content: Mapping[str, bytes], marks: Sequence[str], fetched: Callable[[], None]
    ) -> bool:
        """On this machine only: another device of the user's would be sent it, and fetch it at once."""
        # Kept, as the pasteboard does not keep who promised.
        self._promised = ShopSidebarPromise.alloc().initWithContent_fetched_(
            dict(content), lambda: self._scheduler.call_later(_SOON, fetched)
        )
        item = NSPasteboardItem.alloc().init()
        put = item.setDataProvider_forTypes_(self._promised, list(content))
        for mark in marks:
            put = item.setData_forType_(NSData.data(), mark) and put
        self._board.prepareForNewContentsWithOptions_(constants.PASTEBOARD_CONTENTS_CURRENT_HOST_ONLY)
        return bool(self._board.writeObjects_([item]) and put)

    def write(self, items: Sequence[Mapping[str, bytes]]) -> bool:
        self._promised = None
        written = [_made(item) for item in items]
        self._board.clearContents()
        return not written or bool(self._board.writeObjects_(written))


def _made(contents: Mapping[str, bytes]) -> Any:
    item = NSPasteboardItem.alloc().init()
    for kind, data in contents.items():
        item.setData_forType_(NSData.dataWithBytes_length_(data, len(data)), kind)
    return item
