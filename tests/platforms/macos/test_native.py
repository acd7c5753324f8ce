"""The bridge itself, on doubles of PyObjC and Carbon: that it runs, and says what it means to say."""

import sys
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from sidebar.domain.insertion import Rect
from sidebar.platforms.macos.bridge import Element, Stroke
from tests.fakes import FakeTime
from tests.platforms.macos.carbon_double import FakeCarbon
from tests.platforms.macos.fake_input import SOON
from tests.platforms.macos.pyobjc_doubles import AXValueRef, Machine, NSPanel, NSPasteboardItem, installed

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="on a Mac the doubles would replace the real thing, and Windows has not got its clock",
)

TEXT, TRANSIENT = "public.utf8-plain-text", "org.nspasteboard.TransientType"


@pytest.fixture
def machine() -> Iterator[Machine]:
    with installed() as machine:
        yield machine


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def native(name: str) -> Any:
    return import_module(f"sidebar.platforms.macos.native.{name}")


@pytest.mark.usefixtures("machine")
def test_a_key_gives_what_the_layout_says_alone_and_with_command(time: FakeTime) -> None:
    carbon = FakeCarbon()
    carbon.layout[20, 0] = "´e"  # two characters: no key of ours
    layout = native("carbon").Layout(carbon, scheduler=time)
    assert layout.characters(command=False) == {9: "м", 18: "1"}
    assert layout.characters(command=True) == {9: "v"}
    assert carbon.released == [40, 40]


@pytest.mark.usefixtures("machine")
def test_a_layout_without_data_tells_nothing(time: FakeTime) -> None:
    carbon = FakeCarbon()
    carbon.has_layout = False
    assert native("carbon").Layout(carbon, scheduler=time).characters(command=True) == {}
    assert carbon.released == [40]


def test_a_change_of_layout_is_delivered_though_we_are_never_in_front(
    machine: Machine, time: FakeTime
) -> None:
    changes: list[str] = []
    cancel = (
        native("carbon")
        .Layout(FakeCarbon(), scheduler=time)
        .when_layout_changes(lambda: changes.append("changed"))
    )
    ((_, _, name, behavior),) = machine.distributed_centre.observers
    assert behavior == 4  # NSNotificationSuspensionBehaviorDeliverImmediately
    machine.distributed_centre.post(name)
    assert changes == []
    time.advance(SOON)
    assert changes == ["changed"]
    cancel()
    assert machine.distributed_centre.observers == []


@pytest.mark.usefixtures("machine")
def test_hotkeys_are_taken_told_and_given_back(time: FakeTime) -> None:
    carbon = FakeCarbon()
    hotkeys = native("carbon").CarbonHotkeys(carbon, scheduler=time)
    told: list[tuple[str, int]] = []
    hotkeys.listen(lambda number: told.append(("down", number)), lambda number: told.append(("up", number)))
    assert hotkeys.take(3, 18, 0x1800) == 0
    assert list(carbon.registered.values()) == [(18, 0x1800, 3)]
    assert carbon.handler(0, 3, 0) == 0
    carbon.kind = 6
    assert carbon.handler(0, 3, 0) == 0
    assert told == []
    time.advance(SOON)
    assert told == [("down", 3), ("up", 3)]
    hotkeys.give_back(3)
    hotkeys.give_back(3)
    assert carbon.registered == {}


@pytest.mark.usefixtures("machine")
def test_a_refused_hotkey_is_not_ours_to_give_back(time: FakeTime) -> None:
    carbon = FakeCarbon()
    hotkeys = native("carbon").CarbonHotkeys(carbon, scheduler=time)
    carbon.status = -9868
    assert hotkeys.take(3, 18, 0x1800) == -9868
    hotkeys.give_back(3)
    hotkeys.close()
    assert carbon.handler is None


@pytest.mark.usefixtures("machine")
def test_another_librarys_hotkey_is_left_to_it(time: FakeTime) -> None:
    carbon = FakeCarbon()
    native("carbon").CarbonHotkeys(carbon, scheduler=time)
    carbon.signature = 1
    assert carbon.handler(0, 3, 0) == -9874  # eventNotHandledErr


def test_the_systems_own_shortcuts_are_read_without_fn(machine: Machine, time: FakeTime) -> None:
    carbon = FakeCarbon()
    names = ("kHISymbolicHotKeyCode", "kHISymbolicHotKeyModifiers", "kHISymbolicHotKeyEnabled")
    machine.objects[70] = [
        dict(zip(names, row, strict=True)) for row in [(126, 0x1000 | 0x20000, 1), (49, 0x100, 0)]
    ]
    assert native("carbon").CarbonHotkeys(carbon, scheduler=time).of_the_system() == {(126, 0x1000)}
    assert carbon.released == [70]


def test_strokes_are_posted_in_order_with_rising_times(machine: Machine, time: FakeTime) -> None:
    keyboard = native("quartz").QuartzKeyboard(FakeCarbon(), scheduler=time)
    assert keyboard.post([Stroke(code=55, down=True, flags=8), Stroke(code=9, down=True, flags=8)])
    assert [(tap, event.code, event.down, event.flags) for tap, event in machine.posted] == [
        (1, 55, True, 8),
        (1, 9, True, 8),
    ]
    assert machine.posted[0][1].time < machine.posted[1][1].time
    assert machine.suppression == [0.0]
    assert keyboard.flags() == 0x20000


