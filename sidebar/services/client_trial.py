"""Testing a chat client together with the agent, step by step, until there is a profile of it.

The agent says which window it is and which part of its title names the buyer, two lines are
inserted into it, and the agent says what became of them; what does not work is tried in another
way. Nothing is ever sent: the key that sends is asked for and written down only.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from sidebar.domain.chat_clients import ClientProfile, Confidence, Source, recognise
from sidebar.domain.client_trials import Attempt, Happened, next_attempt
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ClientName, InsertionId, PhraseId
from sidebar.domain.insertion import Insertion, Outcome, PasteProfile, Result, Target, WindowInfo
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.lean import dataclass
from sidebar.domain.title_parts import Part, TitlePart, title_parts

_BROWSERS = frozenset(
    (
        *("chromium", "chromium-browser", "google-chrome", "google chrome", "chrome.exe"),
        *("microsoft-edge", "microsoft edge", "msedge.exe", "firefox", "firefox-esr", "firefox.exe"),
        *("safari", "opera", "opera.exe", "brave-browser", "brave.exe", "vivaldi-stable", "vivaldi.exe"),
        *("360se.exe", "360chrome.exe", "qqbrowser.exe", "sogouexplorer.exe"),
    )
)
"""Programs that show chats and everything else; by the names their windows have."""
_MOST_WINDOWS = 8


class Step(StrEnum):
    """What is asked of the agent now."""

    WINDOW = "window"
    PART = "part"
    SAMPLE = "sample"
    QUESTION = "question"
    SEND_KEY = "send_key"
    NAME = "name"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """`window` is the one in front, later the one that is tested; `known` is its client's label, if any."""

    step: Step
    window: WindowInfo | None = None
    known: str = ""
    others: tuple[WindowInfo, ...] = ()
    clients: tuple[tuple[ClientName, str], ...] = ()
    parts: tuple[TitlePart, ...] = ()
    attempt: Attempt = field(default_factory=Attempt)
    first: bool = True
    """Nothing has been tried before `attempt`."""
    inserting: bool = False
    refused: Outcome | None = None
    label: str = ""
    file: str = ""


