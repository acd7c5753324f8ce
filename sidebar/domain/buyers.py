"""What the agent has said of buyers: what to call them, what to know of them, who is the same one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sidebar.domain.conversations import Conversation
from sidebar.domain.events import (
    ConversationEvent,
    ConversationMerged,
    ConversationRenamed,
    Event,
    NoteTaken,
)
from sidebar.domain.identifiers import ConversationId


class Buyers:
    """A fold over events: names and notes given by hand, merged conversations.

    A note belongs to the buyer and so comes back with their next conversation; where the client
    names nobody it belongs to the conversation.
    """

    def __init__(self) -> None:
        self._names: dict[ConversationId, str] = {}
        self._notes: dict[tuple[str, str], str] = {}
        self._merged: dict[ConversationId, ConversationId] = {}

    def follow(self, event: Event) -> None:
        """Take in one event; those of conversations change nothing."""
        match event:
            case ConversationRenamed():
                self._names[event.conversation] = event.name
            case ConversationMerged():
                self._merge(self.same(event.conversation), self.same(event.into))
            case NoteTaken():
                self._notes[_whose(event.client, event.customer, event.conversation)] = event.text
            case _:
                pass

    def _merge(self, one: ConversationId, into: ConversationId) -> None:
        """What was said of *one* is said of *into*, unless something else was."""
        if one == into:
            return
        self._merged[one] = into
        if self._names.get(one) and not self._names.get(into):
            self._names[into] = self._names[one]
        if note := self._notes.get(_of(one)):
            self._notes.setdefault(_of(into), note)

    def state(self) -> dict[str, Any]:
        """What the events have led to, as plain data."""
        return {
            "names": self._names.copy(),
            "notes": [[*whose, text] for whose, text in self._notes.items()],
            "merged": self._merged.copy(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from *state*."""
        self._names = dict(state["names"])
        self._notes = {(client, whose): text for client, whose, text in state["notes"]}
        self._merged = dict(state["merged"])

    def merged(self) -> set[ConversationId]:
        """Those that have been merged into another, and those that another has been merged into."""
        return {*self._merged, *self._merged.values()}

    def same(self, conversation: ConversationId) -> ConversationId:
        """The conversation that *conversation* has been merged into; itself where it was not."""
        while conversation in self._merged:
            conversation = self._merged[conversation]
        return conversation

    def alone(self, conversation: ConversationId) -> bool:
        """Whether it has neither been merged into another nor another into it."""
        return not self._merged or conversation not in self.merged()

    def addressed(self, event: ConversationEvent) -> ConversationEvent:
        """*event* as one of the conversation that its own was merged into."""
        if not self._merged:
            return event
        into = self.same(event.conversation)
        return event if into == event.conversation else replace(event, conversation=into, customer="")

    def name(self, conversation: Conversation) -> str:
        """What the agent calls the buyer, else what the client does; '' where neither says."""
        return self._names.get(conversation.id) or conversation.customer

    def note(self, conversation: Conversation) -> str:
        """What the agent wrote down about the buyer; '' where that is nothing."""
        whose = _whose(conversation.client, conversation.customer, conversation.id)
        own = self._notes.get(whose)
        return self._notes.get(_of(conversation.id), "") if own is None else own


def _whose(client: str, customer: str, conversation: ConversationId) -> tuple[str, str]:
    return (client, f"={customer}") if customer else _of(conversation)


def _of(conversation: ConversationId) -> tuple[str, str]:
    """Who is known by the conversation alone."""
    return "", conversation
