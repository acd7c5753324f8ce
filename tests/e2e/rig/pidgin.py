"""Pidgin, logged in as the agent, without a question on the screen."""

import re
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape

from sidebar.domain.insertion import Rect
from tests.e2e.rig.accessibility import ScreenReader, Widget
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.chat_server import AGENT, DOMAIN, HOST, ChatServer, password
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands, Window
from tests.e2e.rig.waiting import NeverHappenedError

CLASS = "Pidgin"
PLACE = Rect(300, 60, 640, 560)
_RESOURCE = "pidgin"
_UNREAD = re.compile(r"^\[\d+\] ")
_MOST_TABS = 20

_ACCOUNTS = """\
<?xml version='1.0' encoding='UTF-8' ?>
<account version='1.0'>
 <account>
  <protocol>prpl-jabber</protocol>
  <name>{name}</name>
  <password>{password}</password>
  <settings>
   <setting name='connect_server' type='string'>{host}</setting>
   <setting name='port' type='int'>{port}</setting>
   <setting name='connection_security' type='string'>opportunistic_tls</setting>
   <setting name='auth_plain_in_clear' type='bool'>1</setting>
   <setting name='check-mail' type='bool'>0</setting>
   <setting name='custom_smileys' type='bool'>0</setting>
  </settings>
  <settings ui='gtk-gaim'><setting name='auto-login' type='bool'>1</setting></settings>
 </account>
</account>
"""

# Tabs in one window, the unread count in its title, no sound, no tray, nothing written to disk.
_PREFERENCES = """\
<?xml version='1.0' encoding='UTF-8' ?>
<pref version='1' name='/'>
 <pref name='purple'>
  <pref name='away'><pref name='idle_reporting' type='string' value='none'/></pref>
  <pref name='logging'><pref name='log_ims' type='bool' value='0'/></pref>
  <pref name='network'>
   <pref name='auto_ip' type='bool' value='0'/><pref name='map_ports' type='bool' value='0'/>
  </pref>
 </pref>
 <pref name='pidgin'>
  <pref name='docklet'><pref name='show' type='string' value='never'/></pref>
  <pref name='blist'>
   <pref name='list_visible' type='bool' value='1'/>
   <pref name='show_offline_buddies' type='bool' value='1'/>
  </pref>
  <pref name='sound'>
   <pref name='method' type='string' value='none'/><pref name='mute' type='bool' value='1'/>
  </pref>
  <pref name='conversations'>
   <pref name='im'>
    <pref name='show_buddy_icons' type='bool' value='0'/>
    <pref name='hide_new' type='string' value='never'/>
   </pref>
   <pref name='show_formatting_toolbar' type='bool' value='0'/>
   <pref name='spellcheck' type='bool' value='0'/>
   <pref name='tabs' type='bool' value='1'/>
  </pref>
  <pref name='plugins'>
   <pref name='loaded' type='pathlist'><item value='/usr/lib/pidgin/notify.so'/></pref>
  </pref>
 </pref>
 <pref name='plugins'><pref name='gtk'><pref name='X11'><pref name='notify'>
  <pref name='type_im' type='bool' value='1'/>
  <pref name='method_count' type='bool' value='1'/>
  <pref name='notify_focus' type='bool' value='1'/>
 </pref></pref></pref></pref>
</pref>
"""


class Pidgin:
    """A running Pidgin with nothing open but its buddy list."""

    def __init__(self, desktop: Desktop, server: ChatServer, hands: Hands, folder: Path) -> None:
        self._hands = hands
        accounts = _ACCOUNTS.format(
            name=f"{AGENT}@{DOMAIN}/{_RESOURCE}",
            password=escape(password(AGENT)),
            host=HOST,
            port=server.port,
        )
        (folder / "accounts.xml").write_text(accounts, encoding="utf-8")
        (folder / "prefs.xml").write_text(_PREFERENCES, encoding="utf-8")
        self.program = desktop.run("pidgin", "--multiple", "--config", folder)
        self._reader = ScreenReader(desktop.bus)
        self.list_window = hands.wait_for(lambda: hands.find(CLASS), "Pidgin's buddy list")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.program.end()
        self._reader.close()

    def conversation_window(self, *, title: str = "") -> Window:
        """The window with the conversations, once it is there and *title* is part of its title."""
        return self._hands.wait_for(lambda: self._conversation(title), f"conversation {title!r}")

    def attend(self, buyer: Buyer, text: str = "在吗？") -> Window:
        """Let *buyer* write and bring that conversation to the front, its input box ready for keys."""
        buyer.send(text)
        self._hands.wait_for(lambda: self._tab(buyer), f"message of {buyer.name}")
        window = self.conversation_window()
        self._hands.activate(window)
        self._hands.place(window, PLACE)
        self.switch_to(buyer)
        return self.conversation_window(title=buyer.name)

    def switch_to(self, buyer: Buyer) -> None:
        """Go to the tab of *buyer*, one press at a time: a press too many would go past it."""
        for _ in range(_MOST_TABS):
            current = self.customer()
            if current == buyer.name:
                return
            self._hands.press("ctrl+tab")
            self._hands.wait_for(partial(self._has_turned_from, current), "another tab")
        raise NeverHappenedError(f"no tab of {buyer.name}")

    def customer(self) -> str:
        """Whose conversation is in front, without the unread count before the name."""
        return _UNREAD.sub("", self.conversation_window().title)

    def _has_turned_from(self, customer: str) -> bool:
        return self.customer() != customer

    def _tab(self, buyer: Buyer) -> Widget | None:
        """The title tells of a second conversation only when the window is in the background."""
        return self._reader.find(
            self.program.pid, lambda widget: widget.role == "page tab" and widget.name == buyer.name
        )

    def _conversation(self, title: str = "") -> Window | None:
        self.program.expect_running()
        other = [w for w in self._hands.windows() if w.handle != self.list_window.handle]
        return next((w for w in other if w.wm_class == CLASS and title in w.title), None)
