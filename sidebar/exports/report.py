"""A report of a shift: figures and tables, in words, before they look like anything."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto

from sidebar.domain.lean import dataclass

Words = Mapping[str, str]
"""The words of one language, by `section.key`."""
Cell = str | int | float | datetime | None


class Kind(Enum):
    """What a value is; formats write, align and round by it. Lengths of time are in seconds."""

    TEXT = auto()
    COUNT = auto()
    SECONDS = auto()
    SHARE = auto()
    MARK = auto()
    MONEY = auto()
    MOMENT = auto()


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure; None where there was nothing to measure."""

    label: str
    value: Cell
    kind: Kind = Kind.COUNT

    def counted(self, words: Words) -> str:
        """The label with its unit, for where the value is a bare number."""
        return _with_unit(self.label, self.kind, words)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT

    def counted(self, words: Words) -> str:
        """The title with its unit, for where the values are bare numbers."""
        return _with_unit(self.title, self.kind, words)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with one cell for each column; moments are in the report's time zone."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`note` says who measured and by which profile; it goes with every page of figures."""

    title: str
    note: str
    overview: str
    groups: tuple[Group, ...]
    cases: Table
    waits: Table
    followups: Table
    phrases: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        return (self.cases, self.waits, self.followups, self.phrases)


def _with_unit(label: str, kind: Kind, words: Words) -> str:
    return words["report.in_seconds"].format(label=label) if kind is Kind.SECONDS else label
