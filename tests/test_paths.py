"""Where things are: in a checkout, in a wheel, in a frozen program, at the user's."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sidebar import paths
from sidebar.errors import UserError
from sidebar.paths import Home


def test_a_checkout_has_its_shipped_files() -> None:
    assert (paths.templates() / "zh-CN").is_dir()
    assert (paths.resources() / "clients").is_dir()


def test_a_wheel_carries_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "sidebar"
    (package / "_data" / "templates").mkdir(parents=True)
    (package.parent / "templates").mkdir()  # another distribution's
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.templates() == package / "_data" / "templates"


def test_a_frozen_program_unpacks_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_an_incomplete_installation_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "sidebar")
    with pytest.raises(UserError, match="incomplete"):
        paths.templates()


def test_the_option_goes_before_the_environment(tmp_path: Path) -> None:
    environment = {"SIDEBAR_HOME": str(tmp_path / "environment")}
    assert Home.choose(str(tmp_path / "option"), environment).root == tmp_path / "option"
    assert Home.choose(None, environment).root == tmp_path / "environment"


def test_a_relative_home_is_meant_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home.choose("shop", {}).root == tmp_path / "shop"


def test_a_tilde_is_the_users_folder(home: Path) -> None:
    assert Home.choose("~/shop", {}).root == home / "shop"


@pytest.mark.posix  # Windows takes it for the neighbour of the user's folder
def test_the_tilde_of_nobody_is_refused() -> None:
    with pytest.raises(UserError, match="no such home folder"):
        Home.choose("~nobody-of-this-name/shop", {})


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of this platform")
def test_without_either_it_is_the_platforms_folder(home: Path) -> None:
    assert Home.choose(None, {"SIDEBAR_HOME": ""}).root == home / ".local/share/shop-sidebar"


def test_naming_a_home_does_not_import_platformdirs() -> None:
    code = (
        "import sys; from sidebar.paths import Home; Home.choose('/x'); print('platformdirs' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_a_home_has_everything_in_its_place(tmp_path: Path) -> None:
    home = Home(tmp_path)
    places = {home.settings, home.history, home.phrases, home.clients, home.backups, home.logs, home.exports}
    assert {place.name for place in places} == {
        "settings.toml", "history.db", "phrases", "clients", "backups", "logs", "exports",
    }  # fmt: skip
    assert {place.parent for place in places} == {tmp_path}


def test_ensure_creates_the_folders_and_does_no_harm_twice(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "b")
    home.ensure()
    (home.phrases / "mine.yaml").write_text("phrases: []", encoding="utf-8")
    home.ensure()
    assert sorted(found.name for found in home.root.iterdir()) == [
        "backups", "clients", "exports", "logs", "phrases",
    ]  # fmt: skip
    assert (home.phrases / "mine.yaml").exists()


@pytest.mark.posix
def test_a_new_home_is_closed_to_others(tmp_path: Path) -> None:
    home = Home(tmp_path / "shop")
    home.ensure()
    assert stat.S_IMODE(home.root.stat().st_mode) & 0o077 == 0


def test_a_home_that_cannot_be_says_why_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for root in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UserError, match=r"cannot be used \(.+\)\. Give another with --home"):
            Home(root).ensure()
