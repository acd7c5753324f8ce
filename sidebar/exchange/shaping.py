"""From a draft to a phrase of ours: cleaned, named, and with an id that the next import finds again."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import field, replace

from sidebar.domain.enclosures import EnclosureState
from sidebar.domain.file_names import base_name, usable_name
from sidebar.domain.hotkeys import parse_global
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Phrase
from sidebar.errors import RowFault
from sidebar.exchange.drafts import Draft, Remark, remark
from sidebar.exchange.enclosed import NO_FILES, Enclosed, Files, Told, enclosed
from sidebar.exchange.refusals import stem
from sidebar.storage.located_yaml import Flaw
from sidebar.storage.packs import reason_of
from sidebar.storage.phrase_documents import document_of, phrase_of

LONGEST = 32_767
"""Characters of one text: what a cell of a workbook holds, and far more than any chat takes."""

LARGEST_PICTURE = 20_000_000
"""Bytes; no larger one is pasted, see `qt.enclosing`."""

_OURS = "sidebar"
_OF_FILES = frozenset((RowFault.PICTURE_LEFT, RowFault.PICTURE_TOO_LARGE))
_OF_THE_TEXT = ("placeholders", "fields", "variants")
_LONGEST_TITLE = 24
_LONGEST_NAME = 200
_BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(r"[\n。！？!?；;]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A phrase as it would come in, and what is to be said about it."""

    row: int
    phrase: Phrase
    whole: bool
    notes: tuple[Remark, ...] = ()
    enclosed: tuple[Told, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Shaper:
    """Makes phrases of one file's drafts, one after the other.

    `known` are the phrases there are, by id. `codes` and `hotkeys` name whose they are: what
    another phrase has is not taken from it. `files` is what came along.
    """

    format: str
    known: Mapping[PhraseId, Phrase]
    files: Files = NO_FILES
    codes: dict[str, PhraseId] = field(default_factory=dict)
    hotkeys: dict[str, PhraseId] = field(default_factory=dict)
    _bodies: dict[PhraseId, str] = field(default_factory=dict)

    def shape(self, draft: Draft) -> Shaped | Remark:
        """The phrase of *draft*, or why there is none."""
        shaped = self._shape(draft)
        if isinstance(shaped, Remark):
            return shaped._replace(sheet=draft.sheet)
        return replace(shaped, notes=tuple(note._replace(sheet=draft.sheet) for note in shaped.notes))

    def _shape(self, draft: Draft) -> Shaped | Remark:
        notes = list(draft.notes)
        document = self._own_document(draft, notes) if draft.whole else self._document(draft, notes)
        body = str(document.get("body", ""))
        attached = self._enclosed(draft, PhraseId(str(document["id"])), notes)
        if not (body.strip() or attached.attachments):
            named = [note for note in notes if note.fault in _OF_FILES]
            return named[0] if named else remark(draft.row, RowFault.NO_TEXT)
        if len(body) > LONGEST:
            return remark(draft.row, RowFault.TOO_LONG, LONGEST)
        try:
            phrase = _with_attachments(document, draft.row, tuple(attached.attachments))
        except Flaw as flaw:
            return Remark(draft.row, flaw.fault, flaw.detail, reason_of(flaw))
        self._bodies[phrase.id] = phrase.body
        self.codes.setdefault(phrase.code.lower(), phrase.id)
        self.hotkeys.setdefault(phrase.hotkey, phrase.id)
        return Shaped(
            row=draft.row,
            phrase=phrase,
            whole=draft.whole,
            notes=tuple(notes),
            enclosed=tuple(Told(draft.row, name, state, draft.sheet) for name, state in attached.told),
            contents=attached.contents,
        )

    def _own_document(self, draft: Draft, notes: list[Remark]) -> dict[str, object]:
        """As it is written, but for a code or hotkey that a phrase of the library has already."""
        document = _as_written(draft)
        taken = (("code", self.codes, RowFault.CODE_TAKEN), ("hotkey", self.hotkeys, RowFault.HOTKEY_TAKEN))
        for key, owners, fault in taken:
            value = str(document.get(key, ""))
            if value and document["id"] not in self.known and owners.get(value.lower()) in self.known:
                del document[key]
                notes.append(remark(draft.row, fault, value))
        return document

    def _document(self, draft: Draft, notes: list[Remark]) -> dict[str, object]:
        """What the pack will say: what the file says, and where it is silent what we had already."""
        body = _clean(draft.body).rstrip()
        title = _line(draft.title) or _title_of(body.replace("{{", "{").replace("}}", "}"))
        title = title or _line(stem(draft.attachments[0].path) if draft.attachments else "")
        code = _line(draft.code)
        group = tuple(filter(None, map(_line, draft.group)))
        phrase_id = self._identified(draft.source_id, (*group, "", code or title), body)
        before = self.known.get(phrase_id)
        document: dict[str, object] = {} if before is None else dict(document_of(before))
        if before is not None and before.body != body:
            for key in _OF_THE_TEXT:
                document.pop(key, None)
        if before is None or _line(draft.title):
            document["title"] = title
        document |= {"id": phrase_id, "body": body, **draft.more}
        if group:
            document["group"] = list(group)
        if draft.tags:
            document["tags"] = list(dict.fromkeys(filter(None, map(_line, draft.tags))))
        if code and self.codes.get(code.lower(), phrase_id) == phrase_id:
            document["code"] = code
        elif code:
            notes.append(remark(draft.row, RowFault.CODE_TAKEN, code))
        self._check_hotkey(document, draft.row, notes)
        return document

    def _enclosed(self, draft: Draft, phrase: PhraseId, notes: list[Remark]) -> Enclosed:
        """The pictures and files: what most formats say nothing of is as we had it."""
        before = self.known.get(phrase)
        had = () if before is None or before.details is None else before.details.attachments
        find = self.files.content if draft.whole else self.files.called
        wanted: list[tuple[Attachment, bytes | None]] = []
        for each in draft.attachments:
            content = find(each.path)
            if content is not None and each.kind is AttachmentKind.IMAGE and len(content) > LARGEST_PICTURE:
                notes.append(remark(draft.row, RowFault.PICTURE_TOO_LARGE, base_name(each.path)))
                continue
            wanted.append((each, content))
        made = enclosed(wanted, had, all_of_them=draft.all_attached)
        gone = (name for name, state in made.told if state is EnclosureState.MISSING)
        notes.extend(remark(draft.row, RowFault.PICTURE_LEFT, name) for name in gone)
        return made

    def _check_hotkey(self, document: dict[str, object], row: int, notes: list[Remark]) -> None:
        hotkey = str(document.get("hotkey", ""))
        if not hotkey:
            return
        try:
            combo = str(parse_global(hotkey))
        except ValueError:
            combo = ""
        if not combo or self.hotkeys.get(combo, document["id"]) != document["id"]:
            del document["hotkey"]
            notes.append(remark(row, RowFault.HOTKEY_TAKEN, hotkey))

    def _identified(self, source_id: str, place: tuple[str, ...], body: str) -> PhraseId:
        """An id made of what the program calls it, else of its groups and code or title.

        Of several texts in one place the later ones are told apart by the text itself.
        """
        name = (source_id,) if source_id else place
        phrase_id = _hashed(self.format, *name)
        if self._bodies.get(phrase_id, body) != body:
            return _hashed(self.format, *place, body)
        return phrase_id


def _with_attachments(document: dict[str, object], row: int, attached: tuple[Attachment, ...]) -> Phrase:
    """The phrase of *document* with what is *attached*, wherever that lies; raises `Flaw`."""
    if not attached:
        return phrase_of(document, row)
    if not str(document.get("body", "")).strip():
        document.pop("body", None)
    document["attachments"] = [usable_name(each.path) for each in attached]
    phrase = phrase_of(document, row)
    return replace(phrase, details=replace(phrase.details or Details(), attachments=attached))


def _hashed(*parts: str) -> PhraseId:
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return PhraseId("in." + base64.b32encode(digest[:10]).decode().lower())


def _as_written(draft: Draft) -> dict[str, object]:
    """What one of our own files says; rows that a person has added have no id, and perhaps no title."""
    document = dict(draft.more)
    given = {"title": draft.title, "code": draft.code, "group": draft.group, "tags": draft.tags}
    document |= {key: value for key, value in given.items() if value}
    document["body"] = draft.body.replace("\r\n", "\n").replace("\r", "\n")
    if not str(document.get("title", "")).strip():
        document["title"] = _title_of(_clean(draft.body))
    if not document.get("id"):
        place = (*map(str, draft.group), "", draft.code or str(document["title"]))
        document["id"] = _hashed(_OURS, *place)
    return document


def _clean(text: str) -> str:
    """*text* with plain line breaks, without characters that no chat takes."""
    return _UNWANTED.sub("", _BREAKS.sub("\n", text))


def _line(text: str) -> str:
    """*text* on one line, cut where a name ends to be one."""
    return _SPACES.sub(" ", _clean(text)).strip()[:_LONGEST_NAME].strip()


def _title_of(body: str) -> str:
    """The beginning of *body*, for what has no name: a sentence, or as much as a row shows."""
    start = _SENTENCE.split(body.strip(), 1)[0].strip() or body.strip()
    line = _line(start)
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"
