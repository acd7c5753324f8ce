"""Screens for platform tests, and the loop that drives them."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.platforms.x11.buses import Daemon
from tests.platforms.x11.hands import wait_for_manager
from tests.platforms.x11.loop import Loop


@contextmanager
def x_server(*options: str) -> Iterator[str]:
    """An X server of our own on a free display, whose name this is."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        (
            *("Xvfb", "-displayfd", str(writer)),
            *("-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset", *options),
        ),
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with open(reader, encoding="ascii") as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def window_manager(display: str) -> Iterator[None]:
    """An openbox on *display*."""
    manager = subprocess.Popen(
        ("openbox", "--sm-disable"),
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_manager(display)
        yield
    finally:
        manager.terminate()
        manager.wait()


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """The name of an X server without window manager; it lives as long as the session."""
    with x_server() as display:
        yield display


@pytest.fixture(scope="session")
def managed_display() -> Iterator[str]:
    """The name of an X server with openbox on it; it lives as long as the session."""
    with x_server() as display, window_manager(display):
        yield display


@pytest.fixture
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def daemon(home: Path) -> Iterator[Daemon]:
    """A message bus of the test's own."""
    daemon = Daemon(home)
    daemon.start()
    yield daemon
    daemon.stop()
