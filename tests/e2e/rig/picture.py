"""Pictures of the screen as PNG files, without another program or library."""

import struct
import zlib
from pathlib import Path

from Xlib import X
from Xlib.display import Display


def save_screen(display: Display, path: Path) -> None:
    """Write what *display* shows now, without the pointer; for true-colour screens of 32 bits a pixel."""
    root = display.screen().root
    size = root.get_geometry()
    image = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
    path.write_bytes(png(size.width, size.height, bytes(image.data)))


def png(width: int, height: int, pixels: bytes) -> bytes:
    """Encode rows of blue, green, red and an unused byte for each pixel."""
    colours = bytearray(width * height * 3)
    for channel in range(3):
        colours[channel::3] = pixels[2 - channel :: 4]
    stride = width * 3
    # Each row begins with the filter it was encoded by: 0, none.
    rows = b"".join(b"\0" + colours[start : start + stride] for start in range(0, len(colours), stride))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