def test_a_listed_window_is_read_in_points(machine: Machine) -> None:
    quartz = native("quartz")
    machine.listed = [
        {
            "kCGWindowNumber": 5,
            "kCGWindowOwnerPID": 10,
            "kCGWindowBounds": {"X": 100.0, "Y": 50.5, "Width": 800.0, "Height": 599.6},
            "kCGWindowLayer": 0,
            "kCGWindowAlpha": 1.0,
            "kCGWindowIsOnscreen": True,
        },
        {
            "kCGWindowNumber": 6,
            "kCGWindowOwnerPID": 10,
            "kCGWindowName": "王小姐",
            "kCGWindowBounds": {"X": 0, "Y": 0, "Width": 1, "Height": 1},
            "kCGWindowLayer": 25,
            "kCGWindowAlpha": 0.0,
        },
    ]
    (seen,) = quartz.on_screen()
    assert (seen.handle, seen.pid, seen.title, seen.layer, seen.visible) == (5, 10, "", 0, True)
    assert seen.frame == Rect(100, 50, 800, 600)
    other = quartz.window(6)
    assert (other.title, other.visible) == ("王小姐", False)
    assert quartz.window(7) is None
    assert machine.list_calls == [(1 | 16, 0), (8, 6), (8, 7)]


def test_a_promise_is_kept_on_this_machine_and_told_through_the_loop(
    machine: Machine, time: FakeTime
) -> None:
    board = native("pasteboard").NativePasteboard(scheduler=time)
    fetched: list[str] = []
    assert board.promise({TEXT: "您好".encode()}, [TRANSIENT], lambda: fetched.append("fetched"))
    assert machine.board.options == [1]  # NSPasteboardContentsCurrentHostOnly
    assert board.count() == machine.board.changes
    assert set(board.kinds()) == {TEXT, TRANSIENT}
    (item,) = machine.board.things
    assert item.provider.protocols == ("NSPasteboardItemDataProvider",)
    assert item.dataForType_(TEXT) == "您好".encode()
    assert fetched == []
    time.advance(SOON)
    assert fetched == ["fetched"]


def test_what_is_written_is_read_back_item_by_item(machine: Machine, time: FakeTime) -> None:
    board = native("pasteboard").NativePasteboard(scheduler=time)
    assert board.write([{TEXT: b"x", "public.html": b"<b>"}, {"public.png": b"\x89"}])
    first, second = board.items()
    assert [(kind, first.read(kind)) for kind in first.kinds] == [(TEXT, b"x"), ("public.html", b"<b>")]
    assert second.read("public.png") == b"\x89"
    assert second.read("public.tiff") is None
    assert board.write([])
    assert board.kinds() == ()
    assert machine.board.options == [None, None]


def test_where_macos_is_older_everybody_may_read(machine: Machine, time: FakeTime) -> None:
    board = native("pasteboard").NativePasteboard(scheduler=time)
    assert board.access() is None
    machine.board.behavior = 1
    assert board.access() == 1
    assert NSPasteboardItem.alloc().init().types() == []


def test_elements_answer_in_our_types(machine: Machine, time: FakeTime) -> None:
    access = native("accessibility").NativeAccessibility(scheduler=time, window_of=None)
    assert machine.sets == [("system", "timeout", 0.2)]
    box = Element("box")
    machine.attributes = {
        ("box", "AXValue"): "您好",
        ("box", "AXSelectedTextRange"): AXValueRef(4, (2, 1)),
        ("box", "AXColor"): AXValueRef(3, (1, 1)),
        ("box", "AXMinimized"): True,
        ("box", "AXWindow"): "window",
    }
    assert access.get(box, "AXValue").value == "您好"
    assert access.get(box, "AXSelectedTextRange").value == (2, 1)
    assert access.get(box, "AXColor").value is None
    assert access.get(box, "AXMinimized").value is True
    assert access.get(box, "AXNothing").status == -25205
    assert access.settable(box, "AXSelectedText")
    assert access.set(box, "AXSelectedText", "再见") == access.perform(box, "AXRaise") == 0
    assert machine.sets[1:] == [("box", "AXSelectedText", "再见")]
    assert access.application(10) == "application 10"
    assert access.window_number(box) is None


@pytest.mark.usefixtures("machine")
def test_the_window_servers_number_is_had_through_a_pointer(time: FakeTime) -> None:
    window, asked = Element(object()), []

    def window_of(element: int, number: Any) -> int:
        asked.append(element)
        number._obj.value = 5
        return 0

    access = native("accessibility").NativeAccessibility(scheduler=time, window_of=window_of)
    assert access.window_number(window) == 5
    assert asked == [id(window)]


