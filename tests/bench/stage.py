"""Where everything is measured: one desktop with a plain box and Pidgin on it, one program at a time."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench.boxes import Box, ClientBox, PlainBox
from tests.bench.subjects import KEY, PHRASE, Subject
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.chat_server import ChatServer
from tests.e2e.rig.clipboards import ClipboardOwner, ClipboardReader
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.pidgin import Pidgin
from tests.e2e.rig.programs import Program
from tests.e2e.rig.waiting import NeverHappenedError

HOLD = timedelta(milliseconds=60)
"""How long a person has a key down."""
ARRIVAL = timedelta(seconds=1.5)
"""What has not arrived by then is lost."""
USERS = "what the user copied 用户剪贴板"

_CUSTOMER = "张女士"
_SETTLED = timedelta(seconds=1)
"""After its first insertion a program may still be busy giving back the clipboard."""
_START = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The desktop and what stands on it; `owner` is the program the user copied something from."""

    desktop: Desktop
    hands: Hands
    reader: ScreenReader
    owner: ClipboardOwner
    clipboard: ClipboardReader
    plain: PlainBox
    client: ClientBox
    buyer: Buyer

    def ready(self, box: Box) -> None:
        """*box* empty and in front, the user's own text on the clipboard."""
        if not self.hands.is_active(box.window):
            self.hands.activate(box.window)
        box.empty()
        if not self.owner.owns:
            self.copy(USERS)

    def copy(self, text: str) -> None:
        """As if the user had copied *text* in some other program."""
        self.owner.offer(dict.fromkeys(("UTF8_STRING", "text/plain;charset=utf-8"), text.encode()))

    def wait_usable(self, program: Program, combo: str = KEY) -> None:
        """Until a press of *combo* brings the phrase into the plain box."""
        deadline = time.monotonic() + _START.total_seconds()
        while time.monotonic() < deadline:
            program.expect_running()
            self.ready(self.plain)
            self.hands.press(combo, hold=HOLD)
            if self.plain.moment_of(PHRASE, ARRIVAL) is not None:
                return
        raise NeverHappenedError(f"{program.name} inserts nothing within {_START.total_seconds():g} s")


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        desktop = stack.enter_context(Desktop(folder))
        hands = stack.enter_context(Hands(desktop.display))
        server = ChatServer(desktop)
        buyer = Buyer(desktop, server, "buyer")
        stack.callback(buyer.close)
        (folder / "pidgin").mkdir()
        pidgin = stack.enter_context(Pidgin(desktop, server, hands, folder / "pidgin"))
        plain = PlainBox(desktop, hands, _CUSTOMER)
        window = pidgin.attend(buyer)
        client = ClientBox(desktop, hands, window, pid=pidgin.program.pid)
        stack.callback(client.close)
        yield Stage(
            desktop=desktop,
            hands=hands,
            reader=stack.enter_context(ScreenReader(desktop.bus)),
            owner=stack.enter_context(ClipboardOwner(desktop.display)),
            clipboard=stack.enter_context(ClipboardReader(desktop.display)),
            plain=plain,
            client=client,
            buyer=buyer,
        )


@contextmanager
def running(stage: Stage, subject: Subject, *, awaited: str = KEY) -> Iterator[Program]:
    """*subject* alone on the stage, from the moment its key *awaited* works."""
    subject.prepare()
    program = subject.start(stage.desktop)
    try:
        stage.wait_usable(program, awaited)
        time.sleep(_SETTLED.total_seconds())
        yield program
    finally:
        program.end()
