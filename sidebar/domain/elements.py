"""What a window of another program is made of, as accessibility tells it."""

from sidebar.domain.insertion import Rect
from sidebar.domain.lean import dataclass

LONGEST = 120
"""Characters of an element's words that are read at all: a name is short, what is said is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element. `role` is the desktop's own word; `id` and `classes` are '' and () where it has none.

    `words` are its name, or its text where it has no name; '' where neither was asked for.
    `chosen` is what the client marks as the selected or the current one of several.
    """

    role: str
    id: str = ""
    classes: tuple[str, ...] = ()
    words: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What is under the pointer: its words, and where it stands. `editable` is a box to type into."""

    words: str
    place: Rect
    editable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """An element among the `siblings` of its role that can be seen, itself included, at `index` there.

    `alone` tells that its parent holds nothing else, of whatever role.
    """

    siblings: tuple[Element, ...]
    index: int
    alone: bool = False

    @property
    def element(self) -> Element:
        return self.siblings[self.index]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The way down to one element: its level is the last.

    `page` is the role of the outermost document the element is in, and the levels are those inside it;
    where there is no document it is '' and they are those inside the window.
    """

    page: str
    levels: tuple[Level, ...]
