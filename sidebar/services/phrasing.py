"""Inserting a phrase for the buyer who is open: filled in, sent on its way, recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.events import Event, FollowupAdded, InsertionRefused, PhraseInserted
from sidebar.domain.identifiers import ConversationId, FollowupId, InsertionId, PhraseId
from sidebar.domain.insertion import Insertion, Outcome, Result, Target
from sidebar.domain.phrases import Phrase
from sidebar.domain.placeholders import Filled, Values
from sidebar.ports import Clipboard
from sidebar.services.board import Board
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Inserter
from sidebar.services.journal import Journal
from sidebar.services.library import Library
from sidebar.services.proofreading import Proofreader
from sidebar.services.stamping import Stamp, Subject
from sidebar.services.views import InsertionNotice, PhraseRow

if TYPE_CHECKING:  # few texts have any
    from sidebar.domain.wording_rules import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who sits here: the values of `{agent}` and `{number}`, and whose shift it is."""

    name: str = ""
    number: str = ""
    language: str = "zh"


class Phrasing:
    """From a choice in the list to the text in the box and the line in the history.

    While `paused` nothing is inserted, the text is left on the clipboard.

    `tell` hears how each insertion ended: None where it succeeded, else what to show. A phrase
    with a promise makes its follow-up in the same transaction, due at the time the text names.
    """

    def __init__(
        self,
        *,
        stamp: Stamp,
        journal: Journal,
        board: Board,
        library: Library,
        follower: ChatFollower,
        inserter: Inserter,
        clipboard: Clipboard,
        proofreader: Proofreader,
        agent: Agent,
        tell: Callable[[InsertionNotice | None], None],
    ) -> None:
        self._stamp = stamp
        self._journal = journal
        self._board = board
        self._library = library
        self._follower = follower
        self._inserter = inserter
        self._clipboard = clipboard
        self._proofreader = proofreader
        self._agent = agent
        self._tell = tell
        self.paused = False

    def rows(self, query: str) -> tuple[PhraseRow, ...]:
        """The phrases for the current buyer, those of the stage that comes next before the others."""
        current = self._board.current
        chat = self._follower.chat
        return self._library.rows(
            query,
            values=self._values(),
            stage=current.stage if current is not None else None,
            category=current.category if current is not None else None,
            can_send=chat is not None and chat.profile.paste.send_allowed,
        )

    def insert(self, phrase: PhraseId, *, send: bool = False, typed: int = 0) -> None:
        """Insert *phrase* for the buyer who is open this moment; *send* only where that is switched on.

        *typed* characters before the caret asked for it, and go.
        """
        found = self._library.fill(phrase, self._values())
        if found is None:
            return
        known, filled = found
        chat = self._follower.chat
        if filled.unfilled:
            self._refuse(known, Outcome.UNFILLED, names=filled.unfilled)
            return
        verdict = self._proofreader.judge(known, filled.text, chat, self._stamp.local_now())
        if verdict.stopped:
            self._refuse(known, Outcome.WORDING, remarks=verdict.remarks)
        elif self.paused or chat is None:
            reason = Outcome.PAUSED if self.paused else Outcome.NO_TARGET
            self._refuse(known, reason, on_clipboard=self._clipboard.keep(filled.text))
        else:
            insertion = self._insertion(known, filled, chat, send=send, typed=typed)
            self._inserter.insert(
                insertion, lambda result: self._ended(result, known, filled, chat, verdict.remarks)
            )

    def _insertion(
        self, phrase: Phrase, filled: Filled, chat: ChatWindow, *, send: bool, typed: int
    ) -> Insertion:
        target = Target(
            window=chat.window,
            conversation=chat.conversation,
            customer=chat.customer,
            profile=chat.profile.paste,
        )
        return Insertion(
            id=InsertionId(self._stamp.new_id()),
            phrase=phrase.id,
            text=filled.text,
            target=target,
            send=send,
            typed=typed,
        )

    def _ended(
        self,
        result: Result,
        phrase: Phrase,
        filled: Filled,
        chat: ChatWindow,
        remarks: "tuple[Remark, ...]",
    ) -> None:
        subject = _subject(result, chat)
        if result.outcome.succeeded:
            self._journal.publish(*self._success(result, phrase, filled, subject))
        else:
            refused = self._stamp.about(
                InsertionRefused,
                subject,
                insertion=result.insertion.id,
                phrase=phrase.id,
                reason=str(result.outcome),
            )
            self._journal.publish(refused)
        notice = InsertionNotice(
            outcome=result.outcome,
            title=phrase.title,
            clipboard_lost=result.clipboard_lost,
            lines=result.lines,
            remarks=remarks,
        )
        well = result.outcome.succeeded and not (result.clipboard_lost or remarks)
        self._tell(None if well else notice)

    def _success(self, result: Result, phrase: Phrase, filled: Filled, subject: Subject) -> tuple[Event, ...]:
        inserted = self._stamp.about(
            PhraseInserted,
            subject,
            insertion=result.insertion.id,
            phrase=phrase.id,
            path=result.path,
            characters=len(result.insertion.text),
            sent=result.outcome is Outcome.SENT,
            stage=phrase.stage or "",
        )
        promised = (self._followup(each.about, each.due, subject, promise=True) for each in filled.promised)
        rule = phrase.details.follow_up if phrase.details is not None else None
        if rule is None:
            return (inserted, *promised)
        due = self._stamp.local_now() + rule.due_in
        return (inserted, *promised, self._followup(rule.about, due, subject))

    def _followup(self, about: str, due: datetime, subject: Subject, *, promise: bool = False) -> Event:
        return self._stamp.make(
            FollowupAdded,
            followup=FollowupId(self._stamp.new_id()),
            about=about,
            due=due,
            customer=subject.customer,
            conversation=subject.conversation or None,
            promise=promise,
        )

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

    def _values(self) -> Values:
        chat = self._follower.chat
        return Values(
            buyer=chat.customer if chat is not None else "",
            agent=self._agent.name,
            number=self._agent.number,
            now=self._stamp.local_now(),
            language=self._agent.language,
        )


def _subject(result: Result, chat: ChatWindow) -> Subject:
    """Whom the insertion was for when the agent asked, whoever is open by now."""
    target = result.insertion.target
    return Subject(
        conversation=target.conversation or ConversationId(""),
        client=chat.profile.name,
        customer=target.customer,
    )
