"""A plain GTK text box, run by the system's own Python, that tells each change with the moment it came.

Out, as JSON lines: {"ready": true} once, {"text": "…", "at": monotonic seconds} for each change.
In: a line of anything empties the box, which is told even when it was empty. Ends with its input.
"""

import json
import sys
import time
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk  # type: ignore[import-not-found]  # noqa: E402

TITLE, NAME, CLASS = sys.argv[1:4]


def tell(**fact: object) -> None:
    sys.stdout.write(json.dumps(fact, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def on_changed(buffer: Any) -> None:
    at = time.monotonic()
    tell(text=buffer.get_text(buffer.get_start_iter(), buffer.get_end_iter(), False), at=at)


def on_order(_: int, __: int, buffer: Any) -> bool:
    if not sys.stdin.readline():
        Gtk.main_quit()
        return False
    if buffer.get_char_count():
        buffer.set_text("")
    else:
        tell(text="", at=time.monotonic())
    return True


def main() -> None:
    window = Gtk.Window(title=TITLE)
    window.set_wmclass(NAME, CLASS)
    window.set_default_size(640, 260)
    view = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD_CHAR)
    view.get_buffer().connect("changed", on_changed)
    window.add(view)
    window.show_all()
    view.grab_focus()
    GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, on_order, view.get_buffer())
    tell(ready=True)
    Gtk.main()


if __name__ == "__main__":
    main()
