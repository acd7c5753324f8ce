"""The rig as fixtures: the desktop, the server and the buyers live for the session, the client for a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.chat_server import ChatServer
from tests.e2e.rig.clipboards import ClipboardOwner, ClipboardReader
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.pidgin import Pidgin


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by what it asks for, so that no mark can be forgotten."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        for fixture, mark in (("desktop", pytest.mark.display), ("chat_server", pytest.mark.chat)):
            if fixture in names:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("desktop")) as desktop:
        yield desktop


@pytest.fixture
def hands(desktop: Desktop) -> Iterator[Hands]:
    with Hands(desktop.display) as hands:
        yield hands


@pytest.fixture
def clipboard_owner(desktop: Desktop) -> Iterator[ClipboardOwner]:
    with ClipboardOwner(desktop.display) as owner:
        yield owner


@pytest.fixture
def clipboard_reader(desktop: Desktop) -> Iterator[ClipboardReader]:
    with ClipboardReader(desktop.display) as reader:
        yield reader


@pytest.fixture
def screen_reader(desktop: Desktop) -> Iterator[ScreenReader]:
    with ScreenReader(desktop.bus) as reader:
        yield reader


@pytest.fixture(scope="session")
def chat_server(desktop: Desktop) -> ChatServer:
    return ChatServer(desktop)


@pytest.fixture(scope="session")
def _buyer(desktop: Desktop, chat_server: ChatServer) -> Iterator[Buyer]:
    buyer = Buyer(desktop, chat_server, "buyer")
    yield buyer
    buyer.close()


@pytest.fixture(scope="session")
def _buyer2(desktop: Desktop, chat_server: ChatServer) -> Iterator[Buyer]:
    buyer = Buyer(desktop, chat_server, "buyer2")
    yield buyer
    buyer.close()


@pytest.fixture(scope="session")
def _buyer3(desktop: Desktop, chat_server: ChatServer) -> Iterator[Buyer]:
    buyer = Buyer(desktop, chat_server, "buyer3")
    yield buyer
    buyer.close()


@pytest.fixture
def buyer(_buyer: Buyer) -> Buyer:
    """王小姐, who has received nothing yet."""
    _buyer.forget()
    return _buyer


@pytest.fixture
def buyer2(_buyer2: Buyer) -> Buyer:
    """Mr. Smith, who has received nothing yet."""
    _buyer2.forget()
    return _buyer2


@pytest.fixture
def buyer3(_buyer3: Buyer) -> Buyer:
    """李先生, who has received nothing yet."""
    _buyer3.forget()
    return _buyer3


@pytest.fixture
def pidgin(
    desktop: Desktop, chat_server: ChatServer, hands: Hands, buyer: Buyer, tmp_path: Path
) -> Iterator[Pidgin]:
    """Anew for each test, which takes half a second: an open menu or a grab would spoil the next."""
    folder = tmp_path / "pidgin"
    folder.mkdir()
    with Pidgin(desktop, chat_server, hands, folder) as pidgin:
        buyer.wait_online("pidgin")
        yield pidgin
    buyer.wait_offline("pidgin")
