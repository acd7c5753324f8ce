# ruff: noqa: ARG002, N802 - it takes what the real one is given, under Apple's names
"""Carbon in memory, with ctypes' calling conventions: results through pointers, a status returned."""

import ctypes
from typing import Any


class FakeCarbon:
    """One keyboard layout and the hotkeys of one program; `kind` is the event that comes next."""

    def __init__(self) -> None:
        self.layout: dict[tuple[int, int], str] = {(9, 0): "м", (9, 1): "v", (18, 0): "1"}
        self.layout_data = ctypes.c_void_p(1)
        self.has_layout = True
        self.released: list[int] = []
        self.registered: dict[int, tuple[int, int, int]] = {}
        self.status = 0
        self.system: list[dict[str, int]] = []
        self.handler: Any = None
        self.kind = 5
        self.signature: int | None = None
        self.functions = self

    def release(self, reference: Any) -> None:
        self.released.append(getattr(reference, "value", reference))

    def bytes_of(self, data: int) -> int:
        return data + 1

    def TISCopyCurrentKeyboardLayoutInputSource(self) -> int:
        return 40

    def TISGetInputSourceProperty(self, source: int, name: Any) -> int | None:
        assert source == 40
        return 50 if self.has_layout else None

    def LMGetKbdType(self) -> int:
        return 40

    def UCKeyTranslate(
        self,
        layout: int,
        key: int,
        action: int,
        modifiers: int,
        kind: int,
        options: int,
        dead: Any,
        most: int,
        length: Any,
        units: Any,
    ) -> int:
        assert (layout, action, options) == (51, 3, 1)
        given = self.layout.get((key, modifiers), "")
        length._obj.value = len(given)
        for index, character in enumerate(given[:most]):
            units[index] = ord(character)
        return 0

    def GetApplicationEventTarget(self) -> int:
        return 60

    def InstallEventHandler(
        self, target: int, handler: Any, count: int, kinds: Any, data: None, reference: Any
    ) -> int:
        wanted = [(each.eventClass.to_bytes(4, "big"), each.eventKind) for each in kinds]
        assert (target, count, wanted) == (60, 2, [(b"keyb", 5), (b"keyb", 6)])
        self.handler = handler
        reference._obj.value = 61
        return self.status

    def RemoveEventHandler(self, reference: Any) -> int:
        assert reference.value == 61
        self.handler = None
        return 0

    def RegisterEventHotKey(
        self, code: int, modifiers: int, hotkey: Any, target: int, options: int, reference: Any
    ) -> int:
        assert (target, options) == (60, 1)
        if self.status == 0:
            reference._obj.value = 1000 + hotkey.id
            self.signature = hotkey.signature
            self.registered[1000 + hotkey.id] = code, modifiers, hotkey.id
        return self.status

    def UnregisterEventHotKey(self, reference: Any) -> int:
        del self.registered[reference.value]
        return 0

    def GetEventKind(self, event: int) -> int:
        return self.kind

    def GetEventParameter(
        self, event: int, name: int, kind: int, got: None, size: int, used: None, into: Any
    ) -> int:
        assert (name.to_bytes(4, "big"), kind.to_bytes(4, "big"), size) == (b"----", b"hkid", 8)
        into._obj.signature, into._obj.id = self.signature, event
        return 0

    def CopySymbolicHotKeys(self, into: Any) -> int:
        into._obj.value = 70
        return 0
