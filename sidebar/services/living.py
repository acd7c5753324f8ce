"""Files that are read again when they change, off the GUI thread and once for many changes at a time."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Generic, TypeVar

from sidebar.domain.lean import dataclass
from sidebar.errors import UserError
from sidebar.ports import Background, Cancel, FolderWatch, Scheduler

_QUIET = timedelta(milliseconds=300)
"""A sync program or an editor writes in bursts; the files are read when they have been left alone."""
_LONGEST = 10
"""So many times the quiet is waited for anew; who writes on and on is read in between."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[T]):
    """What the files hold now, and the folders and files to be watched from here on."""

    content: T
    places: Sequence[str]


class LivingFiles(Generic[T]):
    """Watches from `begin` on; *changed* hears what was read anew, on the GUI thread.

    *read* runs in the background and never twice at a time; what changes meanwhile is read next.
    """

    def __init__(
        self,
        *,
        read: Callable[[], Reading[T]],
        changed: Callable[[T], None],
        failed: Callable[[UserError], None],
        watch: FolderWatch,
        background: Background,
        scheduler: Scheduler,
    ) -> None:
        self._read = read
        self._changed = changed
        self._failed = failed
        self._watch = watch
        self._background = background
        self._scheduler = scheduler
        self._waiting: Cancel | None = None
        self._put_off = 0
        self._reading = False
        self._again = False

    def begin(self, places: Sequence[str], *, at_once: bool = False) -> None:
        """Watch *places*; read *at_once* where it is known that there is something new."""
        self._watch.watch(places, self._on_change)
        if at_once:
            self._begin_reading()

    def look(self) -> None:
        """Read now, as after a change of our own that nobody should wait for."""
        self._stop_waiting()
        self._begin_reading()

    def _on_change(self) -> None:
        if self._waiting is not None and self._put_off >= _LONGEST:
            return
        self._put_off += 1
        if self._waiting is not None:
            self._waiting()
        self._waiting = self._scheduler.call_later(_QUIET, self.look)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting()
        self._waiting = None
        self._put_off = 0

    def _begin_reading(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._background.run(self._read, done=self._on_read, failed=self._on_failed)

    def _on_read(self, reading: Reading[T]) -> None:
        self._reading = False
        self._watch.watch(reading.places, self._on_change)
        self._changed(reading.content)
        self._read_again()

    def _on_failed(self, error: UserError) -> None:
        self._reading = False
        self._failed(error)
        self._read_again()

    def _read_again(self) -> None:
        again, self._again = self._again, False
        if again:
            self._begin_reading()
