"""How long a wait is: by the wall clock, but for closed hours and for what is not to count."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # most shops have none
    from sidebar.domain.business_hours import Hours

Stretch = tuple[datetime, datetime]
"""From a moment to a later one."""
FAR = datetime.max.replace(tzinfo=UTC)


def counted_time(
    since: datetime, until: datetime, *, without: Sequence[Stretch] = (), hours: "Hours | None" = None
) -> timedelta:
    """How much of [*since*, *until*) counts: what lies in *hours*, but for the stretches of *without*.

    These come in order, and no two of them overlap.
    """
    if hours is None and not without:
        return max(until - since, timedelta(0))
    total = timedelta(0)
    for begun, ended in _counting(since, without, hours):
        if begun >= until:
            break
        total += min(ended, until) - begun
    return total


def reached_at(
    since: datetime, length: timedelta, *, without: Sequence[Stretch] = (), hours: "Hours | None" = None
) -> datetime:
    """When a wait from *since* on has lasted for *length*."""
    if hours is None and not without:
        return since + length
    for begun, ended in _counting(since, without, hours):
        if ended - begun >= length:
            return begun + length
        length -= ended - begun
    return FAR


def _counting(since: datetime, without: Sequence[Stretch], hours: "Hours | None") -> Iterator[Stretch]:
    """What counts from *since* on, in order."""
    for begun, ended in ((since, FAR),) if hours is None else hours.stretches(since):
        for left_since, left_until in without:
            if left_until <= begun or ended <= left_since:
                continue
            if begun < left_since:
                yield begun, left_since
            begun = min(left_until, ended)
        if begun < ended:
            yield begun, ended
