"""Another program brings events to a running sidebar: its clocks follow at once, whatever comes."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bridged import knock_as_nobody
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_main_job import write_home


def line(number: int, customer: str, kind: str = "customer_message", *, at: str = "") -> str:
    at = at or datetime.now(UTC).isoformat()
    event = {"v": 1, "id": f"live-{number}", "at": at, "type": kind, "client": "taobao"}
    return json.dumps(event | {"conversation": f"c-{customer}", "customer": customer})


def ingest(home: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sidebar", "ingest", "--home", str(home), "--live", "-"],
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_clocks_follow_what_another_program_tells(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"one": "[one]"}, "", shipped=False)
    with Session(tmp_path, desktop.environment) as session:
        sidebar = ShopSidebar(session, hands, screen_reader, home=home)
        hands.wait_for(lambda: (home / "bridge").exists(), "the bridge")
        told = ingest(home, line(1, "李先生"), line(2, "张女士"), "nonsense", line(1, "李先生"))
        assert (told.returncode, told.stdout) == (1, "stored 2, known already 1, refused 1\n")
        sidebar.wait_for_words("李先生，等了 00:0")
        sidebar.wait_for_words("会话 2")
        ingest(home, line(3, "李先生", "agent_message"))
        sidebar.wait_for_words("李先生，等客户回复")
        assert sidebar.counts() == {"customer_message": 2, "agent_message": 1}
        assert sidebar.end() == 0
    assert not (home / "bridge").exists()
    assert ingest(home, line(4, "王小姐")).returncode == 1


def test_a_flood_is_taken_in_whole_while_the_sidebar_goes_on(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"one": "[one]"}, "", shipped=False)
    with Session(tmp_path, desktop.environment) as session:
        sidebar = ShopSidebar(session, hands, screen_reader, home=home)
        hands.wait_for(lambda: (home / "bridge").exists(), "the bridge")
        flood = [line(number, f"顾客{number % 40}") for number in range(10_000)]
        assert ingest(home, *flood).stdout == "stored 10000, known already 0, refused 0\n"
        sidebar.wait_for_words("会话 40")
        assert sidebar.counts() == {"customer_message": 10_000}
        assert sidebar.end() == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_cannot_speak_to_it(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"one": "[one]"}, "", shipped=False)
    with Session(tmp_path, desktop.environment) as session:
        sidebar = ShopSidebar(session, hands, screen_reader, home=home)
        hands.wait_for(lambda: (home / "bridge").exists(), "the bridge")
        address = (home / "bridge").read_text(encoding="utf-8")
        assert knock_as_nobody(address, b"{}\n") == "PermissionError"
        assert ingest(home, line(1, "李先生")).returncode == 0
        assert sidebar.end() == 0
