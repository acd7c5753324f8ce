"""Events as rows of the log, and rows as events again."""

import json
import logging
from collections.abc import Iterator, Sequence

from sidebar.domain.event_lines import from_line, to_line
from sidebar.domain.events import Event

log = logging.getLogger(__name__)

EventRow = tuple[int, str, str]
"""`seq`, `at` and `body`."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def row_of(event: Event) -> tuple[str, str, str, str | None, str]:
    """*event* as its `id`, `at`, `type`, `conversation` and `body`."""
    line = to_line(event)
    body = _ENCODER.encode(line)
    conversation = getattr(event, "conversation", None)
    return (
        storable(event.id),
        str(line["at"]),
        event.type,
        storable(conversation) if conversation else None,
        storable(body),
    )


def storable(text: str) -> str:
    """*text* without halves of characters, which a window title may hold and UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def events_of(rows: Sequence[EventRow]) -> Iterator[Event]:
    """The events of *rows*; one that cannot be read stops nothing else.

    Read as one document, which takes half the time of as many small ones.
    """
    try:
        lines = json.loads(f"[{','.join([body for _, _, body in rows])}]")
    except (ValueError, RecursionError):
        lines = ()
    if len(lines) != len(rows):  # one of them is not an object of JSON
        lines = (None,) * len(rows)
    for number, line in enumerate(lines):
        try:
            event = from_line(json.loads(rows[number][2]) if line is None else line)
        except (ValueError, RecursionError) as error:
            log.warning("event %d of the history passed over: %s", rows[number][0], error)
        else:
            yield event


def trouble_with(body: str) -> str:
    """Why no event can be read from *body*; '' where one can."""
    try:
        from_line(json.loads(body))
    except ValueError as error:
        return str(error)
    return ""
