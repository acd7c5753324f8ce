"""A virtual X screen with a window manager on it."""

import os
from collections.abc import Mapping
from pathlib import Path

from Xlib.display import Display

from tests.e2e.rig.programs import Program
from tests.e2e.rig.waiting import until

SIZE = (1600, 1000)
_NUMBERS = range(200, 400)
_SOCKETS = Path("/tmp/.X11-unix")

# One desktop, no animation, no key bound: what is pressed reaches the program it is meant for.
# Wine shows the tray in a window, which is no more to take the keyboard than a task bar does.
_OPENBOX = """\
<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy></placement>
  <theme><name>Clearlooks</name><titleLayout>NLIMC</titleLayout><animateIconify>no</animateIconify></theme>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <applications><application class="explorer.exe"><focus>no</focus></application></applications>
  <keyboard/>
  <mouse>
    <dragThreshold>1</dragThreshold>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
      <mousebind button="Right" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
    <context name="Titlebar">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
      <mousebind button="Left" action="Drag"><action name="Move"/></mousebind>
    </context>
    <context name="Close">
      <mousebind button="Left" action="Click"><action name="Close"/></mousebind>
    </context>
    <context name="Iconify">
      <mousebind button="Left" action="Click"><action name="Iconify"/></mousebind>
    </context>
  </mouse>
</openbox_config>
"""


class Screen:
    """An Xvfb on a display number of its own."""

    def __init__(self, *, environment: Mapping[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log
        for number in _NUMBERS:
            if not (_SOCKETS / f"X{number}").exists() and self._start(number):
                self.display = f":{number}"
                return
        raise RuntimeError(f"no X display could be had: {log.read_text(encoding='utf-8')[-2000:]}")

    def _start(self, number: int) -> bool:
        """Try *number*; somebody else may take it at the same moment, so the server has the last word."""
        width, height = SIZE
        reader, writer = os.pipe()
        with open(reader, "rb") as answer:
            command = [
                *("Xvfb", f":{number}", "-displayfd", str(writer)),
                *("-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"),
            ]
            try:
                self.server = Program(
                    command, environment=self._environment, log=self._log, keep_open=[writer]
                )
            finally:
                os.close(writer)
            ready = bool(answer.readline().strip())
        if not ready:
            self.server.end()
        return ready


def start_window_manager(*, environment: Mapping[str, str], folder: Path) -> Program:
    """Start openbox on the display of *environment* and wait until it manages windows."""
    settings = folder / "openbox.xml"
    settings.write_text(_OPENBOX, encoding="utf-8")
    command: list[str | Path] = ["openbox", "--sm-disable", "--config-file", settings]
    manager = Program(command, environment=environment, log=folder / "openbox.log")
    display = Display(environment["DISPLAY"])
    try:
        root = display.screen().root
        check = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        until(lambda: root.get_full_property(check, 0) is not None, "window manager")
    finally:
        display.close()
    return manager
