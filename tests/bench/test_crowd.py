"""With 500 open conversations the sidebar costs little more than a list that does nothing."""

import pytest
from pytestqt.qtbot import QtBot

from sidebar.ui.window import SidebarWindow
from tests.bench.crowd import measure


@pytest.fixture
def window(qtbot: QtBot) -> SidebarWindow:
    made = SidebarWindow()
    qtbot.addWidget(made)
    made.fill()
    made.resize(352, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_a_tick_and_a_flood_stay_far_below_a_frame(window: SidebarWindow) -> None:
    """The bare list's paint takes about 0.17 ms here: six of them are a millisecond, 90 a frame."""
    crowded = measure(window)
    bare = crowded.bare_paint.median
    for name in ("bare_paint", "tick", "tick_frame", "event_frame", "flood_frame"):
        sample = getattr(crowded, name)
        print(f"{name}: {sample.median:.2f} ms (p95 {sample.p95:.2f}), {sample.median / bare:.1f} x")
    assert crowded.tick.median < 6 * bare
    assert crowded.tick_frame.median < 15 * bare
    assert crowded.event_frame.median < 30 * bare
    assert crowded.flood_frame.median < 60 * bare
