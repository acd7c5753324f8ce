"""Making frozen values field by field, where so many are made that their own `__init__` is too slow.

A frozen dataclass sets each field through `object.__setattr__`, by name; the slots themselves take
half the time, which is a fifth of a start after a long day.
"""

from collections.abc import Callable
from typing import Any

Put = Callable[[Any, object], None]


def put(kind: type, name: str) -> Put:
    """Sets the field *name* of a *kind* that is being made, and of none that anybody has seen."""
    setter: Put = getattr(kind, name).__set__
    return setter