class ClientTrial:
    """One test of one client; *changed* runs whenever `view` is another.

    *save* writes the profile, says where, and raises SettingsError; *take* makes the running
    sidebar know it.
    """

    def __init__(
        self,
        *,
        all_windows: Callable[[], Sequence[WindowInfo]],
        front: Callable[[], WindowInfo | None],
        profiles: Sequence[ClientProfile],
        insert: Callable[[Insertion, Callable[[Result], None]], None],
        new_id: Callable[[], str],
        today: date,
        save: Callable[[ClientProfile], str],
        take: Callable[[ClientProfile], None],
        changed: Callable[[], None],
    ) -> None:
        self._all = all_windows
        self._profiles = tuple(profiles)
        self._insert = insert
        self._new_id = new_id
        self._today = today
        self._save = save
        self._take = take
        self._changed = changed
        self._front = front() or next(reversed(all_windows()), None)
        self._begin()

    def _begin(self) -> None:
        self._step = Step.WINDOW
        self._window: WindowInfo | None = None
        self._base: ClientProfile | None = None
        self._part: TitlePart | None = None
        self._tried = [Attempt()]
        self._inserting = False
        self._refused: Outcome | None = None
        self._send_combo: KeyCombo | None = None
        self._file = ""

    def view(self) -> TrialView:
        window = self._window or self._front
        known = None if window is None else recognise(window, self._profiles)
        return TrialView(
            step=self._step,
            window=window,
            known=known.profile.label if known is not None else "",
            others=tuple(each for each in reversed(self._all()) if each != window)[:_MOST_WINDOWS],
            clients=tuple((profile.name, profile.label) for profile in self._profiles),
            parts=self._parts() if self._step is Step.PART else (),
            attempt=self._tried[-1],
            first=len(self._tried) == 1,
            inserting=self._inserting,
            refused=self._refused,
            label=self._label(),
            file=self._file,
        )

    # -- what the agent says ---------------------------------------------------------------------

    def look(self, window: WindowInfo) -> None:
        """Another window has come to the front; while one is being chosen, it is the one meant."""
        if self._step is Step.WINDOW and window != self._front:
            self._front = window
            self._changed()

    def choose_window(self, handle: int | None = None, *, client: ClientName | None = None) -> None:
        """Test the window in front, or the one of *handle*; *client* says which one we know it is."""
        windows = (window for window in self._all() if window.handle == handle)
        window = self._front if handle is None else next(windows, None)
        if window is None:
            return
        self._window = window
        if client is not None:
            self._base = next(profile for profile in self._profiles if profile.name == client)
        else:
            known = recognise(window, self._profiles)
            self._base = known.profile if known is not None and not self._is_browser(window) else None
        if self._base is not None:
            self._tried = [Attempt(path=self._base.paste.paths[0], newlines=self._base.paste.newlines)]
        self._go(Step.PART)

    def choose_part(self, number: int) -> None:
        """The buyer's name is the part of that number in the view."""
        self._part = self._parts()[number]
        self._go(Step.SAMPLE)

    def insert_sample(self, text: str) -> None:
        """Insert *text*, which has two lines, the way that is to be tried now."""
        if self._window is None or self._inserting:
            return
        target = Target(window=self._window, conversation=None, customer="", profile=self._paste())
        self._inserting = True
        self._refused = None
        insertion = Insertion(
            id=InsertionId(self._new_id()), phrase=PhraseId("client-trial"), text=text, target=target
        )
        self._insert(insertion, self._inserted)
        self._changed()

    def answer(self, happened: Happened) -> None:
        """What became of the two lines."""
        if self._tried[-1].settled(happened):
            self._go(Step.SEND_KEY)
            return
        following = next_attempt(self._tried, happened)
        if following is None:
            self._go(Step.FAILED)
        else:
            self._tried.append(following)
            self._go(Step.SAMPLE)

    def choose_send_key(self, combo: KeyCombo | None) -> None:
        """The key that sends there; None where the agent does not know."""
        self._send_combo = combo
        self._go(Step.NAME)

    def save(self, label: str) -> None:
        """Write the profile and use it from now on; raises SettingsError where it cannot be written."""
        profile = self._profile(label.strip() or self._label())
        self._file = self._save(profile)
        self._take(profile)
        self._go(Step.DONE)

    def start_over(self) -> None:
        self._begin()
        self._changed()

    # -- pieces ----------------------------------------------------------------------------------

    def _go(self, step: Step) -> None:
        self._step = step
        self._refused = None
        self._changed()

    def _inserted(self, result: Result) -> None:
        self._inserting = False
        self._refused = None if result.outcome.succeeded else result.outcome
        if result.outcome is Outcome.NO_TARGET:  # there is no box that accessibility can write to
            self.answer(Happened.NOTHING)
            return
        if result.outcome.succeeded or result.outcome is Outcome.NOT_TAKEN or result.lines:
            self._step = Step.QUESTION
        self._changed()

    def _parts(self) -> tuple[TitlePart, ...]:
        assert self._window is not None, "a window is chosen first"
        return title_parts(self._window.title, shows_other_things=self._is_browser(self._window))

    @staticmethod
    def _is_browser(window: WindowInfo) -> bool:
        return window.program.casefold() in _BROWSERS

    def _label(self) -> str:
        if self._base is not None:
            return self._base.label
        return "" if self._window is None else self._window.program.removesuffix(".exe")

    def _paste(self) -> PasteProfile:
        attempt = self._tried[-1]
        paste = self._base.paste if self._base is not None else PasteProfile()
        return replace(paste, paths=(attempt.path,), newlines=attempt.newlines, send_allowed=False)

    def _profile(self, label: str) -> ClientProfile:
        window, part = self._window, self._part
        assert window is not None, "a window is chosen first"
        assert part is not None, "a part is chosen before the rest is asked"
        base = self._base or ClientProfile(name=self._new_name(window), label="", programs=())
        others = tuple(each for each in base.programs if each.casefold() != window.program.casefold())
        paste = self._paste()
        if base.paste.paths[0] is paste.paths[0]:
            paste = replace(paste, paths=base.paste.paths)
        return ClientProfile(
            name=base.name,
            label=label,
            programs=(window.program, *others),
            titles=re.compile(part.titles) if part.titles else None,
            ignored=base.ignored if base.ignored and not base.ignored.search(window.title) else None,
            buyer=re.compile(part.buyer) if part.buyer else None,
            paste=replace(paste, send_combo=self._send_combo or paste.send_combo),
            longest=base.longest,
            reading=base.reading,
            pointed=base.pointed,
            source=f"wizard, {self._today.isoformat()}",
            confidence=Confidence.VERIFIED,
            sources=tuple(self._sources(part)),
        )

    def _sources(self, part: TitlePart) -> list[Source]:
        """What was tried is verified; the key that sends was only told."""
        tried = ["programs", "paths", "newlines", "combo"]
        if self._tried[-1].path is InsertionPath.ACCESSIBILITY:
            tried.remove("combo")
        titles = [*(["titles"] if part.titles else []), *(["buyer"] if part.part is not Part.NOWHERE else [])]
        origin = f"wizard, {self._today.isoformat()}"
        told = [("send_combo", Confidence.REPORTED)] if self._send_combo is not None else []
        named = [*((value, Confidence.VERIFIED) for value in [*tried, *titles]), *told]
        return [Source(value=value, confidence=confidence, origin=origin) for value, confidence in named]

    def _new_name(self, window: WindowInfo) -> ClientName:
        """A name for a file: of the program's, with a number where that is taken."""
        plain = re.sub(r"[^a-z0-9_-]+", "-", window.program.casefold().removesuffix(".exe")).strip("-")[:30]
        taken = {profile.name for profile in self._profiles}
        name, number = plain or "client", 1
        while name in taken:
            number += 1
            name = f"{plain or 'client'}-{number}"
        return ClientName(name)
