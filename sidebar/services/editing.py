"""One phrase in the editor: what its form begins with, what is said of it, and its way into the file."""

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sidebar.domain.detail_reading import Slip
from sidebar.domain.edits import Edit, Standing, Written
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Allowance
from sidebar.domain.phrases import Phrase
from sidebar.domain.place_names import PLACE, can_name_a_field, plain_name
from sidebar.domain.placeholders import Filled
from sidebar.domain.sheets import Sheet, blank, phrase_of, sheet_of, slips_of
from sidebar.domain.typed_texts import clean_text
from sidebar.errors import UserError
from sidebar.services.phrase_changes import Act, PhraseChanges

if TYPE_CHECKING:
    from sidebar.domain.wording_rules import Remark, WordingRule

Remarks = Callable[[Phrase], "tuple[tuple[str, Remark], ...]"]


class SameCode(Protocol):
    """Finds another phrase with that code."""

    def __call__(self, code: str, *, but: PhraseId) -> Phrase | None: ...


class Drafts(Protocol):
    """What was typed and not saved, by the phrase it is meant for; '' for a new one."""

    def recall(self, key: str) -> Sheet | None: ...
    def keep(self, key: str, sheet: Sheet | None) -> None:
        """Have *sheet* as the draft, None for none any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """The phrase has been changed elsewhere while it was edited; `now` is None where it is gone."""

    now: Phrase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditView:
    """Where the editing stands. `standing` is None before it is known; `news` is a shipped update."""

    new: bool
    drafted: bool = False
    busy: bool = False
    standing: Standing | None = None
    news: Phrase | None = None
    outdated: Outdated | None = None
    trouble: UserError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One wording as the buyer who is open now would get it.

    The places in `unfilled` (from, to) are still empty; `length` is its characters.
    """

    text: str = ""
    unfilled: tuple[tuple[int, int], ...] = ()
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is to be said of what is typed: of the body (`told`) and of each row of the variants.

    `longest` is the client's limit. `remarks` are of the texts they name, `allowed` the rules that
    are switched off, None for one that there is no more; `taken_by` is the title of
    the phrase that has the code. `due` is when the promise would be, `nameless` are places that
    nothing fills in and that could be fields.
    """

    told: Told = field(default_factory=Told)
    variants: tuple[Told, ...] = ()
    has_places: bool = False
    longest: int | None = None
    remarks: "tuple[tuple[str, Remark], ...]" = ()
    allowed: "tuple[tuple[Allowance, WordingRule | None], ...]" = ()
    taken_by: str = ""
    loop: bool = False
    due: datetime | None = None
    nameless: tuple[str, ...] = ()


class Editing:
    """From opening the form to what is in the file; *changed* hears of another `view`.

    *phrase* is what is edited, None for a new one, which is made of *base*; *start* is what the form
    begins with where that is something else. *key* is what its draft is kept by. *reload* hears that
    the form is to hold another sheet, *over* that it is done with.
    """

    def __init__(
        self,
        *,
        phrase: Phrase | None,
        base: Phrase | None = None,
        start: Sheet | None = None,
        key: str = "",
        changes: PhraseChanges,
        drafts: Drafts,
        same_code: SameCode,
        fill: Callable[[Phrase], Filled],
        remarks: Remarks,
        rule: "Callable[[str], WordingRule | None]",
        longest: Callable[[], int | None],
        changed: Callable[[], None],
        reload: Callable[[Sheet], None],
        over: Callable[[], None],
    ) -> None:
        self._before = phrase
        self._base = phrase or base or blank(changes.new_id())
        self._key = key
        self._changes = changes
        self._drafts = drafts
        self._same_code = same_code
        self._fill = fill
        self._remarks = remarks
        self._rule = rule
        self._longest = longest
        self._changed = changed
        self._reload = reload
        self._over = over
        self._ended = False
        self._first = start or sheet_of(self._base)
        draft = None if start is not None else drafts.recall(self._key)
        self.sheet = draft or self._first
        """What the form begins with."""
        self.view = EditView(new=phrase is None, drafted=draft is not None)

    def begin(self) -> None:
        """Find out where the phrase stands."""
        self._changes.stand(self._base.id, self._on_standing)

    def check(self, sheet: Sheet) -> Checked:
        """What is to be said of *sheet* as it is typed."""
        phrase = phrase_of(sheet, self._base)
        taken = self._same_code(sheet.code, but=self._base.id)
        names = tuple(_names_in(sheet))
        checked = Checked(
            has_places=bool(names),
            longest=self._longest(),
            taken_by="" if taken is None else taken.title,
            allowed=tuple((each, self._rule(each.rule)) for each in sheet.allow),
        )
        if phrase is None:
            return checked
        filled = self._fill(_with_text(phrase, phrase.body))
        known = {plain_name(each.name) for each in sheet.more.fields}
        return replace(
            checked,
            told=_told(filled),
            variants=tuple(self._told_as(phrase, text) for text in sheet.more.variants),
            remarks=self._remarks(phrase),
            loop=bool(filled.loop),
            due=filled.promise_due,
            nameless=tuple(
                name for name in names if can_name_a_field(name) and plain_name(name) not in known
            ),
        )

    def slip(self, sheet: Sheet) -> Slip | None:
        """The first thing in *sheet* that cannot be read, where there is one."""
        return next(iter(slips_of(sheet, self._base)), None)

    def allow(self, sheet: Sheet, rule: str, reason: str) -> Sheet:
        """*sheet* with that rule of the wording check switched off for the phrase."""
        others = tuple(each for each in sheet.allow if each.rule != rule)
        return replace(sheet, allow=(*others, Allowance(rule=rule, reason=reason)))

    def disallow(self, sheet: Sheet, rule: str) -> Sheet:
        """*sheet* with that rule holding again."""
        return replace(sheet, allow=tuple(each for each in sheet.allow if each.rule != rule))

    def save(self, sheet: Sheet) -> bool:
        """Write what *sheet* says; False where there is no text to be written, or a slip in it."""
        phrase = phrase_of(sheet, self._base)
        if phrase is None or self.slip(sheet) is not None:
            return False
        into = self._into(sheet)
        if phrase == self._before and not into:
            self._end()
            return True
        self._show(busy=True, trouble=None)
        edit = Edit(before=self._before, after=phrase, into=into)
        act = Act.ADDED if self._before is None else Act.CHANGED
        self._changes.write(act, [edit], done=self._on_written, failed=self._on_failed)
        return True

    def leave(self, sheet: Sheet) -> None:
        """The form is closed or the program ends: what has not been saved is there the next time."""
        if not self._ended:
            untouched = replace(sheet, file=self._into(sheet)) == self._first
            self._drafts.keep(self._key, None if untouched else sheet)

    def drop_draft(self) -> None:
        """Begin again with the phrase as it is."""
        self._drafts.keep(self._key, None)
        self._show(drafted=False)
        self._reload(self._first)

    def take_theirs(self) -> None:
        """Give up what was typed for what the phrase has become elsewhere."""
        outdated = self.view.outdated
        if outdated is None or outdated.now is None:
            self._end()
            return
        self._before = self._base = outdated.now
        self._first = sheet_of(outdated.now)
        self._show(outdated=None, drafted=False)
        self._reload(self._first)

    def keep_mine(self) -> None:
        """The shipped phrase is another now: do without, and offer it no more."""
        self._changes.accept_shipped(self._base.id)
        self._show(news=None)

    def take_shipped(self) -> None:
        """The shipped phrase is another now: have that in place of the copy, which goes into the bin."""
        if self._before is not None:
            self._show(busy=True)
            edit = Edit(before=self._before, after=None, back=True)
            self._changes.write(Act.CHANGED, [edit], done=self._on_written, failed=self._on_failed)

    def _told_as(self, phrase: Phrase, text: str) -> Told:
        """The options are said of the body; in the length they count."""
        if not text.strip():
            return Told()
        variant = _with_text(phrase, clean_text(text))
        length = len(self._fill(variant).text)
        details = None if variant.details is None else replace(variant.details, options=())
        return replace(_told(self._fill(replace(variant, details=details))), length=length)

    def _into(self, sheet: Sheet) -> str:
        """The file that the phrase is to go into, '' where it stays."""
        standing = self.view.standing
        return sheet.file if standing is None or sheet.file != standing.file else ""

    def _on_standing(self, standing: Standing) -> None:
        self._show(standing=standing, news=standing.news)

    def _on_written(self, written: Written) -> None:
        if not written.outdated:
            self._end()
            return
        self._before = written.outdated[0].now
        self._show(busy=False, outdated=Outdated(now=self._before))

    def _on_failed(self, error: UserError) -> None:
        self._show(busy=False, trouble=error)

    def _end(self) -> None:
        self._drafts.keep(self._key, None)
        self._ended = True
        self._over()

    def _show(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # the fields by their names
        if not self._ended:
            self._changed()


def _with_text(phrase: Phrase, text: str) -> Phrase:
    """*phrase* with *text* as its only wording."""
    details = None if phrase.details is None else replace(phrase.details, variants=())
    return replace(phrase, body=text, details=details)


def _told(filled: Filled) -> Told:
    return Told(text=filled.text, unfilled=tuple(_spots(filled)), length=len(filled.text))


def _names_in(sheet: Sheet) -> Iterator[str]:
    """The names between braces in whatever the buyer may get, each once."""
    options = (part for each in sheet.more.options for part in (each.text, each.pros, each.cons, each.rule))
    texts = (sheet.body, *sheet.more.variants, *options)
    names = (place["name"] for text in texts for place in PLACE.finditer(text))
    return iter(dict.fromkeys(name.strip() for name in names if name is not None))


def _spots(filled: Filled) -> "list[tuple[int, int]]":
    """Where in the text places stand that have no value."""
    fields = {field.name.strip() for field in filled.fields}
    empty = {*filled.unfilled, *fields}
    return [
        place.span()
        for place in PLACE.finditer(filled.text)
        if place["name"] is not None and place["name"].strip() in empty
    ]
