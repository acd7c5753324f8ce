"""The macOS package as far as it can be looked at without a Mac: plists, icon, spec and script."""

import os
import plistlib
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QImage

from sidebar import __version__

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "packaging" / "macos"
SCRIPT = FOLDER / "sign_and_notarise.sh"


@pytest.fixture(autouse=True)
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    monkeypatch.syspath_prepend(str(FOLDER))


def plist(name: str) -> dict[str, Any]:
    content = plistlib.loads((FOLDER / name).read_bytes())
    assert isinstance(content, dict)
    return content


def test_the_bundle_has_no_dock_icon_and_names_the_macos_it_needs() -> None:
    info = plist("Info.plist")
    assert info["LSUIElement"] is True
    assert info["LSMinimumSystemVersion"] == "13.0"
    assert info["CFBundleIdentifier"] == "org.shop-sidebar.ShopSidebar"
    assert info["CFBundleLocalizations"] == ["zh_CN", "en"]
    assert info["NSHighResolutionCapable"] is True


def test_the_hardened_runtime_is_loosened_in_one_point_only() -> None:
    assert plist("entitlements.plist") == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


@pytest.mark.usefixtures("qapp")
def test_the_icon_holds_each_size_that_finder_asks_for(tmp_path: Path) -> None:
    from icns import KINDS, draw_icon

    content = draw_icon(
        ROOT / "resources" / "icons" / "sidebar.svg", tmp_path / "new" / "sidebar.icns"
    ).read_bytes()
    kind, length = struct.unpack_from(">4sI", content)
    assert (kind, length) == (b"icns", len(content))
    found, at = {}, 8
    while at < len(content):
        kind, length = struct.unpack_from(">4sI", content, at)
        found[kind.decode()] = QImage.fromData(content[at + 8 : at + length], "PNG")  # type: ignore[arg-type]
        at += length
    assert {name: (image.width(), image.height()) for name, image in found.items()} == {
        name: (size, size) for name, size in KINDS.items()
    }


class Built:
    """What the spec asks PyInstaller for."""

    def __init__(self) -> None:
        self.analysis: dict[str, Any] = {}
        self.program: dict[str, Any] = {}
        self.collected: tuple[Any, ...] = ()
        self.bundle: dict[str, Any] = {}

    def names(self) -> dict[str, Callable[..., Any]]:
        def analyse(scripts: list[str], **asked: Any) -> SimpleNamespace:
            self.analysis = {"scripts": scripts, **asked}
            qt = "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore"
            quick = "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick"
            plugins = ["PySide6/Qt/plugins/platforms/libqcocoa.dylib", "PySide6/Qt/plugins/tls/libq.dylib"]
            binaries = [(name, "/there", "BINARY") for name in (qt, quick, *plugins)]
            return SimpleNamespace(pure=[], scripts=[], binaries=binaries, datas=[])

        def execute(*parts: Any, **asked: Any) -> str:
            del parts
            self.program = asked
            return "program"

        def collect(*parts: Any, **asked: Any) -> str:
            del asked
            self.collected = parts
            return "folder"

        def bundle(folder: str, **asked: Any) -> None:
            assert folder == "folder"
            self.bundle = asked

        return {"Analysis": analyse, "PYZ": list, "EXE": execute, "COLLECT": collect, "BUNDLE": bundle}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, qapp: object, tmp_path: Path) -> Callable[[], Built]:
    """Run the spec with PyInstaller's names standing in for it."""
    del qapp
    hooks = ModuleType("PyInstaller.utils.hooks")
    modules = ["sidebar.app", "sidebar.platforms.x11.keys", "sidebar.platforms.windows.win32"]
    vars(hooks).update(
        collect_submodules=lambda _, filter: [name for name in modules if filter(name)],
        copy_metadata=lambda _: [],
    )
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
    monkeypatch.setattr(sys, "path", list(sys.path))

    def run() -> Built:
        result = Built()
        source = (FOLDER / "sidebar.spec").read_text(encoding="utf-8")
        given = {"SPECPATH": str(FOLDER), "workpath": str(tmp_path)}
        exec(compile(source, "sidebar.spec", "exec"), {**given, **result.names()})
        return result

    return run


def test_the_bundle_is_named_versioned_and_windowed(built: Callable[[], Built]) -> None:
    result = built()
    assert result.bundle["name"] == "Shop Sidebar.app"
    assert result.bundle["bundle_identifier"] == "org.shop-sidebar.ShopSidebar"
    assert result.bundle["info_plist"]["CFBundleShortVersionString"] == __version__
    assert result.bundle["info_plist"]["LSUIElement"] is True
    assert Path(result.bundle["icon"]).is_file()
    assert result.program["console"] is False
    assert Path(result.program["entitlements_file"]).is_file()
    assert Path(result.analysis["scripts"][0]).is_file()
    for source, _ in result.analysis["datas"]:
        assert Path(source).exists(), source


def test_other_systems_stay_out_and_the_macs_own_part_comes_along(built: Callable[[], Built]) -> None:
    result = built()
    assert result.analysis["hiddenimports"] == ["sidebar.app", "sidebar.platforms.macos.native"]
    _, binaries, _ = result.collected
    assert [name for name, *_ in binaries] == [
        "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
    ]


def test_the_identity_comes_from_the_environment(
    built: Callable[[], Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEVELOPER_ID", raising=False)
    assert built().program["codesign_identity"] is None
    monkeypatch.setenv("DEVELOPER_ID", "Developer ID Application: Example (TEAM)")
    assert built().program["codesign_identity"] == "Developer ID Application: Example (TEAM)"


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="needs bash")
def test_the_script_is_read_by_bash_and_can_be_run() -> None:
    subprocess.run(["bash", "-n", SCRIPT], check=True)
    assert os.access(SCRIPT, os.X_OK)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="on a Mac it would build")
def test_the_script_stops_at_once_without_a_mac() -> None:
    ended = subprocess.run(["bash", SCRIPT], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "This needs a Mac: signing and notarising are done by Apple's own tools.\n"
