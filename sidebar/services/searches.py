"""What was searched for beside each buyer, until the conversation is closed."""

from sidebar.domain.events import ConversationClosed, Event
from sidebar.domain.identifiers import ConversationId


class Searches:
    """The last query of each conversation; None stands for nobody being known."""

    def __init__(self) -> None:
        self._queries: dict[ConversationId | None, str] = {}

    def keep(self, conversation: ConversationId | None, query: str) -> None:
        if query:
            self._queries[conversation] = query
        else:
            self._queries.pop(conversation, None)

    def query(self, conversation: ConversationId | None) -> str:
        return self._queries.get(conversation, "")

    def follow(self, event: Event) -> None:
        """A conversation that is closed needs nothing any more."""
        if isinstance(event, ConversationClosed):
            self._queries.pop(event.conversation, None)
