"""Who is open and whose messages nobody has read, from what a client's list of conversations says."""

from collections.abc import Iterable, Mapping

from sidebar.domain.chat_clients import ReadingRule
from sidebar.domain.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One entry of a client's list of conversations, as accessibility tells it."""

    name: str
    bold: bool = False
    open: bool = False
    """Whether it is marked as the one whose conversation is shown; not every client marks it."""


def unread(entries: Iterable[ListEntry], rule: ReadingRule) -> Mapping[str, int]:
    """How much is unread by buyer, in the list's order; 1 where only that something is can be told.

    Two entries of one name are one buyer to us, for nothing else tells them apart; some clients list
    a buyer twice, under what is new and in a group, with the same number.
    """
    told: dict[str, int] = {}
    for entry in entries:
        buyer, number = _parts(entry, rule)
        if buyer:
            told[buyer] = max(told.get(buyer, 0), number or int(rule.bold and entry.bold))
    return told


def buyer_of(entry: ListEntry, rule: ReadingRule) -> str:
    """The buyer that *entry* names; '' for none."""
    return _parts(entry, rule)[0]


def open_buyer(entries: Iterable[ListEntry], rule: ReadingRule) -> str:
    """Whose conversation is shown; '' where no entry, or more than one, is marked so."""
    marked = {buyer for entry in entries if entry.open and (buyer := buyer_of(entry, rule))}
    return marked.pop() if len(marked) == 1 else ""


def _parts(entry: ListEntry, rule: ReadingRule) -> tuple[str, int]:
    """The buyer that *entry* names, '' for none, and the number it has in its name."""
    found = rule.buyer.search(entry.name)
    if found is None:
        return "", 0
    number = found.groupdict().get("unread") or ""
    return (found["buyer"] or "").strip(), int(number) if number.isdecimal() else 0
