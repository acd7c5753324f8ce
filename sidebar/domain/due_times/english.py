"""Days and clock times as they are said in English, and the written forms every language shares."""

import re
from datetime import date, datetime
from re import Match

from sidebar.domain.due_times import dates
from sidebar.domain.due_times.meaning import WORK_ENDS, Clock, Meaning, Part, Reading, rule
from sidebar.domain.due_times.numerals import WORDS, number
from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem

_WEEKDAYS = (
    "mon(?:day)?",
    "tue(?:s(?:day)?)?",
    "wed(?:s|nesday)?",
    "thu(?:r(?:s(?:day)?)?)?",
    "fri(?:day)?",
    "sat(?:urday)?",
    "sun(?:day)?",
)
_MONTHS = (
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})(?![a-z])\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9a-z:])"
_YEAR = r"(?:,?\s*(?P<year>20[0-9]{2})(?![0-9:]))?"
_HOUR = rf"(?P<hour>[0-9]{{1,2}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})(?![0-9a-z])"
_WEEKS = {"last": -1, "this": 0, "next": 1}
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15}


def _named(names: tuple[str, ...], text: str) -> int:
    """Which of *names* *text* is, from 0."""
    return next(at for at, name in enumerate(names) if re.fullmatch(name, text))


def _weekday(match: Match[str], today: date) -> Meaning:
    day = _named(_WEEKDAYS, match["day"])
    if match["which"]:
        return Meaning(days=dates.weekday_of(today, _WEEKS[match["which"]], day))
    return Meaning(days=dates.weekday(today, day))


def _end_of_week(match: Match[str], today: date) -> Meaning:
    weeks = 1 if match["next"] else 0
    return Meaning(days=dates.weekday_of(today, weeks, dates.FRIDAY, dates.SUNDAY))


def _end_of_month(match: Match[str], today: date) -> Meaning:
    if match["month"]:
        return Meaning(days=dates.end_of_named_month(today, _named(_MONTHS, match["month"]) + 1))
    return Meaning(days=dates.end_of_month(today, months=1 if match["next"] else None))


def _date(match: Match[str], today: date) -> Meaning:
    month, day = _named(_MONTHS, match["month"]) + 1, int(match["day"])
    if match["year"]:
        return Meaning(days=(dates.exact(int(match["year"]), month, day),))
    return Meaning(days=dates.day_of_year(today, month, day))


def _day_of_month(match: Match[str], today: date) -> Meaning:
    return Meaning(days=dates.day_of_month(today, int(match["day"])))


def _slashed(match: Match[str], today: date) -> Meaning:
    """11/25 has the month first, as in Chinese; 25/11 can only be read the other way."""
    month, day = int(match["month"]), int(match["day"])
    if month > 12:
        month, day = day, month
    return Meaning(days=dates.day_of_year(today, month, day))


def _written_date(match: Match[str], _today: date) -> Meaning:
    day = dates.exact(int(match["year"]), int(match["month"]), int(match["day"]))
    return Meaning(days=(day,), written=True)


def _moment(match: Match[str], _today: date) -> Meaning:
    try:
        return Meaning(moment=datetime.fromisoformat(match[0].upper()))
    except ValueError:
        raise DueTimeError(DueTimeProblem.IMPOSSIBLE) from None


def _clock(match: Match[str], _today: date) -> Meaning:
    """9:30; a leading zero (03:30) says that it is written in 24 hours."""
    hour = match["hour"]
    return Meaning(clock=Clock(int(hour), int(match["minute"]), spoken=not hour.startswith("0")))


def _half_day_clock(match: Match[str], _today: date) -> Meaning:
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        raise DueTimeError(DueTimeProblem.IMPOSSIBLE)
    afternoon = match["half"].startswith("p")
    return Meaning(clock=Clock(hour % 12 + 12 * afternoon, int(match["minute"] or 0)))


def _past_or_to(match: Match[str], _today: date) -> Meaning:
    hour = number(match["hour"])
    minutes = _MINUTES.get(match["minutes"]) or number(match["minutes"])
    if match["side"] == "past":
        return Meaning(clock=Clock(hour, minutes, spoken=True))
    if not (1 <= hour <= 24 and 0 < minutes < 60):
        raise DueTimeError(DueTimeProblem.IMPOSSIBLE)
    # A quarter to 8 is in the morning because 8 is: the hour that is named decides.
    return Meaning(clock=Clock(hour - 1 or 12, 60 - minutes, spoken=hour < 8))


