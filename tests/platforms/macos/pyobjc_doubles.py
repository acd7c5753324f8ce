# ruff: noqa: ARG001, ARG005, N802 - they take what the real ones are given, under Apple's names
"""PyObjC's modules in memory, as far as `native` uses them, with PyObjC's calling conventions.

Selectors are methods with underscores for colons; what C returns through a pointer comes back in a
tuple. They show that `native` runs and says what it means to; what macOS answers is for a Mac.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

NAMES = ("objc", "Foundation", "AppKit", "Quartz", "HIServices", "CoreFoundation")


class NSObject:
    def __init_subclass__(cls, protocols: tuple[str, ...] = ()) -> None:
        cls.protocols = tuple(protocols)  # type: ignore[attr-defined]

    @classmethod
    def alloc(cls) -> Any:
        return cls.__new__(cls)

    def init(self) -> Any:
        return self


class Centre:
    """A notification centre."""

    def __init__(self) -> None:
        self.observers: list[tuple[Any, str, str, int | None]] = []

    def defaultCenter(self) -> "Centre":
        return self

    def addObserver_selector_name_object_(self, observer: Any, selector: str, name: str, of: None) -> None:
        assert of is None
        self.observers.append((observer, selector, name, None))

    def addObserver_selector_name_object_suspensionBehavior_(
        self, observer: Any, selector: str, name: str, of: None, behavior: int
    ) -> None:
        assert of is None
        self.observers.append((observer, selector, name, behavior))

    def removeObserver_(self, observer: Any) -> None:
        self.observers = [each for each in self.observers if each[0] is not observer]

    def post(self, name: str) -> None:
        for observer, selector, wanted, _ in tuple(self.observers):
            if wanted == name:
                getattr(observer, selector.replace(":", "_"))(object())


class NSData:
    @staticmethod
    def data() -> bytes:
        return b""

    @staticmethod
    def dataWithBytes_length_(data: bytes, length: int) -> bytes:
        return data[:length]


class NSPasteboardItem(NSObject):
    def init(self) -> "NSPasteboardItem":
        self.data: dict[str, bytes] = {}
        self.provider: Any = None
        self.promised: list[str] = []
        return self

    def setDataProvider_forTypes_(self, provider: Any, kinds: list[str]) -> bool:
        self.provider, self.promised = provider, list(kinds)
        return True

    def setData_forType_(self, data: bytes, kind: str) -> bool:
        self.data[kind] = data
        return True

    def setString_forType_(self, text: str, kind: str) -> bool:
        self.data[kind] = text.encode()
        return True

    def types(self) -> list[str]:
        return [*self.promised, *self.data]

    def dataForType_(self, kind: str) -> bytes | None:
        if kind in self.promised and kind not in self.data:
            self.provider.pasteboard_item_provideDataForType_(None, self, kind)
        return self.data.get(kind)


class NSPasteboard:
    """One general pasteboard; `options` are those of each renewal, None for a plain clearing."""

    def __init__(self) -> None:
        self.changes = 3
        self.things: list[NSPasteboardItem] = []
        self.options: list[int | None] = []
        self.behavior: int | None = None

    def generalPasteboard(self) -> "NSPasteboard":
        return self

    def changeCount(self) -> int:
        return self.changes

    def respondsToSelector_(self, selector: str) -> bool:
        assert selector == "accessBehavior"
        return self.behavior is not None

    def accessBehavior(self) -> int | None:
        return self.behavior

    def clearContents(self) -> int:
        return self._renew(None)

    def prepareForNewContentsWithOptions_(self, options: int) -> int:
        return self._renew(options)

    def writeObjects_(self, objects: list[NSPasteboardItem]) -> bool:
        self.things = list(objects)
        return True

    def pasteboardItems(self) -> list[NSPasteboardItem]:
        return self.things

    def types(self) -> list[str] | None:
        return self.things[0].types() if self.things else None

    def _renew(self, options: int | None) -> int:
        self.options.append(options)
        self.changes += 1
        self.things = []
        return self.changes


class NSPanel:
    """A window as Qt makes it for a tool: it hides with the program, and moves to the active Space."""

    def __init__(self) -> None:
        self.mask, self.behavior, self.hides, self.shown, self.key = 0x1F, 2 | 256, True, False, False
        self.at: Any = NSMakeRect(0, 0, 1, 1)
        self.layer = 3
        self.log: list[str] = []

    def isKindOfClass_(self, kind: type) -> bool:
        return isinstance(self, kind)

    def styleMask(self) -> int:
        return self.mask

    def setStyleMask_(self, mask: int) -> None:
        self.mask = mask

    def respondsToSelector_(self, selector: str) -> bool:
        return selector == "_setPreventsActivation:"

    def _setPreventsActivation_(self, prevents: bool) -> None:
        self.log.append(f"prevents {prevents}")

    def collectionBehavior(self) -> int:
        return self.behavior

    def setCollectionBehavior_(self, behavior: int) -> None:
        assert behavior & 3 != 3, "AppKit raises: all Spaces and the active one exclude each other"
        self.behavior = behavior

    def hidesOnDeactivate(self) -> bool:
        return self.hides

    def setHidesOnDeactivate_(self, hides: bool) -> None:
        self.hides = hides

    def isVisible(self) -> bool:
        return self.shown

    def contentView(self) -> Any:
        return SimpleNamespace(isHidden=lambda: False)

    def orderFrontRegardless(self) -> None:
        self.shown = True
        self.log.append("front")

    def orderOut_(self, sender: None) -> None:
        assert sender is None
        self.shown = self.key = False
        self.log.append("out")

    def orderWindow_relativeTo_(self, where: int, handle: int) -> None:
        self.log.append(f"order {where} {handle}")

    def isKeyWindow(self) -> bool:
        return self.key

    def frame(self) -> Any:
        return self.at

    def setFrame_display_(self, frame: Any, display: bool) -> None:
        assert display
        self.at = frame
        self.log.append("frame")

    def level(self) -> int:
        return self.layer

    def setLevel_(self, level: int) -> None:
        self.layer = level
        self.log.append(f"level {level}")


def NSMakeRect(x: float, y: float, width: float, height: float) -> Any:
    return SimpleNamespace(origin=SimpleNamespace(x=x, y=y), size=SimpleNamespace(width=width, height=height))


class AXValueRef:
    """A point, a size or a range in a box, as Accessibility hands it over."""

    def __init__(self, kind: int, pair: tuple[float, float]) -> None:
        self.kind, self.pair = kind, pair


class Machine:
    """What the doubles share; `modules` is what is imported."""

    def __init__(self) -> None:
        self.objects: dict[int, Any] = {}
        self.board = NSPasteboard()
        self.workspace_centre, self.default_centre, self.distributed_centre = Centre(), Centre(), Centre()
        self.front: Any = None
        self.running: dict[int, Any] = {}
        self.windows: list[NSPanel] = []
        self.policy: int | None = None
        self.listed: list[dict[str, Any]] = []
        self.list_calls: list[tuple[int, int]] = []
        self.posted: list[tuple[int, Any]] = []
        self.attributes: dict[tuple[Any, str], Any] = {}
        self.ax_status = 0
        self.sets: list[tuple[Any, str, Any]] = []
        self.observer_callback: Callable[..., None] | None = None
        self.notifications: list[str] = []
        self.sources: list[str] = []
        self.prompts: list[dict[Any, Any]] = []
        self.suppression: list[float] = []
        self.modules = {name: self._module(name) for name in NAMES}

    def _module(self, name: str) -> ModuleType:
        module = ModuleType(name)
        module.__dict__.update(getattr(self, f"_{name.lower()}")())
        return module

    def _objc(self) -> dict[str, Any]:
        return {
            "super": super,
            "protocolNamed": lambda name: name,
            "callbackFor": lambda function: lambda callback: callback,
            "pyobjc_id": id,
            "objc_object": lambda *, c_void_p: self.objects[c_void_p],
        }

    def _foundation(self) -> dict[str, Any]:
        return {
            "NSObject": NSObject,
            "NSData": NSData,
            "NSMakeRect": NSMakeRect,
            "NSNotificationCenter": self.default_centre,
            "NSDistributedNotificationCenter": self.distributed_centre,
        }

    def _appkit(self) -> dict[str, Any]:
        workspace = SimpleNamespace(
            frontmostApplication=lambda: self.front, notificationCenter=lambda: self.workspace_centre
        )
        application = SimpleNamespace(windows=lambda: self.windows, setActivationPolicy_=self._set_policy)
        names = (
            *(f"NSWorkspaceDid{what}ApplicationNotification" for what in ("Activate", "Hide", "Unhide")),
            "NSWorkspaceDidTerminateApplicationNotification",
            "NSWorkspaceActiveSpaceDidChangeNotification",
            "NSWorkspaceDidWakeNotification",
            "NSWindowDidBecomeKeyNotification",
            "NSWindowDidResignKeyNotification",
        )
        main_screen = SimpleNamespace(frame=lambda: NSMakeRect(0, 0, 1440, 900))
        return {
            "NSPanel": NSPanel,
            "NSPasteboard": self.board,
            "NSPasteboardItem": NSPasteboardItem,
            "NSWorkspace": SimpleNamespace(sharedWorkspace=lambda: workspace),
            "NSApplication": SimpleNamespace(sharedApplication=lambda: application),
            "NSScreen": SimpleNamespace(screens=lambda: [main_screen]),
            "NSRunningApplication": SimpleNamespace(
                runningApplicationWithProcessIdentifier_=self.running.get
            ),
            **{name: name for name in names},
        }

    def _set_policy(self, policy: int) -> None:
        self.policy = policy

    def _quartz(self) -> dict[str, Any]:
        def set_flags(event: Any, flags: int) -> None:
            event.flags = flags

        def set_time(event: Any, time: int) -> None:
            event.time = time

        def windows(option: int, handle: int) -> list[dict[str, Any]]:
            self.list_calls.append((option, handle))
            return self.listed

        return {
            "CGEventSourceFlagsState": lambda state: 0x20000 if state == 0 else 0,
            "CGEventSourceCreate": lambda state: f"source {state}",
            "CGEventSourceSetLocalEventsSuppressionInterval": lambda _, s: self.suppression.append(s),
            "CGEventCreateKeyboardEvent": lambda _, code, down: SimpleNamespace(code=code, down=down),
            "CGEventSetFlags": set_flags,
            "CGEventSetTimestamp": set_time,
            "CGEventPost": lambda tap, event: self.posted.append((tap, event)),
            "CGWindowListCopyWindowInfo": windows,
            "CGPreflightPostEventAccess": lambda: True,
            "CGPreflightScreenCaptureAccess": lambda: False,
        }

    def _hiservices(self) -> dict[str, Any]:
        def copy(element: Any, name: str, out: None) -> tuple[int, Any]:
            assert out is None
            found = (element, name) in self.attributes
            return (self.ax_status, self.attributes[element, name]) if found else (-25205, None)

        def observe(pid: int, callback: Callable[..., None], out: None) -> tuple[int, Any]:
            assert (pid, out) == (10, None)
            self.observer_callback = callback
            return self.ax_status, "observer"

        def add(observer: str, element: Any, name: str, context: None) -> int:
            assert (observer, context) == ("observer", None)
            if name == "AXUnheardOf":
                return -25207
            self.notifications.append(name)
            return 0

        def remove(observer: str, element: Any, name: str) -> int:
            self.notifications.remove(name)
            return 0

        def assign(element: Any, name: str, value: Any) -> int:
            self.sets.append((element, name, value))
            return self.ax_status

        return {
            "AXValueRef": AXValueRef,
            "AXValueGetType": lambda value: value.kind,
            "AXValueGetValue": lambda value, kind, out: (value.kind == kind, value.pair),
            "AXUIElementCreateSystemWide": lambda: "system",
            "AXUIElementSetMessagingTimeout": lambda element, s: self.sets.append((element, "timeout", s)),
            "AXUIElementCreateApplication": lambda pid: f"application {pid}",
            "AXUIElementCopyAttributeValue": copy,
            "AXUIElementSetAttributeValue": assign,
            "AXUIElementIsAttributeSettable": lambda element, name, out: (self.ax_status, True),
            "AXUIElementPerformAction": lambda element, action: self.ax_status,
            "AXObserverCreate": observe,
            "AXObserverAddNotification": add,
            "AXObserverRemoveNotification": remove,
            "AXObserverGetRunLoopSource": lambda observer: "source",
            "AXIsProcessTrusted": lambda: True,
            "AXIsProcessTrustedWithOptions": self.prompts.append,
            "kAXTrustedCheckOptionPrompt": "AXTrustedCheckOptionPrompt",
        }

    def _corefoundation(self) -> dict[str, Any]:
        return {
            "CFRunLoopGetMain": lambda: "main",
            "CFRunLoopAddSource": lambda loop, source, mode: self.sources.append(source),
            "CFRunLoopRemoveSource": lambda loop, source, mode: self.sources.remove(source),
            "kCFRunLoopCommonModes": "kCFRunLoopCommonModes",
        }


@contextmanager
def installed() -> Iterator[Machine]:
    """The doubles can be imported, and `native` on top of them; neither is left behind."""
    machine = Machine()
    assert not [name for name in sys.modules if name.startswith("sidebar.platforms.macos.native")]
    sys.modules.update(machine.modules)
    try:
        yield machine
    finally:
        for name in [*NAMES, *(n for n in sys.modules if n.startswith("sidebar.platforms.macos.native"))]:
            del sys.modules[name]
