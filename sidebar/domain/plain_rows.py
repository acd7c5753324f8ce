"""Values as rows of what JSON has, and back: what the state is kept as between two starts."""

from collections.abc import Hashable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

from sidebar.domain.event_lines import plain, reader
from sidebar.domain.line_values import Reader

T = TypeVar("T")


def to_row(value: Any) -> list[object]:
    """The fields of *value*, a frozen dataclass of plain fields, in their order."""
    return [plain(getattr(value, name)) for name, _ in _columns(cast(Hashable, type(value)))]


def from_row(kind: type[T], row: Sequence[object]) -> T:
    """The *kind* that *row* tells of; raises ValueError where it tells of none."""
    columns = zip(_columns(cast(Hashable, kind)), row, strict=True)
    return kind(**{name: read(value, name) for (name, read), value in columns})


@cache
def _columns(kind: Hashable) -> tuple[tuple[str, Reader], ...]:
    made: Any = kind
    hints = get_type_hints(made)
    return tuple((field.name, reader(field.name, hints[field.name])) for field in fields(made))
