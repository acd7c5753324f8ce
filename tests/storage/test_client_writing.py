"""A profile that was written reads as the same profile."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from sidebar import paths
from sidebar.domain.chat_clients import ClientProfile, Confidence, ItemKind, ReadingRule, Source
from sidebar.domain.chat_logs import LogRule, Mark, MessageKind, Speaker
from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import PasteProfile
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.newlines import Newlines
from sidebar.errors import SettingsError
from sidebar.storage.client_files import load_client, load_clients
from sidebar.storage.client_writing import save_client

SHIPPED = load_clients(shipped=[paths.resources() / "clients"]).profiles
STRANGE = ClientProfile(
    name=ClientName("strange"),
    label='店铺 "A" \\ 客服',
    programs=("奇怪的.exe", "Strange Chat"),
    buyer=re.compile(r"^(?:\[(?P<unread>\d+)\]\s*)?(?P<buyer>\S.*?)\ \-\ \"客服\"\s*$"),
    paste=PasteProfile(
        paths=(InsertionPath.ACCESSIBILITY,),
        newlines=Newlines.CTRL_ENTER,
        send_combo=KeyCombo("return", Modifier.CTRL),
        settle=timedelta(0),
    ),
    reading=ReadingRule(
        items=ItemKind.LINK, buyer=re.compile(r"(?P<buyer>.+) (?P<unread>\d+)"), within=re.compile("^会话$")
    ),
    log=LogRule(
        by=Mark.SIDE,
        speakers=(
            (Speaker.BOT, re.compile("middle")),
            (Speaker.AGENT, re.compile("right")),
            (Speaker.BUYER, re.compile("left")),
        ),
        items=MessageKind.ARTICLE,
        within=re.compile("^聊天$"),
        settle=timedelta(milliseconds=250),
    ),
    source="wizard, 2026-11-21",
    confidence=Confidence.VERIFIED,
    sources=(Source(value="newlines", confidence=Confidence.VERIFIED, origin="wizard, 2026-11-21"),),
)


@pytest.mark.parametrize("profile", [*SHIPPED, STRANGE], ids=lambda profile: str(profile.name))
def test_every_profile_reads_as_it_was_written(tmp_path: Path, profile: ClientProfile) -> None:
    path = save_client(tmp_path / "clients", profile)
    assert path == tmp_path / "clients" / f"{profile.name}.toml"
    assert load_client(path) == profile
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_it_takes_the_place_of_the_file_that_has_its_name(tmp_path: Path) -> None:
    (tmp_path / "a broken one.toml").write_text("name = ", encoding="utf-8")
    (tmp_path / "mine.toml").write_text('name = "strange"\nprograms = ["Old"]', encoding="utf-8")
    assert save_client(tmp_path, STRANGE) == tmp_path / "mine.toml"
    assert load_clients(own=[tmp_path]).profiles == (STRANGE,)


@pytest.mark.posix
def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "clients").write_text("no folder", encoding="utf-8")
    with pytest.raises(SettingsError, match="could not be saved"):
        save_client(tmp_path / "clients", STRANGE)
