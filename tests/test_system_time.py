"""The machine's time zone."""

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sidebar.system_time import local_zone

SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 12, tzinfo=UTC)


def zone_file(path: Path, rule: str) -> Path:
    """A zone without history, by RFC 8536: an empty version 1 part, version 2, the rule as its footer."""
    head = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    part = struct.pack(">lbb4s", 0, 0, 0, b"UTC\0")
    path.write_bytes(head + part + head + part + f"\n{rule}\n".encode())
    return path


@pytest.mark.parametrize(
    ("rule", "summer", "winter"),
    [("CST-8", 8, 8), ("CET-1CEST,M3.5.0,M10.5.0/3", 2, 1), ("EST5EDT,M3.2.0,M11.1.0", -4, -5)],
)
def test_the_machines_rules_hold_summer_time_and_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str, summer: int, winter: int
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    zone = local_zone(zone_file(tmp_path / "localtime", rule))
    assert SUMMER.astimezone(zone).utcoffset() == timedelta(hours=summer)
    assert WINTER.astimezone(zone).utcoffset() == timedelta(hours=winter)


def test_the_environment_has_the_first_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    zone = local_zone(zone_file(tmp_path / "localtime", "CST-8"))
    assert SUMMER.astimezone(zone).utcoffset() == timedelta(0)


@pytest.mark.parametrize("content", [None, b"", b"rubbish"])
def test_a_zone_is_known_where_its_file_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    if content is not None:
        (tmp_path / "localtime").write_bytes(content)
    assert SUMMER.astimezone(local_zone(tmp_path / "localtime")).utcoffset() is not None
