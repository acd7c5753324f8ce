"""Copying from the command line, with a stand-in for what really copies."""

import os
import sys
from types import ModuleType

import pytest

from sidebar.errors import PlatformError
from sidebar.platforms.copying import copy


class FakeCopier(ModuleType):
    """Implements `pyperclip`, as far as it is used."""

    class PyperclipException(RuntimeError):  # noqa: N818 - its name there
        pass

    def __init__(self) -> None:
        super().__init__("pyperclip")
        self.content = ""
        self.missing = False
        self.reaches_the_screen = True

    def copy(self, text: str) -> None:
        if self.missing:
            raise self.PyperclipException("could not find a copy/paste mechanism for your system")
        os.write(1, b"noise of a tool")
        if self.reaches_the_screen:
            self.content = text

    def paste(self) -> str:
        return self.content


@pytest.fixture
def copier(monkeypatch: pytest.MonkeyPatch) -> FakeCopier:
    fake = FakeCopier()
    monkeypatch.setitem(sys.modules, "pyperclip", fake)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":7")
    return fake


def test_copies_and_lets_no_tool_have_the_output(
    copier: FakeCopier, capfd: pytest.CaptureFixture[str]
) -> None:
    copy("您好\n请稍候")
    os.write(1, b"ours")
    assert copier.content == "您好\n请稍候"
    assert capfd.readouterr().out == "ours"


def test_lines_end_on_windows_as_they_do_there(copier: FakeCopier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    copy("a\nb")
    assert copier.content == "a\r\nb"


def test_says_what_is_to_be_installed_where_nothing_can_copy(copier: FakeCopier) -> None:
    copier.missing = True
    with pytest.raises(PlatformError, match="install xclip or xsel"):
        copy("x")


def test_a_tool_that_does_not_reach_the_screen_is_not_believed(copier: FakeCopier) -> None:
    copier.reaches_the_screen = False
    with pytest.raises(PlatformError, match="xclip"):
        copy("x")


def test_without_a_screen_there_is_no_clipboard(copier: FakeCopier, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(PlatformError, match="no screen"):
        copy("x")
    assert copier.content == ""


def test_a_clipboard_that_is_held_is_told_on_windows(
    copier: FakeCopier, monkeypatch: pytest.MonkeyPatch
) -> None:
    copier.missing = True
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(PlatformError, match="holds the clipboard"):
        copy("x")
