"""An X11 desktop: one connection in the event loop, no thread, nothing polled but lists of conversations.

What was chosen and found, each in the module it concerns: keys and grabs in `keys`, the layout
and its changes in `keyboard_state` and `xkb`, windows in `windows`, the clipboard in `clipboard`,
input boxes in `text_boxes`, lists of conversations in `chat_reader`, who writes in `log_reader`,
elements that are pointed at in `elements`.
"""

import logging
import os
from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

from Xlib.error import ConnectionClosedError

from sidebar.domain.insertion import Moment
from sidebar.platforms.null import NullChatReader, NullTextBoxes
from sidebar.platforms.x11.chat_reader_at_need import ChatReaderAtNeed
from sidebar.platforms.x11.clipboard import X11Clipboard
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.hotkeys import X11Hotkeys
from sidebar.platforms.x11.keyboard_state import Keyboard
from sidebar.platforms.x11.keys import X11KeySender
from sidebar.platforms.x11.text_boxes_at_need import TextBoxesAtNeed, session_address
from sidebar.platforms.x11.windows import X11Windows
from sidebar.ports import Capability, ChatReader, Platform, Readiness, Scheduler, TextBoxes

if TYPE_CHECKING:  # few point at anything
    from sidebar.platforms.x11.elements import AtSpiElements

log = logging.getLogger(__name__)


def create(*, readiness: Readiness, scheduler: Scheduler) -> Platform:
    """The adapters of the display that DISPLAY names; raises PlatformError where it cannot be reached."""
    with ExitStack() as made:
        connection = Connection(name=None, readiness=readiness, scheduler=scheduler)
        made.callback(connection.close)
        keyboard = Keyboard(connection=connection, scheduler=scheduler)
        hotkeys = X11Hotkeys(connection=connection, keyboard=keyboard)
        keys = X11KeySender(connection=connection, keyboard=keyboard, hotkeys_down=hotkeys.down)
        windows = X11Windows(connection=connection)
        clipboard = X11Clipboard(connection=connection, scheduler=scheduler)
        made.callback(_close, clipboard)
        boxes, reader, accessible = _accessibility(made, readiness, scheduler)
        able = _capabilities(keyboard, windows) | accessible
        connection.settle()
        closing = made.pop_all()
        session = session_address(os.environ)
        return Platform(
            name="x11",
            capabilities=able,
            windows=windows,
            keys=keys,
            hotkeys=hotkeys,
            clipboard=clipboard,
            boxes=boxes,
            reader=reader,
            close=closing.close,
            elements=cache(partial(_elements, session, readiness, scheduler, closing)) if session else None,
            give_back=_give_back,
            look=partial(_look, windows, keyboard, clipboard),
        )


def _elements(
    session: str, readiness: Readiness, scheduler: Scheduler, closing: ExitStack
) -> "AtSpiElements":
    """What reads elements of windows, over a connection of its own."""
    from sidebar.platforms.x11.elements import AtSpiElements

    elements = AtSpiElements(session, readiness=readiness, scheduler=scheduler)
    closing.callback(elements.close)
    return elements


def _look(windows: X11Windows, keyboard: Keyboard, clipboard: X11Clipboard) -> Moment:
    """What a key would meet: three questions that travel together, answered for one moment."""
    active, ours, held = windows.ask_active(), clipboard.ask_ours(), keyboard.ask_modifiers()
    return Moment(active=active(), clipboard_ours=ours(), modifiers_held=held())


def _give_back() -> None:
    from sidebar.platforms.x11.start_memory import give_back  # used once

    give_back()


def _close(clipboard: X11Clipboard) -> None:
    try:
        clipboard.close()
    except ConnectionClosedError:
        log.info("x11 server ended before the clipboard could be given back")


def _accessibility(
    made: ExitStack, readiness: Readiness, scheduler: Scheduler
) -> tuple[TextBoxes, ChatReader, Capability]:
    """What is on the accessibility bus, which the session's bus knows; without one there is nothing."""
    session = session_address(os.environ)
    if not session:
        return NullTextBoxes(scheduler=scheduler), NullChatReader(), Capability.NONE
    boxes = TextBoxesAtNeed(session, readiness=readiness, scheduler=scheduler)
    made.callback(boxes.close)
    reader = ChatReaderAtNeed(session, readiness=readiness, scheduler=scheduler)
    made.callback(reader.close)
    return boxes, reader, Capability.ACCESSIBILITY


def _capabilities(keyboard: Keyboard, windows: X11Windows) -> Capability:
    """What this server and window manager can do; without XKB letting go of modifiers cannot be seen."""
    able = Capability.CLIPBOARD_FORMATS
    if keyboard.xkb.present:
        able |= Capability.GLOBAL_HOTKEYS
    if keyboard.xkb.present and keyboard.can_press:
        able |= Capability.SEND_KEYS
    if windows.managed:
        able |= Capability.TRACK_WINDOW | Capability.READ_TITLE
    return able
