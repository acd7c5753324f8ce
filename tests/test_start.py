"""What a start imports, and when: most of the time it takes is imports."""

import subprocess
import sys

import pytest

NOT_FOR_THE_FIRST_PAINT = (
    "Xlib",
    "jeepney",
    "logging.handlers",
    "openpyxl",
    "sidebar.domain.events",
    "sidebar.domain.settings",
    "sidebar.ports",
    "sidebar.program",
    "sidebar.services.views",
    "sidebar.storage.history",
    "sidebar.ui.areas",
    "sqlite3",
    "sqlite_utils",
    "yaml",
)
NOT_FOR_THE_HOTKEYS = (
    "sidebar.domain.events",
    "sidebar.program",
    "sidebar.services.views",
    "sidebar.ui.areas",
    "sqlite3",
    "yaml",
)
NOT_FOR_A_START = (
    "sidebar.domain.search",
    "sidebar.domain.typed_titles",
    "openpyxl",
    "sidebar.domain.due_times.reading",
    "sidebar.domain.element_rules",
    "sidebar.editor",
    "sidebar.exports",
    "sidebar.reports",
    "sidebar.services.editing",
    "sidebar.services.pointed_buyers",
    "sidebar.services.pointing",
    "sidebar.state_keeping",
    "sidebar.storage.phrase_store",
    "sidebar.ui.editing_acts",
    "sidebar.ui.editor_panel",
    "sqlite_utils",
    "statistics",
)


def imported_by(*modules: str) -> set[str]:
    """What an interpreter of its own has imported after *modules*."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules, sep='\\n')"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(found.stdout.split())


def test_the_first_paint_imports_what_it_needs_and_no_more() -> None:
    loaded = imported_by("sidebar.cli", "sidebar.commands.desktop", "sidebar.app")
    assert "sidebar.ui.window" in loaded
    assert loaded.isdisjoint(NOT_FOR_THE_FIRST_PAINT)


@pytest.mark.skipif(sys.platform != "linux", reason="the adapters of X11")
def test_hotkeys_need_nothing_of_the_shop() -> None:
    loaded = imported_by(
        "sidebar.platforms.x11", "sidebar.services.shortcuts", "sidebar.storage.settings_file"
    )
    assert loaded.isdisjoint(NOT_FOR_THE_HOTKEYS)


def test_a_start_leaves_out_what_comes_later_if_at_all() -> None:
    assert imported_by("sidebar.app", "sidebar.program", "sidebar.ui.areas").isdisjoint(NOT_FOR_A_START)


def test_pyside_does_not_read_the_source_of_what_is_imported() -> None:
    code = (
        "from sidebar.qt.imports import import_plainly; import_plainly();"
        "import linecache, sidebar.app, sidebar.program; print(*linecache.cache)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "board.py" not in found.stdout
