"""What a report of a shift tells, and in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

from sidebar.domain.account import Case, FollowupLine, PhraseUse, Summary, Wait
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.measures import Figure
from sidebar.domain.metrics import Spread
from sidebar.exports.report import Cell, Column, Fact, Group, Kind, Report, Table, Words


def build(
    summary: Summary, *, words: Words, zone: tzinfo, titles: Mapping[PhraseId, str] | None = None
) -> Report:
    """The report of *summary* in *words*, its times in *zone*; *titles* are the phrases' own."""
    writer = _Writer(words, zone, titles or {})
    return Report(
        title=words["report.title"],
        note=words["report.note"].format(profile=summary.profile, as_of=summary.as_of.isoformat()),
        overview=words["sheet.overview"],
        groups=writer.groups(summary),
        cases=writer.cases(summary.cases),
        waits=writer.waits(summary),
        followups=writer.followups(summary.followups.lines),
        phrases=writer.phrases(summary.phrases),
    )


class _Writer:
    def __init__(self, words: Words, zone: tzinfo, titles: Mapping[PhraseId, str]) -> None:
        self._words = words
        self._zone = zone
        self._titles = titles

    def groups(self, summary: Summary) -> tuple[Group, ...]:
        """The overview; groups without a figure are left out."""
        groups = (
            self._group("shift", self._shift(summary)),
            self._group("headline", self._headline(summary)),
            self._group("volume", self._volume(summary)),
            self._group("first_response", self._spread(summary.first_response)),
            self._group("turn_response", self._spread(summary.turn_response)),
            self._group("agent_response", self._agent_response(summary)),
            self._group("within", self._within(summary)),
            self._group("excluded", self._excluded(summary)),
            self._group("promises", self._promises(summary)),
            self._group("followups", self._followup_counts(summary)),
            self._group("compensation", self._compensation(summary)),
            self._group("satisfaction", self._satisfaction(summary)),
        )
        return tuple(group for group in groups if group.facts)

    def cases(self, cases: Iterable[Case]) -> Table:
        return self._table(
            "cases",
            {
                "customer": Kind.TEXT,
                "client": Kind.TEXT,
                "category": Kind.TEXT,
                "status": Kind.TEXT,
                "opened": Kind.MOMENT,
                "closed": Kind.MOMENT,
                "turns": Kind.COUNT,
                "answered": Kind.COUNT,
                "longest": Kind.SECONDS,
                "phrases": Kind.TEXT,
                "escalated_to": Kind.TEXT,
                "conversation": Kind.TEXT,
            },
            (self._case(case) for case in cases),
        )

    def waits(self, summary: Summary) -> Table:
        """Breaches, and the buyers who wait at the end though not for long enough yet."""
        breaches = frozenset(summary.breaches)
        every = sorted({*summary.breaches, *summary.open}, key=lambda wait: (wait.at, wait.conversation))
        return self._table(
            "waits",
            {
                "customer": Kind.TEXT,
                "at": Kind.MOMENT,
                "waited": Kind.SECONDS,
                "status": Kind.TEXT,
                "conversation": Kind.TEXT,
            },
            (self._wait(wait, breached=wait in breaches) for wait in every),
        )

    def followups(self, lines: Iterable[FollowupLine]) -> Table:
        return self._table(
            "followups",
            {
                "due": Kind.MOMENT,
                "about": Kind.TEXT,
                "customer": Kind.TEXT,
                "promise": Kind.TEXT,
                "status": Kind.TEXT,
                "done_at": Kind.MOMENT,
                "made_at": Kind.MOMENT,
            },
            (self._followup(line) for line in lines),
        )

    def phrases(self, uses: Iterable[PhraseUse]) -> Table:
        return self._table(
            "phrases",
            {"phrase": Kind.TEXT, "uses": Kind.COUNT, "id": Kind.TEXT},
            ((self._title(use.phrase), use.uses, use.phrase) for use in uses),
        )

    def _table(self, name: str, columns: Mapping[str, Kind], rows: Iterable[tuple[Cell, ...]]) -> Table:
        titled = (Column(self._words[f"column.{key}"], kind) for key, kind in columns.items())
        return Table(self._words[f"sheet.{name}"], tuple(titled), tuple(rows))

    def _group(self, name: str, facts: Iterable[Fact]) -> Group:
        return Group(self._words[f"group.{name}"], tuple(facts))

    def _fact(self, name: str, value: Cell, kind: Kind = Kind.COUNT) -> Fact:
        return Fact(self._words[f"fact.{name}"], value, kind)

    def _shift(self, summary: Summary) -> Iterable[Fact]:
        span = self._words["report.span"].format(
            since=f"{self._local(summary.since):%Y-%m-%d %H:%M}",
            until=f"{self._local(summary.until):%Y-%m-%d %H:%M}",
            zone=_offset(self._local(summary.since)),
        )
        yield self._fact("agent", summary.agent, Kind.TEXT)
        yield self._fact("span", span, Kind.TEXT)
        yield self._fact("profile", summary.profile, Kind.TEXT)
        yield self._fact("as_of", summary.as_of.isoformat(), Kind.TEXT)

    def _volume(self, summary: Summary) -> Iterable[Fact]:
        yield self._fact("conversations", summary.conversations)
        yield self._fact("buyers", summary.buyers)
        yield self._fact("turns", summary.turns)
        yield self._fact("answered_turns", summary.answered_turns)
        yield self._fact("breaches", len(summary.breaches))
        yield self._fact("open", len(summary.open))

    def _headline(self, summary: Summary) -> Iterable[Fact]:
        told = summary.headline
        if told is None:
            return
        kind = Kind.SECONDS if told.figure is Figure.MEAN else Kind.SHARE
        yield self._fact(f"figure_{told.figure}", told.value, kind)
        yield self._fact("counted", told.counted)
        yield self._fact("unit", self._words[f"unit.{told.unit}"], Kind.TEXT)
        yield self._fact("good", told.good)
        yield self._fact("unanswered", told.unanswered)
        yield self._fact("undecided", told.undecided)
        if told.target is not None:
            yield self._fact("target", told.target, kind)
        if not told.assessed:
            yield self._fact("assessed", self._words["report.no"], Kind.TEXT)

    def _spread(self, spread: Spread) -> Iterable[Fact]:
        yield self._fact("mean", spread.mean, Kind.SECONDS)
        yield self._fact("median", spread.median, Kind.SECONDS)
        yield self._fact("p90", spread.p90, Kind.SECONDS)
        yield self._fact("max", spread.max, Kind.SECONDS)

    def _agent_response(self, summary: Summary) -> Iterable[Fact]:
        """The agent's own clock, where it differs from the shop's: somebody told of a queue."""
        same = summary.agent_response == summary.turn_response
        return () if same else self._spread(summary.agent_response)

    def _within(self, summary: Summary) -> Iterable[Fact]:
        for bound, share in summary.within.items():
            minutes, odd = divmod(bound, 60)
            name, number = ("seconds", bound) if odd else ("minutes", minutes)
            yield Fact(self._words[f"fact.within_{name}"].format(bound=number), share, Kind.SHARE)

    def _excluded(self, summary: Summary) -> Iterable[Fact]:
        counts: Counter[str] = Counter()
        for one in summary.excluded:
            counts[one.reason] += one.count
        for reason, count in sorted(counts.items()):
            yield Fact(self._words[f"excluded.{reason}"], count)
        if summary.asleep:
            yield self._fact("asleep", _seconds(summary.asleep), Kind.SECONDS)

    def _promises(self, summary: Summary) -> Iterable[Fact]:
        promises = summary.promises
        yield self._fact("made", promises.made)
        yield self._fact("kept", promises.kept)
        yield self._fact("late", promises.late)
        yield self._fact("broken", promises.broken)
        yield self._fact("open_promises", promises.open)

    def _followup_counts(self, summary: Summary) -> Iterable[Fact]:
        followups = summary.followups
        yield self._fact("made", followups.made)
        yield self._fact("done", followups.done)
        yield self._fact("overdue", followups.overdue)
        yield self._fact("open_followups", followups.open)

    def _compensation(self, summary: Summary) -> Iterable[Fact]:
        for one in summary.compensation:
            label = self._words["fact.compensation"].format(
                kind=self._word("compensation", one.kind), currency=one.currency, count=one.count
            )
            yield Fact(label, one.amount, Kind.MONEY)

    def _satisfaction(self, summary: Summary) -> Iterable[Fact]:
        if summary.satisfaction.count:
            yield self._fact("marks", summary.satisfaction.count)
            yield self._fact("mark", summary.satisfaction.mean, Kind.MARK)

    def _case(self, case: Case) -> tuple[Cell, ...]:
        return (
            case.customer,
            case.client,
            self._word("category", case.category),
            self._words[f"status.{case.status}"],
            self._local(case.opened),
            None if case.closed is None else self._local(case.closed),
            case.turns,
            case.answered,
            None if case.longest is None else _seconds(case.longest),
            self._join(f"{self._title(use.phrase)} ×{use.uses}" for use in case.phrases),
            self._join(case.escalated_to),
            case.conversation,
        )

    def _wait(self, wait: Wait, *, breached: bool) -> tuple[Cell, ...]:
        state = "late" if wait.answered else "breached" if breached else "open"
        return (
            wait.customer,
            self._local(wait.at),
            _seconds(wait.waited),
            self._words[f"wait.{state}"],
            wait.conversation,
        )

    def _followup(self, line: FollowupLine) -> tuple[Cell, ...]:
        return (
            self._local(line.due),
            line.about,
            line.customer,
            self._words["report.yes" if line.promise else "report.no"],
            self._words[f"followup.{line.state}"],
            None if line.done_at is None else self._local(line.done_at),
            self._local(line.made_at),
        )

    def _word(self, section: str, value: str) -> str:
        """The word for *value*, or *value* itself where another program brought one we do not know."""
        return self._words.get(f"{section}.{value}", value)

    def _join(self, items: Iterable[str]) -> str:
        return self._words["report.join"].join(items)

    def _title(self, phrase: PhraseId) -> str:
        return self._titles.get(phrase, phrase)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)


def _seconds(length: timedelta) -> float:
    return round(length.total_seconds(), 3)


def _offset(moment: datetime) -> str:
    """As `UTC+08:00`."""
    offset = f"{moment:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"
