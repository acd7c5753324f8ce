"""Names of files that come from anywhere."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sidebar.domain.file_names import usable_name


@pytest.mark.parametrize(
    ("given_name", "usable"),
    [
        ("尺码 表.png", "尺码 表.png"),
        ("C:\\Users\\shop\\a.png", "a.png"),
        ("../../etc/passwd", "passwd"),
        ("/abs/olute.jpg", "olute.jpg"),
        ("CON", "_CON"),
        ("nul.png", "_nul.png"),
        ("COM1.tar.gz", "_COM1.tar.gz"),
        ("lpt¹", "_lpt¹"),
        ("console.png", "console.png"),
        ("a.png:hidden", "a.png_hidden"),
        ('what?*<>|"', "what______"),
        (" a.png. ", "a.png"),
        (".profile", "profile"),
        ("..", "_"),
        ("folder/", "_"),
        ("pack.yaml", "pack.yaml.txt"),
        ("pack.YML", "pack.YML.txt"),
        ("a\nb.png", "a_b.png"),
        ("e\u0301.png", "\u00e9.png"),
        ("长" * 100 + ".png", "长" * 65 + ".png"),
        ("a." + "x" * 300, "a." + "x" * 198),
    ],
)
def test_every_name_becomes_one_that_any_system_takes(given_name: str, usable: str) -> None:
    assert usable_name(given_name) == usable


@given(name=st.text(max_size=300))
@example("con." + "\u3000")
@example("nul\u3000.png")
@example("x" * 195 + " .yaml")
@example("x" * 190 + ".yaml")
def test_a_usable_name_stays_as_it_is(name: str) -> None:
    once = usable_name(name)
    assert usable_name(once) == once
    assert once == once.strip(" .") != ""
    assert len(once.encode()) <= 210
    assert not {*'<>:"/\\|?*\0\n'} & {*once}
