"""The sidebar under measurement, in a throw-away home with the phrase, the keys and the client it needs."""

import os
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sidebar.domain.events import ConversationOpened, CustomerMessage, Event
from sidebar.domain.identifiers import ClientName, ConversationId, EventId
from sidebar.domain.phrases import Stage
from sidebar.domain.settings import Settings
from sidebar.paths import Home
from sidebar.shelf import packs_at_hand
from sidebar.storage.history import SqliteHistory
from sidebar.system_time import SystemClock
from tests.bench.boxes import CLASS
from tests.bench.subjects import CHORD, KEY, PHRASE, Subject
from tests.e2e.rig.accessibility import ScreenReader, Widget

_TITLE = "测量"
_CLIENT = ClientName("bench")
_APART = timedelta(seconds=3)
_LONG_AGO = 1_700_000_000


def sidebar(folder: Path, *, name: str, paths: str, waiting: int = 0) -> Subject:
    """The sidebar that inserts by *paths* ("accessibility", "paste"), with *waiting* clocks running."""
    home = Home(folder / f"{name}-{waiting}-home")
    home.ensure()
    keys = f'[hotkeys]\ninsert = ["{KEY.lower()}", "{CHORD}"]\n'
    home.settings.write_text(f'{keys}[clients.pidgin]\npaths = ["{paths}"]\n', encoding="utf-8")
    pack = home.phrases / "bench.yaml"
    pack.write_text(_pack(), encoding="utf-8")
    os.utime(pack, (_LONG_AGO, _LONG_AGO))
    (home.clients / "bench.toml").write_text(_PROFILE, encoding="utf-8")
    packs_at_hand(home, Settings(), "zh")  # as after any start but the first
    if waiting:
        with SqliteHistory(home.history) as history:
            history.append(*_buyers(waiting))
    return Subject(
        name=name,
        command=(sys.executable, "-m", "sidebar", "run", "--home", home.root, "--platform", "x11"),
        # Compiled once, as an installed program is; beside the bench and not in the checkout.
        environment={"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")},
    )


def phrase_row(reader: ScreenReader, pid: int) -> Widget | None:
    """The row of the first phrase, as a screen reader is told; None while there is none."""

    def wanted(widget: Widget) -> bool:
        return widget.role == "list item" and _TITLE in widget.name

    return reader.find(pid, wanted)


def _pack() -> str:
    """The same text twice for each stage: wherever a conversation stands, they are numbers 1 and 2."""
    body = "".join(f"\n      {line}" for line in PHRASE.split("\n"))
    items = (
        f"  - id: bench.{stage}-{number}\n    title: {_TITLE} {stage} {number}\n"
        f"    stage: {stage}\n    body: |-{body}\n"
        for stage in Stage
        for number in (1, 2)
    )
    return "phrases:\n" + "".join(items)


def _buyers(count: int) -> Iterator[Event]:
    """Buyers who wrote one after the other and all wait."""
    now = SystemClock().now()
    for number in range(count):
        customer = f"买家{number + 1}"
        conversation = ConversationId(f"{_CLIENT}:{customer}")
        at = now - number * _APART
        for kind in (ConversationOpened, CustomerMessage):
            yield kind(
                id=EventId(uuid.uuid4().hex),
                at=at,
                conversation=conversation,
                client=_CLIENT,
                customer=customer,
            )


_PROFILE = f"""\
name = "{_CLIENT}"
programs = ["{CLASS}"]
buyer = '^(?P<buyer>.+)$'

[paste]
paths = ["paste"]
"""
