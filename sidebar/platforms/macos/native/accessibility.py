"""Accessibility's elements and observers, and the permissions that macOS keeps."""

import ctypes
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import HIServices
import objc
import Quartz
from CoreFoundation import CFRunLoopAddSource, CFRunLoopGetMain, CFRunLoopRemoveSource, kCFRunLoopCommonModes

from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import Answer, Element
from sidebar.ports import Cancel, Scheduler

_TIMEOUT = 0.2
"""Seconds that a question waits for the program it is put to."""
_SOON = timedelta(0)
_FRAMEWORK = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
_PAIRS = (
    constants.AX_VALUE_CG_POINT_TYPE,
    constants.AX_VALUE_CG_SIZE_TYPE,
    constants.AX_VALUE_CF_RANGE_TYPE,
)


class NativeAccessibility:
    """Implements `bridge.Accessibility`; *window_of* is what the function of that name found."""

    def __init__(self, *, scheduler: Scheduler, window_of: Any) -> None:
        self._scheduler = scheduler
        self._window_of = window_of
        # Set on the system-wide element it holds for all.
        HIServices.AXUIElementSetMessagingTimeout(HIServices.AXUIElementCreateSystemWide(), _TIMEOUT)

    def application(self, pid: int) -> Element:
        return Element(HIServices.AXUIElementCreateApplication(pid))

    def get(self, element: Element, attribute: str) -> Answer:
        status, value = HIServices.AXUIElementCopyAttributeValue(element, attribute, None)
        return Answer(status=int(status), value=_plain(value))

    def set(self, element: Element, attribute: str, value: object) -> int:
        return int(HIServices.AXUIElementSetAttributeValue(element, attribute, value))

    def settable(self, element: Element, attribute: str) -> bool:
        status, settable = HIServices.AXUIElementIsAttributeSettable(element, attribute, None)
        return status == constants.AX_ERROR_SUCCESS and bool(settable)

    def perform(self, element: Element, action: str) -> int:
        return int(HIServices.AXUIElementPerformAction(element, action))

    def window_number(self, window: Element) -> int | None:
        if self._window_of is None:
            return None
        number = ctypes.c_uint32()
        status = self._window_of(objc.pyobjc_id(window), ctypes.byref(number))
        return number.value if status == constants.AX_ERROR_SUCCESS and number.value else None

    def observe(
        self, pid: int, element: Element, notifications: Sequence[str], action: Callable[[], None]
    ) -> Cancel | None:
        observing = True

        @objc.callbackFor(HIServices.AXObserverCreate)  # type: ignore[untyped-decorator]
        def heard(observer: object, about: object, notification: object, context: object) -> None:
            del observer, about, notification, context
            if observing:
                self._scheduler.call_later(_SOON, action)

        status, observer = HIServices.AXObserverCreate(pid, heard, None)
        if status != constants.AX_ERROR_SUCCESS:
            return None
        added = [name for name in notifications if _added(observer, element, name)]
        if not added:
            return None
        source = HIServices.AXObserverGetRunLoopSource(observer)
        CFRunLoopAddSource(CFRunLoopGetMain(), source, kCFRunLoopCommonModes)

        def cancel() -> None:
            nonlocal observing
            if observing:
                observing = False
                CFRunLoopRemoveSource(CFRunLoopGetMain(), source, kCFRunLoopCommonModes)
                for name in added:
                    HIServices.AXObserverRemoveNotification(observer, element, name)

        return cancel


class NativePermissions:
    """Implements `bridge.Permissions`."""

    def trusted(self) -> bool:
        return bool(HIServices.AXIsProcessTrusted())

    def may_post(self) -> bool:
        return bool(Quartz.CGPreflightPostEventAccess())

    def may_see_titles(self) -> bool:
        return bool(Quartz.CGPreflightScreenCaptureAccess())

    def ask_for_trust(self) -> None:
        HIServices.AXIsProcessTrustedWithOptions({HIServices.kAXTrustedCheckOptionPrompt: True})


def _added(observer: Any, element: Element, name: str) -> bool:
    status = HIServices.AXObserverAddNotification(observer, element, name, None)
    return status in (constants.AX_ERROR_SUCCESS, constants.AX_ERROR_NOTIFICATION_ALREADY_REGISTERED)


def _plain(value: Any) -> object:
    """Texts and sequences as Python's own, points, sizes and ranges as pairs; the rest as it is."""
    if isinstance(value, HIServices.AXValueRef):
        kind = HIServices.AXValueGetType(value)
        if kind not in _PAIRS:
            return None
        had, pair = HIServices.AXValueGetValue(value, kind, None)
        return (pair[0], pair[1]) if had else None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | int | float):
        return value
    return tuple(value) if hasattr(value, "objectAtIndex_") else value


def window_of() -> Any:
    """The window server's number of an element, which only this function tells.

    Not in Apple's headers, but there since 10.5 and used by every window manager; where a macOS
    comes without it, windows are known by their places.
    """
    function = getattr(ctypes.CDLL(_FRAMEWORK), "_AXUIElementGetWindow", None)
    if function is not None:
        function.restype = ctypes.c_int32
        function.argtypes = (ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32))
    return function
