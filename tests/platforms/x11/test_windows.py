"""Other programs' windows on a real X server, with openbox and without a window manager."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from Xlib import X
from Xlib.protocol import event as xevent

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.windows import X11Windows
from tests.platforms.x11.conftest import window_manager, x_server
from tests.platforms.x11.hands import Program
from tests.platforms.x11.loop import Loop

pytestmark = pytest.mark.display


class Listener:
    """Notes what it is told, in order."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.frames: list[Rect] = []
        self.handles: list[int] = []
        self.on_frame: Callable[[], None] = lambda: None

    def window_activated(self, window: WindowInfo | None) -> None:
        self._note("active", window)

    def title_changed(self, window: WindowInfo) -> None:
        self._note("title", window)

    def window_moved(self, window: WindowInfo, frame: Rect) -> None:
        self.frames.append(frame)
        self._note("moved", window)
        self.on_frame()

    def window_hidden(self, window: WindowInfo) -> None:
        self._note("hidden", window)

    def window_shown(self, window: WindowInfo) -> None:
        self._note("shown", window)

    def window_gone(self, window: WindowInfo) -> None:
        self._note("gone", window)

    def _note(self, what: str, window: WindowInfo | None) -> None:
        self.told.append(f"{what} {window.title}" if window is not None else f"{what} none")


class Desk:
    """Our view of the windows, and the programs that have them."""

    def __init__(self, display: str, loop: Loop) -> None:
        self.display = display
        self.loop = loop
        self.connection = Connection(name=display, readiness=loop, scheduler=loop)
        self.windows = X11Windows(connection=self.connection)
        self.listener = Listener()
        self.programs: list[Program] = []
        self._heard = 0

    def program(self, title: str, *, pid: int | None = 4242, program: str = "Chat") -> Program:
        """Another program whose window is up and has the keyboard."""
        shown = Program(self.display, self.loop, title=title, pid=pid, program=program)
        self.programs.append(shown)
        shown.show()
        return shown

    def listen(self) -> None:
        self.windows.listen(self.listener)

    def hears(self, *told: str) -> None:
        """Wait until the listener has been told this, in this order, after what was waited for before."""
        for line in told:
            self.loop.until(lambda: line in self.listener.told[self._heard :])  # noqa: B023
            self._heard = self.listener.told.index(line, self._heard) + 1

    @property
    def told(self) -> list[str]:
        """What the listener was told; window managers also tell that none is active, between two."""
        return [line for line in self.listener.told if line != "active none"]

    def settle(self) -> None:
        """Everything that has happened so far has been heard: the server answers after it has told."""
        self.connection.display.sync()
        self.connection.drain()

    def grow_quiet(self) -> None:
        """Wait until the window manager has nothing more to say about what was opened."""
        asked = -1
        while self.connection.display.display.request_serial != asked:
            self.settle()
            asked = self.connection.display.display.request_serial
            self.loop.run(timedelta(milliseconds=100))

    def follow(self, program: Program) -> WindowInfo:
        (window,) = (window for window in self.windows.all() if window.handle == program.handle)
        self.windows.follow(window)
        return window

    def close(self) -> None:
        for program in self.programs:
            program.close()
        self.connection.close()


@pytest.fixture
def desk(managed_display: str, loop: Loop) -> Iterator[Desk]:
    desk = Desk(managed_display, loop)
    yield desk
    desk.close()


@pytest.fixture
def bare_desk(x_display: str, loop: Loop) -> Iterator[Desk]:
    desk = Desk(x_display, loop)
    yield desk
    desk.close()


def test_begins_with_the_window_that_is_active_already(desk: Desk) -> None:
    chat = desk.program("王小姐")
    desk.loop.until(lambda: desk.windows.active() is not None)
    desk.listen()
    assert desk.listener.told == []
    desk.hears("active 王小姐")
    assert desk.windows.active() == WindowInfo(handle=chat.handle, pid=4242, program="Chat", title="王小姐")


def test_the_window_told_last_is_known_without_asking(desk: Desk) -> None:
    assert desk.windows.told() is None
    chat = desk.program("王小姐")
    desk.listen()
    desk.hears("active 王小姐")
    desk.grow_quiet()
    asked = desk.connection.display.display.request_serial
    told = WindowInfo(handle=chat.handle, pid=4242, program="Chat", title="王小姐")
    assert desk.windows.told() == told
    assert desk.connection.display.display.request_serial == asked
    own = desk.program("sidebar", pid=os.getpid())
    desk.loop.until(lambda: desk.windows.told() is None)
    own.vanish()
    desk.loop.until(lambda: desk.windows.told() == told)


