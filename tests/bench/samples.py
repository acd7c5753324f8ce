"""Repeated measurements of one thing, and what is said of them: median, 95th percentile, ratio."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was measured; `lost` counts the tries that never came to a value."""

    values: tuple[float, ...] = ()
    lost: int = 0

    @property
    def tries(self) -> int:
        return len(self.values) + self.lost

    @property
    def median(self) -> float:
        """The middle value, the mean of the two where there are two; NaN without any value."""
        return statistics.median(self.values) if self.values else math.nan

    @property
    def p95(self) -> float:
        """What 95 of 100 values do not exceed, between two values in proportion; NaN without any value."""
        return percentile(self.values, 0.95)

    def ratio(self, base: "Sample") -> float:
        """How many times the median of *base*; NaN where either has none or *base* is nothing."""
        return self.median / base.median if base.median else math.nan


def percentile(values: Iterable[float], share: float) -> float:
    """The value *share* of the way from the least to the greatest, by rank."""
    ranked = sorted(values)
    if not ranked:
        return math.nan
    place = (len(ranked) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)


def in_figures(value: float) -> str:
    """*value* with three figures that count, whole from a hundred on; a dash where there is none."""
    if math.isnan(value):
        return "–"
    magnitude = math.floor(math.log10(abs(value))) if value else 0
    return f"{value:.{max(0, min(2, 2 - magnitude))}f}"
