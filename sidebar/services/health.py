"""What works on this machine this moment, tried live: the rows of the health panel.

Nothing here waits: each test is a step of its own in the event loop, and what takes longer (the
history, the disk) is looked at elsewhere and reported.
"""

from collections.abc import Callable, Collection
from datetime import timedelta
from enum import StrEnum
from functools import partial

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.findings import Finding, Kind, State, found
from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.insertion import Outcome, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.ports import Capability, Platform, Saved, Scheduler
from sidebar.services.following import POINTED

_PROBE = "shop-sidebar 1f0c"
_NOBODY = WindowInfo(handle=0, pid=0, program="", title="")
_ALL = Modifier.CTRL | Modifier.ALT | Modifier.SHIFT
_SPARE_KEYS = tuple(KeyCombo(key, _ALL) for key in ("k", "j", "y", "u"))
"""Taken and given back at once, to see whether any can be had."""
_AGAIN = timedelta(milliseconds=300)
_MOST_TRIES = 10


class Check(StrEnum):
    """The capabilities, in the order of the panel; by the names `sidebar doctor` has for some of them."""

    HOTKEYS = "hotkeys"
    CLIPBOARD = "clipboard"
    INSERTION = "insertion"
    TRACKING = "tracking"
    NOTIFICATIONS = "notifications"
    HISTORY = "history"
    DISK = "disk"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRow:
    """`finding` is None while the test runs."""

    check: Check
    finding: Finding | None = None


