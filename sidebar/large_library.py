"""A large library: kept ready for searching from one start to the next, and warmed up in pauses."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from sidebar.domain.material import material_of
from sidebar.domain.phrases import Pack
from sidebar.domain.search import Index
from sidebar.domain.typing_ways import Readings
from sidebar.ports import Scheduler
from sidebar.services.stock import Stock, merged
from sidebar.storage.known_library import KeptLibrary, KnownLibrary, Stamp
from sidebar.storage.known_packs import KnownFiles

_PAUSE = timedelta(milliseconds=8)
"""Between two pieces of what is made ahead: the window comes first."""


class LargeLibrary:
    """Everything here but `warm` takes long and is for a worker."""

    def __init__(self, path: Path, *, files: Callable[[], KnownFiles], readings: Readings) -> None:
        self._known = KnownLibrary(path, files=files)
        self._readings = readings
        self.current: Stamp | None = None
        """Of what was made or recalled last."""

    def recall(self) -> Stock | None:
        """The library as it was kept, if the files say the same still."""
        stamp = self.stamp()
        kept = None if stamp is None else self._known.recall(stamp)
        if kept is None:
            return None
        self.current = stamp
        return self._stock(kept)

    def stamp(self) -> Stamp | None:
        """What the files say, to be asked for before they are read; None where that cannot be told."""
        try:
            return self._known.stamp()
        except OSError:
            return None

    def make(self, packs: Sequence[Pack], stamp: Stamp | None) -> Stock:
        """The stock of *packs*, with nothing left to be made at a key press, and kept."""
        phrases, languages = merged(packs)
        material = material_of(phrases, self._readings, whole=True)
        made = KeptLibrary(phrases=phrases, languages=languages, material=material)
        if stamp is not None:
            self._known.keep(made, stamp)
        self.current = stamp
        return self._stock(made)

    def _stock(self, kept: KeptLibrary) -> Stock:
        make_index = partial(Index, kept.phrases, self._readings, kept.material)
        stock = Stock(kept.phrases, kept.languages, make_index=make_index)
        stock.make_ready()
        return stock


def warm(stock: Stock, scheduler: Scheduler) -> None:
    """Make ahead, piece by piece, what the first letters typed need."""
    _go_on(stock.index.warm(), scheduler)


def _go_on(pieces: Iterator[None], scheduler: Scheduler) -> None:
    if next(pieces, pieces) is None:
        scheduler.call_later(_PAUSE, partial(_go_on, pieces, scheduler))
