"""What a check of this machine found: one capability, how it is, and what to do about it."""

from enum import StrEnum

from sidebar.domain.lean import dataclass


class State(StrEnum):
    """How a capability is; the sidebar works with a warning, and not rightly with what is broken."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


class Kind(StrEnum):
    """What was found; `WORDS` says it in English, `ui` in the language of the face."""

    FINE = "fine"
    NO_HOTKEYS = "no_hotkeys"
    HOTKEYS_TAKEN = "hotkeys_taken"
    HOTKEYS_UNHOOKED = "hotkeys_unhooked"
    NO_INSERTION = "no_insertion"
    NO_KEYS = "no_keys"
    KEYS_UNGRANTED = "keys_ungranted"
    KEYS_REFUSED = "keys_refused"
    ELEVATED = "elevated"
    MODIFIER_DOWN = "modifier_down"
    NO_ACCESSIBILITY = "no_accessibility"
    NO_WINDOWS = "no_windows"
    NO_TITLES = "no_titles"
    NO_CHAT = "no_chat"
    CHAT = "chat"
    NOT_POINTED = "not_pointed"
    NOT_HEARD = "not_heard"
    NO_FORMATS = "no_formats"
    CLIPBOARD_SILENT = "clipboard_silent"
    CLIPBOARD_REFUSED = "clipboard_refused"
    CLIPBOARD_BUSY = "clipboard_busy"
    NO_BUBBLES = "no_bubbles"
    NO_HISTORY_YET = "no_history_yet"
    EVENTS_WHOLE = "events_whole"
    DAMAGED = "damaged"
    READ_ONLY = "read_only"
    HISTORY = "history"
    FREE = "free"
    SCARCE = "scarce"
    FULL = "full"


_BY_HAND = "a phrase is put on the clipboard, to be pasted by hand"
_MANAGER = "start a window manager, then the sidebar again"

WORDS: dict[Kind, tuple[str, str]] = {
    Kind.FINE: ("", ""),
    Kind.NO_HOTKEYS: ("no hotkey can be taken here", "click the phrases"),
    Kind.HOTKEYS_TAKEN: ("another program has {detail}", "choose others in settings.toml"),
    Kind.HOTKEYS_UNHOOKED: (
        "another program has {detail}",
        "choose others in settings.toml, or write hooked_hotkeys = true there",
    ),
    Kind.NO_INSERTION: ("neither keys nor input boxes can be written to here", _BY_HAND),
    Kind.NO_KEYS: ("no key can be sent here", _BY_HAND),
    Kind.KEYS_UNGRANTED: (
        "the system does not let us press keys yet",
        "switch the sidebar on in System Settings › Privacy & Security › Accessibility",
    ),
    Kind.KEYS_REFUSED: (
        "the system refused the last keys",
        "allow the sidebar to press keys, try again",
    ),
    Kind.ELEVATED: (
        "{detail} runs as administrator, and Windows passes it no keys of ours",
        "start it again without administrator rights",
    ),
    Kind.MODIFIER_DOWN: ("Ctrl, Alt, Shift or Super is down, nothing is inserted meanwhile", "let it go"),
    Kind.NO_ACCESSIBILITY: (
        "no input box can be written to directly here",
        "phrases are pasted; for more, start a session bus with accessibility",
    ),
    Kind.NO_WINDOWS: ("other programs' windows cannot be followed here", _MANAGER),
    Kind.NO_TITLES: ("the titles that name the buyers cannot be read here", _MANAGER),
    Kind.NO_CHAT: ("no open window is known as a chat client", "open it, or test it from the menu"),
    Kind.CHAT: ("{detail} is followed", ""),
    Kind.NOT_POINTED: (
        "the name pointed at in {detail} cannot be read now, so its title names the buyer",
        "open a buyer there, or point at the name again from the menu",
    ),
    Kind.NOT_HEARD: (
        "who writes in {detail} cannot be read now",
        "mark it by hotkey; browsers tell where started with --force-renderer-accessibility",
    ),
    Kind.NO_FORMATS: (
        "pictures and files on the clipboard cannot be kept here",
        "copy again after an insertion",
    ),
    Kind.CLIPBOARD_SILENT: (
        "the program that owns the clipboard does not answer",
        "copy again after an insertion, or end that program",
    ),
    Kind.CLIPBOARD_REFUSED: ("another program holds the clipboard", "end the program that watches it"),
    Kind.CLIPBOARD_BUSY: ("an insertion is using the clipboard", "check again in a moment"),
    Kind.NO_BUBBLES: ("nothing is shown outside the window here", "keep the sidebar in view for reminders"),
    Kind.NO_HISTORY_YET: ("none yet (made with the first start)", ""),
    Kind.EVENTS_WHOLE: ("{detail} events, whole", ""),
    Kind.DAMAGED: ("damaged: {detail}", "put a backup in its place with 'sidebar history restore FILE'"),
    Kind.READ_ONLY: ("{detail} is read-only", "make it writable"),
    Kind.HISTORY: ("{detail}", ""),
    Kind.FREE: ("{detail} MB free", ""),
    Kind.SCARCE: ("{detail} MB free", "free some space"),
    Kind.FULL: ("{detail} MB free", "free some space"),
}
"""Reason and remedy; '' where there is nothing to say or to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`reason` says why it is so; `remedy` is '' where nothing needs to be done.

    `kind` and `detail` are what another language is made from; None where there is only English.
    """

    name: str
    state: State
    reason: str = ""
    remedy: str = ""
    kind: Kind | None = None
    detail: str = ""


def found(name: str, state: State, kind: Kind, detail: str = "") -> Finding:
    """A finding in the words of its kind."""
    reason, remedy = WORDS[kind]
    said = reason.format(detail=detail)
    return Finding(name=name, state=state, reason=said, remedy=remedy, kind=kind, detail=detail)


def of_sentence(name: str, state: State, sentence: str) -> Finding:
    """A finding of an error's sentence, which gives the reason, a semicolon, and the remedy."""
    reason, _, remedy = sentence.rstrip(".").partition("; ")
    return Finding(name=name, state=state, reason=reason, remedy=remedy)
