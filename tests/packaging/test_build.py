"""What builds the Windows program."""

from pathlib import Path

import build_windows
from build_windows import Build, makensis, pyinstaller

import sidebar


def test_the_version_is_the_sidebars() -> None:
    assert build_windows.version() == sidebar.__version__


def test_a_build_has_the_version_in_the_installers_name() -> None:
    build = Build(Path("out"), "1.2.3")
    assert build.program == Path("out", "ShopSidebar")
    assert build.setup == Path("out", "ShopSidebar-1.2.3-setup.exe")


def test_the_program_is_made_where_it_is_wanted() -> None:
    command = pyinstaller(Path("out"))
    assert command[:2] == ["-m", "PyInstaller"]
    assert command[command.index("--distpath") + 1] == "out"
    assert Path(command[-1]).name == "sidebar.spec"


def test_the_installer_is_told_what_to_pack() -> None:
    command = makensis(Build(Path("out"), "1.2.3"), "makensis", target="x86-unicode")
    assert command[0] == "makensis"
    assert {"-DVERSION=1.2.3", "-DTARGET=x86-unicode", f"-DPROGRAM={Path('out', 'ShopSidebar')}"} <= set(
        command
    )