def test_an_observer_tells_through_the_loop_until_it_is_taken_back(machine: Machine, time: FakeTime) -> None:
    access = native("accessibility").NativeAccessibility(scheduler=time, window_of=None)
    heard: list[str] = []
    names = ("AXWindowMoved", "AXUnheardOf")
    cancel = access.observe(10, Element("w"), names, lambda: heard.append("heard"))
    assert cancel is not None
    assert (machine.notifications, machine.sources) == (["AXWindowMoved"], ["source"])
    assert machine.observer_callback is not None
    machine.observer_callback("observer", "w", "AXWindowMoved", None)
    assert heard == []
    time.advance(SOON)
    assert heard == ["heard"]
    cancel()
    cancel()
    machine.observer_callback("observer", "w", "AXWindowMoved", None)
    time.advance(SOON)
    assert heard == ["heard"]
    assert (machine.notifications, machine.sources) == ([], [])


def test_where_nothing_can_be_observed_it_is_said(machine: Machine, time: FakeTime) -> None:
    access = native("accessibility").NativeAccessibility(scheduler=time, window_of=None)
    assert access.observe(10, Element("w"), ["AXUnheardOf"], lambda: None) is None
    machine.ax_status = -25211
    assert access.observe(10, Element("w"), ["AXWindowMoved"], lambda: None) is None
    assert machine.sources == []


def test_permissions_are_asked_and_the_dialog_is_the_systems(machine: Machine) -> None:
    permissions = native("accessibility").NativePermissions()
    assert permissions.trusted()
    assert permissions.may_post()
    assert not permissions.may_see_titles()
    permissions.ask_for_trust()
    assert machine.prompts == [{"AXTrustedCheckOptionPrompt": True}]


def test_the_desktop_names_programs_by_their_executables(machine: Machine, time: FakeTime) -> None:
    desktop = native("appkit").NativeDesktop(scheduler=time)
    assert desktop.front() == 0
    assert desktop.program(10) == ""
    activated: list[int] = []
    machine.front = machine.running[10] = SimpleNamespace(
        processIdentifier=lambda: 10,
        executableURL=lambda: SimpleNamespace(lastPathComponent=lambda: "Aliworkbench"),
        activateWithOptions_=activated.append,
    )
    assert desktop.front() == 10
    assert desktop.program(10) == "Aliworkbench"
    desktop.bring_forward(10)
    desktop.bring_forward(11)
    assert activated == [2]  # NSApplicationActivateIgnoringOtherApps
    heard: list[str] = []
    cancel = desktop.listen(lambda: heard.append("heard"))
    machine.workspace_centre.post("NSWorkspaceDidActivateApplicationNotification")
    time.advance(SOON)
    assert heard == ["heard"]
    cancel()
    assert machine.workspace_centre.observers == []


def test_our_panel_appears_though_our_program_is_never_active(machine: Machine, time: FakeTime) -> None:
    panel = NSPanel()
    machine.windows.append(panel)
    native("appkit").NativeOwnWindows(scheduler=time)
    assert machine.policy == 1  # NSApplicationActivationPolicyAccessory
    assert panel.mask == 0x1F | 128
    assert panel.behavior == 1 | 16 | 256
    assert (panel.hides, panel.shown) == (False, True)
    assert panel.log == ["prevents True", "front"]


def test_a_menu_of_ours_is_kept_from_taking_the_front(machine: Machine, time: FakeTime) -> None:
    own = native("appkit").NativeOwnWindows(scheduler=time)
    heard: list[str] = []
    own.listen(lambda: heard.append("heard"))
    menu = NSPanel()
    menu.hides = False
    machine.windows.append(menu)
    machine.default_centre.post("NSWindowDidOrderOnScreenNotification")
    time.advance(SOON)
    assert menu.mask & 128
    assert menu.log == ["prevents True"]
    assert heard == ["heard"]


def test_our_panel_is_placed_from_the_top_as_qt_counts(machine: Machine, time: FakeTime) -> None:
    own = native("appkit").NativeOwnWindows(scheduler=time)
    window = NSPanel()
    machine.objects[1234] = SimpleNamespace(window=lambda: window)
    panel = own.panel(1234)
    panel.place(Rect(904, 50, 352, 600))
    # The main screen is 900 points high: 900 - 50 - 600 from its bottom.
    assert (window.at.origin.x, window.at.origin.y) == (904, 250)
    assert (window.at.size.width, window.at.size.height) == (352, 600)
    panel.place(Rect(904, 50, 352, 600))
    assert window.log == ["frame"]
    panel.set_level(0)
    panel.set_level(0)
    panel.stand_above(5)
    assert window.log == ["frame", "level 0", "order 1 5"]
    assert not panel.visible
    machine.objects[1] = SimpleNamespace(window=lambda: None)
    assert own.panel(1) is None


def test_the_keyboard_is_given_up_by_leaving_the_screen_for_a_moment(
    machine: Machine, time: FakeTime
) -> None:
    own = native("appkit").NativeOwnWindows(scheduler=time)
    window = NSPanel()
    window.key = window.shown = True
    machine.windows.append(window)
    assert own.has_keyboard()
    own.give_keyboard_up()
    assert not own.has_keyboard()
    assert (window.shown, window.log) == (True, ["out", "front"])
