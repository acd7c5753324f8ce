"""The groups that phrases are in, found as titles are: by their beginning, pinyin or initials."""

from collections.abc import Iterable, Sequence

from sidebar.domain.folding import letters
from sidebar.domain.place_sets import places_in
from sidebar.domain.typed_titles import TypedTitles, row_of
from sidebar.domain.typing_ways import Readings


class GroupNames:
    """The paths of *groups*, written with slashes, each once."""

    def __init__(self, groups: Iterable[tuple[str, ...]], readings: Readings) -> None:
        self._paths = sorted({"/".join(group) for group in groups if group})
        self._titles = TypedTitles(self._paths, row_of(self._paths, readings))

    def like(self, typed: str, *, most: int) -> Sequence[str]:
        """At most so many of them, those first that begin with what is *typed*, then the shorter ones."""
        query = letters(typed)
        if not query:
            return self._paths[:most]
        found, from_start = self._titles.typed_as(query)
        first = {self._titles.number(end) for end in places_in(from_start)}
        numbers = [self._titles.number(end) for end in places_in(found)]
        numbers.sort(key=lambda number: (number not in first, len(self._paths[number])))
        return [self._paths[number] for number in numbers[:most]]
