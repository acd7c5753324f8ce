"""Lengths of time as people write them: `2h`, `30min`, `1h30m`, `2小时`, `90分钟`, `半小时`."""

import re
from datetime import timedelta

LONGEST = timedelta(days=366)
"""Nobody promises a buyer anything further away; a longer duration is a slip of the finger."""

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_UNIT = re.compile(
    r"(?P<w>weeks?|w|周|个?星期)|(?P<d>days?|d|天|日)|(?P<h>hours?|hrs?|h|个?小时|个?钟头)"
    r"|(?P<m>minutes?|mins?|m|分钟?)|(?P<s>seconds?|secs?|s|秒钟?)"
)
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?|半")


def parse_duration(text: str) -> timedelta:
    """Read one duration, its units falling from left to right; raises ValueError for anything else.

    Zero and durations beyond `LONGEST` are refused too: no deadline is meant by either.
    """
    rest = re.sub(r"\s+", "", text).lower()
    total, last = timedelta(0), LONGEST + timedelta(days=1)
    while rest:
        amount, unit, rest = _part(rest, text)
        if unit >= last:
            raise ValueError(f"units out of order in {text!r}")
        total, last = total + amount * unit, unit
    if not timedelta(0) < total <= LONGEST:
        raise ValueError(f"no length of time between a second and a year: {text!r}")
    return total


def duration_text(span: timedelta) -> str:
    """*span* as `parse_duration` reads it, to the millisecond: `1d2h`, `90s` as `1min30s`."""
    left = round(span / timedelta(milliseconds=1))
    parts: list[str] = []
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("min", 60_000)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{unit}")
    if left or not parts:
        parts.append(f"{left / 1000:.3f}".rstrip("0").rstrip(".") + "s")
    return "".join(parts)


def _part(rest: str, text: str) -> tuple[float, timedelta, str]:
    number = _NUMBER.match(rest)
    unit = _UNIT.match(rest, number.end()) if number else None
    if number is None or unit is None or unit.lastgroup is None:
        raise ValueError(f"not a length of time: {text!r}")
    amount = 0.5 if number.group() == "半" else float(number.group())
    return amount, _UNITS[unit.lastgroup], rest[unit.end() :]
