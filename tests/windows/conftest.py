"""A Windows to drive from here: the rig of packaging/windows_rig.py, which must be named to be run."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "packaging"))

from windows_rig import Rig


@pytest.fixture(scope="session")
def rig() -> Rig:
    """The rig, provided where it is missing."""
    rig = Rig()  # before a test has another home
    rig.provide()
    return rig