def test_what_comes_to_the_front_before_the_first_word_is_told_once(desk: Desk) -> None:
    chat = desk.program("王小姐")
    desk.loop.until(lambda: desk.windows.active() is not None)
    desk.listen()
    chat.window.set_input_focus(X.RevertToParent, X.CurrentTime)
    root, name = chat.display.screen().root, chat.display.intern_atom("_NET_ACTIVE_WINDOW")
    root.change_property(name, chat.display.intern_atom("WINDOW"), 32, [chat.handle])
    chat.flush()
    desk.settle()
    assert desk.listener.told == ["active 王小姐"]
    desk.loop.turn()
    assert desk.listener.told == ["active 王小姐"]


def test_tells_which_window_has_come_to_the_front(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.hears("active 王小姐")
    other = desk.program("订单", pid=None, program="Orders")
    desk.hears("active 订单")
    active = desk.windows.active()
    assert active == WindowInfo(handle=other.handle, pid=0, program="Orders", title="订单")
    (window, _) = desk.windows.all()
    assert desk.windows.activate(window)
    desk.hears("active 王小姐")
    assert [(w.handle, w.pid, w.program) for w in desk.windows.all()] == [
        (other.handle, 0, "Orders"),
        (chat.handle, 4242, "Chat"),
    ]


def test_tells_that_no_window_has_the_keyboard(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.hears("active 王小姐")
    chat.close()
    desk.programs.remove(chat)
    desk.hears("active none")
    assert desk.windows.active() is None


def test_our_own_windows_are_not_reported(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.hears("active 王小姐")
    ours = desk.program("侧栏", pid=os.getpid())
    desk.loop.until(lambda: desk.windows.active() is None)
    ours.set_title("侧栏 2")
    chat.set_title("Mr. Smith")
    desk.hears("title Mr. Smith")
    assert [window.handle for window in desk.windows.all()] == [chat.handle]
    chat.show()
    desk.hears("active Mr. Smith")
    assert desk.told == ["active 王小姐", "title Mr. Smith", "active Mr. Smith"]


def test_a_title_set_twice_is_told_once(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.hears("active 王小姐")
    chat.set_title("[2] 王小姐")
    desk.hears("title [2] 王小姐")
    chat.set_title("[2] 王小姐")
    chat.window.set_wm_name("old-fashioned")
    chat.flush()
    desk.settle()
    chat.set_title("张先生")
    desk.hears("title 张先生")
    assert desk.told == ["active 王小姐", "title [2] 王小姐", "title 张先生"]


@pytest.mark.parametrize(
    ("name", "title"), [("王小姐".encode(), "王小姐"), ("Café".encode("latin-1"), "Café")]
)
def test_reads_titles_of_programs_that_know_the_old_property_only(
    desk: Desk, name: bytes, title: str
) -> None:
    desk.listen()
    chat = desk.program("any")
    desk.hears("active any")
    atom = chat.display.intern_atom
    chat.window.change_property(atom("WM_NAME"), atom("STRING"), 8, name)
    chat.window.delete_property(atom("_NET_WM_NAME"))
    chat.flush()
    desk.hears(f"title {title}")


def test_the_followed_window_is_told_of_though_another_is_in_front(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.follow(chat)
    desk.program("订单")
    desk.hears("active 订单")
    chat.set_title("Mr. Smith")
    desk.hears("title Mr. Smith")
    chat.window.configure(x=200, y=120)
    chat.flush()
    desk.hears("moved Mr. Smith")


def test_a_window_no_longer_followed_is_not_told_of(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.follow(chat)
    order = desk.program("订单")
    desk.hears("active 订单")
    desk.windows.follow(None)
    chat.set_title("Mr. Smith")
    chat.window.configure(x=200, y=120)
    chat.flush()
    order.set_title("订单 2")
    desk.hears("title 订单 2")
    assert desk.told == ["active 王小姐", "active 订单", "title 订单 2"]


def test_moves_hiding_showing_and_closing_come_in_order(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.hears("active 王小姐")
    window = desk.follow(chat)
    chat.window.configure(x=200, y=120, width=500, height=400)
    chat.flush()
    desk.hears("moved 王小姐")
    minimise(chat)
    desk.hears("hidden 王小姐")
    assert desk.windows.activate(window)
    desk.hears("shown 王小姐", "active 王小姐")
    chat.close()
    desk.programs.remove(chat)
    desk.hears("gone 王小姐")
    # A manager may move a window in two steps, and tell of it while it brings it back.
    in_order = ["active 王小姐", "moved 王小姐", "hidden 王小姐", "shown 王小姐", "gone 王小姐"]
    assert list(dict.fromkeys(desk.told)) == in_order
    assert desk.windows.frame(window) is None
    assert not desk.windows.activate(window)


def test_a_window_on_another_desktop_is_hidden(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.hears("active 王小姐")
    desk.follow(chat)
    show_desktop(chat, 1)
    desk.hears("hidden 王小姐")
    show_desktop(chat, 0)
    desk.hears("shown 王小姐")


def test_a_window_on_another_desktop_is_hidden_though_its_manager_leaves_it_mapped(bare_desk: Desk) -> None:
    """As compositing window managers do; openbox unmaps it."""
    chat = bare_desk.program("王小姐")
    atom = chat.display.intern_atom
    chat.display.screen().root.change_property(atom("_NET_CURRENT_DESKTOP"), atom("CARDINAL"), 32, [0])
    chat.flush()
    bare_desk.listen()
    bare_desk.follow(chat)
    for desktop, told in (
        (1, "hidden 王小姐"),
        (0, "shown 王小姐"),
        (2, "hidden 王小姐"),
        (0xFFFFFFFF, "shown 王小姐"),
    ):
        chat.window.change_property(atom("_NET_WM_DESKTOP"), atom("CARDINAL"), 32, [desktop])
        chat.flush()
        bare_desk.hears(told)
    chat.display.screen().root.delete_property(atom("_NET_CURRENT_DESKTOP"))
    chat.flush()


def test_the_frame_is_the_content_and_its_decorations(desk: Desk) -> None:
    chat = desk.program("王小姐")
    window = desk.follow(chat)
    parent = chat.window.query_tree().parent
    outer, inner = parent.get_geometry(), chat.window.get_geometry()
    frame = desk.windows.frame(window)
    assert frame == Rect(outer.x, outer.y, outer.width, outer.height)
    assert frame.height > inner.height, "openbox draws a title bar"


def test_shadows_that_a_program_draws_itself_are_not_part_of_the_frame(bare_desk: Desk) -> None:
    chat = bare_desk.program("王小姐")
    window = bare_desk.follow(chat)
    atom = chat.display.intern_atom
    chat.window.change_property(atom("_GTK_FRAME_EXTENTS"), atom("CARDINAL"), 32, [26, 26, 23, 29])
    chat.flush()
    assert bare_desk.windows.frame(window) == Rect(40 + 26, 30 + 23, 300 - 52, 200 - 52)


def test_a_drag_ends_at_the_frame_that_is_there(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    window = desk.follow(chat)
    for step in range(1, 30):
        chat.window.configure(x=100 + 5 * step, y=80 + 3 * step)
    chat.flush()
    desk.loop.until(lambda: desk.listener.frames[-1:] == [desk.windows.frame(window)])
    assert len(desk.listener.frames) == len(set(desk.listener.frames)), "no place is told twice in a row"


def test_what_changed_between_reading_and_following_is_told(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    desk.program("订单")
    desk.hears("active 订单")
    (before,) = (window for window in desk.windows.all() if window.handle == chat.handle)
    chat.set_title("Mr. Smith")
    chat.flush()
    desk.windows.follow(before)
    desk.hears("title Mr. Smith")


def test_a_window_that_vanished_before_it_is_followed_is_told_gone(desk: Desk) -> None:
    desk.listen()
    chat = desk.program("王小姐")
    window = desk.follow(chat)
    desk.windows.follow(None)
    chat.close()
    desk.programs.remove(chat)
    desk.windows.follow(window)
    desk.hears("gone 王小姐")


def test_windows_may_vanish_at_any_moment(desk: Desk) -> None:
    """Every question about a window that is gone has an answer, and no event of it does harm."""
    desk.listen()
    for number in range(10):
        chat = desk.program(f"王小姐 {number}")
        window = desk.follow(chat)
        desk.listener.on_frame = chat.vanish
        chat.window.configure(width=310)
        chat.flush()
        desk.hears(f"gone 王小姐 {number}")
        assert desk.windows.frame(window) is None
        assert not desk.windows.activate(window)
        desk.windows.place_own(window.handle, Rect(0, 0, 10, 10))
        desk.windows.follow(window)
    after = desk.program("Mr. Smith")
    desk.hears("active Mr. Smith")
    assert [w.handle for w in desk.windows.all()] == [after.handle]


@pytest.mark.parametrize("frameless", [True, False])
def test_our_own_window_is_put_exactly_there(desk: Desk, frameless: bool) -> None:
    ours = Program(desk.display, desk.loop, title="侧栏", pid=os.getpid())
    desk.programs.append(ours)
    if frameless:
        hints = ours.display.intern_atom("_MOTIF_WM_HINTS")
        ours.window.change_property(hints, hints, 32, [2, 0, 0, 0, 0])
    ours.show()
    place = Rect(700, 50, 352, 600)
    desk.windows.place_own(ours.handle, place)
    as_other = WindowInfo(handle=ours.handle, pid=0, program="", title="")
    desk.loop.until(lambda: desk.windows.frame(as_other) == place)


def test_our_window_stands_above_the_client_and_under_another_program(desk: Desk) -> None:
    chat = desk.program("王小姐")
    other = desk.program("订单")
    desk.listen()
    desk.hears("active 订单")
    ours = desk.program("侧栏", pid=os.getpid())

    def stacking() -> list[int]:
        root = desk.connection.root
        names = root.get_full_property(desk.connection.atom("_NET_CLIENT_LIST_STACKING"), 0)
        return [int(handle) for handle in names.value]

    def bring_to_front(program: Program) -> None:
        (window,) = (each for each in desk.windows.all() if each.handle == program.handle)
        desk.windows.activate(window)

    desk.windows.stand_above(ours.handle, desk.follow(chat))
    bring_to_front(chat)
    desk.loop.until(lambda: stacking() == [other.handle, chat.handle, ours.handle])
    bring_to_front(other)
    desk.loop.until(lambda: stacking() == [chat.handle, ours.handle, other.handle])


def test_nothing_is_asked_while_nothing_changes(desk: Desk) -> None:
    desk.listen()
    nobodys = desk.program("订单")
    chat = desk.program("王小姐")
    desk.hears("active 王小姐")
    desk.follow(chat)
    desk.grow_quiet()
    timers, asked = desk.loop.scheduled, desk.connection.display.display.request_serial
    nobodys.set_title("订单 2")
    nobodys.window.configure(x=300, width=320)
    nobodys.flush()
    desk.settle()
    assert desk.connection.display.display.request_serial == asked + 1, "the test's own question"
    assert desk.loop.scheduled == timers


def test_without_a_manager_the_server_says_who_has_the_keyboard(bare_desk: Desk) -> None:
    desk = bare_desk
    assert not desk.windows.managed
    first = desk.program("王小姐")
    second = desk.program("订单")
    active = desk.windows.active()
    assert active is not None
    assert (active.handle, active.title) == (second.handle, "订单")
    (window,) = (window for window in desk.windows.all() if window.handle == first.handle)
    assert desk.windows.activate(window)
    assert desk.windows.active() == window
    assert desk.windows.all()[-1] == window
    first.window.unmap()
    first.flush()
    assert desk.windows.active() is None


def test_without_a_manager_our_window_is_placed_all_the_same(bare_desk: Desk) -> None:
    ours = bare_desk.program("侧栏", pid=os.getpid())
    bare_desk.windows.place_own(ours.handle, Rect(700, 50, 352, 600))
    as_other = WindowInfo(handle=ours.handle, pid=0, program="", title="")
    assert bare_desk.windows.frame(as_other) == Rect(700, 50, 352, 600)


def test_a_manager_that_comes_and_goes_is_noticed(loop: Loop) -> None:
    with x_server() as display:
        desk = Desk(display, loop)
        desk.listen()
        with window_manager(display):
            loop.until(lambda: desk.windows.managed)
            desk.program("王小姐")
            desk.hears("active 王小姐")
        loop.until(lambda: not desk.windows.managed)
        desk.close()


def minimise(program: Program) -> None:
    """Ask for it as a program's own button does."""
    _ask_root(program, program.window, "WM_CHANGE_STATE", 3)


def show_desktop(program: Program, number: int) -> None:
    _ask_root(program, program.display.screen().root, "_NET_CURRENT_DESKTOP", number)


def _ask_root(program: Program, window: object, message: str, word: int) -> None:
    told = xevent.ClientMessage(
        window=window, client_type=program.display.intern_atom(message), data=(32, [word, 0, 0, 0, 0])
    )
    root = program.display.screen().root
    root.send_event(told, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
    program.flush()
