"""An agent's hands and eyes: real key presses and clicks by XTEST, windows as the window manager tells."""

import select
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import XError
from Xlib.ext import xtest
from Xlib.protocol.event import ClientMessage

from sidebar.domain.insertion import Rect
from tests.e2e.rig.picture import save_screen
from tests.e2e.rig.waiting import PATIENCE, NeverHappenedError

_KEYS = {
    "ctrl": "Control_L",
    "alt": "Alt_L",
    "shift": "Shift_L",
    "super": "Super_L",
    "enter": "Return",
    "tab": "Tab",
    "esc": "Escape",
    "space": "space",
}
_LEAD = timedelta(milliseconds=30)  # people have the modifiers down about so long before the key
_STEP = timedelta(milliseconds=20)
_LOOK_AGAIN_SECONDS = 0.05  # the keyboard focus, for one, can change without an event we hear
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A top-level window as it was when looked at."""

    handle: int
    wm_class: str
    title: str
    pid: int | None
    place: Rect


class Hands:
    """One connection to one display; what it holds down is let go when it closes."""

    def __init__(self, display: str) -> None:
        self._display = Display(display)
        self._root = self._display.screen().root
        self._root.change_attributes(event_mask=X.PropertyChangeMask | X.SubstructureNotifyMask)
        self._watched: set[int] = set()
        self._held: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        while self._held:
            xtest.fake_input(self._display, X.KeyRelease, self._held.pop())
        self._display.sync()
        self._display.close()

    def windows(self) -> tuple[Window, ...]:
        """The windows the window manager manages, in the order they came."""
        handles = self._property(self._root, "_NET_CLIENT_LIST")
        return tuple(window for handle in handles if (window := self._look(int(handle))))

    def active_window(self) -> Window | None:
        handles = self._property(self._root, "_NET_ACTIVE_WINDOW")
        return self._look(int(handles[0])) if len(handles) and handles[0] else None

    def keyboard(self) -> str:
        """The title of the window that keys go to as the X server knows it; "" where it has none.

        Windows without a window manager's frame have the keyboard without being active.
        """
        window = self._display.get_input_focus().focus
        while not isinstance(window, int) and window.id != self._root.id:
            title = self._property(window, "_NET_WM_NAME") or self._property(window, "WM_NAME")
            if title:
                return str(title.decode("utf-8", "replace"))
            window = window.query_tree().parent
        return ""

    def find(self, wm_class: str, title: Callable[[str], bool] = bool) -> Window | None:
        """The first window of that class whose title pleases; a title must not be empty by default."""
        return next((w for w in self.windows() if w.wm_class == wm_class and title(w.title)), None)

    def popup(self) -> Rect | None:
        """Where the menu is that was opened last; no window manager is told of menus."""
        for window in reversed(self._root.query_tree().children):
            try:
                seen = window.get_attributes()
                if (
                    seen.override_redirect
                    and seen.map_state == X.IsViewable
                    and seen.win_class == X.InputOutput
                ):
                    place = window.get_geometry()
                    if place.width > 1 and place.x >= 0:  # the window manager's own are none to look at
                        return Rect(place.x, place.y, place.width, place.height)
            except XError:
                continue  # closed meanwhile
        return None

    def wait_for(self, condition: Callable[[], _T | None], what: str, timeout: timedelta = PATIENCE) -> _T:
        """Return the first true answer of *condition*, asked again whenever a window changes."""
        deadline = time.monotonic() + timeout.total_seconds()
        while True:
            answer = condition()
            if answer:
                return answer
            left = deadline - time.monotonic()
            if left <= 0:
                raise NeverHappenedError(f"no {what} within {timeout.total_seconds():g} s: {self.windows()}")
            if not self._display.pending_events():
                select.select([self._display], [], [], min(left, _LOOK_AGAIN_SECONDS))
            while self._display.pending_events():
                self._display.next_event()

    def activate(self, window: Window) -> None:
        """Bring *window* to the front as a task bar does, and wait until it is."""
        atom = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        message = ClientMessage(
            window=window.handle, client_type=atom, data=(32, [2, X.CurrentTime, 0, 0, 0])
        )
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._display.flush()
        self.wait_for(lambda: self.is_active(window), f"window {window.title!r} in front")

    def is_active(self, window: Window) -> bool:
        active = self.active_window()
        return active is not None and active.handle == window.handle

    def place(self, window: Window, place: Rect) -> None:
        """Move and resize *window*, its decorations not counted, and wait until it is there."""
        target = self._display.create_resource_object("window", window.handle)
        target.configure(x=place.x, y=place.y, width=place.width, height=place.height)
        self._display.flush()
        size = (place.width, place.height)
        self.wait_for(
            lambda: (now := self._look(window.handle)) and (now.place.width, now.place.height) == size,
            f"window of {size}",
        )

    def move_to(self, x: int, y: int) -> None:
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._display.sync()

    def click(self, x: int, y: int, button: int = 1) -> float:
        """Click there; return the monotonic seconds just before the button went down."""
        self.move_to(x, y)
        moment = time.monotonic()
        xtest.fake_input(self._display, X.ButtonPress, button)
        xtest.fake_input(self._display, X.ButtonRelease, button)
        self._display.sync()
        return moment

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the button at *start*, go to *end* as a hand does, in steps, and let go there."""
        steps = 10
        self.move_to(*start)
        xtest.fake_input(self._display, X.ButtonPress, 1)
        for step in range(1, steps + 1):
            self._linger(_STEP)
            x, y = (a + (b - a) * step // steps for a, b in zip(start, end, strict=True))
            self.move_to(x, y)
        self._linger(_STEP)
        xtest.fake_input(self._display, X.ButtonRelease, 1)
        self._display.sync()

    def press(self, combo: str, *, hold: timedelta = timedelta(0)) -> float:
        """Press and let go a combination such as "ctrl+alt+1"; return the monotonic seconds just before.

        Without *hold* everything goes out in one batch, as from a programmable keyboard; with it the
        modifiers come a little ahead and the key stays down so long, as under a person's hand.
        """
        *modifiers, key = (self._keycode(name) for name in combo.split("+"))
        self._send(X.KeyPress, *modifiers)
        if hold:
            self._linger(_LEAD)
        moment = time.monotonic()
        self._send(X.KeyPress, key)
        if hold:
            self._linger(hold)
        self._send(X.KeyRelease, key, *reversed(modifiers))
        self._display.sync()
        return moment

    def hold(self, key: str) -> None:
        """Press *key* and keep it down until `release`."""
        keycode = self._keycode(key)
        self._held.append(keycode)
        self._send(X.KeyPress, keycode)
        self._display.sync()

    def release(self, key: str) -> float:
        """Let go of *key*; return the monotonic seconds just before."""
        keycode = self._keycode(key)
        self._held.remove(keycode)
        moment = time.monotonic()
        self._send(X.KeyRelease, keycode)
        self._display.sync()
        return moment

    def type_keys(self, text: str) -> None:
        """Type what a US keyboard has; anything else goes by the clipboard."""
        shift = self._keycode("shift")
        for character in text:
            keysym = XK.string_to_keysym(character) or ord(character)
            keycode = self._keycode(character)
            shifted = self._display.keycode_to_keysym(keycode, 0) != keysym
            self._send(X.KeyPress, *([shift] if shifted else []), keycode)
            self._send(X.KeyRelease, keycode, *([shift] if shifted else []))
        self._display.sync()

    def rest(self, duration: timedelta) -> None:
        """Do nothing for so long, as a hand does between two presses."""
        time.sleep(duration.total_seconds())

    def pixels(self, place: Rect) -> bytes:
        """What the screen shows at *place*; takes about a millisecond for a window's header."""
        image = self._root.get_image(place.x, place.y, place.width, place.height, X.ZPixmap, 0xFFFFFFFF)
        return bytes(image.data)

    def wait_for_change(self, place: Rect, before: bytes) -> float:
        """Wait until *place* shows something else than *before*; the monotonic seconds at which it did.

        Looks without a pause: nobody is told when pixels change, and this is for measuring.
        """
        deadline = time.monotonic() + PATIENCE.total_seconds()
        while self.pixels(place) == before:
            if time.monotonic() > deadline:
                raise NeverHappenedError(f"nothing changed at {place}")
        return time.monotonic()

    def screenshot(self, path: Path) -> Path:
        save_screen(self._display, path)
        return path

    def _send(self, kind: int, *keycodes: int) -> None:
        for keycode in keycodes:
            xtest.fake_input(self._display, kind, keycode)

    def _linger(self, duration: timedelta) -> None:
        self._display.flush()
        time.sleep(duration.total_seconds())

    def _keycode(self, name: str) -> int:
        keysym = XK.string_to_keysym(_KEYS.get(name, name)) or (ord(name) if len(name) == 1 else 0)
        keycode = int(self._display.keysym_to_keycode(keysym)) if keysym else 0
        if not keycode:
            raise ValueError(f"no key for {name!r}")
        return keycode

    def _look(self, handle: int) -> Window | None:
        """Read a window; None when it vanished meanwhile."""
        window = self._display.create_resource_object("window", handle)
        try:
            if handle not in self._watched:  # before reading, so that no change falls between
                window.change_attributes(event_mask=X.PropertyChangeMask | X.StructureNotifyMask)
                self._watched.add(handle)
            names = window.get_wm_class() or ("", "")
            title = self._property(window, "_NET_WM_NAME") or self._property(window, "WM_NAME")
            pid = self._property(window, "_NET_WM_PID")
            size = window.get_geometry()
            corner = window.translate_coords(self._root, 0, 0)
        except XError:
            return None
        return Window(
            handle=handle,
            wm_class=str(names[1]),
            title=title.decode("utf-8", "replace") if isinstance(title, bytes) else "",
            pid=int(pid[0]) if len(pid) else None,
            place=Rect(-corner.x, -corner.y, size.width, size.height),
        )

    def _property(self, window: Any, name: str) -> Any:
        found = window.get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        return found.value if found else b""
