"""What the history keeps of an insertion: that it succeeded and what is owed for it, or why it did not."""

from datetime import datetime

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.events import Event, FollowupAdded, InsertionRefused, PhraseInserted
from sidebar.domain.identifiers import ConversationId, FollowupId
from sidebar.domain.insertion import Outcome, Result
from sidebar.domain.phrases import Phrase
from sidebar.domain.placeholders import Filled
from sidebar.services.journal import Journal
from sidebar.services.stamping import Stamp, Subject
from sidebar.services.wordings import Wordings


class InsertionRecord:
    """Writes each insertion down in one transaction, with the follow-ups it makes.

    A phrase with a promise makes its follow-up due at the time the text names, a rule of the phrase's
    own at the time it says.
    """

    def __init__(self, *, stamp: Stamp, journal: Journal, wordings: Wordings) -> None:
        self._stamp = stamp
        self._journal = journal
        self._wordings = wordings

    def keep(self, result: Result, phrase: Phrase, filled: Filled, chat: ChatWindow) -> None:
        """Publish how inserting *phrase*, *filled* in for the buyer in *chat*, has ended."""
        subject = _subject(result, chat)
        if result.outcome.succeeded:
            self._journal.publish(*self._success(result, phrase, filled, subject))
            return
        refused = self._stamp.about(
            InsertionRefused,
            subject,
            insertion=result.insertion.id,
            phrase=phrase.id,
            reason=str(result.outcome),
        )
        self._journal.publish(refused)

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
            extra=self._wordings.note(filled.wordings),
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


def _subject(result: Result, chat: ChatWindow) -> Subject:
    """Whom the insertion was for when the agent asked, whoever is open by now."""
    target = result.insertion.target
    return Subject(
        conversation=target.conversation or ConversationId(""),
        client=chat.profile.name,
        customer=target.customer,
    )
