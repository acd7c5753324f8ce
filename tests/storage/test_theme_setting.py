"""The theme is read ahead of the other settings, and whatever is wrong stops nothing."""

from pathlib import Path

import pytest

from sidebar.domain.settings import Settings, Theme
from sidebar.storage.settings_file import save_settings
from sidebar.storage.theme_setting import theme_named_in


def test_what_was_saved_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, Settings(theme=Theme.DARK))
    assert theme_named_in(path) == "dark"


@pytest.mark.parametrize(
    "content", [b"", b"agent = 'Li'", b"theme = 3", b"theme = [", b"\xff\xfe", b"x = " + b"[" * 5000]
)
def test_a_file_that_says_nothing_of_it_names_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    assert theme_named_in(path) == ""


def test_without_a_file_none_is_named(tmp_path: Path) -> None:
    assert theme_named_in(tmp_path / "settings.toml") == ""


def test_a_mark_at_the_beginning_of_the_file_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbftheme = 'light'")
    assert theme_named_in(path) == "light"
