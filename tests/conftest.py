"""What holds for every test: a home of its own, no screen unless asked for, no warning logged unasked."""

import inspect
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run of CI, so that it judges the change; people's runs go on exploring.
# The Windows in Wine is not told whether it is CI's.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") or sys.platform == "win32":
    settings.load_profile("ci")

# What needs an X server, or is about one.
collect_ignore = [] if sys.platform == "linux" else ["bench", "e2e", "platforms/x11"]

# Set before anything imports Qt: widgets are tested without a screen; the tests that need one start it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if sys.platform == "win32":  # where Qt, without a screen, does not ask the system for fonts
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ["SYSTEMROOT"], "Fonts")))

_PLACES = {
    "HOME": ".",
    "USERPROFILE": ".",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "SIDEBAR_HOME": "sidebar",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on Windows what only POSIX systems have or allow."""
    if os.name == "posix":
        return
    out = [item for item in items if item.get_closest_marker("posix")]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder that lives as long as the test, so that no test reads or writes the user's own."""
    with tempfile.TemporaryDirectory(prefix="sidebar-test-") as folder:
        for name, place in _PLACES.items():
            monkeypatch.setenv(name, str(Path(folder, place)))
        yield Path(folder)


class _LoudRecords(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that logs a warning or worse; one that takes `caplog` looks at its log itself."""
    loud = _LoudRecords()
    logging.getLogger().addHandler(loud)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(loud)
    if loud.lines and "caplog" not in inspect.signature(request.function).parameters:
        pytest.fail("logged unasked:\n" + "\n".join(loud.lines), pytrace=False)
