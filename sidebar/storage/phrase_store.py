"""The user's own phrases as the editor changes them: one at a time or many, each time with one undo.

A phrase is changed where it stands. A shipped one that is changed becomes the user's own in `EDITED`,
which then counts in its place; one that is taken away is hidden there. A file in which a phrase cannot
be changed without touching the rest of it is left alone: the phrase goes into `EDITED` as well.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sidebar.domain.edits import Binned, Edit, Overtaken, PackPlace, Standing, Written
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.enclosed_files import bring_in
from sidebar.storage.pack_editing import (
    PackFile,
    edit,
    edit_in_place,
    flawed,
    hide,
    insert_item,
    pack_name,
    read_pack_file,
)
from sidebar.storage.pack_text import pack_text
from sidebar.storage.packs import EDITED, load_packs
from sidebar.storage.phrase_bin import PhraseBin
from sidebar.storage.rewriting import Rewriting, Rewritten, TakenBack, not_written, pack_texts
from sidebar.storage.shipped_origins import ShippedOrigins

log = logging.getLogger(__name__)

_UNDONE = 50
"""Changes that can be undone one after the other."""
_UNDO_ROOM = 30_000_000
"""Bytes of what is needed for that; a large pack is kept whole, before and after."""
_SEARCHED_FOR = 20
"""Ids that are searched for in the texts of files before these are read."""
_PLAIN = re.compile(r"[\w.-]+")
"""An id that a file cannot spell in another way."""


@dataclass(slots=True)
class _Plan:
    """What is to become of one file."""

    changes: dict[PhraseId, Phrase | None] = field(default_factory=dict)
    added: list[Phrase] = field(default_factory=list)
    hides: list[PhraseId] = field(default_factory=list)
    shows: set[PhraseId] = field(default_factory=set)
    text: str | None = None
    """The file's text after it, once that has been made."""


