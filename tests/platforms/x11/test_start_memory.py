"""Memory given back once the start is over."""

import mmap
from pathlib import Path

from sidebar.platforms.x11.start_memory import font_mappings, give_back

MAPS = """\
55d0c0a00000-55d0c0a21000 rw-p 00000000 00:00 0                          [heap]
7f10a0000000-7f10a1000000 r--p 00000000 08:01 131 /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
7f10a2000000-7f10a2010000 rw-p 00000000 08:01 132 /home/a b/.fonts/written to.ttf
7f10a3000000-7f10a3020000 r--p 00000000 08:01 133 /home/a b/.fonts/with a blank.otf
7f10a4000000-7f10a4020000 r-xp 00000000 08:01 134 /usr/lib/libfreetype.so.6
7f10a5000000-7f10a5020000 rw-p 00000000 00:00 0
"""


def test_fonts_that_cannot_have_been_written_to_are_given_back() -> None:
    assert list(font_mappings(MAPS)) == [
        (0x7F10A0000000, 0x7F10A1000000),
        (0x7F10A3000000, 0x7F10A3020000),
    ]


def test_what_was_given_back_is_read_anew(tmp_path: Path) -> None:
    content = bytes(range(256)) * 256
    path = tmp_path / "a.ttf"
    path.write_bytes(content)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as font:
        assert font[:] == content
        give_back()
        assert font[:] == content
