"""The phrases in the folders, followed while the sidebar runs: read, watched, told of."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sidebar.domain.settings import Settings
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.ports import Background, Scheduler
from sidebar.services.complaints import Complaints
from sidebar.services.library import Library
from sidebar.services.notices import Notices
from sidebar.services.stock import Stock
from sidebar.services.views import ConflictCopies, Failure
from sidebar.shelf import begin_with_packs, known_packs, shipped_packs
from sidebar.storage.known_packs import ConflictCopy, KnownFiles, LoadedPacks
from sidebar.ui import troubles
from sidebar.ui.window import SidebarWindow

if TYPE_CHECKING:  # what watches is made once all else is there
    from sidebar.large_library import LargeLibrary
    from sidebar.services.living import LivingFiles, Reading
    from sidebar.storage.known_library import Stamp
    from sidebar.storage.pack_shelf import PackShelf

WATCHED_AFTER = timedelta(seconds=2)
"""The start goes before; what changes until then is looked at when the watch begins."""


class _News(NamedTuple):
    """What the folders hold now, ready to be used; no stock where it is that of the library already."""

    loaded: LoadedPacks
    stock: Stock | None


class LivingPacks:
    """Fills *library* from the pack files, and again whenever they change.

    What is wrong with them goes to *complaints*, and conflict copies are told of.
    """

    def __init__(
        self,
        *,
        home: Home,
        settings: Settings,
        language: str,
        library: Library,
        notices: Notices,
        complaints: Complaints,
        background: Background,
        scheduler: Scheduler,
    ) -> None:
        self._home = home
        self._settings = settings
        self._language = language
        self._library = library
        self._notices = notices
        self._complaints = complaints
        self._background = background
        self._scheduler = scheduler
        self._refresh: Callable[[], None] = _nothing
        self._known = known_packs(home, settings, language)
        self._shelf: PackShelf | None = None
        self._files: LivingFiles[_News] | None = None
        self._large: LargeLibrary | None = None
        self.copies: tuple[ConflictCopy, ...] = ()

    def begin(self) -> None:
        """Have what can be read at once, the rest as soon as it has been, and watch from then on."""
        files = self._known.files()
        loaded, whole = begin_with_packs(self._home, self._settings, self._language)
        self._library.replace(loaded.packs)
        self._tell(loaded)
        if not whole:
            self._background.run(self._recall, done=self._have, failed=self._fail)
        watch = partial(self._watch, loaded, files if whole else None)
        self._scheduler.call_later(WATCHED_AFTER if whole else timedelta(0), watch)

    def show_changes(self, refresh: Callable[[], None]) -> None:
        """Run *refresh* each time there are other phrases."""
        self._refresh = refresh

    def look(self) -> None:
        """Read anew without waiting to be told of a change."""
        if self._files is not None:
            self._files.look()

    def merge_copies(self, window: SidebarWindow) -> None:
        """Show the conflict copies one after the other, to be merged or set aside."""
        from sidebar.copies import CopyMerging  # few have any

        CopyMerging(
            window=window,
            aside=self._home.backups / "phrases",
            next_copy=lambda: next(iter(self.copies), None),
            background=self._background,
            merged=self._merged,
            failed=self._fail,
        ).begin()

    def _merged(self, copy: ConflictCopy) -> None:
        """That copy is no more; the phrases come with the next reading."""
        self.copies = tuple(each for each in self.copies if each != copy)
        if not self.copies:
            self._notices.withdraw(ConflictCopies)
        self.look()

    def _watch(self, loaded: LoadedPacks, files: KnownFiles | None) -> None:
        """Watch from now on; *files* are those that were read, None where not all of them were."""
        from sidebar.qt.folder_watch import QtFolderWatch
        from sidebar.services.living import LivingFiles

        self._files = LivingFiles(
            read=partial(self._read, loaded, first=files is None),
            changed=self._take,
            failed=self._fail,
            watch=QtFolderWatch(),
            background=self._background,
            scheduler=self._scheduler,
        )
        self._files.begin(self._known.places(), at_once=self._known.files() != files)

    def _recall(self) -> Stock | None:
        """Off the GUI thread, the whole of a large library, if it was kept."""
        from sidebar.large_library import LargeLibrary

        self._large = LargeLibrary(
            self._home.cache / "library", files=self._known.files, readings=self._library.readings
        )
        return self._large.recall()

    def _have(self, stock: Stock | None) -> None:
        if stock is None:
            return
        self._library.take(stock)
        self._refresh()
        if self._large is not None:
            from sidebar.large_library import warm

            warm(stock, self._scheduler)

    def _read(self, loaded: LoadedPacks, *, first: bool) -> "Reading[_News]":
        """Off the GUI thread, where the reader of YAML is imported too."""
        stamp = None if self._large is None else self._large.stamp()
        from sidebar.services.living import Reading
        from sidebar.storage.pack_shelf import PackShelf

        now = self._known.recall() if first and self._shelf is None else None
        if self._shelf is None:
            packs = loaded.packs if now is None else now.packs
            shipped = shipped_packs(self._settings, self._language)
            self._shelf = PackShelf(own=[self._home.phrases], shipped=shipped, packs=packs)
        if now is None:
            now = self._shelf.load()
            self._known.keep(now)
        return Reading(content=_News(now, self._stock(now, stamp)), places=self._known.places())

    def _stock(self, now: LoadedPacks, stamp: "Stamp | None") -> Stock | None:
        if self._large is None:
            return self._library.prepare(now.packs)
        if stamp is not None and stamp == self._large.current:
            return None
        return self._large.make(now.packs, stamp)

    def _take(self, news: _News) -> None:
        self._have(news.stock)
        self._tell(news.loaded)

    def _tell(self, loaded: LoadedPacks) -> None:
        self._complaints.tell("phrases", map(troubles.pack, loaded.problems))
        if not loaded.copies:
            self._notices.withdraw(ConflictCopies)
        elif loaded.copies != self.copies:
            self._notices.tell(ConflictCopies(names=tuple(each.copy.name for each in loaded.copies)))
        self.copies = loaded.copies

    def _fail(self, error: UserError) -> None:
        self._notices.tell(Failure(sentence=troubles.sentence(error)))


def _nothing() -> None:
    """Nobody shows the phrases yet."""
