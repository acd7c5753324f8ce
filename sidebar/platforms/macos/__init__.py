"""A macOS desktop: Carbon's hotkeys, promised pasteboard data, Quartz keys, Accessibility where granted.

Written from documentation and other programs' findings and tested against a fake of the system; not
yet run on a Mac. All that touches the system is behind `bridge` and done in `native`; what was
chosen and why stands in the module it concerns.
"""

import sys
from contextlib import ExitStack

from sidebar.errors import PlatformError
from sidebar.platforms.macos.bridge import Bridge
from sidebar.platforms.macos.clipboard import MacClipboard
from sidebar.platforms.macos.hotkeys import MacHotkeys
from sidebar.platforms.macos.keys import MacKeySender
from sidebar.platforms.macos.permissions import MacPermissions
from sidebar.platforms.macos.text_boxes import MacTextBoxes
from sidebar.platforms.macos.windows import MacWindows
from sidebar.platforms.null import NullChatReader
from sidebar.ports import Capability, Platform, Readiness, Scheduler


def create(*, readiness: Readiness, scheduler: Scheduler) -> Platform:
    """The adapters of this Mac; raises PlatformError where there is none, or PyObjC is missing."""
    del readiness
    if sys.platform == "darwin":
        try:
            from sidebar.platforms.macos import native
        except ImportError as error:
            raise PlatformError(f"PyObjC is not whole here ({error}); install the sidebar again.") from error
        return assemble(native.connect(scheduler=scheduler), scheduler=scheduler)
    else:
        raise PlatformError("The macos platform needs a Mac; leave --platform away to use this desktop.")


def assemble(bridge: Bridge, *, scheduler: Scheduler) -> Platform:
    """The adapters on *bridge*; all of it is closed with the platform."""
    with ExitStack() as made:
        made.callback(bridge.close)
        clipboard = MacClipboard(pasteboard=bridge.pasteboard, scheduler=scheduler)
        made.callback(clipboard.close)
        permissions = MacPermissions(
            permissions=bridge.permissions, readable=lambda: clipboard.readable, scheduler=scheduler
        )
        made.callback(permissions.close)
        hotkeys = MacHotkeys(hotkeys=bridge.hotkeys, keyboard=bridge.keyboard)
        made.callback(hotkeys.close)
        windows = MacWindows(bridge=bridge, scheduler=scheduler)
        made.callback(windows.close)
        boxes = MacTextBoxes(accessibility=bridge.accessibility, scheduler=scheduler)

        def listen_again(able: Capability) -> None:
            if Capability.ACCESSIBILITY in able:
                windows.listen_again()

        permissions.when_changed(listen_again)
        return Platform(
            name="macos",
            capabilities=permissions.capabilities(),
            windows=windows,
            keys=MacKeySender(
                keyboard=bridge.keyboard,
                permissions=bridge.permissions,
                scheduler=scheduler,
                before=clipboard.await_paste,
            ),
            hotkeys=hotkeys,
            clipboard=clipboard,
            boxes=boxes,
            reader=NullChatReader(),
            close=made.pop_all().close,
            when_changed=permissions.when_changed,
            grantable=Capability.SEND_KEYS | Capability.READ_TITLE | Capability.ACCESSIBILITY,
        )
