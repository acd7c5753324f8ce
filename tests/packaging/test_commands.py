"""What the two commands run once everything is there."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import start


@pytest.fixture
def checks() -> ModuleType:
    """packaging/test.py, which cannot be imported by its name: the standard library has that one."""
    spec = spec_from_file_location("checks", Path(start.__file__).with_name("test.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("platform", "environ", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_knows_where_there_is_a_screen(platform: str, environ: dict[str, str], there: bool) -> None:
    assert start.has_screen(platform, environ) is there


def test_the_tour_makes_its_own_screen_only_where_there_is_none() -> None:
    assert start.tour(Path("python"), screen=True, rest=[])[2:] == []
    assert start.tour(Path("python"), screen=False, rest=["--light"])[2:] == ["--virtual", "--light"]


def test_without_arguments_every_check_runs_in_order(checks: ModuleType) -> None:
    names = [" ".join(command) for command in checks.commands([], bench=False)]
    assert names == ["ruff check", "ruff format --check", "mypy", "pytest"]


def test_arguments_are_for_pytest_alone(checks: ModuleType) -> None:
    assert checks.commands(["tests/domain", "-k", "x"], bench=False) == [
        ("pytest", "tests/domain", "-k", "x")
    ]


def test_benchmarks_run_alone(checks: ModuleType) -> None:
    assert checks.commands(["--runs", "3"], bench=True) == [("tests.bench", "--runs", "3")]


def test_every_check_runs_even_after_one_failed(checks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    def check(python: Path, command: tuple[str, ...]) -> int:
        ran.append((python, command[0]))
        return 1 if command[0] == "mypy" else 0

    monkeypatch.setattr(checks, "check", check)
    monkeypatch.setattr(checks, "set_up", lambda **_: Path("python"))
    assert checks.main(["--without-windows"]) == 1
    assert [name for _, name in ran] == ["ruff", "ruff", "mypy", "pytest"]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], True),
        (["--without-windows"], False),
        (["tests/domain"], False),
        (["--bench"], False),
    ],
    ids=str,
)
def test_windows_is_tested_with_everything_and_can_be_left_out(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], wanted: bool
) -> None:
    made, ran = [], []

    def check(_: object, command: tuple[str, ...]) -> int:
        ran.append(command)
        return 0

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(checks, "set_up", lambda **wanted: made.append(wanted["windows"]))
    monkeypatch.setattr(checks, "check", check)
    monkeypatch.setattr(checks, "check_on_windows", lambda command: 4 if command == ("pytest",) else 0)
    assert checks.main(arguments) == (4 if wanted else 0)
    assert made == [wanted]
    assert (("pytest", "tests/windows") in ran) == wanted


def test_without_root_windows_is_left_out_and_that_is_said(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = []
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(checks, "set_up", lambda **wanted: made.append(wanted["windows"]))
    monkeypatch.setattr(checks, "check", lambda *_: 0)
    assert checks.main([]) == 0
    assert made == [False]
    assert "takes root" in capsys.readouterr().err
