"""A Windows to drive from here: the rig of packaging/windows_rig.py, on a screen of its own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands

sys.path.append(str(Path(__file__).parents[2] / "packaging"))

from build_windows import Build, build_in_rig
from windows_rig import Rig
from wine_session import Session

from tests.windows.machine import Desk, Machine


@pytest.fixture(scope="session")
def rig() -> Rig:
    """The rig, provided where it is missing."""
    rig = Rig()  # before a test has another home
    rig.provide()
    return rig


@pytest.fixture(scope="session")
def build(rig: Rig) -> Build:
    """The program and its installer, built from this checkout."""
    return build_in_rig(rig)


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("desktop")) as desktop:
        yield desktop


@pytest.fixture
def hands(desktop: Desktop) -> Iterator[Hands]:
    with Hands(desktop.display) as hands:
        yield hands


@pytest.fixture(scope="module")
def session(rig: Rig, desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A Windows on that screen."""
    with rig.session(folders=[tmp_path_factory.getbasetemp()], display=desktop.display) as session:
        yield session


@pytest.fixture
def machine(session: Session) -> Iterator[Machine]:
    with Machine(session) as machine:
        yield machine


@pytest.fixture
def desk(machine: Machine) -> Iterator[Desk]:
    """The desktop; on leaving no window is left on it."""
    with machine.desk() as desk:
        yield desk
        desk.clear()
