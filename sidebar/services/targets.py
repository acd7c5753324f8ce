"""Where a phrase goes: the window of the chat that is open, by the phrase's own way where it has one."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.insertion import Target
from sidebar.domain.phrases import Phrase

if TYPE_CHECKING:  # most phrases are a text and no more
    from sidebar.domain.phrase_details import ClientWay

_ANY_CLIENT = "any"
"""As in `phrase_details`, by its value."""


def way_of(phrase: Phrase, chat: ChatWindow | None) -> "ClientWay | None":
    """How *phrase* goes into the client of *chat*, where that differs: its own way before any client's."""
    ways = phrase.details.ways if phrase.details is not None else ()
    if not ways or chat is None:
        return None
    by_client = {str(way.client): way for way in ways}
    return by_client.get(chat.profile.name) or by_client.get(_ANY_CLIENT)


def target_in(chat: ChatWindow, way: "ClientWay | None") -> Target:
    """The window of *chat* and its buyer, with the line breaks of the phrase's own *way*."""
    profile = chat.profile.paste
    if way is not None and way.newlines is not None:
        profile = replace(profile, newlines=way.newlines)
    return Target(
        window=chat.window,
        conversation=chat.conversation,
        customer=chat.customer,
        profile=profile,
    )
