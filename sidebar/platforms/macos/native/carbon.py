"""Carbon by ctypes: hotkeys and the keyboard's layout, for which there is nothing newer and no PyObjC."""

import ctypes
from collections.abc import Callable, Mapping
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    byref,
    c_int32,
    c_uint8,
    c_uint16,
    c_uint32,
    c_ulong,
    c_void_p,
)
from datetime import timedelta
from typing import Any, ClassVar

import objc
from Foundation import NSDistributedNotificationCenter

from sidebar.errors import PlatformError
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.native.observing import observed
from sidebar.ports import Cancel, Scheduler

_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
_CORE_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_SIGNATURE = constants.four("Shop")
_LAYOUT_CHANGED = "com.apple.Carbon.TISNotifySelectedKeyboardInputSourceChanged"
_MODIFIERS = constants.CMD_KEY | constants.SHIFT_KEY | constants.OPTION_KEY | constants.CONTROL_KEY
_SOON = timedelta(0)
_KEYS = 128
_LONGEST = 4
"""UTF-16 units that a key is asked for; one that gives more than one character is no key of ours."""


class _EventTypeSpec(Structure):
    _fields_: ClassVar = [("eventClass", c_uint32), ("eventKind", c_uint32)]


class _EventHotKeyID(Structure):
    _fields_: ClassVar = [("signature", c_uint32), ("id", c_uint32)]


_Handler = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)
_PROTOTYPES: Mapping[str, tuple[Any, tuple[Any, ...]]] = {
    "GetApplicationEventTarget": (c_void_p, ()),
    "InstallEventHandler": (
        c_int32,
        (c_void_p, _Handler, c_ulong, POINTER(_EventTypeSpec), c_void_p, POINTER(c_void_p)),
    ),
    "RemoveEventHandler": (c_int32, (c_void_p,)),
    "GetEventKind": (c_uint32, (c_void_p,)),
    "GetEventParameter": (
        c_int32,
        (c_void_p, c_uint32, c_uint32, c_void_p, c_ulong, c_void_p, c_void_p),
    ),
    "RegisterEventHotKey": (
        c_int32,
        (c_uint32, c_uint32, _EventHotKeyID, c_void_p, c_uint32, POINTER(c_void_p)),
    ),
    "UnregisterEventHotKey": (c_int32, (c_void_p,)),
    "CopySymbolicHotKeys": (c_int32, (POINTER(c_void_p),)),
    "TISCopyCurrentKeyboardLayoutInputSource": (c_void_p, ()),
    "TISGetInputSourceProperty": (c_void_p, (c_void_p, c_void_p)),
    "LMGetKbdType": (c_uint8, ()),
    "UCKeyTranslate": (
        c_int32,
        (
            c_void_p,
            c_uint16,
            c_uint16,
            c_uint32,
            c_uint32,
            c_uint32,
            POINTER(c_uint32),
            c_ulong,
            POINTER(c_ulong),
            POINTER(c_uint16),
        ),
    ),
}


class Carbon:
    """The library, every function with its prototype: without, a pointer would lose its upper half."""

    def __init__(self) -> None:
        self.functions = ctypes.CDLL(_CARBON)
        for name, (result, arguments) in _PROTOTYPES.items():
            entry = getattr(self.functions, name)
            entry.restype, entry.argtypes = result, arguments
        core_foundation = ctypes.CDLL(_CORE_FOUNDATION)
        self.release = core_foundation.CFRelease
        self.release.restype, self.release.argtypes = None, (c_void_p,)
        self.bytes_of = core_foundation.CFDataGetBytePtr
        self.bytes_of.restype, self.bytes_of.argtypes = c_void_p, (c_void_p,)
        self.layout_data = c_void_p.in_dll(self.functions, "kTISPropertyUnicodeKeyLayoutData")


class Layout:
    """The current keyboard layout: `bridge.Keyboard`'s part that is Carbon's."""

    def __init__(self, carbon: Carbon, *, scheduler: Scheduler) -> None:
        self._carbon = carbon
        self._scheduler = scheduler

    def characters(self, *, command: bool) -> Mapping[int, str]:
        """By the layout, not the input source: a Chinese or Japanese input method has no layout data."""
        functions = self._carbon.functions
        source = functions.TISCopyCurrentKeyboardLayoutInputSource()
        if not source:
            return {}
        try:
            data = functions.TISGetInputSourceProperty(source, self._carbon.layout_data)
            layout = self._carbon.bytes_of(data) if data else None
            given = {} if not layout else {key: self._given(layout, key, command) for key in range(_KEYS)}
        finally:
            self._carbon.release(source)
        return {key: character for key, character in given.items() if len(character) == 1}

    def when_layout_changes(self, action: Callable[[], None]) -> Cancel:
        """Delivered at once: by default it waits until our program is in front, which it never is."""
        return observed(
            NSDistributedNotificationCenter.defaultCenter(),
            (_LAYOUT_CHANGED,),
            lambda: self._scheduler.call_later(_SOON, action),
            distributed=True,
        )

    def _given(self, layout: int, key: int, command: bool) -> str:
        dead, length, units = c_uint32(0), c_ulong(0), (c_uint16 * _LONGEST)()
        status = self._carbon.functions.UCKeyTranslate(
            layout,
            key,
            constants.UC_KEY_ACTION_DISPLAY,
            constants.CMD_KEY >> 8 if command else 0,
            self._carbon.functions.LMGetKbdType(),
            constants.UC_KEY_TRANSLATE_NO_DEAD_KEYS_MASK,
            byref(dead),
            _LONGEST,
            byref(length),
            units,
        )
        if status != constants.NO_ERR:
            return ""
        return bytes(units)[: 2 * length.value].decode("utf-16-le", "replace")


