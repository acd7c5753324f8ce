"""When a wait is too long by the shop's own settings: in general, and for kinds of conversation."""

from collections.abc import Mapping

from sidebar.domain.conversations import Thresholds
from sidebar.domain.phrases import Category
from sidebar.domain.settings import ClockSettings


def general_limits(clock: ClockSettings) -> Thresholds:
    return Thresholds(warn=clock.warn, breach=clock.breach)


def limits_by_category(clock: ClockSettings) -> Mapping[Category, Thresholds]:
    """The limits of those categories that have any of their own."""
    both = {name: limits.beside(clock.warn, clock.breach) for name, limits in clock.categories.items()}
    return {Category(name): Thresholds(warn=warn, breach=breach) for name, (warn, breach) in both.items()}
