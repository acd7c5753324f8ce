"""The programs that are compared: how each is set up and started, each in a home of its own."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import figures
from tests.bench.boxes import SYSTEM_PYTHON
from tests.e2e.rig.desktop import Session
from tests.e2e.rig.programs import Program

PHRASE = "亲，您好！😊\n第二行：满99元包邮 🚚\n第三行：https://127.0.0.1/x"
KEY = "F8"
"""A hotkey without a modifier that would have to be waited for."""
CHORD = "ctrl+alt+1"

_AUTOKEY_PASTES = "<ctrl>+v"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A program under measurement; `prepare` writes its settings anew before each start."""

    name: str
    command: tuple[str | Path, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = lambda: None

    def start(self, session: Session) -> Program:
        return session.run(*self.command, extra=self.environment)


def bare_script() -> Subject:
    return Subject(
        name=figures.BARE,
        command=(SYSTEM_PYTHON, _HERE / "bare_script.py", PHRASE, KEY.lower(), CHORD),
    )


def empty_window() -> Subject:
    """What any PySide6 program costs before it does anything."""
    return Subject(name=figures.EMPTY, command=(sys.executable, _HERE / "empty_window.py"))


def autokey(folder: Path, kind: str, *, name: str, mode: str = _AUTOKEY_PASTES) -> Subject:
    """AutoKey, *kind* "gtk" or "qt"; its key sends by *mode*, its chord always pastes.

    "kb" types the text key by key, which AutoKey 0.95 does unless told otherwise.
    """
    home = folder / f"{name}-home"
    return Subject(
        name=name,
        command=(f"autokey-{kind}",),
        environment=own_home(home),
        prepare=lambda: _write_autokey(home / ".config" / "autokey", mode),
    )


def copyq(folder: Path) -> Subject:
    home = folder / "copyq-home"
    return Subject(
        name=figures.COPYQ,
        command=("copyq",),
        environment=own_home(home),
        prepare=lambda: _write_copyq(home / ".config" / "copyq"),
    )


def own_home(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_CACHE_HOME": str(home / ".cache"),
    }


def _write_autokey(folder: Path, mode: str) -> None:
    phrases = folder / "data" / "Bench"
    phrases.mkdir(parents=True, exist_ok=True)
    for name, modifiers, key, sending in (
        ("key", [], "<f8>", mode),
        ("chord", ["<ctrl>", "<alt>"], "1", _AUTOKEY_PASTES),
    ):
        (phrases / f"{name}.txt").write_text(PHRASE, encoding="utf-8")
        about = {
            **_AUTOKEY_PHRASE,
            "description": name,
            "hotkey": {"modifiers": modifiers, "hotKey": key},
            "sendMode": sending,
        }
        (phrases / f".{name}.json").write_text(json.dumps(about), encoding="utf-8")
    (phrases / ".folder.json").write_text(json.dumps(_AUTOKEY_FOLDER), encoding="utf-8")
    settings = {**_AUTOKEY_SETTINGS, "folders": [str(phrases)]}
    (folder / "autokey.json").write_text(json.dumps(settings), encoding="utf-8")


def _write_copyq(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "copyq.conf").write_text(_COPYQ_SETTINGS, encoding="utf-8")
    script = f"copyq:\ncopy({json.dumps(PHRASE)})\npaste()"
    # An .ini file of Qt's: backslashes doubled, and what is not ASCII as \u by JSON already.
    command = script.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
    lines = ["[Commands]"]
    for number, key in enumerate((KEY.lower(), CHORD), start=1):
        lines += [
            f"{number}\\Name=phrase {number}",
            f'{number}\\Command="{command}"',
            f"{number}\\IsGlobalShortcut=true",
            f"{number}\\GlobalShortcut={key}",
        ]
    (folder / "copyq-commands.ini").write_text("\n".join([*lines, "size=2", ""]), encoding="utf-8")


_AUTOKEY_ABBREVIATION = {
    "wordChars": r"[\w]",
    "abbreviations": [],
    "immediate": False,
    "ignoreCase": False,
    "backspace": True,
    "triggerInside": False,
}
_AUTOKEY_FILTER = {"regex": None, "isRecursive": False}
_AUTOKEY_HOTKEY_MODE = 3
_AUTOKEY_PHRASE = {
    "type": "phrase",
    "uuid": None,
    "modes": [_AUTOKEY_HOTKEY_MODE],
    "usageCount": 0,
    "prompt": False,
    "omitTrigger": False,
    "matchCase": False,
    "showInTrayMenu": False,
    "abbreviation": _AUTOKEY_ABBREVIATION,
    "filter": _AUTOKEY_FILTER,
}
_AUTOKEY_FOLDER = {
    "type": "folder",
    "title": "Bench",
    "modes": [],
    "usageCount": 0,
    "showInTrayMenu": False,
    "abbreviation": _AUTOKEY_ABBREVIATION,
    "hotkey": {"modifiers": [], "hotKey": None},
    "filter": _AUTOKEY_FILTER,
}
_AUTOKEY_SETTINGS = {
    "version": "0.95.10",
    "userCodeDir": None,
    "settings": {
        "isFirstRun": False,
        "serviceRunning": True,
        "menuTakesFocus": False,
        "showTrayIcon": True,
        "sortByUsageCount": True,
        "promptToSave": False,
        "enableQT4Workaround": False,
        "interfaceType": "XRecord",
        "undoUsingBackspace": True,
        "windowDefaultSize": [600, 400],
        "hPanePosition": 150,
        "columnWidths": [150, 50, 100],
        "showToolbar": True,
        "notificationIcon": "autokey-status",
        "workAroundApps": ".*VirtualBox.*|krdc.Krdc",
        "triggerItemByInitial": False,
        "disabledModifiers": [],
        "scriptGlobals": {},
    },
    "toggleServiceHotkey": {"enabled": False, "modifiers": ["<shift>", "<super>"], "hotKey": "k"},
    "configHotkey": {"enabled": False, "modifiers": ["<super>"], "hotKey": "k"},
}
_COPYQ_SETTINGS = """\
[General]
plugin_priority=itemimage, itemencrypted, itemfakevim, itemnotes, itempinned, itemsync, itemtags, itemtext

[Options]
autostart=false
check_clipboard=true
check_selection=false
confirm_exit=false
disable_tray=true
hide_main_window=true
hide_main_window_in_task_bar=true
native_notifications=false
clipboard_tab=&clipboard
"""
