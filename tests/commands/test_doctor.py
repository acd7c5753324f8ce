"""Every capability with its state, its reason and its remedy."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sidebar import platforms
from sidebar.errors import PlatformError
from tests.commands.conftest import Ask

STATES = {"ok", "warning", "broken"}


@pytest.fixture(autouse=True)
def _without_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt shows its windows nowhere; the desktop is the one that can do nothing."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("SIDEBAR_PLATFORM", "null")


def by_name(findings: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {finding["name"]: finding for finding in findings}


def test_a_fresh_home_is_sound_and_is_not_made_by_looking(tell: Ask, shop: Path) -> None:
    findings = tell("doctor", "--json").document
    assert all(finding.keys() == {"name", "state", "reason", "remedy"} for finding in findings)
    assert {finding["state"] for finding in findings} <= STATES
    named = by_name(findings)
    for name in ("python", "qt", "screen", "desktop", "home", "disk", "history", "settings", "clients"):
        assert named[name]["state"] == "ok", name
    assert named["phrases"]["state"] == "ok"
    assert not shop.exists()


def test_what_the_desktop_cannot_do_has_its_reason_and_remedy(tell: Ask) -> None:
    named = by_name(tell("doctor", "--json").document)
    for name in ("hotkeys", "keys", "windows", "titles", "clipboard", "accessibility"):
        assert named[name]["state"] == "warning"
        assert named[name]["reason"]
        assert named[name]["remedy"]


def test_people_read_lines(tell: Ask) -> None:
    lines = [line.split("\t") for line in tell("doctor").lines]
    assert all(len(line) == 4 and line[0] in STATES for line in lines)


def test_a_missing_screen_is_broken(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setattr("sys.platform", "linux")
    answer = ask("doctor", "--json")
    assert answer.status == 1
    assert answer.err == "sidebar: This is broken: screen; do what stands beside it.\n"
    assert by_name(answer.document)["screen"] == {
        "name": "screen",
        "state": "broken",
        "reason": "There is no screen here (DISPLAY is not set)",
        "remedy": "start it on a desktop",
    }


def test_a_qt_that_aborts_is_told_by_what_it_said(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonsense")
    answer = ask("doctor", "--json")
    qt = by_name(answer.document)["qt"]
    assert (answer.status, qt["state"]) == (1, "broken")
    assert "nonsense" in qt["reason"]


def test_a_desktop_that_cannot_be_had_is_broken(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, **_: object) -> None:
        raise PlatformError(f"The platform {name!r} is not available here; choose another.")

    monkeypatch.setattr(platforms, "load", refuse)
    named = by_name(ask("doctor", "--json").document)
    assert named["desktop"]["reason"] == "The platform 'null' is not available here"
    assert named["desktop"]["remedy"] == "choose another"
    assert "hotkeys" not in named


def damaged(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(("spoil", "word"), [(damaged, "damaged"), (newer, "newer")])
def test_a_history_that_cannot_be_used_is_broken(
    ask: Ask, shop: Path, spoil: Callable[[Path], None], word: str
) -> None:
    ask("followups", "add", "2小时后")
    assert by_name(ask("doctor", "--json").document)["history"]["reason"] == "1 events, whole"
    spoil(shop / "history.db")
    answer = ask("doctor", "--json")
    history = by_name(answer.document)["history"]
    assert (answer.status, history["state"]) == (1, "broken")
    assert word in history["reason"]
    assert history["remedy"]


def test_broken_files_are_warnings_that_name_their_place(tell: Ask, shop: Path) -> None:
    for folder in ("phrases", "clients"):
        (shop / folder).mkdir(parents=True)
    (shop / "phrases" / "mine.yaml").write_text("phrases:\n  - {id: a, title: b}\n", encoding="utf-8")
    (shop / "clients" / "mine.toml").write_text('name = "x"\nprogram = []\n', encoding="utf-8")
    (shop / "settings.toml").write_text('[clock]\nwarn = "soon"\n', encoding="utf-8")
    named = by_name(tell("doctor", "--json").document)
    for name, place in (("phrases", "mine.yaml:2: "), ("clients", "mine.toml: "), ("settings", "clock.warn")):
        assert named[name]["state"] == "warning"
        assert place in named[name]["reason"]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("free", "state"), [(200_000_000, "ok"), (50_000_000, "warning"), (1_000_000, "broken")]
)
def test_room_on_the_disk_is_looked_at(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - free, free))
    assert by_name(ask("doctor", "--json").document)["disk"]["state"] == state


def test_a_home_that_cannot_be_written_is_broken(
    ask: Ask, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("followups", "add", "2小时后")
    may = os.access

    def access(path: Any, mode: int) -> bool:
        return may(path, mode) and not (mode & os.W_OK and shop in (Path(path), *Path(path).parents))

    monkeypatch.setattr(os, "access", access)
    named = by_name(ask("doctor", "--json").document)
    assert named["home"]["state"] == named["history"]["state"] == "broken"


def test_what_waits_to_be_stored_is_told(tell: Ask, shop: Path) -> None:
    shop.mkdir()
    (shop / "unsaved.jsonl").write_text("{}\n", encoding="utf-8")
    assert by_name(tell("doctor", "--json").document)["unsaved"]["state"] == "warning"


def test_a_conflict_copy_is_told(tell: Ask, shop: Path) -> None:
    (shop / "phrases").mkdir(parents=True)
    for name in ("mine.yaml", "mine (conflicted copy).yaml"):
        pack = "phrases:\n  - {id: a, title: b, body: c}\n"
        (shop / "phrases" / name).write_text(pack, encoding="utf-8")
    told = [found for found in tell("doctor", "--json").document if found["name"] == "phrases"]
    assert [found["state"] for found in told] == ["ok", "warning"]
    assert "mine (conflicted copy).yaml" in told[1]["reason"]


def test_a_metric_profile_that_nobody_knows_is_told(ask: Ask, shop: Path) -> None:
    shop.mkdir()
    (shop / "settings.toml").write_text('[clock]\nprofile = "qianniu-slov"\n', encoding="utf-8")
    assert "clock.profile: unknown value (qianniu-slov)" in ask("doctor").out
