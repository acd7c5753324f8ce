"""From the start of a program to its first use: a press that inserts, and the first paint."""

import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from Xlib import X
from Xlib.display import Display

from sidebar.domain.insertion import Rect
from tests.bench import figures
from tests.bench.arrivals import press
from tests.bench.ledger import Ledger
from tests.bench.stage import ARRIVAL, Stage
from tests.bench.staircase import Staircase
from tests.bench.subjects import KEY, PHRASE, Subject
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.waiting import until

_STEP_MS, _FINEST_MS = 40.0, 5.0
_EMPTY_SCREEN = 0xFF00FF
_SETTLED = timedelta(seconds=1)


def measure_usable(
    stage: Stage, ledger: Ledger, subjects: Sequence[Subject], firsts: Mapping[str, float], tries: int
) -> None:
    """One press a start, earlier after a success and later after a failure: presses do not pile up.

    *firsts* are the milliseconds after the start at which each program's first press comes.
    """
    stairs = {
        subject.name: Staircase(first=firsts[subject.name], step=_STEP_MS, finest=_FINEST_MS)
        for subject in subjects
    }
    for _ in range(tries):
        for subject in subjects:
            steps = stairs[subject.name]
            steps.hear(worked=_works_at(stage, subject, steps.level / 1000))
    for subject in subjects:
        for level in stairs[subject.name].near:
            ledger.add(figures.USABLE, subject.name, level)


def _works_at(stage: Stage, subject: Subject, seconds: float) -> bool:
    subject.prepare()
    stage.ready(stage.plain)
    time.sleep(_SETTLED.total_seconds() / 4)  # the program before has let go of its keys by then
    start = time.monotonic()
    program = subject.start(stage.desktop)
    try:
        time.sleep(max(0.0, start + seconds - time.monotonic()))
        press(stage.hands, KEY)
        return stage.plain.moment_of(PHRASE, ARRIVAL) is not None
    finally:
        program.end()


def measure_paint(desktop: Desktop, ledger: Ledger, subjects: Sequence[Subject], runs: int) -> None:
    """Seen from outside: the window's place on a screen of one colour shows something else.

    The first start of each only warms the page cache and the compiled modules.
    """
    with Hands(desktop.display) as hands:
        eye = _Eye(desktop.display)
        for number in range(runs + 1):
            for subject in subjects:
                milliseconds = _first_paint(desktop, hands, eye, subject)
                if number:
                    ledger.add(figures.PAINT, subject.name, milliseconds)
        eye.close()


def _first_paint(desktop: Desktop, hands: Hands, eye: "_Eye", subject: Subject) -> float:
    eye.clear()
    start = time.monotonic()
    program = subject.start(desktop)
    try:
        window = hands.wait_for(
            lambda: next((found for found in hands.windows() if found.pid == program.pid), None), "window"
        )
        until(lambda: eye.sees_something(window.place), "first paint")
        moment = time.monotonic()
        time.sleep(_SETTLED.total_seconds())  # ending it amid its start would measure another start
        return (moment - start) * 1000
    finally:
        program.end()
        hands.wait_for(lambda: not hands.windows(), "empty screen")


class _Eye:
    """Looks at single pixels of a screen that is empty but for the window that is awaited."""

    def __init__(self, display: str) -> None:
        self._display = Display(display)
        self._root: Any = self._display.screen().root

    def clear(self) -> None:
        self._root.change_attributes(background_pixel=_EMPTY_SCREEN)
        self._root.clear_area()
        self._display.sync()

    def sees_something(self, place: Rect) -> bool:
        """Whether any of nine points spread over *place* has another colour than the empty screen."""
        return any(
            self._pixel(place.x + place.width * across // 4, place.y + place.height * down // 4)
            != _EMPTY_SCREEN
            for across in (1, 2, 3)
            for down in (1, 2, 3)
        )

    def close(self) -> None:
        self._display.close()

    def _pixel(self, x: int, y: int) -> int:
        image = self._root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFF)
        return int.from_bytes(image.data[:3], "little")
