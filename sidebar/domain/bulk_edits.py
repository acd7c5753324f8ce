"""One change for many phrases at once."""

from dataclasses import replace
from typing import Generic, TypeVar

from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Category, Colour, Phrase, Stage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class To(Generic[T]):
    """What something is to be from now on; None is nothing."""

    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEdit:
    """What is None is left as it is with each phrase."""

    add: tuple[str, ...] = ()
    """Tags that each is to have."""
    drop: tuple[str, ...] = ()
    """Tags that none is to have."""
    group: tuple[str, ...] | None = None
    stage: To[Stage | None] | None = None
    category: To[Category | None] | None = None
    colour: To[Colour | None] | None = None
    favourite: bool | None = None

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return self == BulkEdit()

    def made_of(self, phrase: Phrase) -> Phrase:
        """*phrase* after it."""
        kept = tuple(tag for tag in phrase.tags if tag not in self.drop)
        return replace(
            phrase,
            tags=tuple(dict.fromkeys((*kept, *self.add))),
            group=phrase.group if self.group is None else self.group,
            stage=phrase.stage if self.stage is None else self.stage.value,
            category=phrase.category if self.category is None else self.category.value,
            colour=phrase.colour if self.colour is None else self.colour.value,
            favourite=phrase.favourite if self.favourite is None else self.favourite,
        )
