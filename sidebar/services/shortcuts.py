"""The global hotkeys: taken first of all, answered as soon as there is somebody to answer."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.settings import HotkeySettings
from sidebar.ports import HookedKeys, Hotkeys

Acts = Mapping[str, Callable[[], None]]
"""What each hotkey does, by the name of its setting; `insert 1` and `category 1` are the first of several."""


class Shortcuts:
    """Takes each key on its own: one that another program has is in `refused`, the others are in `held`.

    A program that is only just starting knows its keys before it knows the shop. A press that
    comes so early is not lost, it is answered a moment later. *hotkeys* is None on a desktop
    that has none. Where *hooked* is given it hears what *hotkeys* cannot have.
    """

    def __init__(
        self, hotkeys: Hotkeys | None, settings: HotkeySettings, *, hooked: HookedKeys | None = None
    ) -> None:
        self.held: dict[str, KeyCombo] = {}
        self.refused: list[KeyCombo] = []
        self._acts: Acts | None = None
        self._early: list[str] = []
        if hotkeys is None:
            return
        for name, combo in _named(settings):
            press = partial(self._on_pressed, name)
            taken = not combo.twice and hotkeys.register(combo, press)  # no system tells of double taps
            if taken or (hooked is not None and hooked.register(combo, press)):
                self.held[name] = combo
            else:
                self.refused.append(combo)

    def answer(self, acts: Acts) -> None:
        """Do what *acts* say from now on, and first what has been asked for already."""
        self._acts = acts
        early, self._early = self._early, []
        for name in early:
            acts[name]()

    def _on_pressed(self, name: str) -> None:
        if self._acts is None:
            self._early.append(name)
        else:
            self._acts[name]()


_SINGLE = ("search", "customer_wrote", "answered", "no_reply_needed", "close", "urgent", "holding", "hide")


def _named(settings: HotkeySettings) -> Iterator[tuple[str, KeyCombo]]:
    for name in _SINGLE:
        combo: KeyCombo | None = getattr(settings, name)
        if combo is not None:
            yield name, combo
    for kind, combos in (("insert", settings.insert), ("category", settings.categories)):
        for number, combo in enumerate(combos, start=1):
            if combo is not None:
                yield f"{kind} {number}", combo
