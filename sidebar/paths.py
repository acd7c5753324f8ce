"""Where the shipped files are (checkout, wheel, frozen program), and the user's own."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sidebar.errors import UserError

_PACKAGE = Path(__file__).parent


def templates() -> Path:
    """The shipped phrase packs, one folder a language."""
    return _shipped("templates")


def resources() -> Path:
    """Client profiles, metric profiles, icons and translations."""
    return _shipped("resources")


def _shipped(name: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    places = [_PACKAGE / "_data", _PACKAGE.parent] if frozen is None else [Path(frozen)]
    for place in places:
        if (place / name).is_dir():
            return place / name
    raise UserError(f"The installation is incomplete: there is no '{name}' in {places[0]}. Install it again.")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything of the user's."""

    root: Path

    @classmethod
    def choose(cls, option: str | None = None, environment: Mapping[str, str] = os.environ) -> "Home":
        """`--home`, else `SIDEBAR_HOME`, else the platform's user data folder. Nothing is created."""
        chosen = option or environment.get("SIDEBAR_HOME")
        if chosen:
            try:
                return cls(Path(chosen).expanduser().absolute())
            except RuntimeError as error:
                raise UserError(
                    f"There is no such home folder: {chosen}. Give another with --home."
                ) from error
        import platformdirs  # only here: a run that names its home is spared it

        return cls(Path(platformdirs.user_data_dir("shop-sidebar", appauthor=False)))

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def history(self) -> Path:
        return self.root / "history.db"

    @property
    def unsaved(self) -> Path:
        """What the history would not take; it goes there with the next start."""
        return self.root / "unsaved.jsonl"

    @property
    def bridge(self) -> Path:
        """Where the running sidebar can be spoken to: one line, there while it runs."""
        return self.root / "bridge"

    @property
    def phrases(self) -> Path:
        return self.root / "phrases"

    @property
    def editor(self) -> Path:
        """What the editor of phrases remembers: its bin, its drafts, and how to undo what it did."""
        return self.root / "editor"

    @property
    def field_values(self) -> Path:
        """What was last typed into the fields of phrases that remember it."""
        return self.root / "field-values.json"

    @property
    def clients(self) -> Path:
        return self.root / "clients"

    @property
    def wording(self) -> Path:
        """The shop's own rules for the wording check, where it has any."""
        return self.root / "wording"

    @property
    def metrics(self) -> Path:
        """The shop's own ways to measure waiting, where it has any."""
        return self.root / "metrics"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def cache(self) -> Path:
        """What can be made again from other files; it may be deleted at any time."""
        return self.root / "cache"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    def ensure(self) -> None:
        """Create what is missing; the home itself for its owner's eyes only, it holds buyers' names."""
        try:
            if not self.root.exists():
                self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self.phrases, self.clients, self.backups, self.logs, self.exports):
                folder.mkdir(exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UserError(
                f"The folder {error.filename or self.root} cannot be used ({reason}). "
                "Give another with --home or SIDEBAR_HOME."
            ) from error
