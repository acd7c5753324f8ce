"""How the rig is provided: what it is made from, once, and only where it can be."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import windows_rig
from provision import SetUpError
from windows_rig import Rig, demand_rights, folder_of, requirements

PROJECT = """\
[project]
dependencies = ["a>=1", "b; sys_platform == 'win32'"]
[dependency-groups]
unit = ["pytest"]
windows-build = ["builder"]
test = [{include-group = "unit"}, "mypy"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    return folder


class HollowRig(Rig):
    """A rig whose parts are names in a list."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.made: list[str] = []

    def _make_root(self) -> None:
        self.root.mkdir(exist_ok=True)
        for stamp in self.root.iterdir():
            stamp.unlink()
        self.made.append("root")

    def _make_python(self) -> None:
        self.made.append("python")

    def _make_site(self, wanted: Sequence[str]) -> None:
        self.made.append(f"{len(wanted)} packages")

    def _make_windows(self) -> None:
        self.made.append("windows")


@pytest.fixture
def hollow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HollowRig:
    monkeypatch.setattr(windows_rig, "demand_rights", lambda: None)
    return HollowRig(tmp_path / "rig")


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"WINDOWS_RIG": "/rig", "XDG_CACHE_HOME": "/cache"}, "/rig"),
        ({"WINDOWS_RIG": "", "XDG_CACHE_HOME": "/cache"}, "/cache/shop-sidebar/windows-rig"),
    ],
)
def test_its_folder_can_be_named(environ: Mapping[str, str], folder: str) -> None:
    assert folder_of(environ) == Path(folder)


def test_without_a_name_it_is_in_the_users_cache(home: Path) -> None:
    assert folder_of({}) == home / ".cache/shop-sidebar/windows-rig"


def test_has_what_the_product_its_tests_and_its_build_need(project: Path) -> None:
    first, second, *rest = requirements(project / "pyproject.toml")
    assert (first, second) == ("a>=1", "b; sys_platform == 'win32'")
    assert rest == ["pytest", "builder", "PySide6-Essentials==6.9.3"]


def test_the_second_time_nothing_is_made(hollow: HollowRig, project: Path) -> None:
    hollow.provide(project)
    assert hollow.made == ["root", "python", "5 packages", "windows"]
    hollow.provide(project)
    assert hollow.made == ["root", "python", "5 packages", "windows"]


def test_other_requirements_are_installed_and_nothing_else_made(hollow: HollowRig, project: Path) -> None:
    hollow.provide(project)
    (project / "pyproject.toml").write_text(PROJECT.replace("a>=1", "a>=2"), encoding="utf-8")
    hollow.provide(project)
    assert hollow.made[4:] == ["5 packages"]


def test_a_part_cut_off_is_made_again(
    hollow: HollowRig, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise SetUpError("no network")

    with monkeypatch.context() as broken:
        broken.setattr(hollow, "_make_python", fail)
        with pytest.raises(SetUpError, match="no network"):
            hollow.provide(project)
    hollow.provide(project)
    assert hollow.made == ["root", "python", "5 packages", "windows"]


def test_without_the_right_to_mount_that_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = subprocess.CompletedProcess[str](args=[], returncode=1)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: refused)
    with pytest.raises(SetUpError, match=r"needs root and the right to mount.*--without-windows"):
        demand_rights()


def test_on_another_system_that_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SetUpError, match=r"needs Debian.*--without-windows"):
        demand_rights()
