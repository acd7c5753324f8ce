"""A session bus with accessibility switched on."""

import os
from collections.abc import Mapping
from pathlib import Path

from jeepney import DBusAddress, MessageType, Properties
from jeepney.io.blocking import open_dbus_connection

from tests.e2e.rig.programs import Program

_STATUS = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Status")


def start_session_bus(*, environment: Mapping[str, str], log: Path) -> Program:
    """Start a bus at the address of *environment* and wait until it can be joined."""
    reader, writer = os.pipe()
    command = [
        *("dbus-daemon", "--session", "--nofork", "--nopidfile"),
        *(f"--address={environment['DBUS_SESSION_BUS_ADDRESS']}", f"--print-address={writer}"),
    ]
    with open(reader, "rb") as answer:
        try:
            bus = Program(command, environment=environment, log=log, keep_open=[writer])
        finally:
            os.close(writer)
        if not answer.readline():
            bus.expect_running()
    return bus


def switch_on_accessibility(address: str) -> None:
    """Tell programs on the bus at *address* that somebody reads the screen; they look when they start."""
    with open_dbus_connection(bus=address) as connection:
        for flag in ("IsEnabled", "ScreenReaderEnabled"):
            reply = connection.send_and_get_reply(Properties(_STATUS).set(flag, "b", True), timeout=15)
            if reply.header.message_type is MessageType.error:
                raise RuntimeError(f"no accessibility bus: {reply.body}")
