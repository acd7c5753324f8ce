"""What an import writes: one pack in the user's folder with its pictures and files beside it, and a record.

By the record it is taken back.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.enclosed_files import Arrivals
from sidebar.storage.pack_editing import edit, flawed
from sidebar.storage.pack_text import pack_text
from sidebar.storage.rewriting import Rewriting, Rewritten, TakenBack, not_written, pack_files

log = logging.getLogger(__name__)

_NAME = re.compile(r"[^\w-]+")
_NO_CONTENTS: Mapping[str, bytes] = {}


class ImportStore:
    """The user's packs in *folder* as imports write them, with a record for each in *records*."""

    def __init__(self, folder: Path, records: Path) -> None:
        self._folder = folder
        self._rewriting = Rewriting(folder, records)

    def bring_in(
        self,
        name: str,
        *,
        new: Sequence[Phrase],
        changed: Mapping[PhraseId, Phrase],
        at: datetime,
        contents: Mapping[str, bytes] = _NO_CONTENTS,
    ) -> Path:
        """Write *new* and *changed* phrases and return the pack that the new ones are in.

        *contents* are the pictures and files that came along, by the paths the phrases give them.
        Raises `ExchangeError`; then nothing has changed.
        """
        home = self._folder / f"import-{_NAME.sub('-', name).strip('-')[:60] or 'phrases'}.yaml"
        attached = Arrivals(contents)
        try:
            files = tuple(self._rewritten(home, name, new, changed, attached))
        except OSError as error:
            raise not_written(error) from error
        self._rewriting.write(name, files, at, attached=attached.written)
        log.info(
            "import written files=%d new=%d changed=%d attached=%d",
            *(len(files), len(new), len(changed), len(attached.written)),
        )
        return home

    @property
    def can_take_back(self) -> bool:
        """Whether there is a record of an import."""
        return self._rewriting.can_take_back

    def take_back(self) -> TakenBack:
        """Undo the last import that was not undone yet; raises `ExchangeError` where there is none."""
        if not self.can_take_back:
            raise ExchangeError("There is no import to take back.", fault=ExchangeFault.NOTHING_TO_UNDO)
        taken = self._rewriting.take_back()
        log.info("import taken back phrases=%d kept=%d", taken.phrases, taken.kept)
        return taken

    def _rewritten(
        self,
        home: Path,
        name: str,
        new: Sequence[Phrase],
        changed: Mapping[PhraseId, Phrase],
        attached: Arrivals,
    ) -> Iterator[Rewritten]:
        """Each file that is to be written: a phrase of the user's is changed where it stands.

        A shipped one that is changed becomes the user's own, beside the new ones.
        """
        files, left = tuple(pack_files(self._folder)), dict(changed)
        mine = {
            file.path: {
                key: attached.beside(left.pop(key), file.path.parent) for key in file.phrases() if key in left
            }
            for file in files
        }
        at_home = tuple(attached.beside(each, home.parent) for each in (*left.values(), *new))
        for file in files:
            added = at_home if file.path == home else ()
            if mine[file.path] or added:
                after = edit(file, mine[file.path], added)
                count = len(mine[file.path]) + len(added)
                yield Rewritten(path=file.path, phrases=count, before=file.text, after=after)
        if at_home and home not in mine:
            if home.exists():
                raise flawed(home)
            after = pack_text(name, at_home, folder=home.parent)
            yield Rewritten(path=home, phrases=len(at_home), before=None, after=after)
