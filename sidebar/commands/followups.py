"""`sidebar when` and `sidebar followups …`."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime

from sidebar.commands.homes import history_to_read, history_to_write, home_of
from sidebar.commands.output import as_json, line, table
from sidebar.domain.due_times import DueTimeError, parse
from sidebar.domain.events import FollowupAdded, FollowupAnnounced, FollowupDone, FollowupSnoozed
from sidebar.domain.followups import Followup, Followups
from sidebar.domain.identifiers import EventId, FollowupId
from sidebar.errors import UserError
from sidebar.new_ids import new_id
from sidebar.storage.history import SqliteHistory
from sidebar.system_time import SystemClock, local_zone


def when(options: argparse.Namespace) -> int:
    """The due time a text means, alone on standard output."""
    line(_parsed(_joined(options.text), options.now or _local_now()).isoformat(timespec="seconds"))
    return 0


def list_open(options: argparse.Namespace) -> int:
    """What is not done yet, soonest first."""
    home = home_of(options)
    waiting: tuple[Followup, ...] = ()
    if home.history.exists():
        with history_to_read(home) as history:
            waiting = _followups(history).open()
    if options.json:
        as_json([_document(each) for each in waiting])
    else:
        zone = local_zone()
        table((f.id, f"{f.due.astimezone(zone):%Y-%m-%d %H:%M}", f.about, f.customer) for f in waiting)
    return 0


def add(options: argparse.Namespace) -> int:
    """Owe something; prints its id."""
    due, about = _when_and_what(_joined(options.text), options.about)
    added = FollowupAdded(
        id=_new_event(),
        at=SystemClock().now(),
        followup=FollowupId(new_id()),
        about=about,
        due=due,
        customer=options.customer,
    )
    with history_to_write(home_of(options)) as history:
        history.append(added)
    if options.json:
        as_json({"id": added.followup, "due": due.isoformat(timespec="seconds"), "about": about})
    else:
        line(added.followup)
    return 0


def done(options: argparse.Namespace) -> int:
    """It is done."""
    with history_to_write(home_of(options)) as history:
        known = _known(history, options.id)
        if known.done_at is None:
            history.append(FollowupDone(id=_new_event(), at=SystemClock().now(), followup=known.id))
    return 0


def snooze(options: argparse.Namespace) -> int:
    """Owe it at another time; prints that time."""
    due = _parsed(_joined(options.text), _local_now())
    with history_to_write(home_of(options)) as history:
        known = _known(history, options.id)
        if known.done_at is not None:
            raise UserError(f"The follow-up {options.id!r} is done already; add a new one.")
        history.append(FollowupSnoozed(id=_new_event(), at=SystemClock().now(), followup=known.id, due=due))
    line(due.isoformat(timespec="seconds"))
    return 0


def _when_and_what(text: str, about: str) -> tuple[datetime, str]:
    """`明天10点 回访` says both; the longest beginning that names a time is the time."""
    now = _local_now()
    for beginning, rest in _splits(text):
        try:
            due = parse(beginning, now)
        except DueTimeError:
            continue
        if not rest or not about:
            return due, about or rest
    return _parsed(text, now), about


def _splits(text: str) -> Iterator[tuple[str, str]]:
    words = text.split()
    for end in range(len(words), 0, -1):
        yield " ".join(words[:end]), " ".join(words[end:])


def _parsed(text: str, now: datetime) -> datetime:
    try:
        return parse(text, now)
    except DueTimeError as error:
        raise UserError(
            f"{text!r} names no time to come ({error.reason.replace('_', ' ')}); write it like"
            " 2小时后, 明天10点, 今天18点前, in 90 min or tomorrow 9am."
        ) from error


def _joined(words: Sequence[str]) -> str:
    return " ".join(words)


def _local_now() -> datetime:
    return SystemClock().now().astimezone(local_zone())


def _followups(history: SqliteHistory) -> Followups:
    followups = Followups()
    for event in history.of_types(FollowupAdded, FollowupAnnounced, FollowupSnoozed, FollowupDone):
        followups.follow(event)
    return followups


def _known(history: SqliteHistory, wanted: str) -> Followup:
    known = _followups(history).get(FollowupId(wanted))
    if known is None:
        raise UserError(f"There is no follow-up {wanted!r}; 'sidebar followups list' names them.")
    return known


def _document(followup: Followup) -> dict[str, object]:
    return {
        "id": followup.id,
        "about": followup.about,
        "customer": followup.customer,
        "conversation": followup.conversation,
        "due": followup.due.astimezone(local_zone()).isoformat(timespec="seconds"),
        "promise": followup.promise,
    }


def _new_event() -> EventId:
    return EventId(new_id())
