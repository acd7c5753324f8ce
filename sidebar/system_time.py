"""The machine's clock and time zone; the only module that asks for either."""

from datetime import UTC, datetime, tzinfo


class SystemClock:
    """Implements `Clock` with the machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def local_zone() -> tzinfo:
    """The agent's time zone with its daylight-saving rules; UTC where the machine names none."""
    from tzlocal import get_localzone

    return get_localzone()
