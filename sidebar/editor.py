"""The editor of phrases, put together when it is first asked for: files on one side, panels on the other."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, field, replace
from datetime import datetime, timedelta
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sidebar.domain.bulk_edits import BulkEdit
from sidebar.domain.edits import Edit
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.pasted import Pasted
from sidebar.domain.phrases import Phrase
from sidebar.domain.sheets import Sheet, blank, group_of
from sidebar.domain.wording_rules import NO_CLIENT, Circumstances, Remark, WordingRule
from sidebar.errors import UserError
from sidebar.new_ids import new_id
from sidebar.paths import Home
from sidebar.ports import Background, Cancel, Scheduler
from sidebar.qt.pasted_pictures import keep_picture
from sidebar.services.editing import Editing
from sidebar.services.following import ChatFollower
from sidebar.services.library import Library
from sidebar.services.notices import Notices
from sidebar.services.phrase_changes import Act, Deed, PhraseChanges
from sidebar.services.phrasing import Phrasing
from sidebar.services.views import Done, Failure
from sidebar.shelf import wording_at_hand
from sidebar.storage.drafts import FileDrafts
from sidebar.storage.phrase_store import PhraseStore
from sidebar.system_time import SystemClock, local_zone
from sidebar.ui import editor_words
from sidebar.ui.editing_acts import EditingAct
from sidebar.ui.editor_panel import EditorPanel
from sidebar.ui.editor_presenter import EditorPresenter, clipboard_text
from sidebar.ui.panel import Panel
from sidebar.ui.window import SidebarWindow
from sidebar.ui.wording import _

if TYPE_CHECKING:  # made on a thread
    from sidebar.domain.wording_check import WordingCheck
    from sidebar.storage.wording_files import LoadedWording

_LISTED = 500
"""Phrases to be ticked at once; who wants more searches for less."""
_GROUPS = 6
"""Groups that are offered at once."""
_TOLD_FOR = timedelta(seconds=20)
"""How long what was done is told; by then it has been read, or does not matter."""


@dataclass(kw_only=True, eq=False)
class Editor:
    """Does to phrases what the window asks for. *applied* hears that the pack files are others now."""

    home: Home
    shipped: tuple[Path, ...]
    window: SidebarWindow
    library: Library
    phrasing: Phrasing
    follower: ChatFollower
    notices: Notices
    background: Background
    scheduler: Scheduler
    applied: Callable[[], None]
    _check: "WordingCheck | None" = field(default=None, init=False)
    _told: Cancel | None = field(default=None, init=False)

    def act(self, which: str, about: str) -> None:
        """Do *which* of the acts, to the phrase or with the text that *about* is."""
        phrase = self.library.get(PhraseId(about))
        match EditingAct(which):
            case EditingAct.NEW:
                self._open(start=Sheet(body=about) if about.strip() else None)
            case EditingAct.PASTE:
                self._paste()
            case EditingAct.BULK:
                self._change_many(phrase)
            case EditingAct.BIN:
                self._look_into_bin()
            case EditingAct.UNDO:
                self._changes.undo()
            case EditingAct.EDIT if phrase is not None:
                self._open(phrase=phrase, key=phrase.id)
            case EditingAct.DUPLICATE if phrase is not None:
                copy = self._changes.duplicate(phrase, _("{title} 副本").format(title=phrase.title))
                self._open(base=copy, key=f"copy {phrase.id}")
            case EditingAct.THROW if phrase is not None:
                self._changes.throw_away((phrase,))
            case EditingAct.FAVOURITE if phrase is not None:
                wanted = not phrase.favourite
                self._changes.change_each(
                    Act.CHANGED, (phrase,), lambda each: replace(each, favourite=wanted)
                )
            case _:
                pass  # the phrase has gone meanwhile

    def _open(
        self,
        *,
        phrase: Phrase | None = None,
        base: Phrase | None = None,
        start: Sheet | None = None,
        key: str = "",
    ) -> None:
        """Open the form for *phrase*, or for a new one."""
        begin = partial(
            Editing,
            phrase=phrase,
            base=base,
            start=start,
            key=key,
            changes=self._changes,
            drafts=self._drafts,
            same_code=self.library.with_code,
            fill=self.phrasing.preview,
            remarks=self._remarks,
            rule=self._rule,
            longest=self._longest,
        )
        clients = [(str(profile.name), profile.label) for profile in self.follower.profiles]
        panel = EditorPanel(self.window, clients=clients, suggest=self._suggest())
        panel.many_requested.connect(self._paste)
        presenter = EditorPresenter(
            panel,
            begin=begin,
            clipboard=clipboard_text,
            scheduler=self.scheduler,
            keep_picture=partial(keep_picture, self.home.editor / "pasted"),
            background=self.background,
        )
        if self._check is None:
            self.background.run(
                partial(wording_at_hand, self.home), done=partial(self._use, presenter), failed=self._fail
            )
        self._show(panel)

    def _paste(self) -> None:
        """Open what makes many phrases of one text."""
        from sidebar.ui.paste_panel import PastePanel

        panel = PastePanel(self.window, clipboard=clipboard_text, suggest=self._suggest())

        def make(wanted: tuple[Pasted, ...], group: str) -> None:
            path = group_of(group)
            edits = [
                Edit(before=None, after=replace(blank(self._changes.new_id()), group=path, **asdict(each)))
                for each in wanted
            ]
            self._changes.write(Act.ADDED, edits, done=lambda _: self.window.close_panel())

        panel.wanted.connect(make)
        self._show(panel)
        self.background.run(
            lambda: {phrase.body for phrase in self.library.phrases()},
            done=lambda known: None if panel.gone else panel.know(known),
            failed=self._fail,
        )

    def _change_many(self, phrase: Phrase | None) -> None:
        """Open what changes several phrases at once: those that are searched for, *phrase* ticked."""
        from sidebar.ui.bulk_panel import BulkPanel

        panel = BulkPanel(
            self.window,
            search=lambda query: [hit.phrase for hit in self.library.search(query, limit=_LISTED)],
            query=self.window.search_text(),
            ticked=() if phrase is None else (phrase.id,),
            suggest=self._suggest(),
        )

        def change(phrases: tuple[Phrase, ...], edit: BulkEdit, into: str) -> None:
            self._changes.change_each(Act.CHANGED, phrases, edit.made_of, into=into)
            self.window.close_panel()

        def throw(phrases: tuple[Phrase, ...]) -> None:
            self._changes.throw_away(phrases)
            self.window.close_panel()

        panel.change_requested.connect(change)
        panel.throw_requested.connect(throw)
        self._changes.stand(
            PhraseId(""), lambda standing: None if panel.gone else panel.offer_packs(standing.packs)
        )
        self._show(panel)

    def _look_into_bin(self) -> None:
        from sidebar.ui.bin_panel import BinPanel

        panel = BinPanel(self.window)

        def show() -> None:
            self._changes.look_into_bin(lambda thrown: None if panel.gone else panel.show_thrown(thrown))

        panel.restore_requested.connect(lambda binned: self._changes.restore(binned, show))
        self._show(panel)
        show()

    def _show(self, panel: Panel) -> None:
        self.window.set_collapsed(False)
        self.window.open_panel(panel)

    def _use(self, presenter: EditorPresenter, loaded: "LoadedWording") -> None:
        self._check = loaded.check
        presenter.check_again()

    def _suggest(self) -> Callable[[str], Sequence[str]]:
        """What knows the groups there are, once it is asked."""
        names = cache(self.library.groups)
        return lambda typed: names().like(typed, most=_GROUPS)

    def _remarks(self, phrase: Phrase) -> tuple[tuple[str, Remark], ...]:
        if self._check is None:
            return ()
        chat = self.follower.chat
        circumstances = Circumstances(
            now=_now().astimezone(local_zone()),
            client=NO_CLIENT if chat is None else chat.profile.name,
            longest=self._longest(),
        )
        return self._check.check_phrase(phrase, circumstances)

    def _rule(self, id: str) -> WordingRule | None:
        rules = () if self._check is None else self._check.rules
        return next((each for each in rules if each.id == id), None)

    def _longest(self) -> int | None:
        chat = self.follower.chat
        return None if chat is None else chat.profile.longest

    @cached_property
    def _store(self) -> PhraseStore:
        return PhraseStore(
            self.home.phrases, state=self.home.editor, shipped=self.shipped, name=lambda: _("我的话术")
        )

    @cached_property
    def _drafts(self) -> FileDrafts:
        return FileDrafts(self.home.editor / "drafts.json")

    @cached_property
    def _changes(self) -> PhraseChanges:
        return PhraseChanges(
            files=self._store,
            background=self.background,
            now=_now,
            new_id=new_id,
            applied=self.applied,
            tell=self._tell,
            failed=self._fail,
        )

    def _tell(self, deed: Deed) -> None:
        undoable = deed.act is not Act.UNDONE
        self.notices.tell(Done(sentence=editor_words.done(deed), undoable=undoable))
        if self._told is not None:
            self._told()
        self._told = self.scheduler.call_later(_TOLD_FOR, partial(self.notices.withdraw, Done))

    def _fail(self, error: UserError) -> None:
        self.notices.tell(Failure(sentence=editor_words.trouble(error)))


def _now() -> datetime:
    return SystemClock().now()