class Health:
    """Tests everything when told to `run`; *changed* runs whenever `rows` are others.

    *inspect* looks at history and disk off this thread and brings what it found, *idle* says
    whether no insertion uses the clipboard, *hears* whether it is heard who writes in a conversation,
    *last* is how the last insertion ended.
    """

    def __init__(
        self,
        *,
        platform: Platform,
        scheduler: Scheduler,
        held: Collection[KeyCombo],
        refused: Collection[KeyCombo],
        chat: Callable[[], ChatWindow | None],
        last: Callable[[], Outcome | None],
        idle: Callable[[], bool],
        hears: Callable[[ConversationId], bool],
        notifies: Callable[[], bool],
        inspect: Callable[[Callable[[Finding], None]], None],
        changed: Callable[[], None],
    ) -> None:
        self._platform = platform
        self._able = platform.capabilities
        platform.when_changed(self._allow)
        self._scheduler = scheduler
        self._held = frozenset(held)
        self._refused = tuple(refused)
        self._chat = chat
        self._last = last
        self._idle = idle
        self._hears = hears
        self._notifies = notifies
        self._inspect = inspect
        self._changed = changed
        self._found: dict[Check, Finding] = {}
        self._runs = 0
        self._over = False

    def end(self) -> None:
        """Nobody looks any more: what is still under way counts no more, and nothing is tested again."""
        self._over = True

    @property
    def rows(self) -> tuple[HealthRow, ...]:
        return tuple(HealthRow(check=check, finding=self._found.get(check)) for check in Check)

    @property
    def can_insert(self) -> bool:
        """Whether nothing that was found keeps a text from being inserted."""
        finding = self._found.get(Check.INSERTION)
        return finding is None or finding.state is not State.BROKEN

    def run(self) -> None:
        """Test everything anew; what an earlier run still finds counts no more."""
        self._runs += 1
        self._found.clear()
        self._changed()
        run = self._runs
        tests = {
            Check.HOTKEYS: self._hotkeys,
            Check.INSERTION: self._insertion,
            Check.TRACKING: self._tracking,
            Check.NOTIFICATIONS: self._notifications,
        }
        for check, test in tests.items():
            self._scheduler.call_later(timedelta(0), partial(self._try, run, check, test))
        self._scheduler.call_later(timedelta(0), lambda: self._clipboard(run, _MOST_TRIES))
        self._inspect(lambda finding: self._report(run, Check(finding.name), finding))

    def _try(self, run: int, check: Check, test: Callable[[], Finding]) -> None:
        self._report(run, check, test())

    def _report(self, run: int, check: Check, finding: Finding) -> None:
        if run == self._runs and not self._over:
            self._found[check] = finding
            self._changed()

    def _allow(self, able: Capability) -> None:
        """The desktop allows something else from now on."""
        self._able = able
        if self._runs and not self._over:
            self.run()

    # -- the tests ---------------------------------------------------------------------------------

    def _hotkeys(self) -> Finding:
        """A key that nobody needs is taken and given back."""
        hotkeys = self._platform.hotkeys
        if Capability.GLOBAL_HOTKEYS not in self._able:
            return found(Check.HOTKEYS, State.WARNING, Kind.NO_HOTKEYS)
        for combo in _SPARE_KEYS:
            if combo not in self._held and hotkeys.register(combo, _nothing):
                hotkeys.unregister(combo)
                break
        else:
            return found(Check.HOTKEYS, State.BROKEN, Kind.NO_HOTKEYS)
        if self._refused:
            names = ", ".join(map(str, self._refused))
            kind = Kind.HOTKEYS_TAKEN if self._platform.hooked is None else Kind.HOTKEYS_UNHOOKED
            return found(Check.HOTKEYS, State.WARNING, kind, names)
        return found(Check.HOTKEYS, State.OK, Kind.FINE)

    def _clipboard(self, run: int, tries: int) -> None:
        """The user's content is kept, a text offered and read back, the content restored."""
        if not tries:
            self._report(run, Check.CLIPBOARD, found(Check.CLIPBOARD, State.WARNING, Kind.CLIPBOARD_BUSY))
        elif self._idle():
            self._platform.clipboard.save(lambda saved: self._saved(run, tries, saved))
        else:
            self._scheduler.call_later(_AGAIN, lambda: self._clipboard(run, tries - 1))

    def _saved(self, run: int, tries: int, saved: Saved | None) -> None:
        if not self._idle():  # an insertion has begun meanwhile: the clipboard is its own now
            self._clipboard(run, tries - 1)
        else:
            self._report(run, Check.CLIPBOARD, self._offered(saved))

    def _offered(self, saved: Saved | None) -> Finding:
        """From the offer to giving back nothing else can come between."""
        if saved is None:
            return found(Check.CLIPBOARD, State.WARNING, Kind.CLIPBOARD_SILENT)
        clipboard = self._platform.clipboard
        offered = clipboard.offer(_PROBE, to=_NOBODY, taken=_nothing) and clipboard.ours()
        held = tuple(clipboard.held().values()) if offered else ()
        read_back = offered and (not held or _PROBE.encode() in held)
        clipboard.restore(saved)
        if not read_back:
            return found(Check.CLIPBOARD, State.BROKEN, Kind.CLIPBOARD_REFUSED)
        if Capability.CLIPBOARD_FORMATS not in self._able:
            return found(Check.CLIPBOARD, State.WARNING, Kind.NO_FORMATS)
        return found(Check.CLIPBOARD, State.OK, Kind.FINE)

    def _insertion(self) -> Finding:
        """The ways there are, whether the keyboard is free now, and how the last keys fared."""
        keys, boxes = (each in self._able for each in (Capability.SEND_KEYS, Capability.ACCESSIBILITY))
        if not keys and Capability.SEND_KEYS in self._platform.grantable:
            return found(Check.INSERTION, State.BROKEN, Kind.KEYS_UNGRANTED)
        if not keys:
            state, kind = (State.WARNING, Kind.NO_KEYS) if boxes else (State.BROKEN, Kind.NO_INSERTION)
            return found(Check.INSERTION, state, kind)
        if self._last() is Outcome.KEYS_REFUSED:
            return found(Check.INSERTION, State.BROKEN, Kind.KEYS_REFUSED)
        chat = self._chat()
        if chat is not None and self._platform.elevated(chat.window):
            return found(Check.INSERTION, State.BROKEN, Kind.ELEVATED, chat.profile.label)
        if self._platform.keys.modifiers_held():
            return found(Check.INSERTION, State.WARNING, Kind.MODIFIER_DOWN)
        return found(Check.INSERTION, State.OK, Kind.FINE)

    def _tracking(self) -> Finding:
        """Whether other windows are seen, and a chat client among them."""
        for capability, lacking in (
            (Capability.TRACK_WINDOW, Kind.NO_WINDOWS),
            (Capability.READ_TITLE, Kind.NO_TITLES),
        ):
            if capability not in self._able:
                return found(Check.TRACKING, State.WARNING, lacking)
        chat = self._chat()
        if chat is None or self._platform.windows.frame(chat.window) is None:
            return found(Check.TRACKING, State.WARNING, Kind.NO_CHAT)
        if chat.profile.pointed is not None and chat.named_by != POINTED:
            return found(Check.TRACKING, State.WARNING, Kind.NOT_POINTED, chat.profile.label)
        if self._is_unheard(chat):
            return found(Check.TRACKING, State.WARNING, Kind.NOT_HEARD, chat.profile.label)
        return found(Check.TRACKING, State.OK, Kind.CHAT, chat.profile.label)

    def _is_unheard(self, chat: ChatWindow) -> bool:
        """Whether the messages in *chat* could be told apart, and are not."""
        if chat.profile.log is None or chat.conversation is None:
            return False
        return Capability.ACCESSIBILITY in self._able and not self._hears(chat.conversation)

    def _notifications(self) -> Finding:
        if self._notifies():
            return found(Check.NOTIFICATIONS, State.OK, Kind.FINE)
        return found(Check.NOTIFICATIONS, State.WARNING, Kind.NO_BUBBLES)


def _nothing() -> None:
    """A test needs nobody to act."""
