"""A client's list of conversations as accessibility has it: where it is, and what its entries say."""

from collections.abc import Sequence

from sidebar.domain.chat_clients import ItemKind, ReadingRule
from sidebar.domain.chat_reading import ListEntry
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible, Role, State
from sidebar.platforms.x11.message_bus import MessageBus, Steps

ROLES = {ItemKind.PAGE_TAB: Role.PAGE_TAB, ItemKind.LIST_ITEM: Role.LIST_ITEM, ItemKind.LINK: Role.LINK}

_HOLDERS = (Role.LIST, Role.LIST_BOX, Role.LANDMARK, Role.PAGE_TAB_LIST, Role.PANEL)
_OPEN = frozenset({State.ACTIVE, State.SELECTED})  # a page says one of them by aria-current, aria-selected


def find_list(bus: MessageBus, frame: Accessible, rule: ReadingRule) -> Steps[Accessible | None]:
    """What holds the entries: *frame*, or the first thing in it whose name the rule wants."""
    if rule.within is None:
        return frame
    (matched,) = yield bus, [at_spi.matches(frame, _HOLDERS, ())]
    holders = at_spi.as_objects(matched)
    names = yield bus, [at_spi.name_of(holder) for holder in holders]
    for holder, name in zip(holders, names, strict=True):
        if rule.within.search(at_spi.as_text(name) or ""):
            return holder
    return None


def read_entries(
    bus: MessageBus, items: Sequence[Accessible], rule: ReadingRule
) -> Steps[tuple[ListEntry, ...] | None]:
    """What *items* say of themselves; None where one of them went away meanwhile."""
    asked = (at_spi.name_of, at_spi.states_of, *((at_spi.style_of,) if rule.bold else ()))
    replies = yield bus, [ask(item) for item in items for ask in asked]
    entries = []
    for first in range(0, len(replies), len(asked)):
        named, states, *style = replies[first : first + len(asked)]
        name = at_spi.as_text(named)
        if name is None:
            return None
        is_open = bool(at_spi.as_states(states) & _OPEN)
        entries.append(ListEntry(name=name, bold=any(map(at_spi.as_bold, style)), open=is_open))
    return tuple(entries)
