"""Settings: every mistake is put right and said, and writing loses nothing of the user's."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.chat_logs import LogRule, Mark
from sidebar.domain.conversations import Thresholds
from sidebar.domain.events import InsertionPath
from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.identifiers import ClientName
from sidebar.domain.limits import general_limits, limits_by_category
from sidebar.domain.newlines import Newlines
from sidebar.domain.options import Option, SettingsFault, options_of
from sidebar.domain.phrases import Category
from sidebar.domain.settings import (
    ClientSettings,
    ClockSettings,
    HotkeySettings,
    Language,
    Settings,
    SettingsProblem,
    Side,
    Theme,
    plain_sections,
)
from sidebar.errors import SettingsError
from sidebar.storage.settings_file import LoadedSettings, load_settings, save_settings

CTRL_ALT = Modifier.CTRL | Modifier.ALT
PIDGIN = ClientName("pidgin")


def settings_file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(tmp_path: Path, text: str | bytes) -> LoadedSettings:
    return load_settings(settings_file(tmp_path, text))


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    result = load_settings(tmp_path / "settings.toml")
    assert (result.settings, result.problems) == (Settings(), ())
    assert result.settings.width == 352
    assert result.settings.clock.warn == timedelta(seconds=100)
    assert result.settings.clock.breach == timedelta(seconds=180)
    assert result.settings.hotkeys.search == KeyCombo("f", CTRL_ALT)
    assert result.settings.hotkeys.insert == tuple(KeyCombo(digit, CTRL_ALT) for digit in "123456789")


def test_reads_what_is_set_and_leaves_the_rest(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        """
language = "zh"
theme = "dark"
side = "left"
width = 400
agent = "小林"
agent_number = "A07"
restore_clipboard = false
[hotkeys]
search = "Ctrl + Shift + F"
hide = ""
insert = ["f1", "f2"]
[clock]
warn = "2min"
breach = 300
[clients.pidgin]
send_allowed = true
paths = ["paste"]
send_combo = "ctrl+return"
newlines = "shift_enter"
""",
    )
    assert result.problems == ()
    assert result.settings == Settings(
        language=Language.ZH,
        theme=Theme.DARK,
        side=Side.LEFT,
        width=400,
        agent="小林",
        agent_number="A07",
        restore_clipboard=False,
        hotkeys=HotkeySettings(
            search=KeyCombo("f", Modifier.CTRL | Modifier.SHIFT),
            hide=None,
            insert=(KeyCombo("f1"), KeyCombo("f2")),
        ),
        clock=ClockSettings(warn=timedelta(minutes=2), breach=timedelta(minutes=5)),
        clients={
            PIDGIN: ClientSettings(
                send_allowed=True,
                paths=(InsertionPath.PASTE,),
                send_combo=KeyCombo("return", Modifier.CTRL),
                newlines=Newlines.SHIFT_ENTER,
            )
        },
    )


# Each slip: what the file says, and what is reported: key, raw, used, fault.
SLIPS: dict[str, tuple[str, str, str, str, SettingsFault]] = {
    "too wide": ("width = 9000", "width", "9000", "520", SettingsFault.OUT_OF_BOUNDS),
    "too narrow": ("width = -1", "width", "-1", "280", SettingsFault.OUT_OF_BOUNDS),
    "width is text": ('width = "wide"', "width", "wide", "352", SettingsFault.WRONG_TYPE),
    "width is true": ("width = true", "width", "True", "352", SettingsFault.WRONG_TYPE),
    "no such theme": ('theme = "pink"', "theme", "pink", "auto", SettingsFault.UNKNOWN_VALUE),
    "no such key": ("colour = 1", "colour", "1", "", SettingsFault.UNKNOWN_KEY),
    "switch is a number": ("sound = 1", "sound", "1", "False", SettingsFault.WRONG_TYPE),
    "no duration": ('clock.warn = "bald"', "clock.warn", "bald", "100s", SettingsFault.UNKNOWN_VALUE),
    "too long a wait": ('clock.breach = "9d"', "clock.breach", "9d", "1440min", SettingsFault.OUT_OF_BOUNDS),
    "bare letter": ('hotkeys.hide = "h"', "hotkeys.hide", "h", "ctrl+alt+h", SettingsFault.BAD_HOTKEY),
    "window menu": (
        'hotkeys.hide = "alt+space"',
        "hotkeys.hide",
        "alt+space",
        "ctrl+alt+h",
        SettingsFault.BAD_HOTKEY,
    ),
    "one key for two": (
        'hotkeys.hide = "alt+ctrl+F"',
        "hotkeys.hide",
        "ctrl+alt+f",
        "",
        SettingsFault.REPEATED_HOTKEY,
    ),
    "section is a number": ("hotkeys = 3", "hotkeys", "3", "", SettingsFault.WRONG_TYPE),
    "no such path": (
        'clients.pidgin.paths = ["telepathy"]',
        "clients.pidgin.paths",
        "['telepathy']",
        "",
        SettingsFault.UNKNOWN_VALUE,
    ),
    "a line break that sends": (
        'clients.pidgin.newlines = "enter"',
        "clients.pidgin.newlines",
        "enter",
        "",
        SettingsFault.UNKNOWN_VALUE,
    ),
    "agent of two lines": ('agent = "a\\nb"', "agent", "a\nb", "", SettingsFault.OUT_OF_BOUNDS),
    "an hour there is not": (
        'hours.monday = ["09:00-25:00"]\nhours.every_day = ["09:00-18:00"]',
        "hours.monday",
        "09:00-25:00",
        "",
        SettingsFault.BAD_HOURS,
    ),
    "hours without a list": (
        'hours.monday = "09:00-18:00"\nhours.every_day = ["09:00-18:00"]',
        "hours.monday",
        "09:00-18:00",
        "",
        SettingsFault.BAD_HOURS,
    ),
    "no such day": (
        'hours.someday = ["09:00-18:00"]',
        "hours.someday",
        "['09:00-18:00']",
        "",
        SettingsFault.UNKNOWN_KEY,
    ),
    "a holiday that is none": (
        'hours.every_day = ["09:00-18:00"]\nhours.holidays = ["Christmas"]',
        "hours.holidays",
        "Christmas",
        "",
        SettingsFault.BAD_DATE,
    ),
    "no such zone": (
        'hours.every_day = ["09:00-18:00"]\nhours.zone = "Asia/Nowhere"',
        "hours.zone",
        "Asia/Nowhere",
        "",
        SettingsFault.UNKNOWN_ZONE,
    ),
    "a zone out of the way": (
        'hours.every_day = ["09:00-18:00"]\nhours.zone = "../../etc/passwd"',
        "hours.zone",
        "../../etc/passwd",
        "",
        SettingsFault.UNKNOWN_ZONE,
    ),
    "never open": ("hours.every_day = []", "hours", "", "", SettingsFault.NEVER_OPEN),
    "hours are a number": ("hours = 9", "hours", "9", "", SettingsFault.WRONG_TYPE),
    "no such category": (
        'clock.gossip.warn = "30s"',
        "clock.gossip",
        "gossip",
        "",
        SettingsFault.UNKNOWN_KEY,
    ),
    "a category warned too late": (
        'clock.complaint.warn = "9min"',
        "clock.complaint.warn",
        "540s",
        "100s",
        SettingsFault.WARN_AFTER_BREACH,
    ),
    "endless number": ("width = 0x" + "f" * 9000, "width", "int", "520", SettingsFault.OUT_OF_BOUNDS),
}


@pytest.mark.parametrize(("text", "key", "raw", "used", "fault"), SLIPS.values(), ids=list(SLIPS))
def test_puts_a_slip_right_and_says_so(
    tmp_path: Path, text: str, key: str, raw: str, used: str, fault: SettingsFault
) -> None:
    result = loaded(tmp_path, 'agent_number = "A07"\n' + text)
    assert result.problems == (SettingsProblem(key=key, raw=raw, used=used, fault=fault),)
    assert result.settings.agent_number == "A07"


HOURS = """
[hours]
zone = "Asia/Shanghai"
every_day = ["13:30-18:00", "09:00-12:00"]
friday = ["09:00-12:00", "22:00-02:00"]
sunday = []
holidays = [2026-10-01, "2026-10-02"]
"""


def test_the_shops_hours_by_weekday_over_midnight_with_holidays_in_their_zone(tmp_path: Path) -> None:
    result = loaded(tmp_path, HOURS)
    assert result.problems == ()
    assert result.settings.hours is not None
    hours = result.settings.hours.hours(UTC)
    open = {
        text: hours.contains(datetime.fromisoformat(f"2026-{text}+08:00"))
        for text in (
            *("09-28T11:59", "09-28T12:00", "09-28T13:30", "09-28T18:00"),
            *("09-25T13:30", "09-25T23:00", "09-26T01:59", "09-26T02:00", "09-27T10:00"),
            *("10-01T10:00", "10-02T10:00", "10-03T01:00"),
        )
    }
    assert [text for text, is_open in open.items() if is_open] == [
        *("09-28T11:59", "09-28T13:30", "09-25T23:00", "09-26T01:59"),
    ]


def test_hours_without_a_zone_are_those_of_this_machine(tmp_path: Path) -> None:
    hours = loaded(tmp_path, 'hours.every_day = ["09:00-18:00"]').settings.hours
    assert hours is not None
    assert hours.hours(ZoneInfo("Europe/Berlin")).zone == ZoneInfo("Europe/Berlin")


def test_a_day_that_cannot_be_read_is_as_every_day_and_the_rest_holds(tmp_path: Path) -> None:
    result = loaded(tmp_path, 'hours.every_day = ["09:00-18:00"]\nhours.monday = ["9-18"]')
    assert result.settings.hours is not None
    assert result.settings.hours.hours(UTC).contains(datetime(2026, 9, 28, 17, tzinfo=UTC))
    assert len(result.problems) == 1


def test_limits_of_a_category_beside_those_of_all(tmp_path: Path) -> None:
    text = '[clock]\nwarn = "90s"\n[clock.complaint]\nbreach = "60s"\n[clock.order]\nwarn = "2min"'
    result = loaded(tmp_path, text)
    assert result.problems == ()
    assert general_limits(result.settings.clock) == Thresholds(warn=seconds(90), breach=seconds(180))
    assert limits_by_category(result.settings.clock) == {
        Category.COMPLAINT: Thresholds(warn=seconds(30), breach=seconds(60)),
        Category.ORDER: Thresholds(warn=seconds(120), breach=seconds(180)),
    }


def seconds(count: int) -> timedelta:
    return timedelta(seconds=count)


def test_hours_and_limits_by_category_are_saved_as_they_are_read(tmp_path: Path) -> None:
    read = loaded(tmp_path, HOURS + '[clock.complaint]\nbreach = "60s"').settings
    path = tmp_path / "new.toml"
    save_settings(path, read)
    assert load_settings(path) == LoadedSettings(settings=read)
    text = path.read_text(encoding="utf-8")
    assert 'friday = ["09:00-12:00", "22:00-02:00"]\nsunday = []' in text
    assert save_settings(path, replace(read, theme=Theme.DARK)) is None
    assert load_settings(path).settings.hours == read.hours


def test_what_the_readme_shows_can_be_set(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (shown,) = (each for each in re.findall(r"```toml\n(.*?)```", readme, re.DOTALL) if "[hotkeys]" in each)
    result = loaded(tmp_path, shown)
    assert result.problems == ()
    plain = plain_sections(Settings())
    said = plain_sections(result.settings)
    assert said["clock"] == plain["clock"]
    assert said["hotkeys"] == plain["hotkeys"]
    assert said[""] == plain[""]


def test_a_warning_must_come_before_the_breach(tmp_path: Path) -> None:
    result = loaded(tmp_path, '[clock]\nwarn = "300s"\nbreach = "200s"')
    assert result.settings.clock == ClockSettings()
    assert [(problem.key, problem.raw) for problem in result.problems] == [
        ("clock.warn", "300s"),
        ("clock.breach", "200s"),
    ]


@pytest.mark.parametrize(
    "content",
    [b"width = ", b"\xff\xfe", b"a = 1\na = 2", b"[x", b"w = " + b"9" * 5000, b"w = " + b"[" * 9000],
)
def test_a_broken_file_leaves_the_defaults(tmp_path: Path, content: bytes) -> None:
    result = loaded(tmp_path, content)
    assert result.settings == Settings()
    assert [(problem.key, problem.fault) for problem in result.problems] == [("", SettingsFault.BROKEN_FILE)]


def test_an_unreadable_file_leaves_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    (problem,) = load_settings(tmp_path / "settings.toml").problems
    assert problem.fault is SettingsFault.NOT_READABLE


def test_wishes_for_one_client_change_its_profile_only() -> None:
    wished = ClientSettings(
        send_allowed=True, send_combo=KeyCombo("f5"), newlines=Newlines.JOINED, read_messages=False
    )
    set_up = Settings(clients={PIDGIN: wished})
    rule = LogRule(by=Mark.COLOUR, speakers=())
    pidgin = ClientProfile(name=PIDGIN, label="Pidgin", programs=("Pidgin",), log=rule)
    other = ClientProfile(name=ClientName("web"), label="Web", programs=("Chromium",))
    changed = set_up.applied(pidgin)
    assert changed == replace(
        pidgin,
        paste=replace(pidgin.paste, send_allowed=True, send_combo=KeyCombo("f5"), newlines=Newlines.JOINED),
        log=None,
    )
    assert set_up.applied(other) == other


def test_a_new_file_explains_every_setting_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    wanted = Settings(width=300, clients={ClientName("店铺.1"): ClientSettings(send_allowed=True)})
    assert save_settings(path, wanted) is None
    assert load_settings(path) == LoadedSettings(settings=wanted)
    text = path.read_text(encoding="utf-8")
    for part in (Settings(), HotkeySettings(), ClockSettings()):
        for key, option in options_of(part).items():
            assert f"# {option.description}\n{key} = " in text


def test_saving_keeps_comments_order_and_strange_keys(tmp_path: Path) -> None:
    path = settings_file(
        tmp_path,
        '# mine\nfuture = 1\nwidth = 300   # narrow\r\n\n[ clock ]\nbreach = "4min" # slow day\n\n'
        '[clients.pidgin]\nsend_allowed = true\npaths = ["paste"]\n',
    )
    before = load_settings(path).settings
    after = replace(
        before,
        width=310,
        theme=Theme.DARK,
        clock=replace(before.clock, warn=timedelta(seconds=90), breach=timedelta(seconds=200)),
        hotkeys=replace(before.hotkeys, hide=None),
        clients={PIDGIN: ClientSettings(paths=(InsertionPath.PASTE,))},
    )
    assert save_settings(path, after) is None
    assert path.read_text(encoding="utf-8") == (
        '# mine\nfuture = 1\nwidth = 310   # narrow\ntheme = "dark"\n\n'
        '[ clock ]\nbreach = "200s" # slow day\nwarn = "90s"\n\n'
        '[clients.pidgin]\npaths = ["paste"]\n\n[hotkeys]\nhide = ""\n'
    )
    assert load_settings(path).settings == after


@pytest.mark.parametrize(
    "text", ["width = = 3\n# precious\n", 'hotkeys.insert = [\n "f1", # one\n "f2",\n]\n# precious\n']
)
def test_a_file_that_cannot_be_changed_in_place_is_kept_beside_the_new_one(tmp_path: Path, text: str) -> None:
    path = settings_file(tmp_path, text)
    wanted = Settings(theme=Theme.LIGHT)
    first = save_settings(path, wanted)
    assert first == tmp_path / "settings.toml.broken-1"
    assert first.read_text(encoding="utf-8") == text
    assert load_settings(path).settings == wanted
    path.write_text(text, encoding="utf-8")
    assert save_settings(path, wanted) == tmp_path / "settings.toml.broken-2"


def test_saving_into_a_place_that_takes_nothing_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="could not be saved"):
        save_settings(tmp_path / "file" / "settings.toml", Settings())


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = settings_file(tmp_path, "width = 300\n")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsError, match="No space left on device"):
        save_settings(path, Settings(width=400))
    assert path.read_text(encoding="utf-8") == "width = 300\n"
    assert [found.name for found in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.posix
def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("width = 300\n", encoding="utf-8")
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    save_settings(link, Settings(width=400))
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "width = 400\n"


COMBOS = st.none() | st.builds(KeyCombo, st.sampled_from("abcdxyz"), st.just(CTRL_ALT))
NAMES = st.text(max_size=40).map(str.strip).filter(str.isprintable)
CLIENTS = st.builds(
    ClientSettings,
    send_allowed=st.none() | st.booleans(),
    paths=st.none() | st.permutations(list(InsertionPath)).map(tuple),
)
SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(Theme),
    width=st.integers(280, 520),
    agent=NAMES,
    sound=st.booleans(),
    hotkeys=st.builds(HotkeySettings, hide=COMBOS),
    clock=st.builds(ClockSettings, followup_lead=st.integers(60, 86400).map(lambda s: timedelta(seconds=s))),
    clients=st.dictionaries(
        st.text("ab-._ \"'[]#店", min_size=1).map(ClientName),
        CLIENTS.filter(lambda wished: wished != ClientSettings()),
        max_size=2,
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SETTINGS, SETTINGS)
def test_what_is_saved_over_anything_is_what_is_read(
    tmp_path: Path, first: Settings, second: Settings
) -> None:
    path = tmp_path / "settings.toml"
    for wanted in (first, second):
        save_settings(path, wanted)
        assert load_settings(path) == LoadedSettings(settings=wanted)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=80) | st.text("ab=[]\"'.#\n 1{}", max_size=60).map(str.encode))
def test_no_file_stops_reading_or_saving(tmp_path: Path, content: bytes) -> None:
    path = settings_file(tmp_path, content)
    load_settings(path)
    save_settings(path, Settings(width=333))
    assert load_settings(path).settings.width == 333


def test_every_option_is_described() -> None:
    for part in (Settings(), HotkeySettings(), ClockSettings(), ClientSettings()):
        for option in options_of(part).values():
            assert isinstance(option, Option)
            assert option.description
