"""The real sidebar, started by its command and driven by what it shows."""

import json
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from sidebar.domain.insertion import Rect
from tests.e2e.rig.accessibility import ScreenReader, Widget
from tests.e2e.rig.desktop import Session
from tests.e2e.rig.hands import Hands, Window

_SEPARATORS = str.maketrans("，", ",")


class ShopSidebar:
    """A running sidebar; `home` is its home folder, made beforehand with what the test wants in it.

    Where nobody manages the windows, one waits for what it shows: there is no list of windows.
    """

    def __init__(
        self,
        session: Session,
        hands: Hands,
        reader: ScreenReader,
        *,
        home: Path,
        client: str = "",
        managed: bool = True,
    ) -> None:
        self.home = home
        self._hands = hands
        self._reader = reader
        chosen = ("--client", client) if client else ()
        self.program = session.run(
            *(sys.executable, "-m", "sidebar", "run", "--home", home, *chosen),
            name="sidebar",
            extra={"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"},
        )
        if managed:
            self.window: Window = hands.wait_for(self._find_window, "sidebar")

    def end(self) -> int:
        """Ask it to end as a session manager does; its exit status."""
        return self.program.end()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.program.kill()

    def window_place(self) -> Rect:
        """Where its window stands now."""
        window = self._find_window()
        assert window is not None
        return window.place

    def click(self, name: str) -> Widget:
        """Click the widget of that accessible name, once it is there."""
        widget = self.wait_for(name)
        self._hands.click(*widget.centre)
        return widget

    def choose_from_menu(self, above_the_end: int, *, button: str = "菜单") -> None:
        """Click into the menu so many pixels above its lower edge: open menus are not told to a reader.

        A browser beside us may have something unmanaged of its own on the screen all the while.
        """
        before = self._hands.popup()
        self.click(button)
        menu = self._hands.wait_for(
            lambda: there if (there := self._hands.popup()) != before else None, "menu"
        )
        self._hands.click(menu.x + menu.width // 2, menu.y + menu.height - above_the_end)

    def click_phrase(self, title: str) -> Widget:
        """Click the row of the phrase with that title or number, once it is there."""
        row = self._hands.wait_for(lambda: self._row(title), f"phrase {title!r}")
        self._hands.click(*row.centre)
        return row

    def wait_for(self, name: str) -> Widget:
        def found() -> Widget | None:
            self.program.expect_running()
            return self._reader.find(self.program.pid, lambda widget: widget.name == name)

        return self._hands.wait_for(found, f"widget {name!r}")

    def wait_for_words(self, words: str) -> Widget:
        """A widget whose accessible name has *words* in it, once there is one."""
        return self._hands.wait_for(
            lambda: self._reader.find(self.program.pid, lambda widget: words in widget.name), words
        )

    def shows(self, words: str) -> bool:
        """Whether a widget with *words* in its accessible name can be seen now."""
        return self._reader.find(self.program.pid, lambda widget: words in widget.name) is not None

    def events(self, kind: str = "") -> tuple[dict[str, Any], ...]:
        """What the history holds, read from the file itself; none before there is one."""
        path = self.home / "history.db"
        if not path.exists():
            return ()
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchall():
                return ()
            rows = database.execute("SELECT body FROM events ORDER BY seq").fetchall()
        found = (json.loads(body) for (body,) in rows)
        return tuple(event for event in found if not kind or event["type"] == kind)

    def wait_event(self, kind: str, *, count: int = 1) -> dict[str, Any]:
        """The *count*-th event of that type, once it is stored."""
        events = self._hands.wait_for(
            lambda: found if len(found := self.events(kind)) >= count else None, f"{count} {kind}"
        )
        return events[count - 1]

    def wait_logged(self, words: str, *, count: int = 1) -> None:
        """Once its log has so many lines with *words*, from all its starts in this home."""
        logs = self.home / "logs"

        def logged() -> bool:
            self.program.expect_running()
            lines = (line for log in logs.glob("*.log*") for line in log.read_text("utf-8").splitlines())
            return sum(words in line for line in lines) >= count

        self._hands.wait_for(logged, f"{count} {words!r} in the log")

    def counts(self) -> Counter[str]:
        """How many events of each type there are."""
        return Counter(str(event["type"]) for event in self.events())

    def _find_window(self) -> Window | None:
        self.program.expect_running()
        return next((w for w in self._hands.windows() if w.pid == self.program.pid), None)

    def _row(self, title: str) -> Widget | None:
        """A row says its parts one after another, the whole text last."""
        self.program.expect_running()

        def named(widget: Widget) -> bool:
            parts = [part.strip() for part in widget.name.translate(_SEPARATORS).split(",")]
            return widget.role == "list item" and title in parts[:2]

        return self._reader.find(self.program.pid, named)
