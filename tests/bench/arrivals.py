"""From a press or a click to the whole text in the box."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.bench import figures
from tests.bench.bare_script import PLACE
from tests.bench.boxes import Box
from tests.bench.ledger import Ledger
from tests.bench.own_sidebar import phrase_row
from tests.bench.stage import ARRIVAL, HOLD, USERS, Stage
from tests.bench.subjects import CHORD, KEY, PHRASE
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.programs import Program

_LEAD = timedelta(milliseconds=30)
"""People have the modifiers down about so long before the key."""
_LET_GO = timedelta(milliseconds=10)
_CLICK_GAP_SECONDS = (0.5, 0.7)
"""Wider apart than the two clicks of a double click, which insert once."""
_DOCKED = timedelta(seconds=0.5)

Place = tuple[int, int]

_GAP_SECONDS = (0.3, 0.5)
"""Between two tries, so long that everybody has finished with the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A key press under a hand: monotonic seconds just before each of the two."""

    key_down: float
    last_up: float


def press(hands: Hands, combo: str) -> Press:
    """The modifiers a little ahead, the key held, everything let go one by one."""
    *modifiers, key = combo.split("+")
    for modifier in modifiers:
        hands.hold(modifier)
    if modifiers:
        _wait(_LEAD)
    key_down = time.monotonic()
    hands.hold(key)
    _wait(HOLD)
    last_up = hands.release(key)
    for modifier in reversed(modifiers):
        _wait(_LET_GO)
        last_up = hands.release(modifier)
    return Press(key_down=key_down, last_up=last_up)


def measure_keys(stage: Stage, ledger: Ledger, program: str, boxes: Sequence[Box], runs: int) -> None:
    """Both hotkeys, held as under a hand."""
    for box in boxes:
        for _ in _tries(stage, box, runs):
            pressed = press(stage.hands, KEY)
            ledger.add(figures.KEY[box.name], program, _since(pressed.key_down, box))
        for _ in _tries(stage, box, runs):
            pressed = press(stage.hands, CHORD)
            ledger.add(figures.CHORD[box.name], program, _since(pressed.key_down, box))
            ledger.add(figures.RELEASE[box.name], program, _since(pressed.last_up, box))


def measure_floor(stage: Stage, ledger: Ledger, runs: int) -> None:
    """The paste chord alone, of a phrase that lies on the clipboard ready: what nobody can be faster than."""
    for box in (stage.plain, stage.client):
        for _ in _tries(stage, box, runs):
            stage.copy(PHRASE)
            pressed = press(stage.hands, "ctrl+v")
            ledger.add(figures.KEY[box.name], figures.FLOOR, _since(pressed.key_down, box))
    stage.copy(USERS)


def measure_taps(stage: Stage, ledger: Ledger, program: str, runs: int) -> None:
    """Keys that go down and up in one flush, as a programmable keyboard sends them."""
    for figure, combo in ((figures.TAP_KEY, KEY), (figures.TAP_CHORD, CHORD)):
        for _ in _tries(stage, stage.client, runs):
            ledger.add(figure, program, _since(stage.hands.press(combo), stage.client))


def measure_clicks(
    stage: Stage, ledger: Ledger, program: str, boxes: Sequence[Box], runs: int, place: Callable[[], Place]
) -> None:
    """A click on whatever *place* tells, asked anew for each box: a sidebar moves with its client."""
    for box in boxes:
        stage.ready(box)
        _wait(_DOCKED)
        x, y = place()
        for _ in _tries(stage, box, runs, apart=_CLICK_GAP_SECONDS):
            ledger.add(figures.CLICK[box.name], program, _since(stage.hands.click(x, y), box))


def script_button() -> Place:
    x, y, width, height = PLACE
    return x + width // 2, y + height // 2


def row_of(stage: Stage, program: Program) -> Callable[[], Place]:
    """Where the sidebar's first phrase is."""
    return lambda: stage.hands.wait_for(lambda: phrase_row(stage.reader, program.pid), "phrase").centre


def _tries(stage: Stage, box: Box, runs: int, *, apart: tuple[float, float] = _GAP_SECONDS) -> Iterator[int]:
    """*runs* times the box empty and in front, after a pause of no fixed length."""
    for number in range(runs):
        stage.ready(box)
        time.sleep(random.uniform(*apart))
        yield number


def _since(moment: float, box: Box) -> float | None:
    """Milliseconds from *moment* to the whole phrase in *box*; None when it does not come."""
    arrived = box.moment_of(PHRASE, ARRIVAL)
    return None if arrived is None else (arrived - moment) * 1000


def _wait(duration: timedelta) -> None:
    time.sleep(duration.total_seconds())
