"""The few messages of the XKB extension that we need; python-xlib has none of it.

Source: "The X Keyboard Extension: Protocol Specification", version 1.0, appendix D (encoding).
Of the keyboard's state we select the base modifiers alone, so what comes back says which of
Ctrl, Alt, Shift … are down and nothing of any other key. A connection that has said it knows
XKB is no longer sent the core protocol's MappingNotify, so a change of layout is asked for too.
"""

from collections.abc import Callable
from typing import Any

from Xlib.protocol import rq

from sidebar.platforms.x11.connection import Connection

_CORE_KEYBOARD = 0x0100
_NEW_KEYBOARD_NOTIFY, _MAP_NOTIFY, _STATE_NOTIFY = 0, 1, 2
_LAYOUT_EVENTS = 1 << _NEW_KEYBOARD_NOTIFY | 1 << _MAP_NOTIFY
_STATE_EVENTS = 1 << _STATE_NOTIFY
_MODIFIER_BASE = 1 << 1
_DETECTABLE_AUTO_REPEAT = 1 << 0


class _UseExtension(rq.ReplyRequest):  # type: ignore[misc]  # python-xlib has no types
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(0), rq.RequestLength(), rq.Card16("major"), rq.Card16("minor")
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Bool("supported"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card16("major"),
        rq.Card16("minor"),
        rq.Pad(20),
    )


class _SelectWholeEvents(rq.Request):  # type: ignore[misc]
    """Kinds of events with everything they tell."""

    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Card16("kinds"),
        rq.Card16("clear"),
        rq.Card16("select_all"),
        rq.Card16("affect_map"),
        rq.Card16("map"),
    )


class _SelectState(rq.Request):  # type: ignore[misc]
    """One kind of event, the state's, for some of its details: the same request with two words more."""

    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Card16("kinds"),
        rq.Pad(8),
        rq.Card16("affect_details"),
        rq.Card16("details"),
    )


class _PerClientFlags(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(21),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Pad(2),
        rq.Card32("change"),
        rq.Card32("value"),
        rq.Card32("controls_to_change"),
        rq.Card32("auto_controls"),
        rq.Card32("auto_control_values"),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("device"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card32("supported"),
        rq.Card32("value"),
        rq.Card32("auto_controls"),
        rq.Card32("auto_control_values"),
        rq.Pad(8),
    )


class _Notice(rq.Event):  # type: ignore[misc]
    """Every kind of XKB event carries the same code; `kind` tells them apart, and is all we read."""

    _code = None
    _fields = rq.Struct(
        rq.Card8("type"), rq.Card8("kind"), rq.Card16("sequence_number"), rq.Card32("time"), rq.Pad(24)
    )


class Xkb:
    """The extension on one connection; `present` says whether the server has it.

    *layout_changed* and *modifiers_changed* are told that something changed, and ask for themselves what.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        layout_changed: Callable[[], None],
        modifiers_changed: Callable[[], None],
    ) -> None:
        self._display = connection.display.display
        self._told = {
            _NEW_KEYBOARD_NOTIFY: layout_changed,
            _MAP_NOTIFY: layout_changed,
            _STATE_NOTIFY: modifiers_changed,
        }
        found = connection.display.query_extension("XKEYBOARD")
        self._opcode = int(found.major_opcode)
        self.present = bool(found.present) and self._use()
        if self.present:
            connection.display.extension_add_event(int(found.first_event), _Notice, "XkbNotice")
            connection.on(int(found.first_event), self._on_notice)
            self._tell_layout()

    def auto_repeat_is_press_only(self) -> bool:
        """Have a held key repeat as presses without releases between, on this connection; True if so now."""
        flags = _PerClientFlags(
            display=self._display,
            opcode=self._opcode,
            device=_CORE_KEYBOARD,
            change=_DETECTABLE_AUTO_REPEAT,
            value=_DETECTABLE_AUTO_REPEAT,
            controls_to_change=0,
            auto_controls=0,
            auto_control_values=0,
        )
        return bool(flags.value & _DETECTABLE_AUTO_REPEAT)

    def tell_modifiers(self, wanted: bool) -> None:
        """Have *modifiers_changed* run at each change of the modifiers held down, or no longer."""
        _SelectState(
            display=self._display,
            opcode=self._opcode,
            device=_CORE_KEYBOARD,
            kinds=_STATE_EVENTS,
            affect_details=_MODIFIER_BASE,
            details=_MODIFIER_BASE if wanted else 0,
        )

    def _use(self) -> bool:
        return bool(_UseExtension(display=self._display, opcode=self._opcode, major=1, minor=0).supported)

    def _tell_layout(self) -> None:
        _SelectWholeEvents(
            display=self._display,
            opcode=self._opcode,
            device=_CORE_KEYBOARD,
            kinds=_LAYOUT_EVENTS,
            clear=0,
            select_all=_LAYOUT_EVENTS,
            affect_map=0,
            map=0,
        )

    def _on_notice(self, event: Any) -> None:
        told = self._told.get(event.kind)
        if told is not None:
            told()