def _spoken_hour(match: Match[str], _today: date) -> Meaning:
    return Meaning(clock=Clock(number(match["hour"]), spoken=True))


def _number(match: Match[str], _today: date) -> Meaning:
    return Meaning(number=number(match["hour"]))


def _ahead(days: int, part: Part | None = None) -> Reading:
    return lambda _match, today: Meaning(days=dates.ahead(today, days), part=part)


RULES = (
    rule(r"(?:later\s+)?today(?![a-z])|this(?=\s+(?:morning|afternoon|evening))", _ahead(0)),
    rule(r"tonight(?![a-z])", _ahead(0, Part.EVENING)),
    rule(r"(?:tomorrow|tmrw?|tmw)(?![a-z])", _ahead(1)),
    rule(r"(?:the\s+)?day\s+after\s+tomorrow(?![a-z])", _ahead(2)),
    rule(r"yesterday(?![a-z])", _ahead(-1)),
    rule(rf"(?:(?P<which>last|this|next)\s+)?(?P<day>{'|'.join(_WEEKDAYS)})(?![a-z])", _weekday),
    rule(r"(?:eow|this\s+week|end\s+of\s+(?:the\s+|this\s+|(?P<next>next\s+))?week)(?![a-z])", _end_of_week),
    rule(
        rf"eom(?![a-z])|end\s+of\s+(?:(?:the\s+|this\s+|(?P<next>next\s+))?month(?![a-z])|{_MONTH})",
        _end_of_month,
    ),
    rule(r"next\s+(?:week|month)(?![a-z])|(?:this\s+|next\s+)?weekend(?![a-z])", DueTimeProblem.AMBIGUOUS),
    rule(rf"(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH}{_YEAR}", _date),
    rule(rf"{_MONTH}\s*(?:the\s+)?{_DAY}{_YEAR}", _date),
    rule(r"(?:the\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?![a-z])", _day_of_month),
    rule(r"(?P<month>[0-9]{1,2})[/-](?P<day>[0-9]{1,2})(?![0-9/-])", _slashed),
    rule(
        r"(?P<year>[0-9]{4})(?P<by>[-/.])(?P<month>[0-9]{1,2})(?P=by)(?P<day>[0-9]{1,2})(?![0-9])",
        _written_date,
    ),
    rule(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3,6})?)?"
        r"(?:z|[+-][0-9]{2}:?[0-9]{2})(?![0-9])",
        _moment,
    ),
    rule(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2})?(?![0-9:])", _clock),
    rule(
        r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s*(?P<half>a\.?m\.?|p\.?m\.?)(?![a-z])",
        _half_day_clock,
    ),
    rule(
        rf"(?P<minutes>half|(?:a\s)?quarter|[0-9]{{1,2}}|five|ten|twenty)\s+(?P<side>past|to)\s+{_HOUR}",
        _past_or_to,
    ),
    rule(rf"{_HOUR}\s*o['’]?\s?clock", _spoken_hour),
    rule(_HOUR, _number),
    rule(r"(?:in\s+the\s+)?morning(?![a-z])", Meaning(part=Part.MORNING)),
    rule(r"noon(?![a-z])|midday(?![a-z])", Meaning(part=Part.NOON)),
    rule(r"(?:in\s+the\s+)?afternoon(?![a-z])", Meaning(part=Part.AFTERNOON)),
    rule(r"(?:(?:in\s+the\s+)?evening|(?:at\s+)?night)(?![a-z])", Meaning(part=Part.EVENING)),
    rule(r"midnight(?![a-z])", Meaning(part=Part.MIDNIGHT)),
    rule(
        r"(?:eod|cob|(?:end|close)\s+of\s+(?:the\s+)?(?:business(?:\s+day)?|work(?:ing)?(?:\s+day)?|day))(?![a-z])",
        Meaning(clock=WORK_ENDS),
    ),
    rule(r"(?:at|by|before|until|till|around|about)(?![a-z])|@", Meaning(hinted=True)),
    rule(r"(?:on|of|the|and|sharp|t(?=[0-9]))(?![a-z])|[,.;()]", Meaning()),
    rule(
        r"(?:asap|as\s+soon\s+as\s+possible|soon|later|shortly|sometime|right\s+away)(?![a-z])",
        DueTimeProblem.VAGUE,
    ),
)