class PhraseStore:
    """The pack files in *folder* before the *shipped* ones; what the editor remembers is in *state*.

    *name* is that of the pack `EDITED`, given to it when it is made.
    """

    def __init__(
        self, folder: Path, *, state: Path, shipped: Sequence[Path], name: Callable[[], str]
    ) -> None:
        self._folder = folder
        self._folders = tuple(shipped)
        self._name = name
        self._rewriting = Rewriting(folder, state / "undo", kept=_UNDONE, room=_UNDO_ROOM)
        self.bin = PhraseBin(state / "bin.json", folder)
        self._origins = ShippedOrigins(state / "shipped.json")

    def stand(self, phrase: PhraseId) -> Standing:
        """Where the phrase with that id stands, and where it could."""
        files = self._files((phrase,) if phrase else ())
        place = next((self._shown(file.path) for file in files if phrase in file.phrases()), "")
        shipped = self._shipped.get(phrase)
        return Standing(
            file=place,
            packs=tuple(
                PackPlace(file=self._shown(path), name=pack_name(path, text)) for path, text in self._texts()
            ),
            shipped=shipped,
            origin=self._origins.get(phrase, shipped) if place else None,
        )

    def change(self, edits: Sequence[Edit], *, title: str, at: datetime) -> Written:
        """Do all of *edits*, or none where a phrase is another by now than the agent saw.

        Raises `ExchangeError`; then nothing has changed.
        """
        files = {
            file.path: file
            for file in self._files([each.id for each in edits], {each.into for each in edits})
        }
        outdated = tuple(self._outdated(edits, tuple(files.values())))
        if outdated:
            return Written(outdated=outdated)
        edits = [self._with_enclosed(each, files) for each in edits]
        plans, binned = self._planned(edits, files)
        elsewhere = self._moved_aside(plans, files)
        rewritten = tuple(self._rewritten(plans, files))
        if not rewritten:
            return Written()
        self._write(title, rewritten, binned, at)
        self._origins.keep(dict(_copied(edits, files)))
        log.info("phrases edited edits=%d files=%d elsewhere=%d", len(edits), len(rewritten), len(elsewhere))
        return Written(elsewhere=elsewhere)

    def accept(self, phrase: PhraseId) -> None:
        """Have the user's copy count as made from what is shipped now."""
        shipped = self._shipped.get(phrase)
        if shipped is not None:
            self._origins.keep({phrase: shipped})

    def thrown(self, now: datetime) -> tuple[Binned, ...]:
        """What can be brought back, the last first; raises `ExchangeError`."""
        try:
            return self.bin.contents(now)
        except OSError as error:
            raise not_written(error) from error

    def undoable(self) -> str:
        """The title of the change that would be undone; '' where there is none."""
        return self._rewriting.last()

    def undo(self) -> TakenBack:
        """Undo the last change; raises `ExchangeError` where there is none."""
        if not self._rewriting.can_take_back:
            raise ExchangeError("There is no change to undo.", fault=ExchangeFault.NOTHING_TO_UNDO)
        taken = self._rewriting.take_back()
        if taken.at is not None:
            self.bin.forget(taken.at)
        return taken

    def restore(self, binned: Binned, *, title: str, at: datetime) -> None:
        """Bring back what was thrown away, to where it stood if that is still there.

        Raises `ExchangeError`.
        """
        files = {file.path: file for file in self._files((binned.phrase.id,), (binned.file,))}
        path = self._folder / (binned.file or EDITED)
        file = files.get(path)
        plans: dict[Path, _Plan] = defaultdict(_Plan)
        known = {key for each in files.values() for key in each.phrases()}
        edited = files.get(self._folder / EDITED)
        if edited is not None and binned.phrase.id in edited.hides:
            plans[edited.path].shows.add(binned.phrase.id)
        text = None
        if not binned.hidden and binned.phrase.id not in known:
            if file is not None and path not in plans and binned.item:
                text = insert_item(file, binned.item, binned.phrase, binned.behind)
            if text is None:
                plans[path if file is not None else self._folder / EDITED].added.append(binned.phrase)
        self._moved_aside(plans, files)
        rewritten = list(self._rewritten(plans, files))
        if text is not None and file is not None:
            rewritten.append(Rewritten(path=path, phrases=1, before=file.text, after=text))
        try:
            if rewritten:
                self._rewriting.write(title, rewritten, at)
            self.bin.take(binned)
        except OSError as error:
            raise not_written(error) from error

    def _write(
        self, title: str, rewritten: Sequence[Rewritten], binned: Sequence[Binned], at: datetime
    ) -> None:
        """Nothing is thrown away that is not in the bin already."""
        try:
            self.bin.put(binned, at)
            self._rewriting.write(title, rewritten, at)
        except OSError as error:
            raise not_written(error) from error
        except ExchangeError:
            self.bin.forget(at)
            raise

    @cached_property
    def _shipped(self) -> Mapping[PhraseId, Phrase]:
        """The shipped phrases; they change with the program and not while it runs."""
        packs = load_packs(shipped=self._folders).packs
        return {phrase.id: phrase for pack in reversed(packs) for phrase in reversed(pack.phrases)}

    def _files(self, phrases: Sequence[PhraseId], besides: Collection[str] = ()) -> tuple[PackFile, ...]:
        """The files that may have *phrases* in them, those that are named *besides*, and `EDITED`.

        A large pack takes its time to read; one without any of their ids need not be.
        """
        searched = len(phrases) <= _SEARCHED_FOR and all(map(_PLAIN.fullmatch, phrases))
        named = {EDITED, *besides}
        return tuple(
            read_pack_file(path, text)
            for path, text in self._texts()
            if not searched or self._shown(path) in named or any(phrase in text for phrase in phrases)
        )

    def _texts(self) -> tuple[tuple[Path, str], ...]:
        try:
            return tuple(pack_texts(self._folder))
        except OSError as error:
            raise not_written(error) from error

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _outdated(self, edits: Sequence[Edit], files: Sequence[PackFile]) -> Iterator[Overtaken]:
        """Those of *edits* that begin with something that is not so, with what is."""
        mine: dict[PhraseId, Phrase] = {}
        for file in reversed(files):
            mine.update(file.phrases())
        for each in edits:
            now = mine.get(each.id) or (None if each.before is None else self._shipped.get(each.id))
            if now != each.before:
                yield Overtaken(edit=each, now=now)

    def _with_enclosed(self, edit: Edit, files: Mapping[Path, PackFile]) -> Edit:
        """*edit* with what its phrase encloses copied to the pack that it will be in."""
        if edit.after is None:
            return edit
        standing = next((path for path, file in files.items() if edit.id in file.phrases()), None)
        path = self._folder / edit.into if edit.into else standing or self._folder / EDITED
        return replace(edit, after=bring_in(edit.after, path.parent))

    def _planned(
        self, edits: Sequence[Edit], files: Mapping[Path, PackFile]
    ) -> tuple[dict[Path, _Plan], list[Binned]]:
        plans: dict[Path, _Plan] = defaultdict(_Plan)
        home = self._folder / EDITED
        binned: list[Binned] = []
        for each in edits:
            standing = [file for file in files.values() if each.id in file.phrases()]
            into = self._folder / each.into if each.into else None
            if each.after is None:
                binned.append(self._binned(each, standing[0] if standing else None))
                for file in standing:
                    plans[file.path].changes[each.id] = None
                if each.id in self._shipped and not each.back:
                    plans[home].hides.append(each.id)
            elif not standing:
                plans[into or home].added.append(each.after)
            elif into is None or into == standing[0].path:
                plans[standing[0].path].changes[each.id] = each.after
            else:
                plans[into].added.append(each.after)
                for file in standing:
                    plans[file.path].changes[each.id] = None
        return plans, binned

    def _binned(self, edit: Edit, file: PackFile | None) -> Binned:
        assert edit.before is not None, "what is thrown away was there"
        if file is None:
            return Binned(phrase=edit.before, hidden=True)
        ids = [placed.phrase.id for placed in file.placed]
        at = ids.index(edit.id)
        return Binned(
            phrase=edit.before,
            file=self._shown(file.path),
            item=file.item(edit.id),
            behind=ids[at - 1] if at else None,
        )

    def _moved_aside(self, plans: dict[Path, _Plan], files: Mapping[Path, PackFile]) -> tuple[str, ...]:
        """The files that cannot be written to; what was to be changed in them goes into `EDITED`."""
        aside = []
        home = self._folder / EDITED
        for path in [path for path in plans if path in files and path != home]:
            plan, file = plans[path], files[path]
            plan.text = _edited(file, plan)
            if plan.text is not None:
                continue
            if None in plan.changes.values():
                raise flawed(path)
            changed = [phrase for phrase in plan.changes.values() if phrase is not None]
            del plans[path]
            plans[home].added += [*changed, *plan.added]
            aside.append(self._shown(path))
        return tuple(aside)

    def _rewritten(self, plans: Mapping[Path, _Plan], files: Mapping[Path, PackFile]) -> Iterator[Rewritten]:
        for path, plan in plans.items():
            file = files.get(path)
            if file is None and path.exists():
                raise flawed(path)
            after = self._text(path, file, plan)
            if file is None or after != file.text:
                touched = len(plan.changes) + len(plan.added) + len(plan.hides) + len(plan.shows)
                yield Rewritten(
                    path=path, phrases=touched, before=None if file is None else file.text, after=after
                )

    def _text(self, path: Path, file: PackFile | None, plan: _Plan) -> str:
        """The text of the file at *path* as planned; raises `ExchangeError` where that is not possible."""
        if file is None:
            file = read_pack_file(path, pack_text(self._name_of(path), (), folder=path.parent))
        text = _edited(file, plan) if plan.text is None else plan.text
        if text is None:
            _refuse_losses(file, (*plan.changes.values(), *plan.added))
            text = edit(file, *_parted(file, plan))
        if not (plan.hides or plan.shows):
            return text
        hidden = [each for each in dict.fromkeys((*file.hides, *plan.hides)) if each not in plan.shows]
        hiding = hide(read_pack_file(path, text), hidden)
        if hiding is None:
            raise flawed(path)
        return hiding

    def _name_of(self, path: Path) -> str:
        return self._name() if path.name == EDITED else path.stem


