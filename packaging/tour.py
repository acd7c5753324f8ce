"""The main job, shown: phrases go in by click and hotkey, a follow-up falls due, the shift ends.

Run by packaging/start.py in the virtual environment; works through the screen, the mouse and the
keyboard as an agent would, and looks up in the history what came of it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from Xlib.error import DisplayError

from sidebar.domain.insertion import Rect
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.clipboards import ClipboardOwner
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands, Window
from tests.e2e.rig.programs import NotInstalledError
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.rig.waiting import NeverHappenedError

SAMPLE_CHAT = Path(__file__).with_name("sample_chat.py")
HOLD = timedelta(milliseconds=60)
PACE = timedelta(seconds=1.5)  # for those who watch; together with what the steps take, within a minute
SETTINGS = """\
language = "zh"
agent = "小林"
agent_number = "A07"
"""
PLACE = Rect(40, 40, 860, 880)
ABOUT = "答复今天能不能发货"


class Tour:
    """The steps, in order; each waits for what it has caused before the next begins."""

    def __init__(
        self, session: Session, hands: Hands, reader: ScreenReader, folder: Path, *, pace: timedelta
    ) -> None:
        self._session = session
        self._hands = hands
        self._reader = reader
        self._folder = folder
        self._pace = pace
        self._home = folder / "home"
        self._sent = folder / "sent.jsonl"
        self._start = time.monotonic()

    def run(self) -> None:
        self._begin_shift()
        self._open_chat()
        self._answer_by_click()
        self._answer_by_hotkey()
        self._promise()
        self._end_shift()

    def screenshot(self, name: str = "screenshot.png") -> Path:
        return self._hands.screenshot(self._folder / name)

    def _begin_shift(self) -> None:
        self._home.mkdir()
        (self._home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        self._sidebar = ShopSidebar(
            self._session, self._hands, self._reader, home=self._home, client="sample"
        )
        self._sidebar.click("上班")
        self._sidebar.wait_event("shift_begun")
        self._say("侧栏打开，点一下上班", "The sidebar opens; a click begins the shift")

    def _open_chat(self) -> None:
        self._session.run(sys.executable, SAMPLE_CHAT, "--log", self._sent, name="sample_chat")
        window = self._hands.wait_for(lambda: self._hands.find("SampleChat"), "sample chat window")
        self._hands.place(window, PLACE)
        self._hands.activate(window)
        self._sidebar.wait_event("customer_message")
        self._wait_for_title("[1] 王小姐")
        self._say(
            "示例聊天窗口打开，侧栏站到旁边；两位买家来消息，计时在走",
            "The sample chat opens, the sidebar stands beside it; two buyers write, clocks run",
        )

    def _answer_by_click(self) -> None:
        self._sidebar.click_phrase("1")
        inserted = self._sidebar.wait_event("phrase_inserted")
        self._say(
            f"点一下，插入话术 {inserted['phrase']}，还没发",
            "One click inserts a phrase; nothing is sent yet",
        )
        self._send(1)
        self._say("按回车，王小姐收到了", "Enter: 王小姐 has it")

    def _answer_by_hotkey(self) -> None:
        self._hands.press("ctrl+tab", hold=HOLD)
        self._wait_for_title("Mr. Smith")
        self._sidebar.wait_event("customer_message", count=2)
        self._say("切到 Mr. Smith，换成他的计时", "ctrl+Tab to Mr. Smith: his clock is shown now")
        self._hands.press("ctrl+alt+2", hold=HOLD)
        inserted = self._sidebar.wait_event("phrase_inserted", count=2)
        self._say(f"按 Ctrl+Alt+2，插入话术 {inserted['phrase']}", "Ctrl+Alt+2 inserts another phrase")
        self._send(2)
        self._say("按回车，Mr. Smith 收到了", "Enter: Mr. Smith has it")

    def _promise(self) -> None:
        self._wait_for_title("[1] Mr. Smith")
        self._hands.press("ctrl+tab", hold=HOLD)
        self._wait_for_title("王小姐")
        self._hands.press("ctrl+alt+w", hold=HOLD)
        self._sidebar.wait_event("customer_message", count=3)
        self._say(
            "王小姐又来消息，按 Ctrl+Alt+W 重新计时", "王小姐 writes again: Ctrl+Alt+W restarts her clock"
        )
        self._sidebar.click("跟进")
        self._fill("要做什么", ABOUT)
        self._fill("什么时候", "5秒后")
        self._hands.press("enter", hold=HOLD)
        self._sidebar.wait_event("followup_added")
        self._say("记下一件跟进，5 秒后到点", "A follow-up is written down, due in 5 seconds")
        self._sidebar.wait_event("followup_announced")
        self._sidebar.wait_for_words(f"跟进到点了：（王小姐）{ABOUT}")
        self._say("到点，提醒出现", "It falls due and is announced")
        self.screenshot()
        self._hands.press("ctrl+alt+1", hold=HOLD)
        self._sidebar.wait_event("phrase_inserted", count=3)
        self._send(3)
        self._say("再插一条答复她", "Another phrase answers her")

    def _end_shift(self) -> None:
        self._sidebar.click("交班")
        self._sidebar.wait_event("shift_ended")
        exports = self._home / "exports"
        self._hands.wait_for(lambda: any(exports.glob("*")), "exported summary")
        self._say("交班，小结已导出", "The shift ends; its summary is exported")
        self._sidebar.end()
        summary = self._folder / "summary.md"
        self._ask("summary", "--shift", "last", "--format", "md", "-o", str(summary))
        self._sum_up(summary, *exports.glob("*"))

    def _ask(self, *command: str) -> None:
        """Run a command of the sidebar on the tour's history."""
        whole = [sys.executable, "-m", "sidebar", *command, "--home", str(self._home)]
        done = subprocess.run(whole, capture_output=True, text=True, env=self._session.environment)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())

    def _sum_up(self, *summaries: Path) -> None:
        seconds = time.monotonic() - self._start
        print(f"\n用时 {seconds:.0f} 秒 · took {seconds:.0f} s\n")
        print(f"截图 screenshot   {self._folder / 'screenshot.png'}")
        print(f"历史 history      {self._home / 'history.db'}")
        for path in summaries:
            print(f"小结 summary      {path}")
        print(f"发出 sent         {self._sent}")

    def _send(self, count: int) -> None:
        """Press Enter in the chat window and wait until that many messages have gone out."""
        self._hands.press("enter", hold=HOLD)
        self._hands.wait_for(lambda: len(self._sent_texts()) >= count, "message sent")

    def _sent_texts(self) -> list[str]:
        if not self._sent.exists():
            return []
        lines = self._sent.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines]

    def _fill(self, field: str, text: str) -> None:
        """Click a field of the sidebar and paste into it what no key of this keyboard types."""
        widget = self._sidebar.click(field)
        with ClipboardOwner(self._session.display) as clipboard:
            clipboard.offer({"UTF8_STRING": text.encode()})
            self._hands.press("ctrl+v", hold=HOLD)
            self._hands.wait_for(lambda: self._reader.text(widget) == text, f"text in {field}")

    def _wait_for_title(self, title: str) -> Window:
        return self._hands.wait_for(
            lambda: self._hands.find("SampleChat", lambda shown: shown == title), f"title {title!r}"
        )

    def _say(self, chinese: str, english: str) -> None:
        print(f"{time.monotonic() - self._start:5.1f} s  {chinese} · {english}", flush=True)
        time.sleep(self._pace.total_seconds())


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Show the main job with a sample chat window.")
    parser.add_argument("--virtual", action="store_true", help="on a virtual screen")
    parser.add_argument("--folder", type=Path, help="where to leave what is made (default: a new one)")
    options = parser.parse_args(arguments)
    if not options.virtual and not os.environ.get("DISPLAY"):
        return _refuse("导览需要 X11 桌面；加 --virtual 可在虚拟屏幕上看。", "The tour needs an X11 desktop.")
    folder = options.folder or Path(tempfile.mkdtemp(prefix="shop-sidebar-tour-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _show(folder, virtual=options.virtual)
    except NotInstalledError as error:
        return _refuse("缺少程序。", str(error))
    except (RuntimeError, OSError, KeyError, DisplayError) as error:
        return _refuse("桌面没能用起来。", f"The desktop cannot be used: {error}")


def _show(folder: Path, *, virtual: bool) -> int:
    work = folder / "desktop"
    work.mkdir()
    if not virtual:
        print("请先别动鼠标和键盘，半分钟就好。 Please leave mouse and keyboard alone for half a minute.")
    session = Desktop(work) if virtual else Session(work, os.environ)
    with session, Hands(session.display) as hands, ScreenReader(session.bus) as reader:
        tour = Tour(session, hands, reader, folder, pace=timedelta(0) if virtual else PACE)
        try:
            tour.run()
        except (NeverHappenedError, RuntimeError) as error:
            return _refuse(f"这一步没有成功，截图在 {tour.screenshot('failed.png')}。", str(error))
    return 0


def _refuse(chinese: str, english: str) -> int:
    print(f"{chinese} {english}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
