"""Accessibility that is not there before it is needed."""

import socket
import subprocess
import sys
from pathlib import Path

from sidebar.platforms.x11.text_boxes_at_need import session_address


def test_the_session_bus_is_where_the_environment_says(tmp_path: Path) -> None:
    named = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/named", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert session_address(named) == "unix:path=/run/named"
    assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    with socket.socket(socket.AF_UNIX) as usual:
        usual.bind(str(tmp_path / "bus"))
        assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert session_address({}) == ""


def test_a_start_brings_no_d_bus_with_it() -> None:
    script = "import sys, sidebar.platforms.x11; print('jeepney' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
