"""Phrases asked for by typing their code into the chat client: `;wlhs` and a space."""

from collections.abc import Callable, Iterable
from functools import partial

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.insertion import Typed
from sidebar.domain.phrases import Phrase
from sidebar.ports import HookedKeys
from sidebar.services.following import ChatFollower

SIGN = ";"
"""What a code begins with, so that no word of a sentence is taken for one."""


class TypedTriggers:
    """Listens for the codes of phrases; *insert* hears of which, and what was typed for it.

    A code typed into any other window than the chat client's is none of our business.
    """

    def __init__(
        self, *, keys: HookedKeys, follower: ChatFollower, insert: Callable[[PhraseId, Typed], None]
    ) -> None:
        self._keys = keys
        self._follower = follower
        self._insert = insert

    def listen(self, phrases: Iterable[Phrase]) -> None:
        """Listen for the codes of *phrases* from now on."""
        for phrase in phrases:
            if phrase.code:
                self._keys.when_typed(SIGN + phrase.code, partial(self._typed, phrase.id))

    def _typed(self, phrase: PhraseId, typed: Typed) -> None:
        chat = self._follower.chat
        if chat is not None and chat.window.handle == typed.window:
            self._insert(phrase, typed)