def _edited(file: PackFile, plan: _Plan) -> str | None:
    """The text of *file* as planned, None where that cannot be done in place."""
    return edit_in_place(file, *_parted(file, plan))


def _parted(file: PackFile, plan: _Plan) -> tuple[dict[PhraseId, Phrase | None], list[Phrase]]:
    """What is to be changed and what added; what is to be added and is there already is changed."""
    known = file.phrases()
    again = {phrase.id: phrase for phrase in plan.added if phrase.id in known}
    return {**plan.changes, **again}, [phrase for phrase in plan.added if phrase.id not in again]


def _copied(edits: Sequence[Edit], files: Mapping[Path, PackFile]) -> Iterator[tuple[PhraseId, Phrase]]:
    """The shipped phrases that *edits* made the user's own."""
    for each in edits:
        mine = any(each.id in file.phrases() for file in files.values())
        if each.before is not None and each.after is not None and not mine:
            yield each.id, each.before


def _refuse_losses(file: PackFile, phrases: Iterable[Phrase | None]) -> None:
    """Raise `ExchangeError` where pictures or files of *phrases* cannot be named in *file*."""
    for phrase in phrases:
        enclosed = phrase.details.attachments if phrase is not None and phrase.details is not None else ()
        if phrase is not None and any(
            not Path(each.path).is_relative_to(file.path.parent) for each in enclosed
        ):
            raise ExchangeError(
                f"The pictures and files of '{phrase.title}' do not lie below {file.path.parent}; "
                "copy them there first.",
                fault=ExchangeFault.OUTSIDE,
                name=phrase.title,
            )
