"""The table `log` of a client profile: by which mark it is told who wrote a message."""

from collections.abc import Callable
from datetime import timedelta
from re import Pattern
from typing import TYPE_CHECKING

from sidebar.domain.chat_logs import LogRule, Mark, MessageKind, Speaker
from sidebar.storage.toml_tables import Table

if TYPE_CHECKING:  # no start writes a profile
    from sidebar.storage.toml_text import Literal

KEYS = ("by", "buyer", "agent", "bot", "auto", "items", "within", "settle_ms")

_ORDER = (Speaker.AUTO, Speaker.BOT, Speaker.AGENT, Speaker.BUYER)
_NEEDED = (Speaker.AGENT, Speaker.BUYER)


def log_rule(
    table: Table,
    pattern: Callable[[str], Pattern[str] | None],
    milliseconds: Callable[[str, timedelta], timedelta],
) -> LogRule:
    """The rule of *table*, whose keys *pattern* and *milliseconds* read; raises `WrongValue`."""
    by, items = table.text("by"), table.text("items")
    if by not in set(Mark):
        raise table.wrong("by", f"must be one of {', '.join(Mark)}")
    apart = by != Mark.COLOUR
    if apart and items not in set(MessageKind):
        raise table.wrong("items", f"must be one of {', '.join(MessageKind)}")
    if not apart and items:
        raise table.wrong("items", "means nothing where all messages are one text")
    patterns = ((speaker, pattern(speaker)) for speaker in _ORDER)
    speakers = tuple((speaker, found) for speaker, found in patterns if found is not None)
    for needed in _NEEDED:
        if needed not in dict(speakers):
            raise table.wrong(needed, "is missing")
    return LogRule(
        by=Mark(by),
        speakers=speakers,
        items=MessageKind(items) if apart else None,
        within=pattern("within"),
        settle=milliseconds("settle_ms", timedelta(seconds=1)),
    )


def log_values(rule: LogRule) -> "dict[str, Literal]":
    """What `log_rule` reads as *rule*."""
    values: dict[str, Literal] = {"by": str(rule.by)}
    if rule.items is not None:
        values["items"] = str(rule.items)
    if rule.within is not None:
        values["within"] = rule.within.pattern
    for speaker, pattern in rule.speakers:
        values[str(speaker)] = pattern.pattern
    values["settle_ms"] = round(rule.settle / timedelta(milliseconds=1))
    return values
