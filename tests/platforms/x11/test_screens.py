"""A screen that is not there is told before Qt could end the process."""

import socket
import threading
from pathlib import Path

import pytest

from sidebar.errors import PlatformError
from sidebar.platforms import demand_a_screen

VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


@pytest.fixture(autouse=True)
def _on_linux_without_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("platform", ["x11", "null"])
def test_without_any_screen_that_is_the_reason(platform: str) -> None:
    with pytest.raises(PlatformError, match=r"^There is no screen here \(DISPLAY is not set\)"):
        demand_a_screen(platform)


@pytest.mark.parametrize("display", [":4711", "nonsense", ":", "tcp/:1", ":0.x", ":99999999999"])
def test_a_display_that_cannot_be_reached_is_named(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display)
    for platform in ("x11", "null"):
        with pytest.raises(PlatformError) as caught:
            demand_a_screen(platform)
        assert f"The screen {display!r} cannot be reached" in str(caught.value)


def test_a_display_that_hangs_up_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.getsockname()[1] - 6000}")
        hanging_up = threading.Thread(target=lambda: server.accept()[0].close())
        hanging_up.start()
        with pytest.raises(PlatformError, match="cannot be reached"):
            demand_a_screen("x11")
        hanging_up.join()


def test_qt_without_a_screen_of_its_own_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:fontconfig")
    demand_a_screen("null")
    with pytest.raises(PlatformError, match="no screen here"):
        demand_a_screen("x11")


def test_a_compositor_is_looked_for_where_qt_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with pytest.raises(PlatformError, match="DISPLAY is not set"):
        demand_a_screen("null")
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland-egl")
    with pytest.raises(PlatformError, match="'wayland-7' cannot be reached"):
        demand_a_screen("null")
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        demand_a_screen("null")
        monkeypatch.delenv("QT_QPA_PLATFORM")
        demand_a_screen("null")


def test_other_systems_always_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    demand_a_screen("windows")