class CarbonHotkeys:
    """Implements `bridge.Hotkeys`; one handler for all, installed for the life of the program."""

    def __init__(self, carbon: Carbon, *, scheduler: Scheduler) -> None:
        self._carbon = carbon
        self._scheduler = scheduler
        self._target = carbon.functions.GetApplicationEventTarget()
        self._taken: dict[int, c_void_p] = {}
        self._pressed: Callable[[int], None] = _nothing
        self._released: Callable[[int], None] = _nothing
        # Kept, as Carbon has only its address.
        self._on_event = _Handler(self._handle)
        self._handler = c_void_p()
        kinds = (_EventTypeSpec * 2)(
            _EventTypeSpec(constants.EVENT_CLASS_KEYBOARD, constants.EVENT_HOT_KEY_PRESSED),
            _EventTypeSpec(constants.EVENT_CLASS_KEYBOARD, constants.EVENT_HOT_KEY_RELEASED),
        )
        status = carbon.functions.InstallEventHandler(
            self._target, self._on_event, len(kinds), kinds, None, byref(self._handler)
        )
        if status != constants.NO_ERR:
            raise PlatformError(f"macOS lets us hear of no hotkeys ({status}); log out and in again.")

    def take(self, number: int, code: int, modifiers: int) -> int:
        reference = c_void_p()
        status = self._carbon.functions.RegisterEventHotKey(
            code,
            modifiers,
            _EventHotKeyID(_SIGNATURE, number),
            self._target,
            constants.EVENT_HOT_KEY_EXCLUSIVE,
            byref(reference),
        )
        if status == constants.NO_ERR:
            self._taken[number] = reference
        return int(status)

    def give_back(self, number: int) -> None:
        reference = self._taken.pop(number, None)
        if reference is not None:
            self._carbon.functions.UnregisterEventHotKey(reference)

    def of_the_system(self) -> frozenset[tuple[int, int]]:
        listed = c_void_p()
        if self._carbon.functions.CopySymbolicHotKeys(byref(listed)) != constants.NO_ERR or not listed.value:
            return frozenset()
        try:
            shortcuts = list(objc.objc_object(c_void_p=listed.value))
        finally:
            self._carbon.release(listed)
        # Arrows and function keys are listed with fn, which is no modifier of ours.
        return frozenset(
            (int(each["kHISymbolicHotKeyCode"]), int(each["kHISymbolicHotKeyModifiers"]) & _MODIFIERS)
            for each in shortcuts
            if each["kHISymbolicHotKeyEnabled"]
        )

    def listen(self, pressed: Callable[[int], None], released: Callable[[int], None]) -> Cancel:
        self._pressed, self._released = pressed, released

        def cancel() -> None:
            self._pressed = self._released = _nothing

        return cancel

    def close(self) -> None:
        """Give all back and hear no more."""
        for number in tuple(self._taken):
            self.give_back(number)
        self._carbon.functions.RemoveEventHandler(self._handler)

    def _handle(self, call: int, event: int, data: int) -> int:
        """Only hands on: an exception must not leave a function that Carbon calls."""
        del call, data
        hotkey = _EventHotKeyID()
        status = self._carbon.functions.GetEventParameter(
            event,
            constants.EVENT_PARAM_DIRECT_OBJECT,
            constants.TYPE_EVENT_HOT_KEY_ID,
            None,
            ctypes.sizeof(hotkey),
            None,
            byref(hotkey),
        )
        if status != constants.NO_ERR or hotkey.signature != _SIGNATURE:
            return constants.EVENT_NOT_HANDLED_ERR
        down = self._carbon.functions.GetEventKind(event) == constants.EVENT_HOT_KEY_PRESSED
        number, hear = int(hotkey.id), self._pressed if down else self._released
        self._scheduler.call_later(_SOON, lambda: hear(number))
        return constants.NO_ERR


def _nothing(number: int) -> None:
    """Nobody listens."""
