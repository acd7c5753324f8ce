"""A Windows to drive from here: the rig of packaging/windows_rig.py, on a screen of its own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands

sys.path.append(str(Path(__file__).parents[2] / "packaging"))

from windows_rig import Rig


@pytest.fixture(scope="session")
def rig() -> Rig:
    """The rig, provided where it is missing."""
    rig = Rig()  # before a test has another home
    rig.provide()
    return rig


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("desktop")) as desktop:
        yield desktop


@pytest.fixture
def hands(desktop: Desktop) -> Iterator[Hands]:
    with Hands(desktop.display) as hands:
        yield hands
