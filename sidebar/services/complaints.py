"""What cannot be read of the user's files, from whoever reads them, told as one notice."""

from collections.abc import Iterable

from sidebar.services.notices import Notices
from sidebar.services.views import BrokenFiles


class Complaints:
    """Each *source* (settings, clients, phrases …) has its sentences, those of the last time it read."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._by_source: dict[str, tuple[str, ...]] = {}
        self._told: tuple[str, ...] = ()

    def note(self, source: str, sentences: Iterable[str]) -> None:
        """Have *sentences* of *source* ready, to be told with the next ones that are."""
        self._by_source[source] = tuple(sentences)

    def tell(self, source: str, sentences: Iterable[str]) -> None:
        """Tell all there is to complain of, if that is something new; withdraw it where all is well."""
        self.note(source, sentences)
        said = tuple(each for known in self._by_source.values() for each in known)
        if not said:
            self._notices.withdraw(BrokenFiles)
        elif said != self._told:
            self._notices.tell(BrokenFiles(sentences=said))
        self._told = said
