"""What an insertion leaves behind: the user's clipboard, and what the buyer gets."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from tests.bench import figures
from tests.bench.ledger import Ledger
from tests.bench.stage import ARRIVAL, HOLD, Stage
from tests.bench.subjects import KEY, PHRASE
from tests.e2e.rig.clipboards import Content
from tests.e2e.rig.picture import png

_TEXT: Content = {"UTF8_STRING": "用户剪贴板 of the user".encode()}
_IMAGE: Content = {"image/png": png(40, 30, bytes(range(200)) * 24)}
_SETTLE = timedelta(seconds=1)
_GIVEN_BACK = timedelta(seconds=5)
_SENT_EARLY = timedelta(seconds=1)
_TYPED = timedelta(seconds=3)
"""A program that types its text key by key takes longer than one that pastes."""
_LOOK_AGAIN_SECONDS = 0.1


def measure_clipboard(stage: Stage, ledger: Ledger, program: str) -> None:
    for figure, content in ((figures.TEXT_KEPT, _TEXT), (figures.IMAGE_KEPT, _IMAGE)):
        _settled(stage)
        stage.owner.offer(content)
        stage.hands.press(KEY, hold=HOLD)
        arrived = stage.client.moment_of(PHRASE, ARRIVAL) is not None
        kept = _comes_true(partial(_holds, stage, content), _GIVEN_BACK)
        words = figures.KEPT if kept else "gone"
        ledger.say(figure, program, words if arrived else f"{words}; text not inserted")


def measure_message(stage: Stage, ledger: Ledger, program: str) -> None:
    """A text of three lines, then Enter."""
    _settled(stage)
    stage.buyer.forget()
    stage.hands.press(KEY, hold=HOLD)
    if stage.client.moment_of(PHRASE, _TYPED) is not None:
        _comes_true(lambda: bool(stage.buyer.received()), _SENT_EARLY)
    early = stage.buyer.received()
    stage.hands.press("Return")
    _comes_true(lambda: len(stage.buyer.received()) > len(early), _SENT_EARLY)
    ledger.say(figures.MESSAGE, program, _in_words(stage.buyer.received(), early))


def _settled(stage: Stage) -> None:
    """The client's box empty and in front, everybody done with what was before."""
    time.sleep(_SETTLE.total_seconds())
    stage.ready(stage.client)


def _in_words(messages: tuple[str, ...], early: tuple[str, ...]) -> str:
    if messages == (PHRASE,):
        return "one, sent unasked" if early else figures.ONE_MESSAGE
    text = "exact" if "\n".join(messages) == PHRASE else "not the text"
    return f"{len(messages)}, {len(early)} of them sent unasked, {text}"


def _holds(stage: Stage, content: Content) -> bool:
    """Whether the clipboard has every format of *content*, byte for byte."""
    return all(stage.clipboard.read(name) == data for name, data in content.items())


def _comes_true(condition: Callable[[], bool], within: timedelta) -> bool:
    deadline = time.monotonic() + within.total_seconds()
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_AGAIN_SECONDS)
    return True
