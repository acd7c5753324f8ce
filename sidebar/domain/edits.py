"""Changes to phrases as an agent makes them, and what became of them."""

from dataclasses import field
from datetime import datetime, timedelta

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase

KEPT_IN_BIN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One phrase from what the agent saw to what it is to be.

    `before` is None for a new one, `after` for one that is thrown away. `into` is the pack file, by
    its name in the user's folder; '' leaves it where it is. With `back` a thrown-away copy of a
    shipped phrase gives way to that instead of hiding it too.
    """

    before: Phrase | None
    after: Phrase | None
    into: str = ""
    back: bool = False

    @property
    def id(self) -> PhraseId:
        known = self.after or self.before
        assert known is not None, "an edit is of some phrase"
        return known.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """An edit that was not made, as the phrase is another by `now`, or None: gone."""

    edit: Edit
    now: Phrase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a change; where some of it was `outdated`, nothing was written.

    `elsewhere` names the files that were better left alone; the phrases of theirs are in the
    editor's own file instead.
    """

    outdated: tuple[Overtaken, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPlace:
    """One of the user's pack files."""

    file: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a phrase stands: `file` is '' for one that is only shipped, or that is new.

    `shipped` is what is shipped under its id, `origin` what was when the user's copy was made.
    """

    file: str = ""
    packs: tuple[PackPlace, ...] = ()
    shipped: Phrase | None = None
    origin: Phrase | None = None

    @property
    def news(self) -> Phrase | None:
        """The shipped phrase, where it is another by now than the one that was copied."""
        return self.shipped if self.origin is not None and self.shipped != self.origin else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binned:
    """A phrase that was thrown away `at` some time; a shipped one is `hidden` and no more.

    `file`, `item` and `behind` say where and in which lines it stood, and behind which other.
    """

    phrase: Phrase
    file: str = ""
    item: str = ""
    behind: PhraseId | None = None
    hidden: bool = False
    at: datetime | None = field(default=None)
