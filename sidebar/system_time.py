"""The machine's clock and time zone; the only module that asks for either."""

import os
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

_RULES = Path("/etc/localtime")
"""Where Linux and macOS keep the rules of the machine's zone."""


class SystemClock:
    """Implements `Clock` with the machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def local_zone(rules: Path = _RULES) -> tzinfo:
    """The agent's time zone with its daylight-saving rules; UTC where the machine names none.

    The rules are read as they lie there, without first finding out by what name the zone goes, as
    tzlocal does: nobody is told the name, and it would be 1 MiB and 8 ms of a start.
    """
    if not os.environ.get("TZ"):
        with suppress(OSError, ValueError), rules.open("rb") as content:
            from zoneinfo import ZoneInfo

            return ZoneInfo.from_file(content)
    from tzlocal import get_localzone

    return get_localzone()
