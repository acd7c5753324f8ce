"""The connection to the X server: what it asks, and what it need not ask again."""

import pytest

from sidebar.platforms.x11.connection import Connection
from tests.platforms.x11.loop import Loop

pytestmark = pytest.mark.display


def test_asks_for_an_atom_once(x_display: str, loop: Loop) -> None:
    connection = Connection(name=x_display, readiness=loop, scheduler=loop)
    first = connection.atom("_NET_ACTIVE_WINDOW")
    requests = connection.display.display.request_serial
    assert connection.atom("_NET_ACTIVE_WINDOW") == first
    assert connection.display.display.request_serial == requests
    connection.close()
