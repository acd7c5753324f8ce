"""Buyers as a test sees them: they write, and they tell what reached them."""

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.e2e.rig.chat_server import AGENT, BUYERS, DOMAIN, ChatServer
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.waiting import PATIENCE, NeverHappenedError

_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    text: str
    at: float
    """Monotonic seconds, taken by the buyer on arrival."""


class Buyer:
    """One buyer, logged in for as long as the desktop lives."""

    def __init__(self, desktop: Desktop, server: ChatServer, account: str) -> None:
        self.name = BUYERS[account]
        self._news = threading.Condition()
        self._ready = False
        self._online: set[str] = set()
        self._messages: list[Message] = []
        self._start = 0
        self._program = desktop.run(
            *(sys.executable, "-m", "tests.e2e.rig.buyer_bot", str(server.port), account),
            name=account,
            extra={"PYTHONPATH": str(_ROOT)},
            pipes=True,
        )
        self._listener = threading.Thread(target=self._listen, name=f"hears {account}", daemon=True)
        self._listener.start()
        self._wait(lambda: self._ready, "login", PATIENCE)

    def send(self, text: str, *, resource: str = "pidgin") -> None:
        """Write to the agent's chat client; raises when no such client is online in time."""
        agent = f"{AGENT}@{DOMAIN}/{resource}"
        self.wait_online(resource)
        order = json.dumps({"to": agent, "text": text}, ensure_ascii=False)
        self._program.stdin.write(order.encode() + b"\n")
        self._program.stdin.flush()

    def wait_online(self, resource: str) -> None:
        agent = f"{AGENT}@{DOMAIN}/{resource}"
        self._wait(lambda: agent in self._online, f"{agent} online", PATIENCE)

    def wait_offline(self, resource: str) -> None:
        agent = f"{AGENT}@{DOMAIN}/{resource}"
        self._wait(lambda: agent not in self._online, f"{agent} offline", PATIENCE)

    def received(self, since: int = 0) -> tuple[str, ...]:
        """What reached the buyer since `forget`, without the first *since* messages."""
        return tuple(message.text for message in self.messages()[since:])

    def messages(self) -> tuple[Message, ...]:
        with self._news:
            return tuple(self._messages[self._start :])

    def wait_received(self, count: int, *, timeout: timedelta = PATIENCE) -> tuple[str, ...]:
        """The messages since `forget`, as soon as there are *count*."""
        self._wait(lambda: len(self._messages) - self._start >= count, f"{count} messages", timeout)
        return self.received()

    def forget(self) -> None:
        """Count from here: what came before is no longer told."""
        with self._news:
            self._start = len(self._messages)

    def close(self) -> None:
        self._program.stdin.close()  # the program ends with its input
        self._listener.join(PATIENCE.total_seconds())  # before the pipe it reads from is closed
        self._program.end()

    def _wait(self, condition: Callable[[], bool], what: str, timeout: timedelta) -> None:
        with self._news:
            if not self._news.wait_for(condition, timeout.total_seconds()):
                self._program.expect_running()
                raise NeverHappenedError(f"{self.name}: no {what} within {timeout.total_seconds():g} s")

    def _listen(self) -> None:
        for line in self._program.stdout:
            fact = json.loads(line)
            with self._news:
                self._learn(fact)
                self._news.notify_all()

    def _learn(self, fact: dict[str, object]) -> None:
        match fact:
            case {"ready": True}:
                self._ready = True
            case {"online": str(jid)}:
                self._online.add(jid)
            case {"offline": str(jid)}:
                self._online.discard(jid)
            case {"text": str(text), "at": float(at)}:
                self._messages.append(Message(text=text, at=at))
