"""The health panel: what was found, in shape and words, in both languages and as the doctor says it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject

from sidebar.domain.findings import WORDS, Finding, Kind, State, found
from sidebar.platforms import null
from sidebar.ports import Cancel
from sidebar.services.health import Check, Health, HealthRow
from sidebar.ui import remedies, wording
from sidebar.ui.controls import Hint
from sidebar.ui.health_panel import HealthPanel
from sidebar.ui.health_presenter import HealthPresenter
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow
from tests.fakes import FakeTime
from tests.ui.gestures import heard, named, painted, press, settle

ROWS = (
    HealthRow(check=Check.HOTKEYS, finding=found("hotkeys", State.WARNING, Kind.HOTKEYS_TAKEN, "ctrl+alt+1")),
    HealthRow(check=Check.INSERTION, finding=found("insertion", State.BROKEN, Kind.KEYS_REFUSED)),
    HealthRow(check=Check.DISK, finding=found("disk", State.OK, Kind.FREE, "900")),
)


class NoReadiness:
    """Implements `Readiness`: there is nothing to wait for."""

    def watch(self, descriptor: int, action: Callable[[], object]) -> Cancel:
        raise AssertionError(f"nothing is watched here, but {descriptor} for {action}")


def opened(window: SidebarWindow) -> HealthPanel:
    panel = HealthPanel(window)
    window.open_panel(panel)
    panel.show_rows(ROWS)
    settle()
    return panel


def said(panel: QObject) -> list[str]:
    return [hint.text() for hint in panel.findChildren(Hint) if hint.isVisible()]


def test_each_row_says_why_and_what_to_do(window: SidebarWindow) -> None:
    assert said(opened(window)) == [
        "Ctrl+Alt+1 被别的程序占用；请在 settings.toml 里换别的组合",
        "上一次按键被系统拒绝；请允许侧栏按键，再试一次",
        "还有 900 MB",
    ]


def test_it_can_be_asked_again_once_all_is_known(window: SidebarWindow) -> None:
    panel = opened(window)
    asked = heard(panel.again_requested)
    press(named(window, "再查一遍"))
    panel.show_rows((HealthRow(check=Check.DISK),))
    settle()
    assert len(asked) == 1
    assert not named(window, "再查一遍").isEnabled()


def test_the_three_states_differ_without_their_colours(window: SidebarWindow) -> None:
    panel = opened(window)
    window.use_theme(ThemeChoice.DARK)
    settle()
    marks = [row.mark.grab().toImage() for row in panel.findChildren(QObject) if hasattr(row, "mark")]
    shapes = set()
    for mark in marks:
        ground = mark.pixel(0, 0)
        dots = (
            (x, y) for x in range(mark.width()) for y in range(mark.height()) if mark.pixel(x, y) != ground
        )
        shapes.add(frozenset(dots))
    assert len(shapes) == 3


def test_rows_that_have_not_changed_repaint_nothing(window: SidebarWindow) -> None:
    panel = opened(window)
    with painted() as widgets:
        panel.show_rows(ROWS)
    assert widgets == []


def test_it_speaks_english(window: SidebarWindow) -> None:
    panel = opened(window)
    wording.use("en")
    window.retranslate()
    settle()
    assert said(panel)[1] == "the system refused the last keys; allow the sidebar to press keys, try again"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.HISTORY])
def test_the_panel_says_in_english_what_the_doctor_says(kind: Kind) -> None:
    wording.use("en")
    keys = kind in (Kind.HOTKEYS_TAKEN, Kind.HOTKEYS_UNHOOKED)
    finding = found("x", State.WARNING, kind, "f8" if keys else "7")
    reason, remedy = WORDS[kind]
    detail = "F8" if keys else "7"
    assert (remedies.reason(finding), remedies.remedy(finding)) == (reason.format(detail=detail), remedy)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_said_in_chinese(kind: Kind) -> None:
    finding = found("x", State.WARNING, kind, "full" if kind is Kind.HISTORY else "7")
    assert bool(remedies.reason(finding)) is (kind is not Kind.FINE)
    assert bool(remedies.remedy(finding)) is bool(WORDS[kind][1])


def test_a_desktop_that_can_insert_nothing_is_told_once_all_is_known(window: SidebarWindow) -> None:
    time = FakeTime()
    told: list[bool] = []
    panel = HealthPanel(window)

    def inspect(tell: Callable[[Finding], None]) -> None:
        for check in (Check.HISTORY, Check.DISK):
            tell(found(check, State.OK, Kind.FINE))

    def begin(changed: Callable[[], None]) -> Health:
        return Health(
            platform=null.create(readiness=NoReadiness(), scheduler=time),
            scheduler=time,
            held=(),
            refused=(),
            chat=lambda: None,
            last=lambda: None,
            idle=lambda: True,
            hears=lambda _: False,
            notifies=lambda: False,
            inspect=inspect,
            changed=changed,
        )

    HealthPresenter(panel, begin=begin, can_insert=told.append)
    window.open_panel(panel)
    assert told == []
    time.advance(timedelta(seconds=1))
    settle()
    assert told == [False]
    assert "这里既不能按键，也不能直接写输入框；点话术会放到剪贴板，请自己粘贴" in said(panel)
