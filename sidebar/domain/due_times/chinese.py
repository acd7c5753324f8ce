"""Days, clock times and parts of the day as they are said in Chinese."""

from datetime import date
from re import Match

from sidebar.domain.due_times import dates
from sidebar.domain.due_times.meaning import WORK_BEGINS, WORK_ENDS, Clock, Meaning, Part, rule
from sidebar.domain.due_times.numerals import NUMBER, number
from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem

SIMPLIFIED = str.maketrans("後兩時點週個鐘號內過禮間裡這盡儘會頭幾", "后两时点周个钟号内过礼间里这尽尽会头几")
"""The traditional forms of the characters the grammar knows; sellers in Taiwan write them."""

_DAYS = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAYS = {
    day: at for at, days in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for day in days
}
_QUARTERS = {"一": 15, "三": 45, "1": 15, "3": 45}
_PARTS = {
    Part.SMALL_HOURS: "凌晨",
    Part.MORNING: "清晨|早晨|早上|大清早|大?一?早|晨|上午|午前",
    Part.NOON: "中午|正午|午间",
    Part.AFTERNOON: "下午|午后",
    Part.EVENING: "傍晚|晚上|晚间|夜里|夜间|夜晚|晚|夜",
    Part.MIDNIGHT: "半夜|深夜|午夜",
}
_WEEK = r"(?:周|星期|礼拜)"
_AFTER = r"(?:\s*[之以过]?后(?!天))?"


def _day(match: Match[str], today: date) -> Meaning:
    return Meaning(days=dates.ahead(today, _DAYS[match["day"]]))


def _weekday(match: Match[str], today: date) -> Meaning:
    if match["day"] == "末":  # Saturday or Sunday
        raise DueTimeError(DueTimeProblem.AMBIGUOUS)
    day = _WEEKDAYS[match["day"]]
    if match["which"]:
        return Meaning(days=dates.weekday_of(today, _WEEKS[match["which"]], day))
    return Meaning(days=dates.weekday(today, day))


def _within_week(match: Match[str], today: date) -> Meaning:
    weeks = _WEEKS[match["which"]]
    if weeks and not match["within"]:
        raise DueTimeError(DueTimeProblem.AMBIGUOUS)
    return Meaning(days=dates.weekday_of(today, weeks, dates.FRIDAY, dates.SUNDAY))


def _day_of_month(match: Match[str], today: date) -> Meaning:
    months = _WEEKS[match["which"]] if match["which"] else None
    return Meaning(days=dates.day_of_month(today, number(match["day"]), months=months))


def _edge_of_month(match: Match[str], today: date) -> Meaning:
    months = _WEEKS[match["which"]] if match["which"] else None
    if match["edge"] in "底末":
        return Meaning(days=dates.end_of_month(today, months=months))
    return Meaning(days=dates.day_of_month(today, 1 if match["edge"] == "初" else 15, months=months))


def _named_month(match: Match[str], today: date) -> Meaning:
    month = number(match["month"])
    if match["edge"] in "底末":
        return Meaning(days=dates.end_of_named_month(today, month))
    return Meaning(days=dates.day_of_year(today, month, 1 if match["edge"] == "初" else 15))


def _date(match: Match[str], today: date) -> Meaning:
    month, day = number(match["month"]), number(match["day"])
    if match["years"]:
        return Meaning(days=(dates.exact(today.year + _DAYS[match["years"]], month, day),))
    if match["year"]:
        return Meaning(days=(dates.exact(int(match["year"]), month, day),))
    return Meaning(days=dates.day_of_year(today, month, day))


def _end_of_year(match: Match[str], today: date) -> Meaning:
    return Meaning(days=(date(today.year + (_DAYS[match["year"]] if match["year"] else 0), 12, 31),))


def _clock(match: Match[str], _today: date) -> Meaning:
    hour = number(match["hour"])
    if match["half"]:
        minute = 30
    elif match["quarter"]:
        minute = _QUARTERS[match["quarter"]]
    else:
        minute = number(match["minute"]) if match["minute"] else 0
    return Meaning(clock=Clock(hour, minute, spoken=True))


def _short_of(match: Match[str], _today: date) -> Meaning:
    """差一刻九点 is 8:45."""
    short = 15 if match["quarter"] else number(match["minutes"])
    hour = number(match["hour"])
    if not (1 <= hour <= 24 and 0 < short < 60):
        raise DueTimeError(DueTimeProblem.IMPOSSIBLE)
    # 差5分8点 is in the morning because 8点 is: the hour that is named decides, not the one it falls in.
    return Meaning(clock=Clock(hour - 1 or 12, 60 - short, spoken=hour < 8))


RULES = (
    rule(r"(?P<day>昨|今|明)(?:天|日|儿个?|(?=早|晨|晚|夜|上午|中午|下午|凌晨|傍晚))", _day),
    rule(r"(?P<day>大前天|前天|大后天|后天)", _day),
    rule(rf"(?:(?P<which>上|本|这|下下|下)个?)?\s*{_WEEK}\s*(?P<day>[一二三四五六日天末1-7])", _weekday),
    rule(rf"(?P<which>本|这|下下|下)个?{_WEEK}(?P<within>[之以]?内|底)?", _within_week),
    rule(
        rf"(?:(?P<which>上|本|这|下下|下)个?月)?\s*(?P<day>{NUMBER})\s*(?:号|日(?!\s*[之以]?[后内]))",
        _day_of_month,
    ),
    rule(r"(?:(?P<which>上|本|这|下下|下)个?)?月(?P<edge>[底末初中])", _edge_of_month),
    rule(r"(?:下下|下)个?月", DueTimeProblem.AMBIGUOUS),
    rule(rf"(?P<month>{NUMBER})\s*月(?P<edge>[底末初中])", _named_month),
    rule(
        rf"(?:(?P<year>[0-9]{{4}})\s*年|(?P<years>今|明)年)?\s*"
        rf"(?P<month>{NUMBER})\s*月\s*(?P<day>{NUMBER})(?![0-9:])\s*[号日]?",
        _date,
    ),
    rule(r"(?P<year>今|明)?年(?:底|末)", _end_of_year),
    rule(
        rf"(?P<hour>{NUMBER})\s*(?:点钟?|时)\s*"
        rf"(?:(?P<half>半)|(?P<quarter>[一三13])刻|整|过?(?P<minute>{NUMBER})\s*分?)?{_AFTER}",
        _clock,
    ),
    rule(
        rf"差\s*(?:(?P<quarter>一刻)|(?P<minutes>{NUMBER})\s*分钟?)\s*(?P<hour>{NUMBER})\s*点钟?", _short_of
    ),
    *(rule(words, Meaning(part=part)) for part, words in _PARTS.items()),
    rule(rf"一?上班(?:时|{_AFTER})", Meaning(clock=WORK_BEGINS)),
    rule(r"(?:下班|收工)时?", Meaning(clock=WORK_ENDS)),
    rule(
        r"在|于|到|等|约|大约|大概|左右|[之以]?前|[之以]?内|为止|截止|准时|整|吧|就|再|的|[、。]", Meaning()
    ),
    rule(
        r"尽快|尽早|马上|立刻|立即|稍后|稍等|一会儿?|[等待]会儿?|晚点儿?|晚些时候|回头|改天|过几天|有空",
        DueTimeProblem.VAGUE,
    ),
)
