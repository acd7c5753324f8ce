"""Which buyers have messages that nobody has read, from what a client's list of conversations says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sidebar.domain.chat_clients import ReadingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One entry of a client's list of conversations, as accessibility tells it."""

    name: str
    bold: bool = False


def unread(entries: Iterable[ListEntry], rule: ReadingRule) -> Mapping[str, int]:
    """How much is unread by buyer, in the list's order; 1 where only that something is can be told.

    Two entries of one name are one buyer to us, for nothing else tells them apart.
    """
    told: dict[str, int] = {}
    for entry in entries:
        found = rule.buyer.search(entry.name)
        buyer = (found["buyer"] or "").strip() if found is not None else ""
        if found is not None and buyer:
            told[buyer] = told.get(buyer, 0) + _count(entry, found.groupdict().get("unread"), rule)
    return told


def _count(entry: ListEntry, number: str | None, rule: ReadingRule) -> int:
    if number is not None and number.isdecimal():
        return int(number)
    return int(rule.bold and entry.bold)
