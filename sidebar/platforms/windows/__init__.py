"""A Windows desktop: one hidden window of our own in the thread's message loop; nothing is polled.

What was chosen and found, each in the module it concerns: events about other windows in
`windows`, hotkeys in `hotkeys`, keys and who may be sent them in `keys` and `processes`, the
clipboard in `clipboard`, reading another program's in `foreign_contents`, abbreviations typed
anywhere in `typing_helper`. Prototypes of the system's functions are in `win32`; each module
that calls them offers a Protocol in our words, which the logic takes and tests replace.

The one exception to "nothing is polled": letting go of modifiers, see `keys`.
"""

from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

from sidebar.platforms.null import NullChatReader, NullTextBoxes
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.board import Win32Board
from sidebar.platforms.windows.clipboard import Win32Clipboard
from sidebar.platforms.windows.foreign_contents import ForeignContents
from sidebar.platforms.windows.hotkeys import Win32Hotkeys
from sidebar.platforms.windows.keyboard import Win32Keyboard
from sidebar.platforms.windows.keys import Win32KeySender
from sidebar.platforms.windows.messages import MessageWindow
from sidebar.platforms.windows.processes import Win32Processes
from sidebar.platforms.windows.toplevels import Win32Toplevels
from sidebar.platforms.windows.windows import Win32Windows
from sidebar.ports import Capability, Platform, Readiness, Scheduler

if TYPE_CHECKING:  # most agents want nothing of it
    from sidebar.platforms.windows.hooked_hotkeys import HookedHotkeys

_ABLE = (
    Capability.GLOBAL_HOTKEYS
    | Capability.SEND_KEYS
    | Capability.TRACK_WINDOW
    | Capability.READ_TITLE
    | Capability.CLIPBOARD_FORMATS
)


def create(*, readiness: Readiness, scheduler: Scheduler) -> Platform:
    """The adapters of the logged-in user's desktop; raises PlatformError off Windows or without a desktop.

    Belongs to the thread that calls it, whose message loop has to run.
    """
    del readiness
    libraries = win32.Libraries()
    with ExitStack() as made:
        messages = MessageWindow(libraries)
        made.callback(messages.close)
        toplevels, processes = Win32Toplevels(libraries), Win32Processes(libraries)
        keyboard, board = Win32Keyboard(libraries), Win32Board(libraries)
        windows = Win32Windows(toplevels=toplevels, processes=processes, scheduler=scheduler)
        made.callback(windows.close)
        clipboard = Win32Clipboard(
            board=board,
            messages=messages,
            scheduler=scheduler,
            foreign=ForeignContents(board=board, messages=messages, scheduler=scheduler),
            belongs=windows.belongs,
        )
        made.callback(clipboard.close)
        hotkeys = Win32Hotkeys(messages=messages, keyboard=keyboard, front=toplevels.foreground)
        made.callback(hotkeys.close)
        front = win32.EVENT_SYSTEM_FOREGROUND
        made.callback(toplevels.listen(front, front, 0, lambda *_: hotkeys.look_at_layout()))
        keys = Win32KeySender(
            keyboard=keyboard,
            processes=processes,
            scheduler=scheduler,
            active=windows.active,
            before=clipboard.expect_paste,
        )
        closing = made.pop_all()
        return Platform(
            name="windows",
            capabilities=_ABLE,
            windows=windows,
            keys=keys,
            hotkeys=hotkeys,
            clipboard=clipboard,
            boxes=NullTextBoxes(scheduler=scheduler),
            reader=NullChatReader(),
            close=closing.close,
            elevated=keys.elevated,
            hooked=cache(partial(_hook, messages, scheduler, closing)),
        )


def _hook(messages: MessageWindow, scheduler: Scheduler, closing: ExitStack) -> "HookedHotkeys":
    """What hears keys by the helper process, which runs while something is wanted of it."""
    from sidebar.platforms.windows.hooked_hotkeys import HelperProcess, HookedHotkeys

    hooked = HookedHotkeys(start=partial(HelperProcess, messages), scheduler=scheduler)
    closing.callback(hooked.close)
    return hooked
