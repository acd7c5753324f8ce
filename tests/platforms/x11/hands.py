"""What an agent and the programs on a desktop do, for tests of the X11 platform."""

import subprocess
from typing import Any, Literal

from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest
from Xlib.protocol import rq

from sidebar.platforms.x11.keysyms import ALT, CAPS_LOCK, CTRL, NUM_LOCK, SCROLL_LOCK, SHIFT, SUPER, keysym
from tests.platforms.x11.loop import Loop

_FINGERS = "Xvfb keyboard"
_EVENTS = X.KeyPressMask | X.FocusChangeMask | X.StructureNotifyMask
_BITS = {"ctrl": X.ControlMask, "alt": X.Mod1Mask, "shift": X.ShiftMask, "super": X.Mod4Mask}
_NAMES = {
    "ctrl": CTRL[0],
    "ctrl_right": CTRL[1],
    "alt": ALT[0],
    "shift": SHIFT[0],
    "super": SUPER[0],
    "caps": CAPS_LOCK,
    "num": NUM_LOCK,
    "scroll": SCROLL_LOCK,
}


class _DeviceKey(rq.Request):  # type: ignore[misc]  # python-xlib has no types
    """XTEST's FakeInput for one named input device instead of XTEST's own keyboard."""

    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(2),
        rq.RequestLength(),
        rq.Card8("event_type"),
        rq.Card8("detail"),
        rq.Pad(29),
        rq.Card8("device"),
    )


class Hands:
    """Presses keys: with fingers on the server's own keyboard, or by XTEST as other programs do.

    To the server these are two devices, as a real keyboard and XTEST are. Nothing is sent
    before `flush`, so a press and a release can be made to arrive at the same moment.
    """

    def __init__(self, display: str, by: Literal["fingers", "xtest"] = "fingers") -> None:
        self.display = Display(display)
        self._by = by
        self._event_base = int(self.display.query_extension("XInputExtension").first_event)
        devices = self.display.xinput_query_device(0).devices
        (self._device,) = (device.deviceid for device in devices if device.name.startswith(_FINGERS))
        self._down: list[int] = []

    def down(self, *keys: str) -> None:
        for key in keys:
            self._down.append(self._code(key))
            self._key(X.KeyPress, self._down[-1])

    def up(self, *keys: str) -> None:
        for key in keys:
            self._down.remove(self._code(key))
            self._key(X.KeyRelease, self._code(key))

    def tap(self, combo: str) -> None:
        """Press and release, all in one breath."""
        keys = combo.split("+")
        self.down(*keys)
        self.up(*reversed(keys))
        self.flush()

    def flush(self) -> None:
        """Returns when the server has taken everything."""
        self.display.sync()

    def close(self) -> None:
        for code in self._down:
            self._key(X.KeyRelease, code)
        self.flush()
        self.display.close()

    def _code(self, key: str) -> int:
        symbol = _NAMES.get(key) or keysym(key)
        code = int(self.display.keysym_to_keycode(symbol))
        assert code, f"no key {key}"
        return code

    def _key(self, kind: int, code: int) -> None:
        if self._by == "xtest":
            xtest.fake_input(self.display, kind, code)
            return
        _DeviceKey(
            display=self.display.display,
            opcode=self.display.display.get_extension_major("XTEST"),
            event_type=self._event_base + (1 if kind == X.KeyPress else 2),
            detail=code,
            device=self._device,
        )


class Program:
    """Another program with one window; keeps what its window was told."""

    def __init__(
        self,
        display: str,
        loop: Loop,
        *,
        title: str = "王小姐",
        pid: int | None = 4242,
        program: str = "Chat",
    ) -> None:
        self.display = Display(display)
        self.presses: list[str] = []
        """Keys it was given, as `ctrl+v`; those that are modifiers themselves, and lock keys, left out."""
        self.focus_modes: list[int] = []
        self.focused = self.mapped = False
        self._loop = loop
        self.window: Any = self.display.screen().root.create_window(
            40, 30, 300, 200, 0, X.CopyFromParent, event_mask=_EVENTS
        )
        self.set_title(title)
        self.window.set_wm_class(program.lower(), program)
        if pid is not None:
            self._set("_NET_WM_PID", "CARDINAL", 32, [pid])
        self._unwatch = loop.watch(self.display.fileno(), self.read)

    @property
    def handle(self) -> int:
        return int(self.window.id)

    def show(self) -> None:
        """Come up and have the keyboard: a window manager gives it to what is new, else it is taken."""
        manager = self.display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        managed = self.display.screen().root.get_full_property(manager, X.AnyPropertyType) is not None
        given = managed and not self.mapped
        self.window.map()
        self.flush()
        self._loop.until(lambda: self.mapped)
        if not given:
            self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
            self.flush()
        self._loop.until(lambda: self.focused)

    def set_title(self, title: str) -> None:
        self._set("_NET_WM_NAME", "UTF8_STRING", 8, title.encode())

    def vanish(self) -> None:
        """Destroy the window, the connection living on."""
        self.window.destroy()
        self.flush()

    def flush(self) -> None:
        self.display.sync()
        self.read()

    def read(self) -> None:
        while self.display.pending_events():
            self._hear(self.display.next_event())

    def close(self) -> None:
        self._unwatch()
        self.display.close()

    def _set(self, name: str, kind: str, size: int, value: object) -> None:
        atom = self.display.intern_atom
        self.window.change_property(atom(name), atom(kind), size, value)
        self.display.flush()

    def _hear(self, event: Any) -> None:
        if event.type == X.KeyPress:
            symbol = self.display.keycode_to_keysym(event.detail, 0)
            if symbol not in _NAMES.values():
                bits = [name for name, bit in _BITS.items() if event.state & bit]
                self.presses.append("+".join([*bits, _spelling(symbol)]))
        elif event.type in (X.FocusIn, X.FocusOut):
            self.focused = event.type == X.FocusIn
            self.focus_modes.append(event.mode)
        elif event.type in (X.MapNotify, X.UnmapNotify):
            self.mapped = event.type == X.MapNotify
        elif event.type == X.MappingNotify:
            self.display.refresh_keyboard_mapping(event)


def _spelling(symbol: int) -> str:
    return chr(symbol) if symbol < 0x100 else f"{symbol:#x}"


def wait_for_manager(display: str) -> None:
    """Return once a window manager has taken over: the list of its windows is what it says last."""
    connection = Display(display)
    root = connection.screen().root
    root.change_attributes(event_mask=X.PropertyChangeMask)
    said = [connection.intern_atom(name) for name in ("_NET_SUPPORTED", "_NET_CLIENT_LIST")]
    while not all(root.get_full_property(atom, X.AnyPropertyType) for atom in said):
        connection.next_event()
    connection.close()


def use_layout(display: str, *arguments: str) -> None:
    """Change the keyboard layout for everybody, as the desktop's settings do."""
    subprocess.run(["setxkbmap", "-display", display, *arguments], check=True, timeout=10)
