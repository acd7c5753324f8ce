"""A chat console in a real Chromium: a page of ours that lists its buyers, with a badge for what is unread.

Its title names nobody, as with many consoles; what a buyer has sent holds a link with a number, which
must not be taken for a buyer.
"""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands, Window

_PAGE = Path(__file__).with_name("web_chat.html")
_OFFER = '<a href="#">iPhone 15</a>'
_ALIVE_SECONDS = 0.2
_OPTIONS = (
    *("--no-sandbox", "--test-type", "--disable-gpu", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--password-store=basic", "--disable-features=Translate,MediaRouter", "--lang=en-US"),
    *("--ozone-platform=x11", "--force-renderer-accessibility"),
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


class WebChat:
    """A running one with *buyers*, of whom the first is open; nothing is unread."""

    def __init__(self, desktop: Desktop, hands: Hands, folder: Path, *buyers: str) -> None:
        self._news = threading.Condition()
        self._unread = dict.fromkeys(buyers, 0)
        self._open = buyers[0]
        self._sent: list[tuple[str, str]] = []
        self._messages: dict[str, list[dict[str, str]]] = {buyer: [] for buyer in buyers}
        for buyer in buyers:  # what has been said before
            self._say(buyer, "buyer")
            self._say(buyer, "agent")
        self._over = False
        self._hands = hands
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        address = f"http://127.0.0.1:{self._server.server_port}/"
        self.program = desktop.run("chromium", *_OPTIONS, f"--user-data-dir={folder}", address)
        self.window: Window = hands.wait_for(self._window, "web chat")
        hands.activate(self.window)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.program.end()
        with self._news:
            self._over = True
            self._news.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def write(self, buyer: str) -> None:
        """*buyer* writes; who is open is read at once."""
        with self._news:
            self._unread[buyer] += buyer != self._open
            self._say(buyer, "buyer")
            self._news.notify_all()

    def reply_by_itself(self, buyer: str) -> None:
        """The shop answers *buyer* without anybody's hand."""
        with self._news:
            self._say(buyer, "auto")
            self._news.notify_all()

    def open(self, buyer: str) -> None:
        """The agent goes to *buyer*, whose messages are read by that."""
        with self._news:
            self._open = buyer
            self._unread[buyer] = 0
            self._news.notify_all()

    def wait_sent(self, count: int) -> tuple[tuple[str, str], ...]:
        """To whom what was sent, once there is so much."""
        return self._hands.wait_for(
            lambda: tuple(self._sent) if len(self._sent) >= count else None, f"{count} messages sent"
        )

    def _window(self) -> Window | None:
        self.program.expect_running()
        return next((w for w in self._hands.windows() if w.title.startswith("Web Chat")), None)

    def _state(self) -> Mapping[str, object]:
        buyers = [{"name": name, "unread": unread} for name, unread in self._unread.items()]
        messages = self._messages[self._open]
        return {"open": self._open, "buyers": buyers, "offer": _OFFER, "messages": messages}

    def _say(self, buyer: str, by: str, text: str = "……") -> None:
        messages = self._messages[buyer]
        name = f"{list(self._messages).index(buyer)}-{len(messages)}"
        messages.append({"id": name, "by": by, "text": text})

    def _take(self, path: str, body: str) -> None:
        if path == "/open":
            self.open(body)
        else:
            with self._news:
                self._sent.append((self._open, body))
                self._say(self._open, "agent", body)
                self._news.notify_all()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path != "/state":
                    self._answer("text/html; charset=utf-8", _PAGE.read_bytes())
                    return
                self._head("text/event-stream")
                self._stream()

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                chat._take(self.path, json.loads(self.rfile.read(length)))
                self._answer("text/plain", b"")

            def log_message(self, format: str, *args: object) -> None:
                """Requests are nobody's news."""

            def _stream(self) -> None:
                told = ""
                while not chat._over:
                    with chat._news:
                        state = json.dumps(chat._state())
                        if state == told:
                            chat._news.wait(_ALIVE_SECONDS)
                            continue
                    told = state
                    try:
                        self.wfile.write(f"data: {state}\n\n".encode())
                    except OSError:
                        return  # the browser has ended

            def _answer(self, kind: str, body: bytes) -> None:
                self._head(kind, len(body))
                self.wfile.write(body)

            def _head(self, kind: str, length: int | None = None) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                if length is not None:
                    self.send_header("Content-Length", str(length))
                self.end_headers()

        return Handler
