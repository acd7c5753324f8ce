"""Where the built program begins."""

import sys
from pathlib import Path

import frozen
import pytest


def test_is_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["ShopSidebar.exe", "--version"])
    assert frozen.begin() == 0
    assert capsys.readouterr().out.startswith("sidebar ")


def test_runs_a_module_of_ours_as_python_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = tmp_path / "echo.py"
    module.write_text(
        "import sys, pathlib\n"
        "if __name__ == '__main__':\n"
        "    pathlib.Path(sys.argv[1]).write_text(' '.join(sys.argv[2:]))\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("sidebar.__path__", [str(tmp_path)])
    monkeypatch.setattr(
        sys, "argv", ["ShopSidebar.exe", "-m", "sidebar.echo", str(tmp_path / "said"), "a", "b"]
    )
    assert frozen.begin() == 0
    assert (tmp_path / "said").read_text(encoding="utf-8") == "a b"


def test_runs_no_other_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["ShopSidebar.exe", "-m", "http.server"])
    assert frozen.begin() == 2
    assert "usage" in capsys.readouterr().err


def test_the_last_words_are_what_was_told() -> None:
    words = frozen.LastWords()
    print("sidebar.logs: no log file", file=words)
    print("sidebar: The sidebar is running already.", file=words)
    assert words.told("sidebar: ") == "The sidebar is running already."


def test_the_last_words_are_not_kept_for_ever() -> None:
    words = frozen.LastWords()
    for number in range(1000):
        words.write(f"sidebar: {number}\n")
    assert words.told("sidebar: ").splitlines() == [str(number) for number in range(960, 1000)]
