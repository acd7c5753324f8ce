"""What was measured, kept by figure and program, and the table that is made of it."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.figures import Figure, Goal, Measure
from tests.bench.samples import Sample, in_figures

_Key = tuple[str, str]
"""Title of the figure, name of the program."""

_HEAD = ("figure", "program", "median", "p95", "n", "lost", "ratio", "goal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of one program; `words` stand where it is nothing to count."""

    figure: Figure
    program: str
    sample: Sample
    ratio: float
    words: str
    goal: Goal | None
    reached: bool | None


class Ledger:
    """Takes measurements one by one, in whatever order they come."""

    def __init__(self) -> None:
        self._values: dict[_Key, list[float]] = {}
        self._lost: Counter[_Key] = Counter()
        self._words: dict[_Key, Counter[str]] = {}

    def add(self, figure: Figure, program: str, value: float | None) -> None:
        """One try; None is one that was lost."""
        values = self._values.setdefault((figure.title, program), [])
        if value is None:
            self._lost[figure.title, program] += 1
        else:
            values.append(value)

    def say(self, figure: Figure, program: str, words: str) -> None:
        self._words.setdefault((figure.title, program), Counter())[words] += 1

    def rows(self, figures: Sequence[Figure]) -> Iterator[Row]:
        """A row for each program a figure was taken of, in the order they were first measured."""
        for figure in figures:
            for title, program in (*self._values, *self._words):
                if title == figure.title:
                    yield self._row(figure, program)

    def _row(self, figure: Figure, program: str) -> Row:
        sample = self._sample(figure, program)
        words = self._said(figure, program)
        goal = figure.goals.get(program)
        return Row(
            figure=figure,
            program=program,
            sample=sample,
            ratio=sample.ratio(self._sample(figure, figure.base)),
            words=words,
            goal=goal,
            reached=None if goal is None else self._reached(goal, figure, sample, words),
        )

    def _reached(self, goal: Goal, figure: Figure, sample: Sample, words: str) -> bool:
        match goal.of:
            case Measure.WORDS:
                return words == goal.words
            case Measure.LOST:
                return sample.lost == 0 and sample.tries > 0
            case Measure.MEDIAN:
                return sample.median <= goal.at_most
            case Measure.RATIO:
                return sample.ratio(self._of(goal.figure or figure.title, goal.against)) <= goal.at_most

    def _sample(self, figure: Figure, program: str) -> Sample:
        return self._of(figure.title, program)

    def _of(self, title: str, program: str) -> Sample:
        key = (title, program)
        return Sample(values=tuple(self._values.get(key, ())), lost=self._lost[key])

    def _said(self, figure: Figure, program: str) -> str:
        """What was said each time; of different answers each, with how often."""
        said = self._words.get((figure.title, program), Counter())
        if len(said) == 1:
            return next(iter(said))
        return "; ".join(f"{words} ({count} ×)" for words, count in said.most_common())


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown, a figure's title on its first row only."""
    lines = [_line(_HEAD), _line("---" for _ in _HEAD)]
    before = None
    for row in rows:
        lines.append(_line(_cells(row, titled=row.figure is not before)))
        before = row.figure
    return "\n".join(lines)


def plain(row: Row) -> dict[str, object]:
    """*row* for a JSON file, with every single value."""
    sample = row.sample
    return {
        "figure": row.figure.title,
        "program": row.program,
        "unit": row.figure.unit,
        "median": _number(sample.median),
        "p95": _number(sample.p95),
        "values": [round(value, 3) for value in sample.values],
        "lost": sample.lost,
        "base": row.figure.base,
        "ratio": _number(row.ratio),
        "words": row.words,
        "goal": None if row.goal is None else str(row.goal),
        "reached": row.reached,
    }


def _cells(row: Row, *, titled: bool) -> Iterator[str]:
    unit = f", {row.figure.unit}" if row.figure.unit else ""
    yield row.figure.title + unit if titled else ""
    yield row.program
    yield row.words or in_figures(row.sample.median)
    yield "" if row.words else in_figures(row.sample.p95)
    yield str(row.sample.tries or "")
    yield str(row.sample.lost or "")
    yield "" if math.isnan(row.ratio) else f"{row.ratio:.2f}"
    yield "" if row.goal is None else f"{row.goal}: {'reached' if row.reached else '**missed**'}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 3)
