"""The small chat client that comes with the sidebar: a second to start, no server, no other machine."""

import json
import sys
from pathlib import Path

from sidebar.domain.insertion import Rect
from tests.e2e.rig.desktop import Session
from tests.e2e.rig.hands import Hands, Window

CLASS = "SampleChat"
PLACE = Rect(60, 40, 700, 900)  # tall enough for the sidebar beside it to show its rows
_PROGRAM = Path(__file__).parents[3] / "packaging" / "sample_chat.py"


class SampleChat:
    """A running one, in front, with 王小姐 open in it; *options* are its own."""

    def __init__(
        self, session: Session, hands: Hands, folder: Path, *options: str, wm_class: str = CLASS
    ) -> None:
        self._hands = hands
        self._log = folder / "sent.jsonl"
        chosen: tuple[str | Path, ...] = ("--log", self._log, "--class", wm_class, *options)
        self.program = session.run(sys.executable, _PROGRAM, *chosen, name="sample_chat")
        self.window: Window = hands.wait_for(lambda: hands.find(wm_class), "sample chat window")
        hands.activate(self.window)
        hands.place(self.window, PLACE)

    def send(self) -> None:
        """The agent presses Enter."""
        self._hands.press("enter")

    def sent(self) -> tuple[str, ...]:
        """What has gone out so far."""
        if not self._log.exists():
            return ()
        return tuple(json.loads(line)["text"] for line in self._log.read_text(encoding="utf-8").splitlines())

    def wait_sent(self, count: int) -> tuple[str, ...]:
        return self._hands.wait_for(
            lambda: found if len(found := self.sent()) >= count else None, f"{count} messages sent"
        )
