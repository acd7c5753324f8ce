"""The shop's hours as settings.toml says them: openings by weekday, holidays, a time zone."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sidebar.domain.business_hours import Hours, Opening, parse_opening
from sidebar.domain.lean import dataclass
from sidebar.domain.options import Plain, SettingsFault

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_USUAL = "every_day"
_DAY = timedelta(days=1)
_Fault = tuple[str, object, SettingsFault]
"""Which key is wrong, what it says, and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopHours:
    """`zone` is '' where it is this machine's; `days` are the keys that are set, with their openings."""

    zone: str = ""
    days: Mapping[str, tuple[Opening, ...]]
    holidays: frozenset[date] = frozenset()

    def hours(self, local: tzinfo) -> Hours:
        """The hours in which waits run; *local* is this machine's zone."""
        usual = self.days.get(_USUAL, ())
        return Hours(
            zone=ZoneInfo(self.zone) if self.zone else local,
            week=tuple(self.days.get(day, usual) for day in _DAYS),
            holidays=self.holidays,
            pauses=True,
        )

    def plain(self) -> dict[str, Plain]:
        """As a file says it."""
        said: dict[str, Plain] = {"zone": self.zone} if self.zone else {}
        said |= {day: [_told(opening) for opening in openings] for day, openings in self.days.items()}
        if self.holidays:
            said["holidays"] = [day.isoformat() for day in sorted(self.holidays)]
        return said


def read_hours(raw: object) -> tuple[ShopHours | None, tuple[_Fault, ...]]:
    """What *raw*, a table of TOML, says, and what had to be passed over; None where no day has hours."""
    if not isinstance(raw, Mapping):
        return None, (("", raw, SettingsFault.WRONG_TYPE),)
    faults: list[_Fault] = []
    zone, days, holidays = "", dict[str, tuple[Opening, ...]](), frozenset[date]()
    for key, value in raw.items():
        try:
            if key == "zone":
                zone = _zone(value)
            elif key == "holidays":
                holidays = frozenset(map(_holiday, _items(value, SettingsFault.BAD_DATE)))
            elif key in (_USUAL, *_DAYS):
                openings = map(_opening, _items(value, SettingsFault.BAD_HOURS))
                days[key] = tuple(sorted(openings, key=lambda opening: opening.start))
            else:
                raise _Wrong(SettingsFault.UNKNOWN_KEY, value)
        except _Wrong as wrong:
            faults.append((str(key), wrong.raw, wrong.fault))
    if not any(days.values()):
        if not faults:
            faults.append(("", "", SettingsFault.NEVER_OPEN))
        return None, tuple(faults)
    return ShopHours(zone=zone, days=days, holidays=holidays), tuple(faults)


class _Wrong(Exception):  # noqa: N818 - an answer between these functions, never seen outside
    def __init__(self, fault: SettingsFault, raw: object) -> None:
        super().__init__(fault)
        self.fault = fault
        self.raw = raw


def _items(value: object, fault: SettingsFault) -> Iterator[object]:
    if not isinstance(value, list):
        raise _Wrong(fault, value)
    return iter(value)


def _opening(value: object) -> Opening:
    try:
        return parse_opening(value if isinstance(value, str) else "")
    except ValueError as error:
        raise _Wrong(SettingsFault.BAD_HOURS, value) from error


def _holiday(value: object) -> date:
    """A date of TOML's own, or one in quotes."""
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise _Wrong(SettingsFault.BAD_DATE, value) from error


def _zone(value: object) -> str:
    try:
        return ZoneInfo(value if isinstance(value, str) else "").key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _Wrong(SettingsFault.UNKNOWN_ZONE, value) from error


def _told(opening: Opening) -> str:
    end = opening.end if opening.end <= _DAY else opening.end - _DAY
    return f"{_clock(opening.start)}-{_clock(end)}"


def _clock(since_midnight: timedelta) -> str:
    minutes = since_midnight // timedelta(minutes=1)
    return f"{minutes // 60:02}:{minutes % 60:02}"
