"""The running program where something is wrong: one sentence each, nothing lost, never a traceback."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from Xlib import X, Xatom
from Xlib.display import Display

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.sample_chat import SampleChat
from tests.e2e.rig.shop_sidebar import ShopSidebar

HELD = timedelta(milliseconds=60)
OWN = """\
pack: own
phrases:
  - {id: own.one, title: first, body: "[one]", stage: greet}
  - {id: own.two, title: second, body: "[two]", stage: greet}
"""
SETTINGS = 'language = "zh"\nshipped_phrases = false\n'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A home with two phrases."""
    return furnish(tmp_path / "shop")


def furnish(home: Path) -> Path:
    (home / "phrases").mkdir(parents=True)
    (home / "phrases" / "own.yaml").write_text(OWN, encoding="utf-8")
    (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return home


@pytest.fixture
def session(desktop: Desktop, tmp_path: Path) -> Iterator[Session]:
    """The desktop, with logs of this test's own; what is started here ends with the test."""
    logs = tmp_path / "logs"
    logs.mkdir()
    with Session(logs, desktop.environment) as session:
        yield session


@pytest.fixture
def chat(session: Session, hands: Hands, tmp_path: Path) -> SampleChat:
    return SampleChat(session, hands, tmp_path)


Start = Callable[..., ShopSidebar]


@pytest.fixture
def start(session: Session, hands: Hands, screen_reader: ScreenReader, shop: Path) -> Start:
    """Starts the sidebar on a home, by default `shop`."""

    def run(home: Path = shop) -> ShopSidebar:
        return ShopSidebar(session, hands, screen_reader, home=home, client="sample")

    return run


def refused(home: Path, environment: dict[str, str], *arguments: str) -> str:
    """The one sentence with which the sidebar refuses to start, status 1."""
    finished = subprocess.run(
        [sys.executable, "-m", "sidebar", "run", "--home", home, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (finished.returncode, finished.stdout) == (1, ""), finished
    assert finished.stderr.startswith("sidebar: ")
    assert finished.stderr.count("\n") == 1, finished.stderr
    return finished.stderr


def without(environment: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in names}


# -- starting ---------------------------------------------------------------------------------------


def test_without_a_screen_it_says_so(session: Session, shop: Path) -> None:
    bare = without(session.environment, "DISPLAY", "QT_QPA_PLATFORM")
    assert "no screen here" in refused(shop, bare)
    assert "no screen here" in refused(shop, bare | {"QT_QPA_PLATFORM": "xcb"})
    assert not (shop / "history.db").exists()


@pytest.mark.parametrize("platform", ["auto", "x11", "null"])
def test_a_screen_that_cannot_be_reached_is_named(session: Session, shop: Path, platform: str) -> None:
    lost = session.environment | {"DISPLAY": ":4711"}
    assert "':4711' cannot be reached" in refused(shop, lost, "--platform", platform)


def test_a_second_one_on_the_same_home_leaves_the_first_alone(
    session: Session, chat: SampleChat, start: Start, shop: Path, tmp_path: Path
) -> None:
    first = start()
    assert "running already" in refused(shop, session.environment)
    first.click_phrase("first")
    first.wait_event("phrase_inserted")
    chat.send()
    assert chat.wait_sent(1) == ("[one]",)
    other = start(furnish(tmp_path / "other"))
    assert (first.end(), other.end()) == (0, 0)


def damaged(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"not really" * 1000)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA application_id = {int.from_bytes(b'SBAR')}")
        database.execute("PRAGMA user_version = 99")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE invoices (number INTEGER)")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(damaged, "is damaged"), (newer, "newer sidebar"), (foreign, "another program")],
    ids=["damaged", "newer", "foreign"],
)
def test_a_history_that_cannot_be_used_is_told_and_left_as_it_is(
    session: Session, shop: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    path = shop / "history.db"
    spoil(path)
    before = path.read_bytes()
    assert reason in refused(shop, session.environment)
    assert path.read_bytes() == before


def test_a_history_that_another_program_holds_is_told(session: Session, shop: Path) -> None:
    with closing(sqlite3.connect(shop / "history.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        assert "Another program holds" in refused(shop, session.environment)


def test_a_chat_client_nobody_knows_is_told_with_those_that_are(session: Session, shop: Path) -> None:
    said = refused(shop, session.environment, "--client", "icq")
    assert "no chat client 'icq'" in said
    assert "pidgin" in said


def test_a_home_that_is_a_file_is_told(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    assert str(file) in refused(file, session.environment)
    assert file.read_text(encoding="utf-8") == "mine"


# -- what is wrong with files is told beside what works --------------------------------------------


def test_broken_packs_are_named_by_file_and_line_and_the_others_work(
    chat: SampleChat, start: Start, shop: Path
) -> None:
    broken = "phrases:\n  - id: a\n    title: [unclosed\n"
    (shop / "phrases" / "broken.yaml").write_text(broken, encoding="utf-8")
    (shop / "phrases" / "half.yaml").write_text("phrases:\n  - {id: x, title: y}\n", encoding="utf-8")
    sidebar = start()
    told = sidebar.wait_for_words("没能全部读入").name
    assert "broken.yaml 第 4 行" in told
    assert "half.yaml 第 2 行：缺 body" in told
    sidebar.click_phrase("second")
    sidebar.wait_event("phrase_inserted")
    chat.send()
    assert chat.wait_sent(1) == ("[two]",)
    assert sidebar.end() == 0


@pytest.mark.usefixtures("chat")
def test_a_broken_setting_holds_as_by_default_and_is_named(start: Start, shop: Path) -> None:
    (shop / "settings.toml").write_text(SETTINGS + '[clock]\nwarn = "soon"\n', encoding="utf-8")
    sidebar = start()
    sidebar.wait_for_words("clock.warn 写的「soon」看不懂，现在按 100s")
    assert sidebar.end() == 0


@pytest.mark.usefixtures("chat")
def test_settings_that_cannot_be_read_at_all_are_the_defaults(start: Start, shop: Path) -> None:
    (shop / "settings.toml").write_text("language = = zh\n", encoding="utf-8")
    sidebar = start()
    sidebar.wait_for_words("settings.toml")
    sidebar.click_phrase("first")
    sidebar.wait_event("phrase_inserted")
    assert sidebar.end() == 0


# -- while it runs ----------------------------------------------------------------------------------


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program writes to the history for as long as this lasts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


def expect_whole(sidebar: ShopSidebar) -> None:
    with closing(sqlite3.connect(sidebar.home / "history.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def insert(hands: Hands, keys: Sequence[str]) -> None:
    """Press hotkeys as fast as a person in a hurry."""
    for key in keys:
        hands.press(key, hold=HELD)
        hands.rest(timedelta(milliseconds=100))


def test_what_is_done_while_the_history_is_held_is_stored_afterwards(
    chat: SampleChat, start: Start, hands: Hands
) -> None:
    sidebar = start()
    sidebar.wait_event("customer_message")
    before = len(sidebar.events("phrase_inserted"))
    with held(sidebar.home / "history.db"):
        insert(hands, ["ctrl+alt+1", "ctrl+alt+2"])
        sidebar.wait_for_words("历史记录被别的程序占着，请把那个程序关掉；没存进去的都留在内存里")
        hands.press("ctrl+alt+w", hold=HELD)
        sidebar.wait_for_words("等了 00:0")  # the clock goes on
        assert len(sidebar.events("phrase_inserted")) == before
        chat.send()
        assert chat.wait_sent(1) == ("[one][two]",)
    sidebar.wait_event("phrase_inserted", count=before + 2)
    hands.wait_for(lambda: not sidebar.shows("没存进去的"), "end of the notice")
    assert [event["phrase"] for event in sidebar.events("phrase_inserted")] == ["own.one", "own.two"]
    assert sidebar.end() == 0
    expect_whole(sidebar)


@pytest.mark.usefixtures("chat")
def test_what_could_not_be_stored_by_the_end_is_in_the_history_after_the_next_start(
    start: Start, hands: Hands
) -> None:
    first = start()
    first.wait_event("customer_message")
    with held(first.home / "history.db"):
        insert(hands, ["ctrl+alt+2"])
        first.wait_for_words("没存进去的都留在内存里")
        assert first.end() == 0
        assert first.events("phrase_inserted") == ()
    second = start()
    assert second.wait_event("phrase_inserted")["phrase"] == "own.two"
    assert second.end() == 0
    assert len(second.events("phrase_inserted")) == 1
    expect_whole(second)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB; only where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("needs the right to mount")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "none", place], check=False).returncode:
        pytest.skip("mounting is not permitted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(filler: Path) -> None:
    """Write until nothing more goes in, the last bytes too."""

    def write_on() -> None:
        with filler.open("wb", buffering=0) as file:
            for _ in range(10_000):
                file.write(bytes(512))

    with pytest.raises(OSError, match="No space left"):
        write_on()


def test_what_is_done_while_the_disk_is_full_is_stored_once_there_is_room(
    chat: SampleChat, start: Start, hands: Hands, small_disk: Path
) -> None:
    sidebar = start(furnish(small_disk / "shop"))
    sidebar.wait_event("customer_message")
    filler = small_disk / "filler"
    fill(filler)
    many = ["ctrl+alt+1", "ctrl+alt+2"] * 10  # the log may have a page left for some of them
    insert(hands, many)
    sidebar.wait_for_words("磁盘满了，请腾出一些空间；没存进去的都留在内存里")
    filler.unlink()
    sidebar.wait_event("phrase_inserted", count=len(many))
    hands.wait_for(lambda: not sidebar.shows("磁盘满了"), "end of the notice")
    chat.send()
    assert chat.wait_sent(1) == ("[one][two]" * 10,)
    assert [event["phrase"] for event in sidebar.events("phrase_inserted")] == ["own.one", "own.two"] * 10
    assert sidebar.end() == 0
    expect_whole(sidebar)


@contextmanager
def silent_owner(display: str) -> Iterator[None]:
    """A program that has the clipboard and never answers."""
    connection = Display(display)
    try:
        window = connection.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        window.change_attributes(event_mask=X.PropertyChangeMask)
        window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, b"silent")
        moment = connection.next_event().time
        clipboard = connection.intern_atom("CLIPBOARD")
        window.set_selection_owner(clipboard, moment)
        connection.sync()
        assert connection.get_selection_owner(clipboard) == window
        yield
    finally:
        connection.close()


def test_a_clipboard_owner_that_does_not_answer_costs_its_content_and_that_is_told(
    chat: SampleChat, start: Start, hands: Hands, session: Session
) -> None:
    sidebar = start()
    sidebar.wait_event("customer_message")
    with silent_owner(session.display):
        hands.press("ctrl+alt+1", hold=HELD)
        sidebar.wait_event("phrase_inserted")
        sidebar.wait_for_words("你原来复制的内容没能保住")
        chat.send()
        assert chat.wait_sent(1) == ("[one]",)
    assert sidebar.end() == 0


def test_without_a_window_manager_it_starts_and_says_what_is_missing(shop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    with (
        Desktop(folder, managed=False) as bare,
        Hands(bare.display) as hands,
        ScreenReader(bare.bus) as reader,
    ):
        sidebar = ShopSidebar(bare, hands, reader, home=shop, managed=False)
        sidebar.wait_for_words("没有窗口管理器")
        sidebar.click_phrase("first")
        sidebar.wait_for_words("没有插入「first」：没有找到聊天窗口；文字已在剪贴板")
        assert sidebar.end() == 0
