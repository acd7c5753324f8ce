"""Inserting a phrase for the buyer who is open: filled in, sent on its way, recorded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.identifiers import ConversationId, InsertionId, PhraseId
from sidebar.domain.insertion import Insertion, Outcome, Result, Target, Typed
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase
from sidebar.domain.placeholders import Filled, Values, Wording
from sidebar.ports import Clipboard, Enclosures, FieldMemory
from sidebar.services.board import Board
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Done, Inserter
from sidebar.services.insertion_record import InsertionRecord
from sidebar.services.library import Library
from sidebar.services.proofreading import Proofreader, Verdict
from sidebar.services.stamping import Stamp
from sidebar.services.targets import target_in, way_of
from sidebar.services.views import InsertionNotice, PhraseRow
from sidebar.services.wordings import Wordings

if TYPE_CHECKING:  # most phrases are a text and no more
    from sidebar.domain.enclosures import Enclosure
    from sidebar.domain.phrase_details import Field
    from sidebar.domain.wording_rules import Remark
    from sidebar.services.filling_in import FillingIn

_COPY, _SEND = "copy", "send"
"""As in `phrase_details`, by their values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who sits here: the values of `{agent}` and `{number}`, and whose shift it is."""

    name: str = ""
    number: str = ""
    language: str = "zh"


class Phrasing:
    """From a choice in the list to the text in the box and the line in the history.

    While `paused` nothing is inserted, the text is left on the clipboard.

    `tell` hears how each insertion ended: None where it succeeded, else what to show. `ask` is given
    the fields of a phrase that has some, to show them to the agent; the buyer who was open then is
    the one the phrase is for.
    """

    def __init__(
        self,
        *,
        stamp: Stamp,
        record: InsertionRecord,
        board: Board,
        library: Library,
        follower: ChatFollower,
        inserter: Inserter,
        clipboard: Clipboard,
        proofreader: Proofreader,
        wordings: Wordings,
        memory: FieldMemory,
        enclosures: Callable[[], Enclosures],
        agent: Agent,
        tell: Callable[[InsertionNotice | None], None],
        ask: "Callable[[FillingIn], None]",
    ) -> None:
        self._stamp = stamp
        self._record = record
        self._board = board
        self._library = library
        self._follower = follower
        self._inserter = inserter
        self._clipboard = clipboard
        self._proofreader = proofreader
        self._wordings = wordings
        self._memory = memory
        self._enclosures = enclosures
        self._agent = agent
        self._tell = tell
        self._ask = ask
        self.paused = False
        self._held_back: tuple[PhraseId, str] | None = None
        """The phrase that was stopped as another buyer was open, and who that was."""

    def rows(self, query: str) -> tuple[PhraseRow, ...]:
        """The phrases for the current buyer, those of the stage that comes next before the others."""
        current = self._board.current
        chat = self._follower.chat
        return self._library.rows(
            query,
            values=self._values(chat),
            stage=current.stage if current is not None else None,
            category=current.category if current is not None else None,
            client=chat.profile.name if chat is not None else None,
            wording=self._wording_for(chat),
            can_send=chat is not None and chat.profile.paste.send_allowed,
        )

    def preview(self, phrase: Phrase) -> Filled:
        """*phrase* as the buyer who is open this moment would get it, fields still empty."""
        return self._library.fill(phrase, self._values(self._follower.chat))

    def read_ahead(self, phrases: Iterable[PhraseId]) -> None:
        """Proofread *phrases* as the buyer who is open would get them; inserting one finds it read."""
        if not self._proofreader.ready:
            return
        chat, now = self._follower.chat, self._stamp.local_now()
        for known in filter(None, map(self._library.get, phrases)):
            filled = self._filled(known, chat)
            if not (filled.fields or filled.unfilled or filled.loop):
                self._proofreader.read(known, filled.text, chat, now)

    def insert(self, phrase: PhraseId, *, send: bool = False, code: Typed | None = None) -> None:
        """Insert *phrase* for the buyer who is open this moment; *send* only where that is switched on.

        A *code* typed to ask for it goes before it comes.
        """
        known = self._library.get(phrase)
        if known is None:
            return
        chat = self._follower.chat
        filled = self._filled(known, chat)
        bring = partial(self._bring, known, chat, send=send, code=code)
        if filled.fields and not filled.unfilled and not filled.loop:
            self._ask(self._filling_in(known, filled.fields, chat, bring))
        else:
            bring(filled)

    def insert_here(self) -> None:
        """Insert what was stopped for the buyer who was open instead; for yet another one, ask again."""
        held_back, self._held_back = self._held_back, None
        self._follower.look_again()
        chat = self._follower.chat
        if held_back is None or chat is None:
            return
        phrase, customer = held_back
        known = self._library.get(phrase)
        if chat.customer == customer:
            self.insert(phrase)
        elif known is not None:
            instead = self._hold_back(known)
            self._tell(InsertionNotice(outcome=Outcome.WRONG_CUSTOMER, title=known.title, instead=instead))

    def _hold_back(self, phrase: Phrase) -> str:
        """Keep *phrase* for who is open now, should the agent say so; '' where nobody is named."""
        self._follower.look_again()  # the insertion has seen it before we were told
        chat = self._follower.chat
        customer = chat.customer if chat is not None else ""
        self._held_back = (phrase.id, customer) if customer else None
        return customer

    def _filled(
        self, phrase: Phrase, chat: ChatWindow | None, typed: Mapping[str, str] | None = None
    ) -> Filled:
        wording = self._wording_for(chat)
        return self._library.fill(phrase, self._values(chat), wording=wording, typed=typed)

    def _wording_for(self, chat: ChatWindow | None) -> Wording:
        conversation = chat.conversation if chat is not None else None
        return partial(self._wordings.next, conversation=conversation or ConversationId(""))

    def _filling_in(
        self,
        phrase: Phrase,
        fields: "tuple[Field, ...]",
        chat: ChatWindow | None,
        bring: Callable[[Filled, Verdict | None], None],
    ) -> "FillingIn":
        """The fields of *phrase* for the buyer in *chat*, whoever is open when they are filled in."""
        from sidebar.services.filling_in import FillingIn  # few phrases have any

        return FillingIn(
            phrase=phrase.id,
            title=phrase.title,
            fields=fields,
            values=lambda: self._library.spoken(phrase, self._values(chat)),
            fill=lambda typed: self._filled(phrase, chat, typed),
            judge=lambda filled: self._judge(phrase, chat, filled),
            insert=bring,
            memory=self._memory,
        )

    def _judge(self, phrase: Phrase, chat: ChatWindow | None, filled: Filled) -> Verdict:
        return self._proofreader.judge(phrase, filled.text, chat, self._stamp.local_now())

    def _bring(
        self,
        phrase: Phrase,
        chat: ChatWindow | None,
        filled: Filled,
        judged: Verdict | None = None,
        *,
        send: bool,
        code: Typed | None,
    ) -> None:
        """Insert what has been filled in, or say why not; the form has had it judged already."""
        if filled.loop:
            self._refuse(phrase, Outcome.NESTED_IN_ITSELF, names=filled.loop)
            return
        if filled.unfilled:
            self._refuse(phrase, Outcome.UNFILLED, names=filled.unfilled)
            return
        way = way_of(phrase, chat)
        verdict = judged or self._judge(phrase, chat, filled)
        if verdict.stopped:
            self._refuse(phrase, Outcome.WORDING, remarks=verdict.remarks)
        elif self.paused or chat is None:
            reason = Outcome.PAUSED if self.paused else Outcome.NO_TARGET
            kept = bool(filled.text) and self._clipboard.keep(filled.text)
            self._refuse(phrase, reason, on_clipboard=kept)
        elif way is not None and way.delivery == _COPY:
            kept = self._clipboard.keep(filled.text)
            self._refuse(phrase, Outcome.COPIED if kept else Outcome.CLIPBOARD_REFUSED, on_clipboard=kept)
        else:
            send = send or (way is not None and way.delivery == _SEND)
            target = target_in(chat, way)
            insertion = self._insertion(phrase, filled, target, send=send, code=code)
            self._enclosing(
                phrase,
                insertion,
                lambda result: self._ended(result, phrase, filled, chat, verdict.remarks),
            )

    def _enclosing(self, phrase: Phrase, insertion: Insertion, done: Done) -> None:
        """Insert with the pictures and files that *phrase* has, which are read first; most have none."""
        attachments = phrase.details.attachments if phrase.details is not None else ()
        if not attachments:
            self._inserter.insert(insertion, done)
            return

        def insert(enclosed: "tuple[Enclosure, ...]") -> None:
            self._inserter.insert(replace(insertion, enclosed=enclosed), done)

        def refuse(names: tuple[str, ...]) -> None:
            self._refuse(phrase, Outcome.NO_FILE, names=names)

        self._enclosures().load(attachments, done=insert, missing=refuse)

    def _insertion(
        self, phrase: Phrase, filled: Filled, target: Target, *, send: bool, code: Typed | None
    ) -> Insertion:
        return Insertion(
            id=InsertionId(self._stamp.new_id()),
            phrase=phrase.id,
            text=filled.text,
            target=target,
            send=send,
            typed=code,
            back=_back(filled),
        )

    def _ended(
        self,
        result: Result,
        phrase: Phrase,
        filled: Filled,
        chat: ChatWindow,
        remarks: "tuple[Remark, ...]",
    ) -> None:
        self._record.keep(result, phrase, filled, chat)
        stopped = result.outcome is Outcome.WRONG_CUSTOMER and not result.lines
        self._held_back = None
        notice = InsertionNotice(
            outcome=result.outcome,
            title=phrase.title,
            instead=self._hold_back(phrase) if stopped else "",
            clipboard_lost=result.clipboard_lost,
            lines=result.lines,
            remarks=remarks,
            left=result.left,
        )
        well = result.outcome.succeeded and not (result.clipboard_lost or remarks or result.left)
        self._tell(None if well else notice)

    def _refuse(
        self,
        phrase: Phrase,
        outcome: Outcome,
        *,
        names: tuple[str, ...] = (),
        remarks: "tuple[Remark, ...]" = (),
        on_clipboard: bool = False,
    ) -> None:
        notice = InsertionNotice(
            outcome=outcome, title=phrase.title, names=names, remarks=remarks, on_clipboard=on_clipboard
        )
        self._tell(notice)

    def _values(self, chat: ChatWindow | None) -> Values:
        return Values(
            buyer=chat.customer if chat is not None else "",
            agent=self._agent.name,
            number=self._agent.number,
            now=self._stamp.local_now(),
            language=self._agent.language,
        )


def _back(filled: Filled) -> int:
    """How far the caret is to go back from the text's end."""
    if filled.cursor is None:
        return 0
    from sidebar.domain.carets import steps_back

    return steps_back(filled.text, filled.cursor)
