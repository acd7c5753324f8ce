"""Lengths of time in words: 两个半小时后, 一刻钟, 1h30m, in 90 min, 3 days ago."""

import re
from datetime import date, timedelta
from itertools import takewhile
from re import Match

from sidebar.domain.due_times.meaning import Meaning, Rule, Span
from sidebar.domain.due_times.numerals import CHINESE, WORDS, number
from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem

_MONTH = timedelta(days=30)
"""Half a month is fifteen days; whole months go by the calendar."""

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "quarter": timedelta(minutes=15),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": _MONTH,
    "year": 12 * _MONTH,
}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))

_TERM = re.compile(
    rf"""
    (?: (?P<half>半|half\s+an?\b|(?:a\s+)?half\b|(?:a\s+)?quarter\s+(?:of\s+)?an\b)
      | (?P<count> [0-9]+(?:\.[0-9]+)? | {CHINESE} | (?:{_WORD}|an?)(?![a-z]) )
        (?P<more>个半|\s+and\s+a\s+half\b)?
    )
    \s*
    (?: (?P<second>秒钟?|s(?:ec(?:ond)?s?)?(?![a-z]))
      | (?P<quarter>刻钟)
      | (?P<hour>个?(?:小时|钟头|钟)|h(?:(?:ou)?rs?)?(?![a-z]))
      | (?P<minute>分钟?|m(?:in(?:ute)?s?)?(?![a-z]))
      | (?P<day>个?(?:天|日(?=\s*[之以]?[后内]))|d(?:ays?)?(?![a-z]))
      | (?P<week>个?(?:周|星期|礼拜)|w(?:(?:ee)?ks?)?(?![a-z]))
      | (?P<month>个月|(?<=个半)月|mo(?:nth)?s?(?![a-z]))
      | (?P<year>年|y(?:(?:ea)?rs?)?(?![a-z]))
    )
    (?P<over>半(?![0-9小个天])|\s+and\s+a\s+half\b | (?<=h)(?P<minutes>[0-9]{{1,2}})(?![0-9a-z:.]))?
    """,
    re.VERBOSE,
)
_ONE_TERM = re.sub(r"\?P<\w+>", "?:", _TERM.pattern)
_SPAN = re.compile(
    rf"""
    (?:再?过|再等?|等|(?:in|within|after)(?![a-z])|\+)?\s*
    (?P<terms>{_ONE_TERM}(?:\s*(?:又|零|加|,|and\b)?\s*{_ONE_TERM})*)
    \s*(?:(?P<ago>[之以]?前|ago\b)|[之以过]?后(?!天)|[之以]?内|later\b|from\s+now\b)?
    """,
    re.VERBOSE,
)


def _meaning(match: Match[str], _today: date) -> Meaning:
    total = Span()
    at, end = match.span("terms")
    # Not cut off at `end`: what follows a term may be what makes it one (7日内).
    for term in takewhile(lambda term: term.start() < end, _TERM.finditer(match.string, at)):
        one = _length(term)
        total = Span(months=total.months + one.months, elapsed=total.elapsed + one.elapsed)
    return Meaning(span=Span(months=-total.months, elapsed=-total.elapsed) if match["ago"] else total)


def _length(term: Match[str]) -> Span:
    unit = next(name for name in _UNITS if term[name])
    if unit == "day" and term["half"]:  # twelve hours, or a working day's half: nobody can tell
        raise DueTimeError(DueTimeProblem.AMBIGUOUS)
    count = _count(term)
    if unit in {"month", "year"}:
        months = count * (12 if unit == "year" else 1)
        return Span(months=int(months), elapsed=(months % 1) * _MONTH)
    return Span(elapsed=count * _UNITS[unit] + timedelta(minutes=int(term["minutes"] or 0)))


def _count(term: Match[str]) -> float:
    if term["half"]:
        return 0.25 if "quarter" in term["half"] else 0.5
    text = term["count"]
    half = 0.5 if term["more"] or (term["over"] and not term["minutes"]) else 0.0
    if text[0].isdecimal():
        return float(text) + half
    return half + (1 if text in {"a", "an"} else number(text))


RULES = (Rule(_SPAN, _meaning),)
